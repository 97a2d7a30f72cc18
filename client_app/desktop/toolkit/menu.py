"""Pop-up menus: a tuple of items in, a menu under the pointer out."""

import tkinter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import ImageTk

from .root import Root


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of a menu; None in its place is a separating line."""

    label: str
    run: Callable[[], object]
    keys: str = ""
    """What the keyboard could do instead, as written at the right: “Ctrl+C”."""
    is_enabled: bool = True
    picture: ImageTk.PhotoImage | None = None
    """Before the label; whoever makes it keeps it while the menu is shown."""
    is_chosen: bool | None = None
    """Of several of which one holds: whether it is this one."""
    items: tuple["MenuItem | None", ...] = ()
    """A menu of its own that opens beside it, in place of `run`."""


def make_menu(root: Root, items: Sequence[MenuItem | None], within: tkinter.Menu | None = None) -> tkinter.Menu:
    """A menu in Hearth's colours; one that opens beside an item lies within that item's."""
    palette = root.look.palette
    menu = tkinter.Menu(
        root if within is None else within,
        tearoff=False,
        font=Root.font_name("row"),
        background=palette.raised,
        foreground=palette.text,
        activebackground=palette.selected,
        activeforeground=palette.text,
        disabledforeground=palette.text_faint,
        borderwidth=1,
        activeborderwidth=0,
        relief="flat",
    )
    chosen = tkinter.StringVar(menu)
    # Tk forgets it when Python does; so it lives as long as this handler, and that as long as the menu.
    menu.bind("<Destroy>", lambda _event: str(chosen), add="+")
    for item in items:
        if item is None:
            menu.add_separator()
        elif item.items:
            menu.add_cascade(label=item.label, menu=make_menu(root, item.items, menu))
        elif item.is_chosen is not None:
            menu.add_radiobutton(
                label=item.label,
                command=item.run,
                variable=chosen,
                value=item.label,
                selectcolor=palette.accent,
            )
            if item.is_chosen:
                chosen.set(item.label)
        else:
            menu.add_command(label=item.label, command=item.run, accelerator=item.keys)
            if item.picture is not None:
                menu.entryconfigure("end", image=item.picture, compound="left", label=f"  {item.label}")
            if not item.is_enabled:
                menu.entryconfigure("end", state="disabled")
    return menu


def popup_menu(root: Root, items: Sequence[MenuItem | None], x: int, y: int, *, is_above: bool = False) -> tkinter.Menu:
    """Show a menu at these coordinates of the screen; it goes by itself, and is destroyed once it has gone."""
    menu = make_menu(root, items)
    if is_above:
        menu.update_idletasks()
        y -= menu.winfo_reqheight()
    # Tk runs the chosen command after the menu has been unmapped: it may only go when that is over.
    menu.bind("<Unmap>", lambda _event: root.after(1000, menu.destroy), add="+")
    try:
        menu.tk_popup(x, y)
    finally:
        menu.grab_release()
    return menu
