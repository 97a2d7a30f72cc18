"""What could not be measured is left out with a sentence, and does not cost the others' figures."""

import contextlib
import subprocess
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from .dialects import Refused
from .figures import Plan
from .rooms import LoadFailed
from .servers import StartFailed
from .transcript import StreamFault

_FAILURES = (
    StartFailed,
    LoadFailed,
    StreamFault,
    Refused,
    OSError,
    subprocess.SubprocessError,  # no certificate could be made
    SQLAlchemyError,  # no database could be filled
)


@contextlib.contextmanager
def left_out(plan: Plan, what: str) -> Iterator[None]:
    """Tell, and note for the report, that this failed and why; whoever measures goes on with the rest."""
    try:
        yield
    except _FAILURES as failure:
        plan.fail(f"{what}: not measured. {type(failure).__name__}: {failure}")
