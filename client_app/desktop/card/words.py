"""What a card says about a person."""

import datetime

from client_app.core.roster import Profile
from client_app.desktop.text import display_text
from client_app.desktop.until import day_words, local, moment_words
from shared.types import BlockKind


def role_words(name: str) -> str:
    """A role's name as a heading has it: the built-in ones are written small."""
    return display_text(name[:1].upper() + name[1:])


def standing(profile: Profile) -> str:
    """Whether they are there, and what they are to the server."""
    words = ["Banned" if profile.is_banned else "Online" if profile.is_online else "Offline"]
    words.append(role_words(profile.role.name))
    return " · ".join([*words, "you"] if profile.is_me else words)


def facts(profile: Profile, now: datetime.datetime) -> str:
    """Since when, and what one has asked not to hear."""
    words = [f"Here since {day_words(profile.joined)}."]
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
