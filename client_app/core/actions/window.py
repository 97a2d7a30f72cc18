"""What one does with the window and the program."""

from .action import Action

# fmt: off
SCROLLING = (
    Action("page-up", "Scroll up", lambda _, surface, __: surface.scroll_page(-1), ("Prior",)),
    Action("page-down", "Scroll down", lambda _, surface, __: surface.scroll_page(1), ("Next",)),
    Action("end", "Go to the newest message", lambda _, surface, __: surface.scroll_to_end(), ("Ctrl+End",)),
)
PROGRAM = (
    Action("next-pane", "Next part of the window", lambda _, surface, __: surface.step_pane(1), ("F6",)),
    Action("previous-pane", "Previous part of the window", lambda _, surface, __: surface.step_pane(-1), ("Shift+F6",)),
    Action("members", "Show or hide members", lambda _, surface, __: surface.toggle_members(), ("Ctrl+.",)),
    Action("settings", "Settings…", lambda _, surface, __: surface.show_settings(), ("Ctrl+,",)),
    Action("zoom-in", "Larger", lambda _, surface, __: surface.zoom(1), ("Ctrl+=", "Ctrl++")),
    Action("zoom-out", "Smaller", lambda _, surface, __: surface.zoom(-1), ("Ctrl+-",)),
    Action("zoom-reset", "Normal size", lambda _, surface, __: surface.zoom(0), ("Ctrl+0",)),
    Action("help", "Help", lambda _, surface, __: surface.show_help(), ("Ctrl+/", "F1"),
           "help", "", "show all keys and commands"),
    Action("log-out", "Log out", lambda client, _, __: client.log_out()),
    Action("quit", "Quit", lambda _, surface, __: surface.quit(), ("Ctrl+Q",),
           "quit", "", "close Hearth", lambda _: True),
)
# fmt: on
