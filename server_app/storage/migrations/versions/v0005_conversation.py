"""Conversation: replies, reactions, mentions, pins, versions, saved messages, what people tell of themselves."""

import sqlalchemy as sa
from alembic import op

from server_app.storage.migrations import permissions

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_GIVEN = {
    # Whoever may do the one may do the other from now on.
    "delete_messages": ("pin_messages", "mention_everybody"),
}


def upgrade() -> None:
    """Add what is empty at first; nothing that is there changes but the roles, which get the new permissions."""
    _change_what_is_there()
    _make_what_follows_messages()
    _make_what_people_keep()
    permissions.give(_GIVEN)


def _number(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text(str(default)))


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default=sa.text("''"))


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true())


def _user() -> sa.Column[int]:
    return sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True)


def _channel() -> sa.Column[int]:
    return sa.Column("channel_id", sa.Integer, sa.ForeignKey("channels.id"), primary_key=True)


def _change_what_is_there() -> None:
    op.add_column("messages", sa.Column("extras", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("messages", sa.Column("pinned_at", sa.Integer))
    pinned = sa.text("pinned_at is not null")
    op.create_index(
        "ix_messages_pinned_at", "messages", ["channel_id", "pinned_at"], sqlite_where=pinned, postgresql_where=pinned
    )
    op.add_column("memberships", _words("level", 10))
    op.add_column("memberships", _number("muted_until"))
    for column in (
        _words("display_name", 80),
        _words("display_key", 200),
        _words("pronouns", 40),
        _words("about", 1000),
        _words("status_text", 200),
        _number("status_until"),
        _words("availability", 20),
        _yes("shares_last_seen"),
        _yes("shares_receipts"),
        _number("last_seen_at"),
    ):
        op.add_column("users", column)


def _make_what_follows_messages() -> None:
    op.create_table(
        "mentions",
        _user(),
        _channel(),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("message_id", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mentions_message", "mentions", ["channel_id", "seq"])
    op.create_index("ix_mentions_newest", "mentions", ["user_id", "message_id"])
    op.create_table(
        "versions",
        _channel(),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("written_at", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_what_people_keep() -> None:
    op.create_table(
        "saved_messages",
        _user(),
        _channel(),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("saved_at", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notes",
        _user(),
        sa.Column("other_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
