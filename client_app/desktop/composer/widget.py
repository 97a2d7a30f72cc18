"""Where messages are written: grows with its text, says what is being edited, completes names and commands."""

import tkinter
from collections.abc import Callable

from client_app.core.markdown.writing import Sign
from client_app.core.writing.composer import Completions
from client_app.desktop.keys import put_window_before_class
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Root
from shared.limits import MAX_BODY

from .above import Above
from .completion import CompletionPopup
from .foot import Foot
from .formatting import break_line, is_in_code, put_sign
from .growing_text import GrowingText
from .locked import LockedStrip
from .reply_strip import Answered
from .writing import Writing


class Composer(Frame):
    """A text box with a counter; `rename` says to whom one writes, `load` what was begun, `lock` why nothing may be."""

    def __init__(self, master: tkinter.Misc, root: Root, writing: Writing) -> None:
        super().__init__(master, fg_color=pair("surface"))
        self._root_window, self._writing = root, writing
        self._is_loading = self._is_locked = False
        self.above = Above(self, root, writing)
        self._box = GrowingText(self, root, writing.pick_emoji, writing.attach)
        self.above.stand_before(self._box)
        self._box.pack(fill="x", padx=Space.LARGE)
        self.text = self._box.text
        self._lock = LockedStrip(self, root)
        self._foot = Foot(self, root)
        self._foot.pack(fill="x", padx=Space.LARGE + Space.TIGHT)
        self.popup = CompletionPopup(root, self._box, self._accept)
        self._bind_keys()

    # --- for whoever owns it ------------------------------------------------------------------------------------------

    def load(self, text: str, strip: str = "") -> None:
        """Go on with this text instead; the strip above it says that it is no new message, but one being edited."""
        self.popup.close()
        self.complain("")
        self._show_strip(strip)
        self._is_loading = True
        self._box.load(text)
        self._is_loading = False
        self._refresh()

    def show_reply(self, answered: Answered | None) -> None:
        """Say above the text what it answers; None for nothing."""
        self.above.show_reply(answered)

    def may_attach(self, *, is_allowed: bool) -> None:
        """Whether files may be sent here."""
        self._box.offer_to_attach(is_offered=is_allowed and not self.strip)

    def rename(self, placeholder: str) -> None:
        """Say this where nothing is typed."""
        self._box.rename(placeholder)

    def lock(self, sentence: str, way_out: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say why nobody may write here, in the place of the text, which is kept; an empty sentence opens it again.

        `way_out` is a button: what it says and does.
        """
        had_focus = str(self.focus_get() or "").startswith(str(self))
        self._lock.show(sentence, way_out)
        if bool(sentence) == self._is_locked:
            return
        self._is_locked = bool(sentence)
        self.above.hide(is_hidden=bool(sentence))
        if sentence:
            self.popup.close()
            self._box.pack_forget()
            self.complain("")
            self._lock.pack(fill="x", padx=Space.LARGE, before=self._foot)
            if had_focus:
                self.winfo_toplevel().focus_set()
        else:
            self._lock.pack_forget()
            self._box.pack(fill="x", padx=Space.LARGE, before=self._foot)
            self._show_strip(self.above.words)

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

    def say_typing(self, words: str) -> None:
        """Say below the text who else is writing."""
        self._foot.typing.say(words)

    @property
    def typing(self) -> str:
        """What it says of that."""
        return self._foot.typing.words

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

    def format_text(self, sign: Sign) -> None:
        """Put a sign around what is selected, or take it away, while the keyboard is here."""
        if not self._is_locked and self.focus_get() is self.text:
            put_sign(self.text, sign)
            self._changed()

    @property
    def has_selection(self) -> bool:
        """Whether something of the text is selected, while the keyboard is here."""
        return self.focus_get() is self.text and bool(self.text.tag_ranges("sel"))

    def focus_set(self) -> None:
        """Take the keyboard, where anything may be typed."""
        if not self._is_locked:
            self.text.focus_set()

    def submit(self) -> None:
        """As if Enter had been pressed."""
        self.popup.close()
        text = self.get()
        if not text.strip() and not self.strip and not self.above.attachments.uploads:
            return
        excess = len(text.strip()) - MAX_BODY
        if excess > 0 and self.above.offer.is_needed and not self.strip:
            self._writing.send_as_file()
        elif excess > 0:
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
        return "" if self._is_locked else self.above.words

    @property
    def count(self) -> str:
        """What the counter says."""
        return self._foot.counted

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        text = self.text
        for key in ("<Return>", "<KP_Enter>"):
            text.bind(key, lambda _event: self._on_return())
        for key in ("<Control-Return>", "<Control-KP_Enter>"):
            text.bind(key, lambda _event: self._on_send())
        for key in ("<Shift-Return>", "<Shift-KP_Enter>"):
            text.bind(key, lambda _event: self._on_line_break())
        text.bind("<Tab>", lambda _event: self._on_tab())
        text.bind("<Up>", lambda _event: self._on_up())
        text.bind("<Shift-Up>", lambda _event: self._on_shift_up())
        text.bind("<Down>", lambda _event: self._move_choice(1))
        text.bind("<Escape>", lambda _event: "break" if self.popup.close() or self._writing.cancel_edit() else None)
        text.bind("<<Modified>>", lambda _event: self._on_modified())
        text.bind("<KeyRelease>", self._on_key_release)
        text.bind("<ButtonRelease-1>", lambda _event: self._suggest())
        text.bind("<FocusOut>", lambda _event: self.popup.close())
        text.bind("<Control-a>", lambda _event: self._select_all())
        text.bind("<<Paste>>", lambda _event: self._on_paste())
        put_window_before_class(text)

    def _on_return(self) -> str:
        # A word that is complete already is meant to be sent.
        if self.popup.changes(self.get()) and self.popup.accept():
            return "break"
        if is_in_code(self.text):
            return self._on_line_break()
        self.submit()
        return "break"

    def _on_send(self) -> str:
        self.submit()
        return "break"

    def _on_line_break(self) -> str:
        break_line(self.text)
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

    def _on_shift_up(self) -> str | None:
        if self.popup.is_open or self.get() or self.strip:
            return None
        return "break" if self._writing.reply_to_last() else None

    def _select_all(self) -> str:
        self.text.tag_add("sel", "1.0", "end-1c")
        return "break"

    def _on_paste(self) -> str:
        """Files or a picture beside the text; text into it, in the place of what is selected."""
        if self.strip or not self._writing.paste():
            start = self.text.index("sel.first" if self.text.tag_ranges("sel") else "insert")
            self.text.tk.call("tk_textPaste", str(self.text))
            self.text.see("insert")
            if not self.strip:
                self._writing.pasted(start, self.text.index("insert"))
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
        self._box.configure(border_color=pair("accent" if sentence else "border"))
        self.above.say(sentence)

    def _refresh(self) -> None:
        length = len(self.get())
        self._foot.count(length)
        self._box.changed(says_so=not length and not self.strip)
        if not self._is_loading:
            self._writing.look_at_long_text()

    def _suggest(self) -> None:
        cursor = len(self.text.get("1.0", "insert"))
        self.popup.show(self._writing.complete(self.get(), cursor))

    def _accept(self, completions: Completions, index: int) -> None:
        """Put the chosen completion into its place."""
        self._box.replace(completions.start, completions.end, completions.items[index].text)
        self._changed()
        self.popup.close()
