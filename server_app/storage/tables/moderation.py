"""Who may come in, who is kept out, and what was done about it."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.sql import false, text

from .metadata import metadata

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

# One row; how people may register is set where the server is started.
policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("needs_approval", Boolean, nullable=False, server_default=false()),
    Column("is_raided", Boolean, nullable=False, server_default=false()),
    # JSON of the words.
    Column("filtered_words", Text, nullable=False, server_default=text("'[]'")),
    # The SHA-256 of the house's picture; empty where it has none.
    Column("icon", String(64), nullable=False, server_default=text("''")),
)
