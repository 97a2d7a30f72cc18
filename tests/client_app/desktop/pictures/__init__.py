"""Tests of decoding pictures, and of what a window keeps of them."""
