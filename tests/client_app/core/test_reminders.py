"""What the network thread is reminded of."""

from collections.abc import Callable

from client_app.core.network.reminders import NEVER, Reminders


def test_reminders_come_in_the_order_of_their_time(wait_until: Callable[..., None]) -> None:
    reminders = Reminders()
    assert reminders.until_due() == NEVER
    reminders.add(3, 600)
    reminders.add(2, 0.01)
    reminders.add(1, 0)
    wait_until(lambda: reminders.until_due() == 0.0)
    taken: list[int] = []

    def have_both_come() -> bool:
        taken.extend(reminders.take())
        return len(taken) == 2

    wait_until(have_both_come)
    assert taken == [1, 2]
    assert 590 < reminders.until_due() <= 600
