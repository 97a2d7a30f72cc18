"""THE table of what a person can do: menus, keys, slash words, completion and help are drawn from it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from shared.errors import BadRequest, Refusal, Unavailable
from shared.types import GENERAL, ChannelId, ChannelKind, ClientId, MessageKind

from . import composer
from .channels import ChannelRow
from .client import Client
from .signals import Phase
from .surface import Surface
from .text import clean_text
from .timeline import Entry

MOST_LOOKED_AT = 1000
"""Rows among which one's own last message is looked for: it is asked with every letter typed."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can do."""

    id: str
    label: str
    """As a menu says it."""
    run: Callable[[Client, Surface, str], None]
    """Gets what stands behind the slash word. Raises `Refusal` where it cannot be done as asked."""
    keys: tuple[str, ...] = ()
    slash: str = ""
    argument: str = ""
    """What is to be typed behind the slash word, `[like this]` where it may be left out."""
    help: str = ""
    is_available: Callable[[Client], bool] = lambda client: client.session is not None


def submit(client: Client, surface: Surface, text: str) -> bool:
    """Do what a composed text means: say it, or run its command. False where it was refused and must not be lost."""
    match composer.parse(text):
        case composer.Speech(text=speech):
            return perform(client, surface, _SAY, speech)
        case composer.Command(word=word, argument=argument):
            action = BY_SLASH.get(word)
            if action is None:
                client.notice(
                    f"There is no command /{word}. Type /help for all; to say it, begin with //.", is_error=True
                )
                client.tell()
                return False
            return perform(client, surface, action, argument)


def perform(client: Client, surface: Surface, action: Action, argument: str = "") -> bool:
    """Run an action, and tell the person where it cannot be done; whether it was."""
    try:
        # What stands behind a slash word may name another place than the open one.
        if not argument and not action.is_available(client):
            raise BadRequest(f"“{action.label}” is not possible here.")
        action.run(client, surface, argument)
    except Refusal as refusal:
        client.notice(refusal.message, is_error=True)
        return False
    finally:
        client.tell()
    return True


def complete(client: Client, text: str, cursor: int) -> composer.Completions:
    """What may stand at the cursor of the composer."""
    words = [
        composer.Completion(f"/{action.slash} ", f"/{action.slash}", f"{action.argument}  {action.help}".strip())
        for action in ACTIONS
        if action.slash and action.is_available(client)
    ]
    people = [row.name for row in client.roster.everybody() if not row.is_me]
    channels = [row.title for row in client.channels.joined() + client.channels.available()]
    return composer.complete(text, cursor, words, people, channels)


# --- what the actions do ----------------------------------------------------------------------------------------------


def _open_row(client: Client) -> ChannelRow:
    row = client.channels.row(client.open_channel_id) if client.open_channel_id else None
    if row is None:
        raise BadRequest("Open a channel first.")
    return row


def _say(client: Client, _surface: Surface, text: str) -> None:
    client.send(_open_row(client).channel_id, text)


def _me(client: Client, _surface: Surface, text: str) -> None:
    if not text:
        raise BadRequest("Say what you do: /me waves.")
    client.send(_open_row(client).channel_id, text, MessageKind.ACTION)


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


def _topic(client: Client, surface: Surface, text: str) -> None:
    row = _open_row(client)
    if not row.may_manage:
        said = f"The topic is: {row.topic}" if row.topic else "There is no topic."
        raise BadRequest(f"{said} Only whoever made the channel and the owner can change it.")
    if text:
        client.set_topic(row.channel_id, text)
    else:
        surface.ask_topic()


def _rename(client: Client, surface: Surface, name: str) -> None:
    row = _open_row(client)
    if not row.may_manage:
        raise BadRequest("Only whoever made the channel and the owner can rename it.")
    if name:
        client.rename_channel(row.channel_id, name)
    else:
        surface.ask_rename()


def _join(client: Client, surface: Surface, name: str) -> None:
    if not name:
        surface.show_join()
        return
    row = client.channels.named(name)
    if row is None:
        raise BadRequest(f"There is no channel #{name.lstrip('#')}. Create it with the + beside Channels.")
    if row.is_joined:
        client.open_channel(row.channel_id)
    else:
        client.join_channel(row.channel_id)


def _leave(client: Client, _surface: Surface, name: str) -> None:
    row = client.channels.named(name) if name else _open_row(client)
    if row is None:
        raise BadRequest(f"There is no channel #{name.lstrip('#')}.")
    if row.kind is ChannelKind.DIRECT:
        raise BadRequest("A direct conversation cannot be left.")
    if row.channel_id == GENERAL:
        raise BadRequest(f"Everybody is in #{row.title}; it cannot be left.")
    client.leave_channel(row.channel_id)


def _new_channel(client: Client, surface: Surface, name: str) -> None:
    if name:
        client.create_channel(name)
    else:
        surface.ask_new_channel()


def _mark_read(client: Client, _surface: Surface, _argument: str) -> None:
    if client.open_channel_id:
        client.mark_read(client.open_channel_id)


def _failed(client: Client) -> list[ClientId]:
    return client.failed(client.open_channel_id) if client.open_channel_id else []


def _each_failed(decide: Callable[[Client, ClientId], None]) -> Callable[[Client, Surface, str], None]:
    """An action that decides on every message that was refused in the open channel."""

    def run(client: Client, _surface: Surface, _argument: str) -> None:
        for client_id in _failed(client):
            decide(client, client_id)

    return run


def own_last(client: Client) -> Entry | None:
    """One's own newest message of the open channel, that can be changed, among the newest rows that are loaded."""
    if client.session is None or client.open_channel_id is None:
        return None
    newest = islice(reversed(client.timeline(client.open_channel_id).entries), MOST_LOOKED_AT)
    return next((entry for entry in newest if entry.is_changeable), None)


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


def _step(direction: int, *, only_unread: bool = False) -> Callable[[Client, Surface, str], None]:
    """An action that opens the previous (-1) or next (1) channel of the left pane."""

    def step(client: Client, _surface: Surface, _argument: str) -> None:
        rows = client.channels.in_order()
        here = next((index for index, row in enumerate(rows) if row.is_open), 0)
        for distance in range(1, len(rows)):
            row = rows[(here + direction * distance) % len(rows)]
            if row.unread or not only_unread:
                client.open_channel(row.channel_id)
                return

    return step


def _open_and_say(client: Client, channel_id: ChannelId, text: str) -> None:
    client.open_channel(channel_id)
    client.send(channel_id, text)


def _is_public(client: Client) -> bool:
    row = client.channels.row(client.open_channel_id) if client.open_channel_id else None
    return row is not None and row.kind is ChannelKind.PUBLIC


def _may_leave(client: Client) -> bool:
    return _is_public(client) and client.open_channel_id != GENERAL


_SAY = Action("say", "Send", _say, ("Return",), help="send the message; Shift+Return begins a new line")

# fmt: off
ACTIONS: tuple[Action, ...] = (
    _SAY,
    Action("switch", "Go to…", lambda _, surface, __: surface.show_switcher(), ("Ctrl+K",),
           help="find a channel or a person by a few letters"),
    Action("previous", "Previous channel", _step(-1), ("Alt+Up", "Ctrl+Prior")),
    Action("next", "Next channel", _step(1), ("Alt+Down", "Ctrl+Next")),
    Action("previous-unread", "Previous unread channel", _step(-1, only_unread=True), ("Alt+Shift+Up",)),
    Action("next-unread", "Next unread channel", _step(1, only_unread=True), ("Alt+Shift+Down",)),
    Action("mark-read", "Mark as read", _mark_read, ("Escape",)),
    Action("page-up", "Scroll up", lambda _, surface, __: surface.scroll_page(-1), ("Prior",)),
    Action("page-down", "Scroll down", lambda _, surface, __: surface.scroll_page(1), ("Next",)),
    Action("end", "Go to the newest message", lambda _, surface, __: surface.scroll_to_end(), ("Ctrl+End",)),
    Action("message", "New direct message…", _message, ("Ctrl+N",),
           "msg", "[name] [text]", "write to one person"),
    Action("me", "Say what you do", _me, (),
           "me", "text", "“/me waves” is shown as “alice waves”"),
    Action("new-channel", "New channel…", _new_channel, ("Ctrl+Shift+N",),
           "create", "[name]", "make a channel"),
    Action("topic", "Set the topic…", _topic, (),
           "topic", "[text]", "say what this channel is about", _is_public),
    Action("rename", "Rename the channel…", _rename, (),
           "rename", "[name]", "give this channel another name", _is_public),
    Action("join", "Join a channel…", _join, (),
           "join", "[name]", "go to a channel, also one that you left"),
    Action("leave", "Leave the channel", _leave, (),
           "leave", "[name]", "hear no more of a channel", _may_leave),
    Action("edit", "Edit message", _edit, ("Up",),
           "edit", "[text]", "write your last message anew (↑ where nothing is typed)", _has_own),
    Action("delete", "Delete message…", _delete, (),
           "delete", "", "take your last message back", _has_own),
    Action("retry", "Send refused messages again", _each_failed(Client.retry), ("Ctrl+Shift+R",),
           "retry", "", "send what was refused here once more", lambda client: bool(_failed(client))),
    Action("discard", "Delete refused messages", _each_failed(Client.discard), (),
           "discard", "", "delete what was refused here", lambda client: bool(_failed(client))),
    Action("members", "Show or hide members", lambda _, surface, __: surface.toggle_members(), ("Ctrl+.",)),
    Action("settings", "Settings…", lambda _, surface, __: surface.show_settings(), ("Ctrl+,",)),
    Action("zoom-in", "Larger", lambda _, surface, __: surface.zoom(1), ("Ctrl+=", "Ctrl++")),
    Action("zoom-out", "Smaller", lambda _, surface, __: surface.zoom(-1), ("Ctrl+-",)),
    Action("zoom-reset", "Normal size", lambda _, surface, __: surface.zoom(0), ("Ctrl+0",)),
    Action("help", "Help", lambda _, surface, __: surface.show_help(), ("Ctrl+/", "F1"),
           "help", "", "show all keys and commands"),
    Action("log-out", "Log out", lambda client, _, __: client.log_out()),
    Action("quit", "Quit", lambda _, surface, __: surface.quit(), ("Ctrl+Q",),
           "quit", "", "close Hearth", lambda _: True),
)
# fmt: on

BY_ID = {action.id: action for action in ACTIONS}
BY_SLASH = {action.slash: action for action in ACTIONS if action.slash}
