"""Places that scroll, by wheel, bar and focus."""
