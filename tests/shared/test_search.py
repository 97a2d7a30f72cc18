"""What one types into the search field, taken apart; and when a text has it."""

import pytest

from shared.search import Day, Has, Matcher, Needle, Query, fold, index_words, parse
from shared.search.query import first_day, span


def finds(query: str, text: str) -> bool:
    return Matcher(parse(query).needles).finds(fold(text))


def marked(query: str, text: str) -> list[str]:
    marks = Matcher(parse(query).needles).marks(text)
    return [text[start : start + length] for start, length in marks]


def test_a_query_is_words_phrases_and_filters() -> None:
    query = parse('Hello “quick fox” from:Alice from:@bob in:"#plans" HAS:image is:PINNED on:2026-02 foo-bar')
    assert query.needles == (
        Needle(("hello",)),
        Needle(("quick", "fox"), is_exact=True),
        Needle(("foo", "bar")),
    )
    assert (query.people, query.places) == (("Alice", "@bob"), ("#plans",))
    assert query.has == {Has.IMAGE}
    assert query.is_pinned
    assert query.on == (Day(2026, 2),)
    assert query.problem == ""


@pytest.mark.parametrize("typed", ["", " ", '"', "*", "(", "^", "from:", 'in:"', "—", "\x00", "\u202e", '""""'])
def test_signs_are_nothing(typed: str) -> None:
    assert parse(typed) == Query()
    assert parse(typed).is_empty


@pytest.mark.parametrize("day", ["2026-13", "2026-02-29", "26-01-01", "2026-01-00", "0000", "tomorrow"])
def test_a_day_that_there_is_not_is_told(day: str) -> None:
    assert parse(f"on:{day}").problem.startswith(f"“{day}” is no day.")


def test_days_months_and_years_are_counted_as_in_the_calendar() -> None:
    assert span(Day(1970), 0) == (0, 365)
    assert span(Day(2024, 2), 0) == (first_day(2024, 2), first_day(2024, 3))
    assert span(Day(2024, 2, 29), 0)[0] - first_day(2024, 1) == 31 + 28
    assert span(Day(2000, 12, 31), 0)[1] == first_day(2001, 1)
    assert span(Day(ago=1), 100) == (99, 100)
    assert parse("on:٢٠٢٦").on == (Day(2026),)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("strasse", "Die STRAẞE, die Straße", ["STRAẞE", "Straße"]),
        ("lodz", "Łódź", ["Łódź"]),
        ("ete", "l’été", ["été"]),
        ("résumé", "my RESUME", ["RESUME"]),
        ("שלום", "שָׁלוֹם", ["שָׁלוֹם"]),
        ("ｆｕｌｌ", "full", ["full"]),
        ("soft", "so\u00adft", ["so\u00adft"]),
        ("京都", "来週東京都へ", ["京都"]),
        ("ひらがな", "ひらがなで", ["ひらがな"]),
        ("はは", "ばば", []),
        ("어로", "한국어로", ["어로"]),
        ("สวัสดี", "คุณสวัสดีครับ", ["สวัสดี"]),
        ("किता", "किताब", ["किता"]),
        ("कीता", "किताब", []),
        ("🎉", "yay🎉🎉", ["🎉", "🎉"]),
        ("plan", "Explain the plans", ["plan"]),
        ('"plan"', "the plans", []),
        ('"the plan"', "the – plan", ["the – plan"]),
        ("don't", "Don’t", ["Don’t"]),
        ("a", "a cat", ["a"]),
        ("c", "a cat", []),
        ("pla plan", "plan", ["plan"]),
        ("pl", "plan", []),
        ("pl", "pl plan", ["pl"]),
        ('"аб аб"', "заб аб аб", ["аб аб"]),
        ("план", "заплан планы", ["план"]),
        ('"план"', "планы план", ["план"]),
        ("plan", "東京plan", ["plan"]),
        ("ताब", "किताब", []),
    ],
)
def test_a_text_has_what_is_looked_for(query: str, text: str, expected: list[str]) -> None:
    assert finds(query, text) is bool(expected)
    assert marked(query, text) == expected


def test_the_index_knows_whatever_a_text_is_found_by() -> None:
    """Else the walk would never come to it."""
    text = "Straße 東京都 한국어 été yay🎉 हिन्दी x" + "y" * 100
    known = index_words(fold(text))
    assert {"strasse", "東京", "京都", "都", "ete", "yay", "🎉", "हिन्दी"} <= known
    assert max(map(len, known)) == 40


def test_hostile_texts_take_no_time_worth_mentioning() -> None:
    """Linear, so a thousand times more would be seen by whoever runs this."""
    for text in ("a" * 4000, "a " * 2000, "\u0301" * 4000, "東" * 4000, '"' * 4000, "a:" * 2000):
        parse(text)
        index_words(fold(text))
        assert len(Matcher(parse(text[:512]).needles).marks(text)) <= 100
