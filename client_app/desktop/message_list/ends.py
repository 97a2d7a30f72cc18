"""What a list tells of its end: that one arrived there, left it, or that something came below the view."""

from .events import MessageEvents


class Ends:
    """Knows what was told last."""

    def __init__(self, events: MessageEvents) -> None:
        self._events = events
        self._new_below = 0
        self._was_at_end = True

    def forget(self) -> None:
        """Another timeline is shown."""
        self._set_new_below(0)
        self._was_at_end = False

    def arrived(self, count: int, *, is_at_end: bool) -> None:
        """So many messages came at the end."""
        if not is_at_end and count:
            self._set_new_below(self._new_below + count)
        elif count:
            self._was_at_end = False  # tell again that the newest is in view

    def follow(self, *, is_at_end: bool, is_empty: bool) -> None:
        """The list was drawn anew."""
        if is_at_end:
            self._set_new_below(0)
        if is_at_end and not self._was_at_end and not is_empty:
            self._events.reached_end()
        elif self._was_at_end and not is_at_end:
            self._events.left_end()
        self._was_at_end = is_at_end

    def _set_new_below(self, count: int) -> None:
        if count != self._new_below:
            self._new_below = count
            self._events.new_below(count)
