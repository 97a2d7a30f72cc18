"""People: their roles, accounts, devices, and what they keep of one another."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.sql import false, text, true

from .metadata import metadata

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
    # The SHA-256 of their picture; empty where they have none.
    Column("avatar", String(64), nullable=False, server_default=text("''")),
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

# What somebody wrote down about another person, for their own eyes.
notes = Table(
    "notes",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("other_id", Integer, ForeignKey("users.id"), primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
