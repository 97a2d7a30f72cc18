"""The list of messages: virtual, anchored at a row, selectable; 100,000 messages cost what 100 do."""

from .attachments import FileNews
from .events import MessageEvents
from .row import Introduction
from .widget import MessageList

__all__ = ["FileNews", "Introduction", "MessageEvents", "MessageList"]
