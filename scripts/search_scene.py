"""The picture of a search: what was said in all channels, with the words that were looked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from client_app.core.search.found import Progress

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp


def take_search(app: "DesktopApp", wait: Callable[[Callable[[], bool]], None], picture: Callable[[str], None]) -> None:
    """Search, wait for the answer, take the picture, and close the pane again."""
    app.window.show_search(None, "the")
    wait(lambda: app.client.search.results.progress is Progress.DONE)
    app.window.search.field.close()
    picture("search")
    app.window.close_search()
