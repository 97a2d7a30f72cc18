"""Text: cut, broken, ordered and made safe."""

import pytest

from client_app.desktop.text import Breaker, Typesetter, find_links, with_labels
from client_app.desktop.text.bidi import visual_order
from client_app.desktop.text.pieces import Kind, pieces_of
from client_app.desktop.text.places import position_at, spans, x_of
from client_app.desktop.toolkit import Root

from .painted import texts_on

SEQUENCES = [
    "😀", "❤️", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☕", "🏳️‍🌈", "✍🏿", "🧑🏾‍💻",
]  # fmt: skip


@pytest.fixture
def typesetter(root: Root) -> Typesetter:
    setter = Typesetter(root)
    root.on_look(root, setter.look_changed)
    return setter


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for piece in pieces_of(text, 0, ())]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)!", ["https://a.example/b_(c)"]),
        ("(see https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("HTTP://a.example, https://b.example?", ["HTTP://a.example", "https://b.example"]),
        ("javascript://alert file:///etc ftp://x https://", []),
        ('"https://a.example/?q=1&r=2"', ["https://a.example/?q=1&r=2"]),
        ("see hearth://a.example:6000/c/1/42.", ["hearth://a.example:6000/c/1/42"]),
        ("hearth://a.example/invite/CODE hearth://a.example hearth://a.example/c/1", []),
    ],
)
def test_links_are_what_a_person_would_call_so(text: str, urls: list[str]) -> None:
    links = find_links(text)
    assert [link.url for link in links] == urls
    assert all(text[link.start : link.end] == link.url for link in links)


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_an_emoji_is_one_piece_whatever_it_is_made_of(sequence: str) -> None:
    assert kinds(f"a{sequence}b") == [(Kind.WORD, "a"), (Kind.EMOJI, sequence), (Kind.WORD, "b")]


def test_pieces_cover_the_text_without_a_gap() -> None:
    text = "héllo\tשלום 👍🏽\u202eevil 你好 नमस्ते, x\ud800y"
    assert "".join(piece.text for piece in pieces_of(text, 0, ())) == text


def test_a_link_to_a_message_is_drawn_by_its_name_and_stands_for_all_of_its_characters(typesetter: Typesetter) -> None:
    link = "hearth://a.example/c/1/42"
    text = f"see {link}, please"
    links = find_links(text, lambda url: "#plans › message" if url == link else "")
    (line,) = Breaker(typesetter, "body", 900).lines(text, links)
    assert "".join(run.text for run in line.runs) == "see #plans › message, please"
    (label,) = [run for run in line.runs if run.kind is Kind.LABEL]
    assert (text[label.start : label.end], label.link) == (link, link)
    for x, position in ((label.x + 1, label.start), (label.x + label.width - 1, label.end)):
        assert position_at(line, x, typesetter, "body") == position
    assert spans(line, label.start, label.end, typesetter, "body") == [(label.x, label.x + label.width)]


def test_in_a_quote_links_to_messages_are_plain_words() -> None:
    text = "see hearth://a.example/c/1/42 and hearth://b.example/c/1/2, and https://a.example"
    shown = with_labels(text, lambda url: "#plans › message" if "a.example/c" in url else "")
    assert shown == "see #plans › message and hearth://b.example/c/1/2, and https://a.example"


def test_a_name_that_is_wider_than_the_window_is_cut(typesetter: Typesetter) -> None:
    text = "hearth://a.example/c/1/42"
    lines = Breaker(typesetter, "body", 100).lines(text, find_links(text, lambda _: "#" + "long" * 20 + " › message"))
    assert len(lines) == 1
    assert lines[0].runs[0].text.endswith("…")
    assert lines[0].width <= 100


def test_lines_fit_and_lose_nothing(typesetter: Typesetter) -> None:
    text = "The quick brown fox " * 20 + "W" * 300 + "\n\nend"
    lines = Breaker(typesetter, "body", 200).lines(text)
    assert all(line.width <= 200 + typesetter.text_width("body", " ") for line in lines)
    assert "".join(text[line.start : line.end] for line in lines) == text.replace("\n", "")


def test_a_long_name_ends_with_an_ellipsis_within_its_room(typesetter: Typesetter) -> None:
    line = Breaker(typesetter, "body", 100).single("a-very-long-name-of-a-channel")
    assert line.runs[-1].text.endswith("…")
    assert line.width <= 100


def test_right_to_left_lines_stand_at_the_right_and_run_to_the_left(typesetter: Typesetter) -> None:
    (line,) = Breaker(typesetter, "body", 400).lines("שלום עולם")
    assert line.runs[-1].start == 0
    assert line.runs[-1].x + line.runs[-1].width == pytest.approx(400, abs=2)


def test_numbers_and_brackets_in_right_to_left_text_are_turned_the_right_way() -> None:
    order = visual_order(list(pieces_of("אב (גד) 12", 0, ())), True)
    assert [piece.text for piece in order] == ["12", " ", "(", "גד", ")", " ", "אב"]


@pytest.mark.parametrize("text", ["hello wide world", "שלום", "a 👍🏽 b", "x"])
def test_every_gap_is_found_again_where_it_was_drawn(typesetter: Typesetter, text: str) -> None:
    (line,) = Breaker(typesetter, "body", 4000).lines(text)
    for position in (0, 1, len(text)):
        x = x_of(line, position, typesetter, "body")
        assert x_of(line, position_at(line, x, typesetter, "body"), typesetter, "body") == pytest.approx(x, abs=3)


def test_a_selected_line_is_marked_from_end_to_end(typesetter: Typesetter) -> None:
    (line,) = Breaker(typesetter, "body", 4000).lines("one two three")
    assert spans(line, 0, 13, typesetter, "body") == [(0, line.width)]
    assert spans(line, 5, 5, typesetter, "body") == []


def test_no_emoji_reaches_tk_as_text(root: Root, typesetter: Typesetter) -> None:
    import tkinter

    from client_app.desktop.text import Ink

    canvas = tkinter.Canvas(root)
    (line,) = Breaker(typesetter, "body", 4000).lines("go " + " ".join(SEQUENCES))
    images = typesetter.draw(canvas, line, (0, 0), Ink("body", "#ffffff", "t"))
    texts = "".join(texts_on(canvas))
    assert not any(sequence in texts for sequence in SEQUENCES)
    assert len(images) == len(SEQUENCES) or ":" in texts
