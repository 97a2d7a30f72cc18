"""A server that is killed under load, again and again: acknowledged means on disk, and once means once."""

import random
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

import pytest

from shared.codec import decode_result
from shared.entities import Message
from shared.errors import Code, Refusal
from shared.requests import DeleteMessage, EditMessage, FetchHistory, SendMessage
from shared.types import GENERAL, ClientId, Seq, Token

from ..peer import HungUp, Peer
from .child import Child
from .conftest import ChildFactory

WRITERS = 6
OUTSTANDING = 12
"""Requests that each of them has under way at a time."""
KILLS = 5


@dataclass
class Fate:
    """What became of one message, as far as its author can know."""

    client_id: ClientId
    body: str
    seq: Seq | None = None
    """Once it was acknowledged."""
    found_at: Seq | None = None
    """Where it stood after a restart, acknowledged or not."""
    texts: set[str] = field(default_factory=set)
    """What it may say now; empty is deleted."""


class Author:
    """Says, edits and takes back as fast as it can, on one connection after another, in a thread of its own."""

    def __init__(self, name: str, token: Token, dice: random.Random) -> None:
        self._name = name
        self._token = token
        self._dice = dice
        self.fates: dict[ClientId, Fate] = {}
        self.acknowledged = 0

    def work(self, child: Child) -> None:
        """Until the server is gone; first of all, what was left open the last time is sent again."""
        try:
            with child.connect() as peer:
                peer.resume(self._token)
                for fate in [fate for fate in self.fates.values() if fate.seq is None]:
                    self._settle(fate, peer.say(fate.body, client_id=fate.client_id).seq)
                self._talk(peer)
        except (HungUp, OSError):
            pass

    def _talk(self, peer: Peer) -> None:
        window: deque[tuple[Fate, str | None, int]] = deque()
        while True:
            while len(window) < OUTSTANDING:
                window.append(self._begin(peer))
            fate, text, request_id = window.popleft()
            done = peer.done(request_id)
            self.acknowledged += 1
            if text is None:
                self._settle(fate, decode_result(SendMessage, done).seq)
            else:
                fate.texts = {text}

    def _settle(self, fate: Fate, seq: Seq) -> None:
        assert fate.found_at in (None, seq), "the first result is the only one"
        fate.seq = seq

    def _begin(self, peer: Peer) -> tuple[Fate, str | None, int]:
        """Something new to say, or something else for what is acknowledged and was not touched before."""
        fate = self._dice.choice(list(self.fates.values())) if self.fates else None
        if fate is None or fate.seq is None or fate.texts != {fate.body} or self._dice.random() < 0.6:
            number = len(self.fates)
            body = f"{self._name} says {number}"
            fate = self.fates[f"{self._name}-{number}-client-id"] = Fate(f"{self._name}-{number}-client-id", body)
            fate.texts = {body}
            request = SendMessage(channel_id=GENERAL, client_id=fate.client_id, body=body)
            return fate, None, peer.ask(request)
        if self._dice.random() < 0.5:
            text = f"{fate.body}, or rather not"
            fate.texts = {fate.body, text}
            return fate, text, peer.ask(EditMessage(channel_id=GENERAL, seq=fate.seq, body=text))
        fate.texts = {fate.body, ""}
        return fate, "", peer.ask(DeleteMessage(channel_id=GENERAL, seq=fate.seq))


def work_until_killed(child: Child, authors: list[Author], enough: int) -> None:
    """Let everybody work until they have heard so many acknowledgements more; then kill the server in the middle."""
    before = sum(author.acknowledged for author in authors)
    with ThreadPoolExecutor(len(authors)) as pool:
        working = [pool.submit(author.work, child) for author in authors]
        while sum(author.acknowledged for author in authors) < before + enough:
            assert not wait(working, timeout=0.0005).done, child.log()
        child.kill()
    for each in working:
        each.result()


def check(child: Child, reader: Peer, authors: list[Author]) -> int:
    """Compare what is there with what was acknowledged; how many messages there are."""
    found: list[Message] = []
    while True:
        after = found[-1].seq if found else 0
        page = reader.request(FetchHistory(channel_id=GENERAL, after_seq=after, limit=100))
        found += page.messages
        if not page.more:
            break
    assert [message.seq for message in found] == list(range(1, len(found) + 1)), "there are holes"
    by_client_id = {message.client_id: message for message in found}
    assert len(by_client_id) == len(found), "something is there twice"
    revs = [message.rev for message in found if message.rev]
    assert len(revs) == len(set(revs)), "each change has a revision of its own"
    for author in authors:
        for fate in author.fates.values():
            message = by_client_id.get(fate.client_id)
            if fate.seq is not None:
                assert message is not None, "what was acknowledged is lost"
                assert message.seq == fate.seq
            if message is not None:
                fate.found_at = message.seq
                assert message.body in fate.texts, "an acknowledged change is lost"
                fate.texts = {message.body}
    return len(found)


def test_whatever_was_acknowledged_survives_kills_under_load_and_nothing_is_there_twice(
    start_child: ChildFactory,
) -> None:
    dice = random.Random(7)
    child = start_child()
    authors = []
    for number in range(WRITERS):
        with child.connect() as peer:
            token = peer.register(f"user{number}").token
        authors.append(Author(f"user{number}", token, random.Random(number)))
    count = 0
    for _ in range(KILLS):
        work_until_killed(child, authors, enough=dice.randrange(200, 600))
        child = start_child()
        with child.connect() as reader:
            before, count = count, check(child, reader.log_in("user0"), authors)
        assert count > before
    work_until_killed(child, authors, enough=1)
    assert "Traceback" not in child.log()


def test_a_retry_after_a_restart_gets_the_first_result_whatever_the_message_has_become(
    start_child: ChildFactory,
) -> None:
    child = start_child()
    with child.connect() as alice:
        token = alice.register("alice").token
        first = [alice.say(f"number {number}", client_id=f"client-id-{number}") for number in range(3)]
        alice.request(EditMessage(channel_id=GENERAL, seq=1, body="edited"))
        alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
        child.kill()
    child = start_child()
    with child.connect() as alice:
        alice.resume(token)
        again = [alice.say(f"number {number}", client_id=f"client-id-{number}") for number in range(3)]
        assert again == first
        assert alice.bodies() == ["edited", "", "number 2"]
        with pytest.raises(Refusal) as refused:
            alice.say("something else", client_id="client-id-2")
        assert refused.value.code is Code.CONFLICT
        assert alice.say("next").seq == 4
