"""Every script: words are shaped and measured, lines break between letters, and no letter is ever cut."""

import tkinter

import pytest
from PIL import Image, ImageTk

from client_app.desktop.text import Breaker, Ink, Typesetter
from client_app.desktop.text.clusters import clusters, edge_after, edge_before, edges
from client_app.desktop.text.line import Line
from client_app.desktop.text.pieces import Kind, pieces_of
from client_app.desktop.text.places import position_at, spans
from client_app.desktop.text.script_fonts import Hand, ScriptFonts
from client_app.desktop.text.shaping import Shaper, drawn_word
from client_app.desktop.toolkit import Root

from .painted import texts_on

FACES = ("plain", "bold", "slanted", "bold slanted")
THAI = "สวัสดีชาวโลกนี่คือข้อความภาษาไทยที่ยาวมากซึ่งไม่มีช่องว่างระหว่างคำเพื่อทดสอบการตัดบรรทัด"
UNSPACED = {
    "Thai": THAI,
    "Khmer": "សួស្តីពិភពលោកភាសាខ្មែរមិនមានដកឃ្លារវាងពាក្យទេ",
    "Lao": "ສະບາຍດີຊາວໂລກພາສາລາວບໍ່ມີຍະຫວ່າງລະຫວ່າງຄຳ",
    "Myanmar": "မင်္ဂလာပါကမ္ဘာလောကမြန်မာဘာသာစကားကိုရေးသည်",
    "Tibetan": "བཀྲ་ཤིས་བདེ་ལེགས་བོད་སྐད་ཡིག་འབྲི་བཞིན་ཡོད",
}
SENTENCES = {
    **UNSPACED,
    "Arabic": "السلام عليكم ورحمة الله وبركاته",
    "Hebrew": "שלום עולם וברכה",
    "Devanagari": "नमस्ते दुनिया क्षत्रिय और ज्ञान",
    "Bengali": "আমি বাংলায় গান গাই স্ত্রী",
    "Tamil": "வணக்கம் உலகம் தமிழ்",
    "Telugu": "నమస్కారం ప్రపంచం",
    "Sinhala": "ආයුබෝවන් ශ්‍රී ලංකාව",
    "Chinese": "你好世界今天天气很好我们去公园",
    "Japanese": "これは日本語のメッセージです",
    "Korean": "안녕하세요 세계 여러분",
    "Georgian": "გამარჯობა მსოფლიო",
    "Armenian": "Բարեւ աշխարհ",
    "Ethiopic": "ሰላም ለዓለም አማርኛ",
    "Cyrillic": "Привет мир",
    "Marks": "Vie\u0323\u0302t Nam e\u0301te\u0301 a\u0308\u0304",
}


@pytest.fixture
def typesetter(root: Root) -> Typesetter:
    setter = Typesetter(root)
    root.on_look(root, setter.look_changed)
    return setter


def cut_places(lines: tuple[Line, ...]) -> list[int]:
    return [place for line in lines for run in line.runs for place in (run.start, run.end)]


@pytest.mark.parametrize("script", SENTENCES)
def test_lines_fit_lose_nothing_and_cut_no_letter(typesetter: Typesetter, script: str) -> None:
    text = SENTENCES[script] * 2
    whole = set(edges(text))
    for width in (60, 150):
        lines = Breaker(typesetter, "body", width).lines(text)
        assert "".join(text[line.start : line.end] for line in lines) == text
        assert all(line.width <= width + typesetter.text_width("body", " ") for line in lines)
        assert whole.issuperset(cut_places(lines))
    line = Breaker(typesetter, "body", 90).single(text)
    assert line.width <= 90
    assert whole.issuperset(run.start for run in line.runs)


@pytest.mark.parametrize("script", UNSPACED)
def test_what_has_no_spaces_goes_on_where_the_line_has_room_left(typesetter: Typesetter, script: str) -> None:
    if Shaper(typesetter._root).width(UNSPACED[script], Hand(15)) is None:
        pytest.skip("This system has no font for it.")
    first, *rest = Breaker(typesetter, "body", 200).lines(f"Hello {UNSPACED[script]}")
    assert rest
    assert len(first.runs) > 1
    assert all(not UNSPACED["Thai"][: line.start - 6].endswith(tuple("เแโใไ")) for line in rest)


def test_a_selection_and_a_click_take_whole_letters(typesetter: Typesetter) -> None:
    text = "नमस्ते क्षत्रिय"
    (line,) = Breaker(typesetter, "body", 4000).lines(text)
    whole = list(edges(text))
    assert {position_at(line, x, typesetter, "body") for x in range(line.width)} <= set(whole)
    widths = [spans(line, 0, edge, typesetter, "body")[-1][1] for edge in whole[1:]]
    assert widths == sorted(widths)
    assert widths[-1] == line.width


def test_what_is_piled_up_on_letters_stays_within_its_line(root: Root, typesetter: Typesetter) -> None:
    marks = "".join(chr(mark) for mark in range(0x300, 0x340))
    (line,) = Breaker(typesetter, "body", 4000).lines(f"Z{marks}a{marks} text")
    assert line.height == typesetter.line_height("body")
    canvas = tkinter.Canvas(root)
    images = typesetter.draw(canvas, line, (0, 0), Ink("body", "#ffffff", "t"))
    assert all(isinstance(image, ImageTk.PhotoImage) and image.height() <= line.height for image in images)
    assert not any("\u0301" in text for text in texts_on(canvas)) or not images


def test_a_word_with_marks_is_one_piece() -> None:
    pieces = [(piece.kind, piece.text) for piece in pieces_of("ete\u0301s d'e\u0301te\u0301, x", 0, ())]
    assert [text for kind, text in pieces if kind is Kind.SHAPED] == ["ete\u0301s", "d'e\u0301te\u0301,"]
    assert pieces[-1] == (Kind.WORD, "x")


def test_letters_are_what_a_reader_takes_for_one() -> None:
    assert clusters("ते👨‍👩‍👧e\u0301x") == ["ते", "👨‍👩‍👧", "e\u0301", "x"]
    assert [edge_before("तेx", 1), edge_after("तेx", 1), edge_before("abc", 1)] == [0, 2, 1]
    assert list(edges("")) == [0]


def test_controls_change_nothing_of_what_stands_around_them(typesetter: Typesetter) -> None:
    (plain,) = Breaker(typesetter, "body", 4000).lines("pay bob 12:00 now")
    for control in "\u202e\u202d\u2066\u2067\u200b\u200e\u200f\u061c\x00\x07\x1b\x7f\ufeff\u2028\ud800":
        (line,) = Breaker(typesetter, "body", 4000).lines(f"pay {control}bob 12:00 now")
        assert "".join(run.text for run in line.runs) == "".join(run.text for run in plain.runs)
        assert line.width == plain.width


def test_bold_names_are_bold_in_every_script(root: Root) -> None:
    shaper = Shaper(root)
    plain, bold = (shaper.width("नमस्ते दुनिया", Hand(40, is_bold)) for is_bold in (False, True))
    if plain is None or bold is None:
        pytest.skip("This system has no font for it.")
    assert bold >= plain


def test_words_are_bold_and_slanted_also_where_their_script_has_no_such_face() -> None:
    found, word = ScriptFonts().of("नमस्ते", Hand(40))
    if found is None:
        pytest.skip("This system has no font for it.")
    hands = {face: found._replace(needs_weight="bold" in face, needs_slant="slanted" in face) for face in FACES}
    ink = {face: drawn_word(word, hand, "#ffffff", 45, 60).getchannel("A") for face, hand in hands.items()}
    dark = {face: sum(picture.histogram()[128:]) for face, picture in ink.items()}
    assert dark["bold"] > 1.2 * dark["plain"]
    assert dark["bold slanted"] > 1.2 * dark["slanted"]
    assert ink["slanted"].width > ink["plain"].width
    above = {face: first_column(picture.crop((0, 0, picture.width, 20))) for face, picture in ink.items()}
    assert above["slanted"] > above["plain"] + 3


def first_column(picture: Image.Image) -> int:
    box = picture.getbbox()
    assert box is not None
    return box[0]
