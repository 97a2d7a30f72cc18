"""What Hearth promises about speed, and beside each promise what one run measured."""

from collections.abc import Callable, Sequence

from . import (
    cost,
    deliveries,
    files,
    formatting,
    gallery,
    guessing,
    idle,
    latency,
    opening,
    pages,
    returns,
    searching,
    snapshots,
    start,
)
from .figures import Figure, Plan
from .judging import Goal, Row, Run

FLAT = 1.25
"""A cost is called flat where nowhere it is more than so many times the first one."""


def rows(plan: Plan, figures: Sequence[Figure]) -> tuple[Row, ...]:
    """Every promise of which this run measured anything."""
    run = Run(plan, figures)
    judged = [Row(goal.work, goal.goal, *goal.judge(run)) for goal in GOALS]
    return tuple(row for row in judged if row.measured)


def _beside(receivers: int, least: dict[str, float], *, tls: bool = False) -> Callable[[Run], tuple[str, str]]:
    """At least so many times what each of these servers does."""

    def judge(run: Run) -> tuple[str, str]:
        told: list[str] = []
        met: dict[int, bool] = {}
        for window in run.plan.windows:
            setting = deliveries.setting(receivers, window, tls=tls)
            ours = run.find(deliveries.NAME, setting)
            others = {name: run.find(deliveries.NAME, setting, name) for name in least}
            if ours is None or not any(others.values()):
                continue
            compared = [_compare(ours, name, others[name], times) for name, times in least.items()]
            told.append(
                f"{window} under way: {', '.join([f'{ours.median:,.0f}/s', *(words for words, _ in compared)])}"
            )
            met[window] = all(is_met for _, is_met in compared)
        return "; ".join(told), _verdict_by_window(met)

    return judge


def _compare(ours: Figure, name: str, theirs: Figure | None, times: float) -> tuple[str, bool]:
    """The ratio to another server, and whether it is as high as it should be.

    Where the load generator was the slower one of two, the ratio is only a bound.
    """
    if theirs is None:
        return f"{name} was not measured", True
    ratio = ours.median / theirs.median
    if theirs.is_a_floor:
        return f"at most {ratio:.2f} × {name}", False
    return f"{'at least ' * ours.is_a_floor}{ratio:.2f} × {name}", ratio >= times


def _verdict_by_window(met: dict[int, bool]) -> str:
    if all(met.values()):
        return "met"
    having = [str(window) for window, is_met in met.items() if is_met]
    return f"met with {' and '.join(having)} under way, else missed" if having else "missed"


def _messages(run: Run) -> tuple[str, str]:
    found = {
        window: figure.median
        for window in run.plan.windows
        if (figure := run.find(deliveries.MESSAGES, deliveries.setting(10, window, tls=False)))
    }
    told = "; ".join(f"{window} under way: {value:,.0f} messages/s" for window, value in found.items())
    return told, _verdict_by_window({window: value >= 20_000 for window, value in found.items()})


def _alone(run: Run) -> tuple[str, str]:
    p50, p99 = (run.find(latency.NAME, latency.setting(name, tls=True)) for name in ("p50", "p99"))
    if not (p50 and p99):
        return "", ""
    return f"p50 {p50.median:.2f} ms, p99 {p99.median:.2f} ms", _verdict(p99.median <= 3)


def _idle_memory(run: Run) -> tuple[str, str]:
    found = [(size, run.find(idle.NAME, idle.memory_setting(size))) for size in run.plan.idle_connections]
    values = [(size, figure.median) for size, figure in found if figure]
    told = ", ".join(f"{value:.1f} KB at {size:,}" for size, value in values)
    return told, _verdict(all(value <= 20 for _, value in values) and len(values) == len(found))


def _idle_processor(run: Run) -> tuple[str, str]:
    size = run.plan.idle_connections[-1]
    figure = run.find(idle.NAME, idle.processor_setting(size))
    return (f"{figure.median:.2f} %", _verdict(figure.median <= 1)) if figure else ("", "")


def _start(run: Run) -> tuple[str, str]:
    told, met = [], []
    for database in (start.EMPTY, start.stored(run.plan.stored_messages)):
        ready = run.find(start.NAME, start.ready_setting(database))
        held = run.find(start.NAME, start.memory_setting(database))
        if ready and held:
            told.append(f"{held.median:.1f} MB, {ready.median / 1000:.2f} s with {_article(database)}")
            met.append(held.median <= 70 and ready.median <= 1000)
    return "; ".join(told), _verdict(all(met))


def _article(database: str) -> str:
    return f"an {database}" if database == start.EMPTY else database


def _page(run: Run) -> tuple[str, str]:
    p50, p99 = (run.find(pages.NAME, pages.setting(run.plan.stored_messages, name)) for name in ("p50", "p99"))
    if not (p50 and p99):
        return "", ""
    return f"p50 {p50.median:.2f} ms, p99 {p99.median:.2f} ms", _verdict(p99.median <= 5)


def _snapshot(run: Run) -> tuple[str, str]:
    p99, size = run.find(snapshots.NAME, snapshots.setting("p99")), run.find(snapshots.NAME, snapshots.SIZE)
    if not (p99 and size):
        return "", ""
    return f"{size.median:.0f} KB, p99 {p99.median:.1f} ms", _verdict(size.median <= 200 and p99.median <= 50)


def _opening(run: Run) -> tuple[str, str]:
    first, again = (
        run.find(opening.NAME, opening.setting(run.plan.stored_messages, what), opening.SUBJECT)
        for what in ("first time", "again")
    )
    if not (first and again):
        return "", ""
    return f"{first.median:.0f} ms the first time, then {again.median:.0f} ms", _verdict(first.median <= 100)


def _formatting(run: Run) -> tuple[str, str]:
    names = (formatting.PLAIN, formatting.HOSTILE, formatting.FRAME)
    plain, hostile, frame = (run.find(formatting.NAME, name, formatting.SUBJECT) for name in names)
    if not (plain and hostile and frame):
        return "", ""
    told = f"{plain.median:.0f} µs, {hostile.median:.1f} ms, {frame.median:.1f} ms"
    return told, _verdict(plain.median <= 60 and hostile.median <= 5 and frame.median <= 8)


def _searching(run: Run) -> tuple[str, str]:
    found = [
        (kind.name, figure.median)
        for kind in searching.KINDS
        if (figure := run.find(searching.NAME, searching.setting(run.plan.stored_messages, kind.name, "p95")))
    ]
    of_all = run.find(searching.NAME, searching.setting(run.plan.stored_messages, searching.ALL, "p95"))
    if not (found and of_all):
        return "", ""
    slowest, value = max(found, key=lambda each: each[1])
    return f"p95 {of_all.median:.1f} ms; {slowest}: {value:.1f} ms", _verdict(value <= 20)


def _index(run: Run) -> tuple[str, str]:
    size, writing, work = (
        run.find(searching.NAME, name) for name in (searching.SIZE, searching.WRITING, searching.WRITING_WORK)
    )
    if not (size and writing and work):
        return "", ""
    told = (
        f"{size.median:.0f} % of the text; writing takes {writing.median:.0f} % of the time, "
        f"{work.median:.0f} % of the processor's"
    )
    return told, _verdict(size.median <= 60 and writing.median <= 110)


def _returns(run: Run) -> tuple[str, str]:
    figure = run.find(returns.NAME, returns.setting(run.plan.people))
    by_core = run.find(returns.NAME, returns.by_core_setting(run.plan.people))
    if not (figure and by_core):
        return "", ""
    told = f"{figure.median:,.0f}/s, {by_core.median:,.0f} for each second of the server's processor time"
    return told, _verdict((by_core if figure.is_a_floor else figure).median >= 500)


def _cost(run: Run) -> tuple[str, str]:
    found = [(size, run.find(cost.NAME, cost.setting(size))) for size in run.plan.cost_receivers]
    values = [(size, figure.median) for size, figure in found if figure]
    told = ", ".join(f"{value:.2f} µs at {size:,}" for size, value in values)
    is_flat = len(values) == len(found) and all(value <= FLAT * values[0][1] for _, value in values)
    return told, _verdict(is_flat)


def _guessed(run: Run) -> tuple[str, str]:
    quiet = run.find(guessing.NAME, guessing.chat_setting(guessing.NOBODY, "p99"))
    found = {way: run.find(guessing.NAME, guessing.chat_setting(way, "p99")) for way in guessing.WAYS}
    values = [(way, figure.median) for way, figure in found.items() if figure]
    if quiet is None or len(values) != len(found):
        return "", ""
    told = ", ".join(f"{value:.1f} ms while it {way}" for way, value in values)
    return f"{told}; {quiet.median:.1f} ms without it", _verdict(all(value <= 50 for _, value in values))


def _alike(run: Run) -> tuple[str, str]:
    chance = run.find(guessing.NAME, guessing.CHANCE)
    known, unknown = (
        run.find(guessing.NAME, guessing.time_setting(whom)) for whom in (guessing.KNOWN, guessing.UNKNOWN)
    )
    if not (chance and known and unknown):
        return "", ""
    told = f"{known.median:.2f} ms and {unknown.median:.2f} ms; p {chance.median:.2f}"
    return told, _verdict(chance.median >= guessing.TELLING)


def _beside_files(run: Run) -> tuple[str, str]:
    """On other connections and on the same one, while one person carries files."""
    told, are_met = [], []
    for setting in (files.chat_setting, files.own_setting):
        found = {way: run.find(files.NAME, setting(way, "p99")) for way in (files.ALONE, files.UP, files.DOWN)}
        values = {way: figure.median for way, figure in found.items() if figure}
        if len(values) != len(found):
            return "", ""
        quiet = values.pop(files.ALONE)
        told.append(f"{quiet:.1f} ms without, {values[files.UP]:.1f} ms and {values[files.DOWN]:.1f} ms")
        are_met += [value <= 2 * quiet for value in values.values()]
    return f"{told[0]}; on the same connection {told[1]}", _verdict(all(are_met))


def _beside_a_crowd(run: Run) -> tuple[str, str]:
    latency = run.find(files.NAME, files.chat_setting(files.CROWD, "p99"))
    memory = run.find(files.NAME, files.MEMORY)
    if latency is None or memory is None:
        return "", ""
    return f"{latency.median:.1f} ms, {memory.median:.0f} MB", _verdict(latency.median <= 50 and memory.median <= 50)


def _pictures(run: Run) -> tuple[str, str]:
    frame = run.find(gallery.NAME, gallery.frame_setting("p95"), gallery.SUBJECT)
    memory = run.find(gallery.NAME, gallery.MEMORY, gallery.SUBJECT)
    if frame is None or memory is None:
        return "", ""
    told = f"{memory.median:.0f} MB; a frame p95 {frame.median:.1f} ms"
    return told, _verdict(memory.median <= 150 and frame.median <= 8)


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "missed"


GOALS = (
    Goal(
        "200 receivers, plain",
        "≥ nats-server, ≥ 3 × InspIRCd",
        _beside(200, {"nats-server": 1, "InspIRCd": 3}),
    ),
    Goal("1,000 receivers, plain", "≥ InspIRCd and ≥ nats-server", _beside(1000, {"nats-server": 1, "InspIRCd": 1})),
    Goal("200 receivers, TLS 1.3", "≥ 3 × InspIRCd over TLS", _beside(200, {"InspIRCd": 3}, tls=True)),
    Goal("10 receivers, plain", "≥ 20,000 messages/s stored and delivered", _messages),
    Goal("one message, idle server, stored and delivered, TLS", "p99 ≤ 3 ms", _alone),
    Goal("idle TLS connection", "≤ 20 KB", _idle_memory),
    Goal("10,000 idle TLS connections that ping", "≤ 1 % of a core", _idle_processor),
    Goal("server with nobody connected", "≤ 70 MB, ready in ≤ 1 s, also with 1,000,000 messages stored", _start),
    Goal("a page of 50 from 1,000,000 messages, TLS", "p99 ≤ 5 ms", _page),
    Goal("a search among 1,000,000 messages of real-looking text, TLS", "p95 ≤ 20 ms, each kind", _searching),
    Goal("the index of the search", "≤ 60 % of the text; writing ≤ 10 % slower", _index),
    Goal("a channel of 1,000,000 messages from the local store, painted", "≤ 100 ms", _opening),
    Goal(
        "laying out a message; reading a hostile one; a frame with formatted ones", "≤ 60 µs; 5 ms; 8 ms", _formatting
    ),
    Goal(gallery.WHAT, "window ≤ 150 MB, a frame p95 ≤ 8 ms", _pictures),
    Goal("logging in to 500 channels, TLS", "snapshot ≤ 200 KB, here within 50 ms", _snapshot),
    Goal("coming back by token, TLS, 1,000 people and 50 channels", "≥ 500/s on one core", _returns),
    Goal("20 people chat over TLS while one core attacks", "p99 ≤ 50 ms", _guessed),
    Goal(f"a message while {files.SIZE} MB are sent, or fetched, over TLS", "p99 ≤ 2 × without", _beside_files),
    Goal(f"20 people chat over TLS while {files.CROWD}", "p99 ≤ 50 ms, server memory ≤ 50 MB more", _beside_a_crowd),
    Goal("logins in vain with known and with unknown names", "take the same time, p ≥ 0.001", _alike),
    Goal("processor time of a delivery", "flat from 100 to 10,000 connections", _cost),
)
