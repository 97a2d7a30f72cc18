"""Pictures in messages: their boxes stand before they come, and whatever comes moves nothing."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from client_app.core.timeline.timeline import Entry
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.message_list.menu import message_menu
from client_app.desktop.message_list.picture_painter import MARK, SHOW_PICTURE, TRY_AGAIN
from client_app.desktop.message_list.pictures import PlacedPicture, lay_out_pictures
from client_app.desktop.pictures import Gallery, PictureDeed, PictureSupply, Source
from client_app.desktop.toolkit import Root
from shared.entities import Attachment

from ..conftest import Say, Until
from ..painted import texts_on
from ..pictures.files import attachment_of, halves, hostile, moving
from .gestures import click, pixel_y, row_of


def key_of(attachment_id: int, *, is_original: bool = False) -> str:
    return f"{attachment_id} {'whole' if is_original else 'small'}"


class Files:
    """Files of attachments that come when the test wants, if they come."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.paths: dict[str, Path] = {}
        self.failures: dict[str, str] = {}
        self.dropped: list[int] = []
        self.asked: list[str] = []
        self.shows = self.plays = True
        self.opened: list[tuple[str, int, PictureDeed]] = []

    def do(self, entry: Entry, attachment: Attachment, deed: PictureDeed) -> None:
        self.opened.append((entry.key, attachment.id, deed))

    def source_of(self, _entry: Entry, attachment: Attachment, is_original: bool) -> Source:
        key = key_of(attachment.id, is_original=is_original)

        def ask() -> Path | None:
            self.asked.append(key)
            return self.paths.get(key)

        return Source(
            key, ask, lambda: self.failures.get(key, ""), lambda: self.failures.pop(key), lambda: self.dropped.append(1)
        )

    def bring(self, attachment: Attachment, path: Path, *, is_original: bool = False) -> None:
        key = key_of(attachment.id, is_original=is_original)
        self.paths[key] = path
        self.gallery.arrivals.arrived(key, path)

    def fail(self, attachment: Attachment, reason: str) -> None:
        key = key_of(attachment.id)
        self.failures[key] = reason
        self.gallery.arrivals.failed(key, reason)


@pytest.fixture
def files(root: Root) -> Files:
    return Files(Gallery(root))


@pytest.fixture
def messages(root: Root, files: Files) -> MessageList:
    supply = PictureSupply(files.gallery, files.source_of, lambda: files.shows, lambda: files.plays)
    events = MessageEvents(pictures=supply, picture=files.do)
    messages = MessageList(root, root, events)
    messages.pack(fill="both", expand=True)
    root.update()
    return messages


def placed(messages: MessageList, key: str = "m1") -> tuple[PlacedPicture, ...]:
    return row_of(messages, key).row.pictures


def middle(messages: MessageList, key: str = "m1", index: int = 0) -> tuple[int, int]:
    box = placed(messages, key)[index]
    return box.x + box.width // 2, row_of(messages, key).y + box.y + box.height // 2


def images(messages: MessageList, key: str = "m1") -> list[str]:
    """The images on the canvas that lie within the boxes of a row's pictures, the lowest first."""
    painted, canvas = row_of(messages, key), messages.canvas
    slots = messages.painter.pictures.slots(painted)
    items = [item for slot in slots for item in canvas.find_withtag(slot.tag)]
    call = canvas.tk.call
    return [str(call(canvas, "itemcget", item, "-image")) for item in items if call(canvas, "type", item) == "image"]


def has_picture(messages: MessageList, key: str = "m1") -> Callable[[], bool]:
    return lambda: all(slot.is_done for slot in messages.painter.pictures.slots(row_of(messages, key)))


def picture(tmp_path: Path, number: int, size: tuple[int, int] = (800, 600)) -> tuple[Attachment, Path]:
    path = halves(tmp_path / f"{number}.png", size, (number * 20 % 255, 99, 99))
    return attachment_of(path, number), path


def boxes(sizes: list[tuple[int, int]], room: int = 800) -> list[tuple[int, int, int, int]]:
    """Where pictures of these sizes stand."""
    made = [Attachment(number, "a.png", 1, "0" * 64, "image/png", *size) for number, size in enumerate(sizes, 1)]  # type: ignore[arg-type]  # plain numbers
    return [(each.x, each.y, each.width, each.height) for each in lay_out_pictures(made, (0, 0), room, round)]


@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((4000, 3000), (400, 300)),
        ((300, 4000), (48, 300)),
        ((200, 100), (200, 100)),
        ((16, 16), (48, 48)),
        ((4000, 10), (400, 48)),
        ((1, 1), (48, 48)),
        ((2**31, 2**31), (300, 300)),
    ],
)
def test_one_picture_is_as_large_as_it_is_within_bounds(size: tuple[int, int], box: tuple[int, int]) -> None:
    assert boxes([size]) == [(0, 0, *box)]
    x, y, width, height = boxes([size], room=150)[0]
    assert (x, y) == (0, 0)
    assert width <= 150
    assert height <= box[1]


@pytest.mark.parametrize("room", [800, 201, 90])
def test_several_make_a_grid_without_gaps_or_overlaps(room: int) -> None:
    for count in range(2, 11):
        cells = boxes([(4000, 3000)] * count, room)
        right = max(x + width for x, _, width, _ in cells)
        assert right == min(room, 400)
        for (x, y, width, height), (left, top, _, _) in permutations(cells, 2):
            assert left >= x + width or top >= y + height or left < x or top < y, "none lies on another"
        rows = {y for _, y, _, _ in cells}
        expected = {2: 1, 3: 2, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4}
        assert len(rows) == expected[count]


def test_the_box_stands_before_anything_came_and_nothing_ever_moves(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    made = [picture(tmp_path, number) for number in range(1, 9)]
    entries = [say(0, "above")]
    for number, (attachment, _) in enumerate(made, 1):
        entries.append(say(number, f"number {number}", attachments=(attachment,)))
    messages.set_entries(entries)
    messages.scroll(-500)
    messages.update()
    keys = [painted.row.entry.key for painted in messages.painted.values()]
    before = {key: (row_of(messages, key).y, row_of(messages, key).row.height) for key in keys}
    tops = {key: pixel_y(messages, key) for key in keys}
    files.fail(made[5][0], "It is gone.")
    for attachment, path in [*made[:5], *made[6:]]:
        files.bring(attachment, path)
    shown = [key for key in keys if key not in {"m6", "m0"}]
    until(lambda: all(has_picture(messages, key)() for key in shown))
    assert {key: (row_of(messages, key).y, row_of(messages, key).row.height) for key in keys} == before
    assert {key: pixel_y(messages, key) for key in keys} == tops
    messages.scroll(60)
    messages.scroll(-60)
    assert {key: pixel_y(messages, key) for key in keys} == tops


def test_a_blur_comes_first_then_the_picture_in_the_same_place(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    attachment, path = picture(tmp_path, 1)
    messages.set_entries([say(1, "look", attachments=(attachment,))])
    until(lambda: len(images(messages)) == 5)
    blur = images(messages)
    (slot,) = messages.painter.pictures.slots(row_of(messages, "m1"))
    corner = messages.canvas.coords(messages.canvas.find_withtag(slot.tag)[0])
    files.bring(attachment, path)
    until(has_picture(messages))
    assert len(images(messages)) == 5
    assert set(images(messages)).isdisjoint(blur)
    assert messages.canvas.coords(messages.canvas.find_withtag(slot.tag)[0]) == corner


def test_without_words_the_pictures_stand_where_the_words_would(
    messages: MessageList, say: Say, tmp_path: Path
) -> None:
    attachment, _ = picture(tmp_path, 1)
    wordless = Entry("m1", say(1).kind, say(1).time, "", author="alice", seq=1, attachments=(attachment,))
    messages.set_entries([wordless, say(2, "with words", attachments=(attachment,))])
    line = messages.typesetter.line_height("body")
    assert row_of(messages, "m2").row.height - row_of(messages, "m1").row.height == line
    assert placed(messages)[0].y + placed(messages)[0].height <= row_of(messages, "m1").row.height


def test_what_scrolled_away_is_not_asked_for_any_more_and_comes_back_from_memory(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    first, path = picture(tmp_path, 1)
    second, _ = picture(tmp_path, 2)
    messages.set_entries([say(1, attachments=(first,)), say(2, attachments=(second,)), *(say(n) for n in range(3, 60))])
    messages.scroll_to_start()
    files.bring(first, path)
    until(has_picture(messages))
    held = files.gallery.photos.size
    messages.scroll_to_end()
    messages.update()
    assert files.dropped == [1], "the one that was on its way; the other is here"
    asked = len(files.asked)
    messages.scroll_to_start()
    messages.update()
    assert has_picture(messages)(), "at once"
    assert key_of(1) not in files.asked[asked:]
    assert files.gallery.photos.size == held


def test_what_failed_says_so_in_its_box_and_a_click_tries_again(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    attachment, path = picture(tmp_path, 1)
    messages.set_entries([say(1, "look", attachments=(attachment,))])
    files.fail(attachment, "It is gone.")
    messages.update()
    assert texts_on(messages.canvas)[-2:] == [TRY_AGAIN, "1.png"]
    files.paths[key_of(attachment.id)] = path
    click(messages, *middle(messages))
    until(has_picture(messages))
    assert TRY_AGAIN not in texts_on(messages.canvas)
    assert files.opened == []
    click(messages, *middle(messages))
    assert files.opened == [("m1", 1, PictureDeed.OPEN)]


def test_hostile_files_leave_their_boxes_as_they_were(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    attachment, _ = picture(tmp_path, 1)
    bad = list(hostile(tmp_path).values())
    lies = [
        Attachment(**{name: getattr(attachment, name) for name in attachment.__struct_fields__} | {"id": n})
        for n in range(1, 11)
    ]
    messages.set_entries([say(1, "look", attachments=tuple(lies))])
    before = placed(messages)
    for each, path in zip(lies, bad, strict=False):
        files.bring(each, path)
    until(lambda: texts_on(messages.canvas).count(TRY_AGAIN) == 10)
    assert placed(messages) is before


def test_where_pictures_are_shown_on_a_click_nothing_is_fetched_before(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    files.shows = False
    attachment, path = picture(tmp_path, 1)
    files.paths[key_of(attachment.id)] = path
    messages.set_entries([say(1, "look", attachments=(attachment,)), *(say(n) for n in range(2, 60))])
    messages.scroll_to_start()
    messages.update()
    assert files.asked == []
    assert SHOW_PICTURE in texts_on(messages.canvas)
    assert images(messages) == []
    click(messages, *middle(messages))
    until(has_picture(messages))
    messages.scroll_to_end()
    messages.scroll_to_start()
    assert has_picture(messages)(), "it was asked for once"


def test_a_moving_picture_plays_under_the_pointer_and_while_the_keyboard_is_on_it(
    root: Root, messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    path = moving(tmp_path / "film.gif", 5)
    attachment = attachment_of(path, 1)
    for is_original in (False, True):
        files.paths[key_of(attachment.id, is_original=is_original)] = path
    messages.set_entries([say(1, "look", attachments=(attachment,)), say(2)])
    until(has_picture(messages))
    assert MARK in texts_on(messages.canvas)
    still = images(messages)
    assert key_of(1, is_original=True) not in files.asked, "the whole file is fetched when it is to be played"

    def hover(x: int, y: int) -> None:
        messages.canvas.event_generate("<Motion>", x=x, y=y)
        messages.update()

    hover(*middle(messages))
    until(lambda: MARK not in texts_on(messages.canvas))
    frame = images(messages)
    until(lambda: images(messages) != frame)
    hover(300, row_of(messages, "m2").y + 5)
    assert images(messages) == still
    assert MARK in texts_on(messages.canvas)
    messages.canvas.focus_force()
    messages.keyboard._cursor.put_on(0)
    until(lambda: MARK not in texts_on(messages.canvas))
    messages.cursor.move(1)
    assert images(messages) == still
    files.plays = False
    hover(*middle(messages))
    assert messages.painter.pictures.player.slot is None


def test_a_film_stops_when_its_row_leaves_the_view(
    messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    path = moving(tmp_path / "film.gif", 5)
    attachment = attachment_of(path, 1)
    for is_original in (False, True):
        files.paths[key_of(attachment.id, is_original=is_original)] = path
    messages.set_entries([say(1, "look", attachments=(attachment,)), *(say(n) for n in range(2, 60))])
    messages.scroll_to_start()
    until(has_picture(messages))
    messages.canvas.event_generate("<Motion>", x=middle(messages)[0], y=middle(messages)[1])
    until(lambda: MARK not in texts_on(messages.canvas))
    messages.scroll_to_end()
    messages.update()
    assert messages.painter.pictures.player.slot is None
    messages.set_entries([])
    messages.update()


def test_another_look_draws_all_of_it_anew(
    root: Root, messages: MessageList, files: Files, say: Say, tmp_path: Path, until: Until
) -> None:
    attachment, path = picture(tmp_path, 1)
    files.paths[key_of(attachment.id)] = path
    messages.set_entries([say(1, "look", attachments=(attachment,))])
    until(has_picture(messages))
    root.set_appearance("light")
    until(has_picture(messages))
    before = placed(messages)[0]
    root.set_zoom(1.5)
    until(has_picture(messages))
    assert placed(messages)[0].width == round(before.width * 1.5)
    shown = messages.painter.pictures.slots(row_of(messages, "m1"))[0].still
    assert shown is not None
    assert shown.middle.width() == round(before.width * 1.5), "sharp, not enlarged"


def test_the_menu_has_what_can_be_done_with_the_picture_under_the_pointer(
    messages: MessageList, files: Files, say: Say, tmp_path: Path
) -> None:
    attachment, _ = picture(tmp_path, 1)
    entry = say(1, "look", attachments=(attachment,))
    items = message_menu(entry, "", messages.clipboard, messages.events, attachment)
    offered = [item for item in items if item is not None][:3]
    assert [item.label for item in offered] == ["Open picture", "Save picture as…", "Copy picture"]
    for item in offered:
        item.run()
    assert files.opened == [("m1", 1, deed) for deed in PictureDeed]
