"""All keys and commands, drawn from the table of actions."""

from client_app.core.actions import ACTIONS, Action
from client_app.desktop.keys import readable
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root

WIDTH, HEIGHT = 640, 460
AROUND = 170
"""Height of what a dialog has around its body, so that it is not taller than the smallest window."""
WAYS_WIDTH = 230
"""Of the column with keys and slash words."""
SAID_WIDTH = WIDTH - WAYS_WIDTH - 2 * Space.LARGE - 2 * Space.MEDIUM
"""Of the column before it: what is left by that, by the space around it, and by the bar."""


def help_lines(actions: tuple[Action, ...] = ACTIONS) -> tuple[tuple[str, str], ...]:
    """What can be done, and by which keys or slash word; actions that have neither stand in menus."""
    lines = []
    for action in actions:
        ways = [" or ".join(readable(keys) for keys in action.keys)]
        if action.slash:
            ways.append(f"/{action.slash} {action.argument}".strip())
        way = "     ".join(part for part in ways if part)
        label = action.label.rstrip("…")
        lines.append((f"{label}: {action.help}" if action.help else label, way))
    return tuple((said, way) for said, way in lines if way)


FORMATTING = (
    ("**bold**  *italic*  ~~struck through~~  `code`  ||spoiler||", "around words"),
    ("[words](address)", "a link with words"),
    ("# heading   > quote   - item   1. item", "at the beginning of a line"),
    ("```", "before and after a block of code, on lines of their own"),
)
"""What can be typed, and where."""


def show_help(root: Root) -> Dialog:
    """Show the table."""
    dialog = Dialog(root, "Keys and commands", cancel_label="Close", width=WIDTH)
    area = ScrollArea(dialog.body, root, ground="raised")
    area.configure(width=root.px(WIDTH), height=min(root.px(HEIGHT), root.winfo_height() - root.px(AROUND)))
    area.pack_propagate(False)
    area.pack(fill="both", expand=True)
    area.inner.grid_columnconfigure(0, weight=1)
    for row, (said, way) in enumerate((*help_lines(), *FORMATTING)):
        Label(area.inner, said, wraplength=SAID_WIDTH, justify="left").grid(
            row=row, column=0, sticky="w", pady=Space.HAIR
        )
        ways = Label(area.inner, way, role="row_bold", text_color=pair("text_muted"), justify="left")
        ways.configure(wraplength=WAYS_WIDTH)
        ways.grid(row=row, column=1, sticky="w", padx=Space.LARGE)
    area.watch()
    dialog.open()
    return dialog
