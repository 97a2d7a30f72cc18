"""Where a server is and how to speak to it, and the links that invite people there or lead to a message."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from shared.errors import BadRequest
from shared.types import ChannelId, Seq

DEFAULT_PORT = 5050
ENCRYPTED, PLAIN = "hearth://", "hearth+plain://"
"""How a link begins, by whether the server speaks TLS."""
MESSAGE_LINK = re.compile(
    r"(?P<scheme>hearth(?:\+plain)?://)(?P<place>[^\s/]+)/c/(?P<channel>[0-9]{1,15})/(?P<seq>[0-9]{1,15})",
    re.IGNORECASE | re.ASCII,
)
_FINGERPRINT = re.compile(r"(?:[0-9A-F]{2}){32}")


@dataclass(frozen=True, slots=True)
class Address:
    """A server, as the login screen asks for it."""

    host: str
    port: int = DEFAULT_PORT
    uses_tls: bool = True
    ca_file: Path | None = None
    """The only authority to believe; None for the system's."""
    fingerprint: str = ""
    """Of the certificate that the server must show, where an invite says it: `AA:BB:…`, as `shared.tls` has it."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORT else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invite's link says."""

    address: Address
    """With the certificate that the server must show, where the link says it."""
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link to a message leads."""

    address: Address
    channel_id: ChannelId
    seq: Seq


def message_link(address: Address, channel_id: ChannelId, seq: Seq) -> str:
    """What leads whoever may see it to a message: `hearth://host:port/c/CHANNEL/SEQ`."""
    return f"{ENCRYPTED if address.uses_tls else PLAIN}{address}/c/{channel_id}/{seq}"


def is_message_link(text: str) -> bool:
    """Whether this is such a link and nothing else."""
    return MESSAGE_LINK.fullmatch(text.strip()) is not None


def parse_message_link(text: str) -> Place:
    """Where such a link leads. Raises `BadRequest` with a sentence for any other text."""
    found = MESSAGE_LINK.fullmatch(text.strip())
    if found is None:
        raise BadRequest("This is no link to a message. One looks like hearth://chat.example.org/c/1/42.")
    address = parse_address(found["place"], uses_tls=found["scheme"].lower() == ENCRYPTED)
    return Place(address, ChannelId(int(found["channel"])), int(found["seq"]))


def invite_link(address: Address, code: str, fingerprint: str = "") -> str:
    """What somebody opens or pastes to make an account: `hearth://host:port/invite/CODE#fingerprint`."""
    scheme = ENCRYPTED if address.uses_tls else PLAIN
    end = f"#{fingerprint.replace(':', '').lower()}" if fingerprint and address.uses_tls else ""
    return f"{scheme}{address}/invite/{quote(code, safe='')}{end}"


def parse_invite(text: str) -> Invitation:
    """The invitation that such a link is. Raises `BadRequest` with a sentence, also for any other text."""
    link, _, end = text.strip().partition("#")
    scheme = next((each for each in (ENCRYPTED, PLAIN) if link.lower().startswith(each)), None)
    place, middle, code = link[len(scheme or "") :].partition("/invite/")
    if scheme is None or not middle or not code.strip("/"):
        raise BadRequest("This is no invite. One begins with hearth:// and is copied as a whole.")
    fingerprint = end.replace(":", "").upper()
    if fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
        raise BadRequest("The invite is not complete. Copy all of it, to its last letter.")
    pairs = ":".join(fingerprint[start : start + 2] for start in range(0, len(fingerprint), 2))
    address = parse_address(place, uses_tls=scheme == ENCRYPTED)
    return Invitation(replace(address, fingerprint=pairs if address.uses_tls else ""), unquote(code.strip("/")))


def is_invite(text: str) -> bool:
    """Whether somebody typed or pasted an invite's link, or a part of one, and not a server's address."""
    return "/invite/" in text


def parse_address(text: str, *, port: int | None = None, uses_tls: bool = True, ca_file: Path | None = None) -> Address:
    """`chat.example.org`, `chat.example.org:5050`, `[::1]:5050` or `::1`. Raises `BadRequest` with a sentence."""
    text = text.strip().removeprefix(ENCRYPTED).rstrip("/")
    host, port_text = text, ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port_text = rest.removeprefix(":")
    elif text.count(":") == 1:
        host, _, port_text = text.partition(":")
    if not host or any(character.isspace() or character == "/" for character in host):
        raise BadRequest("Type the server’s name or address, such as chat.example.org or 192.168.1.20.")
    if port_text:
        if not port_text.isascii() or not port_text.isdigit():
            raise BadRequest("The port is a number from 1 to 65535.")
        port = int(port_text)
    port = DEFAULT_PORT if port is None else port
    if not 1 <= port <= 65535:
        raise BadRequest("The port is a number from 1 to 65535.")
    return Address(host=host, port=port, uses_tls=uses_tls, ca_file=ca_file)
