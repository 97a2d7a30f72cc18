"""Of what one wants to be notified in a channel."""

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.surface import Surface
from client_app.core.writing.composer import Noun
from client_app.core.writing.durations import parse_duration
from shared.errors import BadRequest
from shared.limits import MAX_SPAN_SECONDS
from shared.types import ChannelKind, Level

from .action import Action, open_row, where

LEVELS = {
    Level.DEFAULT: "As in the settings",
    Level.ALL: "All messages",
    Level.MENTIONS: "Only mentions",
    Level.NONE: "Nothing",
}
"""Each level as a menu says it."""
HOUR = 60 * 60
SPANS = (("For 1 hour", HOUR), ("For 8 hours", 8 * HOUR), ("For a day", 24 * HOUR), ("Until I unmute it", None))
"""For how long a menu mutes a channel: words and seconds, None for ever."""


def _notify(client: Client, _surface: Surface, word: str) -> None:
    row = open_row(client)
    if not word:
        client.notice(
            f"In {_called(row)} you are notified of: {_in_words(row)}. Type /notify all, mentions, none, default."
        )
        return
    wanted = next((level for level in Level if level.value == word.lower()), None)
    if wanted is None:
        raise BadRequest(f"“{word}” is none of these: all, mentions, none, default.")
    client.set_level(row.channel_id, wanted)
    client.notice(f"In {_called(row)} you are notified of: {LEVELS[wanted].lower()}.")


def _mute(client: Client, _surface: Surface, argument: str) -> None:
    row = open_row(client)
    seconds = parse_duration(argument, MAX_SPAN_SECONDS) if argument else None
    client.mute_channel(row.channel_id, seconds)
    client.notice(f"{_called(row)} is muted. Mentions still count.")


def _unmute(client: Client, _surface: Surface, _argument: str) -> None:
    row = open_row(client)
    client.unmute_channel(row.channel_id)
    client.notice(f"{_called(row)} is not muted any more.")


def _in_words(row: ChannelRow) -> str:
    words = LEVELS[row.level].lower()
    return f"{words}, but it is muted: mentions alone count" if row.is_muted else words


def _called(row: ChannelRow) -> str:
    return f"#{row.title}" if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else row.title


# fmt: off
NOTIFYING = (
    Action("inbox", "Inbox…", lambda _, surface, __: surface.show_inbox(), ("Ctrl+Shift+I",),
           "inbox", "", "show what mentions you, and what you have not read"),
    Action("notify", "Notifications", _notify, (),
           "notify", "[all]", "say what you are notified of here: all, mentions, none or default",
           where(lambda _: True), (Noun.LEVEL,)),
    Action("mute-channel", "Mute the channel", _mute, (),
           "mutechannel", "[8h]", "let only mentions count in this channel, for a while or until you unmute it",
           where(lambda row: not row.is_muted)),
    Action("unmute-channel", "Unmute the channel", _unmute, (),
           "unmutechannel", "", "let everything count again in this channel", where(lambda row: row.is_muted)),
)
# fmt: on
