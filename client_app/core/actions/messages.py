"""What one says, and what is done with what was said."""

from collections.abc import Callable
from itertools import islice

from client_app.core.client import Client
from client_app.core.signals import Phase
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from client_app.core.timeline.transcript import quoted
from client_app.core.writing.composer import Noun
from client_app.core.writing.text import clean_text, one_line
from shared.errors import BadRequest, Unavailable
from shared.types import GENERAL, ChannelId, ClientId, MessageKind, Permission

from .action import Action, Run, open_row, who_may

MOST_LOOKED_AT = 1000
"""Rows among which a message is looked for: it is asked with every letter typed."""


def own_last(client: Client) -> Entry | None:
    """One's own newest message of the open channel, that can be changed, among the newest rows that are loaded."""
    return newest(client, lambda entry: entry.is_changeable)


def newest(client: Client, is_wanted: Callable[[Entry], bool]) -> Entry | None:
    """The newest row of the open channel that is so, among those that are loaded."""
    if client.session is None or client.open_channel_id is None:
        return None
    entries = islice(reversed(client.timeline(client.open_channel_id).entries), MOST_LOOKED_AT)
    return next((entry for entry in entries if is_wanted(entry)), None)


def _say(client: Client, _surface: Surface, text: str) -> None:
    client.send(open_row(client).channel_id, text)


def _me(client: Client, _surface: Surface, text: str) -> None:
    if not text:
        raise BadRequest("Say what you do: /me waves.")
    client.send(open_row(client).channel_id, text, MessageKind.ACTION)


def _announce(client: Client, _surface: Surface, text: str) -> None:
    if not client.may(Permission.ANNOUNCE):
        raise BadRequest("You may not write to everybody at once.")
    if not text:
        raise BadRequest("Say what everybody shall know: /announce The server stops at eight.")
    client.send(GENERAL, text, MessageKind.ANNOUNCEMENT)
    client.open_channel(GENERAL)


def _message(client: Client, surface: Surface, argument: str) -> None:
    if not argument:
        surface.ask_direct()
        return
    name, _, text = argument.partition(" ")
    person = client.roster.named(name)
    if person is None:
        raise BadRequest(f"There is nobody named {name} here.")
    if text.strip():
        text = clean_text(text)
        if client.phase is not Phase.ONLINE and client.state and client.state.direct_with(person.user_id) is None:
            raise Unavailable("There is no connection to the server at the moment. Try again when there is.")
        client.open_direct(person.user_id, then=lambda channel_id: _open_and_say(client, channel_id, text))
    else:
        client.open_direct(person.user_id)


def _open_and_say(client: Client, channel_id: ChannelId, text: str) -> None:
    client.open_channel(channel_id)
    client.send(channel_id, text)


def _failed(client: Client) -> list[ClientId]:
    return client.failed(client.open_channel_id) if client.open_channel_id else []


def _has_failed(client: Client) -> bool:
    return bool(_failed(client))


def _each_failed(decide: Callable[[Client, ClientId], None]) -> Run:
    """An action that decides on every message that was refused in the open channel."""

    def run(client: Client, _surface: Surface, _argument: str) -> None:
        for client_id in _failed(client):
            decide(client, client_id)

    return run


def _has_own(client: Client) -> bool:
    return own_last(client) is not None


def _own_last(client: Client) -> Entry:
    if (entry := own_last(client)) is None:
        raise BadRequest("There is no message of yours here that could be changed.")
    return entry


def _edit(client: Client, surface: Surface, text: str) -> None:
    surface.edit_message(_own_last(client).seq, text)


def _delete(client: Client, surface: Surface, _argument: str) -> None:
    surface.ask_to_delete(_own_last(client).seq)


def _last_of_others(client: Client) -> Entry | None:
    return newest(client, lambda entry: entry.may_report)


def _has_others(client: Client) -> bool:
    return _last_of_others(client) is not None


def _report(client: Client, surface: Surface, reason: str) -> None:
    row, entry, reason = open_row(client), _last_of_others(client), one_line(reason)
    if entry is None:
        raise BadRequest("There is no message of somebody else here that could be reported.")
    words = "a blocked message" if entry.is_hidden else quoted(entry)
    question = f"Those who keep the peace here will see what {entry.author} said ({words}) and who reported it."
    surface.confirm(
        "Report the last message?", question, "Report", lambda: client.report(row.channel_id, entry.seq, reason)
    )


SAY = Action(
    "say",
    "Send",
    _say,
    ("Return",),
    help="send the message; Shift+Enter begins a new line, and in a block of code Ctrl+Enter sends",
)

# fmt: off
WRITING = (
    Action("message", "New direct message…", _message, ("Ctrl+N",),
           "msg", "[name] [text]", "write to one person", takes=(Noun.PERSON,)),
    Action("me", "Say what you do", _me, (),
           "me", "text", "“/me waves” is shown as “alice waves”"),
    Action("announce", "Write to everybody…", _announce, (),
           "announce", "text", "write to everybody, who are all notified of it", who_may(Permission.ANNOUNCE)),
)
CHANGING = (
    Action("edit", "Edit message", _edit, ("Up",),
           "edit", "[text]", "write your last message anew (↑ where nothing is typed)", _has_own),
    Action("delete", "Delete message…", _delete, (),
           "delete", "", "take your last message back", _has_own),
    Action("report", "Report the last message…", _report, (),
           "report", "[reason]", "show what was said last to those who keep the peace", _has_others),
    Action("retry", "Send refused messages again", _each_failed(Client.retry), ("Ctrl+Shift+R",),
           "retry", "", "send what was refused here once more", _has_failed),
    Action("discard", "Delete refused messages", _each_failed(Client.discard), (),
           "discard", "", "delete what was refused here", _has_failed),
)
# fmt: on
