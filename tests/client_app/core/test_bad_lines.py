"""Lines that are torn in mid-frame, and servers that freeze: nothing is lost, nothing doubled, nothing out of order."""

import random
from collections.abc import Iterator

import pytest

from client_app.core.signals import Phase
from server_app.app import App
from server_app.limits import Limits
from shared.limits import MAX_INTEGER
from shared.types import GENERAL
from tests.conftest import ConnectFactory, ServerFactory

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at

TEARS = 12


@pytest.fixture
def house(start_server: ServerFactory) -> App:
    """A server that lets people write as fast as they can, and notices within half a second who is gone."""
    return start_server(limits=Limits(idle_seconds=0.5).without_rates_and_caps())


@pytest.fixture
def relay(house: App) -> Iterator[Relay]:
    with Relay(house.address) as between:
        yield between


@pytest.fixture
def laptop(device: DeviceFactory, relay: Relay, house: App) -> Headless:
    """Alice's laptop, whose line can be broken, with general open."""
    return device("laptop", at(relay, address_of(house))).register("alice", remember=True).open()


def is_all_sent(laptop: Headless) -> bool:
    session = laptop.client.session
    return laptop.is_at(Phase.ONLINE) and session is not None and not session.outbox.waiting(GENERAL, MAX_INTEGER)


def test_a_line_that_is_torn_anywhere_loses_and_doubles_nothing(
    laptop: Headless, device: DeviceFactory, relay: Relay, house: App, connect: ConnectFactory
) -> None:
    bobs = device("bobs", address_of(house)).register("bob").open()
    chance = random.Random(3)
    written: list[str] = []
    for number in range(TEARS):
        for _ in range(4):
            written.append(f"message {len(written)}")
            laptop.client.send(GENERAL, written[-1])
        relay.tear(chance.randint(0, 3000))
        bobs.client.send(GENERAL, f"bob {number}")
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING) or is_all_sent(laptop))
        laptop.client.reconnect_now()
    relay.tear(10**9)
    laptop.until(lambda: is_all_sent(laptop) and is_all_sent(bobs))
    said = connect(house).log_in("alice").bodies()
    laptop.until(lambda: laptop.bodies() == said and bobs.bodies() == said)
    assert [body for body in said if body.startswith("message")] == written
    assert len(set(said)) == len(said) == 5 * TEARS


def test_a_server_that_freezes_and_thaws_loses_and_doubles_nothing(
    laptop: Headless, relay: Relay, house: App, connect: ConnectFactory
) -> None:
    bob = connect(house).register("bob")
    written = [f"message {number}" for number in range(9)]
    for body in written[:3]:
        laptop.client.send(GENERAL, body)
    relay.freeze()
    for body in written[3:6]:
        laptop.client.send(GENERAL, body)
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    for body in written[6:]:
        laptop.client.send(GENERAL, body)
    bob.say("meanwhile")
    relay.thaw()
    laptop.until(lambda: is_all_sent(laptop))
    said = connect(house).log_in("bob").bodies()
    laptop.until(lambda: laptop.bodies() == said)
    assert [body for body in said if body != "meanwhile"] == written
    assert laptop.unread() == 0
