"""Of whom a person does not want to hear: setting and ending it, and what they get to see meanwhile."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from server_app.audiences import ToUsers
from server_app.blocks import as_seen_message, without_their_reactions
from server_app.context import Context
from server_app.storage import accounts, blocks, channels, memberships, messages, roles, statuses
from shared.entities import Block, Message
from shared.errors import Forbidden, NotFound
from shared.events import BlocksChanged, ChannelRead, StatusSet
from shared.requests import Nothing, RemoveBlock, Revealed, RevealMessage, SetBlock
from shared.rights import may
from shared.types import BlockKind, ChannelId, ChannelKind, MessageKind, Permission, Seq, UserId

from .members import reveal
from .receipts import sees, tell_sight


def set_block(context: Context, request: SetBlock, _value: None) -> Nothing:
    """Block or mute a person, in place of what was set before. Only one's own devices hear of it."""
    database, now = context.connection, context.house.clock.steady()
    if request.user_id == context.me:
        raise Forbidden("You cannot block or mute yourself.")
    if accounts.user(database, request.user_id) is None:
        raise NotFound("There is no such person.")
    until = None if request.seconds is None else now + request.seconds * 1000
    block = Block(user_id=request.user_id, kind=request.kind, until=until)
    present = {each.user_id: each for each in blocks.blocks_of(database, context.me, now)}
    if present.get(request.user_id) == block:
        return Nothing()
    most = context.house.settings.limits.blocks_per_account
    if request.user_id not in present and len(present) >= most:
        raise Forbidden(f"You block or mute {most:.0f} people, and more are not kept. Unblock somebody first.")
    saw = sees(context, context.me, request.user_id)
    blocks.add_block(database, context.me, block)
    _tell(context, context.me, (request.user_id,))
    if request.kind is not BlockKind.BLOCK:
        _tell_withheld(context, context.me, request.user_id)
    tell_sight(context, context.me, request.user_id, saw=saw)
    return Nothing()


def remove_block(context: Context, request: RemoveBlock, _value: None) -> Nothing:
    """Hear of a person again, also of the channels into which they brought one meanwhile."""
    saw = sees(context, context.me, request.user_id)
    if blocks.remove_block(context.connection, context.me, request.user_id):
        _tell(context, context.me, (request.user_id,))
        _tell_withheld(context, context.me, request.user_id)
        tell_sight(context, context.me, request.user_id, saw=saw)
    return Nothing()


def end_blocks(context: Context) -> None:
    """Remove those that are over. They hid nothing any more; this tells the devices of whoever had set them."""
    ended: defaultdict[UserId, list[UserId]] = defaultdict(list)
    over = blocks.blocks_that_ended(context.connection, context.house.clock.steady())
    for user_id, other_id, _ in over:
        blocks.remove_block(context.connection, user_id, other_id)
        ended[user_id].append(other_id)
    for user_id, other_ids in ended.items():
        _tell(context, user_id, other_ids)
        for other_id in other_ids:
            _tell_withheld(context, user_id, other_id)
    for user_id, other_id, kind in over:
        if kind is BlockKind.BLOCK:
            tell_sight(context, user_id, other_id, saw=False)


def reveal_message(context: Context, request: RevealMessage, _value: None) -> Revealed:
    """One message as it really is, whoever said it; how blocked people reacted to it stays hidden."""
    message = messages.message(context.connection, context.channel.id, request.seq)
    if message is None:
        raise NotFound("There is no such message.")
    blocked = blocks.hidden_from(context.connection, context.me, context.house.clock.steady())
    return Revealed(message=without_their_reactions(message, blocked) if message.reactions else message)


def as_seen_by_me(context: Context, found: Sequence[Message]) -> list[Message]:
    """Messages as the person sees them who asks."""
    blocked = blocks.hidden_from(context.connection, context.me, context.house.clock.steady())
    return [as_seen_message(message, blocked) for message in found]


def pass_over_hidden(context: Context, new: Sequence[Message]) -> None:
    """Let what is hidden from somebody count as read where they had read all before it: it shall not call them.

    To be asked after what was said is told, and after its authors have read it. Costs next to nothing where nobody
    blocks any of the authors.
    """
    said_by = {message.author_id for message in new} | {each.forwarded_from for each in new if each.forwarded_from}
    authors = said_by & context.house.standings.blocked(context.connection)
    if not authors:
        return
    blockers = blocks.blocked_by(context.connection, authors, context.house.clock.steady())
    if not blockers:
        return
    said: defaultdict[ChannelId, list[Message]] = defaultdict(list)
    for message in new:
        said[message.channel_id].append(message)
    for channel_id, in_channel in said.items():
        _pass_over(context, channel_id, in_channel, blockers)


def _pass_over(
    context: Context, channel_id: ChannelId, said: Sequence[Message], blockers: Mapping[UserId, tuple[UserId, ...]]
) -> None:
    hidden = [
        (message.seq, frozenset(who for each in message.speakers for who in blockers.get(each, ())))
        for message in said
        if message.kind is not MessageKind.ANNOUNCEMENT
    ]
    candidates = frozenset[UserId]().union(*(who for _, who in hidden))
    hearers = _hearers(context, channel_id, candidates)
    if not hearers:
        return
    known = blocks.read_seqs(context.connection, channel_id, hearers)
    reached: defaultdict[Seq, list[UserId]] = defaultdict(list)
    for user_id in hearers:
        before = now = known.get(user_id, 0)
        for seq, who in hidden:
            if seq == now + 1 and user_id in who:
                now = seq
        if now > before:
            reached[now].append(user_id)
    for seq, user_ids in reached.items():
        memberships.set_read(context.connection, [(channel_id, user_id, seq) for user_id in user_ids])
        context.emit(ChannelRead(channel_id=channel_id, seq=seq), ToUsers(tuple(user_ids)))


def _hearers(context: Context, channel_id: ChannelId, user_ids: frozenset[UserId]) -> list[UserId]:
    """Those of these people who hear a channel, by id: nobody else may even learn that something is said there.

    Nobody in a direct channel: the other person may see how far it is read, and what nobody looked at is not read. It
    calls nobody either, because whoever blocks the other person does not have it in their list.
    """
    channel = channels.channel(context.connection, channel_id) if user_ids else None
    if channel is None or channel.kind is ChannelKind.DIRECT:
        return []
    withheld = memberships.withheld_members(context.connection, channel_id)
    standings = roles.standings(context.connection, user_ids, context.house.clock.steady())
    return [
        user_id
        for user_id, standing in sorted(standings.items())
        if channel.has_member(user_id) and user_id not in withheld and may(standing, Permission.VIEW_CHANNELS, channel)
    ]


def _tell(context: Context, user_id: UserId, other_ids: Sequence[UserId]) -> None:
    """Tell a person's own devices, and nobody else; also what the others are up to, which they hear as blocks allow."""
    present = blocks.blocks_of(context.connection, user_id, context.house.clock.steady())
    context.emit(BlocksChanged(user_id=user_id, blocks=present), ToUsers((user_id,)))
    for other_id in other_ids:
        status = statuses.status_of(context.connection, other_id)
        if status is not None:
            context.emit(StatusSet(user_id=other_id, status=status), ToUsers((user_id,)))


def _tell_withheld(context: Context, user_id: UserId, by: UserId) -> None:
    """Of the channels into which the other one brought this person while they blocked them."""
    for channel_id in blocks.withheld_channels(context.connection, user_id, by):
        reveal(context, channels.channel(context.connection, channel_id), user_id)
