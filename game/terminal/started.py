"""How the program was started, so that the commands that it suggests can be typed as they stand."""

import os


def command(arguments: str = "") -> str:
    """A command line of the game: `uv run main.py ...` where uv started this one."""
    start = "uv run main.py" if os.environ.get("UV") else "python main.py"
    return f"{start} {arguments}".rstrip()
