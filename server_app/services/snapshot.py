"""All that a device needs to know at the start, made to fit into one frame whatever the house holds."""

from collections.abc import Sequence

from msgspec import Raw, Struct

from server_app.context import Context
from server_app.directory import Overview
from server_app.permissions import session_over
from server_app.storage import blocks as stored_blocks
from server_app.storage import channels, memberships
from server_app.storage import sessions as stored_sessions
from shared.codec import encode
from shared.entities import Block, Channel, User
from shared.requests import Login, Register, Resume
from shared.types import BlockKind, Rev, Token, UserId

from .fitting import FRAME_BUDGET, fit_channels
from .sessions import Opened


class EncodedSnapshot(Struct, frozen=True):
    """`Snapshot`, of which the long parts are JSON already."""

    me: User
    users: Raw
    online_ids: Raw
    channels: Raw
    read_positions: Raw
    idle_seconds: float
    users_since: Rev
    roles: Raw
    blocks: Raw


class EncodedLoggedIn(Struct, frozen=True):
    """`LoggedIn` around it."""

    token: Token
    snapshot: EncodedSnapshot


def take_snapshot(context: Context, request: Register | Login | Resume, opened: Opened) -> Raw:
    """JSON of `LoggedIn`: the token, and the house as it is now; of the people, only what a resumed device lacks.

    The connection hears events already, so nothing can fall between. What all see alike comes from the directory, and
    it is asked after the database: what it has not heard of yet comes as an event.
    """
    database = context.connection
    if not stored_sessions.living_sessions(database, {opened.session_id}):
        raise session_over()
    own = channels.own_channels(database, opened.user_id)
    read = memberships.read_positions(database, opened.user_id)
    overview = context.house.directory.overview(opened.user_id, request.users_rev if isinstance(request, Resume) else 0)
    # How far somebody has read what they may not see any more would tell them that it is there.
    seen = {channel.id for channel in (*overview.channels, *own)}
    read_positions = Raw(encode([each for each in read if each.channel_id in seen]))
    blocked = stored_blocks.blocks_of(database, opened.user_id, context.house.clock.steady())
    blocks = Raw(encode(blocked))
    online_ids = Raw(encode(_with(opened.user_id, _without(context.house.online_ids(), blocked))))
    taken = len(overview.users) + len(overview.roles) + len(online_ids) + len(read_positions) + len(blocks)
    snapshot = EncodedSnapshot(
        me=overview.me,
        users=overview.users,
        users_since=overview.users_since,
        online_ids=online_ids,
        channels=_fitting(overview, own, FRAME_BUDGET - taken),
        read_positions=read_positions,
        roles=overview.roles,
        blocks=blocks,
        idle_seconds=context.house.settings.limits.idle_seconds,
    )
    return Raw(encode(EncodedLoggedIn(opened.token, snapshot)))


def _without(online_ids: tuple[UserId, ...], blocks: Sequence[Block]) -> tuple[UserId, ...]:
    """To whoever blocks somebody, they are not there."""
    hidden = {block.user_id for block in blocks if block.kind is BlockKind.BLOCK}
    return tuple(each for each in online_ids if each not in hidden) if hidden else online_ids


def _with(me: UserId, others: tuple[UserId, ...]) -> Sequence[UserId]:
    """In order; whoever has just come is not told of yet, but knows that they are here."""
    return others if me in others else sorted((*others, me))


def _fitting(overview: Overview, own: tuple[Channel, ...], budget: int) -> Raw:
    """The public channels and one's own others as JSON of at most so many bytes."""
    public, mine = bytes(overview.encoded_channels), encode(own)
    if len(public) + len(mine) <= budget:
        return Raw(b"[%b]" % b",".join(part[1:-1] for part in (public, mine) if part != b"[]"))
    return Raw(encode(fit_channels((*overview.channels, *own), overview.me.id, budget)))
