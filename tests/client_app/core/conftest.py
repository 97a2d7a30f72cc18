"""Devices of people: headless clients, each with a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from client_app.core.network.address import Address
from server_app.app import App
from server_app.limits import Limits
from tests.conftest import ServerFactory

from .headless import Company, Headless, address_of

DeviceFactory = Callable[..., Headless]


@pytest.fixture
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DeviceFactory]:
    """A function that makes a device, for the usual server when no address is given: `device("laptop", address)`.

    A device of the same name made again is that one started again.
    """
    company = Company()

    def make(name: str = "device", address: Address | None = None, **options: Any) -> Headless:
        if address is None:
            app: App = request.getfixturevalue("server")
            address = address_of(app)
        return Headless(company, tmp_path / "devices" / name, address, **options)

    yield make
    for each in company.devices:
        each.close()


@pytest.fixture
def generous(start_server: ServerFactory) -> App:
    """A server that lets people write as fast as they can."""
    return start_server(limits=Limits().without_rates_and_caps())
