"""A lens: a theory as a named set of changes to the rulebook's parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from game.rules.parameters import GROUPS, Parameters
from game.rules.rulebook import Rulebook

from .document import read_document
from .kinds import Id, Name, Prose, Sentence, Table, is_number
from .load import RULEBOOK, read_part
from .problems import ContentError, Mistake, Problem
from .reading import checked
from .scenario import Scenario
from .wording import misnamed, unknown

LENSES = Path(__file__).parent / "lenses"
BALANCED = "balanced"


@dataclass(frozen=True, slots=True)
class Lens:
    """One theory's view of the crisis."""

    id: str
    name: str
    theory: str
    claim: str
    parameters: Mapping[str, float]
    """New values of parameters, by "group.name"."""


class LensSheet(Table):
    """A lens's file."""

    id: Id
    name: Name
    theory: Sentence
    claim: Prose
    parameters: dict[str, float] = {}


@cache
def lens_ids() -> tuple[str, ...]:
    """The ids of all lenses, the balanced one first."""
    others = sorted(path.stem for path in LENSES.glob("*.toml") if path.stem != BALANCED)
    return (BALANCED, *others)


def load_lens(name_or_path: str | Path) -> Lens:
    """Reads a lens, by id or from a file.

    Raises:
        ContentError: there is none of that name, or with all that is wrong with it.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        if name_or_path not in lens_ids():
            what, remedy = unknown("lens", str(name_or_path), lens_ids())
            raise ContentError([Problem(LENSES, 0, what, remedy)])
        path = LENSES / f"{name_or_path}.toml"
    document = read_document(path)
    sheet = checked(document, LensSheet)
    mistakes = list(_mistakes(sheet, path.stem))
    if mistakes:
        raise ContentError(document.problem(mistake) for mistake in mistakes)
    return Lens(sheet.id, sheet.name, sheet.theory, sheet.claim, dict(sheet.parameters))


def through(book: Rulebook, changes: Mapping[str, float]) -> Rulebook:
    """The rulebook with some parameters changed, by "group.name".

    Raises:
        KeyError: there is no such parameter.
    """
    groups = book.parameters._asdict()
    for name, value in changes.items():
        group, _, parameter = name.partition(".")
        if parameter not in groups[group]._fields:
            raise KeyError(name)
        groups[group] = groups[group]._replace(**{parameter: value})
    return replace(book, parameters=Parameters(**groups))


def seen_through(scenario: Scenario, lens: Lens) -> Scenario:
    """The scenario with its rules as the lens sees them."""
    if not lens.parameters:
        return scenario
    setting = scenario.setting
    return replace(scenario, setting=setting.under(through(setting.rulebook, lens.parameters)))


def parameter_names() -> tuple[str, ...]:
    """Every parameter as "group.name"."""
    return tuple(f"{group}.{name}" for group, kind in GROUPS.items() for name in kind._fields)


@cache
def parameter_ranges() -> dict[str, tuple[float, float]]:
    """The range that the rulebook gives to each parameter, by "group.name"."""
    sheets = read_part(RULEBOOK / "parameters.toml").root
    return {
        f"{group}.{name}": (row.range[0], row.range[1])
        for group, rows in sheets.items()
        for name, row in rows.items()
    }


def _mistakes(sheet: LensSheet, stem: str) -> list[Mistake]:
    found: list[Mistake] = []
    known = parameter_ranges()
    if sheet.id != stem:
        found.append(Mistake(("id",), *misnamed(sheet.id, stem)))
    for name, value in sheet.parameters.items():
        loc = ("parameters", name)
        if name not in known:
            found.append(Mistake(loc, *unknown("parameter", name, known)))
            continue
        low, high = known[name]
        if not is_number(value) or not low <= value <= high:
            found.append(
                Mistake(
                    loc,
                    f'"{name}" is {value}, out of its range',
                    f"write a number from {low:g} to {high:g}",
                )
            )
    return found
