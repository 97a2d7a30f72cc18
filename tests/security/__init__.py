"""Attacks: what nobody may ever get, whoever they are and whatever they ask."""
