"""THE table of what a person can do with a message: its menu, its bar and its keys are drawn from it.

To add an action, write it in the module of its noun (`pins.py`, `replies.py`), where the slash words of that noun stand
as well: a `MessageAction` with its id, what the menu says, its group, what it does, and when it is there at all.
`is_available` is asked of every row, so begin with `is_said(entry)` or `is_readable(entry)`. `run` gets the client, the
`Surface` and the entry, whose `seq` is a message of `client.open_channel_id`; what it has to ask first goes through the
surface. With a `key` it is one letter away while the keyboard is on a message (`tests/test_completeness.py` sees to it
that no two actions for one message have the same); with a `sign` it stands in the bar beside the message, too. Then put
it into `MESSAGE_ACTIONS` below, where it shall stand among those of its group. Nothing in the window needs to change.
"""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from shared.errors import BadRequest, Refusal

from .attaching import FILES
from .forwards import FORWARD
from .links import COPY_LINK
from .message_action import MessageAction, MessageGroup, is_said, is_shown
from .picking import PICK
from .pins import PINNING
from .reactions import REACT_TO
from .reads import MARK_UNREAD
from .replies import ORIGINAL, REPLY
from .saved import SAVING
from .versions import VERSIONS


def _copy(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.copy(entry.written or entry.text)


def _edit(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.edit_message(entry.seq, "")


def _delete(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.ask_to_delete(entry.seq)


def _profile(_client: Client, surface: Surface, entry: Entry) -> None:
    if entry.author_id is not None:
        surface.show_profile(entry.author_id)


def _report(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.ask_to_report(entry.seq)


def _reveal(client: Client, _surface: Surface, entry: Entry) -> None:
    if client.open_channel_id is not None:
        client.reveal(client.open_channel_id, entry.seq)


def _hide(client: Client, _surface: Surface, entry: Entry) -> None:
    if client.open_channel_id is not None:
        client.hide(client.open_channel_id, entry.seq)


# fmt: off
MESSAGE_ACTIONS: tuple[MessageAction, ...] = (
    REACT_TO,
    REPLY,
    ORIGINAL,
    MessageAction("copy-message", "Copy text", MessageGroup.TAKE, _copy,
                  lambda _, entry: is_shown(entry) and bool(entry.text), "C"),
    COPY_LINK,
    *FILES,
    FORWARD,
    PICK,
    *PINNING,
    *SAVING,
    MARK_UNREAD,
    MessageAction("edit-message", "Edit", MessageGroup.CHANGE, _edit,
                  lambda _, entry: entry.is_changeable, "E", "pencil"),
    VERSIONS,
    MessageAction("delete-message", "Delete…", MessageGroup.CHANGE, _delete,
                  lambda _, entry: is_said(entry) and entry.may_delete, "D"),
    MessageAction("reveal", "Show", MessageGroup.OTHERS, _reveal, lambda _, entry: entry.is_hidden),
    MessageAction("hide", "Hide again", MessageGroup.OTHERS, _hide, lambda _, entry: entry.is_revealed),
    MessageAction("author", "Profile…", MessageGroup.OTHERS, _profile,
                  lambda _, entry: is_said(entry) and not entry.is_own and entry.author_id is not None),
    MessageAction("report-message", "Report…", MessageGroup.OTHERS, _report,
                  lambda _, entry: is_said(entry) and entry.may_report),
)
# fmt: on


def offers(client: Client, entry: Entry) -> tuple[MessageAction, ...]:
    """What can be done with this message now, in the order of the menu."""
    found = [action for action in MESSAGE_ACTIONS if action.is_available(client, entry)]
    order = list(MessageGroup)
    return tuple(sorted(found, key=lambda action: order.index(action.group)))


def perform_on(client: Client, surface: Surface, action: MessageAction, entry: Entry) -> bool:
    """Do this with a message, and tell the person where it cannot be done; whether it was."""
    try:
        if not action.is_available(client, entry):
            raise BadRequest(f"“{action.label.rstrip('…')}” is not possible with this message.")
        action.run(client, surface, entry)
    except Refusal as refusal:
        client.notice(refusal.message, is_error=True)
        return False
    finally:
        client.tell()
    return True
