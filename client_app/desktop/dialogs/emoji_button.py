"""A button at the end of a field, by which an emoji is chosen for it."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.drawing.signs import sign_picture
from client_app.desktop.emoji_picker import EmojiPicker
from client_app.desktop.theme import pair
from client_app.desktop.toolkit import IconButton, Root
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.widgets.text_line import TextLine
from shared.types import Emoji


class EmojiButton:
    """Opens a picker over the dialog in which the field stands; what is chosen goes to where one writes in it."""

    def __init__(self, field: LabelledEntry, root: Root, client: Client) -> None:
        assert isinstance(field.entry, TextLine), "numbers and secrets have no emoji"
        self._line, self._root_window, self._client = field.entry, root, client
        self._picker: EmojiPicker | None = None
        self.button = IconButton(self._line, "", self.open, "Emoji", image=sign_picture("smile", 20))
        self.button.configure(bg_color=pair("field"))
        self._line.put_beside(self.button)

    @property
    def picker(self) -> EmojiPicker:
        """Made when it is first wanted."""
        if self._picker is None:
            dialog = self._line.winfo_toplevel()
            assert isinstance(dialog, tkinter.Tk | tkinter.Toplevel)
            self._picker = EmojiPicker(self._root_window, self._client, within=dialog)
        return self._picker

    def open(self) -> None:
        """As if it had been pressed."""
        line = self._line
        if line.cget("state") == "disabled":
            return
        line.focus_set()
        x, y = line.winfo_rootx() + line.winfo_width(), line.winfo_rooty() + line.winfo_height()
        # Once this click is over: a click anywhere closes the picker.
        line.after_idle(lambda: self.picker.show(x, y, self._write))

    def _write(self, emoji: Emoji) -> None:
        self._line.type(emoji)
        self._line.focus_set()
