"""How long searches take among a million messages of real-looking text, how large the index is, what writing pays."""

import contextlib
import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from server_app.app import App
from server_app.context import Context
from server_app.housekeeper import INDEX_SHARE
from server_app.limits import Limits
from server_app.services.messages import Said, post_messages
from server_app.services.search import index_messages
from server_app.settings import Settings
from server_app.storage.engine import database_url, reading_engine
from shared.requests import Search, SearchOrder, SendMessage
from shared.types import GENERAL, SessionId, UserId

from . import failures, stock, subjects
from .asking import Asker
from .figures import Figure, Plan, quantile
from .stock import Stock
from .vocabulary import Vocabulary

NAME = "searching"
PEOPLE = 100
_QUERIES = 40
"""Of each class."""
_WARM_UP = 20
_PAGE = 25
_BATCH = 16
_BATCHES = 300
"""Of each half of a pair; the index gets a few turns meanwhile."""
_PAIRS = 7
"""Of a run of the write path."""
ALL = "all of them"
SIZE = "the index, of the text"
WRITING = "writing with the index kept, of writing without"
WRITING_WORK = f"{WRITING}, the processor's time"


@dataclass(frozen=True)
class Kind:
    """A class of searches."""

    name: str
    query: Callable[[Vocabulary, int], str]
    """The one of this number."""
    order: SearchOrder = SearchOrder.NEWEST


def _rare(words: Vocabulary, number: int) -> str:
    return words.words[20_000 + 997 * number % 60_000]


KINDS = (
    Kind("a rare word", _rare),
    Kind("a word now and then", lambda words, number: words.words[300 + 41 * number]),
    Kind("a common word", lambda words, number: words.words[number % 20]),
    Kind("two words", lambda words, number: f"{words.words[40 + number]} {words.words[90 + 7 * number]}"),
    Kind("a word that is nowhere", lambda _, number: f"xyzzy{number}"),
    Kind("two neighbours in quotes", lambda words, number: f'"{words.words[number]} {words.words[3 + 2 * number]}"'),
    Kind("two letters", lambda words, number: words.words[1500 + number][:2]),
    Kind("two Chinese characters", lambda _, number: chr(0x4E00 + 53 * number) + chr(0x4E00 + 91 * number)),
    Kind("from somebody, a word", lambda words, number: f"from:person{number + 1} {words.words[200 + number]}"),
    Kind("in a channel, a word", lambda words, number: f"in:room-{2 + number} {words.words[100 + number]}"),
    Kind("of a day, a common word", lambda words, number: f"on:yesterday {words.words[number % 20]}"),
    Kind("with a link", lambda words, number: f"has:link {words.words[number % 50]}"),
    Kind("the best of a common word", lambda words, number: words.words[number % 20], SearchOrder.BEST),
    Kind("the best of a rare word", _rare, SearchOrder.BEST),
)


def measure(plan: Plan) -> list[Figure]:
    """Somebody sees all channels; every search is for something else."""
    plan.say(f"Hearth: searches among {plan.stored_messages:,} messages")
    with failures.left_out(plan, "Searching"):
        vocabulary = Vocabulary(1)
        made = stock.make(
            plan.folder_for("stock-searching"), PEOPLE, plan.stored_messages, text=lambda _: vocabulary.message()
        )
        size = Figure(NAME, subjects.HEARTH, SIZE, "%", (_share_of_text(made) * 100,))
        return [*_searches(plan, made, vocabulary), size, *_writing(plan, made, vocabulary)]
    return []


def setting(messages: int, kind: str, share: str) -> str:
    """What the table calls it; `share` is p50 or p95."""
    return f"searching {messages:,} messages for {kind}, TLS, {share}"


def _searches(plan: Plan, made: Stock, vocabulary: Vocabulary) -> list[Figure]:
    folder = made.copy_to(plan.folder_for("searching"))
    runs: list[dict[str, list[float]]] = []
    with subjects.hearth(plan, tls=True, folder=folder) as (_, target), Asker(target, made.tokens[0]) as asker:
        ids = itertools.count(2)
        for kind in KINDS[:_WARM_UP]:
            _ask(asker, next(ids), kind, kind.query(vocabulary, 0))
        for _ in range(plan.runs):
            runs.append(
                {
                    kind.name: sorted(
                        _ask(asker, next(ids), kind, kind.query(vocabulary, number)) for number in range(_QUERIES)
                    )
                    for kind in KINDS
                }
            )
    for run in runs:
        run[ALL] = sorted(itertools.chain.from_iterable(run.values()))
    return [
        Figure(
            NAME,
            subjects.HEARTH,
            setting(plan.stored_messages, name, words),
            "ms",
            tuple(quantile(run[name], share) * 1000 for run in runs),
        )
        for name in (ALL, *(kind.name for kind in KINDS))
        for words, share in (("p50", 0.5), ("p95", 0.95))
    ]


def _ask(asker: Asker, number: int, kind: Kind, query: str) -> float:
    _found, seconds = asker.ask(Search(id=number, query=query, order=kind.order, limit=_PAGE))
    return seconds


def _share_of_text(made: Stock) -> float:
    """What the index takes on the disk, whole pages, of the bytes of all that was said."""
    engine = reading_engine(database_url(str(made.folder / stock.DATABASE)), 1)
    with engine.connect() as connection:
        text = connection.exec_driver_sql("SELECT sum(length(CAST(body AS BLOB))) FROM messages").scalar_one()
        pages = connection.exec_driver_sql("SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'search_*'").scalar_one()
    engine.dispose()
    return float(pages) / float(text)


def _writing(plan: Plan, made: Stock, vocabulary: Vocabulary) -> list[Figure]:
    """How long the writer takes for the same, in per cent: both ways in turn, in one house, the median of many pairs.

    Which comes first changes with each pair, so what becomes slower or quicker meanwhile does so for both.
    """
    with _at_rest(made.copy_to(plan.folder_for("writing"))) as app:
        numbers, turns = itertools.count(1), _Turns(app)
        _write(app, numbers, vocabulary, turns)
        runs: list[tuple[float, float]] = []
        for _ in range(plan.runs):
            pairs = []
            for number in range(_PAIRS):
                ways = (None, turns) if number % 2 else (turns, None)
                spent = {way: _write(app, numbers, vocabulary, way) for way in ways}
                pairs.append([kept / alone * 100 for kept, alone in zip(spent[turns], spent[None], strict=True)])
            runs.append((statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)))
    return [
        Figure(NAME, subjects.HEARTH, name, "%", tuple(run[index] for run in runs))
        for index, name in enumerate((WRITING, WRITING_WORK))
    ]


@contextlib.contextmanager
def _at_rest(folder: Path) -> Iterator[App]:
    settings = Settings(database=str(folder / stock.DATABASE), limits=Limits().without_rates_and_caps())
    with App(settings).at_rest() as app:
        yield app


class _Turns:
    """Gives the index its turns as the housekeeper does while more waits, and goes on where it ended."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._rest = 0.0

    def after(self, seconds: float) -> None:
        """So much time went by."""
        self._rest -= seconds
        if self._rest <= 0:
            self._rest = self._app.run_errand("index", _index) * (1 / INDEX_SHARE - 1)


def _index(context: Context) -> float:
    begun = time.perf_counter()
    index_messages(context)
    return time.perf_counter() - begun


def _write(app: App, numbers: Iterator[int], vocabulary: Vocabulary, turns: _Turns | None) -> tuple[float, float]:
    """For so many batches, each of them on the disk: seconds, and seconds of the processor."""
    batches = [[_said(next(numbers), vocabulary) for _ in range(_BATCH)] for _ in range(_BATCHES)]
    begun, worked = time.perf_counter(), time.process_time()
    before = begun
    for batch in batches:
        _post(app, batch)
        if turns is not None:
            now = time.perf_counter()
            turns.after(now - before)
            before = time.perf_counter()
    return time.perf_counter() - begun, time.process_time() - worked


def _post(app: App, batch: Sequence[Said]) -> None:
    def post(context: Context) -> None:
        post_messages(context, batch)

    app.run_errand("post", post)


def _said(number: int, vocabulary: Vocabulary) -> Said:
    request = SendMessage(channel_id=GENERAL, client_id=f"benchmark-{number:09}", body=vocabulary.message())
    return Said(UserId(1), request, SessionId(1))
