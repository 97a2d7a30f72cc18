"""The devices that can come back without a password, each with a button that ends its session."""

import datetime

from client_app.core.client import Client
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Dialog, Frame, Label, Root
from shared.entities import Session
from shared.types import Milliseconds

WIDTH, HEIGHT = 480, 300


class SessionsDialog(Dialog):
    """Lists the person's sessions, newest first; filled when the server's answer is there."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, "Where you are logged in", cancel_label="Close", width=WIDTH)
        self._client = client
        self._sessions: tuple[Session, ...] = ()
        self._area = ScrollArea(self.body, root, ground="raised")
        self._area.configure(width=root.px(WIDTH), height=root.px(HEIGHT))
        self._area.pack_propagate(False)
        self._area.pack(fill="both", expand=True)
        self._say("Asking the server…")
        self.open()
        self._refresh()

    @property
    def devices(self) -> tuple[str, ...]:
        """What is listed."""
        return tuple(session.device for session in self._sessions)

    def log_out(self, device: str) -> None:
        """As if the button beside this device had been pressed."""
        self._revoke(next(session for session in self._sessions if session.device == device))

    def _refresh(self) -> None:
        self._client.list_sessions(self._show)
        self._client.tell()

    def _show(self, sessions: tuple[Session, ...]) -> None:
        if not self.winfo_exists():
            return
        self._sessions = sessions
        self._clear()
        for session in sessions:
            self._add(session)
        self._area.watch()

    def _add(self, session: Session) -> None:
        row = Frame(self._area.inner, fg_color=pair("surface"), corner_radius=Space.RADIUS)
        row.pack(fill="x", pady=(0, Space.SMALL), padx=(0, Space.SMALL))
        words = Frame(row, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True, padx=Space.MEDIUM, pady=Space.SMALL)
        Label(words, display_text(session.device) or "Unnamed device", role="row_bold", height=20).pack(fill="x")
        seen = "This device" if session.is_current else f"Last seen {_moment(session.last_seen_at)}"
        Label(
            words,
            f"{seen} · logged in {_moment(session.created_at)}",
            role="small",
            text_color=pair("text_muted"),
            height=18,
        ).pack(fill="x")
        if not session.is_current:
            Button(row, "Log out", lambda: self._revoke(session), kind="secondary", height=32).pack(
                side="right", padx=Space.MEDIUM
            )

    def _revoke(self, session: Session) -> None:
        self._client.revoke_session(session.id, self._refresh)
        self._client.tell()

    def _say(self, sentence: str) -> None:
        self._clear()
        Label(self._area.inner, sentence, text_color=pair("text_muted")).pack(fill="x")

    def _clear(self) -> None:
        for child in self._area.inner.winfo_children():
            child.destroy()


def _moment(milliseconds: Milliseconds) -> str:
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).astimezone()
    return f"{moment.day} {moment:%B %Y, %H:%M}"
