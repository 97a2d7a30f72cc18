"""How long a page of 50 messages takes, at random places of a database that holds a million, over TLS."""

import random

from shared.requests import FetchHistory
from shared.types import ChannelId

from . import failures, subjects
from .asking import Asker
from .figures import Figure, Plan, quantile
from .rooms import LoadFailed
from .stock import Stock

NAME = "pages"
_PAGE = 50
_WARM_UP = 20


def measure(plan: Plan) -> list[Figure]:
    """One person scrolls; the pages are in the system's cache, as the database was written just now."""
    plan.say("Hearth: pages of 50 messages")
    with failures.left_out(plan, "Pages"):
        return _measure(plan, plan.stock())
    return []


def setting(messages: int, name: str) -> str:
    """What the table calls it; `name` is p50 or p99."""
    return f"a page of {_PAGE} from {messages:,} messages, TLS, {name}"


def _measure(plan: Plan, stock: Stock) -> list[Figure]:
    folder = stock.copy_to(plan.folder_for("pages"))
    dice = random.Random(1)
    with (
        subjects.hearth(plan, tls=True, folder=folder) as (_, target),
        Asker(target, stock.tokens[0]) as asker,
    ):
        _scroll(asker, stock, dice, _WARM_UP)
        runs = [sorted(_scroll(asker, stock, dice, plan.pages)) for _ in range(plan.runs)]
    return [
        Figure(
            NAME,
            subjects.HEARTH,
            setting(plan.stored_messages, name),
            "ms",
            tuple(quantile(run, share) * 1000 for run in runs),
        )
        for name, share in (("p50", 0.5), ("p99", 0.99))
    ]


def _scroll(asker: Asker, stock: Stock, dice: random.Random, pages: int) -> list[float]:
    """Seconds for each page. Raises `LoadFailed` where one is not what was asked for."""
    seconds = []
    for number in range(pages):
        channel_id, last_seq = dice.choice(list(stock.last_seqs.items()))
        before = dice.randint(_PAGE + 1, last_seq)
        request = FetchHistory(id=2 + number, channel_id=ChannelId(channel_id), before_seq=before, limit=_PAGE)
        page, taken = asker.ask(request)
        if [message.seq for message in page.messages] != list(range(before - _PAGE, before)):
            raise LoadFailed(f"The page before {before} of channel {channel_id} has other messages than asked for.")
        seconds.append(taken)
    return seconds
