"""The lists of both side panes: few rows drawn, all reachable, by mouse and by keyboard."""

import itertools
import tkinter

import pytest

from client_app.core.world.presence import Presence
from client_app.desktop.lists import EntryRow, HeaderRow, ItemRow, VirtualList
from client_app.desktop.toolkit import Root

from .painted import texts_on

CHANNELS = (
    HeaderRow("head", "Channels", can_add=True, add_tip="Create a channel"),
    ItemRow("c1", "general", "#"),
    ItemRow("c2", "random", "#", badge=3),
    ItemRow("c3", "a-channel-with-a-name-that-is-far-too-long-for-the-pane", "#", badge=120),
    ItemRow("c4", "🎉 party", "#"),
)


class World:
    """A list, and what it told."""

    def __init__(self, root: Root) -> None:
        self.opened: list[str] = []
        self.added: list[str] = []
        self.menus: list[str] = []
        self.list = VirtualList(
            root,
            root,
            self.opened.append,
            on_add=self.added.append,
            on_menu=lambda key, x, y: self.menus.append(key),
        )
        self.list.pack(side="left", fill="y")
        self.list.canvas.configure(width=240)
        root.update()

    @property
    def canvas(self) -> tkinter.Canvas:
        return self.list.canvas

    def texts(self) -> list[str]:
        return texts_on(self.canvas)

    def click(self, key: str, x: int = 60) -> None:
        y = self.list._painted[key].y + 10
        self.canvas.event_generate("<Motion>", x=x, y=y)
        self.canvas.event_generate("<Button-1>", x=x, y=y)
        self.canvas.update()


@pytest.fixture
def world(root: Root) -> World:
    return World(root)


def members(count: int) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(f"u{n}", f"member{n}", avatar=n, presence=Presence.ONLINE if n % 2 == 0 else Presence.OFFLINE)
        for n in range(count)
    )


def test_five_thousand_members_cost_what_fifty_do(world: World) -> None:
    world.list.set_rows(members(5000))
    world.canvas.update()
    assert len(world.list._painted) < 25
    assert len(world.canvas.find_all()) < 150


def test_a_click_opens_and_the_plus_adds(world: World) -> None:
    world.list.set_rows(CHANNELS)
    world.click("c2")
    world.click("head", x=world.canvas.winfo_width() - 20)
    assert world.opened == ["c2"]
    assert world.added == ["head"]


def test_badges_count_to_ninety_nine(world: World) -> None:
    world.list.set_rows(CHANNELS)
    assert {"3", "99+"} <= set(world.texts())


def test_a_cut_title_ends_with_an_ellipsis_and_emoji_are_images(world: World) -> None:
    world.list.set_rows(CHANNELS)
    assert any(text.endswith("…") for text in world.texts())
    assert not any("🎉" in text for text in world.texts())


def test_a_section_collapses_but_keeps_what_is_open_or_unread(world: World) -> None:
    world.list.set_rows(CHANNELS)
    world.list.select("c1")
    world.click("head")
    assert set(world.list._painted) == {"head", "c1", "c2", "c3"}
    world.click("head")
    assert len(world.list._painted) == 5


def test_keys_walk_and_open(world: World, root: Root) -> None:
    world.list.set_rows(CHANNELS)
    world.list.select("c1")
    world.canvas.focus_force()
    root.update()
    for key in ("<Down>", "<Return>", "<End>", "<Return>", "<Home>", "<Return>"):
        world.canvas.event_generate(key)
    assert world.opened == ["c2", "c4"]
    assert set(world.list._painted) == {"head", "c1", "c2", "c3"}  # Return on the heading has collapsed it


def test_the_menu_key_and_the_right_button_ask_for_a_menu(world: World, root: Root) -> None:
    world.list.set_rows(CHANNELS)
    world.list.select("c2")
    world.canvas.focus_force()
    root.update()
    world.canvas.event_generate("<Shift-F10>")
    world.canvas.event_generate("<Button-3>", x=50, y=world.list._painted["c3"].y + 5)
    assert world.menus == ["c2", "c3"]


def test_new_rows_keep_the_place_and_redraw_only_what_changed(world: World) -> None:
    rows = members(1000)
    world.list.set_rows(rows)
    for _ in range(10):
        world.canvas.event_generate("<Button-5>", x=10, y=10)
    before = {key: (painted.tag, painted.y) for key, painted in world.list._painted.items()}
    changed = next(key for key in before if key != next(iter(before)))
    number = int(changed[1:])
    world.list.set_rows((*rows[:number], ItemRow(changed, "renamed", avatar=number), *rows[number + 1 :]))
    after = {key: (painted.tag, painted.y) for key, painted in world.list._painted.items()}
    assert {key for key in before if before[key] != after[key]} == {changed}


def test_selecting_brings_a_row_into_view(world: World) -> None:
    world.list.set_rows(members(1000))
    world.list.select("u900")
    assert "u900" in world.list._painted


def test_themes_and_zoom_redraw_everything(world: World, root: Root) -> None:
    world.list.set_rows(CHANNELS + members(20))
    root.set_appearance("light")
    root.set_zoom(2)
    root.update()
    assert world.list._painted["c1"].y > 0
    assert "general" in world.texts()


LONG = "a reason that goes on and on " * 8


def test_an_entry_is_as_high_as_its_detail_and_no_higher_than_it_may_be(world: World) -> None:
    rows = (
        EntryRow("short", "alice kicked bob", "enough", lines=4),
        EntryRow("long", "alice banned bob", LONG, lines=4),
        EntryRow("one", "alice made an invite", LONG),
        EntryRow("end", "the end"),
    )
    world.list.set_rows(rows)
    tops = [world.list._painted[row.key].y for row in rows]
    short, long, one = (below - above for above, below in itertools.pairwise(tops))
    assert one == short < long
    assert world.list._painted["long"].is_cut
    assert world.list._painted["one"].tip().endswith(LONG)
    world.canvas.configure(width=900)
    world.canvas.update()
    assert not world.list._painted["long"].is_cut
    assert world.list._painted["end"].y < tops[-1]


def test_an_entry_opens_unless_it_is_only_to_be_read(world: World) -> None:
    world.list.set_rows((EntryRow("open", "bob", "member"), EntryRow("plain", "Limits", "why", is_plain=True)))
    world.click("open")
    world.click("plain")
    assert world.opened == ["open"]


def test_the_end_is_told_once_for_each_end_that_there_has_been(root: Root) -> None:
    ends: list[int] = []
    made = VirtualList(root, root, lambda _key: None, on_end=lambda: ends.append(1))
    made.pack(fill="both", expand=True)
    root.update()
    made.set_rows(tuple(EntryRow(f"e{n}", f"entry {n}", "detail") for n in range(50)))
    root.update()
    assert ends == []
    for _ in range(2):
        made._step(50)
        root.update()
    assert ends == [1]
    made.set_rows(tuple(EntryRow(f"e{n}", f"entry {n}", "detail") for n in range(100)))
    root.update()
    assert ends == [1]
    made._step(100)
    root.update()
    assert ends == [1, 1]
