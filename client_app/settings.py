"""What the client remembers between starts, in one small JSON file that survives being cut off half-way."""

import os
from pathlib import Path
from typing import Literal

import msgspec

from client_app.core.network.address import DEFAULT_PORT

FILE_NAME = "settings.json"


class Settings(msgspec.Struct, frozen=True):
    """One person's choices on this computer."""

    server: str = ""
    port: int = DEFAULT_PORT
    uses_tls: bool = True
    ca_file: str = ""
    name: str = ""
    remember: bool = False
    """Whether the session of `name` at `server` opens by itself at the next start."""
    window_geometry: str = ""
    """Tk's `WIDTHxHEIGHT+X+Y`; empty before the first window."""
    appearance: Literal["dark", "light"] = "dark"
    zoom: float = 1.0
    show_members: bool = True
    notifications: Literal["all", "direct", "none"] = "all"
    hide_notification_text: bool = False
    show_pictures: Literal["always", "click"] = "always"
    """Whether what others sent is fetched and shown before one clicks on it."""
    play_pictures: Literal["hover", "never"] = "hover"
    """Whether pictures that can move do so while one is on them."""
    recent_emoji: tuple[str, ...] = ()
    """Those used of late, the latest first."""
    recent_searches: tuple[str, ...] = ()
    """What was looked for of late, the latest first."""
    skin_tone: int = 0
    """In which colour of skin emoji are used that come in several; an index of `shared.emoji.TONES`."""


def load_settings(folder: Path) -> Settings:
    """The settings kept in this folder; the defaults where there are none or they cannot be read."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Settings)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Settings()


def save_settings(folder: Path, settings: Settings) -> None:
    """Keep the settings: whole or, if the power fails meanwhile, as they were before. Raises `OSError`."""
    replace_file(folder / FILE_NAME, msgspec.json.format(msgspec.json.encode(settings), indent=2))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read, by way of a neighbour that takes its place. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(path.name + ".new")
    descriptor = os.open(neighbour, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(neighbour, path)
