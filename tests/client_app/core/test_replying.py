"""Replies between real clients: whoever was away, and a second device, show what everybody shows."""

import pytest

from client_app.core.timeline.quote import Quote, QuoteState
from client_app.core.timeline.timeline import EntryKind
from server_app.app import App
from shared.types import GENERAL, ChannelId, MessageKind, UserId

from .conftest import DeviceFactory
from .headless import Headless

FILLERS = 120
"""More than two pages, so that the original is far up."""


@pytest.fixture
def server(generous: App) -> App:
    return generous


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice", remember=True).open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def say(sender: Headless, text: str, channel_id: ChannelId = GENERAL) -> None:
    before = sender.timeline(channel_id).last_seq
    sender.client.send(channel_id, text)
    sender.until(lambda: sender.timeline(channel_id).last_seq > before)


def answer(sender: Headless, seq: int, text: str, channel_id: ChannelId = GENERAL) -> None:
    sender.client.begin_reply(channel_id, seq)
    say(sender, text, channel_id)


def come_back(device: DeviceFactory) -> Headless:
    """The laptop's program is started again."""
    laptop = device("laptop")
    assert laptop.client.resume_remembered()
    return laptop.open()


def last_quote(reader: Headless, channel_id: ChannelId = GENERAL) -> Quote | None:
    rows = [row for row in reader.timeline(channel_id).entries if row.kind is EntryKind.MESSAGE]
    return rows[-1].quote if rows else None


def shows(reader: Headless, state: QuoteState, text: str = "") -> None:
    """Wait until the last message quotes so."""

    def is_so() -> bool:
        quote = last_quote(reader)
        return quote is not None and (quote.state, quote.text) == (state, text)

    reader.until(is_so)


def test_both_devices_quote_an_original_that_is_far_up_and_follow_what_becomes_of_it(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    say(bobs, "shall we?")
    for number in range(FILLERS):
        bobs.client.send(GENERAL, f"filler {number}")
    bobs.until(lambda: bobs.timeline(GENERAL).last_seq == FILLERS + 1)
    answer(bobs, 1, "yes")
    phone = device("phone").login("alice").open()
    for each in (laptop, phone):
        shows(each, QuoteState.SHOWN, "shall we?")
    assert phone.timeline(GENERAL).first_seq > 1
    bobs.client.edit(GENERAL, 1, "shall we dance?")
    for each in (laptop, phone):
        shows(each, QuoteState.SHOWN, "shall we dance?")
    bobs.client.delete(GENERAL, 1)
    for each in (laptop, phone):
        shows(each, QuoteState.DELETED)


def test_whoever_was_away_while_an_original_was_edited_and_deleted_sees_what_it_became(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    say(bobs, "one")
    answer(bobs, 1, "two")
    shows(laptop, QuoteState.SHOWN, "one")
    laptop.close()
    bobs.client.edit(GENERAL, 1, "uno")
    bobs.until(lambda: (quote := last_quote(bobs)) is not None and quote.text == "uno")
    again = come_back(device)
    shows(again, QuoteState.SHOWN, "uno")
    again.close()
    bobs.client.delete(GENERAL, 1)
    bobs.until(lambda: (quote := last_quote(bobs)) is not None and quote.state is QuoteState.DELETED)
    shows(come_back(device), QuoteState.DELETED)


def test_what_is_being_answered_is_kept_over_a_restart_of_the_client(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    say(bobs, "one")
    laptop.until(lambda: laptop.timeline(GENERAL).last_seq == 1)
    laptop.client.begin_reply(GENERAL, 1)
    laptop.client.hush_reply(GENERAL, is_silent=True)
    laptop.close()
    again = come_back(device)
    reply = again.client.reply(GENERAL)
    assert reply is not None
    assert (reply.seq, reply.is_silent) == (1, True)
    say(again, "quietly")
    assert again.client.reply(GENERAL) is None
    (message,) = [again.timeline(GENERAL).message(2)]
    assert message is not None
    assert (message.reply_to, message.mentions) == (1, ())


def test_an_announcement_answers_nothing(laptop: Headless, bobs: Headless) -> None:
    say(bobs, "one")
    laptop.until(lambda: laptop.timeline(GENERAL).last_seq == 1)
    laptop.client.begin_reply(GENERAL, 1)
    laptop.client.send(GENERAL, "to all", MessageKind.ANNOUNCEMENT)
    laptop.until(lambda: laptop.timeline(GENERAL).last_seq == 2)
    message = laptop.timeline(GENERAL).message(2)
    assert message is not None
    assert message.reply_to is None
    assert laptop.client.reply(GENERAL) is not None


def test_in_a_direct_conversation_replies_work_as_anywhere(laptop: Headless, bobs: Headless) -> None:
    directs: list[ChannelId] = []
    laptop.client.open_direct(UserId(bobs.client.me.id), directs.append)  # type: ignore[union-attr]
    laptop.until(lambda: directs)
    (direct,) = directs
    for each in (laptop, bobs):
        each.until(lambda each=each: each.client.channels.row(direct))  # type: ignore[misc]  # a default binds it
        each.client.open_channel(direct)
    say(laptop, "hello", direct)
    bobs.until(lambda: bobs.timeline(direct).last_seq == 1)
    answer(bobs, 1, "hello yourself", direct)
    laptop.until(lambda: (quote := last_quote(laptop, direct)) is not None and quote.text == "hello")


def test_a_quote_of_somebody_who_is_blocked_goes_and_comes_back_with_the_block(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    carol = device("carols").register("carol").open()
    say(bobs, "one")
    carol.until(lambda: carol.timeline(GENERAL).last_seq == 1)
    answer(carol, 1, "two")
    shows(laptop, QuoteState.SHOWN, "one")
    bob_id = UserId(bobs.client.me.id)  # type: ignore[union-attr]
    laptop.client.block(bob_id)
    shows(laptop, QuoteState.BLOCKED)
    laptop.client.unblock(bob_id)
    shows(laptop, QuoteState.SHOWN, "one")
