"""The viewport's arithmetic, with heights instead of rows."""

import datetime

from client_app.core.timeline.timeline import Entry, EntryKind, Splice
from client_app.desktop.message_list.viewport import Viewport


class World:
    """Rows of known heights in a view 100 pixels high."""

    def __init__(self, heights: list[int]) -> None:
        self.heights = heights
        self.keys = [f"k{n}" for n in range(len(heights))]
        self.viewport = Viewport(lambda index: self.heights[index])
        self.viewport.height = 100
        self.viewport.count = len(heights)
        self.viewport.to_end()

    def seen(self) -> list[tuple[str, int]]:
        return [(self.keys[row.index], row.y) for row in self.viewport.seen()]

    def splice(self, start: int, removed: int, rows: dict[str, int]) -> None:
        now = datetime.datetime.now(datetime.UTC)
        entries = tuple(Entry(key, EntryKind.MESSAGE, now) for key in rows)
        self.viewport.spliced((Splice(start, removed, entries),), lambda index: self.keys[index])
        self.keys[start : start + removed] = rows
        self.heights[start : start + removed] = rows.values()
        self.viewport.settle()


def test_the_last_row_stands_on_the_bottom() -> None:
    world = World([40] * 5)
    assert world.seen() == [("k2", -20), ("k3", 20), ("k4", 60)]


def test_scrolling_stops_at_either_end() -> None:
    world = World([40] * 5)
    world.viewport.scroll(-1000)
    assert world.seen()[0] == ("k0", 0)
    world.viewport.scroll(1000)
    assert world.seen()[-1] == ("k4", 60)


def test_a_pixel_up_is_enough_to_stop_following() -> None:
    world = World([40] * 5)
    world.viewport.scroll(-1)
    assert not world.viewport.is_at_end
    before = world.seen()
    world.splice(5, 0, {"new": 40})
    assert world.seen() == before


def test_following_goes_on_through_any_splice() -> None:
    world = World([40] * 5)
    world.splice(5, 0, {f"n{n}": 30 for n in range(50)})
    assert world.seen()[-1] == ("n49", 70)
    world.splice(0, 50, {})
    assert world.seen()[-1] == ("n49", 70)


def test_removing_the_first_row_in_view_leaves_the_others_alone() -> None:
    world = World([40] * 9)
    world.viewport.to(3, -10)
    world.splice(3, 1, {})
    assert ("k4", 30) in world.seen()


def test_removing_everything_is_no_error() -> None:
    world = World([40] * 5)
    world.splice(0, 5, {})
    assert world.seen() == []
    world.splice(0, 0, {"a": 40})
    assert world.seen() == [("a", 60)]


def test_replacing_everything_by_fewer_rows_is_no_error() -> None:
    world = World([40] * 100)
    world.viewport.to(80)
    world.splice(0, 100, {"a": 40, "b": 40})
    assert world.seen() == [("a", 20), ("b", 60)]


def test_fractions_go_from_the_first_row_to_the_end() -> None:
    world = World([40] * 1000)
    world.viewport.to_fraction(0)
    assert (world.viewport.index, world.viewport.fraction()) == (0, 0)
    world.viewport.to_fraction(0.5)
    assert abs(world.viewport.fraction() - 0.5) < 0.01
    world.viewport.to_fraction(1)
    assert world.viewport.is_at_end
