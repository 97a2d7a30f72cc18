"""Half a minute of faults, always the same: nothing is lost, doubled, out of order, or shown as it is not."""

import os

import pytest

from .run import run
from .settings import Options

SEED = 1
SECONDS = 30.0


@pytest.mark.skipif(os.name != "posix", reason="processes are frozen by signals that this system does not have")
@pytest.mark.timeout(400)
def test_half_a_minute_of_faults_leaves_nothing_wrong() -> None:
    said: list[str] = []
    report = run(Options(seconds=SECONDS, seed=SEED, clients=6, writers=8, rate=40.0), said.append)
    assert report.is_clean, str(report)
