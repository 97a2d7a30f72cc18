"""What people type as a server's address."""

from pathlib import Path

import pytest

from client_app.core.address import Address, parse_address
from shared.errors import BadRequest


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("chat.example.org", "chat.example.org", 5050),
        (" chat.example.org:6000 ", "chat.example.org", 6000),
        ("192.168.1.20", "192.168.1.20", 5050),
        ("hearth://chat.example.org/", "chat.example.org", 5050),
        ("[::1]:6000", "::1", 6000),
        ("[::1]", "::1", 5050),
        ("::1", "::1", 5050),
    ],
)
def test_an_address_is_understood_as_it_is_usually_typed(typed: str, host: str, port: int) -> None:
    assert parse_address(typed) == Address(host, port)


def test_a_port_in_the_address_wins_over_the_one_beside_it() -> None:
    assert parse_address("host", port=7000).port == 7000
    assert parse_address("host:6000", port=7000).port == 6000


def test_tls_and_ca_file_are_carried_along() -> None:
    address = parse_address("host", uses_tls=False, ca_file=Path("ca.crt"))
    assert (address.uses_tls, address.ca_file) == (False, Path("ca.crt"))


@pytest.mark.parametrize("typed", ["", "   ", "two words", "host/path", "[]:5050", ":5050"])
def test_what_is_no_host_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadRequest, match="such as chat"):
        parse_address(typed)


@pytest.mark.parametrize("typed", ["host:0", "host:65536", "host:http", "host:-1", "host:٣"])
def test_what_is_no_port_is_refused(typed: str) -> None:
    with pytest.raises(BadRequest, match="1 to 65535"):
        parse_address(typed)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (Address("host"), "host"),
        (Address("host", 6000), "host:6000"),
        (Address("::1", 6000), "[::1]:6000"),
        (Address("::1"), "[::1]"),
    ],
)
def test_an_address_is_shown_in_the_form_in_which_it_can_be_typed(address: Address, shown: str) -> None:
    assert str(address) == shown
    assert parse_address(shown) == address
