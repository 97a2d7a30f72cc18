"""One request on its way through the steps of its route, and the one place where the unexpected is caught."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from shared.errors import Refusal
from shared.requests import AnyRequest, Nothing
from shared.types import SessionId, UserId

from .admission import admit
from .audiences import Fact
from .carriers import Carrier
from .context import Context, House
from .route import BatchStep, Route, Step
from .services.messages import Said
from .storage.failures import failure_of, unforeseen
from .storage.savepoint import TransactionLost, savepoint
from .storage.writer import Job

log = logging.getLogger("hearth.dispatch")


class Asker(Protocol):
    """The connection that asks, as far as a request needs to know it. Its methods are for its own I/O thread."""

    @property
    def user_id(self) -> UserId | None:
        """Who is logged in."""

    @property
    def session_id(self) -> SessionId | None:
        """Which of their sessions this is."""

    @property
    def carrier(self) -> Carrier:
        """Its I/O thread."""

    @property
    def label(self) -> str:
        """What the log calls it."""

    @property
    def address(self) -> str:
        """Where it comes from."""

    def sign_in(self, user_id: UserId, session_id: SessionId) -> None:
        """Hear what this person may hear."""

    def rest(self, is_idle: bool) -> None:
        """Nobody touches it, or somebody does again."""

    @property
    def write(self) -> Callable[["Task"], None]:
        """Has a request written, with whatever else this turn of the loop brings."""

    def resume(self, task: "Task") -> None:
        """Go on with a request of which a step was done elsewhere."""


class Task:
    """A request, the step it is at, and what came of it so far. At each moment one thread has it."""

    __slots__ = ("_index", "_session_id", "asked_by", "asker", "facts", "house", "refusal", "request", "route", "value")

    def __init__(self, asker: Asker, request: AnyRequest, route: Route, house: House) -> None:
        self.asker = asker
        self.request = request
        self.route = route
        self.house = house
        self.value: Any = None
        self.refusal: Refusal | None = None
        self.facts: list[Fact] = []
        self._index = 0
        self.asked_by = asker.user_id
        self._session_id = asker.session_id

    @property
    def carrier(self) -> Carrier:
        """The I/O thread that it returns to."""
        return self.asker.carrier

    @property
    def next_step(self) -> Step | BatchStep | None:
        """What remains to be done; None when it is answered."""
        if self.refusal is not None or self._index == len(self.route.steps):
            return None
        return self.route.steps[self._index]

    @property
    def company(self) -> object:
        """Neighbours with the same company are written together."""
        step = self.route.steps[self._index]
        return step.function if isinstance(step, BatchStep) else None

    @property
    def strand(self) -> object:
        """Of what has the same one, a pool does one at a time, in order; None for what stands alone."""
        return getattr(self.request, "upload_id", None)

    def come_home(self) -> None:
        """Go on where it was asked; on that connection's I/O thread."""
        self.asker.resume(self)

    def run(self, database: Connection | None = None) -> None:
        """Do the next step, here and now."""
        context = self._context(database)
        self._guarded(lambda: self._do(context))

    def perform(self, connection: Connection) -> None:
        """Do the next step on the writer, in a savepoint of its own."""
        context = self._context(connection)

        def attempt() -> None:
            with savepoint(connection):
                self._do(context)
            # Also where the step's value is a refusal: it was not raised, so what it wrote stands.
            self.facts = context.facts

        self._guarded(attempt)

    def perform_together(self, connection: Connection, jobs: Sequence[Job]) -> None:
        """Do the next step of all of these at once; if that fails, one by one."""
        tasks = [job for job in jobs if isinstance(job, Task)]
        step = self.route.steps[self._index]
        assert isinstance(step, BatchStep), "only batch steps have company"
        context = self._context(connection)
        try:
            with savepoint(connection):
                answers = step.function(context, [task._said() for task in tasks])
        except Exception as error:
            if is_beyond_a_job(error):
                raise
            log.exception("%d requests could not be written together", len(tasks))
            for task in tasks:
                task.perform(connection)
            return
        self.facts = context.facts
        for task, answer in zip(tasks, answers, strict=True):
            task._take(answer)

    def was_lost(self, refusal: Refusal) -> None:
        """Nothing of it is stored."""
        self.facts = []
        self.refuse(refusal)

    def leave_out(self) -> None:
        """Answer it as if it were done."""
        self._index, self.value = len(self.route.steps), Nothing()

    def refuse(self, refusal: Refusal) -> None:
        """Answer it with this, whatever it came to before."""
        # How it came about leads back to this task: the two would wait for the garbage collector, and thousands a
        # second of them make it stop everything for long.
        self.refusal = refusal.with_traceback(None)

    def _do(self, context: Context) -> None:
        step = self.route.steps[self._index]
        if isinstance(step, BatchStep):
            (answer,) = step.function(context, [self._said()])
            self._take(answer)
            return
        if context.database is not None and context.user_id is not None:
            admit(context, self.request, self.route.needs, must_outrank=self.route.must_outrank)
        self._take(step.function(context, self.request, self.value))

    def _take(self, value: Any) -> None:
        self._index += 1
        if isinstance(value, Refusal):
            self.refusal = value
        else:
            self.value = value

    def _said(self) -> Said:
        assert self.asked_by is not None, "the route does not say that one must be logged in"
        assert self._session_id is not None, "whoever is logged in has a session"
        return Said(self.asked_by, self.request, self._session_id)  # type: ignore[arg-type]  # the route table pairs the two

    def _context(self, database: Connection | None) -> Context:
        asker = self.asker
        return Context(
            self.house, self.asked_by, self._session_id, database, asker.sign_in, asker.address, rest=asker.rest
        )

    def _guarded(self, attempt: Callable[[], None]) -> None:
        """What goes wrong becomes a refusal; what nobody foresaw goes to the log, and its author hears little.

        Failures of the database come through: who gave the database knows what they mean.
        """
        try:
            attempt()
        except Refusal as refusal:
            self.refuse(refusal)
        except Exception as error:
            if is_beyond_a_job(error):
                raise
            log.exception("%s: %s failed", self.asker.label, type(self.request).__name__)
            self.refusal = unforeseen()


class Chore:
    """Something that the house itself writes, without being asked."""

    company = None

    def __init__(
        self,
        name: str,
        house: House,
        function: Callable[[Context], None],
        when_lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._name = name
        self._house = house
        self._function = function
        self._when_lost = when_lost
        self.facts: list[Fact] = []

    def perform(self, connection: Connection) -> None:
        """Do it, in a savepoint of its own."""
        context = Context(self._house, user_id=None, session_id=None, database=connection)
        try:
            with savepoint(connection):
                self._function(context)
            self.facts = context.facts
        except Exception as error:
            if is_beyond_a_job(error):
                raise
            log.exception("the chore “%s” failed", self._name)

    def perform_together(self, connection: Connection, jobs: Sequence[Job]) -> None:
        """Never asked for: a chore keeps no company."""
        for job in jobs:
            job.perform(connection)

    def was_lost(self, _refusal: Refusal) -> None:
        """It will be done the next time."""
        self.facts = []
        self._when_lost()


def is_beyond_a_job(error: Exception) -> bool:
    """Whether this hits everybody in the transaction alike."""
    return isinstance(error, TransactionLost) or failure_of(error) is not None
