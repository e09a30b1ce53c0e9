"""The door: a Python that is too old is told so; any other reads the command line."""

import sys


# Syntax that Python 2 reads, too: an old one must come as far as the sentence that says so.
def main(arguments=None):
    # type: (list[str] | tuple[str, ...] | None) -> int
    """Runs one command; returns the exit status: 0, 2 for a mistake in what was asked for, 130
    after Ctrl-C.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 (who runs an older one should read why it fails)
        if sys.stderr:
            sys.stderr.write("The game needs Python 3.11 or newer.\n")
        return 2
    try:
        from game.door.command_line import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while all of that was loaded
        return 130


if __name__ == "__main__":
    sys.exit(main())
