"""Files of pictures as people, cameras and villains make them."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from client_app.desktop.pictures import Source
from shared.entities import Attachment
from shared.types import AttachmentId

RED, GREEN, BLUE, GROUND = (200, 30, 30), (30, 180, 60), (40, 60, 200), "#302928"


def halves(path: Path, size: tuple[int, int], left: tuple[int, int, int] = RED, **options: object) -> Path:
    """A picture of which the left half has this colour and the right half is blue."""
    image = Image.new("RGB", size, BLUE)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    image.save(path, **options)  # type: ignore[arg-type]  # as the test has them
    return path


def moving(path: Path, frames: int, size: tuple[int, int] = (60, 40), milliseconds: int = 20) -> Path:
    """A GIF whose first frame is red and all further ones green and blue by turns."""
    colors = [RED, *([GREEN, BLUE] * frames)][:frames]
    first, *others = [Image.new("RGB", size, color) for color in colors]
    first.save(path, save_all=True, append_images=others, duration=milliseconds, loop=0)
    return path


def bomb(path: Path, width: int = 30_000, height: int = 30_000) -> Path:
    """A PNG of a few kilobytes that says it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = zlib.compress(b"\0" * 1_000_000)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", content) + _chunk(b"IEND", b""))
    return path


def truncated(path: Path, size: tuple[int, int] = (400, 300)) -> Path:
    """A PNG that breaks off in the middle."""
    whole = io.BytesIO()
    Image.effect_noise(size, 80).save(whole, "PNG")
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    return path


def hostile(folder: Path) -> dict[str, Path]:
    """What a server could send instead of a picture, by what it is."""
    texts = {
        "html": "<html><script>alert(1)</script></html>",
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "postscript": "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        "nothing": "",
    }
    found = {name: folder / f"{name}.png" for name in texts}
    for name, text in texts.items():
        found[name].write_text(text)
    noise = folder / "noise.png"
    noise.write_bytes(hashlib.shake_256(b"noise").digest(4000))
    tiff = folder / "tiff.png"
    Image.new("RGB", (9, 9)).save(tiff, "TIFF")
    webp = folder / "webp.png"
    halves(webp, (40, 40), format="WEBP")
    webp.write_bytes(webp.read_bytes()[:60])
    more = {"noise": noise, "tiff": tiff, "half a webp": webp, "a folder": folder, "no file": folder / "gone.png"}
    return found | more | {"a bomb": bomb(folder / "bomb.png"), "half a png": truncated(folder / "half.png")}


def attachment_of(path: Path, number: int = 1, **different: object) -> Attachment:
    """What the server would tell of this file."""
    preview = io.BytesIO()
    with Image.open(path) as image:
        width, height, is_animated = image.width, image.height, bool(getattr(image, "is_animated", False))
        small = image.convert("RGB").resize((16, 12))
    small.save(preview, "WEBP")
    values: dict[str, object] = {
        "id": AttachmentId(number),
        "name": path.name,
        "size": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "media_type": "image/png",
        "width": width,
        "height": height,
        "is_animated": is_animated,
        "preview": preview.getvalue(),
    }
    return Attachment(**values | different)  # type: ignore[arg-type]  # as the test has them


def at_hand(path: Path) -> Source:
    """A file that is here already."""
    return Source(str(path), lambda: path)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
