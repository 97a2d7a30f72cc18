"""Keeping the world on this computer as it was known last, where the account is to be remembered."""

from functools import partial

from client_app.core.store import Kept
from shared.types import ChannelId

from .state import State, to_world


class Keeping:
    """Of one account; asked at each turn, and does something where something changed."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._state: State | None = None
        self._open_channel_id: ChannelId | None = None

    def keep(self, state: State, open_channel_id: ChannelId | None, seconds: float) -> None:
        """Keep this world within so many seconds, unless it is kept already."""
        is_kept = self._state is state and self._open_channel_id == open_channel_id
        if self.kept.keeps_history and not is_kept:
            self._state, self._open_channel_id = state, open_channel_id
            self.kept.world.put(partial(to_world, state, open_channel_id), seconds)
