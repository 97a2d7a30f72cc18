"""What people type as a server's address."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_app.core.network.address import (
    Address,
    Invitation,
    Place,
    invite_link,
    is_invite,
    is_message_link,
    message_link,
    parse_address,
    parse_invite,
    parse_message_link,
)
from shared.errors import BadRequest
from shared.types import ChannelId


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


PRINT = ":".join(f"{number:02X}" for number in range(32))


@pytest.mark.parametrize(
    ("address", "fingerprint", "link"),
    [
        (Address("chat.example.org"), "", "hearth://chat.example.org/invite/AB2C-D3EF"),
        (Address("::1", 6000), "", "hearth://[::1]:6000/invite/AB2C-D3EF"),
        (Address("10.0.0.7", uses_tls=False), PRINT, "hearth+plain://10.0.0.7/invite/AB2C-D3EF"),
        (Address("host", 6000), PRINT, f"hearth://host:6000/invite/AB2C-D3EF#{PRINT.replace(':', '').lower()}"),
    ],
    ids=["default port", "IPv6", "without TLS", "with its certificate"],
)
def test_an_invite_is_a_link_that_can_be_read_again(address: Address, fingerprint: str, link: str) -> None:
    assert invite_link(address, "AB2C-D3EF", fingerprint) == link
    expected = replace(address, fingerprint=fingerprint if address.uses_tls else "")
    assert parse_invite(f"  {link}\n") == Invitation(expected, "AB2C-D3EF")
    assert is_invite(link)


def test_a_fingerprint_may_be_written_with_colons_and_a_code_with_any_letters() -> None:
    found = parse_invite(f"HEARTH://host/invite/a%2Fb%20c#{PRINT}")
    assert (found.code, found.address.fingerprint) == ("a/b c", PRINT)
    assert parse_invite(invite_link(Address("host"), "a/b c")).code == "a/b c"


@pytest.mark.parametrize(
    "text",
    ["", "host", "hearth://host", "hearth://host/invite/", "https://host/invite/ABCD", "host/invite/ABCD", "ABCD-EFGH"],
)
def test_what_is_no_invite_is_refused_with_how_one_begins(text: str) -> None:
    with pytest.raises(BadRequest, match="hearth://"):
        parse_invite(text)


@pytest.mark.parametrize("end", ["12ab", "zz" * 32, PRINT[:-1], "00" * 33])
def test_an_invite_that_was_copied_in_part_says_so(end: str) -> None:
    with pytest.raises(BadRequest, match="not complete"):
        parse_invite(f"hearth://host/invite/ABCD#{end}")


def test_an_invite_to_no_host_or_port_is_refused_like_an_address() -> None:
    with pytest.raises(BadRequest, match="1 to 65535"):
        parse_invite("hearth://host:99999/invite/ABCD")
    with pytest.raises(BadRequest, match="such as chat"):
        parse_invite("hearth:///invite/ABCD")


@given(st.text(max_size=60))
def test_whatever_is_pasted_is_an_invite_or_gets_a_sentence(text: str) -> None:
    with contextlib.suppress(BadRequest):
        assert parse_invite(text).code


@pytest.mark.parametrize("address", [Address("host"), Address("host", 6000), Address("::1", 6000, uses_tls=False)])
def test_a_link_to_a_message_leads_where_it_was_made(address: Address) -> None:
    link = message_link(address, ChannelId(7), 42)
    assert is_message_link(f" {link} ")
    assert parse_message_link(link) == Place(address, ChannelId(7), 42)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hearth://host",
        "hearth://host/c/1",
        "hearth://host/c/1/2/3",
        "hearth://host/c/-1/2",
        "hearth://host/c/١/2",
        "hearth://host/c/1/99999999999999999999",
        "https://host/c/1/2",
        "hearth:///c/1/2",
        "see hearth://host/c/1/2",
    ],
)
def test_what_is_no_link_to_a_message_is_refused_with_an_example(text: str) -> None:
    assert not is_message_link(text)
    with pytest.raises(BadRequest, match="One looks like"):
        parse_message_link(text)
