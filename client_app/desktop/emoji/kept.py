"""Pictures that were drawn, kept on disk: one file for each size, to which one picture after another is added."""

import hashlib
import logging
import struct
import zlib
from io import FileIO
from pathlib import Path
from typing import cast

from PIL import Image

_log = logging.getLogger(__name__)

_HEAD = struct.Struct(">HII")
"""Before each picture: bytes of its name, bytes of its pixels, and a checksum of both."""
_MOST_BYTES = 24_000_000
"""A file that grew larger is begun anew: all there are, of 40 pixels, take two thirds of that."""


class KeptPictures:
    """Pictures of one size. They belong to one font: after another was installed, none is found.

    A file that is damaged is good up to the damage; where it cannot be used at all, nothing is kept. Nothing raises.
    """

    def __init__(self, folder: Path, size: int, identity: str) -> None:
        self._size = size
        self._places: dict[str, tuple[int, int]] = {}
        self._opening = b"hearth pictures 1\n" + hashlib.sha256(identity.encode()).digest()
        self._file: FileIO | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = FileIO(folder / f"emoji-{size}.pictures", "a+")
            self._read(self._file)
        except OSError as error:
            _log.info("Pictures of emoji are not kept: %s", error)
            self.close()

    def get(self, name: str) -> Image.Image | None:
        """The picture, where there is one."""
        place = self._places.get(name)
        if place is None or self._file is None:
            return None
        try:
            self._file.seek(place[0])
            pixels = zlib.decompress(self._file.read(place[1]))
            return Image.frombytes("RGBA", (self._size, self._size), pixels)
        except (OSError, ValueError, zlib.error):
            del self._places[name]
            return None

    def put(self, name: str, picture: Image.Image) -> None:
        """Keep a picture. Another process may do the same meanwhile: each is written in one piece."""
        if self._file is None:
            return
        label, pixels = name.encode("utf-8", "surrogatepass"), zlib.compress(picture.tobytes(), 1)
        piece = _HEAD.pack(len(label), len(pixels), zlib.crc32(label + pixels)) + label + pixels
        try:
            written = self._file.write(piece)
            end = self._file.tell()
        except OSError as error:
            _log.info("Pictures of emoji are not kept any more: %s", error)
            self.close()
            return
        if written == len(piece):
            self._places[name] = (end - len(pixels), len(pixels))

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self, file: FileIO) -> None:
        """Learn what there is, and cut off what is damaged or belongs to another font."""
        file.seek(0)
        content = file.readall()
        good = 0
        if content.startswith(self._opening) and len(content) <= _MOST_BYTES:
            good = len(self._opening)
            while (after := self._piece_at(content, good)) is not None:
                good = after
        if good < len(content):
            file.truncate(good)
        if not good:
            file.write(self._opening)

    def _piece_at(self, content: bytes, start: int) -> int | None:
        """Learn of the picture that begins here; where the next one does, or None where this one is damaged."""
        if len(content) < start + _HEAD.size:
            return None
        named, drawn, checksum = cast(tuple[int, int, int], _HEAD.unpack_from(content, start))
        body = content[start + _HEAD.size : start + _HEAD.size + named + drawn]
        if len(body) < named + drawn or zlib.crc32(body) != checksum:
            return None
        name = body[:named].decode("utf-8", "surrogatepass")
        self._places[name] = (start + _HEAD.size + named, drawn)
        return start + _HEAD.size + named + drawn
