"""What a card says about a person."""

import datetime

from client_app.core.panes.roster import Profile
from client_app.desktop.drawing.presence import PRESENCE_WORDS
from client_app.desktop.text import display_text
from client_app.desktop.words.until import day_words, local, moment_words
from shared.requests import FullProfile
from shared.types import BlockKind


def role_words(name: str) -> str:
    """A role's name as a heading has it: the built-in ones are written small."""
    return display_text(name[:1].upper() + name[1:])


def standing(profile: Profile) -> str:
    """Whether they are there, and what they are to the server."""
    words = ["Banned" if profile.is_banned else PRESENCE_WORDS[profile.presence]]
    words.append(role_words(profile.role.name))
    return " · ".join([*words, "you"] if profile.is_me else words)


def names(profile: Profile, known: FullProfile | None) -> str:
    """By which name they log in, where they are called otherwise, and their pronouns."""
    words = [f"@{profile.handle}"] if profile.handle != profile.name else []
    words += [known.pronouns] if known is not None and known.pronouns else []
    return display_text(" · ".join(words))


def status(profile: Profile, now: datetime.datetime) -> str:
    """What they are up to, and until when."""
    if profile.status is None:
        return ""
    until = profile.status.until
    return profile.status.text + (f"\nuntil {moment_words(local(until), now)}" if until else "")


def facts(profile: Profile, known: FullProfile | None, now: datetime.datetime) -> str:
    """Since when, when last, and what one has asked not to hear."""
    words = [f"Here since {day_words(profile.joined)}."]
    if known is not None and known.last_seen_at is not None and not profile.presence.is_here:
        words.append(f"Last seen {moment_words(local(known.last_seen_at), now)}.")
    if profile.block is not None:
        until = profile.block.until
        span = "" if until is None else f" until {moment_words(local(until), now)}"
        if profile.block.kind is BlockKind.BLOCK:
            words.append(f"You blocked them{span}: what they say is hidden. They cannot tell.")
        else:
            words.append(f"You muted them{span}: no notifications of what they say. They cannot tell.")
    return "\n".join(words)


def warning(profile: Profile, now: datetime.datetime) -> str:
    """What the house has decided about them."""
    until = profile.timeout_until
    return f"Timed out until {moment_words(until, now)}: only looks on." if until is not None else ""
