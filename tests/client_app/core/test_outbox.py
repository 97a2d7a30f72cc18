"""Messages on their way: none is lost, none comes twice, none overtakes another."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from client_app.core.network.asks import DEFAULT_WAIT
from client_app.core.store import Store, Unsent
from client_app.core.writing.outbox import Outbox
from shared.errors import BadRequest, Code, RateLimited, Refusal, Unavailable
from shared.requests import Posted, SendMessage
from shared.types import ChannelId, MessageId, MessageKind

from .world import GENERAL, PLANS, Recorder

ROOT = Path(__file__).parents[3]


class Writer:
    """Somebody who types into an outbox."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self.wire = Recorder()
        self.changed: list[ChannelId] = []
        self.kept = self.store.of("alice")
        self.outbox = Outbox(self.kept.unsent, self.wire, self.changed.append)

    def type(self, body: str, channel_id: ChannelId = GENERAL) -> None:
        self.outbox.add(channel_id, MessageKind.TEXT, body)

    @property
    def unsent_on_disk(self) -> list[Unsent]:
        self.store.finish(30)
        return self.kept.unsent.all()

    def shown(self, seq: int = 0) -> list[str]:
        return [each.body for each in self.outbox.waiting(GENERAL, seq)]

    @property
    def sending(self) -> list[str]:
        return [request.body for request in self.wire.requests]


def posted(seq: int) -> Posted:
    return Posted(message_id=MessageId(seq), seq=seq)


@pytest.fixture
def alice(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path)
    yield writer
    writer.store.close()


def test_nothing_is_sent_while_there_is_no_connection_but_everything_is_shown(alice: Writer) -> None:
    alice.type("one")
    alice.type("two")
    assert alice.sending == []
    assert alice.shown() == ["one", "two"]


def test_ids_are_uuids_that_rise_with_the_time(alice: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    for second in (1_800_000_000, 1_800_000_001, 1_900_000_000):
        monkeypatch.setattr(time, "time_ns", lambda second=second: second * 10**9)
        alice.type(f"at {second}")
    ids = [each.client_id for each in alice.outbox.waiting(GENERAL, 0)]
    assert ids == sorted(ids)
    assert {(uuid.UUID(each).version, uuid.UUID(each).variant) for each in ids} == {(7, uuid.RFC_4122)}


def test_one_message_is_under_way_at_a_time(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.type("two")
    assert alice.sending == ["one"]
    alice.wire.answer(posted(1))
    assert alice.sending == ["two"]


def test_an_acknowledged_message_is_shown_until_it_is_there_itself(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.wire.answer(posted(7))
    assert alice.shown(seq=6) == ["one"]
    assert alice.shown(seq=7) == [], "the page that is shown holds it already"
    assert alice.unsent_on_disk == []


def test_a_message_that_comes_before_its_acknowledgement_is_not_sent_again(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    request = alice.wire.requests[0]
    alice.outbox.settle(request.client_id)
    assert alice.shown() == []
    alice.wire.answer(posted(1))
    assert alice.shown() == []
    assert alice.sending == []


def test_a_drop_sends_the_same_message_again_under_the_same_id(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    first = alice.wire.requests[0]
    alice.wire.answer(Unavailable("gone"))
    alice.outbox.set_online(False)
    alice.outbox.set_online(True)
    assert alice.wire.requests == [first]
    for _, call in alice.wire.due:
        call()
    assert alice.wire.requests == [first], "a reminder of before the drop sends nothing more"


def test_too_fast_waits_as_long_as_the_server_says(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.type("two")
    alice.wire.answer(RateLimited("Slow down.", retry_after=0.4))
    assert alice.sending == []
    ((seconds, call),) = alice.wire.due
    assert seconds == 0.4
    call()
    assert alice.sending == ["one"]


@pytest.mark.parametrize("code", [Code.UNAVAILABLE, Code.LOGIN_REQUIRED])
def test_what_is_not_the_messages_fault_does_not_mark_it_as_failed(alice: Writer, code: Code) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.wire.answer(Refusal("Not now.", code=code))
    assert alice.wire.due[0][0] == DEFAULT_WAIT
    assert alice.outbox.waiting(GENERAL, 0)[0].error == ""


def test_a_message_on_which_the_server_stumbles_does_not_hold_up_the_next(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.type("two")
    alice.wire.answer(Refusal("Something went wrong.", code=Code.INTERNAL))
    assert alice.sending == ["two"]
    assert alice.outbox.failed(GENERAL) == [alice.outbox.waiting(GENERAL, 0)[0].client_id]


def test_a_refused_message_stays_says_why_and_holds_up_nobody(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    alice.type("two")
    alice.wire.answer(BadRequest("No such channel."))
    assert [(each.body, each.error) for each in alice.outbox.waiting(GENERAL, 0)] == [
        ("one", "No such channel."),
        ("two", ""),
    ]
    assert alice.sending == ["two"]


def test_a_refused_message_is_sent_again_or_deleted_when_the_person_says_so(alice: Writer) -> None:
    alice.outbox.set_online(True)
    alice.type("one")
    client_id = alice.wire.requests[0].client_id
    alice.outbox.discard(client_id)
    alice.outbox.retry(client_id)
    assert alice.sending == ["one"], "one that is under way is left alone"
    alice.wire.answer(BadRequest("No."))
    alice.outbox.retry(client_id)
    assert alice.sending == ["one"]
    alice.wire.answer(BadRequest("No."))
    alice.outbox.discard(client_id)
    assert alice.shown() == []
    assert alice.unsent_on_disk == []


def test_each_channel_shows_its_own(alice: Writer) -> None:
    alice.type("here")
    alice.type("there", PLANS)
    assert alice.shown() == ["here"]
    assert alice.changed == [GENERAL, PLANS]


class Server:
    """What a Hearth server promises: each `client_id` is stored once, and a retry gets the first answer."""

    def __init__(self) -> None:
        self.stored: dict[str, str] = {}

    def take(self, request: SendMessage) -> Posted:
        self.stored.setdefault(request.client_id, request.body)
        return posted(list(self.stored).index(request.client_id) + 1)


class BadNetwork(RuleBasedStateMachine):
    """Somebody types while the server refuses, the line drops before or after it took a message, the client dies."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.server = Server()
        self.typed: list[str] = []
        self.numbers = itertools.count()
        self.writer = Writer(self.folder)
        self.is_online = False

    def teardown(self) -> None:
        if not hasattr(self, "writer"):
            return
        if not self.is_online:
            self.connect()
        for _ in range(3 * len(self.typed) + 3):
            self.deliver(hears_it=True)
            self.wake()
        left = self.writer.unsent_on_disk
        self.writer.store.close()
        shutil.rmtree(self.folder)
        assert left == []
        assert list(self.server.stored.values()) == self.typed

    @rule()
    def type(self) -> None:
        body = f"message {next(self.numbers)}"
        self.typed.append(body)
        self.writer.type(body)

    @precondition(lambda self: not self.is_online)
    @rule()
    def connect(self) -> None:
        self.is_online = True
        self.writer.outbox.set_online(True)

    @precondition(lambda self: self.is_online)
    @rule(hears_it=st.booleans())
    def deliver(self, hears_it: bool) -> None:
        """The server takes what is under way; the event may come before the answer."""
        if self.writer.wire.asked:
            request = self.writer.wire.requests[0]
            answer = self.server.take(request)
            if hears_it:
                self.writer.outbox.settle(request.client_id)
            self.writer.wire.answer(answer)

    @precondition(lambda self: self.is_online)
    @rule(code=st.sampled_from([Code.RATE_LIMITED, Code.UNAVAILABLE, Code.LOGIN_REQUIRED]))
    def refuse(self, code: Code) -> None:
        if self.writer.wire.asked:
            self.writer.wire.answer(Refusal("Not now.", code=code, retry_after=0.1))

    @rule()
    def wake(self) -> None:
        due, self.writer.wire.due = self.writer.wire.due, []
        for _, call in due:
            call()

    @precondition(lambda self: self.is_online)
    @rule(had_taken_it=st.booleans())
    def drop(self, had_taken_it: bool) -> None:
        """The line breaks; the server may have stored what it could not acknowledge any more."""
        while self.writer.wire.asked:
            if had_taken_it:
                self.server.take(self.writer.wire.requests[0])
            self.writer.wire.answer(Unavailable("The connection broke."))
        self.is_online = False
        self.writer.outbox.set_online(False)

    @rule(had_taken_it=st.booleans())
    def restart(self, had_taken_it: bool) -> None:
        if had_taken_it and self.writer.wire.asked:
            self.server.take(self.writer.wire.requests[0])
        self.writer.store.close()
        self.writer = Writer(self.folder)
        self.is_online = False

    @invariant()
    def one_at_a_time(self) -> None:
        assert len(self.writer.wire.asked) <= 1

    @invariant()
    def what_the_server_has_is_the_beginning_of_what_was_typed(self) -> None:
        stored = list(self.server.stored.values())
        assert stored == self.typed[: len(stored)]

    @invariant()
    def everything_typed_is_stored_or_shown(self) -> None:
        shown = {each.body for each in self.writer.outbox.waiting(GENERAL, 0)}
        assert set(self.typed) <= shown | set(self.server.stored.values())


TestBadNetwork = BadNetwork.TestCase
TestBadNetwork.settings = settings(max_examples=30, stateful_step_count=25, deadline=None, derandomize=True)

CHILD = """
import sys, time
from pathlib import Path
from client_app.core.writing.outbox import Outbox
from client_app.core.store import Store
from shared.types import GENERAL, MessageKind

class Nowhere:
    def ask(self, request, done, refused): pass
    def after(self, seconds, call): pass

store = Store(Path(sys.argv[1]))
kept = store.of("alice").unsent
outbox = Outbox(kept, Nowhere(), lambda channel_id: None)
outbox.set_online(True)
for number in range(25):
    outbox.add(GENERAL, MessageKind.TEXT, f"message {number}")
store.finish(30)
print("typed", flush=True)
time.sleep(60)
"""


def test_what_was_typed_survives_the_sudden_death_of_the_program(tmp_path: Path) -> None:
    child: subprocess.Popen[Any] = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout
    with child, child.stdout:
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    writer = Writer(tmp_path)
    assert writer.shown() == [f"message {number}" for number in range(25)]
    writer.store.close()
