"""Sending files, and what is done with those of a message."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from shared.file_names import file_name

from .action import Action, open_row
from .message_action import MessageAction, MessageGroup, is_readable


def _may_attach(client: Client) -> bool:
    return client.open_channel_id is not None and not client.why_not_attach(client.open_channel_id)


def _attach(client: Client, surface: Surface, _argument: str) -> None:
    open_row(client)
    surface.choose_files()


def _has_files(_client: Client, entry: Entry) -> bool:
    return is_readable(entry) and bool(entry.attachments)


def _has_pictures(client: Client, entry: Entry) -> bool:
    return _has_files(client, entry) and any(each.is_picture for each in entry.attachments)


def _view(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.view_pictures(entry)


def _copy_names(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.copy("\n".join(file_name(each.name) for each in entry.attachments))


def _save(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.save_files(entry)


ATTACH = Action(
    "attach",
    "Attach files…",
    _attach,
    ("Ctrl+Shift+U",),
    "upload",
    help="send files with what you write; or drop them onto the window, or paste them",
    is_available=_may_attach,
)
FILES = (
    MessageAction("view-pictures", "View pictures", MessageGroup.TAKE, _view, _has_pictures, "V"),
    MessageAction("save-files", "Save files", MessageGroup.TAKE, _save, _has_files, "W"),
    MessageAction("copy-file-names", "Copy file names", MessageGroup.TAKE, _copy_names, _has_files, "N"),
)
