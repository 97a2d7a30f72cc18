"""The two kinds of room: the one in C, where there is a compiler, and the one in Python."""

from collections.abc import Callable

import pytest

from benchmarks import machine, native
from benchmarks.native import Native, NativeRoom
from benchmarks.rooms import PythonRoom, Room

MakeRoom = Callable[..., Room]


@pytest.fixture(autouse=True)
def _any_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run beside each other: servers that were all pinned to one core would wait for each other."""
    monkeypatch.setattr(machine, "server_core", lambda: None)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Native | None:
    return native.build(tmp_path_factory.mktemp("native"), print)


@pytest.fixture(params=["C", "Python"])
def kind(request: pytest.FixtureRequest, built: Native | None) -> Native | None:
    """What to give to a generator: the room in C, or nothing."""
    if request.param == "Python":
        return None
    if built is None:
        pytest.skip("There is no C compiler; apt-get install gcc would bring one.")
    return built


@pytest.fixture
def make_room(kind: Native | None) -> MakeRoom:
    """A room for a dialect, its senders, and so many clients."""

    def make(dialect, senders, clients):  # type: ignore[no-untyped-def]  # as the two constructors have it
        return NativeRoom(kind, dialect, senders, clients) if kind else PythonRoom(dialect, senders)

    return make
