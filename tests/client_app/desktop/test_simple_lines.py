"""Simple text is broken by a shorter way, which finds the same lines."""

import pytest

from client_app.desktop.text import Breaker, Line, Typesetter
from client_app.desktop.text.simple import SimpleBreaker
from client_app.desktop.toolkit import Root

TEXT = "The quick brown fox jumps over the lazy dog, doesn’t it? “Ça va”, schöne Grüße – привет κόσμε… " * 4


@pytest.fixture
def typesetter(root: Root) -> Typesetter:
    setter = Typesetter(root)
    root.on_look(root, setter.look_changed)
    return setter


def whole(lines: tuple[Line, ...]) -> list[tuple[int, int, int, list[tuple[str, int, int, int]]]]:
    return [
        (line.start, line.end, line.baseline, [(run.text, run.start, run.x, run.width) for run in line.runs])
        for line in lines
    ]


@pytest.mark.parametrize("width", [90, 137, 250, 400, 2000])
@pytest.mark.parametrize("indent", [0, 40])
def test_both_ways_find_the_same_lines(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, width: int, indent: int
) -> None:
    text = f"{TEXT.strip()}\nA second one.\nx"
    breaker = Breaker(typesetter, "body", width)
    quick = breaker.lines(text, indent=indent)
    monkeypatch.setattr(SimpleBreaker, "lines", lambda *_: None)
    slow = breaker.lines(text, indent=indent)
    assert whole(quick) == whole(slow)


COMPLEX = (
    "", " a", "a ", "a  b", "a\tb", "a\u00adb", "a\u200bb", "漢字", "שלום", "ab\u0301", "☕ tea", "1️⃣", ":smile: so:",
    "©️", "w" * 200,
)  # fmt: skip


@pytest.mark.parametrize("text", COMPLEX)
def test_what_is_not_simple_goes_the_long_way(typesetter: Typesetter, text: str) -> None:
    assert SimpleBreaker(typesetter, "body", 200).lines(text, 0, 0) is None
