"""The story that everything is for: alice writes over real TLS, bob reads, bob goes and comes back."""

from pathlib import Path

from client_app.core.signals import ChannelOpened, LoggedIn, MessageArrived, Phase
from client_app.core.timeline.timeline import EntryKind
from server_app.app import App
from shared.types import GENERAL
from tests.client_app.core.headless import Company, Headless, address_of

from .conftest import ServerFactory


def test_alice_writes_bob_reads_goes_and_comes_back_and_nothing_is_missing(server: App, tmp_path: Path) -> None:
    company = Company()
    try:
        alice = Headless(company, tmp_path / "alice", address_of(server)).register("alice").open()
        bob = Headless(company, tmp_path / "bob", address_of(server)).register("bob").open()

        alice.client.send(GENERAL, "Good evening, bob.\nAre you there?")
        arrived = bob.next(MessageArrived)
        assert arrived.author.name == "alice"
        assert bob.bodies() == ["Good evening, bob.\nAre you there?"]
        assert bob.unread() == 1
        bob.client.mark_read(GENERAL)
        assert bob.unread() == 0
        bob.client.send(GENERAL, "I am.")
        alice.next(MessageArrived)
        assert alice.unread() == 1

        bob.close()
        alice.until(lambda: not (row := alice.client.roster.named("bob")) or not row.is_online)
        alice.client.send(GENERAL, "Gone already?")
        alice.client.send(GENERAL, "Well, then.")
        alice.until(lambda: alice.timeline().last_seq == 4)
        assert alice.unread() == 0, "who writes has read"

        back = Headless(company, tmp_path / "bob", address_of(server)).login("bob")
        assert back.unread() == 2
        back.open()
        assert back.bodies() == alice.bodies()
        rows = [(row.kind, row.text) for row in back.timeline().entries[-3:]]
        assert rows[0][0] is EntryKind.UNREAD
        assert [text for _, text in rows[1:]] == ["Gone already?", "Well, then."]
        alice.until(lambda: (row := alice.client.roster.named("bob")) and row.is_online)
    finally:
        for device in company.devices:
            device.close()


def test_a_direct_message_to_somebody_who_is_away_is_read_later_on_two_devices_and_after_a_restart(
    start_server: ServerFactory, tmp_path: Path
) -> None:
    company = Company()
    first = start_server()
    try:
        Headless(company, tmp_path / "bob", address_of(first)).register("bob").close()
        alice = Headless(company, tmp_path / "alice", address_of(first)).register("alice").open()
        bob = alice.client.roster.named("bob")
        assert bob
        alice.client.open_direct(bob.user_id)
        direct = alice.next(ChannelOpened).channel_id
        alice.client.send(direct, "Read this when you are back.")
        alice.until(lambda: alice.timeline(direct).last_seq == 1)

        first.stop(5)
        second = start_server(port=first.address[1])
        alice.client.reconnect_now()
        alice.next(LoggedIn)
        assert alice.is_at(Phase.ONLINE)

        devices = [Headless(company, tmp_path / name, address_of(second)).login("bob") for name in ("laptop", "phone")]
        for device in devices:
            (row,) = device.client.channels.directs()
            assert (row.title, row.unread) == ("alice", 1)
            device.open(direct)
            assert device.bodies(direct) == ["Read this when you are back."]
        devices[0].client.mark_read(direct)
        devices[1].until(lambda: devices[1].unread(direct) == 0)

        carol = Headless(company, tmp_path / "carol", address_of(second)).register("carol")
        assert carol.client.channels.directs() == ()
    finally:
        for device in company.devices:
            device.close()
