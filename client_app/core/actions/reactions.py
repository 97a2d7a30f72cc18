"""Putting an emoji under what was said, and choosing one."""

from itertools import islice

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from client_app.core.writing.composer import Noun
from client_app.core.writing.emoji import named
from shared.errors import BadRequest

from .action import Action, open_row
from .message_action import MessageAction, MessageGroup, is_readable

MOST_LOOKED_AT = 1000
"""Rows among which a message is looked for: it is asked with every letter typed."""


def _last(client: Client) -> Entry | None:
    """The newest message of the open channel to which I may react."""
    if client.session is None or client.open_channel_id is None:
        return None
    newest = islice(reversed(client.timeline(client.open_channel_id).entries), MOST_LOOKED_AT)
    return next((entry for entry in newest if _may_react(client, entry)), None)


def _may_react(_client: Client, entry: Entry) -> bool:
    return is_readable(entry) and entry.may_react


def _react(client: Client, surface: Surface, words: str) -> None:
    entry = _last(client)
    if entry is None:
        raise BadRequest("There is no message here to which you could react.")
    if words:
        emoji = named(words, client.settings.skin_tone, client.pictures.names())
        client.choose_reaction(open_row(client).channel_id, entry.seq, emoji)
    else:
        surface.pick_reaction(entry.seq)


def _pick(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.pick_reaction(entry.seq)


# fmt: off
REACTING = (
    Action("react", "React to the last message…", _react, ("Ctrl+Alt+R",),
           "react", "[:emoji:]", "put an emoji under what was said last", lambda client: _last(client) is not None,
           (Noun.EMOJI,)),
    Action("emoji", "Emoji…", lambda _, surface, __: surface.pick_emoji(), ("Ctrl+;", "Ctrl+Alt+E"),
           help="choose an emoji; “:smi” in the text offers some, too"),
)
REACT_TO = MessageAction("add-reaction", "Add a reaction…", MessageGroup.ANSWER, _pick, _may_react, "A", "smile")
# fmt: on
