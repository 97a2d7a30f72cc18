"""What is told of the house: its pictures, and to those who keep it, what waits for them."""

from shared.entities import CustomEmoji
from shared.moderation import Newcomer, Policy, Report
from shared.types import CustomEmojiId, PictureId, UserId

from .event import Event


class NewcomerWaiting(Event, frozen=True):
    """Somebody waits for approval. Told to those who may give it."""

    newcomer: Newcomer


class NewcomerSettled(Event, frozen=True):
    """Somebody waits no more: they were let in, or turned away. Told to those who may do it."""

    user_id: UserId


class MessageReported(Event, frozen=True):
    """There is a report, or it was dealt with. Told to those who handle reports."""

    report: Report


class PolicyChanged(Event, frozen=True):
    """The house has other rules. Told to those who may set them."""

    policy: Policy


class IconChanged(Event, frozen=True):
    """Another picture stands for the house, or none any more."""

    icon: PictureId
    """Empty for none."""


class EmojiAdded(Event, frozen=True):
    """The house has an emoji more."""

    emoji: CustomEmoji


class EmojiRemoved(Event, frozen=True):
    """The house has this emoji no more; where it was used, its name is left."""

    emoji_id: CustomEmojiId
