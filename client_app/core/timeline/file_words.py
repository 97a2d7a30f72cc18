"""The files of a message in words, where they cannot be shown."""

from collections.abc import Sequence

from shared.entities import Attachment
from shared.file_names import file_name


def files_words(attachments: Sequence[Attachment]) -> str:
    """“report.pdf”, “2 pictures”, “3 files”; empty where there are none."""
    if not attachments:
        return ""
    if len(attachments) == 1:
        return file_name(attachments[0].name)
    are_pictures = all(each.is_picture for each in attachments)
    return f"{len(attachments)} {'pictures' if are_pictures else 'files'}"
