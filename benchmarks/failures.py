"""What could not be measured is left out with a sentence, and does not cost the others' figures."""

import contextlib
from collections.abc import Iterator

from .dialects import Refused
from .figures import Plan
from .rooms import LoadFailed
from .servers import StartFailed
from .transcript import StreamFault


@contextlib.contextmanager
def left_out(plan: Plan, what: str) -> Iterator[None]:
    """Tell, and note for the report, that this failed and why; whoever measures goes on with the rest."""
    try:
        yield
    except (StartFailed, LoadFailed, StreamFault, Refused, OSError) as failure:
        plan.leave_out(f"{what}: not measured. {type(failure).__name__}: {failure}")
