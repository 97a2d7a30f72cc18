"""What was shown of pictures on their way to the server, which is shown until those of the server are here."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from client_app.desktop.pictures import Cut, Order

_MOST = 100
"""Pictures; only the latest are still looked at."""


class StandIns:
    """By the key of a row, which is the same before and after it was sent, and the number of the picture in it."""

    def __init__(self) -> None:
        self._orders: OrderedDict[tuple[str, int], Order] = OrderedDict()

    def remember(self, row: str, number: int, order: Order) -> None:
        """This is shown while it is on its way."""
        self._orders[row, number] = order
        if len(self._orders) > _MOST:
            self._orders.popitem(last=False)

    def of(self, row: str, number: int, cut: Cut) -> Hashable:
        """The key of the order that was shown in the same box; None where there was none."""
        order = self._orders.get((row, number))
        return order.key if order is not None and order.cut == replace(cut, is_dim=True) else None

    def forget(self, row: str, number: int) -> bool:
        """The picture itself is here; whether another one stood there until now."""
        return self._orders.pop((row, number), None) is not None
