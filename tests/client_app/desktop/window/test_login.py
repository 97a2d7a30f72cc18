"""The login screen: refusals leave it alive, certificates are judged by the person, and nothing is asked twice."""

import socket
from dataclasses import replace

from client_app.core.network.address import Address
from client_app.desktop.dialogs.certificate import grouped
from client_app.desktop.login.form import Field
from server_app.app import App
from tests.conftest import ConnectFactory, ServerFactory

from .conftest import OpenWindow
from .person import Person


def complaint(person: Person, field: Field) -> str:
    return person.app.login.field(field).complaint


def test_a_refused_connection_leaves_the_button_alive(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server)
    good = alice.app.login.read()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        alice.app.login.fill(replace(good, port=str(nobody.getsockname()[1])))
        alice.fill("alice")
        alice.app.login.submit()
        alice.until(lambda: complaint(alice, Field.SERVER))
    assert complaint(alice, Field.SERVER).startswith("No server answers at 127.0.0.1")
    assert alice.app.login.is_alive
    alice.app.login.fill(replace(alice.app.login.read(), port=good.port))
    alice.come_in("alice")


def test_a_mistyped_password_is_said_beside_it_and_the_next_attempt_stays(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    connect().register("owner")
    connect().register("alice")
    alice = open_window(server)
    alice.fill("alice", "wrong horse", is_new=False)
    alice.app.login.submit()
    alice.until(lambda: complaint(alice, Field.PASSWORD))
    assert alice.app.login.is_alive
    alice.come_in("alice", is_new=False)
    alice.say("still here")
    alice.until(lambda: alice.sent == ["still here"])


def test_a_taken_name_is_said_beside_the_name(server: App, open_window: OpenWindow, connect: ConnectFactory) -> None:
    connect().register("alice")
    alice = open_window(server)
    alice.fill("ALICE")
    alice.app.login.submit()
    alice.until(lambda: complaint(alice, Field.NAME))


def test_an_attempt_can_be_given_up(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        alice.app.login.fill(replace(alice.app.login.read(), port=str(silent.getsockname()[1])))
        alice.fill("alice")
        alice.app.login.submit()
        assert not alice.app.login.is_alive
        alice.app.login.cancel()
        assert alice.app.login.is_alive


def test_a_session_that_was_to_be_kept_opens_by_itself(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server)
    alice.app.login.fill(replace(alice.app.login.read(), remember=True))
    alice.come_in("alice")
    alice.leave()
    again = open_window(server)
    again.until(lambda: again.is_in)
    assert again.app.client.me is not None
    assert again.app.client.me.name == "alice"


def test_an_unknown_certificate_is_asked_about_before_anything_is_sent(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server, knows_authority=False)
    alice.fill("alice")
    alice.app.login.submit()
    alice.until(alice.dialog)
    dialog = alice.dialog()
    assert dialog is not None
    alice.press("Return")
    assert alice.dialog() is None
    address = alice.app.login.read().address()
    assert isinstance(address, Address)
    assert alice.app.client.known_servers.fingerprint(address) is None, "Return must not trust"
    assert alice.app.login.is_alive
    alice.app.login.submit()
    alice.until(alice.dialog)
    second = alice.dialog()
    assert second is not None
    second.confirm()
    alice.until(lambda: alice.is_in)


def test_a_changed_certificate_cannot_be_clicked_away(start_server: ServerFactory, open_window: OpenWindow) -> None:
    alice = open_window(start_server(), knows_authority=False)
    address = alice.app.login.read().address()
    assert isinstance(address, Address)
    alice.app.client.trust(address, ":".join(["AB"] * 32))
    alice.fill("alice")
    alice.app.login.submit()
    alice.until(alice.dialog)
    dialog = alice.dialog()
    assert dialog is not None
    dialog.confirm()
    assert alice.dialog() is dialog, "confirming alone must not be enough"
    alice.type_into(dialog, "127.0.0.1")
    dialog.confirm()
    alice.until(lambda: alice.is_in)


def test_a_fingerprint_can_be_read_aloud() -> None:
    first, second = grouped(":".join(f"{number:02X}" for number in range(32))).split("\n")
    assert first == "00 01 02 03   04 05 06 07   08 09 0A 0B   0C 0D 0E 0F"
    assert second.startswith("10 11 12 13   ")
