"""Going to channels, making and shaping them, and who is in them."""

from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.surface import Surface
from client_app.core.writing.composer import Noun
from client_app.core.writing.durations import duration_in_words, parse_duration
from shared.errors import BadRequest
from shared.limits import MAX_SLOW_SECONDS
from shared.types import GENERAL, ChannelKind, Permission, UserId

from .action import Action, Run, open_row, person_and_rest, require, where, who_may

ONLY_SOME = "Only whoever made the channel, and those who manage channels, may"
OFF = ("off", "0", "0s")


def _topic(client: Client, surface: Surface, text: str) -> None:
    row = open_row(client)
    if not row.may_manage:
        said = f"The topic is: {row.topic}" if row.topic else "There is no topic."
        raise BadRequest(f"{said} {ONLY_SOME} change it.")
    if text:
        client.set_topic(row.channel_id, text)
    else:
        surface.ask_topic()


def _rename(client: Client, surface: Surface, name: str) -> None:
    row = open_row(client)
    require(row.may_manage, f"{ONLY_SOME} rename it.")
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


def _leave(client: Client, surface: Surface, name: str) -> None:
    row = client.channels.named(name) if name else open_row(client)
    if row is None:
        raise BadRequest(f"There is no channel #{name.lstrip('#')}.")
    if row.kind is ChannelKind.DIRECT:
        raise BadRequest("A direct conversation cannot be left.")
    if row.channel_id == GENERAL:
        raise BadRequest(f"Everybody is in #{row.title}; it cannot be left.")
    if row.kind is ChannelKind.PUBLIC:
        client.leave_channel(row.channel_id)
    else:
        channel_id = row.channel_id
        question = f"You come back to {_called(row)} only when somebody in it adds you again."
        surface.confirm(f"Leave {_called(row)}?", question, "Leave", lambda: client.leave_channel(channel_id))


def _new_channel(client: Client, surface: Surface, name: str) -> None:
    if name:
        client.create_channel(name)
    else:
        surface.ask_new_channel()


def _group(client: Client, surface: Surface, names: str) -> None:
    if not names:
        surface.ask_direct()
        return
    people = [person_and_rest(client, name, "")[0].user_id for name in names.replace(",", " ").split()]
    if len(dict.fromkeys(people)) == 1:
        client.open_direct(people[0])
    else:
        client.open_group(people)


def _settings(client: Client, surface: Surface, _argument: str) -> None:
    open_row(client)
    surface.show_channel_settings()


def _slow(client: Client, _surface: Surface, argument: str) -> None:
    row = open_row(client)
    if not argument:
        every = f"Everybody writes here once in {duration_in_words(row.slow_seconds)}."
        client.notice(every if row.slow_seconds else "There is no slow mode here. Type /slow 30s for one.")
        return
    require(row.may_manage, f"{ONLY_SOME} slow it down.")
    seconds = 0 if argument.lower() in OFF else parse_duration(argument, MAX_SLOW_SECONDS)
    client.change_channel(row.channel_id, slow_seconds=seconds)


def _archive(client: Client, _surface: Surface, _argument: str) -> None:
    row = open_row(client)
    require(row.may_archive, f"{ONLY_SOME} archive it." if row.channel_id != GENERAL else "This channel stays in use.")
    client.archive_channel(row.channel_id, not row.is_archived)


def _delete(client: Client, surface: Surface, _argument: str) -> None:
    row = open_row(client)
    require(row.may_delete, f"{ONLY_SOME} delete it." if row.channel_id != GENERAL else "This channel stays.")
    question = "All that was said in it goes, for everybody and for good. To keep it to be read, archive it instead."
    surface.confirm(f"Delete {_called(row)}?", question, "Delete", lambda: client.delete_channel(row.channel_id))


def _add(client: Client, surface: Surface, names: str) -> None:
    row = open_row(client)
    require(row.may_add_members, "You may add nobody here. Everybody sees a public channel anyway.")
    if not names:
        surface.show_channel_settings()
    for user_id in _people(client, names):
        client.add_member(row.channel_id, user_id)


def _remove(client: Client, surface: Surface, names: str) -> None:
    row = open_row(client)
    require(row.may_remove_members, "You may take nobody out of here.")
    if not names:
        surface.show_channel_settings()
    for user_id in _people(client, names):
        client.remove_member(row.channel_id, user_id)


def _people(client: Client, names: str) -> list[UserId]:
    return [person_and_rest(client, name, "")[0].user_id for name in names.replace(",", " ").split()]


def _anything(_row: ChannelRow) -> bool:
    return True


def _stands_out(row: ChannelRow) -> bool:
    return row.stands_out


def _mentions_me(row: ChannelRow) -> bool:
    return row.mentions > 0


def _step(direction: int, is_wanted: Callable[[ChannelRow], bool] = _anything) -> Run:
    """An action that opens the previous (-1) or next (1) channel of the left pane."""

    def step(client: Client, _surface: Surface, _argument: str) -> None:
        rows = client.channels.in_order()
        here = next((index for index, row in enumerate(rows) if row.is_open), 0)
        for distance in range(1, len(rows)):
            row = rows[(here + direction * distance) % len(rows)]
            if is_wanted(row):
                client.open_channel(row.channel_id)
                return

    return step


def _called(row: ChannelRow) -> str:
    return row.title if row.kind is ChannelKind.GROUP else f"#{row.title}"


def _has_rules(row: ChannelRow) -> bool:
    return row.kind is not ChannelKind.DIRECT


# fmt: off
WALKING = (
    Action("switch", "Go to…", lambda _, surface, __: surface.show_switcher(), ("Ctrl+K",),
           help="find a channel or a person by a few letters"),
    Action("previous", "Previous channel", _step(-1), ("Alt+Up", "Ctrl+Prior")),
    Action("next", "Next channel", _step(1), ("Alt+Down", "Ctrl+Next")),
    Action("previous-unread", "Previous unread channel", _step(-1, _stands_out), ("Alt+Shift+Up",)),
    Action("next-unread", "Next unread channel", _step(1, _stands_out), ("Alt+Shift+Down",)),
    Action("previous-mention", "Previous channel that mentions you", _step(-1, _mentions_me), ("Ctrl+Alt+Shift+Up",)),
    Action("next-mention", "Next channel that mentions you", _step(1, _mentions_me), ("Ctrl+Alt+Shift+Down",)),
)
CHANNELS = (
    Action("new-channel", "New channel…", _new_channel, ("Ctrl+Shift+N",),
           "create", "[name]", "make a channel",
           who_may(Permission.CREATE_CHANNELS, Permission.CREATE_PRIVATE_CHANNELS)),
    Action("group", "New group…", _group, (),
           "group", "[names]", "write to a few people at once",
           who_may(Permission.WRITE_DIRECTLY), (Noun.PERSON,) * 9),
    Action("topic", "Set the topic…", _topic, (),
           "topic", "[text]", "say what this channel is about", where(_has_rules)),
    Action("rename", "Rename the channel…", _rename, (),
           "rename", "[name]", "give this channel another name", where(lambda row: row.may_manage)),
    Action("join", "Join a channel…", _join, (),
           "join", "[name]", "go to a channel, also one that you left", takes=(Noun.CHANNEL,)),
    Action("leave", "Leave the channel", _leave, (),
           "leave", "[name]", "hear no more of a channel", where(lambda row: row.may_leave), (Noun.CHANNEL,)),
    Action("channel-settings", "Channel settings…", _settings, (),
           "channel", "", "show the rules and the members of this channel", where(_has_rules)),
    Action("add", "Add people…", _add, (),
           "add", "[names]", "bring people into this channel",
           where(lambda row: row.may_add_members), (Noun.PERSON,) * 9),
    Action("remove", "Remove people…", _remove, (),
           "remove", "[names]", "take people out of this channel",
           where(lambda row: row.may_remove_members), (Noun.PERSON,) * 9),
    Action("slow", "Slow mode", _slow, (),
           "slow", "[30s]", "let everybody write here once in a while only; “off” ends it",
           where(lambda row: row.may_manage and row.kind is not ChannelKind.GROUP)),
    Action("archive", "Archive the channel, or use it again", _archive, (),
           "archive", "", "let nobody write here any more, or let them again", where(lambda row: row.may_archive)),
    Action("delete-channel", "Delete the channel…", _delete, (),
           "deletechannel", "", "delete this channel with all that was said in it", where(lambda row: row.may_delete)),
)
# fmt: on
