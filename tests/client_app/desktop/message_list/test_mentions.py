"""People who are named in a message: on a plate, clicked like an author, and in view where it is I."""

from client_app.core.timeline.named import Named
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root
from shared.types import UserId

from ..conftest import Say
from .gestures import Append, Told, click, point_of, row_of

TEXT = "ask @bob, or https://example.org/@bob, or @here"
BOB = Named(4, 8, UserId(2))
EVERYBODY = Named(42, 47, None, is_me=True)


def grounds(messages: MessageList, key: str) -> list[str]:
    """The colours of what lies under a message."""
    canvas, call = messages.canvas, messages.canvas.tk.call
    items = canvas.find_withtag(row_of(messages, key).tag)
    return [str(call(canvas, "itemcget", item, "-fill")) for item in items if call(canvas, "type", item) == "rectangle"]


def test_a_click_on_a_name_shows_the_person(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1, TEXT, named=(BOB, EVERYBODY)))
    click(messages, *point_of(messages, "m1", TEXT.index("bob")))
    assert (told.of("author"), told.of("link")) == ([UserId(2)], [])
    click(messages, *point_of(messages, "m1", TEXT.index("example")))
    assert told.of("link") == ["https://example.org/@bob"]
    click(messages, *point_of(messages, "m1", TEXT.index("here")))
    assert len(told.of("author")) == 1, "everybody has no card"


def test_what_is_for_me_lies_on_a_band_in_every_look(
    root: Root, messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, TEXT, named=(BOB,)), say(2, TEXT, named=(BOB, EVERYBODY), is_for_me=True), say(3, TEXT))
    for look in ("light", "dark"):
        root.set_appearance(look)
        messages.update()
        assert len(grounds(messages, "m1")) == 1
        assert len(grounds(messages, "m2")) == 4, "a band with its edge, and two plates"
        assert len(set(grounds(messages, "m2"))) == 4
        assert grounds(messages, "m3") == []


def test_a_name_that_is_broken_over_lines_stays_a_name(messages: MessageList, append: Append, say: Say) -> None:
    name = "@" + "W" * 200
    append(say(1, f"{name} hello", named=(Named(0, 201, UserId(2)),)))
    assert len(grounds(messages, "m1")) == len(row_of(messages, "m1").row.body) > 1
