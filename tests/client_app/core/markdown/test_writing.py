"""The keys for formatting put signs around words, and take them away again."""

import pytest

from client_app.core.markdown.writing import Sign, indentation, is_within_fences, with_sign


def typed(text: str) -> tuple[str, int, int]:
    """A text with “[” and “]” around what is selected, or “|” at the cursor."""
    if "|" in text:
        at = text.index("|")
        return text.replace("|", ""), at, at
    start = text.index("[")
    return text.replace("[", "").replace("]", ""), start, text.index("]") - 1


def after(text: str, sign: Sign) -> str:
    plain, start, end = typed(text)
    edit = with_sign(plain, start, end, sign)
    whole = plain[: edit.start] + edit.text + plain[edit.end :]
    if edit.first == edit.last:
        return whole[: edit.first] + "|" + whole[edit.first :]
    return f"{whole[: edit.first]}[{whole[edit.first : edit.last]}]{whole[edit.last :]}"


@pytest.mark.parametrize(
    ("before", "sign", "expected"),
    [
        ("say [this] now", Sign.BOLD, "say **[this]** now"),
        ("say **[this]** now", Sign.BOLD, "say [this] now"),
        ("say [**this**] now", Sign.BOLD, "say [this] now"),
        ("say [ this ]now", Sign.BOLD, "say  **[this]** now"),
        ("say th|is now", Sign.BOLD, "say **[this]** now"),
        ("it |", Sign.BOLD, "it **|**"),
        ("it **|**", Sign.BOLD, "it |"),
        ("[this]", Sign.ITALIC, "*[this]*"),
        ("*[this]*", Sign.ITALIC, "[this]"),
        ("**[this]**", Sign.ITALIC, "***[this]***"),
        ("***[this]***", Sign.ITALIC, "**[this]**"),
        ("***[this]***", Sign.BOLD, "*[this]*"),
        ("*[this]*", Sign.BOLD, "***[this]***"),
        ("[this]", Sign.STRIKE, "~~[this]~~"),
        ("~~[this]~~", Sign.STRIKE, "[this]"),
        ("run [make]", Sign.CODE, "run `[make]`"),
        ("run `[make]`", Sign.CODE, "run [make]"),
        ("run [a `b` c]", Sign.CODE, "run `` [a `b` c] ``"),
        ("[one\ntwo]", Sign.CODE, "```\n[one\ntwo]\n```"),
        ("so: [one\ntwo] and", Sign.CODE, "so: \n```\n[one\ntwo]\n```\n and"),
        ("a\n```\n[one\ntwo]\n```\nb", Sign.CODE, "a\n[one\ntwo]\nb"),
        ("```py\n[one]\n```", Sign.CODE, "[one]"),
        ("", Sign.ITALIC, "*|*"),
    ],
)  # fmt: skip
def test_signs_come_and_go(before: str, sign: Sign, expected: str) -> None:
    assert after(before or "|", sign) == expected


@pytest.mark.parametrize("sign", Sign)
@pytest.mark.parametrize("text", ["[word]", "a [few words] here", "a wo|rd here", "|", "[don’t]"])
def test_twice_is_as_if_never(text: str, sign: Sign) -> None:
    plain, start, end = typed(text)
    edit = with_sign(plain, start, end, sign)
    once = plain[: edit.start] + edit.text + plain[edit.end :]
    again = with_sign(once, edit.first, edit.last, sign)
    assert once[: again.start] + again.text + once[again.end :] == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain|", False),
        ("```|", True),
        ("```py\ncode|", True),
        ("```py\ncode\n```|", False),
        ("```\ncode\n``|", True),
        ("````\n```\nstill|", True),
        ("~~~\n```|", True),
        ("```code```|", False),
        ("a `b|", False),
        ("> ```\n> x|", True),
        ("```\na\n```\n```\nb|", True),
        ("|```", False),
    ],
)
def test_where_enter_begins_a_new_line(text: str, expected: bool) -> None:
    assert is_within_fences(text.replace("|", ""), text.index("|")) == expected


def test_a_new_line_of_code_begins_as_the_one_above() -> None:
    assert indentation("```\n    one", 11) == "    "
    assert indentation("```\n    one", 6) == "  "
    assert indentation("", 0) == ""
