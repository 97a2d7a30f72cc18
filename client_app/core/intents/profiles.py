"""What people tell of themselves, how they look, and what I wrote down about them: the intents."""

from collections.abc import Callable

from client_app.core.writing.emoji import with_emoji
from client_app.core.writing.text import fitting
from shared.errors import Refusal
from shared.limits import MAX_ABOUT, MAX_NOTE, MAX_PRONOUNS, MAX_STATUS
from shared.names import display_name
from shared.requests import (
    ClearProfile,
    FetchProfile,
    FullProfile,
    SetAvailability,
    SetNote,
    SetPrivacy,
    SetProfile,
    SetStatus,
)
from shared.types import Availability, UserId

from .house import House

Refused = Callable[[Refusal], None] | None


def _nothing() -> None:
    """What follows where nobody asked for more."""


class Profiles:
    """Every method returns at once. What is too long is refused here: raises `BadRequest`, and what was typed stays.

    Shortcodes become emoji, as in messages.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    def fetch(self, user_id: UserId, then: Callable[[FullProfile], None], refused: Refused = None) -> None:
        """Ask for what is not known of everybody all the time."""
        self._house.ask(FetchProfile(user_id=user_id), then, refused)

    def set_availability(self, availability: Availability) -> None:
        """Look like this on all my devices."""
        self._house.ask(SetAvailability(availability=availability), lambda _: None)

    def set_status(
        self, text: str, seconds: int | None = None, then: Callable[[], None] = _nothing, refused: Refused = None
    ) -> None:
        """Say what I am up to, for so long or until I say otherwise; empty for nothing."""
        text = fitting(with_emoji(text), MAX_STATUS, "A status")
        self._house.ask(SetStatus(text=text, seconds=seconds if text else None), lambda _: then(), refused)

    def set_profile(
        self,
        *,
        name: str | None = None,
        pronouns: str | None = None,
        about: str | None = None,
        then: Callable[[], None] = _nothing,
        refused: Refused = None,
    ) -> None:
        """Tell this of myself; what is not given stays."""
        what = "What you tell of yourself"
        request = SetProfile(
            display_name=None if name is None else display_name(with_emoji(name)),
            pronouns=None if pronouns is None else fitting(pronouns, MAX_PRONOUNS, "What stands for your pronouns"),
            about=None if about is None else fitting(with_emoji(about), MAX_ABOUT, what, may_break=True),
        )
        self._house.ask(request, lambda _: then(), refused)

    def share_last_seen(self, is_shared: bool, refused: Refused = None) -> None:
        """Let others see when I was here last, and see it of them; or neither."""
        self._house.ask(SetPrivacy(shares_last_seen=is_shared), lambda _: None, refused)

    def set_note(
        self, user_id: UserId, text: str, then: Callable[[], None] = _nothing, refused: Refused = None
    ) -> None:
        """Write something down about a person, for my own eyes."""
        text = fitting(text, MAX_NOTE, "A note", may_break=True)
        self._house.ask(SetNote(user_id=user_id, text=text), lambda _: then(), refused)

    def clear(self, user_id: UserId, then: Callable[[], None] | None = None, refused: Refused = None) -> None:
        """Take away what a person of lower rank tells of themselves."""
        name = self._house.state.handle(user_id) if self._house.state else ""
        done = then or (lambda: self._house.notice(f"What {name} told of themselves is taken away."))
        self._house.ask(ClearProfile(user_id=user_id), lambda _: done(), refused)
