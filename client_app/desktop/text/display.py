"""Makes any text safe and honest for the places where Tk draws it itself, or where a label of ours does."""

from client_app.desktop.emoji.sequences import emoji_name

from .pieces import Kind, pieces_of


def display_text(text: str) -> str:
    """One line for a label of the toolkit, which draws emoji as pictures: without controls, and nothing turned around.

    Canvas lists and the message list need this for nothing: they draw what people wrote.
    """
    return _safe(text, emoji_by_name=False)


def plain_text(text: str) -> str:
    """The same for what Tk or the system draws by themselves, as titles of windows and menus: emoji by name."""
    return _safe(text, emoji_by_name=True)


def _safe(text: str, *, emoji_by_name: bool) -> str:
    if text.isascii() and text.isprintable():
        return text
    line = " ".join(text.split("\n"))
    return "".join(_shown(piece.kind, piece.text, emoji_by_name) for piece in pieces_of(line, 0, ()))


def _shown(kind: Kind, text: str, emoji_by_name: bool) -> str:
    if kind is Kind.EMOJI and emoji_by_name:
        return emoji_name(text)
    if kind is Kind.HIDDEN:
        return ""
    return " " if kind is Kind.GAP else text
