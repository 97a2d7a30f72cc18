"""Questions that are answered with a line or two, or by yes or no: a name, a topic, what is to be deleted."""

from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.signals import Phase
from client_app.core.timeline.timeline import Entry
from client_app.core.timeline.transcript import quoted
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from shared.errors import BadRequest
from shared.limits import MAX_TOPIC
from shared.names import channel_name
from shared.types import ChannelId


def ask_topic(root: Root, client: Client, channel_id: ChannelId) -> Dialog:
    """Ask for a channel's topic."""

    def confirm() -> bool:
        if is_topic(topic):
            client.set_topic(channel_id, topic.get().strip())
            client.tell()
            return True
        return False

    row = client.channels.row(channel_id)
    dialog = Dialog(root, f"Topic of #{row.title if row else ''}", on_confirm=confirm, confirm_label="Set topic")
    topic = _field(dialog, "Topic")
    topic.set(row.topic if row else "")
    dialog.open(topic)
    return dialog


def ask_rename(root: Root, client: Client, channel_id: ChannelId) -> Dialog:
    """Ask for a channel's new name."""

    def confirm() -> bool:
        if is_name(name):
            client.rename_channel(channel_id, name.get())
            client.tell()
            return True
        return False

    row = client.channels.row(channel_id)
    dialog = Dialog(root, f"Rename #{row.title if row else ''}", on_confirm=confirm, confirm_label="Rename")
    name = _field(dialog, "Name")
    name.set(row.title if row else "")
    dialog.open(name)
    return dialog


def ask_to_leave(root: Root, title: str, is_for_good: bool, on_leave: Callable[[], None]) -> Dialog:
    """Make sure that a channel is not left by a slip of the hand; `is_for_good` where one cannot come back alone."""

    def confirm() -> bool:
        on_leave()
        return True

    dialog = Dialog(root, f"Leave {title}?", on_confirm=confirm, confirm_label="Leave", kind="danger")
    sentence = (
        "You can read and write there again only if somebody who is in it brings you back."
        if is_for_good
        else "You hear no more of it, and can join it again whenever you like."
    )
    Label(dialog.body, sentence, wraplength=440, justify="left", text_color=pair("text_muted")).pack(fill="x")
    dialog.open()
    return dialog


def ask_to_delete(
    root: Root, client: Client, channel_id: ChannelId, entry: Entry, on_delete: Callable[[], None]
) -> Dialog:
    """Make sure that a message is not deleted by a slip of the hand; `on_delete` is called once it is asked for."""

    def confirm() -> bool:
        if client.phase is not Phase.ONLINE:
            dialog.show_error("Deleting a message needs the connection. Try again when it is back.")
            return False
        client.delete(channel_id, entry.seq)
        on_delete()
        client.tell()
        return True

    dialog = Dialog(root, "Delete this message?", on_confirm=confirm, confirm_label="Delete", kind="danger")
    if not entry.is_own:
        Label(dialog.body, display_text(entry.author), role="row_bold", height=20).pack(fill="x")
    Label(dialog.body, display_text(quoted(entry)), wraplength=440, justify="left").pack(
        fill="x", pady=(0, Space.SMALL)
    )
    Label(
        dialog.body,
        "Everybody will see “Message deleted” in its place. It cannot be brought back.",
        wraplength=440,
        justify="left",
        text_color=pair("text_muted"),
    ).pack(fill="x")
    dialog.open()
    return dialog


def _field(dialog: Dialog, label: str, hint: str = "") -> LabelledEntry:
    field = LabelledEntry(dialog.body, label, hint=hint)
    field.pack(fill="x", pady=(0, Space.MEDIUM))
    return field


def is_name(field: LabelledEntry) -> bool:
    """Whether a channel can be called that; if not, the field says why."""
    try:
        channel_name(field.get())
    except BadRequest as refusal:
        field.complain(refusal.message)
        field.focus_set()
        return False
    return True


def is_topic(field: LabelledEntry) -> bool:
    """Whether a channel can be about that; if not, the field says why."""
    excess = len(field.get().strip()) - MAX_TOPIC
    if excess > 0:
        field.complain(f"A topic has at most {MAX_TOPIC} characters; this one has {excess} too many.")
        field.focus_set()
    return excess <= 0
