"""Client ids come first in their index: those of one moment lie side by side, as clients make them of the time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NAMES = {"uq": "uq_%(table_name)s_%(column_0_name)s"}


def upgrade() -> None:
    """Turn the columns of the unique key round. SQLite can only do that by copying the table: seconds a million."""
    op.drop_index("ix_messages_rev", "messages")
    with op.batch_alter_table("messages", naming_convention=_NAMES) as messages:
        messages.drop_constraint("uq_messages_author_id", type_="unique")
        messages.create_unique_constraint("uq_messages_client_id", ["client_id", "author_id"])
    changed = sa.text("rev > 0")
    op.create_index(
        "ix_messages_rev", "messages", ["channel_id", "rev"], sqlite_where=changed, postgresql_where=changed
    )
