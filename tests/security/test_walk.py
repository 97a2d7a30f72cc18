"""Every request, asked by somebody of every role, in every relation, is answered as `docs/permissions.md` says."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from scripts.rights import PEOPLE, Answer, Case, cases, possible
from server_app.limits import Limits
from server_app.route import Who
from server_app.routes import ROUTES
from shared.errors import Code, Refusal

from ..conftest import ServerFactory
from ..peer import Peer
from .scene import REQUESTS, House, Scene, scene

EVERY = tuple(cases())
OF_MEMBERS = tuple(dict.fromkeys(case.request for case in EVERY))


@pytest.fixture
def house(start_server: ServerFactory) -> Iterator[House]:
    made = House(start_server(tls=False, limits=Limits().without_rates_and_caps()))
    yield made
    made.close()


def test_the_walk_leaves_no_request_out() -> None:
    of_members = {request for request, route in ROUTES.items() if route.who is Who.MEMBER}
    assert set(OF_MEMBERS) == set(REQUESTS) == of_members


@pytest.mark.parametrize("request_type", OF_MEMBERS, ids=lambda each: each.__name__)
def test_a_request_is_answered_as_the_rights_say(request_type: Any, house: House) -> None:
    wrong = []
    for case in (each for each in EVERY if each.request is request_type):
        for person in (each for each in PEOPLE if possible(case, each)):
            expected, told = case.answer(person), answered(scene(house, person, case))
            if not as_expected(expected, told):
                wrong.append(f"{person.name}; {case.place}; {case.whose}: {expected.value} expected, but {told}")
    assert wrong == []


def test_every_request_of_a_stranger_is_refused(house: House) -> None:
    told = {}
    for request_type in OF_MEMBERS:
        made = Scene(house, PEOPLE[0], house.root, house.somebody(), Case(request_type))
        told[request_type.__name__] = refused_to(house.connect(), made.request())
    assert set(told.values()) == {Code.LOGIN_REQUIRED}, told


def refused_to(stranger: Peer, request: Any) -> Code | None:
    try:
        stranger.request(request)
    except Refusal as refusal:
        return refusal.code
    return None


def answered(made: Scene) -> str | Refusal:
    """What the server says."""
    request = made.request()
    try:
        made.me.request(request)
    except Refusal as refusal:
        unknown = _of_no_channel(made, request)
        if refusal.code is Code.NOT_FOUND and unknown is not None and refusal.message != unknown:
            return f"“{refusal.message}”, but “{unknown}” of a channel that does not exist"
        return refusal
    return "done"


def as_expected(expected: Answer, told: str | Refusal) -> bool:
    if expected is Answer.YES:
        return told == "done"
    return isinstance(told, Refusal) and told.code in expected.codes


def _of_no_channel(made: Scene, request: Any) -> str | None:
    """What is said about a channel that does not exist: not a word differs for one that must not be known."""
    if made.case.where is None:
        return None
    with pytest.raises(Refusal) as refused:
        made.me.request(replace(request, channel_id=987654321))
    return refused.value.message
