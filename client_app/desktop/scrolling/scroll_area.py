"""A place for more controls than fit: scrolls by wheel and with the keyboard's focus. Not for lists that can grow."""

import tkinter

from client_app.desktop.theme import pair
from client_app.desktop.toolkit import Frame, Look, Root

from .scrollbar import Scrollbar


class ScrollArea(tkinter.Frame):
    """Fill `inner`; it is as wide as the area, or as `most_wide` and then in the middle."""

    def __init__(self, master: tkinter.Misc, root: Root, *, ground: str = "surface", most_wide: int = 0) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0)
        self._root_window, self._most_wide = root, most_wide
        self._canvas = tkinter.Canvas(self, borderwidth=0, highlightthickness=0, takefocus=0)
        self._bar = Scrollbar(self, root, self._on_drag, ground)
        self._canvas.configure(yscrollcommand=self._on_view)
        self._bar.pack(side="right", fill="y")
        self._canvas.pack(side="left", fill="both", expand=True)
        # What lies on it asks for its colour whenever the appearance changes, which a plain frame could not answer.
        # Its ground is named, too: the toolkit paints a pixel less than all of it, and Tk's grey would be a line there.
        self.inner = Frame(self._canvas, fg_color=pair(ground), bg_color=pair(ground))
        self._item = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self.inner.bind("<Configure>", lambda _event: self._arrange())
        self._canvas.bind("<Configure>", lambda _event: self._arrange())
        root.on_look(self, lambda look: self._dress(look, ground))

    def watch(self) -> None:
        """Let the wheel work over everything inside, and follow the focus. Call it once all is inside."""
        pending: list[tkinter.Misc] = [self._canvas, self.inner]
        while pending:
            widget = pending.pop()
            pending += widget.winfo_children()
            tkinter.Misc.bind(widget, "<Button-4>", lambda _event: self._scroll(-1), add="+")
            tkinter.Misc.bind(widget, "<Button-5>", lambda _event: self._scroll(1), add="+")
            tkinter.Misc.bind(widget, "<MouseWheel>", self._on_wheel, add="+")
            tkinter.Misc.bind(widget, "<FocusIn>", self._on_focus, add="+")

    @property
    def wanted_height(self) -> int:
        """Pixels that everything inside needs."""
        return int(self.inner.winfo_reqheight())

    def _dress(self, look: Look, ground: str) -> None:
        color = getattr(look.palette, ground)
        self.configure(background=color)
        self._canvas.configure(background=color)
        self.after_idle(self._arrange)

    def _arrange(self) -> None:
        if not self.winfo_exists():
            return
        width, height = self._canvas.winfo_width(), self._canvas.winfo_height()
        most = self._root_window.px(self._most_wide)
        inner_width = min(width, most) if most else width
        wanted = self.wanted_height
        top = max((height - wanted) // 2, 0) if most else 0
        self._canvas.itemconfigure(self._item, width=inner_width)
        self._canvas.coords(self._item, (width - inner_width) // 2, top)
        self._canvas.configure(scrollregion=(0, 0, width, max(wanted, height)))

    def _on_view(self, first: float, last: float) -> None:
        first, last = float(first), float(last)  # Tk hands over words
        self._bar.show(first / max(1.0 - (last - first), 0.001), last - first)

    def _on_drag(self, position: float) -> None:
        height, wanted = self._canvas.winfo_height(), max(self.wanted_height, 1)
        self._canvas.yview_moveto(position * max(wanted - height, 0) / wanted)

    def _scroll(self, notches: int) -> None:
        if self.wanted_height > self._canvas.winfo_height():
            self._canvas.yview_scroll(notches * 3, "units")

    def _on_wheel(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.delta:
            self._scroll(-1 if event.delta > 0 else 1)

    def _on_focus(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        top = event.widget.winfo_rooty() - self.inner.winfo_rooty()
        bottom = top + event.widget.winfo_height()
        height, wanted = self._canvas.winfo_height(), self.wanted_height
        first = self._canvas.canvasy(0)
        if wanted <= height:
            return
        if top < first:
            self._canvas.yview_moveto(max(top - 24, 0) / wanted)
        elif bottom > first + height:
            self._canvas.yview_moveto((bottom + 24 - height) / wanted)
