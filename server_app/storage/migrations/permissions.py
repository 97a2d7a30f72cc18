"""How a migration gives new permissions to the roles that are there."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op


def give(given: Mapping[str, tuple[str, ...]]) -> None:
    """To each role that has one of these permissions, those that go with it from now on."""
    roles = sa.table("roles", sa.column("id", sa.Integer), sa.column("permissions", sa.Text))
    connection = op.get_bind()
    for role_id, permissions in connection.execute(sa.select(roles.c.id, roles.c.permissions)).all():
        more = [f'"{new}"' for old, news in given.items() if f'"{old}"' in permissions for new in news]
        if more:
            values = {"permissions": f"{permissions.removesuffix(']')},{','.join(more)}]"}
            connection.execute(sa.update(roles).where(roles.c.id == role_id).values(values))
