"""Formatted messages are drawn as such, and can be clicked, selected and copied like any other."""

import tkinter

import pytest

from client_app.core.markdown.highlighting import Part
from client_app.core.timeline.named import Named
from client_app.desktop.highlights import Highlights
from client_app.desktop.message_list import MessageList
from client_app.desktop.message_list.code_colors import color_of
from client_app.desktop.message_list.ornaments import Bar, Box, Bullet, code_ground
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.text import Run
from client_app.desktop.theme import PALETTES, Palette, contrast
from client_app.desktop.toolkit import Root
from shared.types import UserId

from ..conftest import Say, Until
from ..painted import texts_on
from .gestures import Append, Told, click, drag, row_of

LONG = "x = " + " + ".join(f"part_{number}" for number in range(60))
CODE = f"```text\nfirst = 1\n{LONG}\n```"


def runs_of(painted: Painted) -> dict[str, tuple[Run, int, int]]:
    """What is drawn, by its text, with its left edge and its middle on the canvas."""
    found = {}
    for placed in painted.row.body:
        for run in placed.line.runs:
            x = painted.row.text_x + placed.x + run.x
            found[run.text.strip()] = (run, x, painted.y + placed.y + placed.line.height // 2)
    return found


def point_on(messages: MessageList, key: str, text: str) -> tuple[int, int]:
    _run, x, y = runs_of(row_of(messages, key))[text]
    return x + 2, y


def is_text(canvas: tkinter.Canvas, item: int) -> bool:
    return str(canvas.tk.call(canvas, "type", item)) == "text"


def box_of(messages: MessageList, key: str) -> Box:
    return row_of(messages, key).row.boxes[0]


def test_each_way_of_writing_has_its_look_on_one_line(messages: MessageList, append: Append, say: Say) -> None:
    append(
        say(1, "plain **bold** *slanted* ***both*** ~~gone~~ `code` [words](https://a.b/c) https://d.e/f_g_ \\*so\\*")
    )
    runs = {text: run for text, (run, _x, _y) in runs_of(row_of(messages, "m1")).items()}
    fonts = {text: run.face.font for text, run in runs.items()}
    assert (fonts["plain"], fonts["bold"], fonts["slanted"]) == ("body", "body_bold", "body_italic")
    assert (fonts["both"], fonts["code"]) == ("body_bold_italic", "mono")
    assert runs["gone"].face.is_struck
    assert runs["code"].face.is_code
    assert (runs["words"].link, runs["https://d.e/f_g"].link) == ("https://a.b/c", "https://d.e/f_g")
    assert "*so" in runs
    baselines = {placed.line.baseline for placed in row_of(messages, "m1").row.body}
    assert len(baselines) == 1
    drawn = texts_on(messages.canvas)
    assert "bold" in drawn
    assert not any("**" in text for text in drawn)


def test_links_and_names_are_clicked_wherever_they_stand(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    text = "> *see* [**this** page](https://a.b/c)\n- ask **@carol** now"
    at = text.index("@carol")
    append(say(1, text, named=(Named(at, at + 6, UserId(3)),)))
    click(messages, *point_on(messages, "m1", "this"))
    click(messages, *point_on(messages, "m1", "page"))
    click(messages, *point_on(messages, "m1", "@carol"))
    assert told.of("link") == ["https://a.b/c", "https://a.b/c"]
    assert told.of("author") == [3]
    messages.canvas.event_generate(
        "<Motion>", x=point_on(messages, "m1", "page")[0], y=point_on(messages, "m1", "page")[1]
    )
    assert messages.pointer.hint == "https://a.b/c"


def test_quotes_and_lists_are_moved_in_and_show_their_signs(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "> quoted\n\n- one\n- two\n  1. deep\n\nlast"))
    row = row_of(messages, "m1").row
    indents = [placed.x for placed in row.body]
    assert indents[0] > 0
    assert indents[1] == indents[2] < indents[3]
    assert indents[4] == 0
    assert [each.text for each in row.ornaments if isinstance(each, Bullet)] == ["•", "•", "1."]
    bar = next(each for each in row.ornaments if isinstance(each, Bar))
    assert (bar.y, bar.height) == (row.body[0].y, row.body[0].line.height)
    bottoms = [placed.y + placed.line.height for placed in row.body]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] <= row.height
    assert "quoted" in texts_on(messages.canvas)


def test_a_word_that_is_half_bold_is_not_torn_apart(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "word " * 40 + "**bold**, " * 40))
    for placed in row_of(messages, "m1").row.body[1:]:
        assert not placed.line.runs[0].text.startswith(",")


def test_a_spoiler_is_covered_until_it_is_clicked(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1, "it was ||the **butler** https://a.b/c|| and ||nobody|| else"))
    assert not any("butler" in text or "nobody" in text for text in texts_on(messages.canvas))
    click(messages, *point_on(messages, "m1", "butler"))
    drawn = texts_on(messages.canvas)
    assert "butler" in drawn
    assert not any("nobody" in text for text in drawn)
    assert told.of("link") == []
    click(messages, *point_on(messages, "m1", "https://a.b/c"))
    assert told.of("link") == ["https://a.b/c"]
    messages.apply(())
    assert "butler" in texts_on(messages.canvas)


def test_long_code_scrolls_in_its_own_box(messages: MessageList, append: Append, say: Say, root: Root) -> None:
    append(say(1, CODE))
    box = box_of(messages, "m1")
    assert box.overflow > 100
    assert (box.language, box.code) == ("text", f"first = 1\n{LONG}")
    row, inside = row_of(messages, "m1"), root.px(20)
    x, y = row.row.text_x + box.x + inside, row.y + box.y + inside
    for run, left, _y in runs_of(row).values():
        assert left + run.width <= row.row.text_x + box.x + box.width
    messages.canvas.event_generate("<Shift-Button-5>", x=x, y=y)
    messages.update()
    scrolled = box_of(messages, "m1")
    assert (scrolled.column, scrolled.height) == (6, box.height)
    assert "first = 1" not in texts_on(messages.canvas)
    bottom = row_of(messages, "m1").y + box.y + box.height - 2
    drag(messages, (x, bottom), (x + 5000, bottom))
    assert box_of(messages, "m1").column == box.overflow
    assert any(text.endswith("part_59") for text in texts_on(messages.canvas))
    messages.canvas.event_generate("<Shift-Button-4>", x=x, y=y)
    messages.update()
    assert box_of(messages, "m1").column == box.overflow - 6


def test_a_button_copies_the_code_under_the_pointer(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, CODE))
    x, y = point_on(messages, "m1", "first = 1")
    assert "Copy" not in texts_on(messages.canvas)
    messages.canvas.event_generate("<Motion>", x=x, y=y)
    assert "Copy" in texts_on(messages.canvas)
    (button,) = (item for item in messages.canvas.find_withtag("box-button") if is_text(messages.canvas, item))
    left, top = (int(each) for each in messages.canvas.coords(button))
    messages.canvas.event_generate("<Motion>", x=left, y=top)
    click(messages, left, top)
    assert messages.clipboard_get() == f"first = 1\n{LONG}"
    assert "Copied" in texts_on(messages.canvas)
    messages.canvas.event_generate("<Leave>")
    assert "Copied" not in texts_on(messages.canvas)


def test_code_gets_its_colours_once_they_are_known(
    messages: MessageList, append: Append, say: Say, root: Root, until: Until
) -> None:
    append(say(1, '```python\nprint("hello")\n```\n```\nprint("plain")\n```'), say(2, "```klingon\nprint(1)\n```"))
    height = row_of(messages, "m1").row.height
    until(lambda: root.only(Highlights).is_complete)
    runs = runs_of(row_of(messages, "m1"))
    text = root.look.palette.text
    assert {runs['"hello"'][0].face.color, runs["print"][0].face.color} - {"", text}
    assert runs['print("plain")'][0].face.color == ""
    assert row_of(messages, "m1").row.height == height
    dark = root.look.palette.authors
    root.set_appearance("light")
    messages.update()
    assert runs_of(row_of(messages, "m1"))['"hello"'][0].face.color not in ("", *dark)
    root.set_appearance("dark")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_colour_of_code_is_readable_on_its_ground(palette: Palette) -> None:
    for part in Part:
        assert contrast(color_of(part, palette), code_ground(palette)) >= 4.5, part


def test_tables_are_aligned(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "| name | score |\n|:--|--:|\n| alice | 10 |\n| bob | **7** |"))
    runs = runs_of(row_of(messages, "m1"))
    left = {runs[text][1] for text in ("name", "alice", "bob")}
    right = {runs[text][1] + runs[text][0].width for text in ("score", "10", "7")}
    assert (len(left), len(right)) == (1, 1)
    assert runs["name"][0].face.font == "mono_bold"
    assert box_of(messages, "m1").width < messages.canvas.winfo_width() // 2


def test_copying_gives_the_source(messages: MessageList, append: Append, say: Say) -> None:
    text = "a **bold** word\n> and `code`\n\nend"
    append(say(1, text), say(2, "next"))
    click(messages, *point_on(messages, "m1", "bold"), times=2)
    assert messages.selected_text() == "**bold**"
    click(messages, *point_on(messages, "m1", "a"))
    drag(
        messages,
        point_on(messages, "m1", "bold"),
        (messages.canvas.winfo_width() - 5, point_on(messages, "m1", "code")[1]),
    )
    assert messages.selected_text() == "**bold** word\n> and `code`"
    click(messages, *point_on(messages, "m1", "end"), times=3)
    messages.select_all()
    assert messages.selected_text() == f"[09:01] alice: {text}\n[09:02] alice: next"


def test_what_is_selected_is_marked_above_the_ground_of_code(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, CODE))
    click(messages, *point_on(messages, "m1", "first = 1"), times=3)
    canvas: tkinter.Canvas = messages.canvas
    marked = min(canvas.find_all().index(item) for item in canvas.find_withtag("s" + row_of(messages, "m1").tag))
    grounds = max(canvas.find_all().index(item) for item in canvas.find_withtag("ground"))
    assert marked > grounds


def test_the_ground_of_code_lies_below_all_text(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "a `b` c"), say(2, "says `d`", is_action=True))
    order = messages.canvas.find_all()
    grounds = [order.index(item) for item in messages.canvas.find_withtag("ground")]
    texts = [order.index(item) for item in order if is_text(messages.canvas, item)]
    assert len(grounds) == 2
    assert max(grounds) < min(texts)


def test_me_is_formatted_on_one_line_with_the_name(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "waves **both** hands\n# no heading", is_action=True))
    runs = {text: run for text, (run, _x, _y) in runs_of(row_of(messages, "m1")).items()}
    assert runs["both"].face.font == "body_bold_italic"
    assert "# no heading" in runs


def test_right_to_left_paragraphs_are_aligned_right_in_every_block(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, "> שלום **עולם**\n- שלום `code`"))
    row = row_of(messages, "m1").row
    room = messages.canvas.winfo_width() - row.text_x
    for placed in row.body:
        right = max(run.x + run.width for run in placed.line.runs)
        assert room - (placed.x + right) < 60


def test_a_thousand_signs_are_drawn_as_they_were_typed(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "[" * 1000), say(2, "> " * 500 + "deep"))
    assert "".join(run.text for placed in row_of(messages, "m1").row.body for run in placed.line.runs) == "[" * 1000
