"""Markdown tables, and pages of which some sections are generated."""

import re
from collections.abc import Callable, Mapping, Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; every row has as many cells as the head."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def filled(page: str, sections: Mapping[str, Callable[[], str]]) -> str:
    """The page with each section made anew.

    A section lies between `<!-- generated: NAME -->` and `<!-- end -->`. Raises `KeyError` where nobody makes it.
    """

    def fill(found: re.Match[str]) -> str:
        return f"{found[1]}\n\n{sections[found[2]]().strip()}\n\n{found[3]}"

    return re.sub(r"(<!-- generated: ([a-z-]+) -->).*?(<!-- end -->)", fill, page, flags=re.DOTALL)
