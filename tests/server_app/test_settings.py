"""Settings: file < environment < command line, and a sentence for whatever is wrong."""

from pathlib import Path

import pytest

from server_app.errors import StartError
from server_app.settings import OPTIONS, ROOT, Settings, load
from shared.types import Registration


def test_the_defaults_are_those_of_the_program() -> None:
    settings = load([], {})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.tls) == ("127.0.0.1", 5050, True)
    assert settings.database == str(ROOT / "data" / "hearth.db")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "hearth.toml"
    file.write_text('port = 1\nhost = "a"\nio-threads = 3\nno-tls = true\n[limits]\nmessages_per_second = 7\n')
    settings = load(
        ["--config", str(file), "--port", "3", "--registration", "closed"],
        {"HEARTH_PORT": "2", "HEARTH_HOST": "b", "HEARTH_LIMIT_IDLE_SECONDS": "9.5"},
    )
    assert (settings.port, settings.host, settings.io_threads, settings.tls) == (3, "b", 3, False)
    assert settings.registration is Registration.CLOSED
    assert (settings.limits.messages_per_second, settings.limits.idle_seconds) == (7, 9.5)


def test_the_file_may_be_named_by_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "hearth.toml"
    file.write_text("port = 1")
    assert load([], {"HEARTH_CONFIG": str(file)}).port == 1


def test_no_limits_lifts_rates_and_caps() -> None:
    limits = load(["--no-limits"], {}).limits
    assert limits.messages_per_second == limits.connections_per_address == float("inf")


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["--port", "70000"], {}, "--port takes a whole number from 0 to 65535"),
        (["--port", "x"], {}, "--port takes a whole number"),
        ([], {"HEARTH_PORT": "-1"}, "HEARTH_PORT takes a whole number"),
        (["--registration", "maybe"], {}, "--registration takes one of open, invite, closed"),
        (["--nonsense"], {}, "--nonsense"),
        (["--port"], {}, "--port"),
        (["extra"], {}, "extra"),
        ([], {"HEARTH_LIMIT_IDLE_SECONDS": "soon"}, "HEARTH_LIMIT_IDLE_SECONDS takes a number over 0"),
        ([], {"HEARTH_NO_TLS": "perhaps"}, "HEARTH_NO_TLS takes true or false"),
        (["--config", "/nowhere.toml"], {}, "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(arguments: list[str], environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(StartError, match=sentence):
        load(arguments, environment)


@pytest.mark.parametrize("text", ["port = = 1", "colour = 1", "limits = 3", "[limits]\nspeed = 3", "port = [1]"])
def test_a_file_that_makes_no_sense_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "hearth.toml"
    file.write_text(text)
    with pytest.raises(StartError, match=r"hearth\.toml"):
        load(["--config", str(file)], {})


def test_the_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        load(["--help"], {})
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert all(f"--{option.name}" in text for option in OPTIONS)
