"""What the driver tells a process of people, and what each device shows in the end; all of it files."""

from pathlib import Path

from msgspec import Struct

from shared.types import ChannelId, Seq, UserId

QUIET, FINAL, JOURNAL = "quiet", "final.json", "journal.jsonl"
"""Files that a device leaves in its folder."""


class DeviceOrders(Struct, frozen=True):
    """One device of one account."""

    account: str
    speaker: str
    folder: str
    channel_ids: tuple[ChannelId, ...]


class Orders(Struct, frozen=True):
    """A process of several devices."""

    seed: int
    host: str
    port: int
    authority: str
    pause: float
    """Seconds between two acts of one device, on average."""
    pages: int
    """Pages of each channel that are looked at in the end, at most."""
    devices: tuple[DeviceOrders, ...]


class Shown(Struct, frozen=True):
    """A message as a timeline shows it."""

    seq: Seq
    text: str
    is_edited: bool
    is_deleted: bool
    reactions: str = ""


class ShownChannel(Struct, frozen=True):
    """A channel as a device shows it in the end."""

    channel_id: ChannelId
    unread: int
    messages: tuple[Shown, ...]
    is_at_end: bool


class Showing(Struct, frozen=True):
    """What a device shows in the end."""

    account: str
    speaker: str
    user_id: UserId
    unsent: tuple[str, ...]
    """What still waits to be sent, or was refused."""
    channels: tuple[ShownChannel, ...]


def folder_of(device: DeviceOrders) -> Path:
    """Where a device keeps what it has, and where it leaves its files."""
    return Path(device.folder)
