"""What kind of place a channel is, as a sign and in words."""

from client_app.core.panes.channels import ChannelRow
from client_app.desktop.drawing.signs import Sign
from client_app.desktop.text import display_text
from shared.types import ChannelKind


def channel_sign(row: ChannelRow) -> Sign | None:
    """Drawn in the place of “#”: archived, private, read-only; None for any other channel."""
    if row.is_archived:
        return "box"
    if row.kind is ChannelKind.PRIVATE:
        return "lock"
    return "megaphone" if row.is_read_only else None


def channel_title(row: ChannelRow) -> str:
    """What a sentence calls it: `#plans`, or the names of those who talk there."""
    title = display_text(row.title)
    return f"#{title}" if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else title


def channel_tip(row: ChannelRow) -> str:
    """What its sign means."""
    words = []
    if row.kind is ChannelKind.PRIVATE:
        words.append("private")
    if row.is_read_only:
        words.append("read-only")
    if row.is_archived:
        words.append("archived")
    return f"{channel_title(row)} is {' and '.join(words)}." if words else ""
