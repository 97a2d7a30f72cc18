"""The part of a channel's menu that says of what one is notified there."""

from client_app.core.actions import LEVELS, SPANS
from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.timeline.rows import local
from client_app.desktop.toolkit import MenuItem
from shared.types import Level


def level_items(client: Client, row: ChannelRow) -> list[MenuItem]:
    """Levels, of which one is chosen, and muting for a time."""
    channel_id = row.channel_id

    def choose(level: Level) -> MenuItem:
        return MenuItem(LEVELS[level], lambda: client.set_level(channel_id, level), is_chosen=level is row.level)

    def mute(words: str, seconds: int | None) -> MenuItem:
        return MenuItem(words, lambda: client.mute_channel(channel_id, seconds))

    muting = MenuItem("Mute", lambda: None, items=tuple(mute(*span) for span in SPANS))
    if row.is_muted:
        until = f" (until {local(row.muted_until):%H:%M})" if row.muted_until else ""
        muting = MenuItem(f"Unmute{until}", lambda: client.unmute_channel(channel_id))
    return [MenuItem("Notifications", lambda: None, items=tuple(map(choose, LEVELS))), muting]
