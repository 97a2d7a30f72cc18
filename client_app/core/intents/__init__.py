"""What a person may ask of the house, by subject; every method returns at once."""
