"""The server: one process that keeps accounts, channels and messages, and tells everybody what happens."""
