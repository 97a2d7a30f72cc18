"""The account whose session opens by itself: where it is, and the token that opens it."""

from collections.abc import Callable
from pathlib import Path

from client_app.core.network.address import Address
from client_app.settings import Settings
from shared.errors import Code, Refusal
from shared.requests import Resume
from shared.types import Rev, Token

from .tokens import Tokens, account_key


class Remembered:
    """What the settings say of it."""

    def __init__(self, settings: Settings) -> None:
        ca_file = Path(settings.ca_file) if settings.ca_file else None
        self.address = Address(settings.server, settings.port, settings.uses_tls, ca_file)
        self.name = settings.name

    @classmethod
    def by(cls, settings: Settings) -> "Remembered | None":
        """The account that these settings name; None where none is to be remembered."""
        is_wanted = settings.remember and settings.server and settings.name
        return cls(settings) if is_wanted else None

    @property
    def account(self) -> str:
        """The key of what is kept of it."""
        return account_key(self.address, self.name)

    def opening(self, tokens: Tokens, users_rev: Callable[[], Rev]) -> Callable[[], Resume]:
        """What makes the request that opens the session. It asks the key store until that has answered once.

        It raises `Refusal` where there is no token any more.
        """
        found: list[Token] = []

        def resume() -> Resume:
            if not found:
                token = tokens.load(self.address, self.name)
                if token is None:
                    raise Refusal("Please log in again.", code=Code.UNAUTHORIZED)
                found.append(token)
            return Resume(token=found[0], users_rev=users_rev())

        return resume
