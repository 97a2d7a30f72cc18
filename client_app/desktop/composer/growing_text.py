"""A text box with rounded corners: as high as its text from one line to eight, with words where nothing is typed."""

import tkinter
from collections.abc import Callable

from client_app.desktop.drawing.signs import sign_picture
from client_app.desktop.editor import Editor
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, IconButton, Look, Root
from client_app.desktop.widgets.painted_label import PaintedLabel

MOST_LINES = 8


class GrowingText(Frame):
    """Holds `text`. Its owner calls `changed` after each change of it."""

    def __init__(
        self, master: tkinter.Misc, root: Root, on_emoji: Callable[[], object], on_attach: Callable[[], object]
    ) -> None:
        super().__init__(
            master, fg_color=pair("field"), corner_radius=Space.RADIUS, border_width=1, border_color=pair("border")
        )
        self.text = Editor(
            self,
            root,
            height=1,
            width=1,
            wrap="word",
            borderwidth=0,
            highlightthickness=0,
            insertofftime=500,
            font=Root.font_name("body"),
        )
        self.emoji_button = IconButton(self, "", on_emoji, "Emoji", image=sign_picture("smile", 20))
        self.emoji_button.configure(bg_color=pair("field"))
        self.emoji_button.pack(side="right", anchor="s", padx=(0, 4), pady=4)
        tip = "Attach files (Ctrl+Shift+U)"
        self.attach_button = IconButton(self, "", on_attach, tip, image=sign_picture("add", 20))
        self.attach_button.configure(bg_color=pair("field"))
        self.text.pack(side="left", fill="both", expand=True, padx=(Space.MEDIUM, 0), pady=8)
        self.text.bind("<Configure>", lambda _event: self._fit())
        self._placeholder = PaintedLabel(self.text, root, font="body", color="text_faint", ground="field")
        self._placeholder.configure(cursor="xterm")
        self._placeholder.bind("<Button-1>", lambda _event: self.text.focus_set())
        root.on_look(self, self._dress)

    def load(self, text: str) -> None:
        """Hold this text instead, with nothing to undo."""
        self.text.delete("1.0", "end")
        self.text.insert("1.0", text)
        self.text.edit_reset()
        self.text.edit_modified(False)
        self.text.see("insert")

    def replace(self, start: int, end: int, text: str) -> None:
        """Put this in the place of the characters from `start` to `end`; one step for undo."""
        self.text.edit_separator()
        self.text.replace(self.text.index_at(start), self.text.index_at(end), text)
        self.text.edit_separator()
        self.text.see("insert")

    def rename(self, placeholder: str) -> None:
        """Say this where nothing is typed."""
        self._placeholder.show(placeholder)

    def offer_to_attach(self, *, is_offered: bool) -> None:
        """Whether there is a button for it."""
        if is_offered == bool(self.attach_button.winfo_manager()):
            return
        if is_offered:
            self.attach_button.pack(side="left", anchor="s", padx=(4, 0), pady=4, before=self.text)
        else:
            self.attach_button.pack_forget()
        self.text.pack_configure(padx=(0 if is_offered else Space.MEDIUM, 0))

    def changed(self, *, says_so: bool) -> None:
        """Take the height of the text, and say the words for an empty box or not."""
        if says_so:
            self._placeholder.place(x=1, rely=0.5, relwidth=1, anchor="w")
        else:
            self._placeholder.place_forget()
        self._fit()

    def _fit(self) -> None:
        """As high as the text, from one line to eight. A long text is not measured: it fills the box anyway."""
        lines = MOST_LINES
        if int(self.text.index("end-1c").split(".")[0]) < MOST_LINES:
            page = self.text.page
            lines = min(page.count if page.is_open else self._display_lines(), MOST_LINES)
        if int(self.text.cget("height")) != lines:
            self.text.configure(height=lines)

    def _display_lines(self) -> int:
        counted = self.text.tk.call(str(self.text), "count", "-update", "-displaylines", "1.0", "end")
        return max(int(str(counted[0] if isinstance(counted, tuple) else counted)), 1)

    def _dress(self, look: Look) -> None:
        palette = look.palette
        self.text.configure(
            background=palette.field,
            foreground=palette.text,
            insertbackground=palette.text,
            insertwidth=max(look.px(2), 1),
            selectbackground=palette.selection,
            selectforeground=palette.text,
            inactiveselectbackground=palette.selection,
        )
        self.after_idle(self._fit)
