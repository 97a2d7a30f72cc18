"""Tests of the message list, with a mouse and a keyboard."""
