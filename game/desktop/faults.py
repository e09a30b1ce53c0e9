"""What can keep the window from opening: told in a sentence, never as a traceback."""

from pathlib import Path


class DesktopFault(Exception):
    """Its text says what is wrong and what to do."""


class MissingAsset(DesktopFault):
    """A file of assets/ is not there."""

    def __init__(self, path: Path) -> None:
        """`path` is where it should be."""
        super().__init__(
            f"{path} is missing. Get the game's folder assets again, whole; until then play in "
            "the terminal: python main.py play --text"
        )
