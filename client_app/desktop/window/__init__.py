"""The three panes side by side, and the menus and questions that belong to none of them alone."""
