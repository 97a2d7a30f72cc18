"""Somebody before a real window: looks at it, types, clicks, and waits until it shows something."""

import time
import tkinter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from client_app.core.network.address import Address
from client_app.core.timeline.timeline import Entry, EntryKind, SendState
from client_app.desktop.app import DesktopApp, open_app
from client_app.desktop.composer.widget import Composer
from client_app.desktop.login.form import Field, Prefill
from client_app.desktop.toolkit import Dialog
from client_app.desktop.widgets.fields import LabelledEntry
from server_app.app import App
from tests.peer import PASSWORD

DEADLINE = 30.0


class Person:
    """One window and the hands on it."""

    def __init__(
        self, folder: Path, server: App, ca_file: Path | None, port: int | None = None, link: str = ""
    ) -> None:
        """`port` is that of a relay in between, `link` what the program is started with."""
        host, port = "127.0.0.1", port or server.address[1]
        address = Address(host, port, server.settings.tls, ca_file if server.settings.tls else None)
        self.errors: list[str] = []
        self.has_left = False
        self.app: DesktopApp = open_app(folder, Prefill(address, link=link), use_keyring=False)
        told = self.app.root.on_error

        def on_error(sentence: str) -> None:
            self.errors.append(sentence)
            told(sentence)

        self.app.root.on_error = on_error
        self.app.root.geometry("1200x760+0+0")
        self.app.show()
        self.app.root.update()
        self.app.root.focus_force()

    # --- looking ------------------------------------------------------------------------------------------------------

    def until(self, condition: Callable[[], object], deadline: float = DEADLINE) -> None:
        """Let the window work until it is as wanted."""
        pump(self.app, condition, deadline)

    def until_last_is(self, text: str) -> None:
        """Until the last message says this."""
        self.until(lambda: self.texts and self.texts[-1] == text)

    def until_more_than(self, count: int) -> None:
        """Until more messages than that are there."""
        self.until(lambda: len(self.texts) > count)

    @property
    def entries(self) -> list[Entry]:
        """The messages in the middle pane, whether in view or not."""
        return [entry for entry in self.app.window.conversation.messages.entries if entry.kind is EntryKind.MESSAGE]

    @property
    def texts(self) -> list[str]:
        """What they say."""
        return [entry.text for entry in self.entries]

    @property
    def in_view(self) -> list[str]:
        """The messages of which at least a part is on the screen, from top to bottom."""
        painted = self.app.window.conversation.messages.painted
        return [painted[index].row.entry.text for index in sorted(painted)]

    @property
    def composer(self) -> Composer:
        """Where they write."""
        return self.app.window.conversation.composer

    def place_of(self, text: str) -> int:
        """How far from the top of the middle pane a message stands, in pixels."""
        painted = self.app.window.conversation.messages.painted.values()
        return next(each.y for each in painted if each.row.entry.text == text)

    @property
    def sent(self) -> list[str]:
        """What has really been sent, of all that is shown."""
        return [entry.text for entry in self.entries if entry.state is SendState.SENT]

    @property
    def is_in(self) -> bool:
        """Whether the three panes are shown."""
        return bool(self.app.window.winfo_ismapped())

    def dialog(self) -> Dialog | None:
        """The dialog on the screen."""
        dialogs = [child for child in self.app.root.winfo_children() if isinstance(child, Dialog)]
        return dialogs[-1] if dialogs else None

    def rows(self) -> dict[str, int]:
        """The left pane: how much is unread, by title."""
        channels = self.app.client.channels
        return {row.title: row.unread for row in channels.in_order()}

    def roster(self) -> dict[str, list[str]]:
        """The right pane: names by heading."""
        return {group.title: [row.name for row in group.rows] for group in self.app.client.roster.groups()}

    # --- doing --------------------------------------------------------------------------------------------------------

    def fill(self, name: str, password: str = PASSWORD, *, is_new: bool = True, remember: bool = False) -> None:
        """Fill in the login screen, and leave its button alone."""
        login = self.app.login
        form = replace(login.read(), name=name, is_new=is_new, remember=remember or login.read().remember)
        login.fill(form)
        for field in (Field.PASSWORD, Field.AGAIN):
            login.field(field).set(password)

    def come_in(self, name: str, *, is_new: bool = True, remember: bool = False) -> "Person":
        """Through the login screen into the three panes, with the first page of general there."""
        self.fill(name, is_new=is_new, remember=remember)
        self.app.login.submit()
        self.until(lambda: self.is_in and self.app.window.conversation.messages.entries)
        return self

    def type(self, text: str) -> None:
        """Type into the composer, letter by letter where Tk has a key for it."""
        composer = self.app.window.conversation.composer
        composer.text.focus_force()
        self.app.root.update()
        composer.insert(text)
        self.app.root.update()

    def press(self, key: str, widget: tkinter.Misc | None = None) -> None:
        """Press a key where the keyboard is."""
        target = widget or self.app.root.focus_get() or self.app.root
        target.event_generate(f"<{key}>")
        self.app.root.update()

    def say(self, text: str) -> None:
        """Type it and press Return."""
        self.type(text)
        self.press("Return", self.app.window.conversation.composer.text)

    def click(self, widget: tkinter.Misc, x: int = 5, y: int = 5, button: int = 1) -> None:
        """Press and release the mouse there."""
        for event in ("<Enter>", f"<ButtonPress-{button}>", f"<ButtonRelease-{button}>"):
            widget.event_generate(event, x=x, y=y)
        self.app.root.update()

    def leave(self) -> None:
        """Close the window and what is behind it; may be called twice."""
        if self.has_left:
            return
        self.has_left = True
        self.app.close()
        self.app.client.close()

    def type_into(self, dialog: Dialog, text: str) -> None:
        """Type into the one field of a dialog."""
        field = next(child for child in dialog.body.winfo_children() if isinstance(child, LabelledEntry))
        field.set(text)


def pump(app: DesktopApp, condition: Callable[[], object], deadline: float) -> None:
    """Let a window work until a condition holds."""
    end = time.monotonic() + deadline
    while not condition():
        assert time.monotonic() < end, "what was waited for did not happen in time"
        app.root.update()
        time.sleep(0.001)  # leaves the processor to the network thread
    app.root.update()
