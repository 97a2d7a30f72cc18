"""How one kind of request is answered: its steps, where each runs, who may ask it, and what it costs."""

import enum
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.types import Permission

from .throttle import Rate


class Where(enum.Enum):
    """On which threads a step runs."""

    INLINE = "inline"
    """On the connection's own I/O thread: it may neither block nor touch the database."""
    WORKER = "worker"
    """With a connection to the database that can only read."""
    HASHER = "hasher"
    """For bcrypt and nothing else."""
    WRITER = "writer"
    """In the writer's transaction."""
    FILES = "files"
    """As a worker does, on threads that may have to wait for files: those who chat never wait for them."""
    PICTURES = "pictures"
    """On threads that wait for the process that looks at pictures, without the database."""


# Names of their own, because Python 3.11 takes its time to find the members of an enumeration.
INLINE, WORKER, HASHER, WRITER, FILES, PICTURES = Where


class Who(enum.Enum):
    """Who may ask."""

    ANYBODY = "anybody"
    STRANGER = "stranger"
    """Only before login."""
    MEMBER = "member"
    """Only after login."""


@dataclass(frozen=True)
class Step:
    """A function of (context, request, value of the step before) to a value; the last one's is the result."""

    where: Where
    function: Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class BatchStep:
    """A WRITER step that takes all of its kind that wait next to each other: (context, what was said) to answers."""

    function: Callable[[Any, Any], list[Any]]
    where: Where = Where.WRITER


@dataclass(frozen=True)
class Route:
    """How one kind of request is answered."""

    who: Who
    steps: tuple[Step | BatchStep, ...]
    rates: tuple[Rate, ...] = ()
    needs: Permission | None = None
    """What whoever asks must be allowed to do: in the channel that the request names, else on the whole server."""
    must_outrank: bool = False
    """Whether it acts on the person whom it names, so that whoever asks needs the higher rank."""
    opens_session: bool = False
    """Whether `done` means that the connection is logged in."""
    ends_session: bool = False
    """Whether the connection is closed after `done`."""

    is_aside: bool = False
    """Whether it goes its own way: it waits for nothing that is under way, and nothing that is asked later for it."""

    @functools.cached_property
    def only_writes(self) -> bool:
        """Whether it may follow another such request before that is answered: the writer keeps them in order."""
        return all(step.where is Where.WRITER for step in self.steps)
