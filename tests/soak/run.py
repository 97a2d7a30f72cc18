"""One run of the soak: a town is built, faults happen, everybody comes back, and all is compared."""

import contextlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from server_app.file_store import RESERVE

from . import checks
from .crowd import Crowd, device_orders
from .disk import Disk, disk
from .errands import Plan
from .faults import LONGEST_DELAY, Fault, Kind, Lane, LaneRun, schedule
from .house import House
from .journals import Journals
from .ledger import Ledger
from .orders import Orders
from .proxy import Proxy
from .record import read_record
from .report import Report, added, longest_return
from .settings import Options
from .town import Town, build
from .writers import FLOOD_RATE, Writer

WRITERS_SHARE = 0.85
"""Of the texts, how many raw writers say: a whole core costs more for each."""
PAGES = 20
"""Pages of each channel that a device looks at in the end."""
PATIENCE = 120.0
"""Seconds for everybody to come back and have sent everything, and for the last look."""
NAP_SECONDS = 12.0

Say = Callable[[str], None]


def run(options: Options, say: Say) -> Report:
    """Do it. `say` is told how far it is."""
    with _folder(options) as folder, disk(folder / "disk", _mebibytes(options)) as its_disk:
        return Soak(options, folder, its_disk, say).run()


class Soak:
    """The parts of one run."""

    def __init__(self, options: Options, folder: Path, its_disk: Disk, say: Say) -> None:
        self._options, self._folder, self._disk, self._say = options, folder, its_disk, say
        self._house = House(folder, its_disk)
        self._proxy = Proxy(self._house.address)
        self._over = threading.Event()
        self._ledger = Ledger()
        self._writers: list[Writer] = []

    def run(self) -> Report:
        """From the first start to the last check."""
        began = time.monotonic()
        with contextlib.ExitStack() as ends:
            ends.callback(self._house.kill)
            ends.callback(self._proxy.close)
            self._house.start()
            town = build(self._house.address, self._options.clients, self._options.writers)
            crowd = self._crowd(town)
            ends.callback(crowd.close)
            plan = self._plan(town)
            ends.callback(plan.over.set)
            crowd.start()
            for writer in self._writers:
                writer.start()
            lanes = self._suffer(crowd)
            self._say("the faults are over; everybody comes back")
            late = self._settle(plan, crowd)
            self._say("looking at what everybody shows")
            late += [f"{speaker} did not show what it has" for speaker in crowd.finish(PATIENCE)]
            plan.over.set()
            hung = late + crowd.hung() + ([] if self._house.stop() else ["the server did not stop in time"])
            return self._report(town, crowd, lanes, hung, time.monotonic() - began)

    # --- what happens -------------------------------------------------------------------------------------------------

    def _crowd(self, town: Town) -> Crowd:
        devices = device_orders(self._folder / "devices", town.people, town.channels)
        rate = self._options.rate * (1 - WRITERS_SHARE)
        host, port = self._proxy.address
        return Crowd(
            self._folder,
            Orders(
                seed=self._options.seed,
                host=host,
                port=port,
                authority=str(self._house.authority),
                pause=len(devices) / rate,
                pages=PAGES,
                devices=devices,
            ),
        )

    def _plan(self, town: Town) -> Plan:
        lines = 2 * len(town.writers)
        pause = lines / (self._options.rate * WRITERS_SHARE)
        flood_pause = lines / FLOOD_RATE
        plan = Plan(self._options.seed, self._proxy.address, town.public, pause, flood_pause, self._ledger)
        for account in town.writers:
            first, second = Writer(plan, account, 1), Writer(plan, account, 2)
            first.twin, second.twin = second, first
            self._writers += [first, second]
        return plan

    def _suffer(self, crowd: Crowd) -> list[LaneRun]:
        """Let the faults happen; all of them are over when this returns."""
        options = self._options
        kinds = [kind for kind in options.faults if kind is not Kind.DISK_FULL or self._disk.can_be_filled]
        lanes = [
            LaneRun(
                schedule(options.seed, options.seconds, kinds, lane),
                lambda fault: self._perform(fault, crowd),
                self._over,
            )
            for lane in Lane
        ]
        for lane in lanes:
            lane.start()
        deadline = time.monotonic() + options.seconds
        while (left := deadline - time.monotonic()) > 0:
            self._say(f"{left:4.0f} s left, {self._ledger.heard:,} deliveries to raw connections")
            self._over.wait(min(left, 10.0))
        self._over.set()
        for lane in lanes:
            lane.join(60.0)
        return lanes

    def _perform(self, fault: Fault, crowd: Crowd) -> None:
        """One fault, from its beginning to its end."""
        house, proxy, writer = self._house, self._proxy, self._writers[fault.choice % len(self._writers)]
        match fault.kind:
            case Kind.CUT_ONE | Kind.CUT_ALL:
                proxy.cut(fault.choice, everybody=fault.kind is Kind.CUT_ALL)
            case Kind.TEAR:
                proxy.tear(fault.choice)
            case Kind.HALF_OPEN:
                proxy.swallow(fault.choice)
            case Kind.DELAY:
                with _undone(lambda: proxy.delay(0.0)):
                    proxy.delay(0.1 + (LONGEST_DELAY - 0.1) * (fault.choice % 1000) / 1000)
                    self._over.wait(fault.seconds)
            case Kind.NAP:
                writer.nap(NAP_SECONDS)
                writer.plan.flood(NAP_SECONDS)
            case Kind.KILL_PEOPLE:
                crowd.kill(fault.choice)
                with _undone(crowd.revive):
                    self._over.wait(fault.seconds)
            case Kind.KILL_OFFLINE:
                with _undone(lambda: proxy.bar(is_barred=False)), _undone(crowd.revive):
                    proxy.bar(is_barred=True)
                    self._over.wait(fault.seconds)
                    crowd.kill(fault.choice)
            case Kind.FREEZE_PEOPLE:
                with _undone(crowd.thaw):
                    crowd.freeze(fault.choice)
                    writer.plan.flood(fault.seconds)
                    self._over.wait(fault.seconds)
            case Kind.FREEZE_SERVER:
                with _undone(house.thaw):
                    house.freeze()
                    self._over.wait(fault.seconds)
            case Kind.KILL_SERVER:
                house.kill()
                with _undone(house.start):
                    self._over.wait(fault.seconds)
            case Kind.STOP_SERVER:
                is_clean = house.stop()
                with _undone(house.start):
                    self._over.wait(fault.seconds)
                if not is_clean:
                    self._ledger.flaw("the server did not stop in time when it was asked to")
            case Kind.DISK_FULL:
                with _undone(house.make_room):
                    house.fill_disk()
                    self._over.wait(fault.seconds)
            case Kind.LOCK:
                house.lock(fault.seconds, self._over)

    def _settle(self, plan: Plan, crowd: Crowd) -> list[str]:
        """Nothing new is said; what is under way arrives. Those that are not done in time."""
        plan.hush.set()
        late = [f"{speaker} did not come back and send everything" for speaker in crowd.hush(PATIENCE)]
        deadline = time.monotonic() + PATIENCE
        while (busy := self._busy()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return late + [f"{name} got no answer" for name in busy]

    def _busy(self) -> list[str]:
        """The writers that still say something; first all are hushed, because one asks its twin for something too."""
        loud = [each.name for each in self._writers if not each.is_hushed]
        return loud or [each.name for each in self._writers if not each.is_quiet]

    # --- what is found ------------------------------------------------------------------------------------------------

    def _report(self, town: Town, crowd: Crowd, lanes: list[LaneRun], hung: list[str], seconds: float) -> Report:
        journals = Journals.read(crowd.devices)
        ledger = self._ledger
        record = read_record(self._house.database, journals.marks(ledger))
        showings = crowd.showings()
        logs = {path.name: path.read_text(errors="replace") for path in (self._house.log, *crowd.logs) if path.exists()}
        promised = [promise.mark for promise in ledger.promises.values()] + sorted(journals.kept)
        changing = journals.changing(ledger)
        keepings = crowd.keepings()
        speakers = {device.speaker for device in crowd.devices}
        findings = {
            "lost": checks.lost(record, promised),
            "doubled": checks.doubled(record),
            "said by nobody": checks.unknown(record, ledger.said | journals.tried, changing),
            "overtaken": checks.overtaken(record, speakers),
            "holes in seq": checks.holes(record),
            "answers that are not true": checks.broken_promises(record, ledger.promises),
            "acknowledged changes lost": checks.lost_changes(record, ledger.changed),
            "files wrong": checks.files_wrong(record, self._options.seed, self._house.files),
            "contradictions on the wire": ledger.flaws,
            "newest not heard": [
                each for one in self._writers for each in checks.unheard(one.name, one.newest, record)
            ],
            "history: order differs": [each for one in showings for each in checks.disorder(one, record)],
            "history: shown twice": [each for one in showings for each in checks.shown_twice(one)],
            "history: differs": [each for one in showings for each in checks.differences(one, record)],
            "history: gap not shown": [each for one in showings for each in checks.gaps(one)],
            "history: newest missing": [each for one in showings for each in checks.incomplete(one, record)],
            "history: wrong on the way": journals.flaws,
            "unread wrong": [each for one in showings for each in checks.unread_wrong(one, record)],
            "kept on disk: differs": [each for one in keepings for each in checks.stale(one, record)],
            "outbox not empty": [each for one in showings for each in checks.unsent(one)],
            "outbox not empty on disk": [each for one in keepings for each in checks.unsent(one)],
            "refused as internal": ["by the server"] * ledger.refusals["internal"] + journals.internal,
            "tracebacks": checks.tracebacks(logs),
            "hung": hung,
            "faults that failed": [lane.error for lane in lanes if lane.error],
        }
        outages = [outage for lane in lanes for outage in lane.outages]
        away, after = longest_return([*ledger.backs, *journals.backs], outages)
        figures = {
            "seconds": f"{seconds:.0f}",
            "messages": f"{len(record.rows):,}",
            "changes": f"{sum(record.last_revs.values()):,}",
            "deliveries": f"{ledger.heard + journals.heard:,}",
            "acknowledged to raw writers": f"{len(ledger.promises):,}",
            "messages with a file": f"{len(record.files):,}",
            "kept in outboxes": f"{len(journals.kept):,}",
            "kept as history": f"{sum(len(one.rows) for one in keepings):,}",
            "refused to raw writers": ", ".join(f"{code} {count}" for code, count in ledger.refusals.items()) or "0",
            "lives of the server": f"{self._house.lives}",
            "connections": f"{self._proxy.connections:,}",
            "came back": f"{len(ledger.backs) + len(journals.backs):,}",
            "longest away, s": f"{away:.1f}",
            "longest until back after a fault, s": f"{after:.1f}",
            "database, MB": f"{self._house.database.stat().st_size / 1e6:.1f}",
        }
        if self._options.keep is not None and self._disk.can_be_filled:
            for file in self._house.database.parent.glob("hearth.db*"):
                shutil.copy(file, self._folder)
        folder = str(self._folder) if self._options.keep else "a temporary folder; use --keep DIR"
        return Report(self._options.seed, folder, figures, added([lane.counts for lane in lanes]), findings)


@contextlib.contextmanager
def _undone(undo: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    finally:
        undo()


@contextlib.contextmanager
def _folder(options: Options) -> Iterator[Path]:
    if options.keep is not None:
        options.keep.mkdir(parents=True)
        yield options.keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="hearth-soak-") as folder:
        yield Path(folder)


def _mebibytes(options: Options) -> int:
    """Room for everything that is said in this time, for what files leave to the database, and some more."""
    return 64 + RESERVE // 2**20 + int(options.seconds * options.rate * 3000 / 2**20)
