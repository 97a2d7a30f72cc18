"""Search: the index begins anew, since its rows are numbered within their shard now and hold fewer messages."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget what the index has; the server puts all of it in again, while it runs."""
    op.execute("DELETE FROM search_changes")
    op.execute("DELETE FROM search_shards")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        # The server brings together what has gathered, a little at a time.
        op.execute("INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0)")
