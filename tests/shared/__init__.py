"""Tests of the language that both ends speak."""
