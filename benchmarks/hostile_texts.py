"""Texts that were written to make a reader of Markdown slow; none is longer than a message may be."""

from shared.limits import MAX_BODY

_TEXTS = {
    "backticks": "`" * 4000,
    "odd backticks": " ".join("`" * n for n in range(1, 88)),
    "stars": "*" * 4000,
    "open stars": "*a " * 1333,
    "stars in words": "a**b" * 1000,
    "stars and lines": "*a_ " * 1000,
    "strikes": "~~a " * 1000,
    "brackets": "[" * 4000,
    "pictures": "![" * 2000,
    "open links": "[a](" * 1000,
    "nested links": "[](" * 1333,
    "a thousand links": "[a](https://b.c) " * 235,
    "addresses": "https://a.b *" * 300,
    "addresses in brackets": "<https://a.b>" * 300,
    "a thousand quotes": ">" * 1000 + "a",
    "lists in lists": "\n".join("  " * n + "- a" for n in range(60)),
    "quotes of many lines": ("> " * 50 + "\n") * 40,
    "headings": "# a\n" * 1000,
    "rules": "---\n" * 1000,
    "fences": "```\n" * 1000,
    "a wide table": "|a" * 500 + "\n" + "|-" * 500 + "\n" + ("|b" * 500 + "\n") * 2,
    "many tables": "|a|b|\n|-|-|\n" * 100,
    "escapes": "\\*" * 2000,
    "spoilers": "||a|| " * 660,
    "open spoilers": "||`" * 1333,
    "nested styles": "*a **a " * 570,
    "names": "@a *" * 1000,
    "less": "<" * 4000,
}
HOSTILE = {name: text[:MAX_BODY] for name, text in _TEXTS.items()}
"""By what is in them."""
