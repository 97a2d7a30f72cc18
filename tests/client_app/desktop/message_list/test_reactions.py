"""Reactions below a message: drawn, clicked, told of, and never moving what is read."""

import time

import pytest

from client_app.core.timeline.reaction_rows import Shown
from client_app.core.timeline.timeline import Entry, Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.message_list.reactions import ADD, PlacedReaction
from client_app.desktop.toolkit import Root
from shared.types import UserId

from ..conftest import Say, Until
from ..painted import texts_on
from .gestures import Append, Told, click, pixel_y, row_of

FACES = tuple(chr(0x1F600 + number) for number in range(20))


def shown(emoji: str, count: int, *, is_mine: bool = False) -> Shown:
    return Shown(emoji, tuple(UserId(each) for each in range(1, count + 1)), is_mine, f"{count} people")


def placed(messages: MessageList, key: str) -> tuple[PlacedReaction, ...]:
    return row_of(messages, key).row.reactions


def middle(messages: MessageList, key: str, index: int) -> tuple[int, int]:
    pill = placed(messages, key)[index]
    return pill.x + pill.width // 2, row_of(messages, key).y + pill.y + pill.height // 2


def replaced(messages: MessageList, index: int, entry: Entry) -> None:
    messages.apply((Splice(index, 1, (entry,)),))
    messages.update()


def test_each_emoji_has_a_pill_with_its_number_and_the_last_one_adds(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, reactions=(shown("👍", 3), shown("🎉", 1200)), may_react=True))
    assert texts_on(messages.canvas)[-2:] == ["3", "999+"]
    assert [each.shown.emoji if each.shown else ADD for each in placed(messages, "m1")] == ["👍", "🎉", ADD]
    append(say(2, reactions=(shown("👍", 1),)))
    assert len(placed(messages, "m2")) == 1, "whoever may not react is offered nothing"
    append(say(3, may_react=True))
    assert placed(messages, "m3") == ()


def test_one_click_joins_another_leaves_and_the_last_pill_asks_which(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1, reactions=(shown("👍", 1), shown("🎉", 2, is_mine=True)), may_react=True))
    for index in range(3):
        click(messages, *middle(messages, "m1", index))
    calls = [call for call in told.calls if call[0] in {"react", "pick_reaction"}]
    assert calls == [("react", 1, "👍", True), ("react", 1, "🎉", False), ("pick_reaction", messages.entries[0])]


def test_the_pointers_rest_tells_who_they_are(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, reactions=(shown("👍", 3),), may_react=True))
    for index, words in enumerate(("3 people reacted with :+1:", ADD)):
        x, y = middle(messages, "m1", index)
        messages.canvas.event_generate("<Motion>", x=x, y=y)
        messages.update()
        assert messages.pointer.hint == words
        assert str(messages.canvas.cget("cursor")) == "hand2"


def test_many_reactions_take_several_lines_and_none_sticks_out(
    root: Root, messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, reactions=tuple(shown(face, 10) for face in FACES), may_react=True), say(2))
    for width in (900, 500, 320):
        root.geometry(f"{width}x700")
        root.update()
        pills = placed(messages, "m1")
        assert len(pills) == 21
        assert max(each.x + each.width for each in pills) <= messages.canvas.winfo_width()
        assert max(each.y + each.height for each in pills) <= row_of(messages, "m1").row.height
    assert len({each.y for each in pills}) > 2


@pytest.mark.parametrize("is_at_end", [True, False])
def test_a_reaction_does_not_move_what_is_read(
    messages: MessageList, append: Append, say: Say, is_at_end: bool
) -> None:
    append(*(say(number) for number in range(1, 101)))
    if not is_at_end:
        messages.scroll(-800)
        messages.update()
    keys = sorted((each.y, each.row.entry.key) for each in messages.painted.values())
    _, first = keys[1]
    index = int(first[1:]) - 1
    _, last = keys[-1]
    before = pixel_y(messages, last if is_at_end else first)
    replaced(messages, index - 5, say(index - 4, reactions=(shown("👍", 1),)))
    assert pixel_y(messages, last if is_at_end else first) == before, "above the view nothing is seen of it"
    replaced(messages, index + 3, say(index + 4, reactions=(shown("👍", 1),)))
    assert pixel_y(messages, last if is_at_end else first) == before
    assert messages.is_at_end is is_at_end


def test_a_message_with_two_hundred_reactions_that_go_on_changing_holds_no_frame_up(
    messages: MessageList, append: Append, say: Say, until: Until
) -> None:
    """Measured by the processor's time, because the tests run beside each other."""
    append(*(say(number) for number in range(1, 30)))
    full = [shown(face, 10) for face in FACES]
    append(say(30, reactions=tuple(full), may_react=True))
    spent = []
    for number in range(60):
        full[number % 20] = shown(FACES[number % 20], 11 + number, is_mine=bool(number % 2))
        start = time.process_time()
        replaced(messages, 29, say(30, reactions=tuple(full), may_react=True))
        spent.append(time.process_time() - start)
    print(f"median {sorted(spent)[30] * 1000:.1f} ms, worst {max(spent) * 1000:.1f} ms")
    assert sorted(spent)[30] < 0.016
