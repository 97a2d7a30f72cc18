"""From an address to frames both ways: a thread, a crossing to the one that draws, requests and their answers."""
