"""The note with which a report is closed."""

from collections.abc import Callable

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from shared.limits import MAX_REASON

WIDTH = 420


def ask_to_close(root: Root, then: Callable[[str], None]) -> Dialog:
    """Ask how a report was dealt with; `then` gets the note, which may be empty."""

    def confirm() -> bool:
        words = " ".join(note.get().split())
        if len(words) > MAX_REASON:
            note.complain(f"A note has at most {MAX_REASON} characters; this one has {len(words)}.")
            return False
        dialog.close()
        then(words)
        return True

    dialog = Dialog(root, "Close the report", on_confirm=confirm, confirm_label="Close the report", width=WIDTH)
    text = "It goes from the open reports. Whoever handles reports, and the audit log, see the note."
    Label(dialog.body, text, wraplength=WIDTH, justify="left", text_color=pair("text_muted")).pack(fill="x")
    note = LabelledEntry(dialog.body, "What was done", hint="talked to them")
    note.pack(fill="x", pady=(Space.MEDIUM, 0))
    dialog.open(note)
    return dialog
