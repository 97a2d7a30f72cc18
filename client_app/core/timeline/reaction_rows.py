"""The reactions to a message as I see them, and who is behind each, in words."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from shared.entities import Reaction
from shared.types import Emoji, UserId

MOST_NAMED = 10
"""People whom the words about a reaction name; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One emoji below a message, as I see it."""

    emoji: Emoji
    user_ids: tuple[UserId, ...]
    is_mine: bool
    """Whether I am one of them, and a click takes it back."""
    words: str
    """Who they are: `You, alice and 3 others`."""


def shown(
    reactions: Sequence[Reaction], me: UserId, blocked: Container[UserId], name_of: Callable[[UserId], str]
) -> tuple[Shown, ...]:
    """Those of which I want to hear."""
    kept = ((each.emoji, tuple(one for one in each.user_ids if one not in blocked)) for each in reactions)
    return tuple(
        Shown(emoji, user_ids, me in user_ids, who(user_ids, me, name_of)) for emoji, user_ids in kept if user_ids
    )


def who(user_ids: Sequence[UserId], me: UserId, name_of: Callable[[UserId], str]) -> str:
    """The people in words: `You, alice and 3 others`."""
    in_order = sorted(user_ids, key=lambda each: each != me)
    named = ["You" if each == me else name_of(each) for each in in_order[:MOST_NAMED]]
    if (left := len(in_order) - len(named)) > 0:
        named.append("1 other" if left == 1 else f"{left:,} others")
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
