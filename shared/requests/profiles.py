"""What people tell of themselves beyond their name."""

from msgspec import Struct

from shared.types import About, DisplayName, Milliseconds, Pronouns, UserId

from .asking import Nothing, Request


class FullProfile(Struct, frozen=True, omit_defaults=True):
    """What is told of a person only to those who ask."""

    pronouns: str = ""
    about: str = ""
    last_seen_at: Milliseconds | None = None
    """When they were here last. None while they are here, and where one of the two does not share it."""
    note: str = ""
    """What whoever asks has written down about them."""


class FetchProfile(Request[FullProfile], frozen=True, kw_only=True):
    """Read what a person tells of themselves."""

    user_id: UserId


class SetProfile(Request[Nothing], frozen=True, kw_only=True):
    """Set what one tells of oneself; empty for nothing, and what is not given stays as it is."""

    display_name: DisplayName | None = None
    """At most 40 characters, and none that look like somebody else’s name."""
    pronouns: Pronouns | None = None
    about: About | None = None


class ClearProfile(Request[Nothing], frozen=True, kw_only=True):
    """Take away what a person of lower rank tells of themselves, their status as well."""

    user_id: UserId
