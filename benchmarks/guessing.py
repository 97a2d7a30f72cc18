"""Guessing passwords: what twenty people who chat notice of it, and whether time tells which names there are.

The server runs as it comes: with every limit, and with passwords at their usual price. It has one core, which its
password checks share; the guesser has the other, but for the moments in which the chat is written and read.
"""

import contextlib
import json
import math
import random
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from shared import codec, framing
from shared.answers import Refused
from shared.limits import MAX_FRAME
from shared.requests import AnyRequest, Login

from . import failures, servers, subjects
from .chat import ANSWER_SECONDS, PEOPLE, Chat, dialled, framed, registered, server
from .figures import Figure, Plan, quantile
from .load import Target
from .rooms import LoadFailed

NAME = "guessing"
ONE = "guesses from one address"
MANY = "guesses from as many addresses as there are guesses"
SLOW = "dials from one address for 5,000 handshakes that never end"
NOBODY = "nobody attacks"
WAYS = {ONE: "one", MANY: "many", SLOW: "slow"}
"""What an attacker does, and what `guesser` calls it."""
_WARM_UP_SECONDS = 1.0
_MOST_RUNS = 3
"""Each is long, and takes in hundreds of messages."""
_CHEAP_ROUNDS = 8
"""Passwords cost so little where time is compared, lest their own fluctuations hide what is looked for."""
_UNLIMITED = 10**6
"""The limits are there and counted, but not reached: that is part of what may take longer for one than for another."""


def measure(plan: Plan) -> list[Figure]:
    """The chat without an attacker and with each kind, then the times of logins in vain."""
    figures: list[Figure] = []
    with failures.left_out(plan, "Guessing while people chat"):
        figures += _measure_chats(plan)
    with failures.left_out(plan, "The times of logins in vain"):
        figures += _measure_times(plan)
    return figures


def chat_setting(way: str, name: str) -> str:
    """What the table calls it; `name` is p50 or p99."""
    return f"{PEOPLE} people chat over TLS while {way if way == NOBODY else f'one core {way}'}, {name}"


def time_setting(whom: str) -> str:
    """What the table calls it; `whom` is “a name that there is”, for example."""
    return f"login in vain with {whom}, p50"


KNOWN, UNKNOWN = "a name that there is", "a name that there is not"
TELLING = 0.001
"""A difference less likely than this is no chance, and tells which names there are."""
CHANCE = "known and unknown names take the same time: chance of a difference like this (Mann–Whitney)"


# --- the chat ---------------------------------------------------------------------------------------------------------


def _measure_chats(plan: Plan) -> list[Figure]:
    found: dict[str, list[list[float]]] = {way: [] for way in (NOBODY, *WAYS)}
    guesses: dict[str, list[float]] = {way: [] for way in WAYS}
    with server(plan, {}) as (_, target), contextlib.closing(Chat(target)) as chat:
        for _ in range(min(_MOST_RUNS, plan.runs)):
            for way, latencies in found.items():
                plan.say(f"Hearth: {chat_setting(way, 'p99')}")
                with _guessing(target, way, plan.chat_seconds) as answered:
                    latencies.append(chat.run(plan.chat_seconds))
                if way != NOBODY:
                    guesses[way].append(sum(answered.values()) / plan.chat_seconds)
                    plan.say(f"… {len(latencies[-1]):,} deliveries; the guesser: {dict(answered)}")
    return [
        *(
            Figure(NAME, subjects.HEARTH, chat_setting(way, name), "ms", tuple(quantile(run, share) for run in runs))
            for way, runs in found.items()
            for name, share in (("p50", 0.5), ("p99", 0.99))
        ),
        *(
            Figure(NAME, subjects.HEARTH, f"connections and guesses of a core that {way}", "/s", tuple(rates))
            for way, rates in guesses.items()
        ),
    ]


@contextlib.contextmanager
def _guessing(target: Target, way: str, seconds: float) -> Iterator[dict[str, int]]:
    """Guess in the background; afterwards, how many connections were made and how many answers of which kind came."""
    answered: dict[str, int] = {}
    if way == NOBODY:
        yield answered
        return
    command = [sys.executable, "-m", "benchmarks.guesser", str(target.port), str(seconds + _WARM_UP_SECONDS)]
    with subprocess.Popen([*command, WAYS[way]], stdout=subprocess.PIPE, cwd=servers.ROOT) as guesser:
        try:
            time.sleep(_WARM_UP_SECONDS)
            yield answered
            told = json.loads(guesser.communicate(timeout=seconds + ANSWER_SECONDS)[0])
        except BaseException:
            guesser.kill()
            raise
    answered |= {"connections": told["connections"], **told["answers"]}


# --- known and unknown names ------------------------------------------------------------------------------------------


def _measure_times(plan: Plan) -> list[Figure]:
    limits = ("logins", "account_logins", "strange_logins", "stranger_frames")
    lifted = {f"{name}_{part}": _UNLIMITED for name in limits for part in ("per_second", "burst")}
    lifted |= dict.fromkeys(("login_failures", "login_tries", "stranger_bytes_per_second"), _UNLIMITED)
    known = [f"person{number}" for number in range(1, PEOPLE + 1)]
    unknown = [f"nobody{number}" for number in range(1, PEOPLE + 1)]
    plan.say(f"Hearth: {plan.guesses} logins in vain with names that there are, and as many with others")
    with server(plan, lifted, "--bcrypt-rounds", str(_CHEAP_ROUNDS)) as (_, target):
        for name in known:
            registered(target, name).wire.close()
        tries = [(name, name in known) for names in (known, unknown) for name in _repeated(names, plan.guesses)]
        random.Random(plan.guesses).shuffle(tries)
        times: dict[bool, list[float]] = {True: [], False: []}
        with dialled(target) as wire:
            for name, is_known in tries:
                times[is_known].append(_time_of(wire, Login(id=1, name=name, password="a wrong guess")))
    chance = chance_of(times[True], times[False])
    return [
        Figure(NAME, subjects.HEARTH, time_setting(KNOWN), "ms", (statistics.median(times[True]),)),
        Figure(NAME, subjects.HEARTH, time_setting(UNKNOWN), "ms", (statistics.median(times[False]),)),
        Figure(NAME, subjects.HEARTH, CHANCE, "", (chance,)),
    ]


def chance_of(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely two samples like these differ so much when both come from the same source (Mann–Whitney U, 0 to 1).

    By the normal approximation, which is good from some twenty values on. Times are not normal, so ranks are compared.
    """
    ordered = sorted([(value, True) for value in one] + [(value, False) for value in other])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ordered, 1) if is_one)
    expected = len(one) * (len(ordered) + 1) / 2
    spread = math.sqrt(len(one) * len(other) * (len(ordered) + 1) / 12)
    return math.erfc(abs(ranks - expected) / spread / math.sqrt(2))


def _repeated(names: Sequence[str], count: int) -> list[str]:
    return [names[number % len(names)] for number in range(count)]


def _time_of(wire: ssl.SSLSocket, request: AnyRequest) -> float:
    """Milliseconds until the refusal was here."""
    data, reader = framed(request), framing.FrameReader(MAX_FRAME)
    start = time.perf_counter()
    wire.sendall(data)
    while not (payloads := reader.feed(wire.recv(64 * 1024))):
        pass
    passed = (time.perf_counter() - start) * 1000
    told = codec.decode_from_server(payloads[0])
    if not isinstance(told, Refused) or told.retry_after is not None:
        raise LoadFailed(f"A wrong password was answered with {told}.")
    return passed
