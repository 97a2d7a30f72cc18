"""How far one has read: shown at once, told to the server, told again where it asked to wait, and after a drop.

What the server says is one thing (`State.read`), what one wants and it has not said yes to another (`State.wishes`). So
nothing that other devices do meanwhile is undone by what is only remembered here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice

from client_app.core.network.asks import Asker
from client_app.core.store import Wish
from client_app.core.world.facts import read_to
from client_app.core.world.state import State
from shared.entities import ReadPosition
from shared.errors import Code, Refusal
from shared.limits import MAX_INTEGER, MAX_MARKED
from shared.requests import MarkManyRead, MarkRead, MarkUnread, Nothing, Request
from shared.types import ChannelId, Seq

LATER = {Code.RATE_LIMITED, Code.UNAVAILABLE, Code.LOGIN_REQUIRED}
"""Refusals after which a wish stays."""


class Reading:
    """The wishes of one account, and what becomes of them. Telling one twice does no harm."""

    def __init__(self, asker: Asker, state: Callable[[], State], put: Callable[[State], None]) -> None:
        """`put` makes a state the present one."""
        self._asker = asker
        self._state = state
        self._put = put
        self._is_waiting = False
        """Whether the server wants to hear of it later."""
        self._held: ChannelId | None = None

    # --- what one wants -----------------------------------------------------------------------------------------------

    def mark_read(self, channel_id: ChannelId) -> bool:
        """All of a channel is read; whether that is news."""
        self._held = None if self._held == channel_id else self._held
        state = self._state()
        if channel_id not in state.channels or not state.unread(channel_id):
            return False
        self._want({channel_id: _wish(state, channel_id).and_read(state.channels[channel_id].last_seq)})
        return True

    def mark_unread(self, channel_id: ChannelId, seq: Seq) -> bool:
        """A message and all that follow it are unread; whether that is news."""
        state = self._state()
        if channel_id not in state.channels or not 0 < seq <= state.read_seq(channel_id):
            return False
        self._want({channel_id: _wish(state, channel_id).and_unread(seq - 1)})
        return True

    def mark_all_read(self) -> dict[ChannelId, Seq]:
        """Everything is read; how far it was before, by channel, where that is another now."""
        state = self._state()
        unread = {each: state.channels[each].last_seq for each in state.channels if state.unread(each)}
        before = {each: state.read_seq(each) for each in unread}
        self._want({each: _wish(state, each).and_read(seq) for each, seq in unread.items()})
        return before

    def put_back(self, positions: Mapping[ChannelId, Seq]) -> None:
        """Let channels be unread again from there."""
        state = self._state()
        known = {each: seq for each, seq in positions.items() if each in state.channels}
        self._want({each: _wish(state, each).and_unread(seq) for each, seq in known.items()})

    # --- whether looking at a channel reads it ------------------------------------------------------------------------

    def hold(self, channel_id: ChannelId) -> None:
        """Messages of a channel that is looked at were marked as unread: they stay so until it is left."""
        self._held = channel_id

    def follow(self, channel_id: ChannelId, before: State) -> bool:
        """Leave messages of a channel that is looked at unread, where another device marked them so; whether it did."""
        is_less = self._state().read_seq(channel_id) < before.read_seq(channel_id)
        if is_less:
            self.hold(channel_id)
        return is_less

    def opened(self, channel_id: ChannelId) -> None:
        """Another channel is looked at, or the same one again."""
        self._held = self._held if self._held == channel_id else None

    def is_held(self, channel_id: ChannelId) -> bool:
        """Whether looking at it reads nothing."""
        return self._held == channel_id

    # --- how the server hears of it -----------------------------------------------------------------------------------

    def dropped(self) -> None:
        """The connection is gone; what it did not carry is told once it is back."""
        self._is_waiting = False

    def resumed(self, before: State) -> None:
        """The session is open (again): tell what one still wants, as far as the channels are the same as before."""
        state = self._state()
        wishes = {each: wish for each, wish in before.wishes.items() if _is_the_same(before, state, each, wish)}
        self._put(replace(state, wishes=wishes))
        self._tell(wishes)

    def _want(self, wishes: Mapping[ChannelId, Wish]) -> None:
        state = self._state()
        self._put(replace(state, wishes={**state.wishes, **wishes}))
        if not self._is_waiting:
            self._tell(wishes)

    def _tell(self, wishes: Mapping[ChannelId, Wish]) -> None:
        left = iter(wishes.items())
        while some := dict(islice(left, MAX_MARKED)):
            forward = {each: wish.least for each, wish in some.items() if wish.least}
            back = {each: wish.most for each, wish in some.items() if wish.most < MAX_INTEGER}
            if forward:
                self._ask(_marking_read(forward), {} if back else some, forward)
            if back:
                self._ask(_marking_unread(back), some, {})

    def _ask(self, request: Request[Nothing], done: Mapping[ChannelId, Wish], read: Mapping[ChannelId, Seq]) -> None:
        """Ask for what fulfills these wishes, perhaps with what was asked before; and for having `read` so far."""
        self._asker.ask(request, lambda _: self._fulfilled(done, read), lambda refusal: self._refused(done, refusal))

    def _fulfilled(self, wishes: Mapping[ChannelId, Wish], read: Mapping[ChannelId, Seq]) -> None:
        """The server did so; what others did before and after it tells by itself."""
        state = self._state()
        for channel_id, seq in read.items():
            if channel_id in state.channels:
                state = read_to(state, channel_id, max(seq, state.read.get(channel_id, 0)))
        for channel_id, wish in wishes.items():
            if channel_id in state.channels:
                state = read_to(state, channel_id, min(wish.most, state.read.get(channel_id, 0)))
        self._put(_without(state, wishes))

    def _refused(self, wishes: Mapping[ChannelId, Wish], refusal: Refusal) -> None:
        if refusal.code not in LATER:
            self._put(_without(self._state(), wishes))
        elif refusal.retry_after is not None and not self._is_waiting:
            self._is_waiting = True
            self._asker.after(refusal.retry_after, self._tell_again)

    def _tell_again(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._tell(self._state().wishes)


def _marking_read(positions: Mapping[ChannelId, Seq]) -> Request[Nothing]:
    if len(positions) > 1:
        return MarkManyRead(positions=_positions(positions))
    ((channel_id, seq),) = positions.items()
    return MarkRead(channel_id=channel_id, seq=seq)


def _marking_unread(positions: Mapping[ChannelId, Seq]) -> Request[Nothing]:
    if len(positions) > 1:
        return MarkManyRead(positions=_positions(positions), goes_back=True)
    ((channel_id, seq),) = positions.items()
    return MarkUnread(channel_id=channel_id, seq=seq + 1)


def _positions(positions: Mapping[ChannelId, Seq]) -> tuple[ReadPosition, ...]:
    return tuple(ReadPosition(channel_id=channel_id, seq=seq) for channel_id, seq in positions.items())


def _wish(state: State, channel_id: ChannelId) -> Wish:
    return state.wishes.get(channel_id, Wish())


def _without(state: State, wishes: Mapping[ChannelId, Wish]) -> State:
    """These are wanted no more; what is wanted instead by now stays."""
    left = {each: wish for each, wish in state.wishes.items() if wishes.get(each) != wish}
    return replace(state, wishes=left)


def _is_the_same(before: State, state: State, channel_id: ChannelId, wish: Wish) -> bool:
    """Whether a channel is still there, and the one that it was: not where a backup was restored."""
    old, new = before.channels.get(channel_id), state.channels.get(channel_id)
    if old is None or new is None or wish.least > new.last_seq:
        return False
    return old.created_at == new.created_at
