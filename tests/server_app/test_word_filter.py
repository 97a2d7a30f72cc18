"""Filtered words are found whole, in any case and script, and in any dress."""

import pytest

from server_app.word_filter import WordFilter, word_filter

WORDS = ("Spam", "Straße", "c++", "two words", "हिन्दी", "слово", "ﬁsh")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("spam", "Spam"),
        ("SPAM, eggs", "Spam"),
        ("eggs;spam", "Spam"),
        ("ｓｐａｍ", "Spam"),  # full width
        ("sp\u200bam", "Spam"),
        ("sp\u00adam", "Spam"),
        ("STRASSE", "Straße"),
        ("I like C++.", "c++"),
        ("two \n words", "two words"),
        ("Two Words", "two words"),
        ("यह हिन्दी है", "हिन्दी"),
        ("Слово", "слово"),
        ("FISH", "ﬁsh"),
    ],
)
def test_a_word_is_found(text: str, word: str) -> None:
    assert WordFilter(WORDS).first_in(text) == word


@pytest.mark.parametrize("text", ["spammer", "antispam", "spam_", "c", "C", "twowords", "two swords", "हिन्दीभाषा", ""])
def test_a_part_of_a_word_is_not(text: str) -> None:
    assert WordFilter(WORDS).first_in(text) is None


def test_words_of_which_nothing_is_left_filter_nothing() -> None:
    assert WordFilter(("", " ", "\u200b")).first_in("anything at all") is None


def test_a_filter_is_made_once_for_the_rules_and_not_at_all_for_none() -> None:
    assert word_filter(()) is None
    assert word_filter(WORDS) is word_filter(tuple(WORDS))
