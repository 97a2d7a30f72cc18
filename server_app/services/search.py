"""Finding messages in all channels that somebody may read, and in no others."""

from itertools import islice

from server_app.context import Context
from server_app.permissions import unknown_channel
from server_app.storage import channels
from server_app.storage.search import keeping
from server_app.storage.search.rows import Row
from server_app.storage.search.walk import Walk
from shared.entities import Channel
from shared.errors import BadRequest
from shared.limits import MAX_QUERY
from shared.requests import Found, Hit, Search, SearchOrder
from shared.search import Matcher, parse
from shared.types import ChannelId

from .fitting import FRAME_BUDGET, fit_page
from .search_goals import Nowhere, goal_of

MOST_RANKED = 100
"""Messages among which the best are chosen: the newest that have what is looked for."""
MOST_INDEXED = 125
"""Messages that go into the index at a time: some milliseconds of the writer's time."""


def search(context: Context, request: Search, _value: None) -> Found:
    """A page of what is found. Whoever asks sees neither more nor less than by reading all of it."""
    if len(request.query) > MAX_QUERY:
        raise BadRequest(f"Search for at most {MAX_QUERY} characters at once; these are {len(request.query):,}.")
    seen = _seen(context, request.channel_id)
    try:
        goal = goal_of(context, parse(request.query), seen, request)
    except Nowhere as nowhere:
        return Found(sentence=nowhere.sentence)
    walk, matcher = Walk(context.connection, goal.channel_ids, goal.aim), goal.matcher
    if request.order is SearchOrder.BEST:
        return _best(walk, matcher, request)
    return _newest(walk, matcher, request)


def index_messages(context: Context) -> bool:
    """Put some of what was said lately into the index; whether more waits."""
    return keeping.catch_up(context.connection, MOST_INDEXED)


def newest_to_index(context: Context) -> int | None:
    """Another number than the last time where the index may lack anything; None where it surely does."""
    return keeping.newest_to_index(context.connection)


def tidy_index(context: Context, *, is_beginning: bool) -> bool:
    """Go a step towards an index in which nothing is left of what was deleted; whether there is more to do."""
    return keeping.tidy(context.connection, is_beginning=is_beginning)


def _seen(context: Context, channel_id: ChannelId | None) -> list[Channel]:
    """The channels that whoever asks may read at this moment, or the one that is named. Raises where it is none."""
    public = context.house.directory.overview(context.me, 0).channels
    seen = [*public, *channels.own_channels(context.connection, context.me)]
    if channel_id is None:
        return seen
    found = [each for each in seen if each.id == channel_id]
    if not found:
        raise unknown_channel()
    return found


def _newest(walk: Walk, matcher: Matcher, request: Search) -> Found:
    rows = list(islice(walk, request.limit + 1))
    page, more = fit_page([_hit(row, matcher) for row in rows], request.limit, FRAME_BUDGET)
    # What follows begins behind the last one shown, or where the walk ended before it was through.
    following = page[-1].message.id if more and page else walk.reached + 1 if walk.reached else None
    return Found(hits=tuple(page), following=following, is_prepared=walk.is_prepared, is_partial=bool(walk.reached))


def _best(walk: Walk, matcher: Matcher, request: Search) -> Found:
    rows = list(islice(walk, MOST_RANKED))
    hits = [_hit(row, matcher) for row in rows]
    order = sorted(range(len(hits)), key=lambda index: (-_worth(hits[index]), index))
    start = request.following or 0
    wanted = [hits[index] for index in order[start : start + request.limit + 1]]
    page, more = fit_page(wanted, request.limit, FRAME_BUDGET)
    following = start + len(page) if more and page else None
    is_partial = bool(walk.reached) or len(rows) == MOST_RANKED
    return Found(hits=tuple(page), following=following, is_prepared=walk.is_prepared, is_partial=is_partial)


def _worth(hit: Hit) -> float:
    """How much of a message is what was looked for, and how early it comes; of whole words more than of beginnings."""
    body = hit.message.body
    if not hit.marks:
        return 0.0
    whole = sum(1 for start, length in hit.marks if not body[start + length : start + length + 1].isalnum())
    covered = sum(length for _, length in hit.marks) / (len(body) + 40)
    return covered + min(whole, 5) / 5 + 0.5 / (1 + hit.marks[0][0] / 20)


def _hit(row: Row, matcher: Matcher) -> Hit:
    return Hit(message=row.message(), marks=matcher.marks(row.body))
