"""The doors of this package: rulebook, record, scenarios, and the ids of the doctrines."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from game.rules.rulebook import Rulebook
from game.rules.seats import Seat

from . import deeds_schema, numbers_schema, world_schema
from . import rulebook_checks as checks
from .compile import RulebookFiles, opening_of, record_of, rulebook_of, scenario_of
from .document import read_document
from .kinds import Id, SeatName
from .opening import Opening
from .problems import ContentError, Mistake, Problem
from .raw import RawTable
from .reading import checked, read_toml
from .record import Record
from .record_schema import RecordFile, record_mistakes
from .references import Known
from .scenario import Scenario
from .scenario_checks import scenario_mistakes
from .scenario_schema import ScenarioFile
from .visible import visible
from .wording import unknown

RULEBOOK = Path(__file__).parent / "rulebook"
DOCTRINES = Path(__file__).parent / "doctrines"
SCENARIOS = Path(__file__).parents[2] / "scenarios"
RECORD = SCENARIOS / "record" / "events.toml"

BASE = "base.toml"


class Part(NamedTuple):
    """One file of the rulebook: its model, and the checks between its rows."""

    model: type[BaseModel]
    mistakes: Callable[[RawTable], Iterable[Mistake]]


def _none(_data: RawTable) -> Iterable[Mistake]:
    return ()


PARTS: dict[str, Part] = {
    "deeds.toml": Part(deeds_schema.DeedsFile, checks.deed_mistakes),
    "words.toml": Part(deeds_schema.WordsFile, checks.word_mistakes),
    "whispers.toml": Part(deeds_schema.WhispersFile, checks.whisper_mistakes),
    "sites.toml": Part(world_schema.SitesFile, checks.site_mistakes),
    "marks.toml": Part(world_schema.MarksFile, checks.mark_mistakes),
    "agendas.toml": Part(world_schema.AgendasFile, checks.agenda_mistakes),
    "endings.toml": Part(world_schema.EndingsFile, checks.ending_mistakes),
    "reaches.toml": Part(world_schema.ReachesFile, checks.reach_mistakes),
    "fires.toml": Part(deeds_schema.FiresFile, _none),
    "theories.toml": Part(numbers_schema.TheoriesFile, checks.theory_mistakes),
    "parameters.toml": Part(numbers_schema.ParametersFile, checks.parameter_mistakes),
    BASE: Part(world_schema.OpeningTable, _none),
}
RULEBOOK_FILES: tuple[str, ...] = tuple(PARTS)
"""The names of the files in a rulebook's folder."""


class DoctrineHead(BaseModel):
    """What a scenario needs to know of a doctrine."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Id
    seat: SeatName


def load_rulebook(folder: Path = RULEBOOK) -> Rulebook:
    """The rulebook of a folder; the game's own is read once.

    Raises:
        ContentError: with all that is wrong in any of its files.
    """
    return _own_rulebook() if folder == RULEBOOK else _read_rulebook(folder)


def load_base(folder: Path = RULEBOOK) -> Opening:
    """The opening that scenarios differ from; the game's own is read once.

    Raises:
        ContentError: with all that is wrong in it.
    """
    return _own_base() if folder == RULEBOOK else opening_of(read_part(folder / BASE))


def load_record(path: Path = RECORD) -> Record:
    """The record that scenarios refer to; the game's own is read once.

    Raises:
        ContentError: with all that is wrong in it.
    """
    return _own_record() if path == RECORD else _read_record(path)


def doctrine_ids(folder: Path = DOCTRINES) -> dict[str, Seat]:
    """The id of every doctrine and the seat that it plays; empty where there are none. The game's
    own are read once.

    Raises:
        ContentError: a doctrine's file cannot be read, or has no id or seat.
    """
    return dict(_own_doctrines()) if folder == DOCTRINES else _read_doctrines(folder)


def scenario_ids() -> tuple[str, ...]:
    """The ids of the scenarios in the game's own folder, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in SCENARIOS.glob("*.toml")))


def load_scenario(
    name_or_path: str | Path,
    rulebook: Rulebook | None = None,
    *,
    base: Opening | None = None,
    doctrines: Mapping[str, Seat] | None = None,
    record: Record | None = None,
) -> Scenario:
    """Reads a scenario.

    Args:
        name_or_path: the id of one of the game's own, or the path of a file.
        rulebook: the rules that it is played by; the game's own if not given.
        base: the opening that it differs from; the game's own if not given.
        doctrines: ids and seats of the doctrines that its roles may name; the game's own if not
            given. With an empty one, they may name any.
        record: the events and sources that it may refer to; the game's own if not given.

    Returns:
        The scenario with its setting compiled.

    Raises:
        ContentError: there is no such scenario, or with all that is wrong with it. Mistakes in
            the game's own rulebook and record are told the same way.
    """
    path = _scenario_path(name_or_path)
    document = read_document(path)
    rulebook = load_rulebook() if rulebook is None else rulebook
    base = load_base() if base is None else base
    doctrines = doctrine_ids() if doctrines is None else doctrines
    record = load_record() if record is None else record
    sheet = checked(
        document,
        ScenarioFile,
        context=Known.of(document.data, rulebook, record, visible(path.stem)),
        mistakes=scenario_mistakes(document.data, doctrines, record, rulebook),
    )
    return scenario_of(sheet, rulebook, base, record)


@cache
def _own_rulebook() -> Rulebook:
    return _read_rulebook(RULEBOOK)


@cache
def _own_doctrines() -> dict[str, Seat]:
    return _read_doctrines(DOCTRINES)


@cache
def _own_base() -> Opening:
    return opening_of(read_part(RULEBOOK / BASE))


@cache
def _own_record() -> Record:
    return _read_record(RECORD)


def _read_doctrines(folder: Path) -> dict[str, Seat]:
    heads = (read_toml(path, DoctrineHead) for path in sorted(folder.glob("*.toml")))
    return {head.id: head.seat for head in heads}


def _read_record(path: Path) -> Record:
    document = read_document(path)
    sheet = checked(document, RecordFile, mistakes=record_mistakes(document.data))
    return record_of(sheet)


def _read_rulebook(folder: Path) -> Rulebook:
    if not os.path.isdir(folder):
        raise ContentError(
            [Problem(folder, 0, "there is no such folder", "name one that holds a rulebook")]
        )
    sheets: dict[str, Any] = {}
    problems: list[Problem] = []
    for part in fields(RulebookFiles):
        try:
            sheets[part.name] = read_part(folder / f"{part.name}.toml")
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    files = RulebookFiles(**sheets)
    deeds = read_document(folder / "deeds.toml")
    mistakes = checks.host_mistakes(deeds.data, {site.host for site in files.sites.site})
    problems = [deeds.problem(mistake) for mistake in mistakes]
    agendas = read_document(folder / "agendas.toml")
    mistakes = checks.named_by_agendas(
        agendas.data,
        {seat: [row.id for row in files.marks.mark if row.seat is seat] for seat in Seat},
        {seat: {d.id: d.group for d in files.deeds.deed if d.seat is seat} for seat in Seat},
    )
    problems += [agendas.problem(mistake) for mistake in mistakes]
    if problems:
        raise ContentError(problems)
    return rulebook_of(files)


def read_part(path: Path) -> Any:
    """One file of the rulebook as its model.

    Raises:
        ContentError: with all that is wrong with it.
    """
    model, mistakes = PARTS[path.name]
    document = read_document(path)
    return checked(document, model, mistakes=mistakes(document.data))


def _scenario_path(name_or_path: str | Path) -> Path:
    """Where a scenario lies; whatever has a folder or the ending .toml in it is a path."""
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or path.suffix == ".toml" or len(path.parts) != 1:
        return path
    if name_or_path in (known := scenario_ids()):
        return SCENARIOS / f"{name_or_path}.toml"
    what, remedy = unknown("scenario", name_or_path, known)
    listed = f" There are: {', '.join(known)}" if remedy.startswith("did you mean") else ""
    raise ContentError([Problem(SCENARIOS, 0, what, remedy + listed)])
