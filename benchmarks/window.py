"""The desktop window under Xvfb: time to first paint, and frame times with 1,000 and 100,000 messages."""

from .figures import Figure, Plan

NAME = "window"


def measure(plan: Plan) -> list[Figure]:
    """Not measured yet: there is no window to measure."""
    plan.say("The window is not there yet; nothing was measured of it.")
    return []
