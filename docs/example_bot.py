"""Rolls dice for whoever says `!roll 2d6`: python docs/example_bot.py HOST[:PORT] NAME PASSWORD [ca.crt]"""

import re
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where Hearth lies
from client_app.core.client import Client
from client_app.core.network.address import parse_address
from client_app.core.signals import LoginFailed, MessageArrived


def roll(arrived: MessageArrived) -> None:
    if found := re.fullmatch(r"!roll ([1-9])d([1-9]\d{0,2})", arrived.message.body):
        dice = [secrets.randbelow(int(found[2])) + 1 for _ in range(int(found[1]))]
        bot.send(arrived.message.channel_id, f"{' + '.join(map(str, dice))} = {sum(dice)}")


server, name, password, *authority = sys.argv[1:]
bot = Client(Path.home() / ".hearth-bot", use_keyring=False)
bot.on(MessageArrived, roll)
bot.on(LoginFailed, lambda failed: sys.exit(failed.message))
bot.login(parse_address(server, ca_file=Path(authority[0]) if authority else None), name, password)
bot.run()
