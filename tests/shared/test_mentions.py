"""What in a text names somebody."""

import pytest

from shared.mentions import chosen, places
from shared.names import name_key

KNOWN = {name_key(name): name for name in ("bob", "bob-alice", "Zoë", "channel", "太郎丸", "jean.luc", "anna_k")}


def named(body: str) -> list[str]:
    """The names that are meant, and that they stand where it is said."""
    found = list(chosen(places(body), KNOWN))
    for start, length, name in found:
        assert body[start] == "@"
        assert name_key(body[start + 1 : start + length]) == name_key(name)
    return [name for _, _, name in found]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("@bob", ["bob"]),
        ("hello @bob, and @Zoë!", ["bob", "Zoë"]),
        ("(@bob)", ["bob"]),
        ("@BOB", ["bob"]),
        ("@bob's", ["bob"]),
        ("@bob.", ["bob"]),
        ("@jean.luc...", ["jean.luc"]),
        ("@bob-alice and @bob-carol", ["bob-alice", "bob"]),
        ("@anna_k_", ["anna_k"]),
        ("@bobby", []),
        ("@bo", []),
        ("bob@bob", []),
        ("bob@bob.example", []),
        ("@@bob", []),
        ("@ bob", []),
        ("@nobody", []),
        ("@太郎丸さん", ["太郎丸"]),
        ("@channel", ["channel"]),
        ("`@bob`", []),
        ("`@bob` @bob", ["bob"]),
        ("``a ` @bob``", []),
        ("```\n@bob\n```\n@channel", ["channel"]),
        ("an open ` before @bob", ["bob"]),
        ("an open ``` before @bob", ["bob"]),
        ("\U0001f600 @bob", ["bob"]),
        ("@b\u043eb", ["bob"]),
    ],
)
def test_the_longest_name_that_somebody_has_is_meant(body: str, names: list[str]) -> None:
    assert named(body) == names


def test_a_text_full_of_signs_is_read_in_its_time() -> None:
    for body in ("@" * 4000, "@." * 2000, "`@" * 2000, "```" * 1333, "@" + "a" * 3999, "@b" * 2000, "@" + "太" * 3999):
        assert named(body) == []


def test_a_name_may_take_more_characters_than_it_is_kept_with() -> None:
    assert named("@Zoe\u0308 was here") == ["Zoë"]
