"""Is there a game in it? What decisions are worth, measured over many sampled situations."""
