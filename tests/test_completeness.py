"""Nothing that can be asked, told, done or refused is left hanging: each has its place at the other end."""

import ast
import functools
import inspect
import itertools
import re
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from client_app.core import actions
from client_app.core.actions import ACTIONS, MESSAGE_ACTIONS, Action
from client_app.core.session import session
from client_app.core.signals import Signal
from client_app.core.surface import Surface
from client_app.core.world import facts
from server_app.route import Who
from server_app.routes import ROUTES
from shared.errors import Code
from shared.events import EVENTS
from shared.requests import REQUESTS, Request
from shared.types import wire_name

ROOT = Path(__file__).resolve().parent.parent
SLASH_WORDS = {"msg", "me", "topic", "join", "leave", "help", "quit"}

NEVER_TOGETHER = {("pin", "unpin")}
"""Actions on messages of which only one is offered at a time, so that they may share a letter."""
NOT_ASKED_BY_THE_CLIENT = {
    "ListChannels": "the snapshot and the events say it already; for bots that keep no state",
}


@functools.cache
def source(*folders: str) -> str:
    """All the Python below these folders."""
    return "\n".join(path.read_text("utf-8") for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def cases_in(function: object) -> set[str]:
    """The classes that a function's `match` tells apart."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))  # type: ignore[arg-type]  # any function
    return {
        node.cls.id for node in ast.walk(tree) if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
    }


# --- requests ---------------------------------------------------------------------------------------------------------


def test_each_request_has_a_route_and_each_route_a_request() -> None:
    assert set(ROUTES) == set(REQUESTS)
    assert all(route.steps for route in ROUTES.values())


def test_what_strangers_may_ask_is_what_lets_them_in() -> None:
    for_all = {request.__name__ for request, route in ROUTES.items() if route.who is not Who.MEMBER}
    assert for_all == {"Hello", "Ping", "Register", "Login", "Resume"}


@pytest.mark.parametrize("request_type", REQUESTS, ids=lambda each: each.__name__)
def test_each_request_is_asked_by_the_client_or_there_is_a_reason(request_type: type[Request[object]]) -> None:
    name = request_type.__name__
    assert bool(re.search(rf"\b{name}\(", source("client_app/core"))) is not (name in NOT_ASKED_BY_THE_CLIENT)


# --- events -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [facts.apply, session.Session.take], ids=["state", "signals"])
def test_each_event_is_reduced_to_state_and_to_signals(function: object) -> None:
    assert cases_in(function) == {event.__name__ for event in EVENTS}


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: each.__name__)
def test_each_event_is_told_by_the_server(event: type) -> None:
    assert re.search(rf"\b{event.__name__}\(", source("server_app"))


@pytest.mark.parametrize("signal", get_args(Signal), ids=lambda each: each.__name__)
def test_each_signal_is_heard_by_the_window(signal: type) -> None:
    assert re.search(rf"\.on\({signal.__name__}\b", source("client_app/desktop"))


# --- actions ----------------------------------------------------------------------------------------------------------


@functools.cache
def literals(folder: str) -> frozenset[str]:
    """Every string that stands in the Python below a folder."""
    nodes = itertools.chain.from_iterable(
        ast.walk(ast.parse(path.read_text("utf-8"))) for path in (ROOT / folder).rglob("*.py")
    )
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_can_be_reached(action: Action) -> None:
    assert action.keys or action.slash or action.id in literals("client_app/desktop")
    assert action.label


def test_actions_are_told_apart_by_id_key_and_slash_word() -> None:
    for marks in (
        [action.id for action in ACTIONS],
        [key for action in ACTIONS for key in action.keys],
        [action.slash for action in ACTIONS if action.slash],
    ):
        assert len(set(marks)) == len(marks)


def test_actions_on_messages_are_told_apart_by_id_and_a_letter_means_one_thing() -> None:
    ids = [action.id for action in MESSAGE_ACTIONS]
    assert len(set(ids)) == len(ids)
    assert all(len(action.key) <= 1 and action.key == action.key.upper() for action in MESSAGE_ACTIONS)
    for one, other in combinations([action for action in MESSAGE_ACTIONS if action.key], 2):
        assert one.key != other.key or (one.id, other.id) in NEVER_TOGETHER, f"{one.id} and {other.id} have one key"


def test_every_promised_slash_word_is_there() -> None:
    assert set(actions.BY_SLASH) >= SLASH_WORDS


def test_a_slash_word_says_what_it_does_and_what_it_takes() -> None:
    for action in actions.BY_SLASH.values():
        assert action.help
        assert action.slash == action.slash.lower()
        assert action.slash.isalpha()


def methods(protocol: type) -> set[str]:
    return {name for name, member in vars(protocol).items() if inspect.isfunction(member) and not name.startswith("_")}


def test_whatever_an_action_may_ask_of_a_surface_is_asked_and_the_window_does_it() -> None:
    text = source("client_app/core/actions")
    for name in methods(Surface):
        assert f"surface.{name}(" in text, f"no action asks for {name}"
    places = (
        ROOT / "client_app/desktop/window" / name for name in ("window.py", "questions.py", "message_questions.py")
    )
    trees = [ast.parse(place.read_text("utf-8")) for place in places]
    defined = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert methods(Surface) <= defined


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_each_code_is_used_and_documented(code: Code) -> None:
    assert f"Code.{code.name}" in source("server_app", "shared"), "nobody is ever told this"
    assert f"`{code.value}`" in (ROOT / "docs" / "protocol.md").read_text("utf-8")


@pytest.mark.parametrize("struct", [*REQUESTS, *EVENTS], ids=lambda each: each.__name__)
def test_each_struct_is_documented(struct: type) -> None:
    assert wire_name(struct.__name__) in (ROOT / "docs" / "protocol.md").read_text("utf-8")
    assert (struct.__doc__ or "").strip()
