"""What the message list tells whoever built it."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.actions import MessageAction
from client_app.core.timeline.timeline import Entry
from client_app.desktop.pictures import PictureDeed, PictureSupply
from shared.entities import Attachment
from shared.types import ClientId, Emoji, Seq, UserId

from .attachments import FileDeed, FileNews


def _nothing(*_arguments: object) -> None:
    """Nobody listens."""


def _no_offers(_entry: Entry) -> tuple[MessageAction, ...]:
    """Nobody says what can be done."""
    return ()


@dataclass(frozen=True, slots=True)
class MessageEvents:
    """Handlers, each of which does nothing unless given."""

    need_older: Callable[[], object] = _nothing
    """The first rows are near: load those before them. Asked once until `set_has_more` is called again."""
    need_newer: Callable[[], object] = _nothing
    """The last rows are near and are not the newest there are."""
    reached_end: Callable[[], object] = _nothing
    """The newest message is in view: also told when one arrives while the list is at its end."""
    left_end: Callable[[], object] = _nothing
    """One has scrolled away from the end."""
    moved: Callable[[], object] = _nothing
    """What is in view is another; told as often as that, so whoever hears it does next to nothing."""
    new_below: Callable[[int], object] = _nothing
    """So many messages have come below the view; 0 once they have been seen."""
    link: Callable[[str], object] = _nothing
    """A web address was clicked, http or https, or a link to a message."""
    name_of_link: Callable[[str], str] = lambda _: ""
    """What is drawn in the place of a link to a message; empty for the link itself."""
    retry: Callable[[ClientId], object] = _nothing
    without_quote: Callable[[ClientId], object] = _nothing
    """A refused reply is to be sent as a message that answers nothing."""
    discard: Callable[[ClientId], object] = _nothing
    original: Callable[[Seq], object] = _nothing
    """A quote was clicked: the message that it quotes is to be shown."""
    reveal: Callable[[Seq], object] = _nothing
    """A message of a blocked person is to be shown all the same."""
    hide: Callable[[Seq], object] = _nothing
    """It is to be hidden again."""
    author: Callable[[UserId], object] = _nothing
    """A name or an avatar was clicked."""
    chosen: Callable[[Entry], object] | None = None
    """A row was clicked where nothing else is to be clicked, or Enter pressed on it; where nobody listens, Enter opens
    the menu."""
    news: FileNews | None = None
    """What is known of files on their way."""
    file: Callable[[Entry, FileDeed], object] = _nothing
    """Something was clicked on the card of a file."""
    pictures: PictureSupply | None = None
    """Where the pictures of messages come from; without it there are boxes in their place."""
    picture: Callable[[Entry, Attachment, PictureDeed], object] = _nothing
    """A picture was clicked, or Enter pressed on its message, or something was chosen from its menu."""
    react: Callable[[Seq, Emoji, bool], object] = _nothing
    """A reaction was clicked: I want to be one of those behind it, or not any more."""
    pick_reaction: Callable[[Entry], object] = _nothing
    """Another reaction to this message is to be chosen."""
    picked: Callable[[tuple[Entry, ...]], object] | None = None
    """Of several messages these are picked now, none where that is over; where nobody listens, none can be."""
    left: Callable[[], object] | None = None
    """The keyboard shall go back to where one writes."""
    offers: Callable[[Entry], tuple[MessageAction, ...]] = _no_offers
    """What can be done with a message at this moment, in the order of its menu."""
    perform: Callable[[MessageAction, Entry], object] = _nothing
    """One of these was chosen."""
