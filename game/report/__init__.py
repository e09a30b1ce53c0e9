"""The debrief of a game as one self-contained HTML file."""
