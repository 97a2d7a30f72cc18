"""The measured window: its list really scrolls, for a frame in which nothing happens is quick on any machine."""

import shutil

import msgspec
import pytest

from benchmarks import window


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb; apt-get install xvfb")
def test_a_list_is_scrolled_and_added_to_on_a_real_display() -> None:
    with window._screen() as display:
        answer = msgspec.json.decode(window._run(display, "list", "200"), type=window.Scrolled)
    assert len(answer.scrolled) == 300
    assert len(answer.appended) == 99
    assert min(answer.shown, *answer.scrolled, *answer.appended) > 0
