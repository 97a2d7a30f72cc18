"""Administration: everything that those see and do who keep the house, in a section of its own over the window."""

from client_app.core.client import Client
from client_app.desktop.toolkit import Root

from .section import Administration

__all__ = ["close_administration", "is_administration_open", "open_administration"]


def open_administration(root: Root, client: Client, page: str = "") -> bool:
    """Open the section, with a page of it where one is named; False where there is nothing that I may see."""
    section = _section_of(root) or Administration(root, client)
    return section.open(page)


def is_administration_open(root: Root) -> bool:
    """Whether the section stands in the place of the three panes."""
    section = _section_of(root)
    return section is not None and section.is_open


def close_administration(root: Root) -> None:
    """Give the window back to the three panes, where the section stands in their place."""
    if (section := _section_of(root)) is not None:
        section.close()


def _section_of(root: Root) -> Administration | None:
    return next((child for child in root.winfo_children() if isinstance(child, Administration)), None)
