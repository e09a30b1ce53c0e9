"""Hostile inputs of every kind that enters the game, and what must hold for each of them."""
