"""Somebody who keeps the house: the hands on the section and its dialogs."""

from collections.abc import Callable
from typing import TypeVar

from client_app.core.client import Client
from client_app.desktop.administration import open_administration
from client_app.desktop.administration.listing import ListPage
from client_app.desktop.administration.page import Page
from client_app.desktop.administration.section import Administration
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Dialog
from shared.types import UserId
from tests.client_app.desktop.window.person import Person

P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=Dialog)


class Keeper:
    """A person's window with the section open, or about to be."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.until = person.until

    @property
    def client(self) -> Client:
        """What the window holds."""
        return self.person.app.client

    @property
    def section(self) -> Administration:
        """The section; it has been opened at least once."""
        children = self.person.app.root.winfo_children()
        return next(child for child in children if isinstance(child, Administration))

    def id_of(self, name: str) -> UserId:
        """Somebody's id, by name."""
        row = self.client.roster.named(name)
        assert row is not None
        return row.user_id

    def open(self, page_id: str, kind: type[P]) -> P:
        """Open a page, and wait until it shows what the server says."""
        assert open_administration(self.person.app.root, self.client, page_id)
        page = self.section.page
        assert isinstance(page, kind)
        if isinstance(page, ListPage):
            self.until(lambda: page.is_loaded)
        return page

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        found = self.person.dialog()
        assert isinstance(found, kind)
        return found

    def until_said(self, page: Page, sentence: str) -> None:
        """Until the page says what came of an act."""
        self.until(lambda: page.outcome == sentence)

    def choose(self, page: ListPage, title: str) -> None:
        """Click on the row of this title, once it is there."""
        self.until(lambda: any(row.title == title for row in page.rows()))
        page.choose(next(row.key for row in page.rows() if row.title == title))

    def until_rows(self, page: ListPage, condition: Callable[[tuple[EntryRow, ...]], object]) -> None:
        """Until the list shows what is wanted."""
        self.until(lambda: condition(page.rows()))


def facts_of(page: ListPage) -> dict[str, str]:
    """What the panel says, by its small headings."""
    card = page.panel.card
    assert card is not None
    return {fact.label: fact.text for fact in card.facts}
