"""Fontconfig through ctypes: makes fonts private to this process, and finds one that has given characters.

Only on systems that draw with it (Linux and other Unix); elsewhere every function answers that it found nothing.
"""

import ctypes
import functools
import sys
from collections.abc import Callable
from pathlib import Path

_FILE = b"file"
_CHARSET = b"charset"
_MATCH_PATTERN = 0
_RESULT_MATCH = 0


@functools.cache
def _library() -> ctypes.CDLL | None:
    """Fontconfig with the signatures used here, or None where there is none."""
    if sys.platform in {"win32", "darwin"}:
        return None
    try:
        # The name by which Xft itself asks for it; `find_library` would start a compiler to look for it.
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None
    pointer = ctypes.c_void_p
    library.FcConfigAppFontAddFile.argtypes = [pointer, ctypes.c_char_p]
    library.FcNameParse.restype = library.FcFontMatch.restype = pointer
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcConfigSubstitute.argtypes = [pointer, pointer, ctypes.c_int]
    library.FcDefaultSubstitute.argtypes = library.FcPatternDestroy.argtypes = [pointer]
    library.FcDefaultSubstitute.restype = library.FcPatternDestroy.restype = None
    library.FcFontMatch.argtypes = [pointer, pointer, ctypes.POINTER(ctypes.c_int)]
    library.FcPatternGetString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)]
    library.FcPatternGetCharSet.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(pointer)]
    library.FcFreeTypeQuery.restype = pointer
    library.FcFreeTypeQuery.argtypes = [ctypes.c_char_p, ctypes.c_uint, pointer, ctypes.POINTER(ctypes.c_int)]
    library.FcCharSetHasChar.argtypes = [pointer, ctypes.c_uint32]
    return library


def add_private_font(path: Path) -> bool:
    """Let this process, and nobody else, use a font file. Must come before the first window."""
    library = _library()
    return bool(library and library.FcConfigAppFontAddFile(None, bytes(path)))


def characters_of(path: Path) -> Callable[[str], bool] | None:
    """A function that says whether a font file has a character, in a microsecond; None where nobody knows."""
    library = _library()
    pattern = library.FcFreeTypeQuery(bytes(path), 0, None, ctypes.byref(ctypes.c_int())) if library else None
    charset = ctypes.c_void_p()
    if library is None or not pattern:
        return None
    if library.FcPatternGetCharSet(pattern, _CHARSET, 0, ctypes.byref(charset)) != _RESULT_MATCH:
        return None
    # The pattern, of which the characters are a part, is kept as long as the process lives.
    return lambda character: bool(library.FcCharSetHasChar(charset, ord(character)))


def font_with(characters: str, family: str = "sans") -> Path | None:
    """The file of the font that the system would use for these characters; None where none has all of them."""
    library = _library()
    if library is None:
        return None
    charset = " ".join(f"{ord(character):x}" for character in sorted(set(characters)))
    pattern = library.FcNameParse(f"{family}:charset={charset}".encode())
    library.FcConfigSubstitute(None, pattern, _MATCH_PATTERN)
    library.FcDefaultSubstitute(pattern)
    result = ctypes.c_int()
    match = library.FcFontMatch(None, pattern, ctypes.byref(result))
    library.FcPatternDestroy(pattern)
    if not match:
        return None
    try:
        return _file_if_it_has(library, match, characters)
    finally:
        library.FcPatternDestroy(match)


def _file_if_it_has(library: ctypes.CDLL, match: int, characters: str) -> Path | None:
    """Fontconfig always offers some font: the file, unless one of the characters is missing from it."""
    name, charset = ctypes.c_char_p(), ctypes.c_void_p()
    has_file = library.FcPatternGetString(match, _FILE, 0, ctypes.byref(name)) == _RESULT_MATCH
    has_charset = library.FcPatternGetCharSet(match, _CHARSET, 0, ctypes.byref(charset)) == _RESULT_MATCH
    if not (has_file and has_charset and name.value):
        return None
    if not all(library.FcCharSetHasChar(charset, ord(character)) for character in characters):
        return None
    return Path(name.value.decode(errors="surrogateescape"))
