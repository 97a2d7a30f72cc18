"""Who is writing: told every two seconds, shown for six, over with what was said or with the connection."""

from collections.abc import Iterator

import pytest

from client_app.core.signals import Signal, TypingChanged
from client_app.core.writing.composer import is_speech
from client_app.core.writing.typists import Typists
from server_app.app import App
from shared.errors import Forbidden
from shared.requests import Typing
from shared.types import GENERAL, UserId
from tests.conftest import ConnectFactory

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at
from .world import BOB, CAROL, PLANS, Recorder

CHANGED = TypingChanged(GENERAL)


class Desk:
    """Somebody who writes and sees others write, at a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.wire = Recorder()
        self.blocked: set[UserId] = set()
        self.signals: list[Signal] = []
        self.typists = Typists(self.wire, lambda: self.blocked, lambda: self.now)

    def hear(self, user_id: UserId) -> None:
        self.typists.heard(GENERAL, user_id, self.signals.append)

    def pass_time(self, seconds: float) -> None:
        """Let what is due until then happen, in its order."""
        end = self.now + seconds
        due, self.wire.due = [(self.now + delay, call) for delay, call in self.wire.due], []
        while due:
            due.sort(key=lambda each: each[0])
            at, call = due.pop(0)
            if at > end:
                self.wire.due.append((at - end, call))
                continue
            self.now = at
            call()
            due += [(self.now + delay, again) for delay, again in self.wire.due if at <= end]
            self.wire.due = [] if at <= end else self.wire.due
        self.now = end

    @property
    def shown(self) -> list[UserId]:
        return list(self.typists.of(GENERAL))


def test_it_is_told_at_once_and_then_every_two_seconds() -> None:
    desk = Desk()
    for _ in range(50):
        desk.typists.typed(GENERAL)
        desk.now += 0.1
    assert desk.wire.requests == [Typing(channel_id=GENERAL)] * 3
    desk.typists.typed(PLANS)
    assert desk.wire.requests[-1] == Typing(channel_id=PLANS), "each channel counts for itself"


def test_a_refusal_is_heard_by_nobody() -> None:
    desk = Desk()
    desk.typists.typed(GENERAL)
    desk.wire.answer(Forbidden("You left this channel."))
    assert desk.signals == []


def test_whoever_is_not_heard_of_again_is_shown_for_six_seconds() -> None:
    desk = Desk()
    desk.hear(BOB)
    desk.pass_time(5.9)
    assert desk.shown == [BOB]
    desk.pass_time(0.2)
    assert desk.shown == []
    assert desk.signals == [CHANGED, CHANGED]
    assert desk.wire.due == [], "nothing is looked at while nobody writes"


def test_whoever_goes_on_is_shown_and_told_of_once() -> None:
    desk = Desk()
    for _ in range(5):
        desk.hear(BOB)
        desk.pass_time(2)
    assert desk.shown == [BOB]
    assert desk.signals == [CHANGED]
    assert len(desk.wire.due) == 1, "one look for all"


def test_each_is_over_by_themselves() -> None:
    desk = Desk()
    desk.hear(BOB)
    desk.pass_time(3)
    desk.hear(CAROL)
    assert desk.shown == [BOB, CAROL]
    desk.pass_time(4)
    assert desk.shown == [CAROL]
    desk.pass_time(3)
    assert desk.shown == []


def test_what_was_said_is_not_being_written_any_more() -> None:
    desk = Desk()
    desk.hear(BOB)
    desk.typists.said(GENERAL, BOB)
    assert desk.shown == []
    desk.hear(BOB)
    assert desk.shown == [BOB]
    desk.pass_time(12)
    assert desk.shown == []


def test_with_the_connection_goes_what_is_known_and_it_comes_again() -> None:
    desk = Desk()
    desk.hear(BOB)
    desk.typists.dropped()
    desk.wire.due.clear()
    assert (desk.shown, desk.signals) == ([], [CHANGED, CHANGED])
    desk.hear(BOB)
    desk.pass_time(7)
    assert desk.shown == []


def test_of_whom_one_blocks_nothing_is_shown() -> None:
    desk = Desk()
    desk.hear(BOB)
    desk.blocked = {BOB}
    assert desk.shown == []


@pytest.mark.parametrize(
    ("text", "is_said"),
    [("hello", True), ("", False), ("  ", False), ("/me waves", False), ("/", False), ("//not a command", True)],
)
def test_a_command_is_nothing_that_one_says(text: str, is_said: bool) -> None:
    assert is_speech(text) is is_said


# --- with a server ----------------------------------------------------------------------------------------------------


@pytest.fixture
def relay(generous: App) -> Iterator[Relay]:
    with Relay(generous.address) as relay:
        yield relay


@pytest.fixture
def laptop(device: DeviceFactory, relay: Relay, generous: App) -> Headless:
    return device("laptop", at(relay, address_of(generous))).register("alice").open()


def test_what_bob_writes_is_seen_until_he_has_said_it(laptop: Headless, device: DeviceFactory, generous: App) -> None:
    bobs = device("bobs", address_of(generous)).register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    bobs.client.typed(GENERAL)
    laptop.until(lambda: laptop.client.typists(GENERAL))
    bobs.client.send(GENERAL, "here it is")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    assert laptop.client.typists(GENERAL) == ()
    assert bobs.client.typists(GENERAL) == ()


def test_after_a_drop_nobody_is_shown_who_may_have_stopped(
    laptop: Headless, relay: Relay, connect: ConnectFactory, generous: App
) -> None:
    bob = connect(generous).register("bob")
    bob.request(Typing(channel_id=GENERAL))
    laptop.until(lambda: laptop.client.typists(GENERAL))
    relay.cut()
    laptop.until(lambda: not laptop.client.typists(GENERAL))
