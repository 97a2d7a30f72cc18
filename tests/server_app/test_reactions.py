"""Emoji under messages: who may put them, how many there may be, who is told, and what becomes of them."""

import threading

import pytest

from server_app.app import App
from shared.entities import Message, Reaction
from shared.errors import Code
from shared.events import MessageChanged, ReactionChanged
from shared.limits import MAX_REACTION_KINDS
from shared.requests import (
    ArchiveChannel,
    ChangeChannel,
    CreateChannel,
    DeleteMessage,
    FetchChanges,
    FetchHistory,
    PurgeMessages,
    RemoveBlock,
    RevealMessage,
    SendMessage,
    SetBlock,
    SetReaction,
)
from shared.types import GENERAL, BlockKind, ChannelId, MessageKind, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, told_of

THUMB, HEART, PARTY = "👍", "❤️", "🎉"
FACES = tuple(chr(0x1F600 + number) for number in range(MAX_REACTION_KINDS + 1))


def react(peer: Peer, emoji: str, seq: Seq = 1, channel_id: ChannelId = GENERAL, *, is_on: bool = True) -> None:
    peer.request(SetReaction(channel_id=channel_id, seq=seq, emoji=emoji, is_on=is_on))


def message(peer: Peer, seq: Seq = 1) -> Message:
    """As somebody sees it who reads it now."""
    page = peer.request(FetchHistory(channel_id=GENERAL, after_seq=seq - 1, limit=1)).messages
    return page[0]


def reactions(peer: Peer, seq: Seq = 1) -> dict[str, tuple[int, ...]]:
    return {each.emoji: each.user_ids for each in message(peer, seq).reactions}


def test_a_reaction_is_told_in_few_words_and_kept_with_the_message(alice: Peer, bob: Peer) -> None:
    alice.say("soup is ready")
    react(bob, THUMB)
    for peer in (alice, bob):
        (event,) = told_of(peer, ReactionChanged)
        assert event == ReactionChanged(GENERAL, 1, 1, THUMB, bob.user_id, True)
    react(alice, THUMB)
    react(alice, PARTY)
    assert message(alice).reactions == (
        Reaction(THUMB, (bob.user_id, alice.user_id)),
        Reaction(PARTY, (alice.user_id,)),
    )
    react(bob, THUMB, is_on=False)
    assert reactions(bob) == {THUMB: (alice.user_id,), PARTY: (alice.user_id,)}
    react(alice, THUMB, is_on=False)
    assert reactions(bob) == {PARTY: (alice.user_id,)}, "an emoji that nobody uses is gone"


def test_what_is_so_already_changes_nothing_and_is_told_to_nobody(alice: Peer, bob: Peer) -> None:
    alice.say("soup is ready")
    react(bob, THUMB, is_on=False)
    react(bob, THUMB)
    react(bob, THUMB)
    assert [event.rev for event in told_of(alice, ReactionChanged)] == [1]


def test_an_emoji_is_the_same_with_and_without_its_selector(alice: Peer, bob: Peer) -> None:
    alice.say("soup is ready")
    react(alice, "\u2764")
    react(bob, "\u2764\ufe0f")
    assert reactions(alice) == {HEART: (alice.user_id, bob.user_id)}


@pytest.mark.parametrize("emoji", ["x", "👍👍", "\ufe0f", ":+1:", "🏽", "\u200d"])
def test_only_emoji_that_unicode_knows_are_taken(alice: Peer, emoji: str) -> None:
    alice.say("soup is ready")
    assert refusal(alice, SetReaction(channel_id=GENERAL, seq=1, emoji=emoji)) == (
        Code.BAD_REQUEST,
        "This is no emoji that Hearth knows. Choose another one.",
    )
    assert reactions(alice) == {}


def test_the_twenty_first_kind_is_refused_and_joining_one_is_not(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice, bob = (connect(app).register(name) for name in ("alice", "bob"))
    alice.say("soup is ready")
    for face in FACES[:-1]:
        react(alice, face)
    code, sentence = refusal(bob, SetReaction(channel_id=GENERAL, seq=1, emoji=FACES[-1]))
    assert code is Code.CONFLICT
    assert sentence == "There are 20 different reactions to this message already. Join one of them."
    react(bob, FACES[0])
    react(alice, FACES[1], is_on=False)
    react(bob, FACES[-1])
    assert len(reactions(alice)) == MAX_REACTION_KINDS


def test_of_all_reactions_together_there_is_a_limit_too(
    start_server: ServerFactory, connect: ConnectFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server_app.services.reactions.MAX_REACTIONS", 2)
    app = start_server(limits=FREE)
    alice, bob = (connect(app).register(name) for name in ("alice", "bob"))
    alice.say("soup is ready")
    react(alice, THUMB)
    react(alice, HEART)
    assert refusal(bob, SetReaction(channel_id=GENERAL, seq=1, emoji=THUMB))[0] is Code.CONFLICT


def test_there_is_no_reacting_to_what_is_not_there_or_was_deleted(alice: Peer) -> None:
    alice.say("soup is ready")
    react(alice, THUMB)
    alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
    assert message(alice).reactions == ()
    assert refusal(alice, SetReaction(channel_id=GENERAL, seq=1, emoji=THUMB)) == (
        Code.NOT_FOUND,
        "This message was deleted.",
    )
    assert refusal(alice, SetReaction(channel_id=GENERAL, seq=2, emoji=THUMB))[0] is Code.NOT_FOUND


def test_whoever_may_not_write_may_not_react_but_need_not_wait_for_slow_mode(alice: Peer, bob: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    alice.say("soup", channel_id)
    alice.request(ChangeChannel(channel_id=channel_id, slow_seconds=3600))
    bob.say("good", channel_id)
    react(bob, THUMB, 1, channel_id)
    react(bob, HEART, 1, channel_id)
    alice.request(ChangeChannel(channel_id=channel_id, is_read_only=True))
    assert refusal(bob, SetReaction(channel_id=channel_id, seq=1, emoji=PARTY))[0] is Code.FORBIDDEN
    alice.request(ArchiveChannel(channel_id=channel_id))
    assert refusal(alice, SetReaction(channel_id=channel_id, seq=1, emoji=PARTY))[0] is Code.FORBIDDEN


def test_whoever_was_away_gets_the_message_as_it_is_now_once(alice: Peer, bob: Peer) -> None:
    alice.say("soup is ready")
    alice.say("and bread")
    react(alice, THUMB)
    react(bob, THUMB)
    react(bob, HEART, 2)
    changed = bob.request(FetchChanges(channel_id=GENERAL, after_rev=0)).messages
    assert [(each.seq, each.rev, len(each.reactions)) for each in changed] == [(1, 2, 1), (2, 3, 1)]


def test_reactions_outlive_the_server_and_newcomers_know_the_revision(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    alice.say("soup is ready")
    react(alice, THUMB)
    bob = connect(app).register("bob")
    assert next(each for each in bob.snapshot.channels if each.id == GENERAL).last_rev == 1
    app.stop(5)
    again = start_server(limits=FREE, database=app.settings.database)
    assert reactions(connect(again).log_in("alice")) == {THUMB: (alice.user_id,)}


def test_a_purge_takes_the_reactions_with_it(alice: Peer, bob: Peer) -> None:
    bob.say("rubbish")
    react(alice, THUMB)
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    assert reactions(alice) == {}


# --- blocks -----------------------------------------------------------------------------------------------------------


def test_whoever_blocks_somebody_hears_only_that_the_revision_moved_on(alice: Peer, bob: Peer, carol: Peer) -> None:
    alice.say("soup is ready")
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    react(bob, THUMB)
    react(bob, HEART)
    react(carol, THUMB)
    assert told_of(alice, ReactionChanged) == [
        ReactionChanged(GENERAL, 1, 1, "", None, False),
        ReactionChanged(GENERAL, 1, 2, "", None, False),
        ReactionChanged(GENERAL, 1, 3, THUMB, carol.user_id, True),
    ]
    assert len([event for event in told_of(bob, ReactionChanged) if event.emoji]) == 3, "bob cannot tell"
    (changed,) = alice.request(FetchChanges(channel_id=GENERAL, after_rev=0)).messages
    assert changed == message(alice)
    assert (changed.reactions, changed.has_hidden_reactions) == ((Reaction(THUMB, (carol.user_id,)),), True)
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert reactions(alice) == {THUMB: (bob.user_id, carol.user_id), HEART: (bob.user_id,)}


def test_there_is_no_reacting_to_somebody_whom_one_blocks(alice: Peer, bob: Peer) -> None:
    bob.say("rubbish")
    react(alice, THUMB)
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    assert refusal(alice, SetReaction(channel_id=GENERAL, seq=1, emoji=HEART)) == (
        Code.FORBIDDEN,
        "You block whoever said this. Unblock them to react to it.",
    )
    assert message(alice).reactions == ()
    react(alice, THUMB, is_on=False)
    assert reactions(bob) == {}, "taking it back is always possible"


def test_a_message_that_is_shown_all_the_same_hides_how_blocked_people_reacted(alice: Peer, bob: Peer) -> None:
    bob.say("rubbish")
    react(bob, THUMB)
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    revealed = alice.request(RevealMessage(channel_id=GENERAL, seq=1)).message
    assert (revealed.body, revealed.reactions) == ("rubbish", ())


def test_an_announcement_of_a_blocked_person_can_be_reacted_to(server: App, connect: ConnectFactory) -> None:
    alice, bob = (connect().register(name) for name in ("alice", "bob"))
    alice.request(SendMessage(channel_id=GENERAL, client_id="client-id-1", body="soup", kind=MessageKind.ANNOUNCEMENT))
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    react(bob, THUMB)
    assert reactions(bob) == {THUMB: (bob.user_id,)}


# --- many at once -----------------------------------------------------------------------------------------------------


def test_five_hundred_reactions_at_once_all_count(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    alice.say("soup is ready")
    peers = [connect(app).register(f"user{number:02}") for number in range(25)]

    def rush(peer: Peer) -> None:
        asked = [peer.ask(SetReaction(channel_id=GENERAL, seq=1, emoji=face)) for face in FACES[:20]]
        for request_id in asked:
            peer.done(request_id)

    threads = [threading.Thread(target=rush, args=(peer,)) for peer in peers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = told_of(alice, ReactionChanged)
    assert [event.rev for event in events] == list(range(1, 501)), "each once, in order"
    assert told_of(alice, MessageChanged) == []
    assert {len(people) for people in reactions(alice).values()} == {25}
    assert message(alice).rev == 500
