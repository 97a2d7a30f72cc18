"""How far the other person of a direct conversation has read: told where both share it and none blocks the other."""

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
        if pair.is_theirs_shared and not pair.is_blocked:
            _tell_both(context, context.me, pair)
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
        if pair.is_shared:
            _tell(context, pair.other_id, ReceiptChanged(pair.channel_id, context.me, pair.seq))


def are_shared(context: Context, user_id: UserId, other_id: UserId) -> bool:
    """Whether these two see it of each other."""
    found = receipts.pairs_with(context.connection, user_id, other_id, context.house.clock.steady())
    return any(pair.is_shared for pair in found)


def tell_between(context: Context, user_id: UserId, other_id: UserId, were_shared: bool) -> None:
    """Tell these two where they see it of each other and did not, or the other way round.

    Nothing is told where nothing changed: whoever is blocked by somebody who shares nothing shall not hear of it.
    """
    for pair in receipts.pairs_with(context.connection, user_id, other_id, context.house.clock.steady()):
        if pair.is_shared is not were_shared:
            _tell_both(context, user_id, pair)


def _tell_both(context: Context, user_id: UserId, pair: Pair) -> None:
    seq, other_seq = (pair.seq, pair.other_seq) if pair.is_shared else (None, None)
    _tell(context, user_id, ReceiptChanged(pair.channel_id, pair.other_id, other_seq))
    _tell(context, pair.other_id, ReceiptChanged(pair.channel_id, user_id, seq))


def _tell(context: Context, user_id: UserId, event: ReceiptChanged) -> None:
    context.emit(event, ToUsers((user_id,)))
