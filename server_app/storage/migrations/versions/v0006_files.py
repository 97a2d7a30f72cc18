"""Files: what people attach to messages, pictures of people and of the house, emoji of the house."""

import sqlalchemy as sa
from alembic import op

from server_app.storage.migrations import permissions

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_GIVEN = {
    # Whoever may do the one may do the other from now on.
    "send_messages": ("attach_files",),
    "manage_server": ("manage_emoji",),
}


def upgrade() -> None:
    """Add what is empty at first; nothing that is there changes but the roles, which get the new permissions."""
    op.add_column("users", _hash("avatar"))
    op.add_column("policy", _hash("icon"))
    _make_files()
    _make_attachments()
    _make_uploads()
    _make_custom_emoji()
    permissions.give(_GIVEN)


def _hash(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), nullable=False, server_default=sa.text("''"))


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _file() -> sa.Column[str]:
    return sa.Column("sha256", sa.String(64), sa.ForeignKey("files.sha256"), nullable=False)


def _owner() -> sa.Column[int]:
    return sa.Column("owner_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False)


def _make_files() -> None:
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        _number("size"),
        _number("created_at"),
        sqlite_with_rowid=False,
    )


def _make_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer, primary_key=True),
        _file(),
        _owner(),
        sa.Column("name", sa.String(255), nullable=False),
        _number("size"),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("width", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("height", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("is_animated", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("preview", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
        _number("created_at"),
        sa.Column("channel_id", sa.Integer, sa.ForeignKey("channels.id")),
        sa.Column("seq", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attachments_sha256", "attachments", ["sha256"])
    op.create_index("ix_attachments_message", "attachments", ["channel_id", "seq"])
    op.create_index("ix_attachments_owner", "attachments", ["owner_id", "size"])


def _make_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(),
        sa.Column("sha256", sa.String(64), nullable=False),
        _number("size"),
        sa.Column("name", sa.String(255), nullable=False),
        _number("touched_at"),
        sa.Column("attachment_id", sa.Integer),
        sa.UniqueConstraint("owner_id", "sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_uploads_touched_at", "uploads", ["touched_at"])


def _make_custom_emoji() -> None:
    op.create_table(
        "custom_emoji",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(32), nullable=False, unique=True),
        _file(),
        sa.Column("is_animated", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_by", sa.Integer, sa.ForeignKey("users.id")),
        _number("created_at"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_custom_emoji_sha256", "custom_emoji", ["sha256"])
