"""Each thing that can be wrong with a login form gets its sentence beside the right field, before anything is sent."""

from dataclasses import replace
from pathlib import Path

import pytest

from client_app.core.network.address import Address
from client_app.core.signals import LoginFailed
from client_app.desktop.login.form import Field, LoginForm, Prefill, Problem, first_form, problem_of
from client_app.settings import Settings
from shared.errors import Code

GOOD = LoginForm(server="chat.example.org", name="alice", password="correct horse", again="correct horse")


def test_a_good_form_has_no_problem() -> None:
    assert GOOD.problem() is None
    assert replace(GOOD, is_new=True).problem() is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"server": ""}, Field.SERVER),
        ({"server": "two words"}, Field.SERVER),
        ({"port": "http"}, Field.PORT),
        ({"port": "70000"}, Field.PORT),
        ({"port": "٣"}, Field.PORT),
        ({"ca_file": "/nowhere/ca.pem"}, Field.CA_FILE),
        ({"name": " "}, Field.NAME),
        ({"password": ""}, Field.PASSWORD),
        ({"is_new": True, "name": "al ice"}, Field.NAME),
        ({"is_new": True, "password": "short", "again": "short"}, Field.PASSWORD),
        ({"is_new": True, "again": "another horse"}, Field.AGAIN),
    ],
)
def test_a_problem_names_its_field(changes: dict[str, object], field: Field) -> None:
    problem = replace(GOOD, **changes).problem()  # type: ignore[arg-type]  # any field of the form
    assert problem is not None
    assert problem.field is field
    assert problem.sentence.endswith(".")


def test_the_address_is_what_was_typed(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    ca_file.touch()
    form = replace(GOOD, server="[::1]:6000", ca_file=str(ca_file), uses_tls=False)
    assert form.address() == Address("::1", 6000, False, ca_file)


@pytest.mark.parametrize(
    ("code", "message", "field"),
    [
        (None, "No server answers.", Field.SERVER),
        (Code.UNAUTHORIZED, "Name or password is wrong.", Field.PASSWORD),
        (Code.CONFLICT, "That name is taken.", Field.NAME),
        (Code.BAD_REQUEST, "A password has at least 8 characters.", Field.PASSWORD),
        (Code.BAD_REQUEST, "A name has 3 to 20 characters.", Field.NAME),
        (Code.RATE_LIMITED, "Too many attempts.", Field.FORM),
    ],
)
def test_a_refusal_stands_beside_the_field_that_it_concerns(code: Code | None, message: str, field: Field) -> None:
    assert problem_of(LoginFailed(message, code)) == Problem(field, message)


def test_the_last_server_is_proposed() -> None:
    form = first_form(Settings(server="chat.example.org", port=6000, name="alice"), Prefill())
    assert (form.server, form.port, form.name, form.uses_tls) == ("chat.example.org", "6000", "alice", True)


def test_the_command_line_comes_before_what_was_used_last() -> None:
    settings = Settings(server="old.example.org", name="alice")
    form = first_form(settings, Prefill(Address("127.0.0.1", uses_tls=False), "bob"))
    assert (form.server, form.name, form.uses_tls) == ("127.0.0.1", "bob", False)


def test_whoever_never_logged_in_here_is_offered_an_account_and_everybody_else_their_own() -> None:
    address = Address("127.0.0.1")
    assert first_form(Settings(), Prefill(address)).is_new
    assert not first_form(Settings(name="alice"), Prefill(address)).is_new
    assert not first_form(Settings(), Prefill(address, "bob")).is_new
