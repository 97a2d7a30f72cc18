"""What the page of guarantees calls a test is one."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [line for line in (ROOT / "docs" / "guarantees.md").read_text("utf-8").splitlines() if line.startswith("| **")]


def named_in(row: str) -> list[Path]:
    """The files that a row names; a bare name is in the folder of the one before it."""
    files: list[Path] = []
    for name in re.findall(r"`([\w/]+\.py)`", row):
        files.append(ROOT / name if "/" in name else files[-1].parent / name)
    return files


def test_each_promise_names_a_test_that_is_there_or_the_soak() -> None:
    assert len(ROWS) > 8
    for row in ROWS:
        files = named_in(row)
        assert files or "soak" in row, row
        assert [file for file in files if not file.exists()] == []
