"""What one does with the words that are being written."""

from client_app.core.client import Client
from client_app.core.markdown.writing import Sign
from client_app.core.surface import Surface

from .action import Action, Run, where


def _with(sign: Sign) -> Run:
    def run(_client: Client, surface: Surface, _argument: str) -> None:
        surface.format_text(sign)

    return run


def _italic_or_inbox(_client: Client, surface: Surface, _argument: str) -> None:
    """One key with two meanings that people are used to: what is selected says which is meant."""
    if surface.has_selected_text():
        surface.format_text(Sign.ITALIC)
    else:
        surface.show_inbox()


# fmt: off
FORMATTING = (
    Action("bold", "Bold", _with(Sign.BOLD), ("Ctrl+B",),
           help="what is selected in the text, or the word at the cursor", is_available=where(lambda _: True)),
    Action("italic", "Italic, or the inbox", _italic_or_inbox, ("Ctrl+I",),
           help="what is selected in the text is set in italics; where nothing is, the inbox opens"),
    Action("strike", "Struck through", _with(Sign.STRIKE), ("Ctrl+Shift+X",),
           help="likewise", is_available=where(lambda _: True)),
    Action("code", "Code", _with(Sign.CODE), ("Ctrl+E",),
           help="likewise; several lines become a block", is_available=where(lambda _: True)),
)
# fmt: on
