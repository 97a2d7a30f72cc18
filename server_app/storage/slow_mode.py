"""When people last wrote where slow mode is on, kept so that a restart lets nobody off."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, update

from shared.types import ChannelId, Milliseconds, UserId

from .prepared import Prepared
from .tables import memberships

_set = Prepared(
    update(memberships)
    .where(memberships.c.channel_id == bindparam("channel"), memberships.c.user_id == bindparam("user"))
    .values(posted_at=bindparam("at"))
)


def set_posted(connection: Connection, moments: Mapping[tuple[ChannelId, UserId], Milliseconds]) -> None:
    """Note when people wrote; that they have read what they wrote stands there already, so there is a row for each."""
    _set.run(connection, [{"channel": channel, "user": user, "at": at} for (channel, user), at in moments.items()])
