"""`main.py check`: every mistake of data files, with file, line and remedy."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from game.content.check import check_file
from game.content.lens import LENSES, lens_ids
from game.content.load import (
    DOCTRINES,
    RECORD,
    RULEBOOK,
    RULEBOOK_FILES,
    SCENARIOS,
    doctrine_ids,
    load_rulebook,
    scenario_ids,
)
from game.content.problems import ContentError, Problem
from game.content.wording import unknown
from game.views.names import counted

from .errors import MISTAKE, UserError


def run(files: Sequence[str]) -> int:
    """Prints every mistake in the files, or in all of the game's own where none is named.

    Returns:
        0 where there is no mistake, else 2.
    """
    paths = [_path(file) for file in files] or own_files()
    problems = dict.fromkeys(problem for path in paths for problem in check_file(path))
    if not files:
        problems |= dict.fromkeys(_between_files())
    for problem in problems:
        print(problem)
    checked = counted(len(paths), "file").capitalize()
    if problems:
        print(f"{checked}, {counted(len(problems), 'mistake')}.")
        return MISTAKE
    print(f"{checked}, no mistakes.")
    return 0


def _path(file: str) -> Path:
    """What somebody names: a file, or by its id a scenario, a doctrine or a lens of the game's own.

    Raises:
        UserError: it is neither.
    """
    path = Path(file)
    if os.path.exists(file) or path.suffix or len(path.parts) > 1:
        return path
    known = {
        **{name: SCENARIOS / f"{name}.toml" for name in scenario_ids()},
        **{name: DOCTRINES / f"{name}.toml" for name in doctrine_ids()},
        **{name: LENSES / f"{name}.toml" for name in lens_ids()},
    }
    if file not in known:
        what, remedy = unknown("file", file, known)
        raise UserError(f"{what}; {remedy}")
    return known[file]


def own_files() -> list[Path]:
    """The record, all scenarios, the rulebook's files, all doctrines and all lenses."""
    return [
        RECORD,
        *sorted(SCENARIOS.glob("*.toml")),
        *(RULEBOOK / name for name in RULEBOOK_FILES),
        *sorted(DOCTRINES.glob("*.toml")),
        *sorted(LENSES.glob("*.toml")),
    ]


def _between_files() -> Iterator[Problem]:
    """What no file of the rulebook shows alone."""
    try:
        load_rulebook()
    except ContentError as error:
        yield from error.problems
