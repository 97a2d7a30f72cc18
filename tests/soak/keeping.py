"""What a device keeps on its own disk, read after its process has ended."""

from dataclasses import dataclass

from client_app.core.account.tokens import account_key
from client_app.core.network.address import Address
from client_app.core.store import Store

from .orders import DeviceOrders, Orders, folder_of
from .record import Row, reactions_in_words


@dataclass(frozen=True)
class Keeping:
    """The local copy of one device."""

    speaker: str
    rows: tuple[Row, ...]
    unsent: tuple[str, ...]


def keeping(orders: Orders, device: DeviceOrders) -> Keeping:
    """The local copy of this device."""
    store = Store(folder_of(device) / "client")
    try:
        kept = store.of(account_key(Address(orders.host, orders.port), device.account))
        messages = [message for channel_id in device.channel_ids for message in kept.messages.all(channel_id)]
        unsent = tuple(f"{each.body[:40]} ({each.error or 'waits'})" for each in kept.unsent.all())
    finally:
        store.close()
    rows = tuple(
        Row(
            each.id,
            each.channel_id,
            each.seq,
            each.author_id,
            each.client_id,
            each.body,
            each.rev,
            each.edited_at is not None,
            each.is_deleted,
            reactions_in_words((reaction.emoji, reaction.user_ids) for reaction in each.reactions),
        )
        for each in messages
    )
    return Keeping(device.speaker, rows, unsent)
