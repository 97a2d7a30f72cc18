"""CustomTkinter, imported so that it leaves no fonts in the person's home and wakes up for nothing.

Everything that needs CustomTkinter imports it from here: `from …toolkit.library import ctk`. What is cured:
its import copies fonts to `~/.fonts` and complains where it cannot; its trackers ask 40 times a second whether the
appearance or the resolution has changed, and in “system” mode start a process each time.
"""

import sys
import types
from pathlib import Path

from client_app.desktop.fontconfig import add_private_font

_FONT_MANAGER = "customtkinter.windows.widgets.font.font_manager"
_NEVER = 24 * 60 * 60 * 1000
"""Milliseconds between two looks of a tracker."""
_WINDOWS_RESOLUTION_INTERVAL = 2000
"""On Windows a window can be dragged to a screen of another resolution, and only looking tells."""


class PrivateFonts:
    """Stands where CustomTkinter has its font manager: fonts serve this process alone, and no file is written."""

    @classmethod
    def init_font_manager(cls) -> bool:
        """There is nothing to prepare."""
        return True

    @classmethod
    def load_font(cls, font_path: str) -> bool:
        """Whether the font can be used now; Roboto, which Hearth does not use, is passed over."""
        if "Roboto" in font_path:
            return True
        return load_private_font(Path(font_path))


def load_private_font(path: Path) -> bool:
    """Let this process use a font file, whatever the system is. Must come before the first window."""
    if sys.platform == "win32":
        import ctypes

        private = 0x10
        return bool(ctypes.windll.gdi32.AddFontResourceExW(str(path), private, 0))
    return add_private_font(path)


# Already in the place where CustomTkinter will look for its own.
_stand_in = types.ModuleType(_FONT_MANAGER)
_stand_in.__dict__["FontManager"] = PrivateFonts
sys.modules.setdefault(_FONT_MANAGER, _stand_in)

import customtkinter as ctk  # noqa: E402 - only now, with the stand-in in its place

ctk.AppearanceModeTracker.update_loop_interval = _NEVER
ctk.ScalingTracker.update_loop_interval = _WINDOWS_RESOLUTION_INTERVAL if sys.platform == "win32" else _NEVER
ctk.set_appearance_mode("dark")

__all__ = ["PrivateFonts", "ctk", "load_private_font"]
