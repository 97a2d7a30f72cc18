"""Which names files may have: what anybody may have called one, made safe to show and to save on any system.

Both ends clean, each for itself: the server because clients may lie, the client because servers may.
"""

import re
import unicodedata

from .limits import MAX_FILE_NAME

NAMELESS = "file"
"""What is called so of which nothing is left."""
_LONGEST_ENDING = 20
"""Characters of `.tar` or `.conf` that are kept where a name is cut."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What Windows refuses, besides the separators of folders."""
_INVISIBLE = ("Cc", "Cf", "Cs")
"""Controls, and what has no width or turns the direction round: with one of those, `exe.png` may be `gnp.exe`."""
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""


def file_name(typed: str) -> str:
    """The form in which a file's name is kept, shown and saved; never empty, and cleaning it again changes nothing."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", typed.rstrip("/\\"))[-1])
    spaced = "".join(" " if character.isspace() else character for character in name)
    visible = "".join(each for each in spaced if unicodedata.category(each) not in _INVISIBLE)
    # Again, because what stood between two characters may have kept them from becoming one.
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", " ".join(visible.split()))).strip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    return _cut(name) or NAMELESS


def _cut(name: str) -> str:
    """At most so many bytes, with the ending as it was."""
    if len(name.encode()) <= MAX_FILE_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = MAX_FILE_NAME - len((dot + ending).encode())
    return (stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + ending).strip(". ")
