"""Where a server is and how to speak to it."""

from dataclasses import dataclass
from pathlib import Path

from shared.errors import BadRequest

DEFAULT_PORT = 5050


@dataclass(frozen=True, slots=True)
class Address:
    """A server, as the login screen asks for it."""

    host: str
    port: int = DEFAULT_PORT
    uses_tls: bool = True
    ca_file: Path | None = None
    """The only authority to believe; None for the system's."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORT else f"{host}:{self.port}"


def parse_address(text: str, *, port: int | None = None, uses_tls: bool = True, ca_file: Path | None = None) -> Address:
    """`chat.example.org`, `chat.example.org:5050`, `[::1]:5050` or `::1`. Raises `BadRequest` with a sentence."""
    text = text.strip().removeprefix("hearth://").rstrip("/")
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
