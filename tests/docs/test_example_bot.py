"""The bot that the documentation shows runs as it is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from server_app.app import App
from shared.entities import Message
from shared.events import MessagePosted, PresenceChanged
from shared.types import GENERAL, ChannelId
from tests.conftest import Certificate
from tests.peer import PASSWORD, Peer

SCRIPT = Path(__file__).parents[2] / "docs" / "example_bot.py"


def command(server: App, certificate: Certificate, password: str) -> list[str]:
    host, port = server.address[:2]
    return [sys.executable, str(SCRIPT), f"{host}:{port}", "dicebot", password, str(certificate.certificate)]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which the bot keeps its things in the test's folder."""
    return {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}


def test_it_has_twenty_lines() -> None:
    assert len([line for line in SCRIPT.read_text("utf-8").splitlines() if line.strip()]) <= 20


def test_it_rolls_dice_for_whoever_asks(
    server: App, certificate: Certificate, alice: Peer, bob: Peer, home: dict[str, str]
) -> None:
    with Peer(server.address) as owner:
        dicebot = owner.register("dicebot").user_id
        while dicebot not in alice.next_event(PresenceChanged).online_ids:
            pass
    while dicebot not in alice.next_event(PresenceChanged).offline_ids:
        pass
    with subprocess.Popen(command(server, certificate, PASSWORD), env=home) as bot:
        try:
            while dicebot not in alice.next_event(PresenceChanged).online_ids:
                pass
            bob.say("hello dicebot")
            bob.say("!roll 3d6")
            direct = alice.direct(dicebot)
            alice.say("!roll 1d20", direct)
            answers: dict[ChannelId, Message] = {}
            while len(answers) < 2:
                message = alice.next_event(MessagePosted).message
                if message.author_id == dicebot:
                    answers[message.channel_id] = message
        finally:
            bot.kill()
    assert set(answers) == {GENERAL, direct}
    assert (found := re.fullmatch(r"(\d) \+ (\d) \+ (\d) = (\d+)", answers[GENERAL].body))
    assert sum(map(int, found.groups()[:3])) == int(found[4])
    assert 1 <= int(answers[direct].body.partition(" = ")[2]) <= 20


def test_it_says_why_it_cannot_log_in(server: App, certificate: Certificate, home: dict[str, str]) -> None:
    mistyped = command(server, certificate, "wrong password")
    ended = subprocess.run(mistyped, env=home, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip() == "Name or password is wrong."
