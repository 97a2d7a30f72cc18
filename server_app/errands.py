"""Something that the owner of the machine has the writer do, and waits for."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection

from shared.entities import Role
from shared.errors import Refusal, Unavailable
from shared.rights import OWNER, Standing
from shared.types import Permission, RoleId, UserId

from .context import Context, House
from .storage.failures import unforeseen
from .storage.savepoint import savepoint
from .tasks import Chore, is_beyond_a_job, log

R = TypeVar("R")

OPERATOR = Standing(UserId(0), Role(id=RoleId(0), name="operator", rank=100, permissions=tuple(Permission)))
"""Whoever has the machine may do everything; of the rank of the owner, so that there is always one, and only one."""
PATIENCE_SECONDS = 20.0
"""How long the disk may take before the owner is told that nobody knows."""
assert OPERATOR.role.id != OWNER


class Errand(Chore, Generic[R]):
    """Runs as any request does: in a savepoint, committed before anybody is told, and told to those it concerns."""

    def __init__(self, name: str, house: House, function: Callable[[Context], R]) -> None:
        super().__init__(name, house, lambda _context: None)
        self._do = function
        self._result: R | None = None
        self._refusal: Refusal | None = None
        self._is_over = threading.Event()

    def perform(self, connection: Connection) -> None:
        """Do it, in a savepoint of its own."""
        context = Context(self._house, user_id=None, session_id=None, database=connection, admitted=OPERATOR)
        try:
            with savepoint(connection):
                self._result = self._do(context)
            self.facts = context.facts
        except Refusal as refusal:
            self._refusal = refusal
        except Exception as error:
            if is_beyond_a_job(error):
                raise
            log.exception("the errand “%s” failed", self._name)
            self._refusal = unforeseen()

    def was_lost(self, refusal: Refusal) -> None:
        """Nothing of it is stored."""
        super().was_lost(refusal)
        self._refusal = refusal

    def is_settled(self) -> None:
        """It is on disk and told, or refused."""
        self._is_over.set()

    def wait(self) -> R:
        """What came of it. Raises the refusal."""
        if not self._is_over.wait(PATIENCE_SECONDS):
            raise Unavailable("The disk does not answer. Look whether it was done before you try again.")
        if self._refusal is not None:
            raise self._refusal
        return self._result  # type: ignore[return-value]  # it was set before the event
