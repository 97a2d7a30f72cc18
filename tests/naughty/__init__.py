"""Strings that have broken programs, sent through everything that takes a text."""
