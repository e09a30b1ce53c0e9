"""What the door does when something goes wrong: a sentence and an exit status, never a traceback
for a mistake that the person at the keyboard can put right.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from typing import TextIO

from game.content.problems import ContentError
from game.content.visible import visible
from game.futures.errors import FuturesError
from game.session.errors import FileError, MatchError

MISTAKE = 2
"""The exit status of a command that was asked for something that cannot be."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""
OWN = "game"
"""The package that this is in."""
MISSING = (
    "The package {package} is not installed for this Python. Either let uv set everything up "
    "(pip install uv, then uv run main.py ...), or install what the game needs "
    "(python -m pip install -r requirements.lock)."
)


class UserError(Exception):
    """A mistake in what was asked for; its text says what is wrong and what to do."""

    def __init__(self, sentence: str, command: str = "") -> None:
        """A `command` that goes on from there stands in a line of its own."""
        super().__init__("\n".join(visible(line) for line in (sentence, command) if line))


def guarded(work: Callable[[], int], *, prints: bool = True) -> int:
    """Runs a command and returns its exit status. One that `prints` needs an output that is open; a
    window needs none.

    The errors that are sentences become sentences on stderr and status 2, and so do a package that
    is not installed and an output that cannot be written; Ctrl-C becomes 130; a reader that went
    away (`| head`) is no mistake. Anything else is a fault of the game and is raised.
    """
    if sys.stdout is None and prints:
        return _mistake("There is nowhere to print to: the output is closed. Leave it open.")
    try:
        status = _left(work)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ContentError as error:
        status = _mistake(*error.problems)
    except (UserError, FuturesError, FileError, MatchError) as error:
        status = _mistake(error)
    except ModuleNotFoundError as error:
        if (error.name or OWN).split(".")[0] == OWN:
            raise
        status = _mistake(MISSING.format(package=error.name))
    except BrokenPipeError:
        _forget(sys.stdout)
        status = 0
    except OSError as error:
        reason = error.strerror or "nothing more is known"
        if error.filename is None:
            if sys.stdout is None or not _stdout_fails():
                raise
            _forget(sys.stdout)
            status = _mistake(f"The output cannot be written ({reason}). Send it somewhere else.")
        else:  # what the machine forbids is no fault of the game, wherever it shows
            place = (
                os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
            )
            status = _mistake(
                f"{place}: it cannot be used ({reason}); look at its folder's rights, or name "
                "another"
            )
    except KeyboardInterrupt:
        tell("\nStopped.\n")
        status = INTERRUPTED
    return status


def _left(work: Callable[[], int]) -> int:
    """The status that the work returns, or leaves with, as the reader of a command line does."""
    try:
        return work()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0


def _mistake(*sentences: object) -> int:
    for sentence in sentences:
        told = str(sentence) if isinstance(sentence, UserError) else visible(sentence)
        tell(folded(told) + "\n")
    return MISTAKE


def tell(text: str) -> None:
    """Writes to stderr; where that cannot be written, the exit status alone tells of a mistake."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _forget(sys.stderr)


def folded(text: str) -> str:
    """A text for stderr, no word of it broken by the edge of a window; a pipe gets it as it is, and
    so do lines that are commands.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    width = max(40, shutil.get_terminal_size((80, 24)).columns)
    lines = (
        line
        if " main.py " in line
        else textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join(lines)


def _stdout_fails() -> bool:
    """Whether it is the output that cannot be written; tried with one line more."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _forget(stream: TextIO) -> None:
    """Python must not try to write the rest of the output when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
