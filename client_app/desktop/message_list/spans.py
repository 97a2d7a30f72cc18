"""The spans of a message as stretches that can be broken into lines: which font, which link, which spoiler."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from client_app.core.markdown import Break, Code, Link, Named, Span, Style, Styled, Text
from client_app.desktop.text.faces import PLAIN, Face
from client_app.desktop.text.links import label
from client_app.desktop.text.passages import Passage, Stretch

SLANTED = {"body": "body_italic", "body_bold": "body_bold_italic"}
HEAVY = {"body": "body_bold", "body_italic": "body_bold_italic", "mono": "mono_bold"}
MONO = {"mono", "mono_bold"}


@dataclass(frozen=True, slots=True)
class Reader:
    """What is the same for all spans of one message."""

    source: str
    names: Mapping[int, str]
    """By where they stand: the links of people who are named."""
    label_of: Callable[[str], str]
    """What is drawn in the place of a link to a message."""
    is_uncovered: Callable[[int], bool]
    """Whether a spoiler is to be seen, by its number."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How to write what comes: a base font and what was opened."""

    font: str
    face: Face = PLAIN
    link: str = ""


class Writer:
    """Turns the spans of one message into passages, and counts its spoilers."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._faces: dict[Face, Face] = {}
        self.spoilers = 0

    @property
    def source(self) -> str:
        """What was typed."""
        return self._reader.source

    def passages(self, spans: tuple[Span, ...], font: str) -> tuple[Passage, ...]:
        """One for each line that was typed, in this font where nothing else is said."""
        if not spans:
            return ()
        found: list[Passage] = []
        stretches: list[Stretch] = []
        start = spans[0].start
        for each in self._stretches(spans, _Way(font)):
            if isinstance(each, Break):
                found.append(Passage(start, each.start, tuple(stretches)))
                stretches, start = [], each.end
            else:
                stretches.append(each)
        return (*found, Passage(start, spans[-1].end, tuple(stretches)))

    def _stretches(self, spans: tuple[Span, ...], way: _Way) -> Iterator[Stretch | Break]:
        for span in spans:
            match span:
                case Break():
                    yield span
                case Text(start=start, end=end):
                    yield self._stretch(start, end, way)
                case Named(start=start, end=end):
                    name = self._reader.names.get(start, "")
                    yield self._stretch(start, end, replace(way, link=name) if name and not way.link else way)
                case Code(inner_start=start, inner_end=end):
                    font = "mono_bold" if way.font == "mono_bold" else "mono"
                    yield self._stretch(start, end, replace(way, font=font, face=replace(way.face, is_code=True)))
                case Link():
                    yield from self._link(span, way)
                case Styled(style=style, spans=inner):
                    yield from self._stretches(inner, self._styled(way, style))

    def _link(self, link: Link, way: _Way) -> Iterator[Stretch | Break]:
        way = replace(way, link=link.url)
        source = self._reader.source
        if link.spans:
            yield from self._stretches(link.spans, way)
            return
        start = link.start if source.startswith(link.url, link.start) else source.find(link.url, link.start, link.end)
        if start < 0:
            start = link.start
        drawn = label(link.url, self._reader.label_of)
        stretch = self._stretch(start, start + len(link.url), way)
        yield replace(stretch, label=drawn) if drawn and stretch.link else stretch

    def _stretch(self, start: int, end: int, way: _Way) -> Stretch:
        face = replace(way.face, font=way.font)
        face = self._faces.setdefault(face, face)
        text = self._reader.source[start:end].replace("\n", " ")
        return Stretch(start, text, face, "" if face.is_covered else way.link)

    def _styled(self, way: _Way, style: Style) -> _Way:
        match style:
            case Style.STRONG:
                return replace(way, font=HEAVY.get(way.font, way.font))
            case Style.EMPHASIS:
                return replace(way, font=SLANTED.get(way.font, way.font))
            case Style.STRIKE:
                return replace(way, face=replace(way.face, is_struck=True))
            case Style.SPOILER:
                self.spoilers += 1
                is_covered = way.face.is_covered or not self._reader.is_uncovered(self.spoilers)
                number = way.face.spoiler if way.face.is_covered else self.spoilers
                return replace(way, face=replace(way.face, spoiler=number, is_covered=is_covered))
