"""What those who write may do is remembered between batches, and never after it has changed, not even within one."""

from collections.abc import Callable
from typing import Any

import pytest

from server_app.app import App
from shared import requests as ask
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.rights import GUEST, MEMBER
from shared.types import GENERAL, BlockKind, UserId

from ..peer import Peer
from .held_up import held_up

JUDGEMENTS: dict[str, Callable[[UserId], ask.Request[Any]]] = {
    "kicked": lambda who: ask.KickPerson(user_id=who),
    "banned": lambda who: ask.BanPerson(user_id=who),
    "timed out": lambda who: ask.TimeOutPerson(user_id=who, seconds=60),
    "given a role that may not write": lambda who: ask.GiveRole(user_id=who, role_id=GUEST),
}


def speech(number: int) -> ask.SendMessage:
    return ask.SendMessage(channel_id=GENERAL, client_id=f"message-{number}", body=f"hello {number}")


@pytest.mark.parametrize("judgement", JUDGEMENTS.values(), ids=JUDGEMENTS)
def test_what_is_said_in_the_same_batch_after_a_judgement_is_refused(
    server: App, alice: Peer, bob: Peer, judgement: Callable[[UserId], ask.Request[Any]]
) -> None:
    guest = next(role for role in alice.snapshot.roles if role.id == GUEST)
    alice.request(ask.ChangeRole(role_id=GUEST, name=guest.name, rank=guest.rank, permissions=()))
    bob.request(speech(1))
    with held_up(server) as wait_for_jobs:
        earlier = bob.ask(speech(2))
        wait_for_jobs(1)
        judged = alice.ask(judgement(bob.user_id))
        wait_for_jobs(2)
        bob.ask(speech(3))
        wait_for_jobs(3)
    assert bob.answer(speech(2), earlier).seq == 2, "what came before it is taken"
    alice.done(judged)
    assert alice.bodies() == ["hello 1", "hello 2"]


def test_what_is_said_in_the_same_batch_after_a_pardon_is_taken(server: App, alice: Peer, bob: Peer) -> None:
    alice.request(ask.TimeOutPerson(user_id=bob.user_id, seconds=60))
    with pytest.raises(Refusal) as refused:
        bob.request(speech(1))
    assert refused.value.code is Code.FORBIDDEN
    with held_up(server) as wait_for_jobs:
        alice.ask(ask.TimeOutPerson(user_id=bob.user_id, seconds=0))
        wait_for_jobs(1)
        asked = bob.ask(speech(2))
        wait_for_jobs(2)
    assert bob.answer(speech(2), asked).seq == 1


def test_a_judgement_that_is_refused_changes_nothing_that_is_remembered(alice: Peer, bob: Peer, carol: Peer) -> None:
    carol.request(speech(1))
    with pytest.raises(Refusal):
        bob.request(ask.KickPerson(user_id=carol.user_id))
    assert carol.request(speech(2)).seq == 2


def test_whoever_is_blocked_in_the_same_batch_is_hidden_from_then_on(server: App, alice: Peer, bob: Peer) -> None:
    bob.request(speech(1))
    assert not alice.next_event(MessagePosted).message.is_hidden
    with held_up(server) as wait_for_jobs:
        alice.ask(ask.SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
        wait_for_jobs(1)
        bob.ask(speech(2))
        wait_for_jobs(2)
    assert alice.next_event(MessagePosted).message.is_hidden
    alice.request(ask.RemoveBlock(user_id=bob.user_id))
    bob.request(speech(3))
    assert not alice.next_event(MessagePosted).message.is_hidden


def test_a_role_that_is_changed_counts_at_once(alice: Peer, bob: Peer) -> None:
    member = next(role for role in alice.snapshot.roles if role.id == MEMBER)
    bob.request(speech(1))
    alice.request(ask.ChangeRole(role_id=MEMBER, name=member.name, rank=member.rank, permissions=()))
    with pytest.raises(Refusal):
        bob.request(speech(2))
    alice.request(ask.ChangeRole(role_id=MEMBER, name=member.name, rank=member.rank, permissions=member.permissions))
    assert bob.request(speech(3)).seq == 2
