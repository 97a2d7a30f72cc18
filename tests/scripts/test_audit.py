"""What is made of the advisories about installed packages: holes fail, silence does not."""

import json
from typing import Any

import pytest

from scripts import audit
from scripts.audit import UNREACHABLE, verdict


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


SOUND = {"name": "sound", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}
HOLED = {"name": "holed", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": []}]}


def test_a_hole_fails_and_says_what_mends_it() -> None:
    found = verdict(report(SOUND, HOLED))
    assert found.is_bad
    assert found.lines[0] == "audit: holed 2.0 has the hole PYSEC-1; version 2.1 mends it."
    assert found.lines[-1] == "audit: 2 packages looked up; holes found: 1."


def test_what_is_sound_passes_and_what_nobody_knows_is_counted() -> None:
    found = verdict(report(SOUND, UNKNOWN))
    assert (found.is_bad, len(found.lines)) == (False, 1)
    assert "nothing could be learnt of 1" in found.lines[0]


def test_an_accepted_hole_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ACCEPTED", {"PYSEC-1": "we never call that"})
    assert not verdict(report(HOLED)).is_bad


@pytest.mark.parametrize("said", ["", "Traceback (most recent call last)", "[]", "{}", report(), report(UNKNOWN)])
def test_whoever_learns_nothing_says_so_in_one_line_and_passes(said: str) -> None:
    assert verdict(said) == UNREACHABLE
    assert (len(UNREACHABLE.lines), UNREACHABLE.is_bad) == (1, False)


def test_without_a_network_it_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for variable in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")  # where nobody listens
    assert audit.main() == 0
    assert capsys.readouterr().out == UNREACHABLE.lines[0] + "\n"
