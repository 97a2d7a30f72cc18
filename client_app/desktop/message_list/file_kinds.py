"""Of which kind a file is, as its ending says: a word and a colour for its card."""

_KINDS = {
    "document": "pdf doc docx odt rtf tex epub ps",
    "table": "xls xlsx ods csv tsv",
    "slides": "ppt pptx odp key",
    "archive": "zip gz tgz bz2 xz zst 7z rar tar iso deb rpm",
    "sound": "mp3 ogg oga opus flac wav m4a aac mid",
    "film": "mp4 mkv webm mov avi m4v ogv",
    "picture": "png jpg jpeg gif webp bmp svg tiff tif heic avif ico xcf psd",
    "code": "py js ts c h cpp hpp rs go java rb php sh bash lua pl sql html css xml json yaml yml toml ini cfg",
    "text": "txt md rst log diff patch",
}
_COLORS = {
    "document": "#b3382c",
    "table": "#2f7d4a",
    "slides": "#b85a1b",
    "archive": "#8a6414",
    "sound": "#7a4bb0",
    "film": "#a83a76",
    "picture": "#2c7487",
    "code": "#3b66b8",
    "text": "#5d6b7a",
    "other": "#6f6762",
}
"""White letters on each have a contrast of 4.5:1 or more."""
_BY_ENDING = {ending: kind for kind, endings in _KINDS.items() for ending in endings.split()}
_MOST_LETTERS = 4
PLAIN = "FILE"


def ending_of(name: str) -> str:
    """What stands behind the last point, in small letters; empty where there is none."""
    stem, point, ending = name.rpartition(".")
    return ending.casefold() if point and stem else ""


def badge_of(name: str) -> tuple[str, str]:
    """The word and the colour of the square on a file's card."""
    ending = ending_of(name)
    word = ending.upper() if 0 < len(ending) <= _MOST_LETTERS and ending.isascii() and ending.isalnum() else PLAIN
    return word, _COLORS[_BY_ENDING.get(ending, "other")]
