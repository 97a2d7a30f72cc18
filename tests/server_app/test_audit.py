"""The audit log: who did what, found by words and names, edited by nobody, and silent about what one may not see."""

import sqlite3
import uuid
from pathlib import Path

import pytest

from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.requests import (
    AddMember,
    BanAddress,
    ChangeChannel,
    CreateChannel,
    DeleteMessage,
    FetchAudit,
    GiveRole,
    KickPerson,
    SendMessage,
)
from shared.rights import ADMIN, MODERATOR
from shared.types import GENERAL, AuditAction, ChannelId, MessageKind

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def details(peer: Peer, text: str) -> list[str]:
    return [entry.detail for entry in peer.request(FetchAudit(text=text)).entries]


def announce(peer: Peer) -> None:
    kind = MessageKind.ANNOUNCEMENT
    peer.request(SendMessage(channel_id=GENERAL, client_id=uuid.uuid4().hex, body="hear", kind=kind))


@pytest.fixture
def kept(alice: Peer, bob: Peer, connect: ConnectFactory) -> Peer:
    """The owner, with a few entries in the log."""
    other = connect().register("Özlem")
    alice.request(KickPerson(user_id=bob.user_id, reason="100% rude_words"))
    alice.request(KickPerson(user_id=other.user_id, reason="away for long"))
    alice.request(BanAddress(address="203.0.113.7", reason="robots"))
    return alice


def test_entries_come_newest_first(kept: Peer) -> None:
    entries = kept.request(FetchAudit()).entries
    assert [entry.action for entry in entries] == [
        AuditAction.PERSON_BANNED,
        AuditAction.PERSON_KICKED,
        AuditAction.PERSON_KICKED,
    ]
    assert {entry.actor_id for entry in entries} == {kept.user_id}
    assert sorted((entry.id for entry in entries), reverse=True) == [entry.id for entry in entries]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RUDE", ["100% rude_words"]),
        ("100%", ["100% rude_words"]),
        ("rude_", ["100% rude_words"]),
        ("1%e", []),
        ("rude-words", []),
        ("long away", ["away for long"]),
        ("long rude", []),
        ("bob", ["100% rude_words"]),
        ("özlem", ["away for long"]),
        ("203.0", ["the address 203.0.113.7 for good: robots"]),
        ("kicked alice", ["away for long", "100% rude_words"]),
        ("  ", ["the address 203.0.113.7 for good: robots", "away for long", "100% rude_words"]),
    ],
)
def test_entries_are_found_by_their_words_and_by_the_names_they_tell_of(
    kept: Peer, text: str, found: list[str]
) -> None:
    assert details(kept, text) == found


def test_entries_are_found_by_the_name_of_the_channel(alice: Peer, bob: Peer) -> None:
    channel_id = bob.request(CreateChannel(name="kitchen")).channel_id
    bob.say("rude", channel_id)
    alice.request(DeleteMessage(channel_id=channel_id, seq=1))
    assert details(alice, "kitchen") == ["message 1"]
    assert details(alice, "cellar") == []


def test_the_log_comes_in_pages(start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice = connect(start_server(tls=False, limits=FREE)).register("alice")
    for _ in range(25):
        announce(alice)
    seen: list[str] = []
    before_id, more = None, True
    while more:
        page = alice.request(FetchAudit(before_id=before_id, limit=10))
        seen += [entry.detail for entry in page.entries]
        before_id, more = page.entries[-1].id, page.more
    assert seen == [f"message {seq}" for seq in range(25, 0, -1)]


def test_only_those_read_it_who_may(alice: Peer, bob: Peer) -> None:
    alice.request(GiveRole(user_id=bob.user_id, role_id=MODERATOR))
    with pytest.raises(Refusal) as refused:
        bob.request(FetchAudit())
    assert refused.value.code is Code.FORBIDDEN


def test_of_private_channels_only_their_members_read(alice: Peer, bob: Peer, carol: Peer) -> None:
    for person in (bob, carol):
        alice.request(GiveRole(user_id=person.user_id, role_id=ADMIN))
    private = bob.request(CreateChannel(name="secret-plans", private=True)).channel_id
    bob.request(AddMember(channel_id=private, user_id=carol.user_id))
    carol.say("rude", private)
    bob.request(DeleteMessage(channel_id=private, seq=1))
    bob.request(ChangeChannel(channel_id=private, slow_seconds=60))

    def read(peer: Peer) -> set[ChannelId | None]:
        return {entry.channel_id for entry in peer.request(FetchAudit()).entries}

    assert private in read(bob)
    assert private in read(carol)
    assert private not in read(alice)
    assert alice.request(FetchAudit(text="secret")).entries == ()
    assert carol.request(FetchAudit(text="secret")).entries != ()


@pytest.mark.parametrize("statement", ["update audit set detail = 'nothing'", "delete from audit"])
def test_nobody_edits_it(start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path, statement: str) -> None:
    house = start_server(tls=False)
    announce(connect(house).register("alice"))
    house.stop()
    with sqlite3.connect(tmp_path / "hearth.db") as database:
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            database.execute(statement)
        assert database.execute("select count(*) from audit").fetchone() == (1,)


def test_an_entry_of_the_house_itself_has_no_actor(
    start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path
) -> None:
    house = start_server(tls=False)
    alice = connect(house).register("alice")
    with sqlite3.connect(tmp_path / "hearth.db") as database:
        database.execute("insert into audit (at, action, detail) values (1, 'password_reset', 'by hand')")
        database.execute("insert into audit (at, action, detail) values (1, 'of_a_newer_server', 'unknown')")
    (entry,) = alice.request(FetchAudit()).entries
    assert (entry.actor_id, entry.action) == (None, AuditAction.PASSWORD_RESET)
