"""Reads the data of the game: rulebook and scenarios, every mistake told by its line."""
