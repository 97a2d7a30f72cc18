"""How a client lives: its parts, coming, going, and coming back."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from client_app.core.account.device import device_name
from client_app.core.account.remembered import Remembered
from client_app.core.account.tokens import Tokens, account_key
from client_app.core.network.address import Address
from client_app.core.network.connection import Connection, Opening
from client_app.core.network.incoming import (
    Answered,
    Dropped,
    Due,
    Ended,
    Incoming,
    Opened,
    OpeningFailed,
    Retrying,
    Told,
)
from client_app.core.network.known_servers import KnownServers
from client_app.core.panes.channels import ChannelList
from client_app.core.panes.roster import Roster
from client_app.core.session.beginning import Beginnings
from client_app.core.signals import (
    CertificateQuestion,
    ChannelsChanged,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    Phase,
    RosterChanged,
    StatusChanged,
)
from client_app.core.world.permissions import Permissions
from client_app.core.world.state import State, from_snapshot
from shared.entities import User
from shared.errors import Code
from shared.requests import Login, Register, Resume
from shared.types import ChannelId, Milliseconds, Rev, Token

from .loop import Loop, Wake


class Lifecycle(Loop):
    """A client that can log in and out. Its methods belong to the thread that calls `drain`; only `close` blocks."""

    def __init__(
        self, folder: Path, wake: Wake | None = None, *, use_keyring: bool = True, cache: Path | None = None
    ) -> None:
        """`folder` is for what one person keeps, `cache` for what can be had again; without `wake`, `run` waits."""
        super().__init__(folder, wake, (cache or folder / "cache") / "files")
        self.phase = Phase.LOGGED_OUT
        self.address: Address | None = None

        def wait_until(channel_id: ChannelId) -> Milliseconds:
            return self.session.wait_until(channel_id) if self.session else 0

        self._permissions = allowed = Permissions(lambda: self.state)
        self.channels = ChannelList(
            lambda: self.state,
            lambda: self.open_channel_id,
            allowed,
            wait_until,
            has_draft=lambda each: self.session is not None and self.session.drafts.is_begun(each),
            typists=lambda each: self.session.typists.of(each) if self.session else (),
        )
        self.roster = Roster(lambda: self.state, lambda: self.open_channel_id, allowed)
        self.known_servers = KnownServers(folder)
        self._tokens = Tokens(folder, use_keyring=use_keyring)
        self._beginnings = Beginnings(self._store, self._asks, self._telling, self.files)
        self._is_remembering = self._is_resuming = False

    def close(self) -> None:
        """Hang up and keep what must be kept. Blocks for a moment; the last thing to be called."""
        self._is_closed = True
        if self.session is not None:
            self.session.keep()
        if self._connection is not None:
            self._connection.close()
            self._connection.join(2.0)
        self._tokens.close()
        self.files.close()
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
        """Open the session that was to be remembered; whether there is one. The signals of `login` follow.

        Where its world is kept here, one is in at once, told before this returns: `LoggedIn` and `StatusChanged`, and
        everything can be read and written. The connection is tried for ever; `LoggedIn` follows again when it is there.
        """
        if (remembered := Remembered.by(self.settings)) is None:
            return False
        opening = remembered.opening(self._tokens, self._users_rev)
        self._open(remembered.address, opening, remembered.name, remember=True, resumed=remembered.account)
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
        resumed: str = "",
    ) -> None:
        """Open a session, or come back to the one of an account `resumed`, of which a world may be kept here."""
        self._hang_up()
        session = self._beginnings.kept(resumed) if resumed else None
        self.address = address
        self._is_remembering, self._is_resuming = remember, bool(resumed)
        self.save_settings(
            server=address.host,
            port=address.port,
            uses_tls=address.uses_tls,
            ca_file=str(address.ca_file or ""),
            name=name.strip(),
        )
        goes_on = session is not None
        connection = Connection(address, opening, self.known_servers, self._inbox, self._users_rev, goes_on=goes_on)
        self._connection, self.session = connection, session
        self._asks.use(connection)
        if session is not None:
            self._tell_logged_in(session.state.me, is_resumed=False)
        self._enter(Phase.CONNECTING if session is None else Phase.RECONNECTING)
        if session is not None and session.last_open_channel_id in session.state.channels:
            session.open(session.last_open_channel_id, self._telling.emit)
        self.tell()
        if self._connection is connection:
            connection.start()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._asks.use(None)
        if self.session is not None:
            self.session.keep()
        self.session = None
        self.files.end()

    def _leave(self, phase: Phase) -> None:
        self._hang_up()
        self._enter(phase)

    def _enter(self, phase: Phase, reason: str = "", retry_in: float | None = None) -> None:
        self.phase = phase
        self._telling.emit(StatusChanged(phase, reason, retry_in))

    def _forget_token(self, address: Address, name: str) -> None:
        self.save_settings(remember=False)
        self._tokens.forget_later(address, name)

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
                    self.session.dropped()
                self._enter(Phase.RECONNECTING, reason, seconds)
            case Retrying():
                self._enter(Phase.RECONNECTING)
            case Ended(message=message):
                self._ended(message)
            case _:
                assert_never(incoming)

    def _opened(self, opened: Opened) -> None:
        snapshot = opened.logged_in.snapshot
        state = from_snapshot(snapshot, self.state)
        if self.session is None and self.address is not None:
            account = account_key(self.address, state.me.name)
            self.session = self._beginnings.logged_in(account, state, keeps_history=self._is_remembering)
            self._remember(opened.logged_in.token, state.me.name)
        if self.session is None:
            return
        self._enter(Phase.ONLINE)
        self._tell_logged_in(state.me, is_resumed=opened.is_resumed)
        is_same = self.session.resumed(state, self._telling.emit)
        if not is_same and snapshot.users_since:
            self._learn_people_anew(opened.logged_in.token)

    def _learn_people_anew(self, token: Token) -> None:
        """Come back once more and be told of everybody: a restored backup may call others by the numbers known here."""
        if self.session is None or self.address is None or self._connection is None:
            return
        self._connection.close()
        self.session.dropped()
        opening = Resume(token=token)
        address, known = self.address, self.known_servers
        self._connection = Connection(address, lambda: opening, known, self._inbox, self._users_rev, goes_on=True)
        self._asks.use(self._connection)
        self._enter(Phase.RECONNECTING)
        self._connection.start()

    def _users_rev(self) -> Rev:
        """Up to which revision the people are known. Any thread."""
        session = self.session
        return session.state.users_rev if session else 0

    def _tell_logged_in(self, me: User, *, is_resumed: bool) -> None:
        self._telling.emit(LoggedIn(me, is_resumed))
        self._telling.emit(ChannelsChanged())
        self._telling.emit(RosterChanged())

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
