"""Channels, and who is in them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.sql import false, text

from .metadata import metadata

channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(80), nullable=False),
    # One of the two keys is set: a public channel has a name of its own, a direct one the pair of its people.
    Column("name_key", String(200), unique=True),
    Column("pair_key", String(50), unique=True),
    Column("topic", Text, nullable=False),
    Column("created_by", Integer, ForeignKey("users.id")),
    Column("created_at", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False, server_default=text("0")),
    Column("last_rev", Integer, nullable=False, server_default=text("0")),
    Column("is_read_only", Boolean, nullable=False, server_default=false()),
    Column("slow_seconds", Integer, nullable=False, server_default=text("0")),
    Column("is_archived", Boolean, nullable=False, server_default=false()),
    # JSON of `tuple[Override, ...]`, empty where there are none: whoever writes must know them without a second query.
    Column("overrides", Text, nullable=False, server_default=text("''")),
    # A deleted channel keeps its row, so that its id is never used again; what was said in it is removed bit by bit.
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
)

# A row stands only where it says something: somebody left a public channel, has read some of it, or is, or was, in
# another one. Of the latter, `left` is set where they are not in it any more.
memberships = Table(
    "memberships",
    metadata,
    Column("channel_id", Integer, ForeignKey("channels.id"), primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("left", Boolean, nullable=False, server_default=false()),
    Column("read_seq", Integer, nullable=False, server_default=text("0")),
    # When they last wrote, where slow mode was on.
    Column("posted_at", Integer, nullable=False, server_default=text("0")),
    # Who brought them in, where that is somebody whom they block: they are not told of the channel.
    Column("withheld_by", Integer),
    # Of what they want to be notified here; empty for what holds everywhere.
    Column("level", String(10), nullable=False, server_default=text("''")),
    Column("muted_until", Integer, nullable=False, server_default=text("0")),
    Index("ix_memberships_user_id", "user_id"),
    sqlite_with_rowid=False,
)
