"""Naughty strings are found by their own words, like any other text."""

from server_app.services.search_goals import terms_of_needles
from shared.search import Matcher, Needle, fold, index_words
from shared.search.folding import words

from .strings import STRINGS


def test_each_is_found_by_what_it_says() -> None:
    found = 0
    for text in STRINGS:
        folded = fold(text)
        known = index_words(folded)
        for word in words(folded)[:3]:
            needle = Needle((word,))
            assert Matcher([needle]).finds(folded), (text, needle)
            for (term,) in terms_of_needles([needle]):
                assert term.text in known or any(each.startswith(term.text) for each in known), (text, needle)
            found += 1
        marks = Matcher([Needle((word,)) for word in words(folded)[:1]]).marks(text)
        assert all(start >= 0 and length > 0 and start + length <= len(text) for start, length in marks)
    assert found > 500
