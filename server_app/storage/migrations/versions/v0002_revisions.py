"""Revisions: what a channel's messages became after they were said, and who is new or changed among the people."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; people who are there already get the revisions in which they came."""
    op.add_column("users", sa.Column("rev", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.execute("update users set rev = id")
    op.add_column("channels", sa.Column("last_rev", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("messages", sa.Column("rev", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("messages", sa.Column("edited_at", sa.Integer))
    op.add_column("messages", sa.Column("is_deleted", sa.Boolean, nullable=False, server_default=sa.false()))
    changed = sa.text("rev > 0")
    op.create_index(
        "ix_messages_rev", "messages", ["channel_id", "rev"], sqlite_where=changed, postgresql_where=changed
    )
