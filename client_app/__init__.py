"""Hearth's clients: a headless core, and the window that draws it."""
