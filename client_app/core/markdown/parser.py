"""CommonMark’s parser, set up for chats: which rules there are, and which addresses may be links."""

import functools
from collections.abc import Callable, Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, link
from markdown_it.token import Token

from . import rules
from .addresses import may_link
from .budget import Work
from .rules import NAMES, WORK

_NOT_IN_CHATS = ("code", "html_block", "html_inline", "lheading", "reference", "entity", "image")
"""Indented lines, HTML, underlined headings, references and entities stay as they were typed."""


class Parser(MarkdownIt):
    """Gives markdown-it's tokens for a text."""

    def __init__(self, may_link: Callable[[str], bool] = may_link) -> None:
        """`may_link` says of an address whether it may be a link."""
        super().__init__("commonmark")
        self._may_link = may_link
        self.enable(["strikethrough", "table"]).disable([*_NOT_IN_CHATS, "text_join"])
        inline = self.inline
        inline.terminator_re = rules.TERMINATORS
        linking = rules.honest(link)
        inline.ruler.before("text", "step", rules.inline_step)
        self.block.ruler.before("table", "step", rules.block_step, {"alt": ["paragraph", "blockquote", "list"]})
        inline.ruler.at("link", rules.with_place(linking))
        inline.ruler.before("link", "picture", rules.picture(linking))
        inline.ruler.at("autolink", rules.with_place(autolink))
        inline.ruler.before("escape", "shrug", rules.shrug)
        inline.ruler.push("address", rules.address)
        inline.ruler.push("name", rules.name)
        inline.ruler.push("spoiler", rules.spoiler)
        self.block.ruler.before("paragraph", "end", rules.end_of_what_encloses, {"alt": ["blockquote", "paragraph"]})

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it calls it by this name
        """Whether an address may be a link."""
        return self._may_link(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # likewise
        """The address as it was typed: the browser knows best what to make of it."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # likewise
        """The words of an address that stands for itself: as they were typed, too."""
        return link

    def tokens(self, text: str, names: Iterable[str], work: Work, *, blocks: bool) -> list[Token]:
        """The tokens of a text, as blocks or as one paragraph. Raises `Misfit` where that is too much work."""
        env = {NAMES: sorted(set(names), key=len, reverse=True), WORK: work}
        return self.parse(text, env) if blocks else self.parseInline(text, env)


@functools.cache
def parser() -> Parser:
    """The one that reads messages; made when the first formatted one is shown."""
    return Parser()
