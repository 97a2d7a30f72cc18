"""What a person can do with the whole client, against a real server over real TLS."""

import functools

import pytest

from client_app.core.signals import (
    ChannelOpened,
    LoggedOut,
    LoginFailed,
    MessageArrived,
    Notice,
)
from client_app.core.timeline.timeline import SendState
from server_app.app import App
from shared.errors import BadRequest
from shared.limits import MAX_BODY
from shared.types import GENERAL, ChannelId, ChannelKind, MessageKind
from tests.conftest import ConnectFactory
from tests.peer import PASSWORD, Peer

from .conftest import DeviceFactory
from .headless import Headless, address_of


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    """Alice's laptop, logged in, with general open."""
    return device("laptop").register("alice").open()


@pytest.fixture
def reader(device: DeviceFactory, generous: App) -> Headless:
    """Alice at a server without limits, with general open."""
    return device("reader", address_of(generous)).register("alice").open()


@pytest.fixture
def bob(reader: Headless, connect: ConnectFactory, generous: App) -> Peer:
    """Bob at the same server, who writes faster than a person may."""
    return connect(generous).register("bob")


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    """Bob's computer, logged in, with general open."""
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def test_a_message_is_shown_at_once_and_settles_when_the_server_has_it(laptop: Headless) -> None:
    laptop.client.send(GENERAL, "hello")
    assert laptop.bodies() == ["hello"]
    row = laptop.timeline().entries[-1]
    assert row.state is SendState.PENDING
    laptop.until(lambda: laptop.timeline().entries[-1].seq == 1)
    assert laptop.timeline().entries[-1].key == row.key
    assert laptop.bodies() == ["hello"]


def test_what_one_says_the_other_hears_and_only_the_other_is_told_of_it(laptop: Headless, bobs: Headless) -> None:
    laptop.client.send(GENERAL, "hello bob")
    arrived = bobs.next(MessageArrived)
    assert (arrived.message.body, arrived.author.name, arrived.is_direct) == ("hello bob", "alice", False)
    assert bobs.bodies() == ["hello bob"]
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    assert not any(isinstance(signal, MessageArrived) for signal in laptop.signals)


def test_several_lines_and_actions_arrive_as_they_were_written(laptop: Headless, bobs: Headless) -> None:
    laptop.client.send(GENERAL, "one\n\ttwo")
    laptop.client.send(GENERAL, "waves", MessageKind.ACTION)
    bobs.until(lambda: bobs.timeline().last_seq == 2)
    assert bobs.bodies() == ["one\n\ttwo", "waves"]
    assert [row.is_action for row in bobs.timeline().entries[-2:]] == [False, True]


def test_more_messages_than_the_server_takes_at_once_all_arrive_in_order(laptop: Headless, bobs: Headless) -> None:
    written = [f"line {number}" for number in range(14)]
    for body in written:
        laptop.client.send(GENERAL, body)
    assert laptop.bodies() == written
    bobs.until(lambda: len(bobs.bodies()) >= len(written))
    assert bobs.bodies() == written


@pytest.mark.parametrize("typed", ["", "  \n", "x" * (MAX_BODY + 1)])
def test_what_cannot_be_sent_is_refused_before_it_leaves_the_composer(laptop: Headless, typed: str) -> None:
    with pytest.raises(BadRequest):
        laptop.client.send(GENERAL, typed)
    assert laptop.bodies() == []


def test_a_message_that_the_server_refuses_can_be_deleted(laptop: Headless) -> None:
    laptop.client.send(ChannelId(999), "into the void")
    laptop.open(GENERAL)
    outbox = laptop.client.session.outbox if laptop.client.session else None
    assert outbox
    laptop.until(lambda: outbox.waiting(ChannelId(999), 0)[0].error)
    client_id = outbox.waiting(ChannelId(999), 0)[0].client_id
    laptop.client.retry(client_id)
    laptop.until(lambda: outbox.waiting(ChannelId(999), 0)[0].error)
    laptop.client.discard(client_id)
    assert outbox.waiting(ChannelId(999), 0) == []


def test_a_new_channel_opens_for_its_maker_and_appears_for_everybody(laptop: Headless, bobs: Headless) -> None:
    laptop.client.create_channel("# Summer Plans", "where to go")
    opened = laptop.next(ChannelOpened)
    row = laptop.client.channels.row(opened.channel_id)
    assert row
    assert (row.title, row.topic, row.is_open, row.may_manage) == ("summer-plans", "where to go", True, True)
    bobs.until(lambda: bobs.client.channels.named("summer-plans"))
    theirs = bobs.client.channels.row(opened.channel_id)
    assert theirs
    assert (theirs.is_open, theirs.may_manage) == (False, False)


def test_renaming_and_topics_reach_everybody(laptop: Headless, bobs: Headless) -> None:
    laptop.client.rename_channel(GENERAL, "Hall")
    laptop.client.set_topic(GENERAL, "  all\nsorts  ")
    bobs.until(lambda: (row := bobs.client.channels.row(GENERAL)) and (row.title, row.topic) == ("hall", "all sorts"))


def test_what_the_server_does_not_allow_is_said_in_a_sentence(laptop: Headless, bobs: Headless) -> None:
    bobs.client.rename_channel(GENERAL, "mine")
    notice = bobs.next(Notice)
    assert notice.is_error
    assert notice.text


def test_leaving_a_channel_goes_back_to_general_and_joining_opens_it_again(laptop: Headless, bobs: Headless) -> None:
    laptop.client.create_channel("plans")
    plans = laptop.next(ChannelOpened).channel_id
    laptop.client.leave_channel(plans)
    laptop.until(lambda: laptop.client.open_channel_id == GENERAL)
    assert [row.title for row in laptop.client.channels.available()] == ["plans"]
    bobs.until(lambda: bobs.client.channels.row(plans))
    bobs.client.send(plans, "without alice")
    bobs.until(lambda: bobs.client.state and bobs.client.state.channels[plans].last_seq == 1)
    assert laptop.unread(plans) == 0, "who has left has nothing to catch up on"
    laptop.client.join_channel(plans)
    laptop.until(lambda: laptop.client.open_channel_id == plans and laptop.bodies(plans) == ["without alice"])


def test_a_direct_message_reaches_both_devices_of_the_other_and_nobody_else(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    phone = device("phone").login("bob")
    carols = device("carols").register("carol")
    bob = laptop.client.roster.named("bob")
    assert bob
    laptop.client.open_direct(bob.user_id)
    direct = laptop.next(ChannelOpened).channel_id
    laptop.until(lambda: not laptop.timeline(direct).is_loading)
    laptop.client.send(direct, "psst")
    for theirs in (bobs, phone):
        arrived = theirs.next(MessageArrived)
        assert (arrived.message.body, arrived.is_direct) == ("psst", True)
        (row,) = theirs.client.channels.directs()
        assert (row.title, row.kind, row.unread) == ("alice", ChannelKind.DIRECT, 1)
    phone.until(lambda: phone.client.channels.directs()[0].is_online)
    laptop.client.send(GENERAL, "done")
    carols.next(MessageArrived)
    assert carols.client.channels.directs() == ()


def is_posted(device: Headless, channel_id: ChannelId) -> bool:
    """Whether the first message of a channel has come back from the server."""
    known = device.client.state
    return known is not None and known.channels[channel_id].last_seq > 0


def test_direct_channels_are_sorted_by_what_was_said_last(
    laptop: Headless, bobs: Headless, connect: ConnectFactory
) -> None:
    carol = connect().register("carol")
    laptop.until(lambda: laptop.client.roster.named("carol"))
    bob = bobs.client.me
    assert bob
    for user_id in (bob.id, carol.user_id):
        laptop.client.open_direct(user_id)
        channel_id = laptop.next(ChannelOpened).channel_id
        laptop.client.send(channel_id, "hi")
        laptop.until(functools.partial(is_posted, laptop, channel_id))
    laptop.until(lambda: [row.title for row in laptop.client.channels.directs()] == ["carol", "bob"])
    first = laptop.client.channels.directs()[1].channel_id
    bobs.until(lambda: bobs.client.channels.row(first))
    bobs.client.send(first, "back")
    laptop.until(lambda: [row.title for row in laptop.client.channels.directs()] == ["bob", "carol"])


def test_reading_on_one_device_clears_the_badge_on_the_other(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    phone = device("phone").login("alice")
    bobs.client.send(GENERAL, "one")
    bobs.client.send(GENERAL, "two")
    laptop.until(lambda: laptop.unread() == 2)
    phone.until(lambda: phone.unread() == 2)
    laptop.client.mark_read(GENERAL)
    assert laptop.unread() == 0
    phone.until(lambda: phone.unread() == 0)


def test_older_messages_come_page_by_page_down_to_the_beginning(reader: Headless, bob: Peer) -> None:
    said = fill(bob, 130)
    reader.until(lambda: reader.timeline().last_seq == 130)
    reopened = Reopened(reader)
    assert reopened.bodies() == said[-50:]
    while reader.timeline().has_older:
        reader.client.load_older(GENERAL)
        reader.client.load_older(GENERAL)  # harmless while a page is under way
        reader.until(lambda: not reader.timeline().is_loading)
    assert reader.bodies() == said
    reader.client.load_older(GENERAL)
    assert not reader.timeline().is_loading


def test_one_can_jump_into_the_past_go_on_from_there_and_come_back(reader: Headless, bob: Peer) -> None:
    said = fill(bob, 160)
    reader.until(lambda: reader.timeline().last_seq == 160)
    Reopened(reader)
    reader.client.jump_to(GENERAL, 20)
    reader.until(lambda: reader.timeline().index_of(20) is not None)
    assert reader.timeline().entries[reader.timeline().index_of(20)].text == said[19]
    assert not reader.timeline().is_at_end
    reader.client.send(GENERAL, "from the past")
    assert "from the past" not in reader.bodies()
    reader.client.load_newer(GENERAL)
    reader.until(lambda: not reader.timeline().is_loading)
    assert reader.bodies() == said[reader.timeline().first_seq - 1 : reader.timeline().last_seq]
    reader.client.jump_to_end(GENERAL)
    reader.until(lambda: reader.timeline().is_at_end and reader.bodies()[-1] == "from the past")
    reader.client.jump_to(GENERAL, 1)
    reader.until(lambda: reader.timeline().index_of(1) is not None)
    while not reader.timeline().is_at_end:
        reader.client.load_newer(GENERAL)
        reader.until(lambda: not reader.timeline().is_loading)
    assert reader.bodies() == [*said, "from the past"]


def test_a_jump_is_not_forgotten_because_another_page_is_under_way(reader: Headless, bob: Peer) -> None:
    fill(bob, 160)
    reader.until(lambda: reader.timeline().last_seq == 160)
    Reopened(reader)
    reader.client.load_older(GENERAL)
    reader.client.jump_to(GENERAL, 20)
    reader.until(lambda: reader.timeline().index_of(20) is not None)


def test_the_unread_line_stands_where_one_left_off(
    laptop: Headless, connect: ConnectFactory, device: DeviceFactory
) -> None:
    bob = connect().register("bob")
    fill(bob, 5)
    laptop.until(lambda: laptop.unread() == 5)
    laptop.client.mark_read(GENERAL)
    fill(bob, 3)
    laptop.until(lambda: laptop.unread() == 3)
    phone = device("phone").login("alice").open()
    keys = [row.key for row in phone.timeline().entries]
    assert phone.timeline().entries[keys.index("unread") + 1].seq == 6


def test_drafts_are_kept_by_channel_and_over_a_restart(laptop: Headless, device: DeviceFactory) -> None:
    laptop.client.set_draft(GENERAL, "half a sen")
    assert laptop.client.draft(GENERAL) == "half a sen"
    laptop.close()
    again = device("laptop").login("alice")
    assert again.client.draft(GENERAL) == "half a sen"


def test_a_new_password_ends_the_other_sessions_with_a_sentence(laptop: Headless, device: DeviceFactory) -> None:
    phone = device("phone").login("alice")
    laptop.client.change_password(PASSWORD, "another horse")
    assert "changed" in laptop.next(Notice).text
    assert "password was changed" in phone.next(LoggedOut).message
    assert phone.client.me is None
    phone.client.login(phone.address, "alice", PASSWORD)
    phone.next(LoginFailed)
    phone.login("alice", "another horse")
    assert laptop.client.me is not None


def test_a_password_that_cannot_be_is_refused_at_once_and_a_wrong_one_by_the_server(laptop: Headless) -> None:
    with pytest.raises(BadRequest, match="at least 8"):
        laptop.client.change_password(PASSWORD, "short")
    laptop.client.change_password("not this one", "another horse")
    assert laptop.next(Notice).is_error


def test_sessions_are_listed_and_one_can_be_ended(laptop: Headless, device: DeviceFactory) -> None:
    phone = device("phone").login("alice")
    listed: list[int] = []
    laptop.client.list_sessions(lambda found: listed.extend(each.id for each in found if not each.is_current))
    laptop.until(lambda: listed)
    ended: list[bool] = []
    laptop.client.revoke_session(listed[0], lambda: ended.append(True))  # type: ignore[arg-type]  # an id from the list
    assert "another device" in phone.next(LoggedOut).message
    laptop.until(lambda: ended)


def test_presence_follows_the_last_device(laptop: Headless, bobs: Headless, device: DeviceFactory) -> None:
    phone = device("phone").login("bob")

    def is_bob_online() -> bool:
        bob = laptop.client.roster.named("bob")
        return bool(bob and bob.is_online)

    laptop.until(is_bob_online)
    bobs.close()
    laptop.client.send(GENERAL, "still there?")
    phone.next(MessageArrived)
    assert is_bob_online()
    phone.close()
    laptop.until(lambda: not is_bob_online())
    assert [group.title for group in laptop.client.roster.groups()] == ["Owner", "Offline"]


def test_text_that_cannot_be_encoded_is_refused_and_the_connection_lives_on(laptop: Headless) -> None:
    laptop.client.set_topic(GENERAL, "half a pair \ud800")
    assert laptop.next(Notice).is_error
    laptop.client.send(GENERAL, "still here")
    laptop.until(lambda: laptop.timeline().last_seq == 1)


def test_without_a_session_intents_do_nothing_or_say_so(device: DeviceFactory) -> None:
    nobody = device().client
    for harmless in (
        lambda: nobody.open_channel(GENERAL),
        lambda: nobody.load_older(GENERAL),
        lambda: nobody.load_newer(GENERAL),
        lambda: nobody.jump_to(GENERAL, 1),
        lambda: nobody.jump_to_end(GENERAL),
        lambda: nobody.mark_read(GENERAL),
        lambda: nobody.retry("x"),
        lambda: nobody.discard("x"),
        lambda: nobody.set_draft(GENERAL, "x"),
        nobody.log_out,
        nobody.cancel_login,
        nobody.reconnect_now,
    ):
        harmless()  # type: ignore[no-untyped-call]  # a lambda has no annotations
    assert nobody.draft(GENERAL) == ""
    with pytest.raises(BadRequest, match="Log in first"):
        nobody.send(GENERAL, "x")
    with pytest.raises(BadRequest, match="Log in first"):
        nobody.timeline(GENERAL)


class Reopened:
    """A device's general, thrown away and loaded anew, so that only its newest page is there."""

    def __init__(self, device: Headless) -> None:
        session = device.client.session
        assert session
        session.history._timelines._timelines.clear()
        device.open()
        self.bodies = device.bodies


def fill(peer: Peer, count: int) -> list[str]:
    """Let somebody say much."""
    bodies = [f"message {number}" for number in range(count)]
    for body in bodies:
        peer.say(body)
    return bodies
