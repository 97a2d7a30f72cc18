"""The example settings and the systemd unit fit the server that is there."""

import re
from pathlib import Path

from scripts.serving import ROOT
from server_app.settings import load


def test_the_example_settings_are_understood() -> None:
    settings = load(["--config", str(ROOT / "deploy/hearth.toml")], {})
    assert (settings.host, settings.port, settings.tls) == ("0.0.0.0", 5050, True)
    assert settings.database == "/var/lib/hearth/hearth.db"


def test_the_unit_starts_the_server_with_those_settings() -> None:
    unit = (ROOT / "deploy/hearth.service").read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert command.endswith("server.py --config /etc/hearth/hearth.toml")
    assert "StateDirectory=hearth" in unit
    assert Path("/var/lib/hearth") == Path(load(["--config", str(ROOT / "deploy/hearth.toml")], {}).database).parent
