"""What becomes of a message's reactions when somebody adds one or takes it back: the same on both ends."""

from msgspec.structs import replace

from .entities import Reaction
from .types import Emoji, UserId


def with_reaction(
    reactions: tuple[Reaction, ...], emoji: Emoji, user_id: UserId, *, is_on: bool
) -> tuple[Reaction, ...]:
    """The reactions with this one, or without it; the very same ones where it was so already."""
    present = next((each for each in reactions if each.emoji == emoji), None)
    if (present is not None and user_id in present.user_ids) is is_on:
        return reactions
    if present is None:
        return (*reactions, Reaction(emoji, (user_id,)))
    people = (*present.user_ids, user_id) if is_on else tuple(each for each in present.user_ids if each != user_id)
    changed = (replace(each, user_ids=people) if each is present else each for each in reactions)
    return tuple(each for each in changed if each.user_ids)
