"""The window opens before the network answers: with the last world, readable and writable, and comes back by itself."""

import contextlib
import shutil
import sqlite3
import threading
import uuid
from pathlib import Path

import pytest

from client_app.core.account.tokens import FILE_NAME as TOKENS
from client_app.core.account.tokens import account_key
from client_app.core.network.address import Address
from client_app.core.signals import (
    CertificateQuestion,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    Notice,
    Phase,
    StatusChanged,
)
from server_app.app import App
from server_app.limits import Limits
from shared.entities import Message
from shared.requests import CreateChannel, DeleteMessage, EditMessage, SendMessage
from shared.types import GENERAL, Token
from tests.conftest import Certificate, ConnectFactory, ServerFactory
from tests.peer import PASSWORD, Peer

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Impostor, at


@pytest.fixture
def house(start_server: ServerFactory) -> App:
    """The server of these tests, which lets people write as fast as they can."""
    return start_server(limits=Limits().without_rates_and_caps())


@pytest.fixture
def bob(house: App, connect: ConnectFactory) -> Peer:
    """Bob, who came first."""
    return connect(house).register("bob")


def again(start_server: ServerFactory, before: App) -> App:
    """The same server after a restart, where it was."""
    return start_server(port=before.address[1], limits=Limits().without_rates_and_caps())


def home(device: DeviceFactory, house: App, name: str = "laptop") -> Headless:
    """Alice's laptop, on which she is remembered."""
    return device(name, address_of(house)).register("alice", remember=True)


def start_again(device: DeviceFactory, laptop: Headless) -> Headless:
    """The laptop after the window was closed and opened; nothing is waited for."""
    laptop.close()
    laptop = device("laptop", laptop.address)
    assert laptop.client.resume_remembered()
    return laptop


def saying(body: str) -> SendMessage:
    return SendMessage(channel_id=GENERAL, client_id=uuid.uuid4().hex, body=body)


def kept_of(laptop: Headless) -> list[Message]:
    """What this computer keeps of general."""
    assert laptop.client.flush()
    return laptop.client._store.of(account_key(laptop.address, "alice")).messages.all(GENERAL)


def test_the_last_conversation_is_there_at_once_while_the_server_is_away(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house)
    plans = bob.request(CreateChannel(name="plans", topic="where to")).channel_id
    for number in range(70):
        bob.say(f"message {number}", plans)
    laptop.until(lambda: plans in laptop.client.state.channels)  # type: ignore[union-attr]  # she is logged in
    laptop.open(plans)
    bob.say("one more in general")
    laptop.until(lambda: laptop.unread(GENERAL) == 1)
    laptop.client.load_older(plans)
    laptop.until(lambda: len(laptop.bodies(plans)) == 70)
    laptop.client.set_draft(plans, "half a")
    house.stop(5)

    laptop = start_again(device, laptop)
    told = [signal for signal in laptop.signals if isinstance(signal, LoggedIn | StatusChanged)]
    assert laptop.client.me
    assert told == [LoggedIn(laptop.client.me, is_resumed=False), StatusChanged(Phase.RECONNECTING)]
    assert laptop.client.open_channel_id == plans
    assert laptop.bodies(plans) == [f"message {number}" for number in range(20, 70)]
    assert laptop.unread(GENERAL) == 1
    assert [(group.title, [row.name for row in group.rows]) for group in laptop.client.roster.groups()] == [
        ("Offline", ["alice", "bob"])
    ]
    assert [row.topic for row in laptop.client.channels.joined()] == ["", "where to"]
    assert laptop.client.draft(plans) == "half a"
    laptop.client.load_older(plans)
    assert len(laptop.bodies(plans)) == 70


def test_it_is_tried_until_the_server_is_there_and_what_was_typed_goes_out_in_order_and_once(
    device: DeviceFactory, start_server: ServerFactory, house: App, bob: Peer, connect: ConnectFactory
) -> None:
    laptop = home(device, house).open()
    bob.say("before")
    laptop.until(lambda: laptop.bodies() == ["before"])
    house.stop(5)
    laptop = start_again(device, laptop)
    written = [f"offline {number}" for number in range(12)]
    for body in written[:6]:
        laptop.client.send(GENERAL, body)
    assert laptop.next(StatusChanged).retry_in is None
    assert laptop.next(StatusChanged).retry_in is not None, "the first failure is not the end"
    laptop = start_again(device, laptop)
    for body in written[6:]:
        laptop.client.send(GENERAL, body)
    assert laptop.bodies() == ["before", *written]
    house = again(start_server, house)
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))
    assert [signal.is_resumed for signal in laptop.signals if isinstance(signal, LoggedIn)] == [False, True]
    laptop.until(lambda: laptop.timeline().last_seq == 13)
    assert laptop.bodies() == ["before", *written]
    assert connect(house).log_in("bob").bodies() == ["before", *written]


def test_what_happened_while_the_program_was_closed_is_shown_right(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    for number in range(1, 8):
        bob.say(f"message {number}")
    laptop.until(lambda: laptop.timeline().last_seq == 7)
    laptop.client.mark_read(GENERAL)
    laptop.close()
    bob.request(EditMessage(channel_id=GENERAL, seq=2, body="edited"))
    bob.request(DeleteMessage(channel_id=GENERAL, seq=5))
    bob.say("message 8")
    bob.request(EditMessage(channel_id=GENERAL, seq=8, body="and edited"))
    laptop = start_again(device, laptop)
    assert laptop.bodies() == [f"message {number}" for number in range(1, 8)]
    laptop.until(lambda: len(laptop.bodies()) == 8 and laptop.bodies()[4] == "")
    expected = ["message 1", "edited", "message 3", "message 4", "", "message 6", "message 7", "and edited"]
    assert laptop.bodies() == expected
    assert laptop.unread() == 1
    laptop = start_again(device, laptop)
    assert laptop.bodies() == expected, "what was caught up with is kept as well"


def test_three_thousand_missed_messages_are_a_gap_that_fills_on_scrolling(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    for number in range(1, 61):
        bob.say(f"{number}")
    laptop.until(lambda: laptop.timeline().last_seq == 60)
    laptop.close()
    sent = [bob.ask(saying(f"{number}")) for number in range(61, 3061)]
    for request_id in sent:
        bob.done(request_id)
    laptop = start_again(device, laptop)
    assert laptop.bodies() == [f"{number}" for number in range(11, 61)]
    laptop.until(lambda: laptop.timeline().last_seq == 3060)
    assert laptop.unread() == 3060
    while laptop.timeline().has_older:
        bodies = laptop.bodies()
        assert bodies == [f"{number}" for number in range(3061 - len(bodies), 3061)]
        laptop.client.load_older(GENERAL)
        shown = len(bodies)
        laptop.until(lambda: len(laptop.bodies()) > shown)  # noqa: B023 -- called before the next round
    assert laptop.bodies() == [f"{number}" for number in range(1, 3061)]


def test_a_database_restored_from_a_backup_is_noticed_and_believed(
    device: DeviceFactory, start_server: ServerFactory, house: App, bob: Peer, connect: ConnectFactory, tmp_path: Path
) -> None:
    laptop = home(device, house).open()
    bob.say("before the backup")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    house.stop(5)
    database = Path(house.settings.database)
    shutil.copy(database, tmp_path / "backup.db")
    house = again(start_server, house)
    laptop.client.reconnect_now()
    bob = connect(house).log_in("bob")
    for number in range(5):
        bob.say(f"lost {number}")
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="lost, too"))
    carol = connect(house).register("carol")
    laptop.until(lambda: laptop.client.roster.named("carol"))
    laptop.until(lambda: laptop.timeline().last_seq == 6 and laptop.bodies()[0] == "lost, too")
    laptop.client.mark_read(GENERAL)
    house.stop(5)
    laptop.close()
    for each in database.parent.glob(f"{database.name}*"):
        if each.name != f"{database.name}.lock":
            each.unlink()
    shutil.copy(tmp_path / "backup.db", database)
    house = again(start_server, house)
    connect(house).log_in("bob").say("after it")
    dora = connect(house).register("dora")
    laptop = device("laptop", laptop.address)
    laptop.client.resume_remembered()
    assert len(laptop.bodies()) == 6, "offline, the last that was known is shown"
    laptop.until(lambda: laptop.bodies() == ["before the backup", "after it"])
    assert laptop.unread() == 2
    assert dora.user_id == carol.user_id
    laptop.until(lambda: laptop.client.roster.named("dora") and laptop.is_at(Phase.ONLINE))
    assert laptop.client.roster.named("carol") is None
    assert [each.body for each in kept_of(laptop)] == ["before the backup", "after it"]


def test_what_was_read_without_a_connection_is_read_on_every_device(
    device: DeviceFactory, start_server: ServerFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    bob.say("hello")
    laptop.until(lambda: laptop.unread() == 1)
    house.stop(5)
    laptop = start_again(device, laptop)
    laptop.client.mark_read(GENERAL)
    assert laptop.unread() == 0
    laptop = start_again(device, laptop)
    assert laptop.unread() == 0
    house = again(start_server, house)
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))
    assert laptop.unread() == 0
    phone = device("phone", laptop.address).login("alice")
    phone.until(lambda: phone.unread() == 0)


def test_requests_that_need_the_server_say_so(device: DeviceFactory, house: App, bob: Peer) -> None:
    laptop = home(device, house).open()
    laptop.client.send(GENERAL, "mine")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    house.stop(5)
    laptop = start_again(device, laptop)
    refusals: list[str] = []
    laptop.client.edit(GENERAL, 1, "mine, edited", lambda refusal: refusals.append(refusal.message))
    laptop.until(lambda: refusals)
    laptop.client.delete(GENERAL, 1)
    assert laptop.next(Notice).is_error
    assert laptop.bodies() == ["mine"]


def test_a_void_token_leads_to_the_login_screen_and_what_is_unsent_stays(
    device: DeviceFactory, start_server: ServerFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    phone = device("phone", laptop.address).login("alice")
    laptop.close()
    phone.client.change_password(PASSWORD, "another horse")
    phone.next(Notice)
    house.stop(5)
    laptop = start_again(device, laptop)
    laptop.client.send(GENERAL, "unsent")
    house = again(start_server, house)
    laptop.client.reconnect_now()
    assert "Log in again" in laptop.next(LoggedOut).message
    assert laptop.is_at(Phase.LOGGED_OUT)
    assert laptop.client.me is None
    assert not any(isinstance(signal, LoginFailed) for signal in laptop.signals)
    laptop.login("alice", "another horse", remember=True).open()
    laptop.until(lambda: laptop.bodies() == ["unsent"] and laptop.timeline().last_seq == 1)


def test_a_token_that_is_gone_leads_there_as_well(device: DeviceFactory, house: App) -> None:
    laptop = home(device, house).open()
    laptop.close()
    (laptop.folder / TOKENS).unlink()
    laptop = start_again(device, laptop)
    assert laptop.next(LoggedOut).message == "Please log in again."


def test_a_certificate_that_is_another_ends_it_with_a_question(
    device: DeviceFactory, house: App, certificate: Certificate
) -> None:
    address = address_of(house, ca_file=None)
    laptop = device("laptop", address)
    laptop.client.register(address, "alice", PASSWORD, remember=True)
    question = laptop.next(CertificateQuestion)
    laptop.client.trust(address, question.fingerprint)
    laptop.register("alice", remember=True)
    laptop.close()
    with Impostor(certificate) as impostor:
        laptop = device("laptop", address)
        laptop.client.trust(at(impostor, address), "AA:BB")
        laptop.client._tokens.save(at(impostor, address), "alice", "token")
        laptop.client.save_settings(port=impostor.port)
        laptop.client.flush()
        store = laptop.client._store
        ours, theirs = (store.path(account_key(each, "alice")) for each in (address, at(impostor, address)))
        shutil.copy(ours, theirs)
        assert laptop.client.resume_remembered()
        assert laptop.next(LoggedOut).message
        assert laptop.next(CertificateQuestion).known == "AA:BB"
        assert laptop.is_at(Phase.LOGGED_OUT)
    assert impostor.heard == b""


def test_the_token_is_asked_for_off_the_thread_that_draws(
    device: DeviceFactory, house: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = home(device, house).open()
    laptop.close()
    laptop = device("laptop", laptop.address)
    unlocked, load = threading.Event(), laptop.client._tokens.load

    def slow(address: Address, name: str) -> Token | None:
        assert unlocked.wait(30)
        return load(address, name)

    monkeypatch.setattr(laptop.client._tokens, "load", slow)
    assert laptop.client.resume_remembered()
    assert laptop.is_at(Phase.RECONNECTING)
    assert laptop.client.open_channel_id == GENERAL
    unlocked.set()
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))


def test_whoever_is_not_remembered_leaves_nothing_of_what_was_said(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    guest = device("laptop", address_of(house)).register("alice").open()
    bob.say("a secret")
    guest.until(lambda: guest.bodies() == ["a secret"])
    guest.client.set_draft(GENERAL, "half a")
    guest.close()
    files = b"".join(file.read_bytes() for file in guest.folder.rglob("*") if file.is_file())
    assert b"a secret" not in files
    assert b"half a" in files


def test_logging_out_keeps_what_is_here_unless_it_is_to_be_forgotten(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    bob.say("a secret")
    laptop.until(lambda: laptop.bodies() == ["a secret"])
    laptop.client.log_out()
    laptop.next(LoggedOut)
    laptop.login("alice", remember=True)
    assert [each.body for each in kept_of(laptop)] == ["a secret"]
    laptop.client.log_out(forget=True)
    laptop.next(LoggedOut)
    laptop.close()
    assert list((laptop.folder / "accounts").iterdir()) == []


def test_a_broken_file_is_put_aside_and_the_session_opens_as_if_nothing_had_been_kept(
    device: DeviceFactory, house: App, bob: Peer
) -> None:
    laptop = home(device, house).open()
    bob.say("hello")
    laptop.until(lambda: laptop.bodies() == ["hello"])
    laptop.close()
    (kept,) = [file for file in (laptop.folder / "accounts").iterdir() if file.suffix == ".db"]
    kept.write_bytes(b"\xff" * 9_000)
    laptop = start_again(device, laptop)
    assert laptop.is_at(Phase.CONNECTING)
    assert not laptop.next(LoggedIn).is_resumed
    laptop.open()
    assert laptop.bodies() == ["hello"]
    laptop = start_again(device, laptop)
    assert laptop.bodies() == ["hello"]


def test_what_an_earlier_client_could_not_send_goes_out(device: DeviceFactory, house: App, bob: Peer) -> None:
    laptop = home(device, house).open()
    laptop.close()
    with contextlib.closing(sqlite3.connect(laptop.folder / "store.db")) as former, former:
        former.execute(
            "create table outbox (position integer primary key, account text not null, client_id text not null unique,"
            " channel_id integer not null, kind text not null, body text not null, created_at integer not null,"
            " error text not null default '')"
        )
        former.execute("create table drafts (account text, channel_id integer, body text)")
        account = account_key(laptop.address, "alice")
        row = (account, "client-id-1", GENERAL, "text", "typed long ago", 1)
        insert = "insert into outbox (account, client_id, channel_id, kind, body, created_at) values (?, ?, ?, ?, ?, ?)"
        former.execute(insert, row)
    laptop = start_again(device, laptop)
    laptop.until(lambda: bob.bodies() == ["typed long ago"])


def test_an_old_world_heals(device: DeviceFactory, house: App, bob: Peer, connect: ConnectFactory) -> None:
    laptop = home(device, house).open()
    laptop.close()
    (kept,) = [file for file in (laptop.folder / "accounts").iterdir() if file.suffix == ".db"]
    old = kept.read_bytes()
    laptop = start_again(device, laptop)
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))
    carol = connect(house).register("carol")
    plans = carol.request(CreateChannel(name="plans")).channel_id
    carol.say("hello", plans)
    bob.say("hello")
    laptop.until(lambda: laptop.unread() == 1 and laptop.unread(plans) == 1)
    laptop.close()
    kept.write_bytes(old)
    laptop = start_again(device, laptop)
    assert laptop.client.roster.named("carol") is None
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))
    assert laptop.client.roster.named("carol") is not None
    assert (laptop.unread(), laptop.unread(plans)) == (1, 1)
    laptop.until(lambda: laptop.bodies() == ["hello"])
