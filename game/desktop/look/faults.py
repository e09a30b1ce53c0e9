"""What can keep the window from opening: told in a sentence, never as a traceback."""

import os
from pathlib import Path


def in_terminal() -> str:
    """The command that plays in the terminal: `uv run main.py ...` where uv started this one."""
    start = "uv run main.py" if os.environ.get("UV") else "python main.py"
    return f"{start} play --text"


class DesktopFault(Exception):
    """Its text says what is wrong and what to do."""


class MissingAsset(DesktopFault):
    """A file of assets/ is not there."""

    def __init__(self, path: Path) -> None:
        """`path` is where it should be."""
        super().__init__(
            f"{path} is missing. Get the game's folder assets again, whole; until then play in "
            f"the terminal: {in_terminal()}"
        )
