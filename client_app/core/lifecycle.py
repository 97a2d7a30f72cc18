"""How a client lives: its parts, the turn of its loop, coming, going, and coming back."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, assert_never

import msgspec

from client_app.settings import Settings, load_settings, save_settings
from shared.entities import User
from shared.errors import Code, Refusal
from shared.requests import Login, Register, Request, Resume
from shared.types import ChannelId

from .address import Address
from .asks import Asks
from .channels import ChannelList
from .connection import Connection, Opening
from .device import device_name
from .inbox import Inbox
from .incoming import Answered, Dropped, Due, Ended, Incoming, Opened, OpeningFailed, Retrying, Told
from .known_servers import KnownServers
from .roster import Roster
from .session import Session, begin
from .signals import (
    CertificateQuestion,
    ChannelsChanged,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    Notice,
    Phase,
    RosterChanged,
    StatusChanged,
)
from .state import State, from_snapshot
from .store import Store
from .telling import Telling
from .tokens import Tokens, account_key

R = TypeVar("R")
S = TypeVar("S")


class Lifecycle:
    """A client that can log in and out. Its methods belong to the thread that calls `drain`; only `close` blocks."""

    def __init__(self, folder: Path, wake: Callable[[], None] | None = None, *, use_keyring: bool = True) -> None:
        """`folder` holds what one person keeps on this computer.

        `wake` is called, from the network thread and at most once until the next `drain`, when there is something to
        drain; without it, `run` does the waiting.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = load_settings(folder)
        self.phase = Phase.LOGGED_OUT
        self.address: Address | None = None
        self.session: Session | None = None
        self.channels = ChannelList(lambda: self.state, lambda: self.open_channel_id)
        self.roster = Roster(lambda: self.state, lambda: self.open_channel_id)
        self.known_servers = KnownServers(folder)
        self._folder = folder
        self._store = Store(folder)
        self._tokens = Tokens(folder, use_keyring=use_keyring)
        self._woken = threading.Event()
        self._inbox: Inbox[tuple[Connection, Incoming]] = Inbox(wake or self._woken.set)
        self._connection: Connection | None = None
        self._asks = Asks()
        self._telling = Telling()
        self._is_remembering = False
        self._is_resuming = False
        self._is_closed = False

    # --- the turn of the loop -----------------------------------------------------------------------------------------

    def on(self, signal_type: type[S], handler: Callable[[S], None]) -> None:
        """Call this with every signal of this type."""
        self._telling.on(signal_type, handler)

    def drain(self, budget: float = 0.004) -> bool:
        """Take in what arrived, for about `budget` seconds, and tell what changed; whether more is waiting."""
        has_more = self._inbox.drain(self._take, budget)
        self.tell()
        return has_more

    def tell(self) -> None:
        """Call the handlers of everything that changed since the last time. Intents need this as well as `drain`."""
        self._telling.tell()

    def run(self) -> None:
        """Drain until `close` is called: the main loop of a program without a window."""
        while not self._is_closed:
            self._woken.wait(timeout=1.0)
            self._woken.clear()
            while self.drain() and not self._is_closed:
                pass

    def close(self) -> None:
        """Hang up and keep what must be kept. Blocks for a moment; the last thing to be called."""
        self._is_closed = True
        if self._connection is not None:
            self._connection.close()
            self._connection.join(2.0)
        self._tokens.close()
        self._store.close()

    # --- coming and going ---------------------------------------------------------------------------------------------

    @property
    def state(self) -> State | None:
        """What is known of the server's world; None while nobody is logged in."""
        return self.session.state if self.session else None

    @property
    def me(self) -> User | None:
        """Who is logged in."""
        return self.session.state.me if self.session else None

    @property
    def open_channel_id(self) -> ChannelId | None:
        """The channel that is looked at."""
        return self.session.open_channel_id if self.session else None

    def login(self, address: Address, name: str, password: str, *, remember: bool = False) -> None:
        """Open a session. `LoggedIn`, `LoginFailed` or `CertificateQuestion` follows."""
        opening = Login(name=name, password=password, device=device_name())
        self._open(address, lambda: opening, name, remember=remember)

    def register(
        self, address: Address, name: str, password: str, *, remember: bool = False, invite: str | None = None
    ) -> None:
        """Make an account and open a session; the same signals follow as for `login`."""
        opening = Register(name=name, password=password, invite=invite, device=device_name())
        self._open(address, lambda: opening, name, remember=remember)

    def resume_remembered(self) -> bool:
        """Open the session that was to be remembered; whether there is one. The signals of `login` follow."""
        settings = self.settings
        if not (settings.remember and settings.server and settings.name):
            return False
        ca_file = Path(settings.ca_file) if settings.ca_file else None
        address = Address(settings.server, settings.port, settings.uses_tls, ca_file)

        def opening() -> Opening:
            if (token := self._tokens.load(address, settings.name)) is None:
                raise Refusal("Please log in again.", code=Code.UNAUTHORIZED)
            return Resume(token=token)

        self._open(address, opening, settings.name, remember=True, is_resuming=True)
        return True

    def cancel_login(self) -> None:
        """Give up the attempt to log in."""
        if self.phase is Phase.CONNECTING:
            self._leave(Phase.LOGGED_OUT)
            self.tell()

    def trust(self, address: Address, fingerprint: str) -> None:
        """Accept this certificate for this server from now on."""
        self.known_servers.remember(address, fingerprint)

    def _open(
        self,
        address: Address,
        opening: Callable[[], Opening],
        name: str,
        *,
        remember: bool,
        is_resuming: bool = False,
    ) -> None:
        self._leave(Phase.CONNECTING)
        self.address = address
        self._is_remembering, self._is_resuming = remember, is_resuming
        self.save_settings(
            server=address.host,
            port=address.port,
            uses_tls=address.uses_tls,
            ca_file=str(address.ca_file or ""),
            name=name.strip(),
        )
        self._connection = Connection(address, opening, self.known_servers, self._inbox)
        self._asks.use(self._connection)
        self._connection.start()
        self.tell()

    def _leave(self, phase: Phase) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._asks.use(None)
        self.session = None
        self._enter(phase)

    def _enter(self, phase: Phase, reason: str = "", retry_in: float | None = None) -> None:
        self.phase = phase
        self._telling.emit(StatusChanged(phase, reason, retry_in))

    def _forget_token(self, address: Address, name: str) -> None:
        self.save_settings(remember=False)
        self._tokens.forget_later(address, name)

    # --- asking -------------------------------------------------------------------------------------------------------

    def ask(
        self,
        request: Request[R],
        done: Callable[[R], None] = lambda _: None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Ask the server something; a refusal becomes a `Notice` unless `refused` takes it."""
        self._asks.ask(request, done, refused or (lambda refusal: self.notice(refusal.message, is_error=True)))

    def notice(self, text: str, *, is_error: bool = False) -> None:
        """Tell the person something."""
        self._telling.emit(Notice(text, is_error))

    def save_settings(self, **changes: Any) -> None:
        """Change some settings and keep them."""
        settings: Settings = msgspec.structs.replace(self.settings, **changes)
        if settings != self.settings:
            self.settings = settings
            self._store.in_order(lambda: save_settings(self._folder, settings))

    # --- what arrives -------------------------------------------------------------------------------------------------

    def _take(self, item: tuple[Connection, Incoming]) -> None:
        connection, incoming = item
        if connection is not self._connection:
            return  # Of a connection that was given up.
        match incoming:
            case Told(event=event):
                if self.session:
                    self.session.take(event, self._telling.emit)
            case Answered(ticket=ticket, result=result):
                self._asks.answered(ticket, result)
            case Due(ticket=ticket):
                self._asks.due(ticket)
            case Opened():
                self._opened(incoming)
            case OpeningFailed():
                self._opening_failed(incoming)
            case Dropped(reason=reason, retry_in=seconds):
                if self.session:
                    self.session.outbox.set_online(False)
                self._enter(Phase.RECONNECTING, reason, seconds)
            case Retrying():
                self._enter(Phase.RECONNECTING)
            case Ended(message=message):
                self._ended(message)
            case _:
                assert_never(incoming)

    def _opened(self, opened: Opened) -> None:
        state = from_snapshot(opened.logged_in.snapshot)
        if self.session is None and self.address is not None:
            account = account_key(self.address, state.me.name)
            self.session = begin(account, state, self._store.of(account), self._asks, self._telling.timeline_changed)
            self._remember(opened.logged_in.token, state.me.name)
        if self.session is None:
            return
        self._enter(Phase.ONLINE)
        self._telling.emit(LoggedIn(state.me, opened.is_resumed))
        self._telling.emit(ChannelsChanged())
        self._telling.emit(RosterChanged())
        self.session.resumed(state, self._telling.emit)
        self.session.outbox.set_online(True)

    def _remember(self, token: str, name: str) -> None:
        self.save_settings(remember=self._is_remembering, name=name)
        if self._is_remembering and self.address is not None:
            self._tokens.save_later(self.address, name, token)

    def _opening_failed(self, failed: OpeningFailed) -> None:
        address, was_logged_in = self.address, self.session is not None
        self._leave(Phase.LOGGED_OUT)
        if was_logged_in:
            self._telling.emit(LoggedOut(failed.reason))
        if failed.untrusted is not None and address is not None:
            self._telling.emit(CertificateQuestion(address, failed.untrusted.found, failed.untrusted.known))
            return
        refusal = failed.refusal
        if refusal and refusal.code is Code.UNAUTHORIZED and self._is_resuming and address is not None:
            self._forget_token(address, self.settings.name)
        self._telling.emit(
            LoginFailed(failed.reason, refusal.code if refusal else None, refusal.retry_after if refusal else None)
        )

    def _ended(self, message: str) -> None:
        if self.address is not None and self.session is not None:
            self._forget_token(self.address, self.session.state.me.name)
        self._leave(Phase.LOGGED_OUT)
        self._telling.emit(LoggedOut(message))
