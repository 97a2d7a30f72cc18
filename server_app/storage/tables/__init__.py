"""The tables, as the newest migration leaves them. Times are milliseconds since 1970 UTC."""

from .channels import channels, memberships
from .files import attachments, custom_emoji, files, uploads
from .limits import buckets, known_addresses
from .messages import mentions, messages, saved_messages, versions
from .metadata import metadata
from .moderation import audit, bans, invite_uses, invites, policy, reports
from .people import blocks, notes, roles, sessions, users
from .search import search_changes, search_shards

__all__ = [
    "attachments",
    "audit",
    "bans",
    "blocks",
    "buckets",
    "channels",
    "custom_emoji",
    "files",
    "invite_uses",
    "invites",
    "known_addresses",
    "memberships",
    "mentions",
    "messages",
    "metadata",
    "notes",
    "policy",
    "reports",
    "roles",
    "saved_messages",
    "search_changes",
    "search_shards",
    "sessions",
    "uploads",
    "users",
    "versions",
]
