"""Asks for the old password and twice for the new one; every other session ends with it."""

from client_app.core.client import Client
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from shared.errors import BadRequest
from shared.names import check_password


def ask_password(root: Root, client: Client) -> Dialog:
    """Ask, and change the password; the client tells the outcome as a `Notice`."""

    def confirm() -> bool:
        try:
            check_password(new.get())
        except BadRequest as refusal:
            new.complain(refusal.message)
            return False
        if new.get() != again.get():
            again.complain("The two passwords are not the same.")
            return False
        client.change_password(old.get(), new.get())
        client.tell()
        return True

    dialog = Dialog(root, "Change password", on_confirm=confirm, confirm_label="Change password", width=400)
    fields = [
        LabelledEntry(dialog.body, label, is_secret=True)
        for label in ("Present password", "New password", "New password, once more")
    ]
    for field in fields:
        field.pack(fill="x", pady=(0, Space.MEDIUM))
    old, new, again = fields
    Label(
        dialog.body, "Your other devices have to log in again.", role="small", text_color=pair("text_muted"), height=18
    ).pack(fill="x")
    dialog.open(old)
    return dialog
