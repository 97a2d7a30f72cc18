"""Every measure once, as small as it can be; what goes wrong costs only its own figures."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import (
    compare,
    cost,
    deliveries,
    files,
    formatting,
    guessing,
    idle,
    latency,
    machine,
    opening,
    pages,
    peers,
    report,
    returns,
    start,
    subjects,
)
from benchmarks.figures import Figure, Plan
from benchmarks.native import Native
from benchmarks.peer_servers import PEERS, Peer
from benchmarks.servers import ROOT


@pytest.fixture
def plan(tmp_path: Path, built: Native | None) -> Plan:
    return Plan(
        tmp_path,
        print,
        native=built,
        runs=1,
        seconds_per_run=0.05,
        receivers=(10,),
        windows=(16,),
        tls_receivers=10,
        idle_connections=(10, 40),
        idle_seconds=0.5,
        settle_seconds=0.1,
        cost_receivers=(5, 20),
        starts=1,
        single_messages=20,
        stored_messages=10_000,
        pages=10,
        people=20,
        chat_seconds=0.5,
        guesses=20,
    )


@pytest.mark.parametrize(
    ("measure", "figures"),
    [
        pytest.param(start.measure, 6, id="start"),
        pytest.param(opening.measure, 2, id="opening"),
        pytest.param(formatting.measure, 4, id="formatting"),
        pytest.param(pages.measure, 2, id="pages"),
        pytest.param(returns.measure, 2, id="returns"),
        pytest.param(idle.measure, 3, id="idle"),
        pytest.param(cost.measure, 2, id="cost"),
        pytest.param(latency.measure, 6, id="latency"),
        pytest.param(guessing.measure, 14, id="guessing"),
        pytest.param(files.measure, 18, id="files"),
    ],
)
def test_a_measure_finds_what_it_measures(plan: Plan, measure: Callable[[Plan], list[Figure]], figures: int) -> None:
    found = measure(plan)
    assert plan.left_out == []
    assert len(found) == figures
    assert all(value > 0 for figure in found for value in figure.values)


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_other_servers_are_measured_where_they_are_installed(plan: Plan, peer: Peer, tls: bool) -> None:
    if not peer.is_installed():
        pytest.skip(f"{peer.name} is not installed; apt-get install {peer.package} would bring it.")
    if tls and not peer.speaks_tls:
        pytest.skip(f"{peer.name} is not measured over TLS.")
    found = deliveries.side_by_side(plan, [deliveries.Contestant(peer.name, tls)], 10, plan.windows)
    assert plan.left_out == []
    assert {figure.measure for figure in found} == {deliveries.NAME, deliveries.MESSAGES}


def test_who_is_not_installed_is_left_out_with_a_sentence(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PEERS", (Peer("nobody", "nobody-server", "no-such-program", 1000),))
    asked: list[str] = []

    def side_by_side(_: Plan, contestants: list[deliveries.Contestant], *__: object) -> list[Figure]:
        asked.extend(map(str, contestants))
        return []

    monkeypatch.setattr(deliveries, "side_by_side", side_by_side)
    assert peers.measure(plan) == []
    assert set(asked) == {subjects.RELAY, subjects.HEARTH, f"{subjects.HEARTH} over TLS"}
    assert plan.left_out == ["nobody is not installed; apt-get install nobody-server would bring it."]
    assert plan.failed == []


def test_a_server_that_does_not_start_costs_only_its_own_figures(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "_command", lambda *_: [sys.executable, "-c", "raise SystemExit('not today')"])
    contestants = [deliveries.Contestant("InspIRCd"), deliveries.Contestant(subjects.HEARTH)]
    found = deliveries.side_by_side(plan, contestants, 10, plan.windows)
    assert {figure.subject for figure in found} == {subjects.HEARTH}
    (sentence,) = plan.failed
    assert "not today" in sentence


def test_more_connections_than_the_system_allows_are_left_out_with_a_sentence(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "raise_file_limit", lambda: 215)
    assert len(idle.measure(plan)) == 2
    assert len(cost.measure(plan)) == 1
    assert len(plan.left_out) == 2
    assert "open files" in plan.left_out[0]
    assert plan.failed == []


def test_two_versions_stand_beside_each_other(plan: Plan) -> None:
    found = compare.measure(replace(plan, receivers=()), ROOT)
    assert len(compare.ratios(found)) == 1


def test_the_generator_is_fed_by_a_server_that_only_copies(plan: Plan) -> None:
    found = deliveries.side_by_side(plan, [deliveries.Contestant(subjects.RELAY)], 10, (16, 64))
    assert plan.left_out == []
    assert len(found) == 4


def test_a_partial_run_is_kept_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(report, "MEASURED", tmp_path / "measured")
    monkeypatch.setattr(machine, "pin_generator", lambda: None)  # the tests beside this one need their cores
    monkeypatch.setattr(command, "quick", lambda plan: replace(plan, runs=1, people=10))
    assert command.main(["--quick", "--only", "returns"]) == 0
    assert "≥ 500/s on one core" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["own.json"]


@pytest.mark.parametrize(
    "arguments", [["compare"], ["compare", "/nowhere"], ["peers", "--only", "window"], ["own", "/nowhere"]]
)
def test_what_makes_no_sense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(arguments)
    assert "error" in capsys.readouterr().err
