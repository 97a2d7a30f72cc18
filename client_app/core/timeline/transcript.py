"""Messages as text, for other programs and for questions about them."""

from client_app.core.markdown import plain_text, read_spans
from shared.file_names import file_name

from .quote import files_line
from .rows import Entry

MOST_QUOTED = 160
"""Characters of a message in a question about it."""


def names_of_files(entry: Entry) -> str:
    """The files of a message, also of one on its way: “report.pdf, harbour.jpg”; empty where there are none."""
    names = (*(each.name for each in entry.attachments), *(each.name for each in entry.uploads))
    return ", ".join(map(file_name, names))


def line_of(entry: Entry, text: str, *, has_files: bool = True) -> str:
    """A message, or a part of its text, with its time and who said it: “[12:30] alice: look 📎 harbour.jpg”."""
    names = names_of_files(entry) if has_files else ""
    said = " ".join(part for part in (text, f"📎 {names}" if names else "") if part)
    return f"[{entry.time:%H:%M}] {f'* {entry.author}' if entry.is_action else f'{entry.author}:'} {said}"


def quoted(entry: Entry) -> str:
    """A message as a question about it has room for it, on one line: “…”, or how many files it has."""
    words = " ".join(plain_text(read_spans(entry.text) if entry.is_action else entry.text).split())
    if not words:
        return files_line(entry.attachments)
    return f"“{words}”" if len(words) <= MOST_QUOTED else f"“{words[:MOST_QUOTED]}…”"
