"""What can be done with a picture, by the words that say so."""

import enum


class PictureDeed(enum.Enum):
    """As menus and buttons call it."""

    OPEN = "Open picture"
    SAVE = "Save picture as…"
    COPY = "Copy picture"
