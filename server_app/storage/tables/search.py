"""What the search index has, beside the index itself, which has a shape of its own."""

from sqlalchemy import Column, Integer, Table, Text

from .metadata import metadata

# How far each channel is in the index: shard by shard, up to which number, and when what is in the shard was said.
search_shards = Table(
    "search_shards",
    metadata,
    Column("channel_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("first_at", Integer, nullable=False),
    Column("last_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Messages that are in the index as they were, and what they were; emptied by whoever keeps the index. No foreign keys:
# the message may be gone.
search_changes = Table(
    "search_changes",
    metadata,
    Column("channel_id", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("author_id", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("extras", Text, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("pinned_at", Integer),
    sqlite_with_rowid=False,
)
