"""The questions before a channel is archived or deleted; deleting wants its name typed."""

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry

WIDTH = 440


def ask_to_archive(root: Root, client: Client, row: ChannelRow) -> Dialog:
    """Make sure that a channel is to be closed for writing, which can be undone."""

    def confirm() -> bool:
        client.archive_channel(row.channel_id)
        client.tell()
        return True

    dialog = Dialog(root, f"Archive #{display_text(row.title)}?", on_confirm=confirm, confirm_label="Archive")
    _say(dialog, "Nobody can write in it until somebody brings it back. All that was said stays, and can be read.")
    dialog.open()
    return dialog


def ask_to_delete_channel(root: Root, client: Client, row: ChannelRow) -> Dialog:
    """Make sure that a channel is to go for ever: its name has to be typed."""
    title = display_text(row.title)

    def confirm() -> bool:
        if name.get().strip().lstrip("#").casefold() != row.title.casefold():
            name.complain(f"Type {title} to delete it.")
            name.focus_set()
            return False
        client.delete_channel(row.channel_id)
        client.tell()
        return True

    dialog = Dialog(root, f"Delete #{title}?", on_confirm=confirm, confirm_label="Delete for ever", kind="danger")
    _say(
        dialog,
        "All that was said in it goes, on every device of everybody, and cannot be brought back. "
        "To keep it readable, archive it instead.",
    )
    name = LabelledEntry(dialog.body, "The channel’s name, to be sure", hint=title)
    name.pack(fill="x", pady=(Space.MEDIUM, 0))
    dialog.open(name)
    return dialog


def _say(dialog: Dialog, sentence: str) -> None:
    Label(dialog.body, sentence, text_color=pair("text_muted"), wraplength=WIDTH, justify="left").pack(fill="x")
