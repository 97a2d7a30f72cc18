"""One device of the soak: a client core on a thread of its own that speaks, edits, deletes, reads and scrolls."""

import contextlib
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.signals import LoggedIn, LoggedOut, LoginFailed, MessageArrived, Notice, Phase, StatusChanged
from client_app.core.timeline.timeline import Entry, EntryKind
from shared.errors import BadRequest
from shared.limits import MAX_INTEGER
from shared.types import ChannelId, UserId
from tests.peer import PASSWORD

from . import texts
from .journal import Back, Changing, Flaw, Heard, Journal, Kept, Tried, Trouble, read
from .orders import FINAL, JOURNAL, QUIET, DeviceOrders, Orders, Showing, Shown, ShownChannel, folder_of
from .record import reactions_in_words

LOOK_SECONDS = 2.0
"""Between two looks at whether what is shown makes sense."""
QUIET_SECONDS = 1.0
LAST_VISIT_SECONDS = 20.0
"""How long the last visit to one channel may take."""
REACTIONS = ("👍", "❤️", "🎉", "😂")


class Device(threading.Thread):
    """Started once; `hush` and `finish` may be called from any thread."""

    def __init__(self, orders: Orders, mine: DeviceOrders) -> None:
        super().__init__(name=mine.speaker, daemon=True)
        self._orders, self._mine = orders, mine
        self._address = Address(orders.host, orders.port, ca_file=Path(orders.authority))
        self._folder = folder_of(mine)
        self._number = 1 + max(
            (texts.number_of(line.mark) for line in read(self._folder / JOURNAL) if isinstance(line, Tried)), default=0
        )
        self._journal = Journal(self._folder / JOURNAL)
        self._woken = threading.Event()
        self._is_hushed = threading.Event()
        self._must_finish = threading.Event()
        self._enter_at = 0.0
        self._act_at = 0.0
        self._look_at = 0.0
        self._quiet_at = 0.0
        self._lost_at = 0.0
        self._heard = 0

    def hush(self) -> None:
        """Do nothing new; tell by a file when everything is sent."""
        self._is_hushed.set()
        self._woken.set()

    def finish(self) -> None:
        """Look at every channel, say by a file what is shown, and end."""
        self._must_finish.set()
        self._woken.set()

    def run(self) -> None:
        self._client = Client(self._folder / "client", self._woken.set, use_keyring=False)
        self._listen()
        chance = random.Random(f"pauses {self._orders.seed} {self._mine.speaker} {self._number}")
        self._act_at = time.monotonic() + chance.uniform(0.0, self._orders.pause)
        while not self._must_finish.is_set():
            self._turn()
            now = time.monotonic()
            if self._is_hushed.is_set():
                self._tell_quiet()
            elif now >= self._act_at and self._client.session is not None:
                self._act()
                self._act_at = max(self._act_at, now - 1.0) + chance.expovariate(1 / self._orders.pause)
            if now >= self._look_at:
                self._look_at = now + LOOK_SECONDS
                self._look()
        self._show_all()
        self._client.close()

    def _listen(self) -> None:
        self._client.on(LoggedIn, lambda _: self._enter_later(MAX_INTEGER))
        self._client.on(LoginFailed, lambda _: self._enter_later(0.3))
        self._client.on(LoggedOut, self._logged_out)
        self._client.on(MessageArrived, self._count)
        self._client.on(StatusChanged, self._follow)
        self._client.on(Notice, lambda told: self._journal.write(Trouble(told.text)) if told.is_error else None)

    def _turn(self) -> None:
        """One turn of the core's loop, and a new attempt to get in where the last one failed."""
        if time.monotonic() >= self._enter_at:
            self._enter_at = time.monotonic() + 60.0
            if not self._client.resume_remembered():
                self._client.login(self._address, self._mine.account, PASSWORD, remember=True)
        self._woken.wait(min(0.2, max(0.0, self._act_at - time.monotonic())) if not self._is_hushed.is_set() else 0.05)
        self._woken.clear()
        while self._client.drain():
            pass

    def _enter_later(self, seconds: float) -> None:
        self._enter_at = time.monotonic() + seconds

    def _logged_out(self, told: LoggedOut) -> None:
        self._journal.write(Trouble(f"logged out: {told.message}"))
        self._enter_later(0.3)

    def _count(self, _told: MessageArrived) -> None:
        self._heard += 1

    def _follow(self, told: StatusChanged) -> None:
        if told.phase is Phase.RECONNECTING:
            self._lost_at = self._lost_at or time.time()
        elif told.phase is Phase.ONLINE and self._lost_at:
            self._journal.write(Back(self._lost_at, time.time()))
            self._lost_at = 0.0

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        number, self._number = self._number, self._number + 1
        chance = random.Random(f"act {self._orders.seed} {self._mine.speaker} {number}")
        channel_id = chance.choice(self._mine.channel_ids)
        self._let_go(channel_id)
        acts: dict[Callable[[], None], int] = {
            lambda: self._say(channel_id, number): 56,
            lambda: self._say_with_file(channel_id, number): 6,
            lambda: self._change(chance, number, is_deletion=False): 8,
            lambda: self._change(chance, number, is_deletion=True): 4,
            lambda: self._react(chance): 12,
            lambda: self._client.mark_read(self._client.open_channel_id or channel_id): 8,
            lambda: self._mark_unread(chance): 4,
            self._client.mark_all_read: 2,
            lambda: self._client.typed(channel_id): 4,
            lambda: self._client.open_channel(channel_id): 9,
            lambda: self._client.load_older(self._client.open_channel_id or channel_id): 5,
            lambda: self._jump(chance): 2,
            lambda: self._client.jump_to_end(self._client.open_channel_id or channel_id): 2,
        }
        (act,) = chance.choices(list(acts), list(acts.values()))
        act()

    def _mark_unread(self, chance: random.Random) -> None:
        channel_id, state = self._client.open_channel_id, self._client.state
        if channel_id is not None and state is not None and state.channels[channel_id].last_seq:
            self._client.mark_unread(channel_id, chance.randint(1, state.channels[channel_id].last_seq))

    def _say(self, channel_id: ChannelId, number: int) -> None:
        mark = texts.mark(self._mine.speaker, number)
        self._journal.write(Tried(mark))
        with contextlib.suppress(BadRequest):  # Logged out in this very moment.
            self._client.send(channel_id, texts.body(self._orders.seed, self._mine.speaker, number))
            after_commit(self._client, lambda: self._journal.write(Kept(mark)))

    def _say_with_file(self, channel_id: ChannelId, number: int) -> None:
        speaker = self._mine.speaker + texts.WITH_FILE
        mark = texts.mark(speaker, number)
        path = self._folder / "files" / f"{number}.bin"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(texts.file_of(self._orders.seed, mark))
        self._journal.write(Tried(mark))
        with contextlib.suppress(BadRequest):  # Logged out in this very moment.
            self._client.attach(channel_id, [path])
            self._client.send(channel_id, texts.body(self._orders.seed, speaker, number))
            after_commit(self._client, lambda: self._journal.write(Kept(mark)))

    def _let_go(self, channel_id: ChannelId) -> None:
        """Of what was attached in a former life that ended just then: it is not of what is said now."""
        for upload in self._client.attached(channel_id):
            self._client.detach(channel_id, upload.key)

    def _change(self, chance: random.Random, number: int, *, is_deletion: bool) -> None:
        channel_id = self._client.open_channel_id
        if channel_id is None:
            return
        own = [row for row in self._messages(channel_id)[-150:] if row.seq and not row.is_deleted]
        mine = {self._mine.speaker, self._mine.speaker + texts.WITH_FILE}
        own = [row for row in own if texts.speaker_of(texts.mark_of(row.text) or "#") in mine]
        if not own:
            return
        row = chance.choice(own)
        mark = texts.mark_of(row.text) or ""
        body = None if is_deletion else texts.rewritten(mark, number)
        self._journal.write(Changing(channel_id, row.seq, mark, body))
        if body is None:
            self._client.delete(channel_id, row.seq)
        else:
            self._client.edit(channel_id, row.seq, body)

    def _react(self, chance: random.Random) -> None:
        """To one of the newest, and now and then to an older one; chosen again, it is taken back."""
        channel_id = self._client.open_channel_id
        rows = [row for row in self._messages(channel_id) if row.may_react] if channel_id is not None else []
        if channel_id is not None and rows:
            row = chance.choice(rows[-8:] if chance.random() < 0.8 else rows)
            self._client.choose_reaction(channel_id, row.seq, chance.choice(REACTIONS))

    def _jump(self, chance: random.Random) -> None:
        channel_id, state = self._client.open_channel_id, self._client.state
        if channel_id is not None and state is not None and state.channels[channel_id].last_seq:
            self._client.jump_to(channel_id, chance.randint(1, state.channels[channel_id].last_seq))

    # --- looks --------------------------------------------------------------------------------------------------------

    def _messages(self, channel_id: ChannelId) -> list[Entry]:
        return [row for row in self._client.timeline(channel_id).entries if row.kind is EntryKind.MESSAGE]

    def _look(self) -> None:
        """Write down what must not be seen in the open channel, and how much was heard."""
        if self._heard:
            self._journal.write(Heard(self._heard))
            self._heard = 0
        if self._client.session is None or self._client.open_channel_id is None:
            return
        for flaw in flaws_of(self._messages(self._client.open_channel_id)):
            self._journal.write(Flaw(f"channel {self._client.open_channel_id}: {flaw}"))

    def _unsent(self) -> list[str]:
        session = self._client.session
        if session is None:
            return ["nobody is logged in"]
        return [
            f"{unsent.body[:40]} ({unsent.error or 'waits'})"
            for channel_id in self._mine.channel_ids
            for unsent in session.outbox.waiting(channel_id, MAX_INTEGER)
        ]

    def _tell_quiet(self) -> None:
        """Tell when all is sent. An edit under way is seen nowhere, so some time must have passed as well."""
        now = time.monotonic()
        self._quiet_at = self._quiet_at or now + QUIET_SECONDS
        if now > self._quiet_at and self._client.phase is Phase.ONLINE and not self._unsent():
            (self._folder / QUIET).touch()

    # --- the end ------------------------------------------------------------------------------------------------------

    def _until(self, condition: Callable[[], bool], seconds: float = LAST_VISIT_SECONDS) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            self._turn()
        return True

    def _show_all(self) -> None:
        self._look()
        channels = tuple(self._visit(channel_id) for channel_id in self._mine.channel_ids if self._client.session)
        user_id = self._client.me.id if self._client.me else UserId(0)
        showing = Showing(self._mine.account, self._mine.speaker, user_id, tuple(self._unsent()), channels)
        target = self._folder / FINAL
        target.with_suffix(".new").write_bytes(msgspec.json.encode(showing))
        target.with_suffix(".new").replace(target)

    def _visit(self, channel_id: ChannelId) -> ShownChannel:
        client = self._client
        client.open_channel(channel_id)
        timeline = client.timeline(channel_id)

        def is_there() -> bool:
            nonlocal timeline
            timeline = client.timeline(channel_id)
            newest = client.state.channels[channel_id].last_seq if client.state else 0
            return timeline.is_at_end and not timeline.is_loading and timeline.last_seq == newest

        is_at_end = self._until(is_there)
        for _ in range(self._orders.pages):
            if not timeline.has_older or not timeline.first_seq:
                break
            client.load_older(channel_id)
            self._until(lambda: not client.timeline(channel_id).is_loading)
        row = client.channels.row(channel_id)
        messages = tuple(
            Shown(
                row.seq,
                row.text,
                row.is_edited,
                row.is_deleted,
                reactions_in_words((each.emoji, each.user_ids) for each in row.reactions),
            )
            for row in self._messages(channel_id)
            if row.seq
        )
        return ShownChannel(channel_id, row.unread if row else -1, messages, is_at_end)


def flaws_of(rows: list[Entry]) -> list[str]:
    """What a person would call wrong: a hole in the middle, a wrong order, one text twice."""
    flaws = []
    seqs = [row.seq for row in rows if row.seq]
    flaws += [f"{later} right after {seq}" for seq, later in itertools.pairwise(seqs) if later != seq + 1]
    marks = Counter(texts.mark_of(row.text) or "" for row in rows if not row.is_deleted)
    flaws += [f"{mark} is shown twice" for mark, count in marks.items() if count > 1]
    return flaws


def after_commit(client: Client, call: Callable[[], None]) -> None:
    """Call this, on the store's thread, as soon as what was sent until now is on this computer's disk."""
    client._store.in_order(call)
