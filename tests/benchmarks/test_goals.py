"""The verdicts: each goal is met, missed, or told to be a bound, by the figures of one run and by nothing else."""

from pathlib import Path

import pytest

from benchmarks import (
    compare,
    cost,
    deliveries,
    files,
    gallery,
    goals,
    guessing,
    idle,
    latency,
    pages,
    returns,
    snapshots,
    start,
    subjects,
)
from benchmarks.figures import Figure, Plan

PLAN = Plan(Path("nowhere"), print)


def figure(measure: str, setting: str, value: float, subject: str = subjects.HEARTH, busy: float = 0.5) -> Figure:
    return Figure(measure, subject, setting, "", (value,), server_share=0.6, generator_share=busy)


GUESSERS = (guessing.NOBODY, *guessing.WAYS)
SIZE = (snapshots.SIZE, 200)
BESIDE_FILES = [
    (way, setting(way, "p99"))
    for way in (files.ALONE, files.UP, files.DOWN)
    for setting in (files.chat_setting, files.own_setting)
]
BESIDE_A_CROWD = (files.chat_setting(files.CROWD, "p99"), files.MEMORY)
LOGIN_TIMES = [figure(guessing.NAME, guessing.time_setting(whom), 250) for whom in (guessing.KNOWN, guessing.UNKNOWN)]


def delivered(
    receivers: int,
    value: float,
    subject: str = subjects.HEARTH,
    *,
    window: int = 16,
    tls: bool = False,
    busy: float = 0.5,
) -> Figure:
    return figure(deliveries.NAME, deliveries.setting(receivers, window, tls=tls), value, subject, busy)


def judge(*figures: Figure) -> tuple[str, str]:
    """What is told of the one goal that these figures are about."""
    (row,) = goals.rows(PLAN, figures)
    return row.measured, row.verdict


def test_a_goal_of_which_nothing_was_measured_is_not_told() -> None:
    assert goals.rows(PLAN, ()) == ()


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [((900, 1000), "met with 64 under way, else missed"), ((1000, 1000), "met"), ((999, 999), "missed")],
)
def test_a_ratio_counts_for_each_number_of_messages_under_way(ours: tuple[float, float], verdict: str) -> None:
    figures = [
        each
        for window, value in zip((16, 64), ours, strict=True)
        for each in (
            delivered(200, value, window=window),
            delivered(200, 1000, "nats-server", window=window),
            delivered(200, 300, "InspIRCd", window=window),
        )
    ]
    measured, said = judge(*figures)
    assert said == verdict
    assert f"16 under way: {ours[0]:,}/s, {ours[0] / 1000:.2f} × nats-server" in measured


def test_what_the_generator_could_not_keep_up_with_is_a_bound_and_meets_nothing() -> None:
    measured, verdict = judge(
        delivered(1000, 5000), delivered(1000, 1000, "nats-server", busy=0.99), delivered(1000, 10, "InspIRCd")
    )
    assert "at most 5.00 × nats-server" in measured
    assert verdict == "missed"


def test_where_only_hearth_kept_the_generator_busy_the_ratio_is_at_least_that() -> None:
    measured, verdict = judge(delivered(200, 90, tls=True, busy=0.99), delivered(200, 10, "InspIRCd", tls=True))
    assert "at least 9.00 × InspIRCd" in measured
    assert verdict == "met"


def test_a_server_that_is_not_there_is_named() -> None:
    measured, _ = judge(delivered(200, 10), delivered(200, 1, "InspIRCd"))
    assert "nats-server was not measured" in measured


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        pytest.param(
            [
                figure(gallery.NAME, gallery.frame_setting("p95"), 8, gallery.SUBJECT),
                figure(gallery.NAME, gallery.MEMORY, 150, gallery.SUBJECT),
            ],
            [
                figure(gallery.NAME, gallery.frame_setting("p95"), 8, gallery.SUBJECT),
                figure(gallery.NAME, gallery.MEMORY, 151, gallery.SUBJECT),
            ],
            id="pictures",
        ),
        pytest.param(
            [figure(deliveries.MESSAGES, deliveries.setting(10, 16, tls=False), 20_000)],
            [figure(deliveries.MESSAGES, deliveries.setting(10, 16, tls=False), 19_999)],
            id="messages",
        ),
        pytest.param(
            [figure(latency.NAME, latency.setting(name, tls=True), 3) for name in ("p50", "p99")],
            [figure(latency.NAME, latency.setting(name, tls=True), 3.1) for name in ("p50", "p99")],
            id="latency",
        ),
        pytest.param(
            [figure(idle.NAME, idle.memory_setting(size), 20) for size in PLAN.idle_connections],
            [figure(idle.NAME, idle.memory_setting(size), 19) for size in PLAN.idle_connections[:-1]],
            id="idle memory",
        ),
        pytest.param(
            [figure(idle.NAME, idle.processor_setting(10_000), 1)],
            [figure(idle.NAME, idle.processor_setting(10_000), 1.1)],
            id="idle processor",
        ),
        pytest.param(
            [
                figure(start.NAME, start.ready_setting(start.EMPTY), 999),
                figure(start.NAME, start.memory_setting(start.EMPTY), 70),
            ],
            [
                figure(start.NAME, start.ready_setting(start.EMPTY), 1001),
                figure(start.NAME, start.memory_setting(start.EMPTY), 70),
            ],
            id="start",
        ),
        pytest.param(
            [figure(pages.NAME, pages.setting(1_000_000, name), 5) for name in ("p50", "p99")],
            [figure(pages.NAME, pages.setting(1_000_000, name), 5.1) for name in ("p50", "p99")],
            id="pages",
        ),
        pytest.param(
            [figure(snapshots.NAME, each, value) for each, value in ((snapshots.setting("p99"), 50), SIZE)],
            [figure(snapshots.NAME, each, value) for each, value in ((snapshots.setting("p99"), 51), SIZE)],
            id="snapshots",
        ),
        pytest.param(
            [figure(returns.NAME, each(1000), 500) for each in (returns.setting, returns.by_core_setting)],
            [figure(returns.NAME, each(1000), 499) for each in (returns.setting, returns.by_core_setting)],
            id="returns",
        ),
        pytest.param(
            [figure(guessing.NAME, guessing.chat_setting(way, "p99"), 50) for way in GUESSERS],
            [figure(guessing.NAME, guessing.chat_setting(way, "p99"), 50 + (way == GUESSERS[2])) for way in GUESSERS],
            id="chat",
        ),
        pytest.param(
            [figure(files.NAME, each, 1 + (way != files.ALONE)) for way, each in BESIDE_FILES],
            [figure(files.NAME, each, 1 + 1.1 * (way == files.DOWN)) for way, each in BESIDE_FILES],
            id="files",
        ),
        pytest.param(
            [figure(files.NAME, each, 50) for each in BESIDE_A_CROWD],
            [figure(files.NAME, each, 50 + (each == files.MEMORY)) for each in BESIDE_A_CROWD],
            id="crowd",
        ),
        pytest.param(
            [*LOGIN_TIMES, figure(guessing.NAME, guessing.CHANCE, 0.001)],
            [*LOGIN_TIMES, figure(guessing.NAME, guessing.CHANCE, 0.0009)],
            id="names",
        ),
        pytest.param(
            [figure(cost.NAME, cost.setting(size), 1) for size in PLAN.cost_receivers],
            [figure(cost.NAME, cost.setting(size), 1 + 0.3 * (size > 100)) for size in PLAN.cost_receivers],
            id="cost",
        ),
    ],
)
def test_each_goal_has_its_limit(good: list[Figure], bad: list[Figure]) -> None:
    assert judge(*good)[1] == "met"
    assert judge(*bad)[1] == "missed"


def test_two_versions_are_compared_turn_by_turn_and_by_deliveries_alone() -> None:
    where = deliveries.setting(10, 16, tls=False)
    figures = [
        Figure(measure, subject, where, "", values)
        for subject, rates in ((subjects.HEARTH, (20.0, 30.0, 30.0)), (subjects.OLD_HEARTH, (10.0, 10.0, 20.0)))
        for measure, values in ((deliveries.NAME, rates), (deliveries.MESSAGES, tuple(each / 10 for each in rates)))
    ]
    assert compare.ratios(figures) == [f"* {where}: 2.00 × as fast as it was (1.50 – 3.00)"]
