"""What is copied is what was typed, with the signs of what is selected as a whole."""

import pytest

from client_app.core.markdown import read, widened


@pytest.mark.parametrize(
    ("text", "selected", "copied"),
    [
        ("a **bold** c", "bold", "**bold**"),
        ("a **bold** c", "bol", "bol"),
        ("a **bold** c", "a **bold", "a **bold**"),
        ("***both***", "both", "***both***"),
        ("**a *b* c**", "b", "*b*"),
        ("**a *b* c**", "a *b* c", "**a *b* c**"),
        ("see `code` there", "code", "`code`"),
        ("[words](https://a.b)", "words", "[words](https://a.b)"),
        ("||secret|| *x*", "secret", "||secret||"),
        ("```py\none\ntwo\n```", "one\ntwo", "```py\none\ntwo\n```"),
        ("```py\none\ntwo\n```", "one", "one"),
        ("> a\n> b\nc", "a\n> b", "> a\n> b"),
        ("> a\n> b\nc", "a", "a"),
        ("- a\n- b", "a\n- b", "- a\n- b"),
        ("plain text", "plain", "plain"),
    ],
)
def test_signs_count_where_all_that_they_enclose_is_selected(text: str, selected: str, copied: str) -> None:
    start = text.index(selected)
    first, last = widened(read(text), start, start + len(selected))
    assert text[first:last] == copied


def test_nothing_selected_is_nothing_copied() -> None:
    assert widened(read("**a**"), 2, 2) == (2, 2)
