"""The inbox: what mentions me, and what I have not read, in all channels."""

from .dialog import InboxDialog, InboxPage, refresh_inbox

__all__ = ["InboxDialog", "InboxPage", "refresh_inbox"]
