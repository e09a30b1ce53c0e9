"""The terminal: the door for screen readers and remote shells."""
