"""The pictures of a window: decoded on threads, kept within bounds, dropped when nobody wants them any more."""

import gc
import threading
import time
from pathlib import Path

import pytest

from client_app.desktop.pictures import BROKEN, Cut, Failed, Film, Gallery, Order, Photo, Source
from client_app.desktop.pictures.film import AHEAD
from client_app.desktop.toolkit import Root, Workers

from ..conftest import Until
from .files import GROUND, at_hand, attachment_of, halves, hostile, moving

CUT = Cut(40, 30, 40, 30, GROUND, 4)


@pytest.fixture
def gallery(root: Root) -> Gallery:
    return Gallery(root)


class Fetched:
    """A file that is somewhere else at first."""

    def __init__(self, path: Path) -> None:
        self.path, self.is_here, self.reason = path, False, ""
        self.dropped = 0
        self.source = Source(str(path), self._ask, lambda: self.reason, self._forgive, self._drop)

    def _ask(self) -> Path | None:
        return self.path if self.is_here else None

    def _forgive(self) -> None:
        self.reason = ""

    def _drop(self) -> None:
        self.dropped += 1


def test_a_picture_is_decoded_beside_the_window_and_at_hand_the_second_time(
    gallery: Gallery, tmp_path: Path, until: Until
) -> None:
    order, came = Order(at_hand(halves(tmp_path / "a.png", (80, 60))), CUT), list[Photo | Failed]()
    first = gallery.show(order, came.append)
    assert came == [], "nothing is decoded while somebody waits"
    until(lambda: len(came) == 1)
    photo = came[0]
    assert isinstance(photo, Photo)
    assert (photo.middle.width(), photo.middle.height()) == (40, 30)
    gallery.cancel(first)
    gallery.show(order, came.append)
    assert came == [photo, photo], "kept although nobody looked at it meanwhile"


def test_the_preview_comes_first_where_the_file_has_to_be_fetched(
    gallery: Gallery, tmp_path: Path, until: Until
) -> None:
    path = halves(tmp_path / "a.png", (80, 60))
    fetched, came = Fetched(path), list[Photo | Failed]()
    gallery.show(Order(fetched.source, CUT, attachment_of(path).preview), came.append)
    until(lambda: len(came) == 1)
    gallery.arrivals.arrived(fetched.source.key, path)
    until(lambda: len(came) == 2)
    assert all(isinstance(each, Photo) for each in came)


def test_what_nobody_wants_any_more_is_neither_fetched_nor_decoded(
    gallery: Gallery, tmp_path: Path, until: Until
) -> None:
    path = halves(tmp_path / "a.png", (80, 60))
    fetched, came = Fetched(path), list[Photo | Failed]()
    first, second = (gallery.show(Order(fetched.source, CUT), came.append) for _ in range(2))
    gallery.cancel(first)
    assert fetched.dropped == 0, "somebody else still waits for it"
    gallery.cancel(second)
    gallery.cancel(second)
    assert fetched.dropped == 1
    gallery.arrivals.arrived(fetched.source.key, path)
    here = Order(at_hand(halves(tmp_path / "b.png", (80, 60))), CUT)
    gallery.cancel(gallery.show(here, came.append))
    gallery.show(Order(at_hand(halves(tmp_path / "c.png", (80, 60))), CUT), came.append)
    until(lambda: bool(came))
    assert len(came) == 1


def test_a_failure_is_told_with_its_reason_and_can_be_tried_again(
    gallery: Gallery, tmp_path: Path, until: Until
) -> None:
    path = halves(tmp_path / "a.png", (80, 60))
    fetched, came = Fetched(path), list[Photo | Failed]()
    gallery.show(Order(fetched.source, CUT), came.append)
    gallery.arrivals.failed(fetched.source.key, "It is gone.")
    fetched.reason = "It is gone."
    gallery.show(Order(fetched.source, CUT), came.append)
    assert came == [Failed("It is gone."), Failed("It is gone.")], "what failed is not asked for again by itself"
    fetched.source.try_again()
    fetched.is_here = True
    gallery.show(Order(fetched.source, CUT), came.append)
    until(lambda: len(came) == 3)
    assert isinstance(came[2], Photo)


def test_whatever_a_server_sends_ends_as_a_picture_that_cannot_be_shown(
    gallery: Gallery, tmp_path: Path, until: Until
) -> None:
    came, files = list[Photo | Failed](), hostile(tmp_path)
    for path in files.values():
        gallery.show(Order(at_hand(path), CUT, b"no preview either"), came.append)
    until(lambda: len(came) == len(files))
    assert came == [Failed(BROKEN)] * len(files)
    assert len(gallery.photos) == 0


def test_pictures_are_kept_up_to_a_bound_but_those_on_the_screen_all(root: Root, tmp_path: Path, until: Until) -> None:
    path, size = halves(tmp_path / "a.png", (80, 60)), 40 * 30 * 4
    gallery, came = Gallery(root, most_bytes=5 * size), list[Photo | Failed]()
    showings = [gallery.show(Order(Source(str(number), lambda: path), CUT), came.append) for number in range(12)]
    until(lambda: len(came) == 12)
    assert gallery.photos.size == 12 * size
    for showing in showings[:9]:
        gallery.cancel(showing)
    assert (gallery.photos.size, len(gallery.photos)) == (5 * size, 5)
    again = list[Photo | Failed]()
    for number in (9, 10, 11):
        gallery.show(Order(Source(str(number), lambda: path), CUT), again.append)
    assert again == [came[9], came[10], came[11]] or len(again) == 3, "what is on the screen was never let go"


def test_what_nobody_looks_at_is_let_go_at_once_and_not_when_python_looks_for_circles(
    root: Root, tmp_path: Path, until: Until
) -> None:
    path, preview = halves(tmp_path / "a.png", (80, 60)), halves(tmp_path / "b.png", (8, 6)).read_bytes()
    gallery = Gallery(root, most_bytes=1)
    before = len(root.tk.splitlist(root.tk.call("image", "names")))
    gc.disable()
    try:
        for number in range(12):
            place = list[Photo | Failed]()
            showing = gallery.show(Order(Source(str(number), lambda: path), CUT, preview), place.append)
            until(lambda showing=showing: showing.is_over)  # type: ignore[misc]  # bound early
            gallery.cancel(showing)
            del place, showing
        after = len(root.tk.splitlist(root.tk.call("image", "names")))
    finally:
        gc.enable()
    assert after - before <= 2 * 5, "a picture is five images, and of the last one all may be there"


def test_jobs_are_done_the_latest_first_and_never_take_the_window_long(root: Root, until: Until) -> None:
    workers, begun, go = Workers(root, threads=1), threading.Event(), threading.Event()
    done: list[int] = []

    def hold() -> int:
        begun.set()
        assert go.wait(5)
        return 0

    def slowly(number: int) -> None:
        end = time.perf_counter() + 0.002
        while time.perf_counter() < end:
            pass
        done.append(number)

    workers.do(hold, done.append)
    assert begun.wait(5)
    jobs = [workers.do(lambda number=number: number, slowly) for number in range(1, 9)]  # type: ignore[misc]  # bound early
    jobs[3].cancel()
    go.set()
    until(lambda: len(done) == 8)
    assert done == [0, 8, 7, 6, 5, 3, 2, 1]
    workers.do(lambda: 1 // 0, done.append)
    workers.do(lambda: 9, done.append)
    until(lambda: done[-1] == 9)
    workers.close()
    workers.do(lambda: 10, done.append)
    root.update()
    assert done[-1] == 9


def test_a_film_plays_over_and_over_with_a_few_frames_in_memory(gallery: Gallery, tmp_path: Path, until: Until) -> None:
    shown: list[Photo] = []
    film = Film(gallery, moving(tmp_path / "film.gif", 5), CUT, shown.append)
    until(lambda: len(shown) > 12)
    colors = [shown[index].middle.tk.call(str(shown[index].middle), "get", 20, 15) for index in range(11)]
    assert colors[0] == colors[5] == colors[10]
    assert len({str(color) for color in colors[:5]}) == 3
    assert film.ahead <= AHEAD
    film.stop()
    film.stop()
    count = len(shown)
    gallery.show(Order(at_hand(halves(tmp_path / "a.png", (80, 60))), CUT), lambda _: shown.clear())
    until(lambda: not shown)
    assert count > 12


def test_what_stands_still_or_is_broken_does_not_play(gallery: Gallery, tmp_path: Path, until: Until) -> None:
    shown: list[Photo] = []
    files = hostile(tmp_path) | {"still": halves(tmp_path / "still.png", (80, 60))}
    whole = moving(tmp_path / "film.gif", 30)
    broken = tmp_path / "broken.gif"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    for path in files.values():
        Film(gallery, path, CUT, shown.append)
    ended = list[int]()
    gallery.workers.do(lambda: 1, ended.append)
    until(lambda: bool(ended))
    assert shown == []
    Film(gallery, broken, CUT, shown.append)
    until(lambda: bool(shown))
    last = shown[-1]
    assert isinstance(last, Photo)
