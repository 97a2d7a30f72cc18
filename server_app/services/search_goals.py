"""What a search comes to for whoever asks: in which channels, for which terms, and which messages are meant."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from server_app.context import Context
from server_app.storage import blocks
from server_app.storage.search.index import Wanted
from server_app.storage.search.rows import Row
from server_app.storage.search.terms import (
    DAY_MS,
    FOR_ALL,
    PINNED,
    Term,
    author_term,
    facts_of,
    has_term,
    mention_term,
    text_of,
)
from server_app.storage.search.walk import Aim, Span
from shared.entities import Channel
from shared.limits import MAX_INTEGER
from shared.names import name_key
from shared.requests import Search, SearchOrder
from shared.search import Matcher, Needle, Query, fold
from shared.search.folding import LONGEST_WORD, SHORTEST_BEGINNING, is_dense, pieces
from shared.search.query import span
from shared.types import ChannelId, ChannelKind, MessageId, MessageKind, Milliseconds, UserId

NOTHING_TO_FIND = "Type a word, or the beginning of one. Signs alone are not searched for."
ME = "me"
"""Whoever searches, in the place of a name."""


class Nowhere(Exception):
    """Nothing can be found, for a reason that is told."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Goal(NamedTuple):
    """What a walk needs to know."""

    channel_ids: list[ChannelId]
    aim: Aim
    matcher: Matcher


def goal_of(context: Context, query: Query, seen: Sequence[Channel], request: Search) -> Goal:
    """What is to be looked for among the channels that somebody sees. Raises `Nowhere`."""
    if query.problem:
        raise Nowhere(query.problem)
    if query.is_empty:
        raise Nowhere(NOTHING_TO_FIND)
    facts = _facts(context, query)
    matcher = Matcher(query.needles)
    when = _when(query, context.house.now(), request.utc_offset)
    channel_ids = [each.id for each in _places(context, query, seen)]
    blocked = blocks.hidden_from(context.connection, context.me, context.house.clock.steady())
    before_id = request.following if request.order is SearchOrder.NEWEST else None
    aim = Aim(
        wanted=[*facts, *terms_of_needles(query.needles)],
        fits=_Fitting(matcher, facts, when, blocked).fits,
        span=when,
        before_id=None if before_id is None else MessageId(before_id),
    )
    return Goal(channel_ids, aim, matcher)


class _Fitting:
    """Looks at messages that may be meant, the cheapest question first."""

    def __init__(self, matcher: Matcher, facts: Wanted, when: Span | None, blocked: frozenset[UserId]) -> None:
        self._matcher = matcher
        self._facts = [{term.text for term in any_of} for any_of in facts]
        self._when = when
        self._blocked = blocked

    def fits(self, row: Row) -> bool:
        """Whether a message is one of those that are looked for, and whoever looks may read it."""
        if row.is_deleted or (self._when is not None and not self._when.start <= row.created_at < self._when.end):
            return False
        if self._facts:
            known = facts_of(row)
            if any(any_of.isdisjoint(known) for any_of in self._facts):
                return False
        return self._matcher.finds(text_of(row)) and not self._is_hidden(row)

    def _is_hidden(self, row: Row) -> bool:
        if not self._blocked:
            return False
        message = row.message()
        # What is hidden stays so; announcements concern everybody.
        return not self._blocked.isdisjoint(message.speakers) and message.kind is not MessageKind.ANNOUNCEMENT


def terms_of_needles(needles: Sequence[Needle]) -> list[list[Term]]:
    """What the index must know of a block in which these words may stand: each of them once."""
    found: dict[Term, None] = {}
    for needle in needles:
        for number, word in enumerate(needle.words):
            is_last = number == len(needle.words) - 1
            for place, piece in enumerate(parts := pieces(word)):
                is_open = is_last and place == len(parts) - 1 and not needle.is_exact
                found.update(dict.fromkeys(_of_piece(piece, is_open=is_open)))
    return [[term] for term in found]


def _of_piece(piece: str, *, is_open: bool) -> list[Term]:
    if is_dense(piece):
        pairs = ["".join(pair) for pair in itertools.pairwise(piece)]
        return [Term(pair) for pair in pairs] or [Term(piece, is_prefix=True)]
    return [Term(piece[:LONGEST_WORD], is_prefix=is_open and len(piece) >= SHORTEST_BEGINNING)]


def _facts(context: Context, query: Query) -> list[list[Term]]:
    facts = [[Term(has_term(each))] for each in sorted(query.has, key=lambda each: each.value)]
    if query.is_pinned:
        facts.append([Term(PINNED)])
    if query.people:
        facts.append([Term(author_term(_person(context, name))) for name in query.people])
    if query.mentioned:
        people = [_person(context, name) for name in query.mentioned]
        facts.append([Term(mention_term(each)) for each in people])
        if context.me in people:
            facts[-1].append(Term(FOR_ALL))
    return facts


def _person(context: Context, name: str) -> UserId:
    key = name_key(name.lstrip("@"))
    if key == ME:
        return context.me
    found = context.house.directory.people_named([key])
    if key not in found:
        raise Nowhere(f"There is nobody named “{name.lstrip('@')}” here.")
    return found[key]


def _places(context: Context, query: Query, seen: Sequence[Channel]) -> list[Channel]:
    """Of what somebody sees, what the filters name; what they do not see is told from what is not there by nothing."""
    if not query.places:
        return list(seen)
    found: dict[ChannelId, Channel] = {}
    for place in query.places:
        there = [each for each in seen if _is_called(context, each, place)]
        if not there:
            raise Nowhere(f"There is no channel “{place.lstrip('#')}” here that you can search.")
        found.update((each.id, each) for each in there)
    return list(found.values())


def _is_called(context: Context, channel: Channel, place: str) -> bool:
    if channel.kind is ChannelKind.DIRECT:
        others = [each for each in channel.member_ids if each != context.me] or [context.me]
        other = context.house.directory.user(others[0])
        return other is not None and name_key(other.name) == name_key(place.lstrip("@"))
    return bool(channel.name) and fold(channel.name) == fold(place.lstrip("#"))


def _when(query: Query, now: Milliseconds, utc_offset: int) -> Span | None:
    """From when until when, as the clocks of whoever asks have it; None for any time."""
    if not (query.before or query.after or query.on):
        return None
    shift = utc_offset * 60 * 1000
    today = (now + shift) // DAY_MS
    spans = [
        *((0, span(day, today)[0]) for day in query.before),
        *((span(day, today)[1], MAX_INTEGER) for day in query.after),
        *(span(day, today) for day in query.on),
    ]
    start, end = max(first for first, _ in spans), min(last for _, last in spans)
    return Span(start * DAY_MS - shift, min(end * DAY_MS - shift, MAX_INTEGER))
