"""What the model says of pictures of people and of the house: no file that it has is one."""

from typing import Any

from .grounds import Effect, No, need, nothing
from .model import World


def set_avatar(world: World, me: int, ask: Any) -> Effect:
    return _made_of(world, me, ask)


def set_icon(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_server")
    return _made_of(world, me, ask)


def add_emoji(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_emoji")
    return _made_of(world, me, ask)


def remove_emoji(world: World, me: int, _ask: Any) -> Effect:
    need(world, me, "manage_emoji")
    return nothing


def fetch_picture(_world: World, _me: int, _ask: Any) -> Effect:
    raise No("not_found")


def _made_of(world: World, me: int, ask: Any) -> Effect:
    if ask.attachment_id is None:
        return nothing
    file = world.files.get(ask.attachment_id)
    if file is None or file.owner != me or file.said:
        raise No("not_found")
    raise No("bad_request")
