"""What edited messages said before: kept for their authors and those who may delete them, and gone when they are."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessageChanged
from shared.limits import MAX_VERSIONS
from shared.requests import (
    CreateChannel,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    FetchHistory,
    FetchVersions,
    GiveRole,
    PurgeMessages,
)
from shared.rights import MODERATOR
from shared.types import GENERAL, ChannelId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def before(peer: Peer, seq: int = 1, channel_id: ChannelId = GENERAL) -> list[str]:
    return [each.body for each in peer.request(FetchVersions(channel_id=channel_id, seq=seq)).versions]


def edit(seq: int, body: str, channel_id: ChannelId = GENERAL) -> EditMessage:
    return EditMessage(channel_id=channel_id, seq=seq, body=body)


def code(ask: Callable[[], object]) -> Code:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value.code


def kept(server: App) -> int:
    with sqlite3.connect(Path(server.settings.database)) as database:
        number: int = database.execute("select count(*) from versions").fetchone()[0]
    return number


def test_an_edit_keeps_what_was_said_before_with_its_time(alice: Peer, bob: Peer) -> None:
    bob.say("frist")
    for body in ("frist!", "first!", "first!"):
        bob.request(edit(1, body))
    versions = bob.request(FetchVersions(channel_id=GENERAL, seq=1)).versions
    assert [(each.number, each.body) for each in versions] == [(2, "frist!"), (1, "frist")]
    (message,) = bob.request(FetchHistory(channel_id=GENERAL)).messages
    assert message.created_at == versions[1].written_at <= versions[0].written_at <= (message.edited_at or 0)


def test_only_the_author_and_those_who_may_delete_it_read_them(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    mona = connect().register("mona")
    alice.request(GiveRole(user_id=mona.user_id, role_id=MODERATOR))
    bob.say("rude")
    bob.request(edit(1, "polite"))
    assert before(bob) == before(mona) == ["rude"]
    assert code(lambda: before(carol)) is Code.FORBIDDEN
    direct = alice.direct(bob.user_id)
    bob.say("a slip", direct)
    bob.request(edit(1, "none", direct))
    assert before(bob, 1, direct) == ["a slip"]
    assert code(lambda: before(alice, 1, direct)) is Code.FORBIDDEN


def test_deleting_a_message_deletes_what_it_said_before(alice: Peer, bob: Peer, server: App) -> None:
    for seq in (1, 2):
        bob.say("rude")
        bob.request(edit(seq, "polite"))
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    assert code(lambda: before(bob)) is Code.NOT_FOUND
    assert kept(server) == 1
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    assert kept(server) == 0


def test_deleting_a_channel_deletes_what_was_said_in_it_before(alice: Peer, server: App) -> None:
    room = alice.request(CreateChannel(name="plans")).channel_id
    alice.say("one", room)
    alice.request(edit(1, "two", room))
    assert kept(server) == 1
    alice.request(DeleteChannel(channel_id=room))
    assert kept(server) == 0


@pytest.fixture
def free(start_server: ServerFactory) -> App:
    return start_server(tls=False, limits=Limits().without_rates_and_caps())


def test_so_many_are_kept_of_one_message_and_the_oldest_go(free: App, connect: ConnectFactory) -> None:
    alice = connect(free).register("alice")
    alice.say("0")
    for number in range(1, MAX_VERSIONS + 6):
        alice.request(edit(1, str(number)))
    assert kept(free) == MAX_VERSIONS
    numbers: list[int] = []
    last, more = None, True
    while more:
        page = alice.request(FetchVersions(channel_id=GENERAL, seq=1, before_number=last, limit=30))
        numbers += [each.number for each in page.versions]
        last, more = page.versions[-1].number, page.more
    assert numbers == list(range(MAX_VERSIONS + 5, 5, -1))


@pytest.mark.parametrize("delete_first", [True, False])
def test_a_deletion_that_races_with_an_edit_wins(alice: Peer, bob: Peer, delete_first: bool) -> None:
    """The owner deletes what its author edits at the same moment; nothing of either text is left."""
    bob.say("rude")
    removal, editing = DeleteMessage(channel_id=GENERAL, seq=1), edit(1, "polite")
    asked = [(alice, removal), (bob, editing)] if delete_first else [(bob, editing), (alice, removal)]
    ids = [(peer, request, peer.ask(request)) for peer, request in asked]
    for peer, request, request_id in ids:
        with contextlib.suppress(Refusal):  # the edit may have come too late
            peer.answer(request, request_id)
    (message,) = bob.request(FetchHistory(channel_id=GENERAL)).messages
    assert (message.is_deleted, message.body, message.edited_at) == (True, "", None)
    last = [event.message for event in bob.heard(MessageChanged)][-1]
    assert last == message
    assert code(lambda: bob.request(editing)) is Code.NOT_FOUND
