"""What is wrong with a data file: where it stands, what it is, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .visible import visible

Loc = tuple[str | int, ...]
"""A path of keys and list positions into a TOML file, such as ("turn", 3, "date")."""

TOLD_AT_MOST = 100
"""So many problems are told of one file; of more, only that there are more."""


class Mistake(NamedTuple):
    """Something wrong at a key path, before anybody has looked up its line."""

    loc: Loc
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, told so that its author can put it right."""

    path: Path
    line: int
    """Counted from 1; 0 where the file as a whole is meant."""
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{_shown(self.path)}" + (f":{self.line}" if self.line else "")
        return visible(f"{place}: {self.what}; {self.remedy}")


class ContentError(Exception):
    """A data file cannot be used; carries every problem that was found, in order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...]]]:
        """How it comes back from another process."""
        return type(self), (self.problems,)


def _shown(path: Path) -> Path:
    """The path as seen from the working folder, where it lies inside it."""
    try:
        return path.relative_to(Path.cwd())
    except (OSError, ValueError):
        return path
