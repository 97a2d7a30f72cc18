"""CustomTkinter's controls, made usable from the keyboard: Tab reaches them, Space and Return act, a ring shows where.

Every class takes CustomTkinter's own options; fonts and colours come from the theme unless given.
"""

import tkinter
from collections.abc import Callable
from typing import Any, Literal

from client_app.desktop.theme import chrome_font, pair

from .library import ctk
from .root import Root
from .tooltip import Tooltip

_SEEN = {"text", "text_color", "fg_color", "wraplength", "anchor"}
"""Options of a label by which its words look otherwise."""

ButtonKind = Literal["primary", "secondary", "quiet", "danger"]

_RING = 2
_BUTTON_COLORS: dict[ButtonKind, dict[str, Any]] = {
    "primary": {},
    "secondary": {
        "fg_color": pair("selected"),
        "hover_color": pair("border"),
        "text_color": pair("text"),
        "text_color_disabled": pair("text_faint"),
    },
    "quiet": {
        "fg_color": "transparent",
        "hover_color": pair("selected"),
        "text_color": pair("text_muted"),
        "text_color_disabled": pair("text_faint"),
    },
    "danger": {"fg_color": pair("danger_fill"), "hover_color": pair("danger_hover"), "text_color": pair("on_danger")},
}


def _reach_by_keyboard(
    canvas: tkinter.Canvas, act: Callable[[], object], show_ring: Callable[[bool], object], *keys: str
) -> None:
    """Put a control's canvas into the Tab order and let keys act on it."""

    def on_key(_event: object) -> str:
        act()
        return "break"

    canvas.configure(takefocus=1)
    for key in keys or ("<space>", "<Return>", "<KP_Enter>"):
        canvas.bind(key, on_key, add="+")
    canvas.bind("<FocusIn>", lambda _event: show_ring(True), add="+")
    canvas.bind("<FocusOut>", lambda _event: show_ring(False), add="+")


class Frame(ctk.CTkFrame):  # type: ignore[misc]  # CustomTkinter has no types
    """A plain ground; `fg_color=pair("sidebar")` for another one."""

    def __init__(self, master: tkinter.Misc, **options: Any) -> None:
        super().__init__(master, **{"corner_radius": 0, **options})


class Label(ctk.CTkLabel):  # type: ignore[misc]  # as above
    """A line or a paragraph of text; `role` is a font of the theme. Give it `display_text(…)` of what people wrote."""

    def __init__(self, master: tkinter.Misc, text: str = "", role: str = "row", **options: Any) -> None:
        self._role = role
        super().__init__(master, text=text, **{"font": chrome_font(role), "anchor": "w", **options})
        self._write()

    def configure(self, require_redraw: bool = False, **options: Any) -> None:  # as it is there
        """Change its options."""
        super().configure(require_redraw=require_redraw, **options)
        if options.keys() & _SEEN:
            self._write()

    def _write(self) -> None:
        root = self.nametowidget(".")
        if isinstance(root, Root):
            root.write(self._label, str(self._text), self._role)


class Button(ctk.CTkButton):  # type: ignore[misc]  # as above
    """A push button. `kind` says what it is to the person: one primary in a place, quiet for icons in headers."""

    def __init__(
        self,
        master: tkinter.Misc,
        text: str,
        command: Callable[[], object],
        kind: ButtonKind = "primary",
        **options: Any,
    ) -> None:
        chosen: dict[str, Any] = {
            "font": chrome_font("row_bold" if kind == "primary" else "row"),
            "height": 36,
            "width": 88,
        }
        # As wide as the ring, so that nothing moves when it appears.
        chosen |= {"border_spacing": _RING + 1, "text": text, "command": command}
        super().__init__(master, **(chosen | _BUTTON_COLORS[kind] | options))
        _reach_by_keyboard(self._canvas, self.invoke, self._show_ring)

    def _show_ring(self, is_focused: bool) -> None:
        if is_focused:
            self.configure(border_width=_RING, border_color=pair("focus"))
        else:
            self.configure(border_width=0)

    def focus_set(self) -> None:
        """Take the keyboard."""
        self._canvas.focus_set()


class IconButton(Button):
    """A small square button with one symbol of the text font; `tip` names it to people."""

    def __init__(
        self, master: tkinter.Misc, text: str, command: Callable[[], object], tip: str, **options: Any
    ) -> None:
        chosen: dict[str, Any] = {
            "kind": "quiet",
            "width": 32,
            "height": 32,
            "corner_radius": 6,
            "font": chrome_font("title"),
        }
        super().__init__(master, text, command, **(chosen | options))
        self.tooltip = Tooltip(self, tip)


class CheckBox(ctk.CTkCheckBox):  # type: ignore[misc]  # as above
    """A box to tick; `.get()` is 0 or 1."""

    def __init__(self, master: tkinter.Misc, text: str, **options: Any) -> None:
        chosen = {"checkbox_width": 20, "checkbox_height": 20, "font": chrome_font("row"), "text": text}
        super().__init__(master, **(chosen | options))
        _reach_by_keyboard(self._canvas, self.toggle, self._show_ring, "<space>")

    def _show_ring(self, is_focused: bool) -> None:
        self.configure(border_color=pair("focus") if is_focused else pair("text_faint"))

    def focus_set(self) -> None:
        """Take the keyboard."""
        self._canvas.focus_set()


class Switch(ctk.CTkSwitch):  # type: ignore[misc]  # as above
    """A choice that takes effect at once; `.get()` is 0 or 1."""

    def __init__(self, master: tkinter.Misc, text: str, **options: Any) -> None:
        chosen = {"font": chrome_font("row"), "text": text, "border_color": "transparent"}
        super().__init__(master, **(chosen | options))
        _reach_by_keyboard(self._canvas, self.toggle, self._show_ring, "<space>")

    def _show_ring(self, is_focused: bool) -> None:
        self.configure(border_color=pair("focus") if is_focused else "transparent")

    def focus_set(self) -> None:
        """Take the keyboard."""
        self._canvas.focus_set()


class OptionMenu(ctk.CTkOptionMenu):  # type: ignore[misc]  # as above
    """One of a few values, chosen from a menu; Space, Return and Down open it."""

    def __init__(self, master: tkinter.Misc, values: list[str], **options: Any) -> None:
        chosen = {"font": chrome_font("row"), "dropdown_font": chrome_font("row"), "height": 36, "values": values}
        super().__init__(master, **(chosen | options))
        keys = ("<space>", "<Return>", "<Down>")
        _reach_by_keyboard(self._canvas, self._clicked, self._show_ring, *keys)

    def _show_ring(self, is_focused: bool) -> None:
        self.configure(fg_color=pair("selected") if is_focused else pair("field"))

    def focus_set(self) -> None:
        """Take the keyboard."""
        self._canvas.focus_set()


class Entry(ctk.CTkEntry):  # type: ignore[misc]  # as above
    """One line to type into; the ring is the field's own border."""

    def __init__(self, master: tkinter.Misc, **options: Any) -> None:
        super().__init__(master, **{"font": chrome_font("body"), "height": 40, **options})
        self.bind("<FocusIn>", lambda _event: self.configure(border_color=pair("focus")))
        self.bind("<FocusOut>", lambda _event: self.configure(border_color=pair("border")))
        for sequence in ("<Control-a>", "<Control-A>"):
            self.bind(sequence, self._on_select_all)

    def set(self, text: str) -> None:
        """Put this in the place of what is typed; without any, the hint is seen again."""
        self.delete(0, "end")
        if text:
            self.insert(0, text)

    def select_all(self) -> None:
        """Select what is typed: what is typed next replaces it."""
        self._entry.select_range(0, "end")
        self._entry.icursor("end")

    def _on_select_all(self, _event: object) -> str:
        self.select_all()
        return "break"


class Slider(ctk.CTkSlider):  # type: ignore[misc]  # as above
    """From 1.0 to `most`; `slide` hears of what the pointer does. For the keyboard there is another way beside it."""

    def __init__(self, master: tkinter.Misc, slide: Callable[[float], object], most: float, **options: Any) -> None:
        colors = {"fg_color": pair("border"), "progress_color": pair("accent"), "button_color": pair("accent")}
        colors["button_hover_color"] = pair("accent_hover")
        super().__init__(master, from_=1.0, to=most, command=slide, **{"height": 18, **colors, **options})
        self.set(1.0)


class Separator(ctk.CTkFrame):  # type: ignore[misc]  # as above
    """A hairline between two grounds."""

    def __init__(self, master: tkinter.Misc, orientation: Literal["horizontal", "vertical"] = "horizontal") -> None:
        size = {"height": 1} if orientation == "horizontal" else {"width": 1}
        # The ground as well: the library draws its shapes in even numbers of pixels, and of one pixel none.
        super().__init__(master, corner_radius=0, fg_color=pair("border"), bg_color=pair("border"), **size)
