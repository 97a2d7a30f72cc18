"""How fast and how light Hearth is, measured: every figure beside one of the same run that it can be compared with."""
