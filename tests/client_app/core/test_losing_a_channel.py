"""Who may not see a channel any more keeps nothing of it, and loses nothing of what they had not sent."""

from pathlib import Path

import pytest

from client_app.core.client import Client
from client_app.core.signals import ChannelOpened, MessageArrived, Notice, Phase
from server_app.app import App
from shared.types import GENERAL, ChannelId, UserId

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob", remember=True).open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def user_id(laptop: Headless, name: str) -> UserId:
    row = laptop.client.roster.named(name)
    assert row
    return row.user_id


def secret(laptop: Headless, bobs: Headless) -> ChannelId:
    """A private channel with alice and bob, of which bob has read a message."""
    laptop.client.create_channel("secret", private=True)
    channel_id = laptop.next(ChannelOpened).channel_id
    laptop.client.add_member(channel_id, user_id(laptop, "bob"))
    bobs.until(lambda: bobs.client.channels.row(channel_id))
    laptop.client.send(channel_id, "the plan")
    bobs.next(MessageArrived)
    bobs.open(channel_id)
    bobs.until(lambda: bobs.bodies(channel_id) == ["the plan"])
    return channel_id


def on_disk(client: Client, channel_id: ChannelId) -> list[str]:
    assert client.session
    assert client.flush()
    return [each.body for each in client.session.keeping.kept.messages.all(channel_id)]


def members(laptop: Headless, channel_id: ChannelId) -> tuple[UserId, ...]:
    row = laptop.client.channels.row(channel_id)
    assert row
    return row.member_ids


def notes_of(bobs: Headless) -> ChannelId:
    assert bobs.client.state
    assert bobs.client.me
    found = bobs.client.state.direct_with(bobs.client.me.id)
    assert found
    return found


def test_what_is_here_of_a_channel_goes_at_once_and_general_is_looked_at(laptop: Headless, bobs: Headless) -> None:
    channel_id = secret(laptop, bobs)
    assert on_disk(bobs.client, channel_id) == ["the plan"]
    laptop.client.remove_member(channel_id, user_id(laptop, "bob"))
    bobs.until(lambda: bobs.client.open_channel_id == GENERAL)
    assert bobs.client.channels.row(channel_id) is None
    assert bobs.bodies(channel_id) == []
    assert on_disk(bobs.client, channel_id) == []
    assert b"the plan" not in b"".join(each.read_bytes() for each in bobs.folder.rglob("*.json"))
    assert "#secret is not there for you any more." in bobs.next(Notice).text


def test_what_was_typed_there_is_offered_in_the_notes_to_oneself(laptop: Headless, bobs: Headless) -> None:
    channel_id = secret(laptop, bobs)
    bobs.client.set_draft(channel_id, "half a thought")
    laptop.client.remove_member(channel_id, user_id(laptop, "bob"))
    assert "in your notes to yourself" in bobs.next(Notice).text
    assert bobs.client.draft(notes_of(bobs)) == "half a thought"
    assert bobs.client.draft(channel_id) == ""
    assert bobs.client.draft(GENERAL) == "", "nobody says it to all by mistake"
    bobs.client.set_draft(channel_id, "typed while the window had not heard yet")
    assert bobs.client.draft(channel_id) == ""


def test_what_was_on_its_way_there_is_offered_as_well_and_goes_nowhere(
    laptop: Headless, device: DeviceFactory, server: App
) -> None:
    with Relay(server.address) as relay:
        bobs = device("bobs", at(relay, address_of(server))).register("bob", remember=True).open()
        laptop.until(lambda: laptop.client.roster.named("bob"))
        channel_id = secret(laptop, bobs)
        bobs.client.set_draft(channel_id, "and typed")
        relay.freeze()
        relay.cut()
        bobs.until(lambda: bobs.is_at(Phase.RECONNECTING))
        for text in ("first", "second"):
            bobs.client.send(channel_id, text)
        laptop.client.remove_member(channel_id, user_id(laptop, "bob"))
        laptop.until(lambda: user_id(laptop, "bob") not in members(laptop, channel_id))
        relay.thaw()
        bobs.client.reconnect_now()
        bobs.until(lambda: bobs.is_at(Phase.ONLINE) and bobs.client.channels.row(channel_id) is None)
        assert "in your notes to yourself" in bobs.next(Notice).text
        assert bobs.client.draft(notes_of(bobs)) == "first\nsecond\nand typed"
        assert bobs.client.failed(channel_id) == []
        assert on_disk(bobs.client, channel_id) == []
        assert bobs.client.session
        assert bobs.client.session.keeping.kept.unsent.all() == []


def test_a_program_that_starts_again_forgets_what_it_kept_of_a_channel_that_is_gone(
    laptop: Headless, bobs: Headless, device: DeviceFactory, tmp_path: Path
) -> None:
    channel_id = secret(laptop, bobs)
    assert on_disk(bobs.client, channel_id) == ["the plan"]
    bobs.close()
    laptop.client.delete_channel(channel_id)
    laptop.until(lambda: laptop.client.channels.row(channel_id) is None)
    again = device("bobs")
    assert again.client.resume_remembered()
    again.until(lambda: again.is_at(Phase.ONLINE))
    again.until(lambda: again.client.open_channel_id == GENERAL)
    assert on_disk(again.client, channel_id) == []
    assert again.client.state
    assert channel_id not in again.client.state.channels
    third = device("bobs")
    again.close()
    assert third.client.resume_remembered()
    assert third.client.state
    assert channel_id not in third.client.state.channels, "nor does the kept world know it"


def test_a_guest_sees_the_public_channels_go_and_a_member_sees_them_again(laptop: Headless, bobs: Headless) -> None:
    laptop.client.create_channel("plans")
    plans = laptop.next(ChannelOpened).channel_id
    laptop.client.send(plans, "where to go")
    bobs.until(lambda: bobs.unread(plans) == 1 if bobs.client.channels.row(plans) else False)
    roles = {role.name: role.id for role in laptop.client.administration.roles()}
    laptop.client.administration.give_role(user_id(laptop, "bob"), roles["guest"])
    bobs.until(lambda: bobs.client.channels.row(plans) is None)
    assert [row.title for row in bobs.client.channels.joined()] == ["general"]
    assert "Your role is “guest” now." in bobs.next(Notice).text
    laptop.client.administration.give_role(user_id(laptop, "bob"), roles["member"])
    bobs.until(lambda: bobs.client.channels.row(plans))
    bobs.until(lambda: bobs.unread(plans) == 0)
    bobs.open(plans)
    bobs.until(lambda: bobs.bodies(plans) == ["where to go"])


def test_who_joins_a_group_again_begins_anew(laptop: Headless, bobs: Headless, device: DeviceFactory) -> None:
    device("carols").register("carol")
    laptop.until(lambda: laptop.client.roster.named("carol"))
    laptop.client.open_group([user_id(laptop, "bob"), user_id(laptop, "carol")])
    group = laptop.next(ChannelOpened).channel_id
    laptop.client.send(group, "only us")
    assert bobs.next(MessageArrived).is_direct
    row = bobs.client.channels.row(group)
    assert row
    assert (row.title, row.may_leave, row.may_add_members) == ("alice, carol", True, True)
    bobs.client.leave_channel(group)
    bobs.until(lambda: bobs.client.channels.row(group) is None)
    laptop.client.add_member(group, user_id(laptop, "bob"))
    bobs.until(lambda: bobs.client.channels.row(group))
