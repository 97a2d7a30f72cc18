"""Coming, going, and coming back: whatever breaks in between, against a real server over real TLS."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from client_app.core.account.tokens import FILE_NAME as TOKENS
from client_app.core.client.lifecycle import Lifecycle
from client_app.core.signals import (
    CertificateQuestion,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    MessageArrived,
    Notice,
    Phase,
    StatusChanged,
)
from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code
from shared.types import GENERAL
from tests.conftest import Certificate, ConnectFactory, ServerFactory
from tests.peer import PASSWORD

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Impostor, Listener, Relay, at


@pytest.fixture
def relay(server: App) -> Iterator[Relay]:
    """A line to the usual server that can be broken."""
    with Relay(server.address) as between:
        yield between


def test_registering_and_logging_in_open_a_session(device: DeviceFactory) -> None:
    laptop = device("laptop")
    laptop.client.register(laptop.address, "alice", PASSWORD)
    assert laptop.is_at(Phase.CONNECTING)
    logged_in = laptop.next(LoggedIn)
    assert (logged_in.me.name, logged_in.is_resumed) == ("alice", False)
    assert laptop.is_at(Phase.ONLINE)
    phone = device("phone").login("ALICE")
    assert phone.client.me == logged_in.me


def test_a_mistyped_password_leaves_the_client_ready_for_the_next_attempt_and_nothing_behind(
    device: DeviceFactory, connect: ConnectFactory, server: App
) -> None:
    bob = connect(server).register("bob")
    laptop = device("laptop").register("alice")
    laptop.client.log_out()
    for _ in range(3):
        laptop.client.login(laptop.address, "alice", "wrong password")
        failed = laptop.next(LoginFailed)
        assert failed.code is Code.UNAUTHORIZED
        assert failed.message == "Name or password is wrong."
        assert laptop.is_at(Phase.LOGGED_OUT)
    laptop.login("alice")
    for number in range(5):
        bob.say(f"message {number}")
        assert laptop.next(MessageArrived).message.body == f"message {number}"
    assert laptop.is_at(Phase.ONLINE)
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("network") == 1, "attempts that failed are gone"


def test_a_server_that_is_away_is_said_and_the_next_attempt_works(
    device: DeviceFactory, start_server: ServerFactory
) -> None:
    with Listener(lambda _: None) as gone:
        pass
    laptop = device("laptop", at(gone))
    laptop.client.login(laptop.address, "alice", PASSWORD)
    failed = laptop.next(LoginFailed)
    assert "No server answers" in failed.message
    assert failed.code is None
    laptop.address = address_of(start_server())
    laptop.register("alice")


def test_a_login_that_is_given_up_is_over_at_once_and_opens_nothing_later(device: DeviceFactory, server: App) -> None:
    silence = threading.Event()

    def say_nothing(connected: socket.socket) -> None:
        silence.wait(10)
        connected.close()

    with Listener(say_nothing) as silent:
        laptop = device("laptop", at(silent))
        laptop.client.login(laptop.address, "alice", PASSWORD)
        laptop.until(lambda: silent.count)
        laptop.client.cancel_login()
        assert laptop.is_at(Phase.LOGGED_OUT)
        laptop.address = address_of(server)
        laptop.register("alice")
        silence.set()
        laptop.until(lambda: [thread.name for thread in threading.enumerate()].count("network") == 1)
    laptop.client.drain()
    assert laptop.is_at(Phase.ONLINE), "what became of the first attempt does not concern the second"


def test_a_client_for_tls_and_a_server_without_it_say_what_to_switch(
    device: DeviceFactory, start_server: ServerFactory
) -> None:
    laptop = device("laptop", address_of(start_server(tls=False), uses_tls=True))
    laptop.client.login(laptop.address, "alice", PASSWORD)
    assert "switch TLS off under Advanced" in laptop.next(LoginFailed).message


def test_a_client_without_tls_and_a_server_with_it_say_what_to_switch(device: DeviceFactory, server: App) -> None:
    laptop = device("laptop", address_of(server, uses_tls=False))
    laptop.client.login(laptop.address, "alice", PASSWORD)
    assert "TLS" in laptop.next(LoginFailed).message


def test_names_and_passwords_that_cannot_be_sent_are_refused_and_not_the_end(device: DeviceFactory) -> None:
    laptop = device("laptop")
    laptop.client.register(laptop.address, "alice", "half a pair \ud800")
    assert "cannot be sent" in laptop.next(LoginFailed).message
    laptop.register("alice")


def test_an_unknown_certificate_is_asked_about_trusted_and_then_used(device: DeviceFactory, server: App) -> None:
    laptop = device("laptop", address_of(server, ca_file=None))
    laptop.client.register(laptop.address, "alice", PASSWORD)
    question = laptop.next(CertificateQuestion)
    assert (question.address, question.known) == (laptop.address, None)
    assert laptop.is_at(Phase.LOGGED_OUT)
    laptop.client.trust(question.address, question.fingerprint)
    laptop.register("alice")


def test_a_changed_certificate_is_refused_and_hears_no_password(
    device: DeviceFactory, certificate: Certificate
) -> None:
    with Impostor(certificate) as impostor:
        laptop = device("laptop", at(impostor))
        laptop.client.trust(laptop.address, "AA:BB")
        laptop.client.login(laptop.address, "alice", PASSWORD)
        question = laptop.next(CertificateQuestion)
        assert question.known == "AA:BB"
        assert laptop.is_at(Phase.LOGGED_OUT)
    assert impostor.handshakes
    assert impostor.heard == b""


def test_after_a_drop_the_session_comes_back_and_what_was_missed_is_shown(
    device: DeviceFactory, relay: Relay, server: App, connect: ConnectFactory
) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice").open()
    bob = connect(server).register("bob")
    bob.say("before")
    laptop.next(MessageArrived)
    relay.cut()
    status = laptop.next(StatusChanged)
    assert status.phase is Phase.RECONNECTING
    assert status.reason
    assert status.retry_in is not None
    bob.say("meanwhile")
    laptop.client.reconnect_now()
    assert laptop.next(LoggedIn).is_resumed
    laptop.until(lambda: laptop.bodies() == ["before", "meanwhile"])
    assert laptop.unread() == 2


def test_what_was_written_while_the_server_was_away_arrives_in_order_and_once(
    device: DeviceFactory, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    first = start_server()
    laptop = device("laptop", address_of(first)).register("alice").open()
    laptop.client.send(GENERAL, "before")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    first.stop(5)
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    written = [f"offline {number}" for number in range(6)]
    for body in written:
        laptop.client.send(GENERAL, body)
    assert laptop.bodies() == ["before", *written], "shown at once, though nothing can be sent"
    second = start_server(port=first.address[1])
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.timeline().last_seq == 7)
    assert laptop.bodies() == ["before", *written]
    assert connect(second).register("bob").bodies() == ["before", *written]


def test_unsent_messages_survive_the_end_of_the_program(device: DeviceFactory, relay: Relay, server: App) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice").open()
    relay.freeze()
    for number in range(3):
        laptop.client.send(GENERAL, f"message {number}")
    laptop.close()
    relay.thaw()
    again = device("laptop", laptop.address).login("alice").open()
    again.until(lambda: again.timeline().last_seq == 3)
    assert again.bodies() == ["message 0", "message 1", "message 2"]


def test_an_acknowledgement_lost_with_the_line_makes_no_second_message(
    device: DeviceFactory, relay: Relay, server: App, connect: ConnectFactory
) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice").open()
    bob = connect(server).register("bob")
    relay.freeze()
    laptop.client.send(GENERAL, "once")
    relay.thaw()
    laptop.until(lambda: bob.bodies() == ["once"])
    relay.cut()
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.is_at(Phase.ONLINE) and laptop.timeline().last_seq == 1)
    assert bob.bodies() == ["once"]
    assert laptop.bodies() == ["once"]


def test_more_missed_than_can_be_caught_up_shows_the_newest_and_the_rest_on_scrolling(
    device: DeviceFactory, generous: App, connect: ConnectFactory
) -> None:
    with Relay(generous.address) as relay:
        laptop = device("laptop", at(relay, address_of(generous))).register("alice").open()
        bob = connect(generous).register("bob")
        bob.say("first")
        laptop.until(lambda: laptop.bodies() == ["first"])
        relay.cut()
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        missed = [f"missed {number}" for number in range(550)]
        for body in missed:
            bob.say(body)
        laptop.client.reconnect_now()
        laptop.until(lambda: laptop.is_at(Phase.ONLINE) and laptop.timeline().last_seq == 551)
        assert laptop.bodies() == missed[-50:]
        assert laptop.timeline().has_older
        laptop.client.load_older(GENERAL)
        laptop.until(lambda: laptop.bodies() == missed[-100:])


def test_less_is_caught_up_without_a_gap(device: DeviceFactory, generous: App, connect: ConnectFactory) -> None:
    with Relay(generous.address) as relay:
        laptop = device("laptop", at(relay, address_of(generous))).register("alice").open()
        bob = connect(generous).register("bob")
        relay.cut()
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        missed = [f"missed {number}" for number in range(230)]
        for body in missed:
            bob.say(body)
        laptop.client.reconnect_now()
        laptop.until(lambda: laptop.timeline().last_seq == 230)
        assert laptop.bodies() == missed


def test_a_server_that_stops_says_when_to_come_back(device: DeviceFactory, start_server: ServerFactory) -> None:
    server = start_server()
    laptop = device("laptop", address_of(server)).register("alice")
    laptop.signals.clear()
    server.stop(5)
    status = laptop.next(StatusChanged)
    assert status.phase is Phase.RECONNECTING
    assert status.retry_in is not None
    assert status.retry_in >= 0.5, "the hint was heeded: a drop without one is tried again within half a second"


def test_a_server_that_falls_silent_is_noticed_though_the_line_is_up(
    device: DeviceFactory, start_server: ServerFactory
) -> None:
    server = start_server(limits=Limits(idle_seconds=0.8))
    with Relay(server.address) as relay:
        laptop = device("laptop", at(relay, address_of(server))).register("alice")
        relay.freeze()
        began = time.monotonic()
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        assert time.monotonic() - began < 5
        relay.thaw()
        laptop.until(lambda: laptop.is_at(Phase.ONLINE))


def test_who_only_reads_is_not_cut_off(device: DeviceFactory, start_server: ServerFactory) -> None:
    server = start_server(limits=Limits(idle_seconds=0.4))
    laptop = device("laptop", address_of(server)).register("alice")
    laptop.signals.clear()
    ends = time.monotonic() + 1.6
    laptop.until(lambda: time.monotonic() > ends)
    assert laptop.is_at(Phase.ONLINE)
    assert not any(isinstance(signal, StatusChanged) for signal in laptop.signals)


def test_requests_made_without_a_connection_are_refused_in_a_sentence(
    device: DeviceFactory, relay: Relay, server: App
) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice")
    relay.freeze()
    relay.cut()
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    laptop.client.set_topic(GENERAL, "nobody hears this")
    assert laptop.next(Notice).is_error
    relay.thaw()


@pytest.mark.parametrize("use_keyring", [False, True], ids=["in a file", "with a key store that fails"])
def test_a_remembered_session_opens_by_itself_after_a_restart(
    device: DeviceFactory, server: App, use_keyring: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it so
    try:
        laptop = device("laptop", use_keyring=use_keyring).register("alice", remember=True)
        laptop.close()
        assert (laptop.folder / TOKENS).is_file()
        again = device("laptop", use_keyring=use_keyring)
        assert again.client.resume_remembered()
        assert not again.next(LoggedIn).is_resumed
        assert again.client.me == laptop.client.me
    finally:
        keyring.set_keyring(before)


def test_a_session_that_was_not_to_be_remembered_is_not(device: DeviceFactory) -> None:
    laptop = device("laptop").register("alice")
    laptop.close()
    again = device("laptop")
    assert not again.client.resume_remembered()
    assert again.client.settings.name == "alice", "the login screen knows who it was"


def test_logging_out_ends_the_session_on_the_server_and_forgets_its_token(
    device: DeviceFactory, connect: ConnectFactory, server: App
) -> None:
    laptop = device("laptop").register("alice", remember=True)
    laptop.client.log_out()
    assert laptop.next(LoggedOut).message == ""
    assert laptop.client.me is None
    laptop.close()
    again = device("laptop")
    assert not again.client.resume_remembered()
    phone = device("phone").login("alice")
    counts: list[int] = []
    phone.client.list_sessions(lambda found: counts.append(len(found)))
    phone.until(lambda: counts)
    assert counts == [1]


def test_a_remembered_session_that_was_revoked_leads_to_the_login_screen_and_is_forgotten(
    device: DeviceFactory, connect: ConnectFactory, server: App
) -> None:
    laptop = device("laptop").register("alice", remember=True)
    laptop.close()
    phone = device("phone").login("alice")
    phone.client.change_password(PASSWORD, "another horse")
    phone.next(Notice)
    again = device("laptop")
    assert again.client.resume_remembered()
    assert "Log in again" in again.next(LoggedOut).message
    assert not again.client.settings.remember
    again.login("alice", "another horse")


def test_a_mistyped_password_does_not_forget_the_remembered_session(device: DeviceFactory, server: App) -> None:
    laptop = device("laptop").register("alice", remember=True)
    laptop.client.login(laptop.address, "alice", "wrong password", remember=True)
    laptop.next(LoginFailed)
    laptop.close()
    again = device("laptop")
    assert again.client.resume_remembered()
    again.next(LoggedIn)


def test_unread_counts_survive_the_restart_of_both_ends(
    device: DeviceFactory, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    first = start_server()
    laptop = device("laptop", address_of(first)).register("alice")
    bob = connect(first).register("bob")
    for number in range(4):
        bob.say(f"message {number}")
    laptop.until(lambda: laptop.unread() == 4)
    laptop.client.mark_read(GENERAL)
    bob.say("one more")
    laptop.until(lambda: laptop.unread() == 1)
    laptop.close()
    first.stop(5)
    second = start_server()
    again = device("laptop", address_of(second)).login("alice")
    assert again.unread() == 1


def test_a_session_revoked_while_the_line_was_down_ends_when_it_comes_back(
    device: DeviceFactory, relay: Relay, server: App
) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice")
    phone = device("phone").login("alice")
    relay.freeze()
    relay.cut()
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    phone.client.change_password(PASSWORD, "another horse")
    phone.next(Notice)
    relay.thaw()
    laptop.client.reconnect_now()
    assert "Log in again" in laptop.next(LoggedOut).message
    assert laptop.is_at(Phase.LOGGED_OUT)


def test_the_network_thread_never_ends_in_silence(device: DeviceFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: failures.append(args.exc_type))

    def burn() -> None:
        raise ZeroDivisionError

    laptop = device("laptop")
    laptop.client._open(laptop.address, burn, "alice", remember=False)  # type: ignore[arg-type]  # that is the point
    assert "failed in an unexpected way" in laptop.next(LoginFailed).message
    laptop.until(lambda: failures == [ZeroDivisionError])
    laptop.register("alice")


def test_a_program_without_a_window_runs_until_it_is_closed(tmp_path: Path, server: App) -> None:
    bot = Lifecycle(tmp_path / "bot", use_keyring=False)
    bot.on(LoggedIn, lambda _: bot.close())
    bot.register(address_of(server), "robot", PASSWORD)
    bot.run()
    assert bot.me is not None


def test_closing_in_the_middle_of_anything_takes_no_time(device: DeviceFactory, relay: Relay, server: App) -> None:
    laptop = device("laptop", at(relay, address_of(server))).register("alice")
    relay.freeze()
    relay.cut()
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    began = time.monotonic()
    laptop.close()
    assert time.monotonic() - began < 3
    relay.thaw()


def test_settings_chosen_are_there_at_the_next_start(device: DeviceFactory) -> None:
    laptop = device("laptop")
    laptop.client.save_settings(zoom=1.25)
    laptop.close()
    assert device("laptop").client.settings.zoom == 1.25


def test_logging_out_closes_the_connection(device: DeviceFactory, relay: Relay, server: App) -> None:
    laptop: Headless = device("laptop", at(relay, address_of(server))).register("alice")
    laptop.client.log_out()
    laptop.until(lambda: not any(thread.name == "network" for thread in threading.enumerate()))
