"""What the files of matches are called, and what there is."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from game.rules.seats import Seat

from .errors import FileError, NotAMatchError
from .events import Adjudicated, Controlled, Kind, Seated, effective
from .home import matches_folder
from .reading import read
from .record import BESIDE, Game

SUFFIX = ".match"


@dataclass(frozen=True, slots=True)
class Summary:
    """One match in a list."""

    path: Path
    game: Game
    seats: dict[Seat, tuple[Kind, str]]
    """Who plays each: the kind, and the name."""
    played: int
    """Turns that were adjudicated."""
    ending: str
    """How it ended, such as "mutual_restraint"; "none" while it is on, "early" where the
    facilitator ended it."""
    last: str
    """When something last happened in it, UTC."""

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.ending != "none"


def is_file_of_match(name: str) -> bool:
    """Whether a name is a match's file, and no scenario; some disks write all names in capitals."""
    return name.lower().endswith(SUFFIX)


def new_path(folder: Path, scenario: str, seed: int, *, today: date | None = None) -> Path:
    """A name that no file in the folder has: its day, scenario and seed."""
    day = today or datetime.now(UTC).astimezone().date()
    told = str(seed)
    shown = told if len(told) <= 20 else f"{told[:8]}-{told[-8:]}"
    return free(folder / f"{day.isoformat()}_{scenario}_seed-{shown}{SUFFIX}")


def free(path: Path) -> Path:
    """The path, or one with a number behind its name where there is such a file already."""
    named = (path.with_stem(f"{path.stem}_{number}") for number in count(2))
    names: Iterator[Path] = (name for group in ([path], named) for name in group)
    return next(name for name in names if not is_taken(name))


def summary(path: Path) -> Summary:
    """What a list tells of a match.

    Raises:
        FileError: the file is no match, damaged, or of another version.
    """
    record = read(path)
    events = effective(record.events)
    ending = "none"
    for event in events:
        if isinstance(event, Adjudicated):
            ending = event.ending
        elif isinstance(event, Controlled) and event.what in ("end", "go_on"):
            ending = "early" if event.what == "end" else "none"
    return Summary(
        path=path,
        game=record.game,
        seats={e.seat: (e.kind, e.name) for e in events if isinstance(e, Seated)},
        played=sum(isinstance(event, Adjudicated) for event in events),
        ending=ending,
        last=max([record.game.created, *(event.at for event in record.events[-1:])]),
    )


def matches(folder: Path) -> tuple[list[Summary], list[FileError]]:
    """The matches of a folder, the last one first, and why other files could not be read.

    Raises:
        NotAMatchError: there is no such folder, unless it is the usual one, or it may not be read.
    """
    found, wrong = list[Summary](), list[FileError]()
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if is_file_of_match(entry.name))
    except FileNotFoundError:
        if folder == matches_folder():
            return [], []
        raise NotAMatchError(folder, "there is no such folder", "check its name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        what = f"the folder cannot be read ({reason})"
        raise NotAMatchError(folder, what, "name another") from None
    paths = [folder / name for name in names if not name.startswith(".")]
    for path in paths:
        try:
            found.append(summary(path))
        except FileError as error:
            wrong.append(error)
    return sorted(found, key=lambda s: (s.last, s.path.name), reverse=True), wrong


def last_unfinished(folder: Path) -> Summary | None:
    """The match that was played last and is not over."""
    return next((match for match in matches(folder)[0] if not match.over), None)


def is_taken(path: Path) -> bool:
    """Whether a name is a match's, was one's whose log is still there, or becomes one's."""
    names = [path.name, f".{path.name}.part", *(path.name + ending for ending in BESIDE)]
    return any(os.path.lexists(path.with_name(name)) for name in names)
