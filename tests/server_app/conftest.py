"""Servers in processes of their own, and disks that fail."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .child import Child
from .sick_disk import SickDisk, SmallDisk, built, small_disk

ChildFactory = Callable[..., Child]


@pytest.fixture
def start_child(tmp_path: Path) -> Iterator[ChildFactory]:
    """A function that starts a server in a process of its own and returns when it listens."""
    children: list[Child] = []

    def start(database: Path | None = None, **options: Any) -> Child:
        child = Child(database or tmp_path / "hearth.db", tmp_path / "server.log", **options)
        children.append(child)
        child.wait_until_ready()
        return child

    yield start
    for child in children:
        child.kill()


@pytest.fixture(scope="session")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sick_disk"))


@pytest.fixture
def sick_disk(_library: Path, tmp_path: Path) -> SickDisk:
    """A disk that gets stuck, breaks, fills up and heals again as it is told."""
    return SickDisk(_library, tmp_path)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk that can be filled."""
    with small_disk(tmp_path / "disk") as disk:
        yield disk
