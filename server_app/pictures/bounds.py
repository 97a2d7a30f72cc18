"""How much a picture may cost, each with its reason."""

from shared.limits import MEBIBYTE

MAX_BYTES = 128 * MEBIBYTE
"""A larger file is looked at by nobody: five times what may be uploaded by default."""
MAX_PIXELS = 50_000_000
"""What the largest cameras of telephones take; known from the header, before anything is decoded."""
MAX_FRAMES = 60
"""Of an emoji that moves: two seconds at the pace of a film. Of all else, only the first frame is looked at."""
MAX_SQUARE_BYTES = 256 * 1024
"""Of one square; an emoji whose frames do not fit stands still."""
MAX_MEMORY = 512 * MEBIBYTE
"""Address space of the process: a decoded picture of the most pixels, twice, and what the program itself takes."""
MAX_PROCESSOR_SECONDS = 15
"""For one order; what comes past the deadline because others wanted the processor has used less."""
MAX_ANSWER = 2 * MAX_SQUARE_BYTES
"""Bytes of an answer: a square takes a third more in JSON than by itself."""
MAX_OPEN_FILES = 32
"""The pipes, the picture, what is written, and what is loaded late."""
THUMBNAIL = (800, 600)
"""Pixels that a thumbnail fits into: twice what a message shows of it, for screens with small pixels."""
THUMBNAIL_WORTH = 100 * 1024
"""Bytes up to which a picture that fits into a thumbnail's size is its own thumbnail."""
PREVIEWS = ((32, 50), (24, 40), (16, 30), (8, 20))
"""Side in pixels and quality of a preview; the first that fits into its limit is taken."""
