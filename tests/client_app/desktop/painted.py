"""What a canvas shows, as Tk itself has it."""

import tkinter


def texts_on(canvas: tkinter.Canvas) -> list[str]:
    """The texts of all its text items, in the order in which they are stacked."""
    call = canvas.tk.call
    items = canvas.find_all()
    return [str(call(canvas, "itemcget", item, "-text")) for item in items if call(canvas, "type", item) == "text"]
