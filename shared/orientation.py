"""Which way up a picture is to be shown, by Exif's number for how its camera was held."""

ORIENTATION = 0x0112
"""Where Exif has that number, 1 to 8; 1 is upright."""
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What turns it upright, as Pillow calls it; nothing has to be done for any other number."""
SIDEWAYS = frozenset({5, 6, 7, 8})
"""The numbers with which width and height change places."""
