"""Search: an index of what was said, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is empty at first: the server puts into it what was said, while it runs."""
    op.create_table(
        "search_shards",
        sa.Column("channel_id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        _number("last_seq"),
        _number("first_at"),
        _number("last_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_changes",
        sa.Column("channel_id", sa.Integer, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        _number("author_id"),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("extras", sa.Text, nullable=False),
        _number("created_at"),
        sa.Column("pinned_at", sa.Integer),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        # Words alone, without the text, their places or how many there are: a third of the size.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', columnsize = 0, detail = none,"
            """ tokenize = "ascii tokenchars '.:'")"""
        )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)
