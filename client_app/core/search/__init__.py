"""Searching: what is looked for, what was found, and what one may want to type next."""
