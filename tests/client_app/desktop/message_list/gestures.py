"""What a person does to the message list, and what they see and hear of it."""

from collections.abc import Callable
from typing import Any

from client_app.core.actions import MessageAction, MessageGroup
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.message_list.menu import message_menu
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.toolkit import MenuItem

Append = Callable[..., None]
"""Adds entries at the end."""


class Told:
    """What the list told."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.offered: tuple[MessageAction, ...] = ()
        """What can be done with messages of one's own."""
        told: dict[str, Any] = {
            name: lambda *arguments, name=name: self.calls.append((name, *arguments))
            for name in MessageEvents.__slots__
        }
        told["pictures"] = told["news"] = None
        told["offers"] = lambda entry: self.offered if entry.is_own else ()
        self.events = MessageEvents(**told)

    def of(self, name: str) -> list[object]:
        return [call[1] if len(call) > 1 else None for call in self.calls if call[0] == name]


def row_of(messages: MessageList, key: str) -> Painted:
    return next(painted for painted in messages.painted.values() if painted.row.entry.key == key)


def bottom_of(messages: MessageList, key: str) -> int:
    painted = row_of(messages, key)
    return painted.y + painted.row.height


def pixel_y(messages: MessageList, key: str) -> float:
    """Where Tk itself has the row's topmost item, in pixels."""
    box = messages.canvas.bbox(row_of(messages, key).tag)
    assert box is not None
    return box[1]


def point_of(messages: MessageList, key: str, position: int = 0) -> tuple[int, int]:
    """A point on the canvas within the first line of a message's text."""
    painted = row_of(messages, key)
    placed = painted.row.body[0]
    width = messages.typesetter.text_width(painted.row.font, painted.row.entry.text[:position])
    return painted.row.text_x + width + 1, painted.y + placed.y + placed.line.height // 2


def click(messages: MessageList, x: int, y: int, times: int = 1, modifiers: str = "") -> None:
    for _ in range(times):
        messages.canvas.event_generate(f"<{modifiers}Button-1>", x=x, y=y)
        messages.canvas.event_generate(f"<{modifiers}ButtonRelease-1>", x=x, y=y)
    messages.update()


def drag(messages: MessageList, start: tuple[int, int], end: tuple[int, int]) -> None:
    messages.canvas.event_generate("<Button-1>", x=start[0], y=start[1])
    for x, y in (((start[0] + end[0]) // 2, (start[1] + end[1]) // 2), end):
        messages.canvas.event_generate("<B1-Motion>", x=x, y=y)
    messages.canvas.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
    messages.update()


def menu_of(messages: MessageList, index: int = 0, link: str = "") -> list[MenuItem]:
    """What the menu of a row offers, and of a link in it."""
    items = message_menu(messages.entries[index], link, messages.clipboard, messages.events)
    return [item for item in items if item is not None]


def offer(name: str, group: MessageGroup = MessageGroup.TAKE, key: str = "", **more: Any) -> MessageAction:
    """An action of the test's own."""
    return MessageAction(name, name.capitalize(), group, lambda *_: None, lambda *_: True, key, **more)
