"""Where messages are written: the text, what is being edited, what may be typed next, and why nothing may be."""
