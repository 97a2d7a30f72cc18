"""An owner before the open section, and people of whom they keep the house."""

from collections.abc import Callable

import pytest

from server_app.app import App
from tests.conftest import ConnectFactory
from tests.peer import Peer

from ..window.conftest import OpenWindow, open_window, server
from .keeper import Keeper

__all__ = ["OpenWindow", "open_window", "server"]

Join = Callable[..., Peer]


@pytest.fixture
def owner(server: App, open_window: OpenWindow) -> Keeper:
    """Alice, who has the first account and all rights, before the three panes."""
    return Keeper(open_window(server).come_in("alice"))


@pytest.fixture
def join(owner: Keeper, connect: ConnectFactory) -> Join:
    """A function that lets somebody make an account, and waits until the owner's window has heard of it."""

    def come(name: str) -> Peer:
        peer = connect().register(name)
        owner.until(lambda: owner.client.roster.named(name))
        return peer

    return come
