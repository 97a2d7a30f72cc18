"""Which runs of characters are one emoji, after Unicode's UTS #51, as a regular expression."""

import unicodedata

_ALWAYS = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
"""Characters that are drawn as emoji by themselves."""

_WHEN_ASKED = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u2328\u23cf\u23ed-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f202\U0001f237"
)
"""Characters of text that become emoji when the variation selector U+FE0F follows."""

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[#*0-9]\ufe0f?\u20e3"
_TONE = "[\U0001f3fb-\U0001f3ff]"
_TAGS = "(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_ONE = f"(?:[{_WHEN_ASKED}{_ALWAYS}]\ufe0f{_TONE}?|[{_WHEN_ASKED}]{_TONE}|[{_ALWAYS}](?:{_TONE})?{_TAGS})"
_JOINED = f"(?:\u200d(?:{_ONE}|[{_WHEN_ASKED}]))*"

EMOJI = f"(?:{_FLAG}|{_KEYCAP}|{_ONE}{_JOINED})"
"""A regular expression for one emoji, whatever it is made of."""

EMOJI_STARTS = _WHEN_ASKED + _ALWAYS + "\U0001f1e6-\U0001f1ff"
"""The inside of a character class: what an emoji can begin with, but for the digits of keycaps."""


def emoji_name(sequence: str) -> str:
    """A name in words, where there is no image: `:thumbs up sign:`."""
    letters = [character for character in sequence if "\U0001f1e6" <= character <= "\U0001f1ff"]
    if letters:
        return "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in letters)
    return f":{unicodedata.name(sequence[0], 'emoji').lower()}:"
