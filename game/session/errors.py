"""What can go wrong with a match and with its file; each error's text is a sentence for people."""

from pathlib import Path

from game.content.visible import visible


class MatchError(RuntimeError):
    """Something was asked of a match that it cannot do now: the game is over, orders are missing,
    or the seat is not a person's.
    """


class FileError(Exception):
    """A match's file cannot be used; the text says where, what, and what to do."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(visible(f"{path}: {what}; {remedy}"))
        self.path, self.what = path, what


class NotAMatchError(FileError):
    """The file is something else, or a match that nobody may trust."""


class OtherVersionError(FileError):
    """The file was written by another version of the game, and this one cannot play it."""


class DamagedError(FileError):
    """Part of the file is not as it was written. `rescue` saves what can be saved elsewhere."""


class HeldError(FileError):
    """Another program is playing the match."""


class WriteError(FileError):
    """The disk did not take it: full, read-only, or failing. Nothing of it was kept."""
