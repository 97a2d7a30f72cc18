"""What the limits remember across a restart."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from .metadata import metadata

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
