"""All that a device needs to know at the start, made to fit into one frame whatever the house holds."""

from collections.abc import Container, Iterator

from msgspec import Raw, Struct
from sqlalchemy import Connection

from server_app.context import Context
from server_app.directory import Overview
from server_app.permissions import session_over
from server_app.storage import blocks as stored_blocks
from server_app.storage import channels, choices, levels, memberships, mentions
from server_app.storage import receipts as stored_receipts
from server_app.storage import sessions as stored_sessions
from shared.codec import encode
from shared.entities import Channel, Choices, User
from shared.requests import Login, Register, Resume
from shared.types import BlockKind, ChannelId, PictureId, Rev, Token, UserId

from .fitting import FRAME_BUDGET, fit_channels, fit_page
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
    idle_ids: Raw
    do_not_disturb_ids: Raw
    statuses: Raw
    choices: Choices
    mentions: Raw
    levels: Raw
    receipts: Raw
    max_file_size: int
    icon: PictureId
    custom_emoji: Raw


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
    overview = context.house.directory.overview(opened.user_id, request.users_rev if isinstance(request, Resume) else 0)
    seen = {channel.id for channel in (*overview.channels, *own)}
    read_positions, unread_mentions, own_levels = _of_channels(database, opened.user_id, seen)
    now = context.house.clock.steady()
    blocked = stored_blocks.blocks_of(database, opened.user_id, now)
    blocks, receipts = (
        Raw(encode(found)) for found in (blocked, stored_receipts.receipts(database, opened.user_id, now))
    )
    # To whoever blocks somebody, they are not there.
    hidden = {block.user_id for block in blocked if block.kind is BlockKind.BLOCK}
    looks = context.house.present(opened.user_id)
    here = [Raw(encode(ids)) for ids in (looks.without(hidden) if hidden else looks).by_look]
    of_all, of_mine = (overview.users, overview.roles, overview.custom_emoji), (blocks, unread_mentions, own_levels)
    taken = sum(map(len, (*of_all, *of_mine, read_positions, receipts, *here)))
    statuses = _statuses(overview, hidden, (FRAME_BUDGET - taken) // 2)
    taken += len(statuses)
    snapshot = EncodedSnapshot(
        me=overview.me,
        users=overview.users,
        users_since=overview.users_since,
        online_ids=here[0],
        idle_ids=here[1],
        do_not_disturb_ids=here[2],
        statuses=statuses,
        choices=choices.choices_of(database, opened.user_id),
        channels=_fitting(overview, own, FRAME_BUDGET - taken),
        read_positions=read_positions,
        roles=overview.roles,
        blocks=blocks,
        mentions=unread_mentions,
        levels=own_levels,
        receipts=receipts,
        icon=overview.icon,
        custom_emoji=overview.custom_emoji,
        max_file_size=context.house.settings.max_file_size,
        idle_seconds=context.house.settings.limits.idle_seconds,
    )
    return Raw(encode(EncodedLoggedIn(opened.token, snapshot)))


def _of_channels(database: Connection, user_id: UserId, seen: Container[ChannelId]) -> Iterator[Raw]:
    """How far somebody has read, what mentions them, and what they chose; of the channels that they see.

    How far they have read what they may not see any more would tell them that it is there.
    """
    read, unread = memberships.read_positions(database, user_id), mentions.unread_mentions(database, user_id)
    for found in (read, unread, levels.levels(database, user_id)):
        yield Raw(encode([each for each in found if each.channel_id in seen]))


def _statuses(overview: Overview, hidden: Container[UserId], budget: int) -> Raw:
    """What people are up to, but for those who are blocked; in at most so many bytes, the newest."""
    if not hidden and len(overview.encoded_statuses) <= budget:
        return overview.encoded_statuses
    kept = [each for each in overview.statuses if each.user_id not in hidden]
    fitting, _ = fit_page(kept[::-1], len(kept), budget)
    return Raw(encode(fitting[::-1]))


def _fitting(overview: Overview, own: tuple[Channel, ...], budget: int) -> Raw:
    """The public channels and one's own others as JSON of at most so many bytes."""
    public, mine = bytes(overview.encoded_channels), encode(own)
    if len(public) + len(mine) <= budget:
        return Raw(b"[%b]" % b",".join(part[1:-1] for part in (public, mine) if part != b"[]"))
    return Raw(encode(fit_channels((*overview.channels, *own), overview.me.id, budget)))
