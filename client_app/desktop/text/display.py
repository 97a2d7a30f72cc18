"""Makes any text safe and honest for the places where Tk draws it itself: titles, labels, menus."""

from client_app.desktop.emoji.sequences import emoji_name

from .pieces import Kind, pieces_of


def display_text(text: str) -> str:
    """One line that Tk can draw: emoji by name, no control characters, nothing that turns the text around.

    Canvas lists and the message list need this for nothing: they draw emoji as images.
    """
    if text.isascii() and text.isprintable():
        return text
    line = " ".join(text.split("\n"))
    return "".join(_shown(piece.kind, piece.text) for piece in pieces_of(line, 0, ()))


def _shown(kind: Kind, text: str) -> str:
    if kind is Kind.EMOJI:
        return emoji_name(text)
    if kind is Kind.HIDDEN:
        return ""
    return " " if kind is Kind.GAP else text
