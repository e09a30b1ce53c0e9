"""What the door does when something goes wrong: a sentence and an exit status, never a traceback
for a mistake that the person at the keyboard can put right.
"""

import os
import sys
from collections.abc import Callable

from game.content.problems import ContentError

MISTAKE = 2
"""The exit status of a command that was asked for something that cannot be."""
INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""


class UserError(Exception):
    """A mistake in what was asked for; its text says what is wrong and what to do."""


def guarded(work: Callable[[], int]) -> int:
    """Runs a command and returns its exit status.

    A `ContentError` or `UserError` becomes sentences on stderr and status 2; Ctrl-C becomes 130; a
    reader that went away (`| head`) is no mistake. Anything else is a fault of the game and is
    raised.
    """
    try:
        status = work()
        sys.stdout.flush()
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        status = MISTAKE
    except UserError as error:
        print(error, file=sys.stderr)
        status = MISTAKE
    except BrokenPipeError:
        _forget_stdout()
        status = 0
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        status = INTERRUPTED
    return status


def _forget_stdout() -> None:
    """Python must not try to write the rest of the output when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
