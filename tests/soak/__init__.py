"""The soak: many clients, a real server, faults at random moments, and a count of what went wrong, which must be 0."""
