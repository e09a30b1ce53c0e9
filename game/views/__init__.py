"""What happened, as sentences and series; no screen, no HTML."""
