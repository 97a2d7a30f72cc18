"""Somebody who looks at general, and a server that answers when the test says so."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from client_app.core.history.history import History
from client_app.core.store import Store
from client_app.core.timeline.timeline import EntryKind, Outlook, Splice
from client_app.core.world.facts import apply
from client_app.core.world.state import State
from client_app.core.writing.outbox import Outbox
from shared.entities import Message
from shared.events import MessageChanged, MessagePosted
from shared.requests import Changes, FetchChanges, FetchHistory
from shared.requests import History as Page
from shared.types import ChannelId, Rev, Seq

from .world import GENERAL, Recorder, changed, message, public, state


class Pane:
    """A device whose person looks at general, in which `last_seq` messages were said."""

    def __init__(
        self, folder: Path, last_seq: Seq, read: Seq = 0, *, keeps_history: bool = False, is_online: bool = True
    ) -> None:
        self.wire = Recorder()
        self.state: State = state(public(GENERAL, "general", last_seq=last_seq), read={GENERAL: read})
        self.changed: dict[Seq, Message] = {}
        """What the server has in place of what was said at first."""
        self.store = Store(folder)
        self.kept = self.store.of("alice", keeps_history=keeps_history)
        self.outbox = Outbox(self.kept.unsent, self.wire, self.unsent_changed)
        self.outlook = Outlook()
        self.drawn: dict[ChannelId, list[str]] = {}
        self.history = History(
            self.wire, self.outbox, self.kept.messages, lambda: self.state, self.draw, outlook=lambda _: self.outlook
        )
        if is_online:
            self.history.resumed(self.state)

    def unsent_changed(self, channel_id: ChannelId) -> None:
        self.history.unsent_changed(channel_id)

    def draw(self, channel_id: ChannelId, splices: tuple[Splice, ...]) -> None:
        rows = self.drawn.setdefault(channel_id, [])
        for splice in splices:
            rows[splice.start : splice.start + splice.removed] = [row.key for row in splice.inserted]

    def serve(self) -> FetchHistory | FetchChanges:
        """Answer the oldest request as the server would; the request."""
        request: FetchHistory | FetchChanges = self.wire.requests[0]
        self.wire.answer(self.answer_to(request))
        return request

    def answer_to(self, request: FetchHistory | FetchChanges) -> Page | Changes:
        """What the server says at this moment."""
        if isinstance(request, FetchChanges):
            later = sorted((each for each in self.changed.values() if each.rev > request.after_rev), key=_rev)
            return Changes(messages=tuple(later[: request.limit]), more=len(later) > request.limit)
        last = self.state.channels[GENERAL].last_seq
        if request.before_seq is not None:
            low, high = max(1, request.before_seq - request.limit), request.before_seq - 1
            more = low > 1
        elif request.after_seq is not None:
            low, high = request.after_seq + 1, min(last, request.after_seq + request.limit)
            more = high < last
        elif request.around_seq is not None:
            low = max(1, request.around_seq - request.limit // 2)
            high, more = min(last, low + request.limit - 1), low > 1
        else:
            low, high = max(1, last - request.limit + 1), last
            more = low > 1
        return Page(messages=tuple(self.changed.get(seq) or message(seq) for seq in range(low, high + 1)), more=more)

    def serve_all(self) -> int:
        """Answer until nothing is asked any more; how many requests that were."""
        count = 0
        while self.wire.asked:
            self.serve()
            count += 1
        return count

    def go(self) -> None:
        """The connection is gone."""
        self.wire.asked.clear()
        self.history.dropped()

    def come_back(self, **changes: Any) -> None:
        """A drop is over, and the server told this of general."""
        before, general = self.state, self.state.channels[GENERAL]
        self.history.dropped()
        self.state = state(replace(general, **changes), read=self.state.read)
        self.history.resumed(before)

    def hear(self, said: Message) -> None:
        self.state = apply(self.state, MessagePosted(said))
        self.history.heard(said)

    def change(self, seq: Seq, rev: Rev, **more: Any) -> Message:
        """Somebody changes a message at the server."""
        self.changed[seq] = changed(seq, rev, **more)
        return self.changed[seq]

    def hear_change(self, message: Message) -> None:
        self.state = apply(self.state, MessageChanged(message))
        self.history.changed(message)

    @property
    def shown(self) -> list[Seq]:
        timeline = self.history.timeline(GENERAL)
        rows = [row.key for row in timeline.entries]
        assert rows == self.drawn.get(GENERAL, []), "what was told is what is there"
        return [row.seq for row in timeline.entries if row.kind is EntryKind.MESSAGE]

    @property
    def bodies(self) -> dict[Seq, str]:
        """What is shown of each message."""
        rows = self.history.timeline(GENERAL).entries
        return {row.seq: row.text for row in rows if row.kind is EntryKind.MESSAGE}

    @property
    def on_disk(self) -> dict[Seq, Message]:
        """What a program that is started now would find."""
        assert self.store.finish(30)
        return {each.seq: each for each in self.kept.messages.all(GENERAL)}


class Panes:
    """Makes panes, one after the other: the next one is the same person's after a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Pane] = []

    def __call__(self, last_seq: Seq, read: Seq = 0, **options: Any) -> Pane:
        self.close()
        self._made.append(Pane(self._folder, last_seq, read, **options))
        return self._made[-1]

    def close(self) -> None:
        for each in self._made:
            each.store.close()


def numbers(first: Seq, last: Seq) -> list[Seq]:
    return list(range(first, last + 1))


def _rev(message: Message) -> Rev:
    return message.rev
