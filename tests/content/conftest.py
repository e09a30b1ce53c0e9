"""A small rulebook and scenario of the loader's own, in a folder where tests may break them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from game.content.load import load_base, load_record, load_rulebook, load_scenario
from game.content.opening import Opening
from game.content.problems import ContentError, Problem
from game.content.record import Record
from game.content.scenario import Scenario
from game.rules.parameters import GROUPS, TheoryNumbers
from game.rules.rulebook import Rulebook
from game.rules.seats import Seat

DATA = Path(__file__).parent / "data"
DOCTRINES = {
    "restraint": Seat.US,
    "patience": Seat.IRAN,
    "vanguard": Seat.MILITIA,
    "balancer": Seat.IRAQ,
}


def parameters_text() -> str:
    """A file with every parameter that the rules know."""
    return "\n".join(
        f'[{group}.{name}]\nvalue = 1\nunit = "none"\nrange = [0.5, 20]\n'
        'meaning = "a number"\nsource = "judgement"\n'
        for group, kind in GROUPS.items()
        for name in kind._fields
    )


def theories_text() -> str:
    """A file with every number that the theories differ in, and two theories."""
    numbers = "\n".join(
        f'[number.{name}]\nunit = "none"\nrange = [-1, 3]\nmeaning = "a number"\n'
        for name in TheoryNumbers._fields
    )
    values = ", ".join(f"{name} = 1" for name in TheoryNumbers._fields)
    return numbers + "".join(
        f'\n[[theory]]\nid = "{name}"\nname = "{name}"\nsentence = "So it is."\n'
        f'source = "a book"\nvalues = {{ {given} }}\n'
        for name, given in (("balanced", values), ("gloomy", "anger_drives = 2"))
    )


def agendas_text() -> str:
    """A file with two agendas of every seat."""
    return "\n".join(
        f'[[agenda]]\nseat = "{seat.name}"\nid = "{name}"\nname = "{name}"\n'
        f'text = "You want it."\n{more}'
        for seat in Seat
        for name, more in (("usual", ""), ("other", "points = { second = 3 }\n"))
    )


@dataclass(frozen=True)
class Library:
    """What the tests read: a good rulebook and the text of a good scenario."""

    folder: Path
    rulebook: Rulebook
    base: Opening
    record: Record
    scenario_text: str

    def load(self, path: Path) -> Scenario:
        """A scenario read by this library's rules."""
        return load_scenario(
            path, self.rulebook, base=self.base, doctrines=DOCTRINES, record=self.record
        )


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("library") / "rulebook"
    copytree(DATA / "rulebook", folder)
    (folder / "parameters.toml").write_text(parameters_text())
    (folder / "theories.toml").write_text(theories_text())
    (folder / "agendas.toml").write_text(agendas_text())
    return Library(
        folder,
        load_rulebook(folder),
        load_base(folder),
        load_record(DATA / "record" / "events.toml"),
        (DATA / "a-winter.toml").read_text(),
    )


@pytest.fixture
def problems_of() -> Callable[[Callable[[], object]], list[Problem]]:
    """Runs something and gives the problems that it is refused for; empty if it is not."""

    def run(act: Callable[[], object]) -> list[Problem]:
        try:
            act()
        except ContentError as error:
            return list(error.problems)
        return []

    return run


@pytest.fixture
def broken_folder(library: Library, tmp_path: Path) -> Path:
    """A copy of the good rulebook, to be broken."""
    return copytree(library.folder, tmp_path / "rulebook")
