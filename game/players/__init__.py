"""Computer players. Each decides from an Observation alone."""
