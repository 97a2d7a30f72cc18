"""Numbers of bytes, in words for people."""

from shared.limits import MEBIBYTE


def in_words(size: int) -> str:
    """`25 MB`, `3 KB`, `1.5 GB`."""
    for unit, name in ((1024 * MEBIBYTE, "GB"), (MEBIBYTE, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}".replace(".0 ", " ")
    return f"{size} bytes"
