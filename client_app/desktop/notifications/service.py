"""The desktop's notification service, through desktop-notifier; lives on one asyncio loop."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.types import ChannelId

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

ANSWER_WITHIN = 3.0
"""Seconds that a service has; D-Bus itself would wait for 25."""

_log = logging.getLogger(__name__)


class Service:
    """One connection to the service, and which of its notifications stands for which channel."""

    def __init__(self, on_click: Callable[[ChannelId], None]) -> None:
        self._on_click = on_click
        self._notifier: DesktopNotifier | None = None
        self._shown: dict[ChannelId, str] = {}

    async def show(self, channel_id: ChannelId, title: str, body: str) -> bool:
        """Show it in the place of the channel's older one. Whether the service has taken it."""
        taken = False

        def on_dispatched() -> None:
            nonlocal taken
            taken = True

        await self.withdraw(channel_id)
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                identifier = await self._connected().send(
                    title, body, on_dispatched=on_dispatched, on_clicked=lambda: self._on_click(channel_id)
                )
        except (OSError, TimeoutError, RuntimeError) as error:
            _log.info("The notification service does not answer: %s", type(error).__name__)
            return False
        if taken:
            self._shown[channel_id] = identifier
        return taken

    async def withdraw(self, channel_id: ChannelId) -> None:
        """Take the channel's notification from the screen."""
        identifier = self._shown.pop(channel_id, None)
        if identifier is None or self._notifier is None:
            return
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                if identifier in await self._notifier.get_current_notifications():
                    await self._notifier.clear(identifier)
        except (OSError, TimeoutError, EOFError, KeyError):
            _log.info("The notification service went away.")

    async def withdraw_all(self) -> None:
        """Take every notification from the screen, as far as the service answers."""
        for channel_id in tuple(self._shown):
            await self.withdraw(channel_id)

    def _connected(self) -> "DesktopNotifier":
        if self._notifier is None:
            from desktop_notifier import DesktopNotifier

            # It logs the text of each notification at DEBUG, and a traceback for each one that has no service.
            logging.getLogger("desktop_notifier").setLevel(logging.ERROR)
            self._notifier = DesktopNotifier("Hearth", app_icon=None)
        return self._notifier
