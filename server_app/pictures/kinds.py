"""Which kinds of pictures there are, known by how a file begins and never by its name."""

import enum


class Kind(enum.Enum):
    """A kind of picture that is decoded; the value is its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    WEBP = "image/webp"


def kind_of(head: bytes) -> Kind | None:
    """What a file is that begins with these bytes, at least twelve of them."""
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    return None
