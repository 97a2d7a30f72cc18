"""People as discs: letters or pictures, one image for each in a whole window."""
