"""Messages, and what belongs to them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.sql import false, text

from .metadata import metadata

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
    # JSON of what only some messages have (`storage.extras`), empty for all others: pages are read without a join.
    Column("extras", Text, nullable=False, server_default=text("''")),
    Column("pinned_at", Integer),
    UniqueConstraint("channel_id", "seq"),
    # This way round, because clients make their ids of the time: a batch changes one page of the index then, not many.
    UniqueConstraint("client_id", "author_id"),
)

# Only messages that changed are in it, so storing a new one costs nothing more.
_changed = messages.c.rev > 0
Index("ix_messages_rev", messages.c.channel_id, messages.c.rev, sqlite_where=_changed, postgresql_where=_changed)
_pinned = messages.c.pinned_at.is_not(None)
Index(
    "ix_messages_pinned_at",
    messages.c.channel_id,
    messages.c.pinned_at,
    sqlite_where=_pinned,
    postgresql_where=_pinned,
)

# Whom a message mentions: what makes counts of unread mentions, and the inbox, one look into an index.
mentions = Table(
    "mentions",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("channel_id", Integer, ForeignKey("channels.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    # No foreign key: a message is never gone before what mentions somebody in it is.
    Column("message_id", Integer, nullable=False),
    Index("ix_mentions_message", "channel_id", "seq"),
    Index("ix_mentions_newest", "user_id", "message_id"),
    sqlite_with_rowid=False,
)

# What an edited message said before, the first version being number 1.
versions = Table(
    "versions",
    metadata,
    Column("channel_id", Integer, ForeignKey("channels.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("written_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

saved_messages = Table(
    "saved_messages",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("channel_id", Integer, ForeignKey("channels.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("saved_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
