"""The program on one page: builds every part, hands each its collaborators, starts and stops them."""

import contextlib
import logging
import math
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

from shared.events import ServerStopping
from shared.tls import fingerprint, server_context

from .audiences import Everyone
from .clock import Clock
from .context import Context, House
from .deadline import Deadline
from .descriptors import most_connections
from .directory import Directory
from .dispatch import Dispatcher, settle
from .errands import Errand
from .errors import StartError
from .file_store import FileStore
from .guard import Guard
from .house_pictures import HousePictures
from .housekeeper import Housekeeper
from .hub import Hub
from .net.connection import Connection
from .net.doorkeeper import Doorkeeper
from .net.io_thread import IoThread
from .net.listener import Listener, listening_socket
from .passwords import PasswordHasher
from .pools import Pool, hashing, reading
from .route import Where
from .services.buckets import FAMILIAR_MS, KeptDebts
from .session import Session
from .settings import Settings
from .storage.accounts import all_users
from .storage.blocks import all_blocks
from .storage.channels import other_channels, public_channels
from .storage.choices import availabilities
from .storage.custom_emoji import all_emoji
from .storage.engine import database_url, file_of, reading_engine, writing_engine
from .storage.known_addresses import all_places
from .storage.lock import DatabaseLock
from .storage.pictures import icon
from .storage.policy import policy
from .storage.roles import all_roles
from .storage.statuses import all_statuses
from .storage.upgrade import upgrade_database
from .storage.writer import Job, Writer
from .sweeper import Sweeper
from .tasks import Task
from .throttle import Throttle

log = logging.getLogger("hearth")
R = TypeVar("R")

WORKERS = 8
FILERS = 2
"""One waits for the disk while the other has the processor; with four, those who chat waited twice as long."""
VIEWERS = 2
"""One waits for the process that looks at pictures, one has the next picture ready."""
HASHERS = 2
RETURN_SECONDS = 0.5
"""When a stopping server suggests to come back: a restart takes about a second, and who comes too early tries again."""
REST_SECONDS = 30.0
LOCK_SECONDS = 2.0
"""How long a server that has the same database may take to end: a restart need not wait for the old one's last word."""


class App:
    """A server. There can be many in one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._is_running = False
        self.address = ("", 0)
        """Host and port that it listens on, once started."""
        self.has_people = False
        """Whether anybody had an account when it was started."""

    def start(self) -> None:
        """Listen and serve, and return. Raises `StartError`."""
        settings = self.settings
        tls = _tls(settings) if settings.tls else None
        # Before the database is touched: whoever starts a second server by mistake gets the sentence about the port.
        listening = listening_socket(settings.host, settings.port)
        self.address = listening.getsockname()[:2]
        with contextlib.ExitStack() as opened:
            opened.callback(listening.close)
            self._open_storage(opened)
            self._build_core()
            self._opened = opened.pop_all()
        self._build_net(tls)
        self._listener = Listener(listening, self._doorkeeper, self._io_threads)
        self._writer.start()
        self._workers.start()
        self._hashers.start()
        self._filers.start()
        self._viewers.start()
        for io_thread in self._io_threads:
            io_thread.start()
        self._housekeeper.start()
        self._sweeper.start()
        self._listener.start()
        self._is_running = True

    def stop(self, seconds: float = 5.0) -> None:
        """Tell everybody, finish what was begun, close everything, within so many seconds; harmless when stopped."""
        if not self._is_running:
            return
        self._is_running = False
        deadline = Deadline(seconds)
        self._listener.stop(deadline.left())
        self._housekeeper.stop(deadline.left())
        self._sweeper.stop(deadline.left() / 4)
        for io_thread in self._io_threads:
            io_thread.drain()
        self._hub.publish([(ServerStopping(retry_after=RETURN_SECONDS), Everyone())])
        for io_thread in self._io_threads:
            # All parts still run, so whatever was read can go its way to the end.
            if not io_thread.wait_until_drained(deadline.left() / 2):
                log.warning("some requests could not be answered in time; whoever asked them will ask again")
        self._housekeeper.keep_debts()
        self._housekeeper.keep_whereabouts()
        self._housekeeper.keep_last_seen(is_the_end=True)
        is_written = self._writer.stop(deadline.left() / 2)
        if not is_written:
            log.error("the writer did not finish in time; what it had not acknowledged may be lost")
        for pool in (self._hashers, self._workers, self._filers, self._viewers):
            pool.stop(deadline.left() / 2)
        self._house.pictures.stop()
        for io_thread in self._io_threads:
            io_thread.stop(deadline.left())
        if is_written:
            # Otherwise it still has the database, which then stays locked until the process ends.
            self._opened.close()

    @contextlib.contextmanager
    def at_rest(self) -> Iterator[Self]:
        """With its database and its writer alone: nobody can connect. Raises `StartError`."""
        with contextlib.ExitStack() as opened:
            self._open_storage(opened)
            self._build_core()
            self._writer.start()
            # Before what it needs is closed.
            opened.callback(self._writer.stop, REST_SECONDS)
            yield self

    def run_errand(self, name: str, function: Callable[[Context], R]) -> R:
        """Have this done in the writer's transaction, for the owner of the machine. Raises `Refusal`. Any thread."""
        obstacle = self._writer.obstacle()
        if obstacle is not None:
            raise obstacle
        errand = Errand(name, self._house, function)
        self._writer.submit([errand])
        return errand.wait()

    def hash_password(self, password: str) -> str:
        """As for a login; it takes a while. Any thread."""
        return self._house.hasher.hash(password)

    def _open_storage(self, opened: contextlib.ExitStack) -> None:
        url = database_url(self.settings.database)
        file = file_of(url)
        if file is not None:
            opened.callback(DatabaseLock(file, LOCK_SECONDS).release)
        self._writing = writing_engine(url)
        opened.callback(self._writing.dispose)
        self._reading = reading_engine(url, WORKERS + FILERS + 1)
        opened.callback(self._reading.dispose)
        upgrade_database(self._writing)
        self._files = FileStore(self.settings.files_folder(file))
        self._files.open()

    def _build_core(self) -> None:
        settings, clock = self.settings, Clock()
        with self._reading.connect() as connection:
            public, users, roles = public_channels(connection), all_users(connection), all_roles(connection)
            channels, blocks = (*public, *other_channels(connection)), all_blocks(connection)
            self.has_people = bool(users)
            self._hub = Hub(users, roles, channels, blocks, clock.steady, availabilities=availabilities(connection))
            rules, statuses = policy(connection, settings.registration_in_force), all_statuses(connection)
            shown = HousePictures(icon(connection), all_emoji(connection))
            self._directory = Directory(users, roles, public, rules, statuses, pictures=shown)
        hasher = PasswordHasher(settings.bcrypt_rounds)
        guard, throttle = Guard(settings.limits), Throttle(settings.limits)
        debts = KeptDebts({**throttle.debts, **guard.debts}, clock)
        with self._reading.connect() as connection:
            debts.load(connection)
            guard.know(all_places(connection, clock.steady() - FAMILIAR_MS))
        hub, directory = self._hub, self._directory
        self._house = house = House(
            settings,
            hasher,
            clock,
            hub.online_ids,
            directory,
            guard,
            self._files,
            connected_ids=hub.connected_ids,
            present=hub.present,
            publish=hub.publish,
        )
        self._writer = Writer(self._writing, self._settle)
        self._workers = Pool("worker", WORKERS, math.inf, reading(self._reading))
        self._hashers = Pool("hasher", HASHERS, settings.limits.hashing_queue, hashing, gives_way=True)
        self._filers = Pool("filer", FILERS, math.inf, reading(self._reading))
        pools = {Where.WORKER: self._workers, Where.HASHER: self._hashers, Where.FILES: self._filers}
        self._viewers = Pool("viewer", VIEWERS, math.inf, hashing)
        pools[Where.PICTURES] = self._viewers
        self._dispatcher = Dispatcher(house, throttle, pools, self._writer)
        self._housekeeper = Housekeeper(self._hub, self._writer, house, debts)
        self._sweeper = Sweeper(self._writer, house, self._reading)

    def _build_net(self, tls: ssl.SSLContext | None) -> None:
        limits = self.settings.limits
        self._doorkeeper = Doorkeeper(limits, min(limits.connections, most_connections()), self.settings.proxy_protocol)
        self._io_threads = [
            IoThread(
                number,
                tls=tls,
                limits=limits,
                make_session=self._session,
                submit=self._writer.submit,
                doorkeeper=self._doorkeeper,
            )
            for number in range(self.settings.io_threads)
        ]

    def _session(self, wire: Connection, write: Callable[[Task], None]) -> Session:
        return Session(wire, self._dispatcher, self._hub, write, self.settings.limits.pending_requests)

    def _settle(self, jobs: Sequence[Job]) -> Sequence[threading.Event]:
        self._house.standings.batch_ended()
        told = settle(self._hub, self._directory, jobs)
        for job in jobs:
            if isinstance(job, Errand):
                job.is_settled()
        return told


def certificate_fingerprint(certificate: Path) -> str:
    """The fingerprint by which people know this server. Raises `StartError`."""
    try:
        pem = certificate.read_text("ascii")
        first = pem[: pem.index("-----END CERTIFICATE-----")] + "-----END CERTIFICATE-----\n"
        return fingerprint(ssl.PEM_cert_to_DER_cert(first[first.index("-----BEGIN") :]))
    except (OSError, ValueError):
        raise StartError(f"The certificate {certificate} cannot be read.") from None


def _tls(settings: Settings) -> ssl.SSLContext:
    for file in (settings.certificate, settings.key):
        if not file.exists():
            raise StartError(
                f"There is no {file}. Make a certificate with: python certs/gen_certs.py "
                "(or name yours with --cert and --key, or switch TLS off with --no-tls)."
            )
    try:
        return server_context(settings.certificate, settings.key)
    except (OSError, ssl.SSLError) as error:
        raise StartError(
            f"The certificate {settings.certificate} with the key {settings.key} cannot be used: {error}. "
            "Make new ones with: python certs/gen_certs.py --force"
        ) from None
