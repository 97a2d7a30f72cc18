"""Finds out where a remembered session would be kept, for the sentence below “Stay logged in”."""

import threading
from collections.abc import Callable

IN_KEY_STORE = "Your session is kept in this system’s key store."
IN_FILE = "This system has no key store; your session is kept in a file that only your account can read."


def describe_in_background(tell: Callable[[str], None]) -> None:
    """Ask the key store, which takes a moment, and tell the sentence on another thread."""
    threading.Thread(target=lambda: tell(session_place()), name="key store", daemon=True).start()


def session_place() -> str:
    """The sentence. Blocks."""
    import keyring
    from keyring.backends import fail, null

    return IN_FILE if isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring) else IN_KEY_STORE
