"""Coming in: what the server is, accounts, passwords, and the devices that can come back."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Session, Snapshot
from shared.types import Device, Name, Password, Registration, Rev, SessionId, Token

from .asking import Nothing, Request


class Welcome(Struct, frozen=True):
    """What the server is, before anybody has logged in."""

    server: str
    """The program's name and version."""
    protocol: int
    registration: Registration


class LoggedIn(Struct, frozen=True):
    """A session is open on this connection; events follow."""

    token: Token
    """Opens the session again with `resume`. Keep it like a password."""
    snapshot: Snapshot


class Sessions(Struct, frozen=True):
    """The person's sessions, newest first."""

    sessions: tuple[Session, ...]


class Hello(Request[Welcome], frozen=True, kw_only=True):
    """Ask what the server is. Optional, and before anything else."""

    protocol: int = 1
    client: Annotated[str, Meta(max_length=100)] = ""
    """The program's name and version, for the server's log."""


class Register(Request[LoggedIn], frozen=True, kw_only=True):
    """Make an account and log in with it. The first account of a server is its owner."""

    name: Name
    password: Password
    invite: Annotated[str, Meta(max_length=200)] | None = None
    device: Device = ""


class Login(Request[LoggedIn], frozen=True, kw_only=True):
    """Open a session with name and password. An unknown name and a wrong password get the same answer."""

    name: Name
    password: Password
    device: Device = ""


class Resume(Request[LoggedIn], frozen=True, kw_only=True):
    """Open the session of this token again, on a new connection."""

    token: Token
    users_rev: Rev = 0
    """The newest revision of the people who are still known from before: then only later ones are told."""


class LogOut(Request[Nothing], frozen=True, kw_only=True):
    """End this session; its token opens nothing any more. The server closes the connection after its reply."""


class ChangePassword(Request[Nothing], frozen=True, kw_only=True):
    """Set a new password; every other session of the person ends."""

    old_password: Password
    new_password: Password


class ListSessions(Request[Sessions], frozen=True, kw_only=True):
    """List the devices that can come back without the password."""


class RevokeSession(Request[Nothing], frozen=True, kw_only=True):
    """End one of one's own sessions."""

    session_id: SessionId


class Ping(Request[Nothing], frozen=True, kw_only=True):
    """Show that one is still there."""
