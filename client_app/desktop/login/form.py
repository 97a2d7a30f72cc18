"""What is typed into the login screen, checked before it goes anywhere: each problem is a sentence beside its field."""

import enum
from dataclasses import dataclass, replace
from pathlib import Path

from client_app.core.network.address import DEFAULT_PORT, Address, parse_address, parse_invite
from client_app.core.signals import LoginFailed
from client_app.settings import Settings
from shared.errors import BadRequest, Code
from shared.names import check_password, user_name


class Field(enum.Enum):
    """Where a sentence is shown."""

    SERVER = "server"
    PORT = "port"
    CA_FILE = "ca_file"
    NAME = "name"
    PASSWORD = "password"  # nosec B105  # the name of a field
    AGAIN = "again"
    INVITE = "invite"
    FORM = "form"
    """Below all fields: it concerns none of them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which field."""

    field: Field
    sentence: str


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the command line said."""

    address: Address | None = None
    name: str = ""
    invite: str = ""
    """The code of an invite's link, whose address is the one above."""
    link: str = ""
    """A link to a message there, to be followed once one is in."""


@dataclass(frozen=True, slots=True)
class LoginForm:
    """The fields as typed."""

    server: str = ""
    port: str = str(DEFAULT_PORT)
    uses_tls: bool = True
    ca_file: str = ""
    name: str = ""
    password: str = ""
    again: str = ""
    is_new: bool = False
    """Whether an account is to be made."""
    remember: bool = False
    invite: str = ""
    """A code, where an account is to be made."""
    fingerprint: str = ""
    """Of the certificate that this server must show, where an invite's link said so."""

    def address(self) -> Address | Problem:
        """The server to connect to, or what is wrong with it."""
        port = self.port.strip() or str(DEFAULT_PORT)
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
            return Problem(Field.PORT, "The port is a number from 1 to 65535.")
        ca_file = Path(self.ca_file.strip()).expanduser() if self.ca_file.strip() else None
        if ca_file is not None and not ca_file.is_file():
            return Problem(Field.CA_FILE, "There is no such file.")
        try:
            address = parse_address(self.server, port=int(port), uses_tls=self.uses_tls, ca_file=ca_file)
            return replace(address, fingerprint=self.fingerprint)
        except BadRequest as refusal:
            return Problem(Field.SERVER, refusal.message)

    def fingerprint_for(self, server: str, port: str) -> str:
        """What the link said, as long as the server is still the link's."""
        return self.fingerprint if (server, port) == (self.server, self.port) else ""

    def with_link(self, link: str) -> "LoginForm | Problem":
        """The form as an invite's link fills it: where to, whom to believe, and the code. What is wrong, otherwise."""
        try:
            invitation = parse_invite(link)
        except BadRequest as refusal:
            return Problem(Field.INVITE, refusal.message)
        address = invitation.address
        return replace(
            self,
            server=address.host,
            port=str(address.port),
            uses_tls=address.uses_tls,
            ca_file="",
            is_new=True,
            invite=invitation.code,
            fingerprint=address.fingerprint,
        )

    def problem(self) -> Problem | None:
        """The first field that keeps this from being sent; the server judges the rest."""
        address = self.address()
        if isinstance(address, Problem):
            return address
        if not self.name.strip():
            return Problem(Field.NAME, "Type your name.")
        if not self.password:
            return Problem(Field.PASSWORD, "Type your password.")
        return self._problem_of_a_new_account() if self.is_new else None

    def _problem_of_a_new_account(self) -> Problem | None:
        try:
            user_name(self.name)
        except BadRequest as refusal:
            return Problem(Field.NAME, refusal.message)
        try:
            check_password(self.password)
        except BadRequest as refusal:
            return Problem(Field.PASSWORD, refusal.message)
        if self.password != self.again:
            return Problem(Field.AGAIN, "The two passwords are not the same.")
        return None


def first_form(settings: Settings, prefill: Prefill) -> LoginForm:
    """What the login screen shows at first: the command line's word, or else what was used last.

    Whoever has never logged in on this computer most likely has no account yet.
    """
    ca_file = Path(settings.ca_file) if settings.ca_file else None
    address = prefill.address or Address(settings.server, settings.port, settings.uses_tls, ca_file)
    name = prefill.name or settings.name
    return LoginForm(
        server=address.host,
        port=str(address.port),
        uses_tls=address.uses_tls,
        ca_file=str(address.ca_file or ""),
        name=name,
        is_new=not name or bool(prefill.invite),
        remember=settings.remember,
        invite=prefill.invite,
        fingerprint=address.fingerprint,
    )


_FIELD_OF_CODE = {Code.UNAUTHORIZED: Field.PASSWORD, Code.CONFLICT: Field.NAME, None: Field.SERVER}


def problem_of(failure: LoginFailed) -> Problem:
    """Beside which field a refusal belongs."""
    field = _FIELD_OF_CODE.get(failure.code, Field.FORM)
    if failure.code is Code.FORBIDDEN and "invite" in failure.message.lower():
        field = Field.INVITE
    if failure.code is Code.BAD_REQUEST:
        field = Field.PASSWORD if "password" in failure.message.lower() else Field.NAME
    return Problem(field, failure.message)
