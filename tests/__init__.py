"""The tests; folders mirror the packages that they test."""
