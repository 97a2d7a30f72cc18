"""Why a file is not taken for a picture."""


class NotAPicture(Exception):
    """It is none, it is damaged, or it would cost too much; the text says which."""
