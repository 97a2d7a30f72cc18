"""All pictures of a window: each wish for one is answered by a preview, then by the picture or by why there is none."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

from client_app.desktop.toolkit import Root, Workers
from client_app.desktop.toolkit.workers import Job

from .arrivals import Arrivals, Awaiting, Failed, Source
from .cutting import Cut, Unreadable, blurred, cut_out
from .measuring import Measures
from .photos import Cutting, Photo, Photos, photo, rounded

MOST_BYTES = 16 * 1024 * 1024
"""Of pictures that Tk holds: some thirty of the size of those in messages. Decoding one again takes some 10 ms."""
BROKEN = "This picture cannot be shown."


@dataclass(frozen=True, slots=True)
class Order:
    """A picture that is to be shown."""

    source: Source
    cut: Cut
    preview: bytes = b""
    """A picture of a few pixels, to be shown until the file is here."""
    stand_in: Hashable = None
    """The key of an order of which the picture is shown until then, where it is at hand."""

    @property
    def key(self) -> Hashable:
        """Of two orders with the same key the same comes."""
        return self.source.key, self.cut


Then = Callable[[Photo | Failed], None]


@dataclass(slots=True, eq=False)
class Showing:
    """One wish for a picture; to be cancelled when nobody wants it any more."""

    order: Order
    then: Then
    awaiting: Awaiting | None = None
    jobs: list[Job] = field(default_factory=list)
    is_over: bool = False
    """Whether the picture is there, or there will be none."""
    is_holding: bool = False
    is_cancelled: bool = False


class Gallery:
    """Decodes on the window's workers and remembers what Tk holds. Everything here belongs to the window's thread."""

    def __init__(self, root: Root, most_bytes: int = MOST_BYTES) -> None:
        self.root = root
        self.photos = Photos(most_bytes)
        self.workers = root.only(Workers)
        self.measures = Measures(self.workers)
        self.arrivals = Arrivals()

    def show(self, order: Order, then: Then) -> Showing:
        """Show this: `then` gets a preview at most once and after it the picture, or why there is none.

        It is called before this returns where the picture is at hand.
        """
        showing = Showing(order, then)
        held = self.photos.hold(order.key)
        if held is not None:
            showing.is_over = showing.is_holding = True
            then(held)
            return showing
        awaiting = self.arrivals.fetch(order.source, lambda outcome: self._fetched(showing, outcome))
        showing.awaiting = None if showing.is_over else awaiting
        stand_in = self.photos.find(order.stand_in) if not showing.is_over else None
        if stand_in is not None:
            then(stand_in)
        elif order.preview and not showing.jobs and not showing.is_over:
            job = self.workers.do(lambda: _blur(order), lambda cutting: self._preview_made(showing, cutting))
            showing.jobs.append(job)
        return showing

    def cancel(self, showing: Showing) -> None:
        """Nobody looks at it any more. May be called twice."""
        if showing.is_cancelled:
            return
        showing.is_cancelled = True
        if showing.is_holding:
            self.photos.release(showing.order.key)
        if showing.awaiting is not None:
            self.arrivals.cancel(showing.awaiting)
        _forget_ways(showing)

    def _fetched(self, showing: Showing, outcome: Path | Failed) -> None:
        if isinstance(outcome, Failed):
            self._end(showing, outcome)
            return
        order = showing.order
        showing.jobs.append(self.workers.do(lambda: _cut(order, outcome), lambda cutting: self._made(showing, cutting)))

    def _preview_made(self, showing: Showing, cutting: Cutting | None) -> None:
        if cutting is not None and not showing.is_over:
            showing.then(photo(cutting, self.root))

    def _made(self, showing: Showing, cutting: Cutting | None) -> None:
        if cutting is None:
            self._end(showing, Failed(BROKEN))
            return
        made = self.photos.hold(showing.order.key, photo(cutting, self.root))
        assert made is not None
        showing.is_holding = True
        self._end(showing, made)

    def _end(self, showing: Showing, outcome: Photo | Failed) -> None:
        showing.is_over = True
        showing.then(outcome)
        _forget_ways(showing)


def _forget_ways(showing: Showing) -> None:
    """Let go of how it comes: each job knows the wish again, a circle that would hold whole pictures for a while."""
    showing.awaiting = None
    for job in showing.jobs:
        job.cancel()
    showing.jobs.clear()


def _cut(order: Order, path: Path) -> Cutting | None:
    """On a thread."""
    try:
        return rounded(cut_out(path, order.cut), order.cut.radius)
    except Unreadable:
        return None


def _blur(order: Order) -> Cutting | None:
    """On a thread."""
    try:
        return rounded(blurred(order.preview, order.cut), order.cut.radius)
    except Unreadable:
        return None
