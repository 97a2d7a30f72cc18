"""What is asked in a window of its own: one function or class for each question."""
