"""Windows for people, each with a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from tests.conftest import Certificate, ServerFactory

from .person import Person

OpenWindow = Callable[..., Person]


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    """A server over TLS on which one may talk as fast as a test does."""
    return start_server(limits=Limits().without_rates_and_caps())


@pytest.fixture
def open_window(
    display: str, tmp_path: Path, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenWindow]:
    """A function that opens the window of somebody who keeps their data in a folder of this name.

    One at a time: CustomTkinter keeps its scale and its looks by process.
    """
    people: list[Person] = []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")

    def open_one(
        server: App, folder: str = "alice", *, knows_authority: bool = True, port: int | None = None, link: str = ""
    ) -> Person:
        ca_file = certificate.certificate if knows_authority else None
        person = Person(tmp_path / folder, server, ca_file, port, link)
        people.append(person)
        return person

    yield open_one
    for person in people:
        person.leave()
    assert [error for person in people for error in person.errors] == [], "A handler failed; the log says which."
