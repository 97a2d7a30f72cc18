"""Names of files that are safe to show and to save, whatever they were called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.file_names import NAMELESS, file_name
from shared.limits import MAX_FILE_NAME


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("notes.txt", "notes.txt"),
        ("Grundriß – neu (2).pdf", "Grundriß – neu (2).pdf"),
        ("写真.jpg", "写真.jpg"),
        ("صورة.png", "صورة.png"),
        ("🙂.gif", "🙂.gif"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\alice\\plan.doc", "plan.doc"),
        ("folder/", "folder"),
        ("..", NAMELESS),
        ("/", NAMELESS),
        ("   ", NAMELESS),
        ("\x00\x1b[31m", "[31m"),
        ("\u202e\u200b", NAMELESS),
        (".bashrc", "bashrc"),
        ("name. . .", "name"),
        ("two\nlines\tand\u2028more.txt", "two lines and more.txt"),
        ('a<b>c:d"e|f?g*h.txt', "a_b_c_d_e_f_g_h.txt"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Lpt1 .tar.gz", "_Lpt1 .tar.gz"),
        ("COM¹", "_COM¹"),
        ("console.txt", "console.txt"),
        ("e\u0301.txt", "é.txt"),
        ("x" * 4000 + ".txt", "x" * (MAX_FILE_NAME - 4) + ".txt"),
        ("é" * 4000, "é" * (MAX_FILE_NAME // 2)),
        ("a." + "x" * 4000, "a." + "x" * (MAX_FILE_NAME - 2)),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_harmless(typed: str, kept: str) -> None:
    assert file_name(typed) == kept


@given(st.text(max_size=400))
def test_whatever_it_was_a_name_is_one_and_cleaning_it_again_changes_nothing(typed: str) -> None:
    kept = file_name(typed.encode("utf-8", "ignore").decode())
    assert file_name(kept) == kept
    assert 0 < len(kept.encode()) <= MAX_FILE_NAME
    assert not set(kept) & set('/\\<>:"|?*')
    assert kept.strip(". ") == kept
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") for each in kept)
