"""Whether a message deserves a notification: one pure function, tested as a table."""

from dataclasses import dataclass

from shared.types import Level


@dataclass(frozen=True, slots=True)
class Wishes:
    """Of what somebody wants to be notified in one channel."""

    setting: str
    """For all channels: "all", "direct" (what is for them in particular) or "none"."""
    level: Level = Level.DEFAULT
    """For this one."""
    is_muted: bool = False


def is_due(
    wishes: Wishes,
    *,
    is_direct: bool,
    is_focused: bool,
    is_in_front: bool,
    is_mention: bool = False,
    is_announcement: bool = False,
) -> bool:
    """Whether somebody else's new message is to be notified.

    `is_focused` says whether the window has the keyboard, `is_in_front` whether the message's own conversation is the
    one that it shows. What is meant for one person, in a direct conversation or by a mention, is not worth a
    notification only while they look at that conversation, and so is an announcement, whatever they wish; anything
    else is worth it only while they are elsewhere.
    """
    is_seen = is_focused and is_in_front
    if is_announcement:
        return not is_seen
    if wishes.level is Level.NONE or (wishes.level is Level.DEFAULT and wishes.setting == "none"):
        return False
    only_mentions = wishes.is_muted or wishes.level is Level.MENTIONS
    if is_mention or (is_direct and not only_mentions):
        return not is_seen
    wants_all = wishes.level is Level.ALL or (wishes.level is Level.DEFAULT and wishes.setting == "all")
    return wants_all and not only_mentions and not is_focused
