"""Shows a message to the moderators: what was said, and a line on why."""

from client_app.core.client import Client
from client_app.core.signals import Phase
from client_app.core.timeline.timeline import Entry
from client_app.core.timeline.transcript import quoted
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from shared.limits import MAX_REASON
from shared.types import ChannelId

WIDTH = 440


def ask_to_report(root: Root, client: Client, channel_id: ChannelId, entry: Entry) -> Dialog:
    """Ask why, and report the message."""

    def confirm() -> bool:
        words = " ".join(reason.get().split())
        if len(words) > MAX_REASON:
            reason.complain(f"At most {MAX_REASON} characters; these are {len(words) - MAX_REASON} too many.")
            return False
        if client.phase is not Phase.ONLINE:
            dialog.show_error("Reporting needs the connection. Try again when it is back.")
            return False
        client.report(channel_id, entry.seq, words)
        client.tell()
        return True

    dialog = Dialog(root, "Report this message", on_confirm=confirm, confirm_label="Report", width=WIDTH)
    Label(dialog.body, display_text(entry.author), role="row_bold", height=20).pack(fill="x")
    Label(dialog.body, display_text(quoted(entry)), wraplength=WIDTH, justify="left").pack(
        fill="x", pady=(0, Space.SMALL)
    )
    Label(
        dialog.body,
        "The moderators see the message as it is now, who said it, and that you reported it. Nobody else does.",
        wraplength=WIDTH,
        justify="left",
        text_color=pair("text_muted"),
    ).pack(fill="x", pady=(0, Space.MEDIUM))
    reason = LabelledEntry(dialog.body, "What is wrong with it?", hint="spam, an insult, …")
    reason.pack(fill="x")
    dialog.open(reason)
    return dialog
