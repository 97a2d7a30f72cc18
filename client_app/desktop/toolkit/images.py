"""Images of Tk, cured: they are deleted on Tk's own thread, on whichever thread Python finds that nobody needs them."""

import contextlib
import threading
import tkinter
from collections import deque
from typing import Any

from PIL import ImageTk


def let_images_go_here() -> None:
    """From now on images are deleted on this thread, which must be Tk's, at the latest when the next one goes.

    Images that are part of a circle are found by Python's collector, which runs on any thread. As it was, that thread
    then asked Tk's to delete them, one by one, and waited for each: a second where no main loop ran.
    """
    here = threading.get_ident()
    left: deque[tuple[Any, str]] = deque()

    def let_go(image: tkinter.Image) -> None:
        name, image.name = image.name, None
        if name:
            left.append((image.tk, name))
        while left and threading.get_ident() == here:
            tk, gone = left.popleft()
            with contextlib.suppress(tkinter.TclError, RuntimeError):  # The window may have gone before.
                tk.call("image", "delete", gone)

    tkinter.Image.__del__ = let_go  # type: ignore[method-assign]  # there is no other way in
    if "__del__" in vars(ImageTk.PhotoImage):
        del ImageTk.PhotoImage.__del__  # It asks Tk itself; what it wraps is such an image.
