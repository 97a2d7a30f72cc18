"""What a Tk canvas cannot draw smoothly: shapes, signs, marks of presence."""
