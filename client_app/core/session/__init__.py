"""What is held while one account is logged in, how that begins, and what is told of it."""
