"""Tests of the viewer without a window."""
