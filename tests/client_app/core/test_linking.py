"""Links to messages: they lead whoever may see them, and tell nothing to anybody else."""

from dataclasses import replace

import pytest

from client_app.core.client.linking import GONE
from client_app.core.network.address import message_link
from shared.errors import BadRequest, NotFound
from shared.types import GENERAL, ChannelId

from .conftest import DeviceFactory
from .headless import Headless


@pytest.fixture
def alice(device: DeviceFactory) -> Headless:
    alice = device("laptop").register("alice").open()
    alice.client.send(GENERAL, "one")
    alice.until(lambda: alice.timeline(GENERAL).last_seq == 1)
    return alice


def test_a_link_leads_to_its_message_and_is_called_by_its_channel(alice: Headless) -> None:
    link = alice.client.link_to_message(GENERAL, 1)
    assert link.endswith(f":{alice.client.address.port}/c/1/1")  # type: ignore[union-attr]
    assert alice.client.place_of(link) == (GENERAL, 1)
    assert alice.client.name_of_link(link) == "#general › message"


def test_a_link_into_a_channel_that_one_may_not_see_is_as_one_into_nothing(
    alice: Headless, device: DeviceFactory
) -> None:
    alice.client.create_channel("secret", private=True)
    alice.until(lambda: alice.client.channels.named("secret"))
    row = alice.client.channels.named("secret")
    assert row is not None
    bob = device("bobs").register("bob").open()
    for channel_id, seq in ((row.channel_id, 1), (ChannelId(999), 1), (GENERAL, 0), (GENERAL, 2)):
        link = bob.client.link_to_message(channel_id, seq)
        with pytest.raises(NotFound) as refused:
            bob.client.place_of(link)
        assert refused.value.message == GONE
        assert bob.client.name_of_link(link) == ""


def test_a_link_to_another_server_says_so(alice: Headless) -> None:
    assert alice.client.address is not None
    link = message_link(replace(alice.client.address, host="elsewhere.example"), GENERAL, 1)
    with pytest.raises(BadRequest, match=r"another server: elsewhere\.example"):
        alice.client.place_of(link)
    assert alice.client.name_of_link(link) == ""
    assert alice.client.name_of_link("https://a.example") == ""
