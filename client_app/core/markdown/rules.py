"""What chats write otherwise than CommonMark: rules of our own for markdown-it, each in its form."""

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from .addresses import SCHEME, address_at

InlineRule = Callable[[StateInline, bool], bool]
SHRUG = "¯\\_"
"""An arm that people do not want to lose."""
_SPOILER = "||"
WORK = "work"
"""In the environment: what counts the steps."""
NAMES = "names"
"""In the environment: what people are called in this text, each with its `@`, the longest first."""


def inline_step(state: StateInline, _silent: bool) -> bool:
    """Counts what it costs to read a paragraph; before all other rules."""
    state.env[WORK].step()
    return False


def block_step(state: StateBlock, _line: int, _end: int, _silent: bool) -> bool:
    """Counts what it costs to find blocks; before all other rules."""
    state.env[WORK].step(2)
    return False


def with_place(rule: InlineRule) -> InlineRule:
    """A rule for links that notes where the link stands in the text."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            opening = next(token for token in state.tokens[count:] if token.type == "link_open")
            opening.meta = {"start": start, "end": state.pos}
        return True

    return placed


def honest(rule: InlineRule) -> InlineRule:
    """A rule for links that passes over one whose words are another address than the one that it leads to."""

    def checked(state: StateInline, silent: bool) -> bool:
        start, src = state.pos, state.src
        if src[start] != "[":
            return False
        if "://" in src[start : state.posMax]:
            end = state.md.helpers.parseLinkLabel(state, start, True)
            state.pos = start
            label = src[start + 1 : end].strip() if end > 0 else ""
            if "://" in label and not src.startswith((f"({label})", f"(<{label}>)"), end + 1):
                return False
        return rule(state, silent)

    return checked


def picture(link: InlineRule) -> InlineRule:
    """`![words](address)`: a link with these words."""

    def rule(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not state.src.startswith("![", start):
            return False
        state.pos += 1
        if not link(state, silent):
            state.pos = start
            return False
        if not silent:
            opening = next(token for token in state.tokens[count:] if token.type == "link_open")
            opening.meta = {"start": start, "end": state.pos}
            opening.info = "picture"
        return True

    return rule


def address(state: StateInline, silent: bool) -> bool:
    """An address as it is, without any signs around it."""
    pos = state.pos
    if state.linkLevel or not state.src.startswith("://", pos):
        return False
    if silent:
        return False
    scheme = SCHEME.search(state.pending)
    if scheme is None:
        return False
    start = pos - len(scheme.group())
    found = address_at(state.src, start, state.posMax)
    if found is None:
        return False
    state.pending = state.pending[: scheme.start()]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": found.url}
    opening.markup, opening.meta = "address", {"start": start, "end": found.end}
    state.push("link_close", "a", -1)
    state.pos = found.end
    return True


def name(state: StateInline, silent: bool) -> bool:
    """A person who is named: nothing within the name is formatting."""
    pos = state.pos
    if state.src[pos] != "@":
        return False
    for each in state.env.get(NAMES, ()):
        if state.src.startswith(each, pos) and pos + len(each) <= state.posMax:
            if not silent:
                state.push("name", "", 0).content = each
            state.pos += len(each)
            return True
    return False


def shrug(state: StateInline, silent: bool) -> bool:
    r"""`¯\_(ツ)_/¯` keeps both arms."""
    pos = state.pos
    if pos < 1 or not state.src.startswith(SHRUG, pos - 1):
        return False
    if not silent:
        state.append_pending("\\_")
    state.pos += 2
    return True


def spoiler(state: StateInline, silent: bool) -> bool:
    """`||…||`: covered until somebody wants to see it."""
    start, last = state.pos, state.posMax
    if not state.src.startswith(_SPOILER, start):
        return False
    end = _spoiler_end(state, start + 2)
    if end < 0 or not state.src[start + 2 : end].strip():
        # As one piece, or else the second sign would be tried as the first one.
        if not silent:
            state.append_pending(_SPOILER)
        state.pos = start + 2
        return True
    if not silent:
        state.pos, state.posMax = start + 2, end
        state.push("spoiler_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "", -1)
    state.pos, state.posMax = end + 2, last
    return True


def _spoiler_end(state: StateInline, start: int) -> int:
    """Where a spoiler's second sign stands, not within code; -1 where there is none."""
    position = state.src.find(_SPOILER, start, state.posMax)
    if position < 0 or "`" not in state.src[start:position]:
        return position
    kept, state.pos = state.pos, start
    found = -1
    while state.pos < state.posMax - 1:
        if state.src.startswith(_SPOILER, state.pos):
            found = state.pos
            break
        state.md.inline.skipToken(state)
    state.pos = kept
    return found


def end_of_what_encloses(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """A line without the sign of a quote, or left of a list, is no part of it: in chats one answers below a quote."""
    return silent and (state.parentType == "blockquote" or state.sCount[line] < state.blkIndent)


TERMINATORS = re.compile(r"[\n!*:<@\[\]\\_`|~]")
"""Where plain text may end: what the rules begin with."""
