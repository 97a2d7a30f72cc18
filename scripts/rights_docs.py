"""The generated tables of `docs/permissions.md`: permissions, roles, and who may ask what in which relation."""

import itertools

from server_app.route import Who
from server_app.routes import ROUTES
from shared.rights import BUILTIN, CHANNEL_PERMISSIONS
from shared.types import Permission, wire_name

from .protocol_docs import notes_of
from .rights import BY_WHAT_IS_ASKED, IMPOSSIBLE, PEOPLE, Answer, Case, cases, needed, possible
from .tables import table

_MARKS = {Answer.YES: "✓", Answer.NO: "–", Answer.UNKNOWN: "?", Answer.NEVER: "✗"}


def permission_table() -> str:
    """Each permission, what it allows, and which built-in roles begin with it."""
    notes = notes_of(Permission)
    rows = [
        (
            f"`{permission.value}`",
            notes[permission.name],
            "yes" if permission in CHANNEL_PERMISSIONS else "",
            *("✓" if permission in builtin.role.permissions else "–" for builtin in BUILTIN),
        )
        for permission in Permission
    ]
    return table(("permission", "", "a channel can decide", *(builtin.role.name for builtin in BUILTIN)), rows)


def role_table() -> str:
    """The built-in roles."""
    return table(("role", "rank", ""), [(each.role.name, str(each.role.rank), each.sentence) for each in BUILTIN])


def request_table() -> str:
    """What each request needs."""
    rows = []
    for request, route in ROUTES.items():
        permission = needed(route)
        who = {Who.ANYBODY: "anybody", Who.STRANGER: "who is not logged in", Who.MEMBER: "who is logged in"}[route.who]
        needs = f"`{permission.value}`" if permission else ""
        more = [BY_WHAT_IS_ASKED.get(request, ""), "the higher rank" if route.must_outrank else ""]
        words = "; ".join(part for part in (needs, *more) if part)
        rows.append((f"`{wire_name(request.__name__)}`", who, words))
    return table(("request", "asked by", "needs"), rows)


def walk_table() -> str:
    """Every request in every relation, for every kind of person."""
    rows = []
    for _, group in itertools.groupby(cases(), key=lambda case: case.request):
        rows += _rows(list(group))
    return table(("request", "relation", *(person.name for person in PEOPLE)), rows)


def impossible_table() -> str:
    """What nobody can do, whatever their role."""
    rows = [
        (f"`{wire_name(request.__name__)}`", kind.value, reason + ".") for (request, kind), reason in IMPOSSIBLE.items()
    ]
    return table(("request", "kind of channel", "because"), rows)


def _rows(group: list[Case]) -> list[tuple[str, ...]]:
    """One row for each answer: relations in which everybody gets the same are told together."""
    by_answers: dict[tuple[str, ...], list[Case]] = {}
    for case in group:
        answers = tuple(_MARKS[case.answer(each)] if possible(case, each) else "" for each in PEOPLE)
        if any(answers):
            by_answers.setdefault(answers, []).append(case)
    return [(f"`{group[0].name}`", _relations(alike), *answers) for answers, alike in by_answers.items()]


def _relations(alike: list[Case]) -> str:
    """`own message: public channel, group; another’s message: …`."""
    by_message: dict[str, list[str]] = {}
    for case in alike:
        by_message.setdefault(case.whose, []).append(case.place)
    parts = [f"{whose}: {'; '.join(places)}" if whose else "; ".join(places) for whose, places in by_message.items()]
    return ". ".join(part[:1].upper() + part[1:] for part in parts)
