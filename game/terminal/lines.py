"""Lines on a terminal: how wide they are, and how one is read."""

import shutil
import sys
from typing import TextIO

from game.content.visible import visible

WIDEST = 100
"""Lines are not wider than this, however wide the window: longer ones are hard to read."""
NARROWEST = 40
LONGEST = 100_000
"""Letters of a line that somebody may type."""
SHORT = 45
"""Windows with fewer lines than this are given a turn's page in two halves."""


def width_of(stream: TextIO) -> int:
    """How wide lines are to be."""
    columns = shutil.get_terminal_size((80, 24)).columns if stream.isatty() else 80
    return max(NARROWEST, min(WIDEST, columns))


def read_line(prompt: str, stream: TextIO) -> str:
    """A typed line, without the blanks around it; what comes from a pipe is echoed, so that a
    record of the game shows it.

    Raises:
        EOFError: the input has ended.
    """
    stream.write(prompt)
    stream.flush()
    line = sys.stdin.readline(LONGEST) if sys.stdin else ""
    if not line or len(line) == LONGEST:  # a device that never ends a line
        stream.write("\n")
        raise EOFError
    line = line.strip()
    if not sys.stdin.isatty():
        stream.write(visible(line) + "\n")
    return line


def clear_sequence(stream: TextIO) -> str:
    """Empty lines that push everything up and out of a window; a pipe has no window."""
    return "\n" * (shutil.get_terminal_size((80, 24)).lines if stream.isatty() else 1)
