"""How a text begins that was sent as a file: what can be read of it, and nothing of what is none."""

from pathlib import Path

import pytest

from client_app.core.files.previews import MOST_BYTES, MOST_COLUMNS, MOST_LINES, Preview, may_be_text, read_preview
from shared.entities import Attachment
from shared.types import AttachmentId


@pytest.mark.parametrize(
    ("content", "lines", "is_whole"),
    [
        (b"one\ntwo\n", ("one", "two"), True),
        ("\tgr\u00fc\u00dfe \U0001f600".encode(), ("    gr\u00fc\u00dfe \U0001f600",), True),
        (b"a\n" * (MOST_LINES + 1), ("a",) * MOST_LINES, False),
        (b"b" * 1000, ("b" * MOST_COLUMNS,), True),
        ("\u00fc".encode() * 40_000, ("\u00fc" * MOST_COLUMNS,), False),
        (b"x" + "\u00fc".encode() * 40_000, ("x" + "\u00fc" * (MOST_COLUMNS - 1),), False),
        (b"\xff\xfe no text", (), True),
        (b"PK\x03\x04\0\0", (), True),
        (b"cut off \xc3", (), True),
    ],
)
def test_the_beginning_of_a_file_is_read(
    tmp_path: Path, content: bytes, lines: tuple[str, ...], is_whole: bool
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert read_preview(path) == Preview(lines, is_whole)


@pytest.mark.parametrize(
    ("name", "size", "is_text"),
    [
        ("a.py", 10, True),
        ("A.TXT", MOST_BYTES, True),
        ("a.txt", MOST_BYTES + 1, False),
        ("a.pdf", 10, False),
        ("README", 10, False),
    ],
)
def test_only_small_files_that_are_called_like_texts_are_fetched_for_it(name: str, size: int, is_text: bool) -> None:
    attachment = Attachment(id=AttachmentId(1), name=name, size=size, sha256="0" * 64, media_type="text/plain")
    assert may_be_text(attachment) is is_text
