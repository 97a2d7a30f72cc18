"""What a device calls itself."""

import platform

import pytest

from client_app.core.account.device import device_name
from shared.limits import MAX_DEVICE


def test_a_device_is_called_by_its_host_and_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "kitchen")
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    assert device_name() == "kitchen (Linux)"


def test_a_name_that_no_server_would_take_is_made_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: "long\n" * 50)
    assert len(device_name()) == MAX_DEVICE
    assert device_name().isprintable()
