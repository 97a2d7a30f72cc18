"""What a typed line means, and how it may be completed. Pure: words and names come in as arguments."""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from client_app.core.world.presence import Presence
from shared.types import MessageKind, UserId


class Noun(enum.Enum):
    """What a word behind a slash word may name."""

    PERSON = "person"
    BANNED = "banned"
    BLOCKED = "blocked"
    MUTED = "muted"
    CHANNEL = "channel"
    ROLE = "role"
    LEVEL = "level"
    EMOJI = "emoji"


@dataclass(frozen=True, slots=True)
class Command:
    """`/word argument`."""

    word: str
    argument: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Something to be sent as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    text: str
    """What stands in the composer afterwards, in place of the part that is completed."""
    label: str
    detail: str = ""
    emoji: str = ""
    """Drawn before the label."""
    user_id: UserId | None = None
    """A person, whose disc is drawn before the label."""
    presence: Presence | None = None
    """How they look; None for whoever is no person."""


class Named(NamedTuple):
    """Something that may be completed."""

    name: str
    """What is put there."""
    also: str = ""
    """By which it is found as well, word by word: what a person wants to be called."""

    def begins(self, part: str) -> bool:
        """Whether this may be meant by these first letters of it."""
        wanted, also = part.casefold(), self.also.casefold()
        return self.name.casefold().startswith(wanted) or any(
            word.startswith(wanted) for word in (also, *also.split()) if also
        )


@dataclass(frozen=True, slots=True)
class Completions:
    """What can stand between `start` and `end`, in characters; no items where there is nothing to complete."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


MOST_SHOWN = 8


def typed(kind: MessageKind, body: str) -> str:
    """What somebody types to say this: the way back from a message that was not sent."""
    match kind:
        case MessageKind.TEXT:
            return f"/{body}" if body.startswith("/") else body
        case MessageKind.ACTION:
            return f"/me {body}"
        case MessageKind.ANNOUNCEMENT:
            return f"/announce {body}"
        case _:
            assert_never(kind)


def parse(text: str) -> Command | Speech:
    """Tell a command from something to say. `//` at the start is a way to say something that begins with `/`."""
    if text.startswith("//"):
        return Speech(text[1:])
    word, _, argument = text[1:].partition(" ")
    is_command = text.startswith("/") and word.isalpha() and "\n" not in word
    return Command(word.lower(), argument.strip()) if is_command else Speech(text)


def is_speech(text: str) -> bool:
    """Whether this is, or becomes, something to say, and no command."""
    return bool(text.strip()) and (not text.startswith("/") or text.startswith("//"))


def complete(
    text: str,
    cursor: int,
    words: Sequence[Completion],
    takes: Mapping[str, Sequence[Noun]],
    names: Callable[[Noun], Iterable[Named]],
    *,
    naming: Callable[[str], list[Completion]] | None = None,
) -> Completions:
    """What may stand at the cursor: a slash word, what follows one, a person after `@`, a channel after `#`.

    `takes` says by slash word what its arguments name, `names` what there is of a kind, `naming` who may be meant by
    what stands behind an `@` in a text.
    """
    before = text[:cursor]
    start = max(before.rfind(" "), before.rfind("\n")) + 1
    part = before[start:]
    items: list[Completion] = []
    if start == 0 and part.startswith("/"):
        items = [word for word in words if word.label.startswith(part.lower())]
    elif (noun := _noun_at(before, takes)) is Noun.CHANNEL:
        items = _starting(part.lstrip("#"), names(noun), "#", "")
    elif noun is not None:
        items = _starting(part.lstrip("@"), names(noun), "", " ")
    elif part.startswith("@") and naming is not None:
        items = naming(part[1:])
    elif part.startswith("@"):
        items = _starting(part[1:], names(Noun.PERSON), "@", " ")
    elif part.startswith("#"):
        items = _starting(part[1:], names(Noun.CHANNEL), "#", " ")
    return Completions(start, cursor, tuple(items[:MOST_SHOWN]))


def _noun_at(before: str, takes: Mapping[str, Sequence[Noun]]) -> Noun | None:
    """What the word at the end of this text names, as an argument of a slash word."""
    word, *arguments = before.split(" ")
    if not word.startswith("/") or not arguments:
        return None
    nouns = takes.get(word[1:].lower(), ())
    return nouns[len(arguments) - 1] if len(arguments) <= len(nouns) else None


def _starting(part: str, names: Iterable[Named], before: str, after: str) -> list[Completion]:
    return [Completion(f"{before}{each.name}{after}", each.name, each.also) for each in names if each.begins(part)]
