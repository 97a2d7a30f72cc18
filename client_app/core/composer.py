"""What a typed line means, and how it may be completed. Pure: words and names come in as arguments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Completions:
    """What can stand between `start` and `end`, in characters; no items where there is nothing to complete."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


MOST_SHOWN = 8


def parse(text: str) -> Command | Speech:
    """Tell a command from something to say. `//` at the start is a way to say something that begins with `/`."""
    if text.startswith("//"):
        return Speech(text[1:])
    word, _, argument = text[1:].partition(" ")
    is_command = text.startswith("/") and word.isalpha() and "\n" not in word
    return Command(word.lower(), argument.strip()) if is_command else Speech(text)


def complete(
    text: str, cursor: int, words: Sequence[Completion], people: Iterable[str], channels: Iterable[str]
) -> Completions:
    """What may stand at the cursor: a slash word, a person after `/msg` or `@`, a channel after `/join` or `#`."""
    before = text[:cursor]
    start = max(before.rfind(" "), before.rfind("\n")) + 1
    part = before[start:]
    command = before.split(" ", 1)[0].lower() if before.startswith("/") else ""
    is_first_argument = before.count(" ") == 1
    items: list[Completion] = []
    if start == 0 and part.startswith("/"):
        items = [word for word in words if word.label.startswith(part.lower())]
    elif command == "/msg" and is_first_argument:
        items = _starting(part.lstrip("@"), people, "", " ")
    elif command == "/join" and is_first_argument:
        items = _starting(part.lstrip("#"), channels, "#", "")
    elif part.startswith("@"):
        items = _starting(part[1:], people, "@", " ")
    elif part.startswith("#"):
        items = _starting(part[1:], channels, "#", " ")
    return Completions(start, cursor, tuple(items[:MOST_SHOWN]))


def _starting(part: str, names: Iterable[str], before: str, after: str) -> list[Completion]:
    wanted = part.casefold()
    return [Completion(f"{before}{name}{after}", name) for name in names if name.casefold().startswith(wanted)]
