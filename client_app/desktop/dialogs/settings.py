"""What can be set: how Hearth looks, and when and how it notifies. Each choice takes effect at once."""

import tkinter
from collections.abc import Callable
from typing import Protocol, get_args

from client_app.core.client import Client
from client_app.desktop.notifications import Backend
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Appearance, Space, pair
from client_app.desktop.toolkit import Button, Dialog, Frame, Label, OptionMenu, Root, Switch
from shared.errors import Refusal

WIDTH = 440
SHARE_RECEIPTS = "Read receipts in direct messages"
ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
NOTIFICATIONS = {
    "all": "All messages",
    "direct": "Direct messages and mentions",
    "none": "Nothing",
}


SHOW_PICTURES = {"always": "Always", "click": "On a click"}
PLAY_PICTURES = {"hover": "Under the pointer", "never": "Never"}


class Chooser(Protocol):
    """Carries the choices out."""

    def set_appearance(self, appearance: Appearance) -> None:
        """Switch between dark and light."""

    def set_zoom(self, zoom: float) -> None:
        """Make everything larger or smaller."""

    def redraw_messages(self) -> None:
        """Draw messages anew, as they are wanted now."""

    def test_notification(self, then: Callable[[Backend], None]) -> None:
        """Show a notification and tell on Tk's thread who took it."""

    def show_own_profile(self) -> None:
        """Show what I tell of myself, to be changed."""


class SettingsDialog(Dialog):
    """The settings, read from and written to the client."""

    def __init__(self, root: Root, client: Client, chooser: Chooser) -> None:
        super().__init__(root, "Settings", cancel_label="Close", width=WIDTH)
        self._client, self._chooser = client, chooser
        self._area = area = ScrollArea(self.body, root, ground="raised")
        area.pack(fill="both", expand=True)
        settings = client.settings
        self._heading("Appearance")
        names = [name.capitalize() for name in get_args(Appearance)]
        self._appearance = self._menu("Theme", names, settings.appearance.capitalize(), self._choose_appearance)
        self._zoom = self._menu(
            "Size of everything", [_percent(zoom) for zoom in ZOOMS], _percent(settings.zoom), self._choose_zoom
        )
        self._heading("Pictures")
        self.show_pictures = self._menu(
            "Show pictures", list(SHOW_PICTURES.values()), SHOW_PICTURES[settings.show_pictures], self._choose_showing
        )
        self.play_pictures = self._menu(
            "Play animated pictures",
            list(PLAY_PICTURES.values()),
            PLAY_PICTURES[settings.play_pictures],
            self._choose_playing,
        )
        self._heading("Privacy")
        self.shares_receipts = Switch(area.inner, SHARE_RECEIPTS, command=self._choose_receipts)
        self._show_receipts()
        self.shares_receipts.pack(anchor="w", pady=(Space.TIGHT, Space.MEDIUM))
        self._heading("Notifications")
        self._notifications = self._menu(
            "Notify about",
            list(NOTIFICATIONS.values()),
            NOTIFICATIONS[settings.notifications],
            self._choose_notifications,
        )
        self._hides_text = Switch(area.inner, "Hide the text of messages", command=self._choose_hiding)
        if settings.hide_notification_text:
            self._hides_text.select()
        self._hides_text.pack(anchor="w", pady=(Space.TIGHT, Space.MEDIUM))
        Button(area.inner, "Send a test notification", self.test, kind="secondary").pack(anchor="w")
        self._outcome = Label(
            area.inner, "", role="small", text_color=pair("text_muted"), wraplength=WIDTH, justify="left", height=36
        )
        self._outcome.pack(fill="x", pady=(Space.TIGHT, 0))
        Button(self._row, "Your profile…", self._show_profile, kind="secondary").pack(side="left")
        area.watch()
        self.update_idletasks()
        area.configure(width=area.inner.winfo_reqwidth(), height=area.wanted_height)
        area.pack_propagate(False)
        self.open(elastic=area)

    @property
    def outcome(self) -> str:
        """What is said about the test notification."""
        return str(self._outcome.cget("text"))

    def _heading(self, text: str) -> None:
        Label(self._area.inner, text, role="small_bold", text_color=pair("text_muted"), height=18).pack(
            fill="x", pady=(Space.SMALL, Space.TIGHT)
        )

    def _menu(self, label: str, values: list[str], value: str, choose: Callable[[str], None]) -> OptionMenu:
        row = Frame(self._area.inner, fg_color="transparent")
        row.pack(fill="x", pady=(0, Space.SMALL))
        Label(row, label).pack(side="left")
        menu = OptionMenu(row, values, command=choose, width=200)
        menu.set(value)
        menu.pack(side="right")
        return menu

    def _choose_appearance(self, value: str) -> None:
        appearance: Appearance = "light" if value == "Light" else "dark"
        self._chooser.set_appearance(appearance)
        self.configure(background=pair("raised")[0 if appearance == "light" else 1])

    def _choose_zoom(self, value: str) -> None:
        self._chooser.set_zoom(int(value.rstrip(" %")) / 100)

    def _choose_notifications(self, value: str) -> None:
        self._client.save_settings(notifications=_key_of(NOTIFICATIONS, value))

    def _choose_showing(self, value: str) -> None:
        self._client.save_settings(show_pictures=_key_of(SHOW_PICTURES, value))
        self._chooser.redraw_messages()

    def _choose_playing(self, value: str) -> None:
        self._client.save_settings(play_pictures=_key_of(PLAY_PICTURES, value))

    def _choose_receipts(self) -> None:
        self._client.share_receipts(bool(self.shares_receipts.get()), self._receipts_refused)

    def _receipts_refused(self, refusal: Refusal) -> None:
        """Show again what holds, and say why nothing else does."""
        if tkinter.Misc.winfo_exists(self):
            self._show_receipts()
            self.show_error(refusal.message)

    def _show_receipts(self) -> None:
        state = self._client.state
        if state is None or state.choices.shares_receipts:
            self.shares_receipts.select()
        else:
            self.shares_receipts.deselect()

    def _choose_hiding(self) -> None:
        self._client.save_settings(hide_notification_text=bool(self._hides_text.get()))

    def _show_profile(self) -> None:
        self.close()
        self._chooser.show_own_profile()

    def test(self) -> None:
        """As if “Send a test notification” had been pressed."""
        self._outcome.configure(text="Sending…")
        self._chooser.test_notification(self._tell)

    def _tell(self, backend: Backend) -> None:
        if tkinter.Misc.winfo_exists(self):
            self._outcome.configure(text=f"It was delivered by {backend.value}.")


def _key_of(labels: dict[str, str], label: str) -> str:
    """What is kept for this label."""
    return next(name for name, each in labels.items() if each == label)


def _percent(zoom: float) -> str:
    return f"{round(zoom * 100)} %"
