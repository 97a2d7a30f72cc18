"""What the client keeps of its own, one file for each account: unsent texts, drafts, what was said, the last world.

SQLite is used directly here, not through SQLAlchemy: these are a few small tables, and the window should open before a
library of that size is loaded. Reading is quick and done by whoever asks; all writing is one thread's.
"""

from .accounts import Kept, Store
from .messages import Mark, Messages
from .replies import Reply
from .unsent import Reference, Unsent
from .uploads import Upload
from .world import Wish, World

__all__ = ["Kept", "Mark", "Messages", "Reference", "Reply", "Store", "Unsent", "Upload", "Wish", "World"]
