"""What all devices wrote down as they went, read together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .journal import Back, Changing, Flaw, Heard, Kept, Tried, Trouble, read
from .ledger import Ledger, Place
from .orders import JOURNAL, DeviceOrders, folder_of
from .texts import mark_of

INTERNAL = "Something went wrong on the server"
"""How the server tells a person of a refusal with the code `internal`."""


@dataclass
class Journals:
    """The journals of all devices."""

    tried: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    changes: list[Changing] = field(default_factory=list)
    backs: list[tuple[float, float]] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    heard: int = 0

    @classmethod
    def read(cls, devices: Sequence[DeviceOrders]) -> "Journals":
        """The journals that these devices left."""
        journals = cls()
        for device in devices:
            for line in read(folder_of(device) / JOURNAL):
                match line:
                    case Tried(mark=mark):
                        journals.tried.add(mark)
                    case Kept(mark=mark):
                        journals.kept.add(mark)
                    case Changing():
                        journals.changes.append(line)
                    case Heard(count=count):
                        journals.heard += count
                    case Back(lost_at=lost, back_at=back):
                        journals.backs.append((lost, back))
                    case Flaw(text=text):
                        journals.flaws.append(f"{device.speaker}: {text}")
                    case Trouble(text=text) if INTERNAL in text:
                        journals.internal.append(f"{device.speaker}: {text}")
                    case Trouble():
                        pass
        return journals

    def changing(self, ledger: Ledger) -> dict[Place, set[str | None]]:
        """What anybody wanted to become of messages; None for deleted."""
        wanted = {place: set(bodies) for place, bodies in ledger.changing.items()}
        for change in self.changes:
            wanted.setdefault((change.channel_id, change.seq), set()).add(change.body)
        return wanted

    def marks(self, ledger: Ledger) -> dict[Place, str]:
        """Which text a message was, for those that may have been deleted."""
        marks = {(change.channel_id, change.seq): change.mark for change in self.changes}
        marks.update({(each.channel_id, each.seq): each.mark for each in ledger.promises.values()})
        return {place: mark for place, mark in marks.items() if mark_of(mark + " ")}
