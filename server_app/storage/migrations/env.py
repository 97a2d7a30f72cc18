"""What Alembic runs: the steps, on the connection that `upgrade` hands it."""

from alembic import context
from sqlalchemy import Connection

from server_app.storage.tables import metadata

connection: Connection = context.config.attributes["connection"]
# SQLite alters a table by copying it; batch mode does so where a step asks for it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
