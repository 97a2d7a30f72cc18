"""Renders a tree as the HTML of the CommonMark specification, to be compared with its examples."""

from html import escape

from client_app.core.markdown import (
    Block,
    Break,
    Code,
    CodeBlock,
    Heading,
    Link,
    Listing,
    Named,
    Paragraph,
    Quoted,
    Rule,
    Span,
    Style,
    Styled,
    Table,
    Text,
    Tree,
)  # fmt: skip

TAGS = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.STRIKE: "s", Style.SPOILER: "spoiler"}


def html(tree: Tree) -> str:
    return "".join(_block(tree.source, block) + "\n" for block in tree.blocks)


def _block(source: str, block: Block, *, is_tight: bool = False) -> str:
    match block:
        case Paragraph(spans=spans):
            return _spans(source, spans) if is_tight else f"<p>{_spans(source, spans)}</p>"
        case Heading(level=level, spans=spans):
            return f"<h{level}>{_spans(source, spans)}</h{level}>"
        case Quoted(blocks=blocks):
            return "<blockquote>\n" + "".join(_block(source, each) + "\n" for each in blocks) + "</blockquote>"
        case Listing():
            return _listing(source, block)
        case CodeBlock(language=language, lines=lines):
            of = f' class="language-{language}"' if language else ""
            return f"<pre><code{of}>" + "".join(escape(source[a:b]) + "\n" for a, b in lines) + "</code></pre>"
        case Rule():
            return "<hr />"
        case Table(rows=rows):
            return "|".join(_spans(source, cell) for row in rows for cell in row)


def _listing(source: str, listing: Listing) -> str:
    tag = "ul" if listing.first is None else "ol"
    of = "" if listing.first in (None, 1) else f' start="{listing.first}"'
    items = []
    for item in listing.items:
        inner, was_block = "", True
        for each in item.blocks:
            is_bare = listing.is_tight and isinstance(each, Paragraph)
            inner += ("" if is_bare and was_block and not inner else "\n") + _block(source, each, is_tight=is_bare)
            was_block = not is_bare
        ends = "\n" if (item.blocks and not was_block) or (item.blocks and was_block) else ""
        last_is_bare = bool(item.blocks) and listing.is_tight and isinstance(item.blocks[-1], Paragraph)
        items.append(f"<li>{inner}{'' if last_is_bare else ends}</li>\n")
    return f"<{tag}{of}>\n{''.join(items)}</{tag}>"


def _spans(source: str, spans: tuple[Span, ...]) -> str:
    return "".join(_span(source, span) for span in spans)


def _span(source: str, span: Span) -> str:
    match span:
        case Text(start=start, end=end) | Named(start=start, end=end):
            return escape(source[start:end])
        case Code(inner_start=start, inner_end=end):
            return f"<code>{escape(source[start:end].replace(chr(10), ' '))}</code>"
        case Break():
            return "\n"
        case Styled(style=style, spans=spans):
            return f"<{TAGS[style]}>{_spans(source, spans)}</{TAGS[style]}>"
        case Link(url=url, spans=spans):
            return f'<a href="{escape(url)}">{_spans(source, spans) or escape(url)}</a>'
