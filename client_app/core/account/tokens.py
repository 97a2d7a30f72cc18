"""Where a remembered session's token is kept: the system's key store, or else a file that only its owner can read.

The key store may ask a person to unlock it, so none of this runs on the thread that draws, nor on the one that writes
what was typed.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from client_app.core.network.address import Address
from client_app.settings import replace_file

SERVICE = "Hearth"
FILE_NAME = "tokens.json"

_log = logging.getLogger(__name__)


class Tokens:
    """Session tokens by account. `load`, `save` and `forget` block; what ends in `_later` returns at once."""

    def __init__(self, folder: Path, *, use_keyring: bool = True) -> None:
        self._path = folder / FILE_NAME
        self._use_keyring = use_keyring
        self._last: threading.Thread | None = None

    def load(self, address: Address, name: str) -> str | None:
        """The token kept for this account, or None."""
        account = account_key(address, name)
        if self._use_keyring:
            import keyring
            import keyring.errors

            try:
                if token := keyring.get_password(SERVICE, account):
                    return token
            except keyring.errors.KeyringError as error:
                _log.info("The system's key store did not answer (%s); looking into %s.", error, FILE_NAME)
        return self._read().get(account)

    def save(self, address: Address, name: str, token: str) -> None:
        """Keep the token: in the key store if there is one, else in a file with mode 0600. Raises `OSError`."""
        account = account_key(address, name)
        if self._use_keyring:
            import keyring
            import keyring.errors

            try:
                keyring.set_password(SERVICE, account, token)
                return
            except keyring.errors.KeyringError as error:
                _log.info("There is no usable key store (%s); the session is kept in %s.", error, FILE_NAME)
        self._write({**self._read(), account: token})

    def forget(self, address: Address, name: str) -> None:
        """Remove the token wherever it is. Raises `OSError`."""
        account = account_key(address, name)
        if self._use_keyring:
            import keyring
            import keyring.errors

            try:
                keyring.delete_password(SERVICE, account)
            except keyring.errors.KeyringError as error:
                _log.debug("Nothing was removed from the key store: %s", error)
        tokens = self._read()
        if tokens.pop(account, None) is not None:
            self._write(tokens)

    def save_later(self, address: Address, name: str, token: str) -> None:
        """`save` in the background, after whatever was begun before."""
        self._begin(lambda: self.save(address, name, token))

    def forget_later(self, address: Address, name: str) -> None:
        """`forget` in the background, after whatever was begun before."""
        self._begin(lambda: self.forget(address, name))

    def close(self) -> None:
        """Wait for what was begun, but not for a person who does not unlock the key store."""
        if self._last is not None:
            self._last.join(timeout=2)

    def _begin(self, job: Callable[[], None]) -> None:
        """Run it on a thread of its own: a key store that hangs or fails, in whichever way, takes nothing with it."""
        before = self._last

        def run() -> None:
            if before is not None:
                before.join()
            job()

        self._last = threading.Thread(target=run, name="tokens", daemon=True)
        self._last.start()

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def _write(self, tokens: dict[str, str]) -> None:
        replace_file(self._path, msgspec.json.encode(tokens))


def account_key(address: Address, name: str) -> str:
    """One account of one server, as a key for what is kept about it."""
    return f"{name.casefold()}@{address.host.lower()}:{address.port}"
