"""Queries about the picture that stands for the house."""

from sqlalchemy import Connection, select, update

from shared.types import PictureId

from .tables import policy


def icon(connection: Connection) -> PictureId:
    """The picture of the house; empty for none."""
    return str(connection.execute(select(policy.c.icon)).scalar_one())


def set_icon(connection: Connection, picture: PictureId) -> None:
    """Store another one."""
    connection.execute(update(policy).values(icon=picture))
