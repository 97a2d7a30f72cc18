"""The pictures of a list of messages, in the order in which one looks through them."""

from collections.abc import Iterable
from dataclasses import dataclass

from client_app.core.files.sizes import size_words
from client_app.core.timeline.timeline import Entry
from shared.entities import Attachment


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture and the message that has it."""

    entry: Entry
    attachment: Attachment

    @property
    def told(self) -> str:
        """Who showed it when, and how large it is."""
        time = self.entry.time
        when = f"{time.day} {time:%b %Y}, {time:%H:%M}"
        pixels = f"{self.attachment.width} × {self.attachment.height}"
        return f"{self.entry.author} · {when} · {pixels} · {size_words(self.attachment.size)}"


def pictures_of(entries: Iterable[Entry]) -> tuple[Seen, ...]:
    """All of them, the oldest first."""
    return tuple(Seen(entry, each) for entry in entries for each in entry.attachments if each.is_picture)
