"""A message list on the screen, and somebody who listens to it."""

import pytest

from client_app.core.timeline.timeline import Entry, Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root

from .gestures import Append, Told


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def messages(root: Root, told: Told) -> MessageList:
    messages = MessageList(root, root, told.events)
    messages.pack(fill="both", expand=True)
    root.update()
    return messages


@pytest.fixture
def append(messages: MessageList) -> Append:
    def add(*entries: Entry) -> None:
        messages.apply((Splice(len(messages.entries), 0, entries),))
        messages.update()

    return add
