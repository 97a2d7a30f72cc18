"""The rules of a channel: who may set them, what they mean at once, and what is protected from them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shared.entities import Override
from shared.errors import Code
from shared.events import ChannelChanged, ChannelRemoved, MessagePosted
from shared.requests import (
    AddMember,
    ArchiveChannel,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    FetchAudit,
    FetchHistory,
    GiveRole,
    JoinChannel,
    ListReports,
    RenameChannel,
    ReportMessage,
    SendMessage,
)
from shared.rights import ADMIN, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import GENERAL, AuditAction, ChannelId, Permission, RoleId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, sees, told, told_of

VIEW, SEND, ADD = Permission.VIEW_CHANNELS, Permission.SEND_MESSAGES, Permission.ADD_MEMBERS


@pytest.fixture
def plans(bob: Peer) -> ChannelId:
    """A channel that bob made, who is a member."""
    return bob.request(CreateChannel(name="plans")).channel_id


def test_rules_are_told_to_all_who_see_the_channel_and_hold_at_once(
    alice: Peer, bob: Peer, carol: Peer, plans: ChannelId
) -> None:
    bob.request(ChangeChannel(channel_id=plans, is_read_only=True))
    assert carol.next_event(ChannelChanged) == ChannelChanged(
        channel_id=plans, is_read_only=True, slow_seconds=0, is_archived=False, overrides=(), user_id=bob.user_id
    )
    said = SendMessage(channel_id=plans, client_id="client-id", body="hello")
    assert "read-only" in refusal(carol, said)[1]
    bob.say("whoever made it writes", plans)
    bob.request(ChangeChannel(channel_id=plans, is_read_only=True))
    bob.request(ChangeChannel(channel_id=plans))
    assert told_of(carol, ChannelChanged) == [], "nothing changed"
    alice.request(ChangeChannel(channel_id=plans, overrides=(Override(MEMBER, allow=(Permission.SEND_IN_READ_ONLY,)),)))
    carol.request(said)


def test_only_who_made_it_and_who_manages_channels_sets_them(
    alice: Peer, bob: Peer, carol: Peer, plans: ChannelId
) -> None:
    for request in (
        ChangeChannel(channel_id=plans, slow_seconds=5),
        ArchiveChannel(channel_id=plans),
        DeleteChannel(channel_id=plans),
    ):
        assert refusal(carol, request)[0] is Code.FORBIDDEN
    alice.request(GiveRole(user_id=carol.user_id, role_id=ADMIN))
    carol.request(ChangeChannel(channel_id=plans, slow_seconds=5))


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ((Override(GUEST, allow=(VIEW,)), Override(GUEST, deny=(SEND,))), "each role once"),
        ((Override(GUEST, allow=(VIEW,), deny=(VIEW,)),), "either allows"),
        ((Override(GUEST, allow=(Permission.BAN_PEOPLE,)),), "whole server"),
        ((Override(GUEST, deny=(Permission.ANNOUNCE,)),), "whole server"),
        ((Override(RoleId(99), deny=(SEND,)),), "no such role"),
        ((Override(MEMBER, deny=(SEND,)),), "rank below yours"),
        ((Override(MODERATOR, deny=(SEND,)),), "rank below yours"),
        ((Override(OWNER, deny=(SEND,)),), "rank below yours"),
        ((Override(GUEST, allow=(Permission.DELETE_MESSAGES,)),), "what you may do here yourself"),
    ],
)
def test_overrides_are_of_lower_roles_and_of_what_one_may_oneself(
    bob: Peer, carol: Peer, plans: ChannelId, overrides: tuple[Override, ...], sentence: str
) -> None:
    assert sentence in refusal(bob, ChangeChannel(channel_id=plans, overrides=overrides))[1]
    bob.request(ChangeChannel(channel_id=plans, overrides=(Override(GUEST, allow=(ADD, VIEW)), Override(MEMBER))))
    assert carol.next_event(ChannelChanged).overrides == (Override(GUEST, allow=(VIEW, ADD)),)


def test_what_those_above_have_set_can_be_kept_but_not_taken_back(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    theirs = Override(MODERATOR, deny=(SEND,))
    alice.request(ChangeChannel(channel_id=plans, overrides=(theirs,)))
    bob.request(ChangeChannel(channel_id=plans, overrides=(Override(GUEST, allow=(VIEW,)), theirs)))
    assert "rank below" in refusal(bob, ChangeChannel(channel_id=plans, overrides=(Override(GUEST),)))[1]
    assert (
        "rank below" in refusal(alice, ChangeChannel(channel_id=plans, overrides=(Override(OWNER, deny=(VIEW,)),)))[1]
    )


def test_general_is_everybodys_for_good(alice: Peer, bob: Peer) -> None:
    for request in (
        ChangeChannel(channel_id=GENERAL, overrides=(Override(GUEST, deny=(VIEW,)),)),
        ArchiveChannel(channel_id=GENERAL),
        DeleteChannel(channel_id=GENERAL),
    ):
        assert refusal(alice, request)[0] in (Code.FORBIDDEN, Code.BAD_REQUEST)
    alice.request(ChangeChannel(channel_id=GENERAL, is_read_only=True))
    assert "read-only" in refusal(bob, SendMessage(channel_id=GENERAL, client_id="client-id", body="hello"))[1]


def test_who_sees_a_private_channel_is_no_matter_of_roles(alice: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="secret", private=True)).channel_id
    hidden = (Override(MEMBER, deny=(VIEW,)),)
    assert "who is in it" in refusal(alice, ChangeChannel(channel_id=channel_id, overrides=hidden))[1]


def test_an_archived_channel_is_read_and_not_written_until_it_is_in_use_again(
    alice: Peer, bob: Peer, plans: ChannelId
) -> None:
    bob.say("old plans", plans)
    bob.request(ArchiveChannel(channel_id=plans))
    assert alice.next_event(ChannelChanged).is_archived
    said = SendMessage(channel_id=plans, client_id="client-id", body="hello")
    assert "archived" in refusal(alice, said)[1]
    assert alice.bodies(plans) == ["old plans"]
    alice.request(ArchiveChannel(channel_id=plans, is_archived=False))
    alice.request(said)


def test_a_deleted_channel_is_gone_for_everybody_at_once_and_its_name_is_free(
    alice: Peer, bob: Peer, carol: Peer, plans: ChannelId, connect: ConnectFactory
) -> None:
    phone = connect().resume(carol.token)
    bob.say("plans", plans)
    for peer in (carol, phone):
        told(peer)
    bob.request(DeleteChannel(channel_id=plans))
    for peer in (carol, phone):
        assert told(peer) == [ChannelRemoved(channel_id=plans)]
        assert not sees(peer, plans)
        for request in (
            FetchHistory(channel_id=plans),
            JoinChannel(channel_id=plans),
            SendMessage(channel_id=plans, client_id="client-id", body="still there?"),
            RenameChannel(channel_id=plans, name="again"),
        ):
            assert refusal(peer, request) == (Code.NOT_FOUND, "There is no such channel.")
    assert plans not in {each.id for each in connect().resume(alice.token).snapshot.channels}
    assert alice.request(CreateChannel(name="plans")).channel_id > plans


def test_a_deleted_private_channel_is_told_to_its_people_only(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = bob.request(CreateChannel(name="secret", private=True)).channel_id
    bob.request(AddMember(channel_id=channel_id, user_id=carol.user_id))
    bob.request(DeleteChannel(channel_id=channel_id))
    assert carol.next_event(ChannelRemoved).channel_id == channel_id
    assert told(alice) == []


def number_of_mentions(database: Path) -> int:
    """In all channels, as the database has it."""
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute("select count(*) from mentions").fetchone()
    return int(count)


def messages_in(database: Path, channel_id: ChannelId) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT body FROM messages WHERE channel_id = ?", [channel_id])
        return [body for (body,) in found]


def test_what_was_said_in_it_leaves_the_disk_bit_by_bit_across_a_restart_and_reports_keep_their_copies(
    start_server: ServerFactory,
    connect: ConnectFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    monkeypatch.setattr("server_app.services.channel_rules.MOST_AT_ONCE", 3)
    database = tmp_path / "hearth.db"
    app = start_server(limits=FREE)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    for number in range(10):
        alice.say(f"plan {number} for @bob", channel_id)
    bob.request(ReportMessage(channel_id=channel_id, seq=3, reason="rude"))
    alice.request(DeleteChannel(channel_id=channel_id))
    for peer in (alice, bob):
        peer.close()
    app.stop(5)
    assert len(messages_in(database, channel_id)) > 1, "this takes its time"
    monkeypatch.setattr("server_app.housekeeper.MORE_LEFTOVERS_SECONDS", 0.02)
    monkeypatch.setattr("server_app.housekeeper.LEFTOVERS_SECONDS", 0.02)
    app = start_server(limits=FREE)
    alice = connect(app).log_in("alice")
    # The newest message of all keeps its place until there is another, so that no id is used twice.
    wait_until(lambda: messages_in(database, channel_id) == [""])
    (report,) = alice.request(ListReports()).reports
    assert (report.body, report.channel_id) == ("plan 2 for @bob", channel_id)
    said = alice.say("something new")
    assert said.message_id == 11
    wait_until(lambda: messages_in(database, channel_id) == [])
    assert alice.next_event(MessagePosted).message.id == 11
    assert number_of_mentions(database) == 0


def test_the_log_says_what_became_of_channels(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    bob.request(ChangeChannel(channel_id=plans, slow_seconds=5, overrides=(Override(GUEST, allow=(VIEW,)),)))
    bob.request(ArchiveChannel(channel_id=plans))
    bob.request(DeleteChannel(channel_id=plans))
    entries = [(each.action, each.channel_id, each.detail) for each in alice.request(FetchAudit()).entries]
    assert entries == [
        (AuditAction.CHANNEL_DELETED, plans, "#plans"),
        (AuditAction.CHANNEL_ARCHIVED, plans, "archived"),
        (AuditAction.CHANNEL_CHANGED, plans, "5 s between two messages; guest: +view_channels"),
    ]
