"""What this computer is called in the list of sessions."""

import platform

from shared.limits import MAX_DEVICE


def device_name() -> str:
    """The host's name and system, such as `kitchen (Linux)`: what tells one's own devices apart."""
    name = f"{platform.node() or 'computer'} ({platform.system() or 'unknown'})"
    return "".join(character for character in name if character.isprintable())[:MAX_DEVICE]
