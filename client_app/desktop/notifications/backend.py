"""Who takes a notification."""

import enum


class Backend(enum.Enum):
    """Who took a notification. The value completes the sentence “It was delivered by …”."""

    SERVICE = "the desktop’s notification service"
    PLYER = "plyer, which cannot tell whether it was shown; clicking it does nothing"
    WINDOW = "the window itself, because no notification service answers"
