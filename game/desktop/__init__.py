"""The window: the only room that imports pygame. It computes no rule and no legality."""
