"""The client that `docs/protocol.md` shows talks to a real server."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.docs import FOLDER
from server_app.app import App
from tests.conftest import Certificate
from tests.peer import PASSWORD, Peer


def example() -> str:
    (block,) = re.findall(r"```python\n(.*?)```", (FOLDER / "protocol.md").read_text("utf-8"), re.DOTALL)
    return str(block)


def test_it_has_twenty_lines() -> None:
    assert len([line for line in example().splitlines() if line.strip()]) <= 20


def test_it_logs_in_speaks_and_listens(
    server: App, alice: Peer, certificate: Certificate, tmp_path: Path, connect: Callable[..., Peer]
) -> None:
    connect().register("bob")
    script = tmp_path / "client.py"
    script.write_text(example(), "utf-8")
    host, port = server.address[:2]
    client = subprocess.Popen(
        [sys.executable, script, host, str(port), certificate.certificate, "bob", PASSWORD],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert client.stdout is not None
        assert "Hello from twenty lines!\n" in iter(client.stdout.readline, "")
    finally:
        client.kill()
        client.wait()
        if client.stdout:
            client.stdout.close()
