"""Slow mode, filtered words and announcements."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.requests import (
    ChangeChannel,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchAudit,
    OpenGroup,
    Posted,
    RenameChannel,
    Request,
    SendMessage,
    SetPolicy,
    SetTopic,
)
from shared.types import GENERAL, AuditAction, ChannelId, MessageKind

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .held_up import held_up

FREE = Limits().without_rates_and_caps()


def refusal(ask: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value


def announcement(body: str = "hear, hear", channel_id: ChannelId = GENERAL) -> SendMessage:
    return SendMessage(channel_id=channel_id, client_id="the-announcement", body=body, kind=MessageKind.ANNOUNCEMENT)


# --- slow mode --------------------------------------------------------------------------------------------------------


@pytest.fixture
def slow(alice: Peer) -> ChannelId:
    """A channel in which everybody writes once an hour."""
    channel_id = alice.request(CreateChannel(name="slow")).channel_id
    alice.request(ChangeChannel(channel_id=channel_id, slow_seconds=3600))
    return channel_id


def test_in_slow_mode_each_person_waits_between_two_messages(slow: ChannelId, bob: Peer, carol: Peer) -> None:
    bob.say("one", slow)
    refused = refusal(lambda: bob.say("two", slow))
    assert refused.code is Code.RATE_LIMITED
    assert refused.message == "Slow mode: everybody writes here once in 1 hour. Wait 1 hour."
    assert refused.retry_after is not None
    assert 3590 < refused.retry_after <= 3600
    carol.say("three", slow)
    bob.say("elsewhere")


def test_a_retry_in_slow_mode_is_answered_as_ever(slow: ChannelId, bob: Peer) -> None:
    first = bob.say("one", slow, client_id="client-id-1")
    assert bob.say("one", slow, client_id="client-id-1") == first


def test_what_comes_in_one_batch_waits_as_well(slow: ChannelId, bob: Peer, server: App) -> None:
    with held_up(server) as wait_for_jobs:
        ids = [
            bob.ask(SendMessage(channel_id=slow, client_id=f"client-id-{number}", body=str(number)))
            for number in range(3)
        ]
        wait_for_jobs(3)
    bob.done(ids[0])
    assert [refusal(partial(bob.done, each)).code for each in ids[1:]] == [Code.RATE_LIMITED] * 2
    assert bob.bodies(slow) == ["0"]


def test_whoever_may_bypass_slow_mode_does_not_wait(slow: ChannelId, alice: Peer) -> None:
    alice.say("one", slow)
    alice.say("two", slow)


def test_slow_mode_survives_a_restart(start_server: ServerFactory, connect: ConnectFactory) -> None:
    house = start_server(tls=False)
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    channel_id = alice.request(CreateChannel(name="slow")).channel_id
    alice.request(ChangeChannel(channel_id=channel_id, slow_seconds=3600))
    bob.say("one", channel_id)
    house.stop()
    again = connect(start_server(tls=False)).resume(bob.token)
    assert refusal(lambda: again.say("two", channel_id)).code is Code.RATE_LIMITED


def test_after_the_time_one_writes_again(alice: Peer, bob: Peer, wait_until: Callable[..., None]) -> None:
    channel_id = alice.request(CreateChannel(name="slow")).channel_id
    alice.request(ChangeChannel(channel_id=channel_id, slow_seconds=1))
    bob.say("one", channel_id)
    waits: list[float] = []

    def may_write() -> bool:
        request = SendMessage(channel_id=channel_id, client_id="client-id-2", body="two")
        try:
            return isinstance(bob.request(request), Posted)
        except Refusal as refused:
            waits.append(refused.retry_after or 0)
            return False

    wait_until(may_write)
    assert waits
    assert all(0 < each <= 1 for each in waits)


# --- filtered words ---------------------------------------------------------------------------------------------------


def test_a_filtered_word_is_refused_by_name_and_nothing_is_stored(alice: Peer, bob: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("Spam", "two words")))
    for body in ("I sell SPAM!", "spam", "some two\nwords here"):
        refused = refusal(partial(bob.say, body))
        assert refused.code is Code.FORBIDDEN
        assert "spam" in refused.message or "two words" in refused.message
    bob.say("spammers sell two swords")
    assert alice.bodies() == ["spammers sell two swords"]


def test_a_filtered_word_is_refused_in_an_edit_and_for_everybody(alice: Peer) -> None:
    alice.say("ham")
    alice.request(SetPolicy(filtered_words=("spam",)))
    assert refusal(lambda: alice.request(EditMessage(channel_id=GENERAL, seq=1, body="spam"))).code is Code.FORBIDDEN
    assert alice.bodies() == ["ham"]


def test_what_two_people_say_among_themselves_is_not_filtered(alice: Peer, bob: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("spam",)))
    bob.say("spam", bob.direct(alice.user_id))


def test_private_channels_are_filtered(alice: Peer) -> None:
    private = alice.request(CreateChannel(name="mine", private=True)).channel_id
    alice.request(SetPolicy(filtered_words=("spam",)))
    assert refusal(lambda: alice.say("spam", private)).code is Code.FORBIDDEN


def test_names_and_topics_of_channels_are_filtered(alice: Peer, bob: Peer) -> None:
    ham = alice.request(CreateChannel(name="ham")).channel_id
    group = alice.request(OpenGroup(user_ids=(bob.user_id,))).channel_id
    alice.request(SetPolicy(filtered_words=("spam", "two words")))
    refused: list[Request[Any]] = [
        CreateChannel(name="two-words"),
        CreateChannel(name="eggs", topic="and spam", private=True),
        RenameChannel(channel_id=ham, name="spam"),
        SetTopic(channel_id=ham, topic="Spam!"),
    ]
    for request in refused:
        assert refusal(partial(alice.request, request)).code is Code.FORBIDDEN
    alice.request(SetTopic(channel_id=group, topic="spam"))


def test_a_filter_that_was_taken_back_is_off(alice: Peer, bob: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("spam",)))
    alice.request(SetPolicy(filtered_words=()))
    bob.say("spam")


# --- announcements ----------------------------------------------------------------------------------------------------


def test_an_announcement_reaches_everybody_as_such_and_is_noted(alice: Peer, bob: Peer) -> None:
    alice.request(announcement())
    message = bob.next_event(MessagePosted).message
    assert (message.kind, message.body) == (MessageKind.ANNOUNCEMENT, "hear, hear")
    (entry,) = alice.request(FetchAudit()).entries
    assert (entry.action, entry.actor_id, entry.channel_id) == (AuditAction.ANNOUNCED, alice.user_id, GENERAL)
    alice.request(announcement())
    assert len(alice.request(FetchAudit()).entries) == 1


def test_only_those_announce_who_may_and_only_in_general(alice: Peer, bob: Peer) -> None:
    assert refusal(lambda: bob.request(announcement())).message == "You may not write to everybody at once."
    other = alice.request(CreateChannel(name="other")).channel_id
    assert "#general" in refusal(lambda: alice.request(announcement("here", other))).message
    assert "#general" in refusal(lambda: alice.request(announcement("us two", alice.direct(bob.user_id)))).message
    assert alice.request(FetchAudit()).entries == ()


# --- deleting ---------------------------------------------------------------------------------------------------------


def test_to_delete_anothers_message_is_noted_and_ones_own_is_not(alice: Peer, bob: Peer) -> None:
    bob.say("rude")
    bob.say("also rude")
    bob.request(DeleteMessage(channel_id=GENERAL, seq=2))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
    (entry,) = alice.request(FetchAudit()).entries
    found: tuple[Any, ...] = (entry.action, entry.actor_id, entry.user_id, entry.channel_id, entry.detail)
    assert found == (AuditAction.MESSAGE_DELETED, alice.user_id, bob.user_id, GENERAL, "message 1")
    assert refusal(lambda: bob.request(EditMessage(channel_id=GENERAL, seq=1, body="again"))).code is Code.NOT_FOUND
