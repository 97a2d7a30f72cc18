"""The page about security says what the code does."""

import re
from pathlib import Path

from server_app.services import invites, sessions
from server_app.settings import Settings
from shared.limits import MIN_PASSWORD

from .test_guarantees import named_in

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| **")]


def number(pattern: str) -> int:
    """The number that the page gives in a place, where words may be broken anywhere."""
    found = re.search(pattern.replace(" ", r"\s+"), PAGE)
    assert found, pattern
    return int(found[1])


def test_whatever_must_never_happen_names_a_test_that_is_there() -> None:
    assert len(ROWS) > 10
    for row in ROWS:
        files = named_in(row)
        assert files, row
        assert [file for file in files if not file.exists()] == []


def test_its_numbers_are_those_of_the_code() -> None:
    assert number(r"bcrypt hashes of (\d+) rounds") == Settings().bcrypt_rounds
    assert number(r"\*\*Passwords\*\* have (\d+) characters at least") == MIN_PASSWORD
    assert number(r"nobody used for (\d+) days is void") == sessions.LIFETIME_MS / (24 * 60 * 60 * 1000)
    assert number(r"\*\*Tokens\*\* have (\d+) bits") == 256
    code = invites.new_code().replace("-", "")
    assert number(r"\*\*Invite codes\*\* have (\d+) bits") == len(code) * 5


def test_it_is_a_page_and_says_how_to_report_without_an_address() -> None:
    assert len(PAGE.splitlines()) < 100
    assert "private vulnerability report" in PAGE
    assert "@" not in PAGE
