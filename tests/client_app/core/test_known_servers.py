"""Certificates that a person has accepted."""

import stat
from pathlib import Path

import pytest

from client_app.core.network.address import Address
from client_app.core.network.known_servers import FILE_NAME, KnownServers

HOME, WORK = Address("home.example"), Address("work.example", 6000)


def test_a_new_server_is_unknown_and_a_remembered_one_is_known_after_a_restart(tmp_path: Path) -> None:
    assert KnownServers(tmp_path).fingerprint(HOME) is None
    KnownServers(tmp_path).remember(HOME, "AA:BB")
    assert KnownServers(tmp_path).fingerprint(HOME) == "AA:BB"


def test_servers_are_told_apart_by_host_and_port_and_not_by_case(tmp_path: Path) -> None:
    known = KnownServers(tmp_path)
    known.remember(HOME, "AA")
    known.remember(WORK, "BB")
    assert known.fingerprint(Address("HOME.example")) == "AA"
    assert known.fingerprint(Address("work.example")) is None
    known.remember(HOME, "CC")
    assert (known.fingerprint(HOME), known.fingerprint(WORK)) == ("CC", "BB")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}', b'{"\xff": "x"}'])
def test_a_broken_file_only_means_that_every_server_is_asked_about_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    known = KnownServers(tmp_path)
    assert known.fingerprint(HOME) is None
    known.remember(HOME, "AA")
    assert known.fingerprint(HOME) == "AA"


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    KnownServers(tmp_path).remember(HOME, "AA")
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
