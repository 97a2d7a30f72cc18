"""What `make docs` does: make the generated sections of the pages in `docs/` anew."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts import protocol_docs, rights_docs, table_docs
from scripts.protocol_example import example
from scripts.tables import filled

FOLDER = Path(__file__).resolve().parent.parent / "docs"

SECTIONS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "protocol.md": {
        "numbers": protocol_docs.number_table,
        "example": example,
        "requests": protocol_docs.request_sections,
        "results": protocol_docs.result_sections,
        "replies": protocol_docs.reply_sections,
        "events": protocol_docs.event_sections,
        "entities": protocol_docs.entity_sections,
        "words": protocol_docs.word_table,
        "choices": protocol_docs.choice_table,
        "codes": protocol_docs.code_table,
    },
    "permissions.md": {
        "roles": rights_docs.role_table,
        "permissions": rights_docs.permission_table,
        "requests": rights_docs.request_table,
        "walk": rights_docs.walk_table,
        "impossible": rights_docs.impossible_table,
    },
    "operating.md": {"settings": table_docs.setting_table, "limits": table_docs.limit_table},
    "using.md": {"keys": table_docs.key_table, "slash-words": table_docs.slash_table},
}
"""Page and section to whatever makes it."""


def main() -> int:
    """Write the pages; 0."""
    for name, sections in SECTIONS.items():
        page = FOLDER / name
        page.write_text(filled(page.read_text("utf-8"), sections), "utf-8")
        print(f"docs/{name} is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
