"""One line to type into, with emoji as pictures and every script as it is read; otherwise like the toolkit's entry."""

import tkinter
from collections.abc import Callable
from typing import Any, Literal

from client_app.desktop.editor import Editor
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Look, Root

from .painted_label import PaintedLabel

_CLASS = "HearthLine"
"""What Tk's text does with keys, but for those that make lines."""
_IDLE_KEYS = ("Return", "KP_Enter", "Shift-Return", "Control-Return", "Tab", "Shift-Tab", "Control-Tab", "Escape")
_IDLE_KEYS_OF_ROWS = ("<Up>", "<Down>", "<Control-i>", "<Control-o>", "<Prior>", "<Next>")
_OF_THE_FRAME = ("<Configure>", "<Destroy>", "<Map>", "<Unmap>")
_CHANGES_NOTHING = ("get", "move", "select")
_RING = 2


class TextLine(Frame):
    """For what people call things and say; passwords and numbers have the toolkit's entry, which does not draw."""

    def __init__(
        self,
        master: tkinter.Misc,
        *,
        height: int = 40,
        placeholder_text: str = "",
        textvariable: tkinter.StringVar | None = None,
        **options: Any,
    ) -> None:
        """`height` is at 100 %; what is typed is in the variable at once, and the other way round."""
        look: dict[str, Any] = {"fg_color": pair("field"), "border_color": pair("border"), "border_width": _RING}
        super().__init__(master, height=height, **(look | {"corner_radius": Space.RADIUS} | options))
        root = self.nametowidget(".")
        assert isinstance(root, Root)
        self.pack_propagate(False)
        self.editor = _Line(self, root, self._changed)
        self.editor.pack(fill="x", expand=True, padx=Space.SMALL)
        self._hint = PaintedLabel(self.editor, root, font="body", color="text_faint", ground="field")
        self._hint.configure(cursor="xterm")
        self._hint.bind("<Button-1>", lambda _event: self.editor.focus_set())
        self._hint.show(placeholder_text)
        self._variable = textvariable
        if textvariable is not None:
            trace = textvariable.trace_add("write", lambda *_: self._take(textvariable.get()))
            self.editor.bind("<Destroy>", lambda _event: textvariable.trace_remove("write", trace), add="+")
        self.bind("<FocusIn>", lambda _event: self.configure(border_color=pair("focus")))
        self.bind("<FocusOut>", lambda _event: self.configure(border_color=pair("border")))
        root.on_look(self, self._dress)
        self._changed()

    def get(self) -> str:
        """What is typed."""
        return self.editor.counted.whole()

    def set(self, text: str) -> None:
        """Put this in the place of what is typed; there is nothing to undo then."""
        self.editor.delete("1.0", "end")
        self.editor.insert("1.0", text)
        self.editor.edit_reset()

    def select_all(self) -> None:
        """Select what is typed: what is typed next replaces it."""
        self.editor.counted.select_all()

    def put_beside(self, button: tkinter.Misc) -> None:
        """Have a button of this field at its end."""
        button.pack(side="right", before=self.editor, padx=(0, Space.TIGHT))  # type: ignore[attr-defined]  # all have it

    def type(self, text: str) -> None:
        """As if this had been typed."""
        self.editor.event_generate("<<Clear>>")
        self.editor.insert("insert", text)

    @property
    def typed_until(self) -> int:
        """Where the cursor is, in characters from the beginning."""
        return self.editor.counted.place()

    def focus_set(self) -> None:
        """Take the keyboard."""
        self.editor.focus_set()

    def bind(
        self,
        sequence: str | None = None,
        command: Callable[..., object] | None = None,
        add: Literal["", "+"] | bool = True,
    ) -> object:
        """Keys and mouse are those of the text in it; what becomes of the frame is its own."""
        if sequence in _OF_THE_FRAME:
            return tkinter.Misc.bind(self, sequence, command, add)  # past the canvas on which the frame is drawn
        return self.editor.bind(sequence, command, add)

    def configure(self, require_redraw: bool = False, **options: Any) -> None:  # as it is there
        """Change its options; `state` is “normal” or “disabled”."""
        state = options.pop("state", None)
        if state is not None:
            self.editor.configure(state=state)
            self._color()
        super().configure(require_redraw=require_redraw, **options)

    def cget(self, attribute_name: str) -> Any:
        """One of its options."""
        if attribute_name == "state":
            return str(self.editor.cget("state"))
        return super().cget(attribute_name)

    # --- what follows from a change -----------------------------------------------------------------------------------

    def _changed(self) -> None:
        text = self.get()
        if text:
            self._hint.place_forget()
        else:
            self._hint.place(x=1, rely=0.5, relwidth=1, anchor="w")
        if self._variable is not None and self._variable.get() != text:
            self._variable.set(text)

    def _take(self, text: str) -> None:
        if text != self.get():
            self.set(text)

    def _dress(self, look: Look) -> None:
        palette = look.palette
        self.editor.configure(
            background=palette.field,
            insertbackground=palette.text,
            insertwidth=max(look.px(2), 1),
            selectbackground=palette.selection,
            inactiveselectbackground=palette.field,
        )
        self._color()

    def _color(self) -> None:
        root = self.nametowidget(".")
        is_disabled = str(self.editor.cget("state")) == "disabled"
        color = root.look.palette.text_faint if is_disabled else root.look.palette.text
        self.editor.configure(foreground=color, selectforeground=color)


class _Line(Editor):
    """A text in which no line ends."""

    def __init__(self, master: tkinter.Misc, root: Root, on_change: Callable[[], object]) -> None:
        super().__init__(
            master,
            root,
            height=1,
            width=1,
            wrap="none",
            borderwidth=0,
            highlightthickness=0,
            font=Root.font_name("body"),
        )
        self._on_change = on_change
        root.only(_LineKeys)
        self.bindtags(tuple(_CLASS if tag == "Text" else tag for tag in self.bindtags()))
        self.bind("<<TraverseIn>>", lambda _event: self.counted.select_all())
        for sequence in ("<Control-a>", "<Control-A>"):
            self.bind(sequence, lambda _event: self._select_all())

    def _put(self, index: str, text: str) -> None:
        """Several lines that are pasted are one."""
        super()._put(index, " ".join(text.strip("\r\n").splitlines()) if "\n" in text or "\r" in text else text)

    def _perform(self, operation: str, *arguments: str) -> object:
        answer = super()._perform(operation, *arguments)
        if operation not in _CHANGES_NOTHING:
            self._on_change()
        return answer

    def _select_all(self) -> str:
        self.counted.select_all()
        return "break"


class _LineKeys:
    """The keys of all lines of a window: made with the first."""

    def __init__(self, root: Root) -> None:
        call = root.tk.call
        for sequence in root.tk.splitlist(call("bind", "Text")):
            call("bind", _CLASS, sequence, call("bind", "Text", sequence))
        for sequence in (*(f"<{key}>" for key in _IDLE_KEYS), *_IDLE_KEYS_OF_ROWS):
            call("bind", _CLASS, sequence, "# nothing")
        for name in ("PrevLine", "NextLine", "PrevPara", "NextPara"):
            for select in ("", "Select"):
                call("bind", _CLASS, f"<<{select}{name}>>", "# nothing")
