"""Of whom one does not want to hear."""

from shared.types import BlockKind, Seconds, UserId

from .asking import Nothing, Request


class SetBlock(Request[Nothing], frozen=True, kw_only=True):
    """Block or mute a person, in place of what was set before. They cannot tell."""

    user_id: UserId
    kind: BlockKind
    seconds: Seconds | None = None
    """None for ever."""


class RemoveBlock(Request[Nothing], frozen=True, kw_only=True):
    """Hear of a person again; harmless where one does."""

    user_id: UserId
