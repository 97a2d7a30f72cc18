"""Code is told apart by what it means, in every language that Pygments knows."""

import pytest

from client_app.core.markdown import highlighting
from client_app.core.markdown.highlighting import Part, highlighted


def parts(language: str, code: str) -> dict[str, Part]:
    return {code[each.start : each.end].strip(): each.part for each in highlighted(language, code)}


def test_what_is_what_in_python() -> None:
    found = parts("python", "\ndef greet(name: str) -> None:  # hello\n    return 'hi' + 1\n")
    assert (found["def"], found["greet"], found["str"]) == (Part.KEYWORD, Part.NAME, Part.BUILTIN)
    assert (found["# hello"], found["'hi'"], found["1"]) == (Part.COMMENT, Part.STRING, Part.NUMBER)


def test_what_was_added_and_removed() -> None:
    assert parts("diff", "+new\n-old\n") == {"+new": Part.ADDED, "-old": Part.REMOVED}


@pytest.mark.parametrize("language", ["klingon", "", "../x", "python; rm"])
def test_an_unknown_language_has_no_colours(language: str) -> None:
    assert highlighted(language, "def x(): 1") == ()


def test_what_takes_too_long_is_coloured_up_to_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlighting, "MOST_SECONDS", -1)
    assert len(highlighted("python", "x = 1\n" * 500)) == 1
