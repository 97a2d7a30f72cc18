"""What the directory keeps from events is what the database holds, after every kind of change."""

import threading
from collections.abc import Sequence

import pytest
from msgspec import Struct
from msgspec.structs import replace

from server_app.audiences import Everyone, Fact
from server_app.carriers import Returning
from server_app.context import House
from server_app.directory import Directory
from server_app.dispatch import settle
from server_app.hub import Hub
from server_app.limits import Limits
from server_app.services.snapshot import EncodedLoggedIn, EncodedSnapshot
from server_app.tasks import Chore
from shared.codec import encode
from shared.entities import Snapshot, User
from shared.events import MessagePosted, UserRegistered
from shared.moderation import Policy
from shared.requests import (
    CreateChannel,
    DeleteMessage,
    EditMessage,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    LoggedIn,
    MarkRead,
    RenameChannel,
    Resume,
    SetTopic,
)
from shared.rights import BUILTIN, OWNER
from shared.types import GENERAL, ChannelKind, Registration, Rev, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def live(alice: Peer) -> None:
    """Every kind of change that there is."""
    plans = alice.request(CreateChannel(name="plans", topic="what we will do")).channel_id
    other = alice.request(CreateChannel(name="other", topic="all else")).channel_id
    alice.request(RenameChannel(channel_id=plans, name="designs"))
    alice.request(SetTopic(channel_id=plans, topic="what we want to do"))
    for number in range(3):
        alice.say(f"message {number}")
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="edited"))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
    alice.request(MarkRead(channel_id=GENERAL, seq=2))
    alice.request(LeaveChannel(channel_id=plans))
    alice.request(LeaveChannel(channel_id=other))
    alice.request(JoinChannel(channel_id=other))
    notes, both = alice.direct(alice.user_id), alice.direct(UserId(alice.user_id + 1))
    for channel_id in (both, notes, both):
        alice.say("between us", channel_id)


def resumed(connect: ConnectFactory, alice: Peer, app: object) -> Snapshot:
    again = connect(app).resume(alice.token)
    snapshot = again.snapshot
    assert list(snapshot.channels) == list(again.request(ListChannels()).channels), "the database says the same"
    again.close()
    return snapshot


def test_after_every_kind_of_change_it_says_what_the_database_says(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    bob.request(LeaveChannel(channel_id=alice.request(CreateChannel(name="quiet")).channel_id))
    before = resumed(connect, alice, app)
    live(alice)
    lived = resumed(connect, alice, app)
    assert {channel.name for channel in lived.channels} == {"general", "quiet", "designs", "other", ""}
    assert lived.channels != before.channels
    members = [channel.member_ids for channel in lived.channels if channel.kind is ChannelKind.DIRECT]
    assert members == [(alice.user_id,), (alice.user_id, bob.user_id)]
    for peer in (alice, bob):
        peer.close()
    app.stop(5)
    read = resumed(connect, alice, start_server(limits=FREE))
    assert (read.me, read.users, read.channels) == (lived.me, lived.users, lived.channels)
    assert read.read_positions == lived.read_positions


def test_of_the_people_only_those_are_told_that_a_device_does_not_know(alice: Peer, connect: ConnectFactory) -> None:
    newest = max(user.rev for user in alice.snapshot.users)
    connect().register("bob")
    carol = connect().register("carol")
    assert carol.user_id in carol.snapshot.online_ids, "whoever has just come knows that they are here"
    assert list(carol.snapshot.online_ids) == sorted(carol.snapshot.online_ids)
    for known, since, names in (
        (0, 0, ["alice", "bob", "carol"]),
        (newest, newest, ["bob", "carol"]),
        (newest + 2, newest + 2, []),
        (newest + 3, 0, ["alice", "bob", "carol"]),
    ):
        told = connect().request(Resume(token=alice.token, users_rev=Rev(known))).snapshot
        assert (told.users_since, [user.name for user in told.users]) == (since, names)


@pytest.mark.parametrize(("plain", "encoded"), [(Snapshot, EncodedSnapshot), (LoggedIn, EncodedLoggedIn)])
def test_what_is_sent_encoded_has_the_same_fields(plain: type[Struct], encoded: type[Struct]) -> None:
    assert sorted(plain.__struct_fields__) == sorted(encoded.__struct_fields__)


def test_whoever_comes_back_amid_a_conversation_misses_nothing_of_it(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    is_over = threading.Event()

    def talk() -> None:
        while not is_over.is_set():
            bob.say("on and on")

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        for _ in range(50):
            again = connect(app).resume(alice.token)
            told = again.snapshot.channels[0].last_seq
            assert again.next_event(MessagePosted).message.seq <= told + 1, "what is not in the snapshot comes after it"
            again.close()
    finally:
        is_over.set()
        talking.join()


def test_it_learns_before_anybody_is_told() -> None:
    """Who subscribes just after an event was sent out will not hear it, and must find it here."""
    alice = User(id=UserId(1), name="alice", role_id=OWNER, created_at=0, rev=Rev(1))
    bob = replace(alice, id=UserId(2), name="bob", rev=Rev(2))
    directory = Directory([alice], [each.role for each in BUILTIN], [], Policy(Registration.OPEN))
    job = Chore("make an account", House(*[None] * 7), lambda _context: None)  # type: ignore[arg-type]  # not asked
    job.facts = [(UserRegistered(user=bob), Everyone())]
    known: list[bytes] = []

    class TellTale(Hub):
        def publish(self, facts: Sequence[Fact], returning: Sequence[Returning] = ()) -> list[threading.Event]:
            known.append(bytes(directory.overview(alice.id, Rev(1)).users))
            return []

    settle(TellTale([], [], [], {}, lambda: 0), directory, [job])
    assert known == [encode((bob,))]
