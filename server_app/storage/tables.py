"""The tables, as the newest migration leaves them. Times are milliseconds since 1970 UTC."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(100), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("rev", Integer, nullable=False, server_default=text("0")),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("device", String(60), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("last_seen_at", Integer, nullable=False, index=True),
    # An id is never used again, so that an event about an ended session cannot reach a new one.
    sqlite_autoincrement=True,
)

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
)

# A row stands only where it says something: somebody left a public channel, has read some of it, or is in a direct one.
memberships = Table(
    "memberships",
    metadata,
    Column("channel_id", Integer, ForeignKey("channels.id"), primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("left", Boolean, nullable=False, server_default=false()),
    Column("read_seq", Integer, nullable=False, server_default=text("0")),
    Index("ix_memberships_user_id", "user_id"),
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel_id", Integer, ForeignKey("channels.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("author_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("client_id", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("rev", Integer, nullable=False, server_default=text("0")),
    Column("edited_at", Integer),
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("channel_id", "seq"),
    # This way round, because clients make their ids of the time: a batch changes one page of the index then, not many.
    UniqueConstraint("client_id", "author_id"),
)

# Only messages that changed are in it, so storing a new one costs nothing more.
_changed = messages.c.rev > 0
Index("ix_messages_rev", messages.c.channel_id, messages.c.rev, sqlite_where=_changed, postgresql_where=_changed)
