"""What `make lint` asks last: whether an installed package is known to have a hole, as far as anybody can be asked."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

SECONDS = 180
"""Longer than all questions together take; a network that swallows them must not hold anybody up."""

ACCEPTED: Mapping[str, str] = {}
"""The id of an advisory that does not concern us, and the reason why."""


class Verdict(NamedTuple):
    """What came of it: lines for whoever asked, and whether they must do something."""

    lines: Sequence[str]
    is_bad: bool = False


UNREACHABLE = Verdict(["audit: no advisories could be reached, so no package was looked up."])


def verdict(report: str) -> Verdict:
    """What pip-audit's report says; where it is none, the advisories could not be reached."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return UNREACHABLE
    known = [package for package in packages if "vulns" in package]
    if not known:
        return UNREACHABLE
    holes = [
        f"audit: {package['name']} {package['version']} has the hole {hole['id']}; {_cure(hole)}"
        for package in known
        for hole in package["vulns"]
        if hole["id"] not in ACCEPTED
    ]
    rest = f", and nothing could be learnt of {len(packages) - len(known)}" if len(known) < len(packages) else ""
    return Verdict([*holes, f"audit: {len(known)} packages looked up{rest}; holes found: {len(holes)}."], bool(holes))


def main() -> int:
    """Look up every installed package; 1 where one has a hole that is not accepted."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--desc", "off"]
    command += ["--progress-spinner", "off", "--timeout", "10"]
    try:
        report = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired:
        report = ""
    found = verdict(report)
    print("\n".join(found.lines))
    return int(found.is_bad)


def _cure(hole: Mapping[str, Any]) -> str:
    versions = hole.get("fix_versions") or []
    return f"version {' or '.join(versions)} mends it." if versions else "no version mends it yet."


if __name__ == "__main__":
    sys.exit(main())
