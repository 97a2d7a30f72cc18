"""One request to one reply: look up, check, run each step where it belongs."""

import logging
import threading
from collections.abc import Mapping, Sequence

from shared.errors import BadRequest, Code, RateLimited, Refusal, Unauthorized
from shared.requests import AnyRequest

from .addresses import address_key
from .context import House
from .directory import Directory
from .hub import Hub
from .pools import Pool
from .route import INLINE, WRITER, Route, Where, Who
from .routes import ROUTES
from .storage.writer import Job, Writer
from .tasks import Asker, Chore, Task
from .throttle import Per, Rate, Throttle

log = logging.getLogger("hearth.dispatch")


class Dispatcher:
    """Sends each request through its route. One for the whole server; any I/O thread may call it."""

    def __init__(self, house: House, throttle: Throttle, pools: Mapping[Where, Pool], writer: Writer) -> None:
        self._house = house
        self._throttle = throttle
        self._pools = pools
        self._obstacle = writer.obstacle

    def task(self, asker: Asker, request: AnyRequest) -> Task:
        """A request about to be run; refused already where this person may not ask it, or not so often."""
        route = ROUTES[type(request)]
        task = Task(asker, request, route, self._house)
        try:
            _check_who(route, asker)
            for rate in route.rates:
                self._charge(task, rate)
        except Refusal as refusal:
            task.refuse(refusal)
        return task

    def _charge(self, task: Task, rate: Rate) -> None:
        try:
            self._throttle.charge(rate, _bucket(rate.per, task.asker))
        except RateLimited:
            if not rate.is_quiet:
                raise
            task.leave_out()

    def advance(self, task: Task) -> bool:
        """Run what can be run here, hand the rest to where it belongs. True when the request is answered."""
        while (step := task.next_step) is not None:
            if step.where is WRITER:
                # Before it is queued: of what the writer has, nobody can say that it changed nothing.
                obstacle = self._obstacle()
                if obstacle is None:
                    task.asker.write(task)
                    return False
                task.refuse(obstacle)
            elif step.where is INLINE:
                task.run()
            elif self._pools[step.where].submit(task):
                return False
        return True


def settle(hub: Hub, directory: Directory, jobs: Sequence[Job]) -> Sequence[threading.Event]:
    """After a commit: tell the directory, then the world, and send each request back to who asked it."""
    facts = [fact for job in jobs if isinstance(job, Task | Chore) for fact in job.facts]
    tasks = [job for job in jobs if isinstance(job, Task)]
    # What is stored is stored: whoever asked gets the answer, and the writer goes on, whatever fails here.
    try:
        directory.absorb(facts)
    except Exception:
        log.exception("%d facts could not be noted; newcomers are told of the house as it was", len(facts))
    try:
        return hub.publish(facts, tasks)
    except Exception:
        log.exception("%d facts could not be told", len(facts))
        return hub.publish((), tasks)


def _check_who(route: Route, asker: Asker) -> None:
    if route.who is Who.MEMBER and asker.user_id is None:
        raise Unauthorized("Log in first.", code=Code.LOGIN_REQUIRED)
    if route.who is Who.STRANGER and asker.user_id is not None:
        raise BadRequest("This connection is logged in already. Open another one.")


def _bucket(per: Per, asker: Asker) -> object:
    match per:
        case Per.ACCOUNT:
            return asker.user_id
        case Per.ADDRESS:
            return address_key(asker.address)
