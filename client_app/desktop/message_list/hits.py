"""What is under the pointer: a link, an author, a button, a character."""

from dataclasses import dataclass

from client_app.core.timeline.timeline import EntryKind
from client_app.desktop.text import Typesetter
from client_app.desktop.text.line import Line, Run
from client_app.desktop.text.names import is_name, person_of
from client_app.desktop.text.pieces import Kind
from client_app.desktop.text.places import position_at, run_at
from shared.emoji import shortcode
from shared.types import Seq, UserId

from .attachments import OPEN, FileDeed, card_at
from .ornaments import Box
from .painted import Painted
from .painter import Painter
from .pictures import PlacedPicture, picture_at
from .reactions import PlacedReaction, reaction_at
from .row import EDITED, Placed, Row


@dataclass(frozen=True, slots=True)
class Hit:
    """What a click at one point of a row would act upon; everything empty for plain ground."""

    position: int = 0
    """The nearest gap between two characters of the text."""
    link: str = ""
    person: UserId | None = None
    """Who is named there."""
    action: str = ""
    is_author: bool = False
    is_text: bool = False
    quote: Seq = 0
    """The message that is quoted there; 0 where none is."""
    hint: str = ""
    """What the pointer's rest there tells."""
    reaction: PlacedReaction | None = None
    spoiler: int = 0
    """The number of a spoiler that is covered; 0 where none is."""
    box: Box | None = None
    """The box in which that is."""
    deed: FileDeed | None = None
    """What a click on the card of a file asks for."""
    picture: PlacedPicture | None = None

    @property
    def is_button(self) -> bool:
        """Whether a second click is one more of the first kind, and none that selects."""
        return bool(self.reaction or self.picture or self.deed)

    @property
    def is_clickable(self) -> bool:
        """Whether the pointer should be a hand."""
        words = self.link or self.person or self.action or self.is_author or self.quote
        return bool(words or self.reaction or self.spoiler or self.deed or self.picture)


def hit(painted: Painted, x: int, y: int, typesetter: Typesetter, painter: Painter) -> Hit:
    """What is at a point of the canvas, within a painted row."""
    row, inner = painted.row, y - painted.y
    if row.entry.kind is not EntryKind.MESSAGE:
        return Hit(len(row.entry.text) if inner > row.height // 2 else 0)
    placed = _line_at(row, inner)
    line_x = x - row.text_x - placed.x
    position = position_at(placed.line, line_x, typesetter, placed.font or row.font)
    if row.entry.is_hidden:
        return Hit(0, action=_action(row, x, inner, typesetter, painter))
    if (reaction := reaction_at(row.reactions, x, inner)) is not None:
        return Hit(position, hint=reaction.hint, reaction=reaction)
    if (card := card_at(row.cards, x, inner)) is not None:
        word = painter.files.word_at(painted, card, x, inner, painter.look) or (OPEN if card.attachment else "")
        return Hit(position, hint=card.hint, deed=FileDeed(word, card.attachment) if word else None)
    if (picture := picture_at(row.pictures, x, inner)) is not None:
        return _on_picture(painted, picture, position, (x, inner), painter)
    if inner < row.body[0].y and not row.is_action:
        position = 0
    run = _run(placed, line_x, inner)
    link = run.link if run is not None else ""
    person = person_of(link)
    return Hit(
        position,
        "" if is_name(link) else link,
        None if person is None else UserId(person),
        _action(row, x, inner, typesetter, painter),
        _is_author(row, x, inner),
        placed.y <= inner < placed.y + placed.line.height and 0 <= line_x < _right_edge(placed.line),
        row.quote.seq if row.quote is not None and row.quote.holds(x, inner) else 0,
        _hint(row, x, inner, typesetter) or _called(run) or _leads_to(run),
        spoiler=run.face.spoiler if run is not None and run.face.is_covered else 0,
        box=next((box for box in row.boxes if box.holds(x - row.text_x, inner)), None),
    )


def _on_picture(painted: Painted, picture: PlacedPicture, position: int, at: tuple[int, int], painter: Painter) -> Hit:
    """A picture, which is opened; or one on its way to the server, which is called back."""
    if picture.upload is None:
        return Hit(position, hint=picture.hint, picture=picture)
    word = painter.pictures.word_at(painted, picture, *at)
    return Hit(position, hint=picture.hint, deed=FileDeed(word) if word else None)


def _right_edge(line: Line) -> int:
    return max((run.x + run.width for run in line.runs), default=0)


def _line_at(row: Row, y: int) -> Placed:
    return next((placed for placed in row.body if y < placed.y + placed.line.height), row.body[-1])


def _run(placed: Placed, x: int, y: int) -> Run | None:
    """What is drawn there."""
    if not placed.y <= y < placed.y + placed.line.height:
        return None
    run = run_at(placed.line, x)
    return run if run is not None and run.kind is not Kind.HIDDEN else None


def _action(row: Row, x: int, y: int, typesetter: Typesetter, painter: Painter) -> str:
    if _is_on_mark(row, x, y, typesetter) and row.entry.may_delete:
        return EDITED  # Who may delete it may see what it said before.
    if not row.actions or not row.actions_y <= y < row.actions_y + typesetter.line_height("small"):
        return ""
    return next((label for label, left, right in painter.action_edges(row) if left <= x < right), "")


def _hint(row: Row, x: int, y: int, typesetter: Typesetter) -> str:
    """When it was edited."""
    moment = row.entry.edited_at
    if moment is None or not _is_on_mark(row, x, y, typesetter):
        return ""
    return f"Edited on {moment:%A}, {moment.day} {moment:%B %Y} at {moment:%H:%M}"


def _called(run: Run | None) -> str:
    """What an emoji is called."""
    is_seen = run is not None and run.kind is Kind.EMOJI and not run.face.is_covered
    return shortcode(run.text) if run is not None and is_seen else ""


def _leads_to(run: Run | None) -> str:
    """The address behind words that do not say it."""
    if run is None or not run.link or is_name(run.link) or run.kind is Kind.LABEL:
        return ""
    return "" if run.text in run.link else run.link


def _is_on_mark(row: Row, x: int, y: int, typesetter: Typesetter) -> bool:
    """Whether this is where it says that the message was edited."""
    mark = row.edited
    if mark is None:
        return False
    return mark.x <= x < mark.x + mark.width and mark.y <= y < mark.y + typesetter.line_height("small")


def _is_author(row: Row, x: int, y: int) -> bool:
    if row.head is None or not row.head_y <= y:
        return False
    is_name = y < row.head_y + row.head.height and row.text_x <= x < row.text_x + row.head.width
    is_avatar = not row.is_action and x < row.text_x - 8 and y < row.height
    return is_name or is_avatar
