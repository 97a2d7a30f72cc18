"""Names made of naughty strings: each is taken as it will be kept, or refused; none is made of nothing."""

import unicodedata
from collections.abc import Callable

import pytest

from shared.errors import BadRequest
from shared.file_names import file_name
from shared.names import channel_name, display_name, emoji_name, name_key, role_name, user_name

from .strings import CLASSES, STRINGS


def test_there_are_enough_of_every_class() -> None:
    assert len(STRINGS) >= 500
    assert all(len(texts) >= 5 for texts in CLASSES.values())


@pytest.mark.parametrize("judge", [user_name, channel_name, role_name, display_name, emoji_name, file_name])
def test_a_name_is_kept_as_it_is_judged_or_refused_with_a_sentence(judge: Callable[[str], str]) -> None:
    taken, sentences = 0, set[str]()
    for text in STRINGS:
        try:
            name = judge(text)
        except BadRequest as refusal:
            sentences.add(refusal.message)
            continue
        taken += 1
        assert judge(name) == name, ascii(text)
        assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in name), ascii(text)
        assert name_key(name) == name_key(name_key(name)) or judge is file_name, ascii(text)
    assert taken > 20
    assert all(sentence[0].isupper() or sentence[0] == "“" for sentence in sentences)
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize("blank", ["\u3164", "\u115f", "\u1160", "\uffa0", "\u034f", "\u17b4", "\u180b", "\ufe0f"])
@pytest.mark.parametrize("judge", [user_name, channel_name, role_name])
def test_no_name_has_letters_that_cannot_be_seen(judge: Callable[[str], str], blank: str) -> None:
    for name in (blank * 3, f"ali{blank}ce"):
        with pytest.raises(BadRequest):
            judge(name)


@pytest.mark.parametrize("judge", [user_name, channel_name, role_name, display_name])
def test_no_name_piles_up_marks(judge: Callable[[str], str]) -> None:
    with pytest.raises(BadRequest, match="pile up"):
        judge("a" + "\u0301\u0302\u0303\u0304\u0305" * 2 + "bc")
    assert judge("e\u0301te\u0301") == "été"


def test_emoji_of_several_people_and_those_to_come_may_stand_in_what_one_is_called() -> None:
    for name in ("Smiths 👨‍👩‍👧‍👦", "bob 🏳️‍🌈", "carol \U0001faeb"):
        assert display_name(name) == name
    for name in ("bo\u200db", "bob\u200d", "🎉\u200d"):
        with pytest.raises(BadRequest, match="can be seen"):
            display_name(name)
