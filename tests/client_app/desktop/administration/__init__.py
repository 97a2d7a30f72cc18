"""The Administration section, used by an owner, a moderator and others on a real server."""
