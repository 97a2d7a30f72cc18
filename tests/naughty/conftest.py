"""A server that takes as much as a test says, and two windows."""

import pytest

from server_app.app import App
from server_app.limits import Limits
from tests.client_app.desktop.conftest import display, root
from tests.client_app.desktop.window.conftest import open_window
from tests.client_app.desktop.window.test_two_windows import windows
from tests.conftest import ServerFactory

__all__ = ["display", "open_window", "root", "windows"]


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    """A server over TLS on which one may talk as fast as a test does."""
    return start_server(limits=Limits().without_rates_and_caps())
