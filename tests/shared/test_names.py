"""Names: what is allowed, and which two are one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadRequest
from shared.names import channel_name, check_password, emoji_name, name_key, user_name


@pytest.mark.parametrize("name", ["alice", "Alice_2", "a.b-c", "алиса", "山田太郎", "Ünal", "αβγ"])
def test_names_of_one_script_are_kept_as_typed(name: str) -> None:
    assert user_name(f" {name} ") == name


@pytest.mark.parametrize("name", ["al", "a" * 21, "al ice", "o'b", "pаypal", "___", "a\nb", "ali\u202ece", "😀😀😀"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(BadRequest):
        user_name(name)


@pytest.mark.parametrize(("one", "other"), [("Alice", "aLICE"), ("ape", "аре"), ("ﬁsh", "fish"), ("ﬀoo", "FFOO")])
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def kept_or_refused(judge: Callable[[str], str], name: str) -> str | None:
    try:
        return judge(name)
    except BadRequest:
        return None


@given(st.text(max_size=40))
def test_a_name_is_judged_the_same_when_typed_again(name: str) -> None:
    kept = kept_or_refused(user_name, name)
    if kept is not None:
        assert user_name(kept) == kept
        assert name_key(kept) == name_key(kept.upper().lower())


@given(st.text(max_size=60))
def test_a_channels_name_is_judged_the_same_when_typed_again(name: str) -> None:
    kept = kept_or_refused(channel_name, name)
    if kept is not None:
        assert channel_name("#" + kept) == kept


def test_a_password_has_at_most_72_bytes() -> None:
    check_password("ü" * 36)
    for password in ("ü" * 37, "x" * 73, "seven77", "with\0nul byte"):
        with pytest.raises(BadRequest):
            check_password(password)


def test_emoji_have_names_that_everybody_can_type() -> None:
    assert [emoji_name(typed) for typed in (":Party_Cat:", " ok2 ", "ＡＢ")] == ["party_cat", "ok2", "ab"]
    for typed in ("x", "x" * 33, "_x_", "../x", "кот", "a b", "a:b", ""):
        with pytest.raises(BadRequest):
            emoji_name(typed)
