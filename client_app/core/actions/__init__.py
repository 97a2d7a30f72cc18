"""THE table of what a person can do: menus, keys, slash words, completion and help are drawn from it."""

from client_app.core.client import Client
from client_app.core.panes.roster import RosterRow
from client_app.core.surface import Surface
from client_app.core.writing import composer
from client_app.core.writing.composer import Named, Noun
from client_app.core.writing.emoji import complete_argument, complete_emoji
from shared.errors import BadRequest, Refusal
from shared.types import BlockKind, Level

from .action import Action
from .attaching import ATTACH
from .channels import CHANNELS, WALKING
from .formatting import FORMATTING
from .levels import LEVELS, NOTIFYING, SPANS
from .message_action import MessageAction, MessageGroup, MessageSign
from .message_actions import MESSAGE_ACTIONS, offers, perform_on
from .messages import CHANGING, SAY, WRITING, own_last
from .naming import naming
from .oneself import ONESELF
from .people import PEACE, PEOPLE, keeps_house
from .pins import PINS
from .reactions import REACTING
from .reads import READING
from .replies import REPLYING
from .saved import SAVED
from .search import SEARCHING
from .window import PROGRAM, SCROLLING

__all__ = [
    "ACTIONS",
    "BY_ID",
    "BY_SLASH",
    "LEVELS",
    "MESSAGE_ACTIONS",
    "SPANS",
    "Action",
    "MessageAction",
    "MessageGroup",
    "MessageSign",
    "complete",
    "keeps_house",
    "offers",
    "own_last",
    "perform",
    "perform_on",
    "submit",
]

ACTIONS: tuple[Action, ...] = (
    SAY,
    *WALKING,
    *READING,
    *SEARCHING,
    *SCROLLING,
    *WRITING,
    *FORMATTING,
    ATTACH,
    *REPLYING,
    *CHANNELS,
    *REACTING,
    *CHANGING,
    PINS,
    SAVED,
    *PEOPLE,
    *NOTIFYING,
    *PEACE,
    *ONESELF,
    *PROGRAM,
)
BY_ID = {action.id: action for action in ACTIONS}
BY_SLASH = {action.slash: action for action in ACTIONS if action.slash}


def submit(client: Client, surface: Surface, text: str) -> bool:
    """Do what a composed text means: say it, or run its command. False where it was refused and must not be lost."""
    match composer.parse(text):
        case composer.Speech(text=speech):
            return perform(client, surface, SAY, speech)
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
    settings = client.settings
    if (typed := _emoji_typed(text[:cursor])) is not None:
        return complete_argument(typed, cursor, settings.recent_emoji, settings.skin_tone, client.pictures.names())
    words = [
        composer.Completion(f"/{action.slash} ", f"/{action.slash}", f"{action.argument}  {action.help}".strip())
        for action in ACTIONS
        if action.slash and action.is_available(client)
    ]
    takes = {action.slash: action.takes for action in BY_SLASH.values()}
    found = composer.complete(
        text, cursor, words, takes, lambda noun: _names(client, noun), naming=lambda part: naming(client, part)
    )
    return found if found.items else complete_emoji(text[:cursor], settings.skin_tone, client.pictures.names())


def _emoji_typed(before: str) -> str | None:
    """What is typed of an emoji behind a slash word that takes one; None elsewhere."""
    word, space, typed = before.partition(" ")
    action = BY_SLASH.get(word[1:].lower()) if word.startswith("/") else None
    takes_one = action is not None and action.takes == (Noun.EMOJI,)
    return typed if takes_one and space and " " not in typed else None


def _names(client: Client, noun: Noun) -> list[Named]:
    """What there is of a kind."""
    people = [row for row in client.roster.people() if not row.is_me]
    match noun:
        case Noun.PERSON:
            return [_called(row) for row in people if not row.is_banned]
        case Noun.BANNED:
            return [_called(row) for row in people if row.is_banned]
        case Noun.BLOCKED | Noun.MUTED:
            kind = BlockKind.BLOCK if noun is Noun.BLOCKED else BlockKind.MUTE
            return [_called(row) for row in people if row.block is not None and row.block.kind is kind]
        case Noun.CHANNEL:
            return [Named(row.title) for row in client.channels.joined() + client.channels.available()]
        case Noun.ROLE:
            return [Named(role.name) for role in client.administration.roles_i_may_invite_to()]
        case Noun.LEVEL | Noun.EMOJI:
            # Emoji are found by more than how they begin, and shown with a picture.
            return [Named(level.value) for level in Level] if noun is Noun.LEVEL else []


def _called(row: RosterRow) -> Named:
    """A person is typed by the name that nobody else has, and found by what they are called as well."""
    return Named(row.handle, "" if row.name == row.handle else row.name)
