"""Tests of the window, on a real screen that nobody sees."""
