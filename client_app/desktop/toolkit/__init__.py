"""What the window's parts are made of: CustomTkinter and Tk with their defects cured, all in this one place.

    root = Root(appearance="dark", zoom=1.0)        # the window; root.on_look(widget, handler) follows theme and zoom
    waker = Waker(root)                             # waker.wake from any thread
    client = Client.open(folder, waker.wake)
    waker.start(client.drain)

Canvases and plain Tk widgets use `root.px(size)`, `Root.font_name(role)` and `root.look.palette`; the controls here and
CustomTkinter's own scale and colour themselves: give them `pair(role)` and `chrome_font(role)` of the theme.
"""

from .controls import (
    Button,
    ButtonKind,
    CheckBox,
    Entry,
    Frame,
    IconButton,
    Label,
    OptionMenu,
    Separator,
    Slider,
    Switch,
)
from .dialog import Dialog
from .menu import MenuItem, make_menu, popup_menu
from .root import Look, Root
from .tooltip import Tooltip
from .waker import Waker
from .workers import Workers

__all__ = [
    "Button",
    "ButtonKind",
    "CheckBox",
    "Dialog",
    "Entry",
    "Frame",
    "IconButton",
    "Label",
    "Look",
    "MenuItem",
    "OptionMenu",
    "Root",
    "Separator",
    "Slider",
    "Switch",
    "Tooltip",
    "Waker",
    "Workers",
    "make_menu",
    "popup_menu",
]
