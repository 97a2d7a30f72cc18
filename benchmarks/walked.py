"""What a process with a list of pictures tells of itself; apart, since that is measured with all that it loads."""

import msgspec


class Walked(msgspec.Struct):
    """What a process that scrolls through all of it prints."""

    frames: list[float]
    """Milliseconds of frames that scroll by a notch of the wheel, where every fourth message has a picture."""
    shown: int
    """Pictures that were drawn."""
    megabytes: float
    """Resident at the end."""
