"""The channels in which something is unread, as rows of a list."""

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.desktop.lists import EntryRow
from client_app.desktop.words.channel_words import channel_title


def unread_channels(client: Client) -> list[ChannelRow]:
    """Those in which something mentions me first, then those that call me, then the rest; each in its usual order."""
    rows = [row for row in (*client.channels.in_order(), *client.channels.archived()) if row.unread]
    return sorted(rows, key=lambda row: (not row.mentions, not row.counted))


def unread_row(row: ChannelRow) -> EntryRow:
    """What is said of one of them."""
    mentions = f"  ·  {row.mentions} mention you" if row.mentions > 1 else "  ·  1 mentions you" if row.mentions else ""
    muted = "  ·  muted" if row.is_muted else ""
    words = "1 unread message" if row.unread == 1 else f"{row.unread:,} unread messages"
    return EntryRow(
        str(row.channel_id),
        channel_title(row),
        f"{words}{mentions}{muted}",
        note=f"@{row.mentions}" if row.mentions else "",
        note_tone="warning",
        avatar=row.other_id,
        is_muted=row.is_muted,
    )
