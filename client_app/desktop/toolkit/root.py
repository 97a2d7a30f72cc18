"""The root window with CustomTkinter's defects cured: one look, one scale, no polling, no stolen focus."""

import logging
import tkinter
import tkinter.font
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

from client_app.desktop.theme import (
    FALLBACK_FAMILIES,
    FAMILY,
    FONTS,
    MONO_FAMILIES,
    PALETTES,
    Appearance,
    Palette,
    chrome_font,
)

from .dress import dress_library
from .images import let_images_go_here
from .library import ctk, load_private_font
from .memory import give_large_pieces_back
from .screen import screen_scale

log = logging.getLogger(__name__)

ASSETS = Path(__file__).parent.parent / "assets"
MIN_ZOOM, MAX_ZOOM = 0.5, 3.0

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Look:
    """All that drawing on a canvas depends on; a new one is told whenever appearance or zoom change."""

    appearance: Appearance
    palette: Palette
    scale: float
    """Pixels per pixel at 100 %: the screen's resolution times the zoom."""

    def px(self, size: float) -> int:
        """A distance at 100 % in pixels of this screen."""
        return round(size * self.scale)


class Root(ctk.CTk):  # type: ignore[misc]  # CustomTkinter has no types
    """Hearth's main window. There is one in a process; everything else is inside of it."""

    def __init__(self, appearance: Appearance = "dark", zoom: float = 1.0, *, cache_folder: Path | None = None) -> None:
        """`cache_folder` is where to keep what can be made anew; None for nowhere."""
        self.cache_folder = cache_folder
        self._parts: dict[object, object] = {}
        let_images_go_here()
        give_large_pieces_back()
        for path in sorted((ASSETS / "fonts").glob("*.otf")):
            load_private_font(path)
        dress_library(FAMILY)
        ctk.set_appearance_mode(appearance)
        super().__init__(className="Hearth")
        # CustomTkinter moves the focus to whatever is clicked, away from the composer.
        self.unbind_all("<Button-1>")
        self.title("Hearth")
        self.on_error: Callable[[str], None] = lambda sentence: log.warning("%s", sentence)
        """Shows a sentence to the person; whoever builds the window sets it."""
        self.write: Callable[[tkinter.Label, str, str], object] = lambda label, text, _role: label.configure(text=text)
        """Puts a text into a label in a font of the theme; whoever builds the window has it drawn as it was written."""
        self._listeners: dict[tkinter.Misc, Callable[[Look], None]] = {}
        self._warn_of_rough_fonts()
        self._screen_scale = screen_scale(self)
        self._zoom = zoom
        self.family = self._choose_family((FAMILY, *FALLBACK_FAMILIES), "TkDefaultFont")
        mono = self._choose_family(MONO_FAMILIES, tkinter.font.nametofont("TkFixedFont", self).actual("family"))
        self._families = {role: mono if font.is_mono else self.family for role, font in FONTS.items()}
        self._fonts = {
            role: tkinter.font.Font(self, name=self.font_name(role), exists=False, family=self._families[role])
            for role in FONTS
        }
        # Tk opens a font that no widget has anew for each word that is measured: a millisecond instead of microseconds.
        self._holders = [tkinter.Label(self, font=self.font_name(role)) for role in FONTS]
        self.look = Look(appearance, PALETTES[appearance], 1.0)
        self._apply(appearance, zoom)

    def only(self, make: Callable[["Root"], Part]) -> Part:
        """What the whole window shares: made when it is first asked for, and the same ever after."""
        if make not in self._parts:
            self._parts[make] = make(self)
        return cast(Part, self._parts[make])

    # --- what things look like ----------------------------------------------------------------------------------------

    @staticmethod
    def font_name(role: str) -> str:
        """The name under which plain Tk and canvases know the font of this role; it follows the zoom."""
        return f"Hearth {role}"

    def chrome_font(self, role: str) -> tuple[str, int] | tuple[str, int, str]:
        """The font of this role for a CustomTkinter widget's `font=`."""
        return chrome_font(role, self.family)

    def px(self, size: float) -> int:
        """A distance at 100 % in pixels, for plain Tk; CustomTkinter's widgets scale by themselves."""
        return self.look.px(size)

    def on_look(self, widget: tkinter.Misc, handler: Callable[[Look], None]) -> None:
        """Call the handler now and at each change of appearance or zoom, as long as the widget lives."""
        self._listeners[widget] = handler
        widget.bind("<Destroy>", lambda event: self._forget(widget) if event.widget is widget else None, add="+")
        handler(self.look)

    def set_appearance(self, appearance: Appearance) -> None:
        """Switch between dark and light; everything on the screen follows at once."""
        self._apply(appearance, self._zoom)

    def set_zoom(self, zoom: float) -> None:
        """Make everything larger or smaller; 1.0 is the screen's own size."""
        self._apply(self.look.appearance, min(max(zoom, MIN_ZOOM), MAX_ZOOM))

    def draw_anew(self) -> None:
        """Everything is drawn again, as after a change of appearance: what is in it has changed."""
        for handler in tuple(self._listeners.values()):
            handler(self.look)

    @property
    def zoom(self) -> float:
        """The factor chosen by the person."""
        return self._zoom

    def _apply(self, appearance: Appearance, zoom: float) -> None:
        self._zoom = zoom
        ctk.set_appearance_mode(appearance)
        wanted = self._screen_scale * zoom
        if ctk.ScalingTracker.widget_scaling != wanted:
            ctk.set_widget_scaling(wanted)
        self.look = Look(appearance, PALETTES[appearance], ctk.ScalingTracker.get_widget_scaling(self))
        for role, font in FONTS.items():
            size = -max(round(font.size * self.look.scale), 1)
            self._fonts[role].configure(size=size, weight=font.weight, slant=font.slant)
        for handler in tuple(self._listeners.values()):
            handler(self.look)

    def _forget(self, widget: tkinter.Misc) -> None:
        self._listeners.pop(widget, None)

    def _choose_family(self, wanted: tuple[str, ...], otherwise: str) -> str:
        """The first one that is installed."""
        installed = set(tkinter.font.families(self))
        return next((family for family in wanted if family in installed), otherwise)

    def _warn_of_rough_fonts(self) -> None:
        if (
            self.tk.call("tk", "windowingsystem") == "x11"
            and self.tk.call("tk::pkgconfig", "get", "fontsystem") != "xft"
        ):
            log.warning("This Python’s Tk was built without Xft, so text looks rough. The system’s python3-tk has it.")

    def _set_scaling(self, new_widget_scaling: float, new_window_scaling: float) -> None:
        """Take note, but let the window keep its size: CustomTkinter would force it to the old one for a second."""
        self._CTkScalingBaseClass__widget_scaling = new_widget_scaling
        self._CTkScalingBaseClass__window_scaling = new_window_scaling

    # --- what goes wrong ----------------------------------------------------------------------------------------------

    def report_callback_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A handler failed: the log gets all of it, the person a sentence, and the window goes on."""
        log.error("A handler of the window failed.", exc_info=(kind, error, trace))
        self.on_error("Something went wrong in the window. Hearth goes on; the details are in the log.")
