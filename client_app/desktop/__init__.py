"""The desktop window: draws the core with CustomTkinter and canvases, and decides nothing."""
