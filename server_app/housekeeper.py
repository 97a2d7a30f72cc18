"""The thread that does what nobody asks for: tells presence, notes who is here, ends what is over."""

import logging
import threading
import time
from collections.abc import Callable

from .context import Context, House
from .hub import Hub
from .services.blocks import end_blocks
from .services.buckets import KeptDebts, forget_what_is_over, store_owed
from .services.channel_rules import remove_leftovers
from .services.kept_out import lift_what_is_over
from .services.presence import store_last_seen
from .services.search import index_messages, newest_to_index, tidy_index
from .services.sessions import expire_sessions, note_in_use, store_whereabouts
from .services.statuses import end_statuses
from .storage.writer import Writer
from .tasks import Chore

log = logging.getLogger("hearth.house")

PRESENCE_SECONDS = 0.25
"""People who come and go within this are told in one event: at most four a second, whoever reconnects."""
SESSIONS_SECONDS = 300.0
"""How exact “last seen” is; a session lives for months."""
WHEREABOUTS_SECONDS = 5.0
"""What a killed server may forget of from where people came back."""
LAST_SEEN_SECONDS = 15.0
"""How often it is stored who went; a killed server forgets at most `SESSIONS_SECONDS` of those who stayed."""
STATUSES_SECONDS = 15.0
"""How late a status that is over goes from the disk; whoever shows one looks at the clock."""
BANS_SECONDS = 15.0
"""How late everybody may be told that a ban is over."""
BLOCKS_SECONDS = 15.0
"""How late whoever set a block may be told that it is over; it hides nothing any more from the moment on."""
DEBTS_SECONDS = 5.0
"""What a killed server may forget of who tried how much."""
LEFTOVERS_SECONDS = 60.0
"""How late it begins that what was said in a deleted channel is removed from the disk. Nobody can read it meanwhile."""
PICTURES_SECONDS = 30.0
"""How often it is looked whether the process for pictures still has anything to do."""
MORE_LEFTOVERS_SECONDS = 1.0
"""Between two pieces of that, so that nobody who writes waits for it."""


INDEX_SECONDS = 0.5
"""How long what is said is looked through by every search before the index has it."""
MORE_INDEX_SECONDS = 0.05
TIDY_SECONDS = 3600.0
"""How long words that are gone may be left in the file of the index, where nobody finds them."""
INDEX_SHARE = 0.05
"""Of the writer's time goes at most into what has gathered for the index and into tidying it, and up to half as much
into committing that. A thousand messages a second take less."""


class Housekeeper:
    """A few duties, each with its own rhythm."""

    def __init__(self, hub: Hub, writer: Writer, house: House, debts: KeptDebts) -> None:
        self._hub = hub
        self._writer = writer
        self._house = house
        self._debts = debts
        self._has_leftovers = True
        """Whether messages of deleted channels may be left; set by the writer, as it finds them."""
        self._is_index_behind = True
        """Whether more waits for the index; set by the writer, as the next."""
        self._newest_indexed: int | None = None
        """The newest message when all was in the index."""
        self._is_tidying = False
        self._index_at = 0.0
        """When it is time for more of it."""
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeper", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """End."""
        self._is_stopping.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        duties: list[tuple[float, Callable[[], None]]] = [
            (MORE_INDEX_SECONDS, self._index_more),
            (INDEX_SECONDS, self._index),
            (TIDY_SECONDS, self.begin_tidying),
            (PRESENCE_SECONDS, self._tell_presence),
            (DEBTS_SECONDS, self.keep_debts),
            (WHEREABOUTS_SECONDS, self.keep_whereabouts),
            (LAST_SEEN_SECONDS, self.keep_last_seen),
            (STATUSES_SECONDS, self._end_statuses),
            (BANS_SECONDS, self._lift_bans),
            (BLOCKS_SECONDS, self._end_blocks),
            (PICTURES_SECONDS, self._house.pictures.rest),
            (SESSIONS_SECONDS, self._look_after_sessions),
            (MORE_LEFTOVERS_SECONDS, self._remove_more_leftovers),
            (LEFTOVERS_SECONDS, self._remove_leftovers),
        ]
        due = [time.monotonic() + period for period, _ in duties]
        while not self._is_stopping.wait(max(0.0, min(due) - time.monotonic())):
            for index, (period, duty) in enumerate(duties):
                if time.monotonic() >= due[index]:
                    due[index] = time.monotonic() + period
                    self._do(duty)

    def _do(self, duty: Callable[[], None]) -> None:
        try:
            duty()
        except Exception:
            log.exception("a duty of the house failed; it will be tried again")

    def _tell_presence(self) -> None:
        gone = self._hub.publish_presence()
        if gone:
            self._house.last_seen.note(gone, self._house.now())

    def keep_last_seen(self, *, is_the_end: bool = False) -> None:
        """Have it stored who went and when; at the end, everybody goes. Any thread."""
        if self._writer.obstacle() is not None:
            return
        last_seen = self._house.last_seen
        if is_the_end:
            last_seen.note(self._hub.online_ids(), self._house.now())
        taken = last_seen.take()
        if taken:
            chore = Chore(
                "note when people were here last",
                self._house,
                lambda context: store_last_seen(context, taken),
                lambda: last_seen.give_back(taken),
            )
            self._writer.submit([chore])

    def _end_statuses(self) -> None:
        """Tell of those that are over."""
        if self._writer.obstacle() is None:
            self._writer.submit([Chore("end statuses that are over", self._house, end_statuses)])

    def _look_after_sessions(self) -> None:
        if self._writer.obstacle() is not None:
            return
        in_use, here = self._hub.connected_sessions(), dict.fromkeys(self._hub.online_ids(), self._house.now())
        self._writer.submit(
            [
                Chore("note who is here", self._house, lambda context: note_in_use(context, in_use)),
                Chore("note who was here", self._house, lambda context: store_last_seen(context, here)),
                Chore("end old sessions", self._house, expire_sessions),
                Chore("forget what is over", self._house, forget_what_is_over),
            ]
        )

    def keep_whereabouts(self) -> None:
        """Have it stored from where people came back. Any thread; the last time before the end."""
        if self._writer.obstacle() is not None:
            return
        whereabouts = self._house.whereabouts
        taken = whereabouts.take()
        if taken:
            chore = Chore(
                "note from where people came",
                self._house,
                lambda context: store_whereabouts(context, taken),
                lambda: whereabouts.give_back(taken),
            )
            self._writer.submit([chore])

    def _lift_bans(self) -> None:
        """Tell of those who may come back; at the door, each is judged to the millisecond."""
        if self._writer.obstacle() is None:
            self._writer.submit([Chore("lift bans that are over", self._house, lift_what_is_over)])

    def _remove_more_leftovers(self) -> None:
        if self._has_leftovers:
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Go on with what is left of deleted channels, whenever that was begun, and by whichever process."""
        if self._writer.obstacle() is not None:
            return

        def remove(context: Context) -> None:
            self._has_leftovers = remove_leftovers(context)

        self._writer.submit([Chore("remove what is left of deleted channels", self._house, remove)])

    def _index_more(self) -> None:
        if time.monotonic() < self._index_at:
            return
        if self._is_index_behind:
            self._index()
        elif self._is_tidying and self._writer.obstacle() is None:
            self._writer.submit([Chore("tidy the index", self._house, self._tidy)])

    def _index(self) -> None:
        """Let searches find by the index what was said, changed or deleted lately."""
        if self._writer.obstacle() is not None or time.monotonic() < self._index_at:
            return

        def index(context: Context) -> None:
            newest = newest_to_index(context)
            if newest is not None and newest == self._newest_indexed:
                return
            begun = time.monotonic()
            self._is_index_behind = index_messages(context)
            self._newest_indexed = None if self._is_index_behind else newest
            self._rest_from_index(begun)

        self._writer.submit([Chore("index what was said", self._house, index)])

    def begin_tidying(self) -> None:
        """Have the index written anew, bit by bit."""

        def begin(context: Context) -> None:
            self._tidy(context, is_beginning=True)

        if self._writer.obstacle() is None:
            self._writer.submit([Chore("begin to tidy the index", self._house, begin)])

    def _tidy(self, context: Context, *, is_beginning: bool = False) -> None:
        begun = time.monotonic()
        self._is_tidying = tidy_index(context, is_beginning=is_beginning)
        self._rest_from_index(begun)

    def _rest_from_index(self, begun: float) -> None:
        self._index_at = time.monotonic() + (time.monotonic() - begun) * (1 / INDEX_SHARE - 1)

    def _end_blocks(self) -> None:
        """Tell whoever had set them of blocks that are over."""
        if self._writer.obstacle() is None:
            self._writer.submit([Chore("end blocks that are over", self._house, end_blocks)])

    def keep_debts(self) -> None:
        """Have what people owe to the limits stored, as far as it changed. Any thread; the last time before the end."""
        if self._writer.obstacle() is not None:
            return
        changed = self._debts.changes()
        if changed:
            chore = Chore(
                "keep what is owed",
                self._house,
                lambda context: store_owed(context, changed),
                lambda: self._debts.give_back(changed),
            )
            self._writer.submit([chore])
