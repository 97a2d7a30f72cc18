"""The one question before something that cannot be undone: what will happen, and a button that says so."""

from collections.abc import Callable

from client_app.desktop.theme import pair
from client_app.desktop.toolkit import Dialog, Label, Root

WIDTH = 440


def ask_to_confirm(root: Root, title: str, text: str, verb: str, then: Callable[[], object]) -> Dialog:
    """Ask once; `then` is called where the button with the `verb` is pressed.

    `title` asks (“Remove this role?”), `text` says what will be lost and for whom, `verb` is what the button does.
    """

    def confirm() -> bool:
        dialog.close()
        then()
        return True

    dialog = Dialog(root, title, on_confirm=confirm, confirm_label=verb, kind="danger", width=WIDTH)
    Label(dialog.body, text, wraplength=WIDTH, justify="left", text_color=pair("text_muted")).pack(fill="x")
    dialog.open(dialog.cancel_button)
    return dialog
