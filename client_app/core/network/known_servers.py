"""The certificates that a person has accepted, by server: trust on first use, as SSH has it."""

from pathlib import Path

import msgspec

from client_app.settings import replace_file

from .address import Address

FILE_NAME = "known_servers.json"


class KnownServers:
    """Fingerprints by `host:port`, in one readable file. Small enough to be read anew each time it is asked."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def fingerprint(self, address: Address) -> str | None:
        """The fingerprint accepted for this server; None for a server that is new."""
        return self._read().get(_key(address))

    def remember(self, address: Address, fingerprint: str) -> None:
        """Accept this certificate for this server, in place of any former one. Raises `OSError`."""
        known = {**self._read(), _key(address): fingerprint}
        replace_file(self._path, msgspec.json.format(msgspec.json.encode(known), indent=2))

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}  # A broken file forgets whom it knew, and every server is asked about once more.


def _key(address: Address) -> str:
    return f"{address.host.lower()}:{address.port}"
