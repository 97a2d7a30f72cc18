"""What a notification says, made fit for the systems that show it."""

import html
from dataclasses import dataclass

from client_app.core.markdown import plain_text, read_spans
from client_app.core.signals import MessageArrived
from client_app.core.timeline.file_words import files_words
from client_app.desktop.text import display_text
from shared.types import ChannelId, MessageKind

MAX_LINE = 200
"""Characters of the body: two or three lines, which is what every desktop shows at most."""

PLYER_TITLE, PLYER_BODY = 63, 255
"""UTF-16 units that a Windows balloon holds (64 and 256 with their end mark); a longer text is lost altogether."""


@dataclass(frozen=True, slots=True)
class Note:
    """One notification; a newer one of the same channel takes its place."""

    channel_id: ChannelId
    title: str
    body: str


def note_of(arrived: MessageArrived, channel_title: str, *, hides_text: bool) -> Note:
    """The notification for a message that just came: nothing in it turns the rest around or ends it early."""
    message, author = arrived.message, arrived.author.shown_name
    title = author if arrived.is_direct else f"{author} (#{channel_title})"
    if arrived.is_mention:
        title = f"{author} mentioned you" if arrived.is_direct else f"{author} mentioned you in #{channel_title}"
    if hides_text:
        return Note(message.channel_id, title, "New message")
    is_action = message.kind is MessageKind.ACTION
    words = plain_text(read_spans(message.body) if is_action else message.body)
    said = words or (f"sent {files_words(message.attachments)}" if message.attachments else "")
    # Nobody sees more of it than that, even where every other character is one that is left out.
    line = clip(" ".join(display_text(said[: 4 * MAX_LINE]).split()), MAX_LINE)
    return Note(message.channel_id, title, f"{author} {line}" if is_action else line)


def clip(text: str, most: int) -> str:
    """The text, shortened to so many UTF-16 units with an ellipsis for what is missing."""
    if _units(text) <= most:
        return text
    kept = text[: most - 1]
    while _units(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def escaped(text: str) -> str:
    """The text for servers of the freedesktop specification, which read a body as markup."""
    return html.escape(text, quote=False)


def harmless(text: str) -> str:
    """The text where it becomes an argument of `notify-send` or a literal of `gdbus`: neither option nor quote."""
    text = text.replace("\\", "/").replace("'", "’").replace("\0", "")
    return f" {text}" if text.startswith("-") else text or " "


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
