"""Emoji under messages, as the devices of alice and bob see them: at once, after being away, and while one blocks."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from client_app.core.signals import MessageArrived, Notice
from client_app.core.timeline.reaction_rows import who
from client_app.core.timeline.timeline import Entry, Outlook
from client_app.core.world.facts import apply
from client_app.core.world.state import State
from server_app.app import App
from server_app.blocks import as_seen, as_seen_message
from shared.entities import Message
from shared.events import ReactionChanged
from shared.reactions import with_reaction
from shared.requests import FetchChanges, FetchHistory
from shared.types import Seq, UserId

from .conftest import DeviceFactory
from .headless import Headless
from .pane import Pane, Panes
from .world import ALICE, BOB, CAROL, GENERAL, message, public, state

THUMB, HEART, PARTY = "👍", "❤️", "🎉"

# --- with a real server -----------------------------------------------------------------------------------------------


@pytest.fixture
def laptop(device: DeviceFactory, server: App) -> Headless:
    """Alice's laptop, with general open and one message said."""
    laptop = device("laptop").register("alice", remember=True).open()
    laptop.client.send(GENERAL, "soup is ready")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    return laptop


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def last(device: Headless) -> Entry:
    entry: Entry = device.timeline().entries[-1]
    return entry


def seen(device: Headless) -> list[tuple[str, int, bool]]:
    """What stands below the last message: emoji, how many people, whether I am one of them."""
    return [(each.emoji, len(each.user_ids), each.is_mine) for each in last(device).reactions]


def wait_for(device: Headless, *reactions: tuple[str, int, bool]) -> None:
    device.until(lambda: seen(device) == [*reactions])


def test_a_reaction_is_seen_by_everybody_and_taken_back(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    phone = device("phone").login("alice").open()
    bobs.client.react(GENERAL, 1, THUMB)
    laptop.client.react(GENERAL, 1, THUMB)
    for each in (laptop, phone, bobs):
        wait_for(each, (THUMB, 2, True))
    bobs.client.react(GENERAL, 1, THUMB, is_on=False)
    for each, is_mine in ((laptop, True), (phone, True), (bobs, False)):
        wait_for(each, (THUMB, 1, is_mine))
    assert not [each for each in bobs.signals if isinstance(each, MessageArrived)], "nobody is notified"
    assert laptop.unread() == 0


def test_in_a_direct_conversation_only_the_two_see_it(laptop: Headless, bobs: Headless, device: DeviceFactory) -> None:
    carols = device("carols").register("carol").open()
    bob = laptop.client.roster.named("bob")
    assert bob
    laptop.client.open_direct(bob.user_id)
    laptop.until(lambda: laptop.client.open_channel_id not in (None, GENERAL))
    channel_id = laptop.client.open_channel_id
    assert channel_id
    laptop.client.send(channel_id, "just for you")
    bobs.until(lambda: bobs.client.channels.row(channel_id))
    bobs.client.open_channel(channel_id)
    bobs.until(lambda: bobs.timeline(channel_id).last_seq == 1)
    bobs.client.react(channel_id, 1, HEART)
    laptop.until(lambda: [each.words for each in laptop.timeline(channel_id).entries[-1].reactions] == ["bob"])
    assert carols.client.channels.row(channel_id) is None


def test_whoever_was_away_and_started_again_sees_them_also_on_old_messages(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    assert laptop.client.flush()
    laptop.close()
    bobs.client.react(GENERAL, 1, HEART)
    bobs.until(lambda: seen(bobs) == [(HEART, 1, True)])
    again = device("laptop")
    assert again.client.resume_remembered()
    again.until(lambda: again.timeline().entries and seen(again) == [(HEART, 1, False)])
    assert again.client.flush()
    assert again.client.session
    (kept,) = again.client.session.keeping.kept.messages.all(GENERAL)
    assert [each.emoji for each in kept.reactions] == [HEART]


def test_a_refused_reaction_says_why(laptop: Headless) -> None:
    laptop.client.react(GENERAL, 1, "x")
    assert laptop.next(Notice) == Notice("This is no emoji that Hearth knows. Choose another one.", is_error=True)


def test_how_a_blocked_person_reacted_goes_at_once_and_comes_back(laptop: Headless, bobs: Headless) -> None:
    bobs.client.react(GENERAL, 1, THUMB)
    laptop.until(lambda: seen(laptop) == [(THUMB, 1, False)])
    bob = laptop.client.roster.named("bob")
    assert bob
    laptop.client.block(bob.user_id)
    laptop.until(lambda: seen(laptop) == [])
    bobs.client.react(GENERAL, 1, HEART)
    bobs.until(lambda: len(seen(bobs)) == 2)
    laptop.client.react(GENERAL, 1, PARTY)
    laptop.until(lambda: seen(laptop) == [(PARTY, 1, True)])
    laptop.client.unblock(bob.user_id)
    laptop.until(lambda: seen(laptop) == [(THUMB, 1, False), (HEART, 1, False), (PARTY, 1, True)])
    assert laptop.client.flush()
    assert laptop.client.session
    assert not any(each.has_hidden_reactions for each in laptop.client.session.keeping.kept.messages.all(GENERAL))


def test_a_blocked_message_that_is_shown_goes_on_being_shown_when_somebody_reacts(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    carols = device("carols").register("carol").open()
    bobs.client.send(GENERAL, "rubbish")
    laptop.until(lambda: laptop.timeline().last_seq == 2)
    bob = laptop.client.roster.named("bob")
    assert bob
    laptop.client.block(bob.user_id)
    laptop.until(lambda: last(laptop).is_hidden)
    assert not last(laptop).may_react
    laptop.client.reveal(GENERAL, 2)
    laptop.until(lambda: last(laptop).is_revealed)
    carols.until(lambda: carols.timeline().last_seq == 2)
    carols.client.react(GENERAL, 2, PARTY)
    laptop.until(lambda: seen(laptop) == [(PARTY, 1, False)])
    assert (last(laptop).is_revealed, last(laptop).text) == (True, "rubbish")


def test_of_a_deleted_message_no_reaction_is_left(laptop: Headless, bobs: Headless) -> None:
    bobs.client.react(GENERAL, 1, THUMB)
    laptop.until(lambda: seen(laptop))
    assert last(laptop).may_react
    laptop.client.delete(GENERAL, 1)
    laptop.until(lambda: last(laptop).is_deleted)
    assert (seen(laptop), last(laptop).may_react) == ([], False)


# --- in words ---------------------------------------------------------------------------------------------------------


def test_the_words_name_me_first_and_count_those_who_are_too_many() -> None:
    def words(*user_ids: int) -> str:
        return who([UserId(each) for each in user_ids], ALICE, lambda each: f"p{each}")

    assert words(2) == "p2"
    assert words(2, 1) == "You and p2"
    assert words(2, 3, 4) == "p2, p3 and p4"
    assert words(*range(2, 14)).endswith("p10, p11 and 2 others")


# --- old state and events are the fresh state -------------------------------------------------------------------------


class House:
    """A server with a few messages, and alice's device, which blocks carol or does not."""

    def __init__(self, panes: Panes, *, blocks: bool, keeps: bool) -> None:
        self.messages: dict[Seq, Message] = {seq: message(seq, author_id=BOB) for seq in range(1, 121)}
        self.messages[119] = message(119, author_id=CAROL)
        self.rev = 0
        self.blocked = {CAROL} if blocks else set()
        self.pane: Pane = panes(120, keeps_history=keeps)
        self.pane.outlook = Outlook(blocked=frozenset(self.blocked))
        self._read: tuple[object, object] | None = None
        """A request, and the answer that was read for it before what has happened since."""

    def seen(self, seq: Seq) -> Message:
        return as_seen_message(self.messages[seq], self.blocked)

    def answer_to(self, request: FetchHistory | FetchChanges) -> object:
        page = Pane.answer_to(self.pane, request)
        if isinstance(request, FetchChanges):
            later = sorted((each for each in self.messages.values() if each.rev > request.after_rev), key=_rev)
            return replace(page, messages=tuple(self.seen(each.seq) for each in later[: request.limit]), more=False)
        return replace(page, messages=tuple(self.seen(each.seq) for each in page.messages))

    def read(self) -> None:
        """The server reads what the oldest request asks for; what happens from now on is told before the answer."""
        request = self.pane.wire.requests[0]
        if self._read is None or self._read[0] is not request:
            self._read = (request, self.answer_to(request))

    def serve(self) -> None:
        """The oldest request is answered."""
        self.read()
        assert self._read
        self.pane.wire.answer(self._read[1])
        self._read = None

    def serve_all(self) -> None:
        while self.pane.wire.asked:
            self.serve()

    def react(self, seq: Seq, user_id: UserId, emoji: str) -> ReactionChanged:
        """Somebody adds a reaction or takes it back; what alice would hear of it."""
        present = self.messages[seq]
        is_on = not any(each.emoji == emoji and user_id in each.user_ids for each in present.reactions)
        self.rev += 1
        reactions = with_reaction(present.reactions, emoji, user_id, is_on=is_on)
        self.messages[seq] = replace(present, rev=self.rev, reactions=reactions)
        event = ReactionChanged(GENERAL, seq, self.rev, emoji, user_id, is_on)
        told = as_seen(event, self.blocked)
        assert isinstance(told, ReactionChanged)
        return told

    def hear(self, event: ReactionChanged) -> None:
        self.pane.state = apply(self.pane.state, event)
        self.pane.history.reactions.heard(event)

    def check(self) -> None:
        """What is shown, and what is kept, is what the server has."""
        rows = self.pane.history.timeline(GENERAL).entries
        for row in rows:
            if row.seq:
                found = self.seen(row.seq)
                assert [(each.emoji, each.user_ids) for each in row.reactions] == [
                    (each.emoji, each.user_ids) for each in found.reactions
                ], f"message {row.seq}"
        for seq, kept in self.pane.on_disk.items():
            assert kept.reactions == self.seen(seq).reactions, f"message {seq} on disk"
        assert self.pane.state.channels[GENERAL].last_rev == self.rev


def _rev(message: Message) -> int:
    return message.rev


@pytest.fixture
def panes(tmp_path: Path) -> Iterator[Panes]:
    made = Panes(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("blocks", [False, True], ids=["hears all", "blocks carol"])
@pytest.mark.parametrize("keeps", [False, True], ids=["keeps nothing", "keeps history"])
@pytest.mark.parametrize("seed", range(6))
def test_whatever_comes_in_between_what_is_shown_is_what_the_server_has(
    panes: Panes, seed: int, keeps: bool, blocks: bool
) -> None:
    """Reactions on what is loaded and what is not, pages and catching up under way, drops and returns."""
    chance = random.Random(seed)
    house = House(panes, blocks=blocks, keeps=keeps)
    pane, is_here = house.pane, True
    pane.history.open(GENERAL)
    for _ in range(150):
        match chance.randrange(10):
            case 0 if is_here:
                pane.history.load_older(GENERAL)
            case 1 if is_here and chance.random() < 0.3:
                pane.go()
                is_here = False
            case 2 if not is_here:
                pane.come_back(last_rev=house.rev)
                is_here = True
            case 3 if is_here and pane.wire.asked:
                house.read()
            case 4 if is_here and pane.wire.asked:
                house.serve()
            case _:
                seq = chance.choice((1, 40, 90, 100, 118, 119, 120, 120, 120))
                event = house.react(seq, chance.choice((ALICE, BOB, CAROL)), chance.choice((THUMB, HEART, PARTY)))
                if is_here:
                    house.hear(event)
        if is_here and not pane.wire.asked:
            house.check()
    if not is_here:
        pane.come_back(last_rev=house.rev)
    house.serve_all()
    house.check()


def test_hearing_a_reaction_twice_is_the_same_as_hearing_it_once() -> None:
    known: State = state(public(GENERAL, "general", last_seq=4))
    once = apply(known, ReactionChanged(GENERAL, 4, 7, THUMB, BOB, True))
    assert once.channels[GENERAL].last_rev == 7
    assert apply(once, ReactionChanged(GENERAL, 4, 7, THUMB, BOB, True)) == once


def test_a_reaction_that_follows_on_what_is_known_asks_for_nothing(panes: Panes) -> None:
    house = House(panes, blocks=False, keeps=True)
    house.pane.history.open(GENERAL)
    house.serve_all()
    for user_id in (ALICE, BOB, CAROL):
        house.hear(house.react(120, user_id, THUMB))
    assert house.pane.wire.asked == []
    house.check()
    missed = house.react(119, BOB, HEART)
    house.hear(house.react(120, BOB, HEART))
    assert [type(each) for each in house.pane.wire.requests] == [FetchChanges], "one was missed, so both are asked for"
    house.hear(missed)
    house.serve_all()
    house.check()
