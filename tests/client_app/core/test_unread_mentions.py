"""What is known of unread mentions, fact by fact."""

from client_app.core.world.facts import apply
from client_app.core.world.state import State
from shared.entities import ChannelLevel
from shared.events import AnyEvent, ChannelLevelChanged, ChannelRead, ChannelRemoved, MentionChanged
from shared.types import Level, Seq

from .world import GENERAL, PLANS, public, state


def after(*events: AnyEvent, read: Seq = 2) -> State:
    found = state(public(GENERAL, "general", last_seq=9), public(PLANS, "plans", last_seq=9), read={GENERAL: read})
    for event in events:
        found = apply(found, event)
        assert apply(found, event) == found, "hearing it twice does no harm"
    return found


def mention(seq: Seq, *, is_on: bool = True) -> MentionChanged:
    return MentionChanged(channel_id=GENERAL, seq=seq, is_on=is_on)


def test_a_mention_is_known_until_it_is_read_or_taken_back() -> None:
    assert after(mention(5), mention(3)).mentions == {GENERAL: (3, 5)}
    assert after(mention(5), mention(3), mention(5, is_on=False)).mentions == {GENERAL: (3,)}
    assert after(mention(5), mention(3), ChannelRead(GENERAL, 3)).mentions == {GENERAL: (5,)}
    assert after(mention(5), ChannelRead(GENERAL, 9)).mentions == {}


def test_what_is_read_already_is_no_unread_mention() -> None:
    assert after(mention(2)).mentions == {}


def test_reading_that_goes_back_brings_its_mentions() -> None:
    back = ChannelRead(GENERAL, 1, mentions=(2, 4))
    assert after(mention(4), ChannelRead(GENERAL, 9), back).mentions == {GENERAL: (2, 4)}


def test_a_channel_that_is_gone_takes_its_mentions_and_its_level_along() -> None:
    chosen = ChannelLevelChanged(level=ChannelLevel(GENERAL, Level.NONE))
    gone = after(mention(5), chosen, ChannelRemoved(GENERAL))
    assert (gone.mentions, gone.levels) == ({}, {})


def test_only_levels_that_are_not_the_usual_are_kept() -> None:
    muted = ChannelLevel(PLANS, Level.DEFAULT, None)
    assert after(ChannelLevelChanged(level=muted)).levels == {PLANS: muted}
    assert after(ChannelLevelChanged(level=muted), ChannelLevelChanged(level=ChannelLevel(PLANS))).levels == {}
