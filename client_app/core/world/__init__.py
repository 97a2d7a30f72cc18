"""What is known of the house and its people: one snapshot, how each fact changes it, and what follows from it."""
