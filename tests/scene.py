"""Where stories take place: three people, one with two devices, a line that can be broken, a server that restarts."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from client_app.core.network.address import Address
from client_app.core.signals import Phase
from client_app.core.timeline.rows import EntryKind
from server_app.app import App
from shared.types import GENERAL, ChannelId, Seq, UserId
from tests.client_app.core.headless import Company, Headless, address_of
from tests.client_app.core.network import Relay, at

from .conftest import ServerFactory


class Scene:
    """The devices, a line to one of them that can be broken, and what each shows."""

    def __init__(self, server: App, relay: Relay, folder: Path) -> None:
        self.server, self.relay = server, relay
        self._company, self._folder = Company(), folder
        self.phone = self._device("phone", address_of(server)).register("alice", remember=True).open()
        self.bob = self._device("bob", address_of(server)).register("bob", remember=True).open()
        self.carol = self._device("carol", address_of(server)).register("carol", remember=True).open()
        self.laptop = self._device("laptop", at(relay, address_of(server))).login("alice", remember=True).open()

    @property
    def devices(self) -> tuple[Headless, ...]:
        return self.phone, self.bob, self.carol, self.laptop

    @property
    def alices(self) -> tuple[Headless, Headless]:
        return self.phone, self.laptop

    def close(self) -> None:
        for device in self._company.devices:
            device.close()

    def until(self, condition: Callable[[], object]) -> None:
        self.phone.until(condition)

    def until_all_see(self, condition: Callable[[Headless], object]) -> None:
        """Until it holds on every device."""
        self.until(lambda: all(condition(device) for device in self.devices))

    def start_again(self, device: Headless) -> Headless:
        """The program is closed and started again on the same computer, and comes back by itself."""
        device.close()
        self._company.devices.remove(device)
        again = self._device(device.folder.name, device.address)
        assert again.client.resume_remembered()
        again.until(lambda: again.is_at(Phase.ONLINE))
        return again.open()

    def _device(self, name: str, address: Address) -> Headless:
        return Headless(self._company, self._folder / name, address)

    def restart(self, start_server: ServerFactory) -> None:
        """The server goes and comes back on the same port, and so do all devices."""
        self.server.stop(5)
        self.until(lambda: all(device.is_at(Phase.RECONNECTING) for device in self.devices))
        self.server = start_server(port=self.server.address[1])
        for device in self.devices:
            device.client.reconnect_now()
        self.until(lambda: all(device.is_at(Phase.ONLINE) for device in self.devices))


@contextlib.contextmanager
def staged(start_server: ServerFactory, folder: Path) -> Iterator[Scene]:
    """A scene of its own server, all of whose devices are closed in the end."""
    server = start_server()
    with Relay(server.address) as relay:
        scene = Scene(server, relay, folder)
        yield scene
        scene.close()


def user_id(device: Headless, name: str) -> UserId:
    row = device.client.roster.named(name)
    assert row is not None
    return row.user_id


def say(scene: Scene, who: Headless, text: str, channel_id: ChannelId = GENERAL) -> Seq:
    """Say something; its number, once it has one."""
    before = who.timeline(channel_id).last_seq
    who.client.send(channel_id, text)
    scene.until(lambda: who.timeline(channel_id).last_seq > before)
    return Seq(who.timeline(channel_id).last_seq)


def row(device: Headless, seq: Seq, channel_id: ChannelId = GENERAL) -> Any:
    entries = device.timeline(channel_id).entries
    return next((each for each in entries if each.kind is EntryKind.MESSAGE and each.seq == seq), None)
