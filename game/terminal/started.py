"""How the program was started, so that the commands that it suggests can be typed as they stand."""

import os
import re
import shlex

from game.content.visible import visible

_PLAIN_ON_WINDOWS = re.compile(r"[\w.:\\/+-]+")


def command(arguments: str = "") -> str:
    """A command line of the game: `uv run main.py ...` where uv started this one."""
    start = "uv run main.py" if os.environ.get("UV") else "python main.py"
    return f"{start} {arguments}".rstrip()


def quote(text: str, *, windows: bool = os.name == "nt") -> str:
    """One argument as the shell of this system wants it typed; Windows knows no single quotes."""
    shown = visible(text)
    if shown.startswith("-"):  # no option is meant
        shown = f"./{shown}"
    if not windows:
        return shlex.quote(shown)
    return shown if _PLAIN_ON_WINDOWS.fullmatch(shown) else f'"{shown}"'
