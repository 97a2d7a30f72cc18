"""Whom messages mention: found when something is said or edited, noted for each of them, and told to them alone.

What names somebody who cannot see the channel stays text, and nothing tells so. Whoever blocks the author is mentioned
as everybody sees, but it is nothing to them.
"""

from collections.abc import Collection, Iterable

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import blocks, channels, memberships, mentions, roles
from shared.entities import Channel, Mention, Message
from shared.errors import BadRequest
from shared.events import MentionChanged
from shared.limits import MAX_INTEGER, MAX_MENTIONS
from shared.mentions import CHANNEL, EVERYBODY, chosen, places
from shared.names import name_key
from shared.requests import FetchMentions, MentionPage
from shared.rights import Standing, may
from shared.types import ChannelId, MessageId, MessageKind, Permission, UserId

from .blocks import as_seen_by_me
from .fitting import FRAME_BUDGET, fit_page


def find_mentions(context: Context, who: Standing, channel_id: ChannelId, body: str) -> tuple[Mention, ...]:
    """Whom a text of this person mentions in a channel. Raises `BadRequest` where it does so too often.

    Not to be asked for what has no `@` in it: that is the usual case, and nothing is to be done for it.
    """
    found = tuple(places(body))
    keys = {key for place in found for key in place.keys}
    known: dict[str, UserId | None] = dict(context.house.directory.people_named(keys))
    known |= dict.fromkeys(keys.intersection(EVERYBODY))
    channel = channels.channel(context.connection, channel_id) if known else None
    if channel is None:
        return ()
    people = _who_see_it(context, channel, {each for each in known.values() if each is not None})
    is_for_all = may(who, Permission.MENTION_EVERYBODY, channel)
    named = (Mention(*each) for each in chosen(found, known))
    meant = tuple(each for each in named if (is_for_all if each.user_id is None else each.user_id in people))
    if len(meant) > MAX_MENTIONS:
        raise BadRequest(
            f"A message mentions people at most {MAX_MENTIONS} times; this one does so {len(meant)} times. "
            "Write some of the names without “@”."
        )
    return meant


def tell_mentions(context: Context, message: Message) -> None:
    """Note whom a new message mentions, and tell them; before the message itself is told."""
    user_ids = _notified(context, message, message.mentions)
    mentions.add_mentions(context.connection, message, user_ids)
    _tell(context, message, user_ids, is_on=True)


def tell_changed_mentions(context: Context, before: Message, after: Message) -> None:
    """Note whom a message mentions that was changed; only those hear of it for whom it is new, or no more so."""
    had = mentions.mentioned(context.connection, after.channel_id, after.seq)
    was_for_all, is_for_all = (any(each.user_id is None for each in of.mentions) for of in (before, after))
    is_as_before = was_for_all and is_for_all
    # Whoever came since the message was said for everybody is not among those whom it was said for.
    named = tuple(each for each in after.mentions if not (is_as_before and each.user_id is None))
    wanted = _notified(context, after, named) | (had if is_as_before else frozenset())
    mentions.add_mentions(context.connection, after, wanted - had)
    mentions.remove_mentions(context.connection, after.channel_id, after.seq, had - wanted)
    _tell(context, after, wanted - had, is_on=True)
    _tell(context, after, _viewers(context, after.channel_id, had - wanted), is_on=False)


def forget_mentions(context: Context, deleted: Iterable[Message]) -> None:
    """Let messages that were deleted together mention nobody any more."""
    gone = tuple(deleted)
    found = mentions.take_mentions(context.connection, gone)
    for message in gone:
        if user_ids := found.get((message.channel_id, message.seq)):
            _tell(context, message, _viewers(context, message.channel_id, user_ids), is_on=False)


def fetch_mentions(context: Context, request: FetchMentions, _value: None) -> MentionPage:
    """A page over all channels that the person sees now; what is hidden from them is left out."""
    public = context.house.directory.overview(context.me, 0).channels
    seen = [each.id for each in (*public, *channels.own_channels(context.connection, context.me))]
    before_id = MessageId(MAX_INTEGER) if request.before_id is None else request.before_id
    found = mentions.page_of_mentions(context.connection, context.me, seen, before_id, request.limit + 1)
    page, more = fit_page(as_seen_by_me(context, found), request.limit, FRAME_BUDGET)
    return MentionPage(
        messages=tuple(message for message in page if not message.is_hidden),
        before_id=page[-1].id if more and page else None,
    )


def _notified(context: Context, message: Message, found: Collection[Mention]) -> frozenset[UserId]:
    """Whom these mentions are for: of those who are meant, all who hear the channel and do not block who speaks."""
    meant = {each.user_id for each in found if each.user_id is not None}
    for words in {name_key(message.body[each.start + 1 : each.start + each.length]) for each in found if _is_all(each)}:
        meant |= context.house.directory.user_ids() if words == CHANNEL else set(context.house.connected_ids())
    meant.discard(message.author_id)
    if message.kind is not MessageKind.ANNOUNCEMENT:
        meant -= _who_block(context, message.speakers)
    channel = channels.channel(context.connection, message.channel_id) if meant else None
    if channel is None:
        return frozenset()
    return _who_see_it(context, channel, meant) - _unaware(context, channel.id)


def _is_all(mention: Mention) -> bool:
    return mention.user_id is None


def _who_see_it(context: Context, channel: Channel, user_ids: Collection[UserId]) -> frozenset[UserId]:
    """Those of these people who are in a channel and may see it, also where they were not told of it."""
    standings = roles.standings(context.connection, user_ids, context.house.clock.steady()) if user_ids else {}
    return frozenset(
        user_id
        for user_id, standing in standings.items()
        if channel.has_member(user_id) and may(standing, Permission.VIEW_CHANNELS, channel)
    )


def _viewers(context: Context, channel_id: ChannelId, user_ids: Collection[UserId]) -> frozenset[UserId]:
    """Those of these people whose devices know of a channel: nobody else may hear that there is something in it."""
    channel = channels.channel(context.connection, channel_id) if user_ids else None
    if channel is None:
        return frozenset()
    standings = roles.standings(context.connection, user_ids, context.house.clock.steady())
    seeing = (each for each, standing in standings.items() if may(standing, Permission.VIEW_CHANNELS, channel))
    return frozenset(seeing) - _unaware(context, channel_id)


def _unaware(context: Context, channel_id: ChannelId) -> frozenset[UserId]:
    return frozenset(memberships.withheld_members(context.connection, channel_id))


def _who_block(context: Context, speakers: Collection[UserId]) -> set[UserId]:
    database, house = context.connection, context.house
    if house.standings.blocked(database).isdisjoint(speakers):
        return set()
    found = blocks.blocked_by(database, speakers, house.clock.steady())
    return {user_id for each in found.values() for user_id in each}


def _tell(context: Context, message: Message, user_ids: Collection[UserId], *, is_on: bool) -> None:
    if user_ids:
        changed = MentionChanged(channel_id=message.channel_id, seq=message.seq, is_on=is_on)
        context.emit(changed, ToUsers(tuple(sorted(user_ids))))
