"""How far the other person of a direct conversation has read: told where both share it, to whoever does not block."""

from collections.abc import Collection

from msgspec.structs import replace

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import choices, receipts
from server_app.storage.receipts import Pair
from shared.events import ChoicesChanged, ReceiptChanged
from shared.requests import Nothing, SetReceipts
from shared.types import ChannelId, UserId


def set_receipts(context: Context, request: SetReceipts, _value: None) -> Nothing:
    """Share it or not; both people of every direct channel of this person hear what they see from now on."""
    known = choices.choices_of(context.connection, context.me)
    if known.shares_receipts is request.is_on:
        return Nothing()
    chosen = replace(known, shares_receipts=request.is_on)
    choices.set_choices(context.connection, context.me, chosen)
    context.emit(ChoicesChanged(user_id=context.me, choices=chosen), ToUsers((context.me,)))
    for pair in receipts.pairs(context.connection, context.me, context.house.clock.steady()):
        if not pair.is_theirs_shared:
            continue
        if not pair.blocks_other:
            _tell_sight(context, context.me, pair)
        if pair.may_be_told:
            _tell(
                context, pair.other_id, ReceiptChanged(pair.channel_id, context.me, pair.seq if pair.is_shown else None)
            )
    return Nothing()


def tell_read(context: Context, channel_ids: Collection[ChannelId]) -> None:
    """The person who asks has read these channels further, or less; of those that are direct the others are told."""
    database, now = context.connection, context.house.clock.steady()
    if len(channel_ids) == 1:
        (channel_id,) = channel_ids
        found = receipts.pair_in(database, context.me, channel_id, now)
    else:
        found = [each for each in receipts.pairs(database, context.me, now) if each.channel_id in channel_ids]
    for pair in found:
        if pair.is_shown:
            _tell(context, pair.other_id, ReceiptChanged(pair.channel_id, context.me, pair.seq))


def sees(context: Context, user_id: UserId, other_id: UserId) -> bool:
    """Whether the first of these sees how far the other has read."""
    found = receipts.pairs_with(context.connection, user_id, other_id, context.house.clock.steady())
    return any(pair.is_seen for pair in found)


def tell_sight(context: Context, user_id: UserId, other_id: UserId, *, saw: bool) -> None:
    """Tell the first of these where they see how far the other has read and did not, or the other way round.

    The other is told nothing: whom somebody blocks cannot tell.
    """
    for pair in receipts.pairs_with(context.connection, user_id, other_id, context.house.clock.steady()):
        if pair.is_seen is not saw:
            _tell_sight(context, user_id, pair)


def _tell_sight(context: Context, user_id: UserId, pair: Pair) -> None:
    seq = pair.other_seq if pair.is_seen else None
    _tell(context, user_id, ReceiptChanged(pair.channel_id, pair.other_id, seq))


def _tell(context: Context, user_id: UserId, event: ReceiptChanged) -> None:
    context.emit(event, ToUsers((user_id,)))
