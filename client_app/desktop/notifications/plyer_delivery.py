"""The last resort outside the window: plyer, which neither reports failure nor can be clicked."""

import os
import shutil
import sys
import warnings
from pathlib import Path

from .note import PLYER_BODY, PLYER_TITLE, clip, escaped, harmless


def is_plyer_usable() -> bool:
    """Whether plyer has a way at all; on Linux it needs a program and a bus, and would fail in silence without."""
    if not sys.platform.startswith("linux"):
        return True
    if Path("/app").is_dir():
        return shutil.which("gdbus") is not None
    return shutil.which("notify-send") is not None and "DBUS_SESSION_BUS_ADDRESS" in os.environ


def send_by_plyer(title: str, body: str) -> bool:
    """Hand a notification to plyer; blocks for some milliseconds. Whether it took it (not whether it was shown)."""
    title, body = harmless(clip(title, PLYER_TITLE)), harmless(clip(body, PLYER_BODY))
    if sys.platform.startswith("linux"):
        body = escaped(body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from plyer import notification

            notification.notify(title=title, message=body, app_name="Hearth", timeout=10)
    except (ImportError, OSError, NotImplementedError, ValueError, AttributeError, TypeError):
        return False
    return True
