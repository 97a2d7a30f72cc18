"""The measured window: its list really scrolls, for a frame in which nothing happens is quick on any machine."""

import shutil
from pathlib import Path

import msgspec
import pytest

from benchmarks import window
from benchmarks.figures import Plan
from benchmarks.screen import run_process, screen
from benchmarks.walked import Walked


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb; apt-get install xvfb")
def test_a_list_is_scrolled_and_added_to_on_a_real_display(tmp_path: Path) -> None:
    with screen(Plan(tmp_path, print)) as display:
        assert display is not None
        answer = msgspec.json.decode(run_process(display, "window_process", "list", "200"), type=window.Scrolled)
    assert len(answer.scrolled) == 300
    assert len(answer.appended) == 99
    assert min(answer.shown, *answer.scrolled, *answer.appended) > 0


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb; apt-get install xvfb")
def test_pictures_are_really_drawn_on_the_way_through_a_list(tmp_path: Path) -> None:
    with screen(Plan(tmp_path, print)) as display:
        assert display is not None
        answer = run_process(display, "gallery_process", str(tmp_path), "60", "6")
    walked = msgspec.json.decode(answer, type=Walked)
    assert walked.shown == 6
    assert min(walked.frames) > 0
    assert walked.megabytes > 10
