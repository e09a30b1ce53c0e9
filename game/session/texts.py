"""The data files that a match is played by, as texts: gathered from the program when it begins,
compiled from its own file ever after. So an old match keeps its rules when the program's change.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from game.content.dealt import NOTHING, Dealt, DealtError, DealtSheet, as_toml, with_dealt
from game.content.doctrine import PEOPLE, load_doctrine
from game.content.document import read_document
from game.content.lens import LENSES, Lens, LensSheet, load_lens, parameter_names, seen_through
from game.content.load import (
    DOCTRINES,
    RECORD,
    RULEBOOK,
    RULEBOOK_FILES,
    SCENARIOS,
    doctrine_ids,
    load_base,
    load_record,
    load_rulebook,
    load_scenario,
    read_part,
)
from game.content.problems import ContentError, Problem
from game.content.reading import read_toml
from game.content.record import EMPTY
from game.content.scenario import Scenario

from .adapting import PARAMETERS, adapted
from .errors import MatchError
from .temporary import no_room, temporary_folder

Texts = Mapping[str, str]
"""Texts of data files by their names: rulebook/deeds.toml, doctrines/restraint.toml, …"""
FOLDERS = ("rulebook", "doctrines", "lenses", "record", "scenarios", "dealt")
DEALT = "dealt/dealt.toml"
"""What was chosen for a match that is otherwise drawn."""
TEXT_NAME = re.compile(
    rf"({'|'.join(FOLDERS)})/"
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)([a-z0-9][a-z0-9_-]{0,39})\.toml"
)
"""A data file's name; none that is a device on Windows."""
MOST_TEXTS = 200


def gathered(scenario: str | Path, lens: str | Path, dealt: Dealt = NOTHING) -> dict[str, str]:
    """All that a new match stands on: scenario, lens, rulebook, record, every doctrine, and what
    was chosen for it that is otherwise drawn.

    Raises:
        ContentError: a file is missing or cannot be read.
    """
    load_lens(lens)  # refuses one whose id is not its name
    texts = dict(_own_texts())
    for folder, given, own in (("scenarios", scenario, SCENARIOS), ("lenses", lens, LENSES)):
        path = own / f"{given}.toml" if _is_id(given) else Path(given)
        texts[f"{folder}/{path.name}"] = read_document(path).text
    if dealt != NOTHING:
        texts[DEALT] = as_toml(dealt)
    return texts


def with_doctrine(texts: Texts, player: str) -> tuple[str, dict[str, str]]:
    """What a match calls a computer player, and the text that it lacks to play it.

    A doctrine's file becomes part of the match; every other player has its name already.

    Raises:
        ContentError: the file is no doctrine.
        MatchError: the match knows another doctrine of that name.
    """
    if not player.endswith(".toml"):
        return player, {}
    if player.startswith(PEOPLE):
        name, lacking = with_doctrine(texts, player.removeprefix(PEOPLE))
        return PEOPLE + name, lacking
    doctrine = load_doctrine(Path(player))
    name, text = f"doctrines/{doctrine.id}.toml", read_document(Path(player)).text
    if texts.get(name, text) != text:
        raise MatchError(
            f'the match has another doctrine with the id "{doctrine.id}"; give the file '
            "and its id a new name"
        )
    return doctrine.id, {} if name in texts else {name: text}


def compiled(texts: Texts, *, lensed: bool = True) -> Scenario:
    """The scenario under its rules, with the parameters of today (`adapting`), and its lens.

    Args:
        texts: of a match.
        lensed: False leaves the lens out: the scenario as it is written.

    Raises:
        ContentError: this version of the game cannot play these texts.
    """
    return _compiled(tuple(sorted(texts.items())), lensed)


@contextmanager
def for_casting(texts: Texts, scenario: Scenario) -> Iterator[tuple[Scenario, dict[str, str]]]:
    """What a factory of players is given: the scenario, its doctrines named so that the match's own
    texts are read, and that name for every doctrine. Both hold within the context only.
    """
    own = _own_texts()
    theirs = [
        name
        for name, text in texts.items()
        if name.startswith("doctrines/") and own.get(name) != text
    ]
    if not theirs:
        yield scenario, {}
        return
    with _unpacked(texts) as folder:
        names = {Path(name).stem: str(folder / name) for name in theirs}
        roles = {
            seat: replace(role, doctrine=names.get(role.doctrine, role.doctrine))
            for seat, role in scenario.roles.items()
        }
        yield replace(scenario, roles=roles), names


@cache
def _own_texts() -> dict[str, str]:
    """The program's rulebook, record and doctrines. They are read once, as `load_rulebook` does."""
    rulebook = [RULEBOOK / name for name in RULEBOOK_FILES]
    paths = [*rulebook, RECORD, *sorted(DOCTRINES.glob("*.toml"))]
    return {f"{path.parent.name}/{path.name}": path.read_text("utf-8-sig") for path in paths}


def _is_id(given: str | Path) -> bool:
    return isinstance(given, str) and not given.endswith(".toml") and len(Path(given).parts) == 1


@lru_cache(maxsize=8)
def _compiled(texts: tuple[tuple[str, str], ...], lensed: bool) -> Scenario:
    names = [name for name, _ in texts]
    with _unpacked(adapted(dict(texts))) as folder:
        record = folder / "record" / RECORD.name
        scenario = load_scenario(
            folder / _only(names, "scenarios"),
            load_rulebook(folder / "rulebook"),
            base=load_base(folder / "rulebook"),
            doctrines=doctrine_ids(folder / "doctrines"),
            record=load_record(record) if record.exists() else EMPTY,
        )
        if DEALT in names:
            scenario = _dealt(scenario, folder / DEALT)
        if not lensed:
            return scenario
        return seen_through(scenario, _lens(folder, _only(names, "lenses")))


def _lens(folder: Path, name: str) -> Lens:
    """The lens of a match, held against the match's own parameters. What the rules of today no
    longer know is left out of it, as it is left out of the rulebook.
    """
    sheet = read_toml(folder / name, LensSheet)
    ranges = read_part(folder / PARAMETERS).root
    known = parameter_names()
    values = {name: value for name, value in sheet.parameters.items() if name in known}
    for parameter, value in values.items():
        group, _, own = parameter.partition(".")
        low, high = ranges[group][own].range
        if not low <= value <= high:
            raise _unusable(folder / name, f'"{parameter}" is {value}, out of its range')
    return Lens(sheet.id, sheet.name, sheet.theory, sheet.claim, values)


def _dealt(scenario: Scenario, path: Path) -> Scenario:
    try:
        return with_dealt(scenario, read_toml(path, DealtSheet).dealt())
    except DealtError as error:
        raise _unusable(path, str(error)) from None


def _unusable(path: Path, what: str) -> ContentError:
    return ContentError([Problem(path, 0, what, "mend it")])


def _only(names: list[str], folder: str) -> str:
    """The one text of a folder of which a match has one."""
    found = [name for name in names if name.startswith(f"{folder}/")]
    if len(found) != 1:
        raise _unusable(Path(folder), f"there are {len(found)} of these")
    return found[0]


@contextmanager
def _unpacked(texts: Texts) -> Iterator[Path]:
    """The texts as files in a folder that is gone afterwards: problems are told without it."""
    with temporary_folder() as folder:
        try:
            for kind in FOLDERS:
                (folder / kind).mkdir()
            for path, text in texts.items():
                (folder / path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise no_room(folder, error) from None
        try:
            yield folder
        except ContentError as error:
            raise ContentError(_without(folder, problem) for problem in error.problems) from None


def _without(folder: Path, problem: Problem) -> Problem:
    """The problem with the name that the match has for its text."""
    inside = problem.path.is_relative_to(folder)
    return replace(problem, path=problem.path.relative_to(folder)) if inside else problem
