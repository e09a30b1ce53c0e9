"""The rulebook as pages to read: what the terminal and the window show alike."""
