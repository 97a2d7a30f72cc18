"""People who try everything get nothing that is not theirs; `make fuzz` tries for longer."""

from shared.requests import REQUESTS

from .asking import NEVER_ASKED
from .law import LAWFUL
from .machine import run


def test_the_model_knows_every_request_or_there_is_a_reason() -> None:
    assert LAWFUL | set(NEVER_ASKED) == {request.__name__ for request in REQUESTS}
    assert not LAWFUL & set(NEVER_ASKED)


def test_nobody_receives_or_changes_what_their_rights_do_not_cover() -> None:
    run(seed_number=4, examples=20)
