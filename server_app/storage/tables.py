"""The tables, as the newest migration leaves them. Times are milliseconds since 1970 UTC."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.sql import false, text, true

metadata = MetaData()

roles = Table(
    "roles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    Column("rank", Integer, nullable=False),
    # JSON: the names of the permissions.
    Column("permissions", Text, nullable=False),
    # An id is never used again, so that an override cannot come to mean another role.
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    Column("password_hash", String(100), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("rev", Integer, nullable=False, server_default=text("0")),
    Column("role_id", Integer, nullable=False, server_default=text("4")),
    Column("timeout_until", Integer, nullable=False, server_default=text("0")),
    Column("is_banned", Boolean, nullable=False, server_default=false()),
    # Made an account and waits for approval: nobody sees them, and they cannot log in.
    Column("is_pending", Boolean, nullable=False, server_default=false()),
    # What they tell of themselves.
    Column("display_name", String(80), nullable=False, server_default=text("''")),
    # Its letters and digits in the form in which look-alikes are the same.
    Column("display_key", String(200), nullable=False, server_default=text("''")),
    Column("pronouns", String(40), nullable=False, server_default=text("''")),
    Column("about", String(1000), nullable=False, server_default=text("''")),
    Column("status_text", String(200), nullable=False, server_default=text("''")),
    Column("status_until", Integer, nullable=False, server_default=text("0")),
    # What they chose to be while they are here; empty for nothing in particular.
    Column("availability", String(20), nullable=False, server_default=text("''")),
    Column("shares_last_seen", Boolean, nullable=False, server_default=true()),
    Column("shares_receipts", Boolean, nullable=False, server_default=true()),
    Column("last_seen_at", Integer, nullable=False, server_default=text("0")),
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
    # From which it was opened last; for bans of addresses.
    Column("address", String(45), nullable=False, server_default=text("''")),
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

# What somebody wrote down about another person, for their own eyes.
notes = Table(
    "notes",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("other_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

invites = Table(
    "invites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("role_id", Integer, nullable=False),
    Column("created_by", Integer, ForeignKey("users.id")),
    Column("created_at", Integer, nullable=False),
    Column("expires_at", Integer),
    Column("max_uses", Integer),
    Column("uses", Integer, nullable=False, server_default=text("0")),
    Column("is_revoked", Boolean, nullable=False, server_default=false()),
)

invite_uses = Table(
    "invite_uses",
    metadata,
    Column("invite_id", Integer, ForeignKey("invites.id"), primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("used_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Either a person or an address.
bans = Table(
    "bans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id"), unique=True),
    Column("address", String(45), unique=True),
    Column("reason", Text, nullable=False),
    Column("created_by", Integer, ForeignKey("users.id")),
    Column("created_at", Integer, nullable=False),
    Column("until", Integer),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reporter_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("author_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("channel_id", Integer, ForeignKey("channels.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("said_at", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("closed_by", Integer, ForeignKey("users.id")),
    Column("closed_at", Integer),
    Column("outcome", Text, nullable=False, server_default=text("''")),
)

# Entries are only added: triggers refuse to change or remove any.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("action", String(40), nullable=False),
    Column("actor_id", Integer),
    Column("user_id", Integer),
    Column("channel_id", Integer),
    Column("detail", Text, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    # The index: whoever writes asks who blocks them.
    Column("other_id", Integer, ForeignKey("users.id"), primary_key=True, index=True),
    Column("kind", String(10), nullable=False),
    Column("until", Integer),
    sqlite_with_rowid=False,
)

# One row; how people may register is set where the server is started.
policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("needs_approval", Boolean, nullable=False, server_default=false()),
    Column("is_raided", Boolean, nullable=False, server_default=false()),
    # JSON of the words.
    Column("filtered_words", Text, nullable=False, server_default=text("'[]'")),
)

# What the limits remember across a restart. Keys are hashed: no typed name and no address is in it.
buckets = Table(
    "buckets",
    metadata,
    Column("rate", String(40), primary_key=True),
    Column("key_hash", String(64), primary_key=True),
    Column("full_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# From where somebody has logged in before, hashed.
known_addresses = Table(
    "known_addresses",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("address_hash", String(64), primary_key=True),
    Column("seen_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
