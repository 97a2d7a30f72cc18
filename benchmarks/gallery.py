"""The window scrolled through a channel with hundreds of pictures: its frames, and how much memory that takes."""

import msgspec

from . import failures
from .figures import Figure, Plan
from .screen import WindowFailed, run_process, screen
from .walked import Walked

NAME = "gallery"
MESSAGES, PICTURES = 20_000, 500
SUBJECT = "Hearth's window"
WHAT = f"{MESSAGES:,} messages and {PICTURES} pictures scrolled through"
MEMORY = f"{WHAT}, memory of the window"
LEAST_SHOWN = 0.95
"""The share of the pictures that must really have been drawn on the way."""


def frame_setting(share: str) -> str:
    """What the table calls it."""
    return f"frame while scrolling past pictures, {share}"


def measure(plan: Plan) -> list[Figure]:
    """Nothing where there is no Xvfb; otherwise frames and memory."""
    plan.say(f"The window: {WHAT}")
    with failures.left_out(plan, "Scrolling through pictures"), screen(plan) as display:
        if display is None:
            return []
        folder = str(plan.folder_for("pictures"))
        try:
            answer = run_process(display, "gallery_process", folder, str(MESSAGES), str(PICTURES))
        except WindowFailed as failure:
            plan.fail(f"The window did not get through the pictures and is left out: {failure}")
            return []
        walked = msgspec.json.decode(answer, type=Walked)
        if walked.shown < LEAST_SHOWN * PICTURES:
            plan.fail(f"Only {walked.shown} of {PICTURES} pictures were drawn, so nothing is said of them.")
            return []
        frames = sorted(walked.frames)
        return [
            *(
                Figure(NAME, SUBJECT, frame_setting(name), "ms", (frames[int(len(frames) * share)],))
                for name, share in (("p50", 0.5), ("p95", 0.95))
            ),
            Figure(NAME, SUBJECT, MEMORY, "MB", (walked.megabytes,)),
        ]
    return []
