"""Looking at pictures in a process of its own: what it finds, what it takes out, and what cannot harm it."""

import errno
import io
import os
import secrets
import signal
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PIL import Image

from server_app.pictures import Looked, Looker, Shape
from server_app.pictures.stripping import exif
from shared.limits import MAX_PREVIEW

WaitUntil = Callable[..., None]
ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


@pytest.fixture
def looker() -> Iterator[Looker]:
    looker = Looker()
    yield looker
    looker.stop()


def telling(turned: int = 1) -> Image.Exif:
    """What a telephone writes into its pictures."""
    found = Image.Exif()
    found[ORIENTATION], found[MAKER] = turned, "Camera of alice"
    found.get_ifd(PLACE).update({1: "N", 2: (48.0, 12.0, 30.0)})
    return found


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(side: int) -> bytes:
    """A small PNG that is very large once decoded."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + side // 8)) for _ in range(side)) + rows.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def long_gif(frames: int) -> bytes:
    """As many frames as one likes, each a few bytes."""
    file = io.BytesIO()
    first, second = Image.new("RGB", (4, 4), "red"), Image.new("RGB", (4, 4), "blue")
    first.save(file, "GIF", save_all=True, append_images=[second], duration=20)
    data = file.getvalue()
    frame = data[data.rindex(b"\x21\xf9") : -1]
    return data[:-1] + frame * (frames - 2) + b";"


def test_a_photograph_is_seen_upright_and_tells_no_place(tmp_path: Path, looker: Looker) -> None:
    for suffix in ("jpg", "png", "webp"):
        path = tmp_path / f"photograph.{suffix}"
        noise(1200, 900).save(path, exif=telling(6))
        looked = looker.look_at(path)
        assert looked is not None
        # It lies on its side.
        assert (looked.width, looked.height, looked.is_animated) == (900, 1200, False)
        assert looked.media_type == Image.open(path).get_format_mimetype()
        assert looked.clean is not None
        assert b"alice" not in looked.clean.read_bytes()
        with Image.open(path) as before, Image.open(looked.clean) as after:
            assert dict(after.getexif()) == {ORIENTATION: 6}
            assert after.tobytes() == before.tobytes(), "no pixel may change"
        assert looked.thumbnail is not None
        with Image.open(looked.thumbnail) as thumbnail:
            assert (thumbnail.format, thumbnail.size) == ("WEBP", (450, 600))
        with Image.open(io.BytesIO(looked.preview)) as preview:
            assert preview.size == (24, 32)
        assert len(looked.preview) <= MAX_PREVIEW
        # What was cleaned once is clean.
        again = looker.look_at(looked.clean)
        assert again is not None
        assert again.clean is None


def test_all_that_tells_goes_and_all_that_shows_stays(tmp_path: Path, looker: Looker) -> None:
    profile = b"\0" * 128 + b"what colours mean"
    jpeg, png, gif = tmp_path / "a.jpg", tmp_path / "a.png", tmp_path / "a.gif"
    noise(50, 40).save(jpeg, comment=b"secret", xmp=b"secret", icc_profile=profile, exif=telling(), progressive=True)
    jpeg.write_bytes(jpeg.read_bytes() + b"secret: a second picture")
    noise(50, 40).save(png, icc_profile=profile)
    data = png.read_bytes()
    png.write_bytes(data[:33] + chunk(b"tEXt", b"Author\0secret") + chunk(b"abCd", b"secret") + data[33:] + b"secret")
    noise(50, 40).save(gif, comment=b"secret", save_all=True, append_images=[noise(50, 40)], loop=3)
    for path in (jpeg, png, gif):
        looked = looker.look_at(path)
        assert looked is not None
        assert looked.clean is not None
        assert b"secret" not in looked.clean.read_bytes()
        with Image.open(path) as before, Image.open(looked.clean) as after:
            assert after.tobytes() == before.tobytes()
            for kept in ("icc_profile", "loop"):
                assert after.info.get(kept) == before.info.get(kept)
            assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)


@pytest.mark.parametrize("turned", range(1, 9))
def test_which_way_up_is_read_as_exif_says(turned: int) -> None:
    assert exif.orientation(telling(turned).tobytes().removeprefix(b"Exif\0\0")) == turned
    if turned > 1:
        assert exif.orientation(exif.block_for(turned)) == turned


def test_every_mode_of_pixels_is_drawn(tmp_path: Path, looker: Looker) -> None:
    made = {
        "grey.png": Image.new("I;16", (40, 30), 32768),
        "two-tone.png": Image.new("1", (40, 30), 1),
        "palette.gif": Image.new("P", (40, 30)),
        "transparent.png": Image.new("LA", (4000, 3000), (128, 20)),
        "print.jpg": Image.new("CMYK", (40, 30), (0, 0, 0, 128)),
    }
    for name, picture in made.items():
        picture.save(tmp_path / name)
        looked = looker.look_at(tmp_path / name)
        assert looked is not None
        assert (looked.width, looked.height) == picture.size, name
        if name in ("grey.png", "print.jpg"):
            with Image.open(io.BytesIO(looked.preview)) as preview:
                pixel = preview.convert("RGB").getpixel((5, 5))
            assert pixel == pytest.approx((128, 128, 128), abs=4), name


def test_what_is_no_picture_is_merely_a_file(tmp_path: Path, looker: Looker) -> None:
    whole = io.BytesIO()
    noise(300, 300).save(whole, "PNG")
    files = {
        "empty.png": b"",
        "page.png": b"<html><script>alert(1)</script></html>",
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "truncated.png": whole.getvalue()[:-3000],
        "head.gif": b"GIF89a",
        "head.jpg": b"\xff\xd8\xff",
        "head.webp": b"RIFF\xff\xff\xff\xffWEBPVP8L",
        "scan.tiff": b"II*\0" + bytes(100),
    }
    for name, content in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        looked = looker.look_at(path)
        assert looked in (None, Looked("application/octet-stream")), name
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files), "something is left behind"


def test_a_photograph_that_broke_off_tells_no_place_either(tmp_path: Path, looker: Looker) -> None:
    path = tmp_path / "half.jpg"
    noise(600, 600).save(path, exif=telling())
    path.write_bytes(path.read_bytes()[:-20_000])
    looked = looker.look_at(path)
    assert looked is not None
    assert (looked.media_type, looked.width) == ("application/octet-stream", 0)
    assert looked.clean is not None
    assert b"alice" not in looked.clean.read_bytes()


def test_bombs_are_recognized_before_they_are_decoded(tmp_path: Path, looker: Looker) -> None:
    # The second would fit into the memory that there is.
    bombs = {
        "bomb.png": bomb(30_000),
        "large.png": bomb(7_200),
        "canvas.gif": b"GIF89a" + b"\xff" * 4 + long_gif(2)[10:],
    }
    header = struct.pack("<I", 0) + (16_382).to_bytes(3, "little") * 2
    whole = b"WEBPVP8X" + struct.pack("<I", 10) + header + b"VP8L" + struct.pack("<I", 4) + b"\x2f\0\0\0"
    bombs["canvas.webp"] = b"RIFF" + struct.pack("<I", len(whole)) + whole
    for name, content in bombs.items():
        assert len(content) < 200_000
        (tmp_path / name).write_bytes(content)
        assert looker.look_at(tmp_path / name) == Looked("application/octet-stream"), name
    assert _processor_seconds(looker) < 1
    assert looker.process_id is not None, "it lives on"


def test_ten_thousand_frames_cost_as_much_as_one(tmp_path: Path, looker: Looker) -> None:
    path = tmp_path / "long.gif"
    path.write_bytes(long_gif(10_000))
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == 10_000
    looked = looker.look_at(path)
    assert looked is not None
    assert looked.is_animated
    assert looked.thumbnail is not None
    square = looker.square(path, 64, Shape.WHOLE)
    assert _processor_seconds(looker) < 2
    assert square is not None
    assert square.is_animated
    with Image.open(io.BytesIO(square.data)) as emoji:
        assert getattr(emoji, "n_frames", 1) <= 60


def _processor_seconds(looker: Looker) -> float:
    """What its process has used, its start among it: other than time, that is the same on a busy machine."""
    times = Path(f"/proc/{looker.process_id}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def test_squares_show_the_middle_or_the_whole(tmp_path: Path, looker: Looker) -> None:
    path = tmp_path / "wide.png"
    wide = Image.new("RGB", (300, 100), "blue")
    wide.paste("red", (100, 0, 200, 100))
    wide.save(path)
    cropped = looker.square(path, 64, Shape.CROPPED)
    assert cropped is not None
    with Image.open(io.BytesIO(cropped.data)) as square:
        assert square.size == (64, 64)
        assert square.getpixel((1, 32)) == pytest.approx((255, 0, 0), abs=12)
    whole = looker.square(path, 64, Shape.WHOLE)
    assert whole is not None
    with Image.open(io.BytesIO(whole.data)) as square:
        assert square.getchannel("A").getpixel((32, 2)) == 0
        assert square.getpixel((4, 32)) == pytest.approx((0, 0, 255, 255), abs=12)
    (tmp_path / "text.png").write_bytes(b"no picture")
    assert looker.square(tmp_path / "text.png", 64, Shape.WHOLE) is None


def test_whatever_ends_the_process_the_next_picture_is_seen(
    tmp_path: Path, looker: Looker, wait_until: WaitUntil
) -> None:
    path = tmp_path / "a.png"
    noise(40, 30).save(path)
    assert looker.look_at(path) is not None
    first = looker.process_id
    assert first is not None
    # While nobody asks.
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: looker.process_id is None)
    assert looker.look_at(path) is not None
    second = looker.process_id
    assert second not in (None, first)
    looker.rest(idle_seconds=3600)
    assert looker.process_id == second
    looker.rest(idle_seconds=0)
    assert looker.process_id is None
    assert looker.look_at(path) is not None
    looker.stop()
    assert looker.process_id is None


def test_killed_at_work_it_harms_one_picture_at_most(tmp_path: Path, looker: Looker, wait_until: WaitUntil) -> None:
    small, pipe, found = tmp_path / "a.png", tmp_path / "pipe", list[Looked | None]()
    noise(40, 30).save(small)
    os.mkfifo(pipe)
    assert looker.look_at(small) is not None
    process = looker.process_id
    assert process is not None
    waits = threading.Thread(target=lambda: found.append(looker.look_at(pipe)), daemon=True)
    waits.start()
    # Nobody writes into the pipe, so it waits in the middle of its order; a second process tries once more.
    with _writer_of(pipe, wait_until):
        os.kill(process, signal.SIGKILL)
        wait_until(lambda: looker.process_id not in (None, process))
    with _writer_of(pipe, wait_until):
        os.kill(looker.process_id or 0, signal.SIGKILL)
        waits.join(5)
    assert found == [None]
    assert looker.look_at(small) is not None


@contextmanager
def _writer_of(pipe: Path, wait_until: WaitUntil) -> Iterator[None]:
    """Wait until somebody has opened the pipe for reading, and hold the other end of it."""
    ends: list[int] = []

    def is_being_read() -> bool:
        with suppress(OSError):
            ends.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        return bool(ends)

    wait_until(is_being_read)
    yield
    os.close(ends[0])


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    pipe, small = tmp_path / "pipe", tmp_path / "a.png"
    noise(40, 30).save(small)
    os.mkfifo(pipe)
    looker = Looker(deadline_seconds=0.3)
    try:
        assert looker.look_at(pipe) is None
        looker._deadline_seconds = 10.0
        assert looker.look_at(small) is not None
    finally:
        looker.stop()


def test_memory_that_is_not_there_harms_nothing(tmp_path: Path, looker: Looker) -> None:
    # Within the bound of pixels, but its decoder wants several copies at once.
    path, small = tmp_path / "large.webp", tmp_path / "a.png"
    Image.new("RGBA", (7000, 7000), (9, 9, 9, 99)).save(path, lossless=True, quality=0, method=0)
    noise(40, 30).save(small)
    assert looker.look_at(path) == Looked("application/octet-stream")
    assert looker.look_at(small) is not None


def test_a_disk_that_fails_is_told_as_such(tmp_path: Path, looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        looker.look_at(tmp_path / "gone.png")
    assert caught.value.errno == errno.ENOENT
    path = tmp_path / "a.jpg"
    noise(40, 30).save(path, exif=telling())
    monkeypatch.setattr(secrets, "token_hex", lambda _size: "0")
    (tmp_path / "a.jpg.0.clean").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        looker.look_at(path)
    assert caught.value.errno == errno.ENOSPC


def test_many_at_once_come_to_their_turn_and_leave_nothing(tmp_path: Path, looker: Looker) -> None:
    path = tmp_path / "a.jpg"
    noise(90, 60).save(path)
    looker.look_at(path)
    assert looker.process_id is not None
    before, found = _resident(looker.process_id), list[Looked | None]()
    threads = [threading.Thread(target=lambda: found.extend(looker.look_at(path) for _ in range(25))) for _ in "four"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 100
    assert all(each is not None and each.width == 90 for each in found)
    assert _resident(looker.process_id) - before < 20_000, "it grew with every picture"


def _resident(process: int | None) -> int:
    """KiB."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


def test_the_process_is_told_nothing_and_may_little(
    tmp_path: Path, looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARTH_DB", "postgres://hearth:secret@db")
    path = tmp_path / "a.png"
    noise(40, 30).save(path)
    looker.look_at(path)
    of_process = Path(f"/proc/{looker.process_id}")
    assert b"HEARTH" not in (of_process / "environ").read_bytes()
    limits = (of_process / "limits").read_text()
    assert f"Max address space         {512 * 2**20}" in limits
    assert os.getpriority(os.PRIO_PROCESS, looker.process_id or 0) >= 10
    assert len(list((of_process / "fd").iterdir())) == 3, "it has inherited something"
