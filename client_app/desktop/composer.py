"""Where messages are written: grows with its text, says what is being edited, completes names and commands."""

import tkinter
from collections.abc import Callable
from typing import Protocol

from client_app.core.composer import Completions
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Look, Root
from shared.types import MAX_BODY

from .completion import CompletionPopup
from .composer_foot import Foot
from .keys import put_window_before_class
from .locked import LockedStrip

MOST_LINES = 8


class Writing(Protocol):
    """What the composer needs of whoever holds the conversation."""

    def submit(self, text: str) -> bool:
        """Send or do what was typed; False if the text must stay."""

    def complete(self, text: str, cursor: int) -> Completions:
        """What may stand at the cursor."""

    def keep_draft(self, text: str) -> None:
        """The text changed."""

    def edit_last(self) -> bool:
        """Write one's last message anew; False if there is none."""

    def cancel_edit(self) -> bool:
        """Leave the message as it was; False if none is being edited."""


class Composer(Frame):
    """A text box with a counter; `rename` says to whom one writes, `load` what was begun, `lock` why nothing may be."""

    def __init__(self, master: tkinter.Misc, root: Root, writing: Writing) -> None:
        super().__init__(master, fg_color=pair("surface"))
        self._root_window, self._writing = root, writing
        self._is_loading = self._is_locked = False
        self._strip = Label(self, "", role="small", text_color=pair("accent"), height=20)
        self._box = Frame(
            self, fg_color=pair("field"), corner_radius=Space.RADIUS, border_width=1, border_color=pair("border")
        )
        self._box.pack(fill="x", padx=Space.LARGE)
        self.text = tkinter.Text(
            self._box,
            height=1,
            width=1,
            wrap="word",
            undo=True,
            maxundo=500,
            borderwidth=0,
            highlightthickness=0,
            insertofftime=500,
            font=Root.font_name("body"),
        )
        self.text.pack(fill="both", expand=True, padx=Space.MEDIUM, pady=10)
        self._placeholder = tkinter.Label(self.text, anchor="w", borderwidth=0, padx=0, pady=0, cursor="xterm")
        self._placeholder.bind("<Button-1>", lambda _event: self.text.focus_set())
        self._lock = LockedStrip(self, root)
        self._foot = Foot(self)
        self._foot.pack(fill="x", padx=Space.LARGE + Space.TIGHT)
        self.popup = CompletionPopup(root, self._box, self._accept)
        self._bind_keys()
        root.on_look(self, self._dress)

    # --- for whoever owns it ------------------------------------------------------------------------------------------

    def load(self, text: str, strip: str = "") -> None:
        """Go on with this text instead; the strip above it says that it is no new message, but one being edited."""
        self.popup.close()
        self.complain("")
        self._show_strip(strip)
        self._is_loading = True
        self.text.delete("1.0", "end")
        self.text.insert("1.0", text)
        self.text.edit_reset()
        self.text.edit_modified(False)
        self._is_loading = False
        self.text.see("insert")
        self._refresh()

    def rename(self, placeholder: str) -> None:
        """Say this where nothing is typed."""
        self._placeholder.configure(text=placeholder)

    def lock(self, sentence: str, way_out: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say why nobody may write here, in the place of the text, which is kept; an empty sentence opens it again.

        `way_out` is a button: what it says and does.
        """
        had_focus = str(self.focus_get() or "").startswith(str(self))
        self._lock.show(sentence, way_out)
        if bool(sentence) == self._is_locked:
            return
        self._is_locked = bool(sentence)
        if sentence:
            self.popup.close()
            self._box.pack_forget()
            self._strip.pack_forget()
            self.complain("")
            self._lock.pack(fill="x", padx=Space.LARGE, before=self._foot)
            if had_focus:
                self.winfo_toplevel().focus_set()
        else:
            self._lock.pack_forget()
            self._box.pack(fill="x", padx=Space.LARGE, before=self._foot)
            self._show_strip(str(self._strip.cget("text")))

    @property
    def locked(self) -> str:
        """Why nobody may write here; empty where one may."""
        return self._lock.sentence if self._is_locked else ""

    def say_pace(self, sentence: str) -> None:
        """Say below the text how often one may write here."""
        self._foot.say_pace(sentence)

    @property
    def pace(self) -> str:
        """What it says of that."""
        return self._foot.pace

    def get(self) -> str:
        """What is typed."""
        return self.text.get("1.0", "end-1c")

    def clear(self) -> None:
        """Begin anew, because the text was sent."""
        self.text.delete("1.0", "end")
        self.text.edit_reset()
        self._changed()

    def insert(self, text: str) -> None:
        """Type this at the cursor, where anything may be typed."""
        if self._is_locked:
            return
        self.text.insert("insert", text)
        self._changed()
        self.text.see("insert")

    def focus_set(self) -> None:
        """Take the keyboard, where anything may be typed."""
        if not self._is_locked:
            self.text.focus_set()

    def submit(self) -> None:
        """As if Enter had been pressed."""
        self.popup.close()
        text = self.get()
        if not text.strip() and not self.strip:
            return
        excess = len(text.strip()) - MAX_BODY
        if excess > 0:
            self.complain(f"Too long by {excess:,} characters. Shorten it, or send it in parts.")
        elif self._writing.submit(text):
            self.clear()

    def complain(self, sentence: str) -> None:
        """Say below the text why it was not sent; goes when the text changes."""
        self._foot.complain(sentence)

    @property
    def complaint(self) -> str:
        """What is said below the text."""
        return self._foot.complaint

    @property
    def strip(self) -> str:
        """What the strip above the text says; empty while it is not there."""
        return str(self._strip.cget("text")) if self._strip.winfo_manager() else ""

    @property
    def count(self) -> str:
        """What the counter says."""
        return self._foot.counted

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        text = self.text
        for key in ("<Return>", "<KP_Enter>"):
            text.bind(key, lambda _event: self._on_return())
        for key in ("<Shift-Return>", "<Shift-KP_Enter>"):
            text.bind(key, lambda _event: self._on_line_break())
        text.bind("<Tab>", lambda _event: self._on_tab())
        text.bind("<Up>", lambda _event: self._on_up())
        text.bind("<Down>", lambda _event: self._move_choice(1))
        text.bind("<Escape>", lambda _event: "break" if self.popup.close() or self._writing.cancel_edit() else None)
        text.bind("<<Modified>>", lambda _event: self._on_modified())
        text.bind("<KeyRelease>", self._on_key_release)
        text.bind("<ButtonRelease-1>", lambda _event: self._suggest())
        text.bind("<FocusOut>", lambda _event: self.popup.close())
        text.bind("<Configure>", lambda _event: self._fit())
        text.bind("<Control-a>", lambda _event: self._select_all())
        put_window_before_class(text)

    def _on_return(self) -> str:
        # A word that is complete already is meant to be sent.
        if self.popup.changes(self.get()) and self.popup.accept():
            return "break"
        self.submit()
        return "break"

    def _on_line_break(self) -> str:
        self.text.insert("insert", "\n")
        self.text.see("insert")
        return "break"

    def _on_tab(self) -> str:
        if not self.popup.accept():
            following = self.text.tk_focusNext()
            if following is not None:
                following.focus_set()
        return "break"

    def _move_choice(self, step: int) -> str | None:
        return "break" if self.popup.move(step) else None

    def _on_up(self) -> str | None:
        if self.popup.is_open or self.get() or self.strip:
            return self._move_choice(-1)
        return "break" if self._writing.edit_last() else None

    def _select_all(self) -> str:
        self.text.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _on_key_release(self, event: "tkinter.Event[tkinter.Text]") -> None:
        if event.keysym in {"Left", "Right", "Home", "End"}:
            self._suggest()

    def _on_modified(self) -> None:
        if self.text.edit_modified():
            self.text.edit_modified(False)
            if not self._is_loading:
                self._changed()

    # --- what follows from a change -----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.complain("")
        self._writing.keep_draft(self.get())
        self._refresh()
        self._suggest()

    def _show_strip(self, sentence: str) -> None:
        self._strip.configure(text=sentence)
        self._box.configure(border_color=pair("accent" if sentence else "border"))
        if sentence and not self._is_locked:
            self._strip.pack(fill="x", padx=Space.LARGE + Space.TIGHT, before=self._box)
        else:
            self._strip.pack_forget()

    def _refresh(self) -> None:
        length = len(self.get())
        self._foot.count(length)
        if length or self.strip:
            self._placeholder.place_forget()
        else:
            self._placeholder.place(x=1, y=0, relheight=1)
        self._fit()

    def _fit(self) -> None:
        """As high as the text, from one line to eight. A long text is not measured: it fills the box anyway."""
        lines = MOST_LINES
        if int(self.text.index("end-1c").split(".")[0]) < MOST_LINES:
            counted = self.text.tk.call(str(self.text), "count", "-update", "-displaylines", "1.0", "end")
            lines = min(max(int(str(counted[0] if isinstance(counted, tuple) else counted)), 1), MOST_LINES)
        if int(self.text.cget("height")) != lines:
            self.text.configure(height=lines)

    def _suggest(self) -> None:
        cursor = len(self.text.get("1.0", "insert"))
        self.popup.show(self._writing.complete(self.get(), cursor))

    def _accept(self, completions: Completions, index: int) -> None:
        """Put the chosen completion into its place; one step for undo."""
        self.text.edit_separator()
        start, end = (f"1.0 + {position} chars" for position in (completions.start, completions.end))
        self.text.replace(start, end, completions.items[index].text)
        self.text.edit_separator()
        self.text.see("insert")
        self._changed()
        self.popup.close()

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
            spacing2=look.px(2),
        )
        self._placeholder.configure(
            background=palette.field, foreground=palette.text_faint, font=Root.font_name("body")
        )
        self.after_idle(self._fit)
