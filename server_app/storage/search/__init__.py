"""Finding messages: an index that another engine can take the place of, and the walk through what it finds."""
