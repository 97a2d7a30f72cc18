"""A message that the server refuses stays where it was written, says why, and waits for Retry or Delete."""

from client_app.core.timeline.timeline import SendState
from server_app.app import App
from shared.requests import LeaveChannel
from shared.types import ChannelId
from tests.client_app.desktop.painted import texts_on
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person

REASON = "Not sent. You left this channel. Join it again to write here."


def shown(person: Person) -> str:
    return "\n".join(texts_on(person.app.window.conversation.messages.canvas))


def click_on(person: Person, words: str) -> None:
    """Click in the middle of one of the two words below a refused message."""
    messages = person.app.window.conversation.messages
    painted = next(each for each in messages.painted.values() if each.row.entry.state is SendState.FAILED)
    left, right = next(
        (left, right) for label, left, right in messages.painter.action_edges(painted.row) if label == words
    )
    person.click(messages.canvas, (left + right) // 2, painted.y + painted.row.actions_y + 4)


def refused_twice(alice: Person, connect: ConnectFactory) -> ChannelId:
    """Write in #plans after it was left on another device, and join it again."""
    client = alice.app.client
    client.create_channel("plans")
    alice.until(lambda: client.channels.named("plans") and client.channels.named("plans").is_open)  # type: ignore[union-attr]  # there
    channel_id = client.open_channel_id
    assert channel_id is not None
    connect().log_in("alice").request(LeaveChannel(channel_id=channel_id))
    alice.until(lambda: client.open_channel_id != channel_id)
    for text in ("one", "two"):
        client.send(channel_id, text)
    alice.until(lambda: len(client.failed(channel_id)) == 2)
    client.join_channel(channel_id)
    alice.until(lambda: client.open_channel_id == channel_id and len(alice.entries) == 2)
    return channel_id


def test_a_refused_message_says_why_also_after_the_window_was_closed(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    alice = open_window(server).come_in("alice")
    channel_id = refused_twice(alice, connect)
    assert [entry.state for entry in alice.entries] == [SendState.FAILED, SendState.FAILED]
    alice.leave()
    again = open_window(server).come_in("alice", is_new=False)
    again.app.client.open_channel(channel_id)
    again.until(lambda: shown(again).count("Retry") == 2)
    assert shown(again).count(REASON) == 2
    click_on(again, "Retry")
    again.until(lambda: again.sent == ["one"])
    click_on(again, "Delete")
    again.until(lambda: again.texts == ["one"])
