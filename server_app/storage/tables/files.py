"""Files that people gave: their content, once, and what it is attached to."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.sql import false, text

from .metadata import metadata

# What lies in the folder of files, by the SHA-256 of its content. A row goes when nothing refers to it any more.
files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("created_at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A file under the name that somebody gave it. Without a channel: uploaded, and not yet said.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False, index=True),
    Column("owner_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", String(100), nullable=False),
    # Of pictures, in pixels, as they are to be shown; 0 of all others.
    Column("width", Integer, nullable=False, server_default=text("0")),
    Column("height", Integer, nullable=False, server_default=text("0")),
    Column("is_animated", Boolean, nullable=False, server_default=false()),
    # A picture of a few pixels, to be shown until the real one is there.
    Column("preview", LargeBinary, nullable=False, server_default=text("''")),
    Column("created_at", Integer, nullable=False),
    Column("channel_id", Integer, ForeignKey("channels.id")),
    Column("seq", Integer),
    Index("ix_attachments_message", "channel_id", "seq"),
    # With the size, so that a person's sum is read from the index alone.
    Index("ix_attachments_owner", "owner_id", "size"),
    # An id is never used again, so that a message on its way cannot come to hold another file.
    sqlite_autoincrement=True,
)

# What is on its way here; the bytes that have come lie in the folder of files.
uploads = Table(
    "uploads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("name", String(255), nullable=False),
    Column("touched_at", Integer, nullable=False, index=True),
    # What became of it, so that whoever lost the answer can ask again.
    Column("attachment_id", Integer),
    UniqueConstraint("owner_id", "sha256"),
    sqlite_autoincrement=True,
)

# Emoji of the house: `:name:` in messages and reactions.
custom_emoji = Table(
    "custom_emoji",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(32), nullable=False, unique=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False, index=True),
    Column("is_animated", Boolean, nullable=False, server_default=false()),
    Column("created_by", Integer, ForeignKey("users.id")),
    Column("created_at", Integer, nullable=False),
    sqlite_autoincrement=True,
)
