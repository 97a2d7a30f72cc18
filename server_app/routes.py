"""THE table: what each request runs, where, who may ask it, and what it costs."""

import enum
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared import requests as ask

from .limits import ACCOUNT_LOGINS, CHANGES, CHANNELS, HISTORY, LOGINS, MESSAGES, REGISTRATIONS, Rate
from .services import accounts, changes, channels, directs, greeting, history, messages, reads, sessions, snapshot


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


# Names of their own, because Python 3.11 takes its time to find the members of an enumeration.
INLINE, WORKER, HASHER, WRITER = Where


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
    opens_session: bool = False
    """Whether `done` means that the connection is logged in."""
    ends_session: bool = False
    """Whether the connection is closed after `done`."""

    @functools.cached_property
    def only_writes(self) -> bool:
        """Whether it may follow another such request before that is answered: the writer keeps them in order."""
        return all(step.where is Where.WRITER for step in self.steps)


def _inline(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.INLINE, function)


def _worker(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.WORKER, function)


def _hasher(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.HASHER, function)


def _writer(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.WRITER, function)


def _change(function: Callable[[Any, Any, Any], Any], *more: Rate) -> Route:
    return Route(Who.MEMBER, (_writer(function),), (CHANGES, *more))


# The connection hears events before the snapshot is read, so that nothing can fall between the two.
_ENTER = (_inline(sessions.sign_in), _worker(snapshot.take_snapshot))

ROUTES: dict[type[ask.AnyRequest], Route] = {
    ask.Hello: Route(Who.ANYBODY, (_inline(greeting.hello),)),
    ask.Register: Route(
        Who.STRANGER,
        (
            _worker(accounts.judge_newcomer),
            _hasher(accounts.hash_new_password),
            _writer(accounts.create_account),
            *_ENTER,
        ),
        (REGISTRATIONS,),
        opens_session=True,
    ),
    ask.Login: Route(
        Who.STRANGER,
        (_worker(accounts.find_credentials), _hasher(accounts.check_login), _writer(accounts.admit), *_ENTER),
        (LOGINS, ACCOUNT_LOGINS),
        opens_session=True,
    ),
    ask.Resume: Route(Who.STRANGER, (_worker(sessions.find_session), *_ENTER), opens_session=True),
    ask.LogOut: Route(Who.MEMBER, (_writer(sessions.log_out),), ends_session=True),
    ask.ChangePassword: Route(
        Who.MEMBER,
        (_worker(accounts.find_my_credentials), _hasher(accounts.check_and_hash), _writer(accounts.set_password)),
        (CHANGES, LOGINS),
    ),
    ask.ListSessions: Route(Who.MEMBER, (_worker(sessions.list_sessions),), (HISTORY,)),
    ask.RevokeSession: _change(sessions.revoke_session),
    ask.CreateChannel: _change(channels.create_channel, CHANNELS),
    ask.RenameChannel: _change(channels.rename_channel),
    ask.SetTopic: _change(channels.set_topic),
    ask.JoinChannel: _change(channels.join_channel),
    ask.LeaveChannel: _change(channels.leave_channel),
    ask.ListChannels: Route(Who.MEMBER, (_worker(channels.list_channels),), (HISTORY,)),
    ask.OpenDirect: _change(directs.open_direct),
    ask.SendMessage: Route(Who.MEMBER, (BatchStep(messages.post_messages),), (MESSAGES,)),
    ask.EditMessage: _change(changes.edit_message),
    ask.DeleteMessage: _change(changes.delete_message),
    ask.FetchHistory: Route(Who.MEMBER, (_worker(history.fetch_history),), (HISTORY,)),
    ask.FetchChanges: Route(Who.MEMBER, (_worker(changes.fetch_changes),), (HISTORY,)),
    ask.MarkRead: _change(reads.mark_read),
    ask.Ping: Route(Who.ANYBODY, (_inline(greeting.ping),)),
}
