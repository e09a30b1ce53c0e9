"""Who can play a seat: every computer player, with what is said of it."""

from functools import cache
from typing import NamedTuple

from game.content.doctrine import PEOPLE, load_doctrine
from game.content.lens import Lens, lens_ids, load_lens
from game.content.load import doctrine_ids
from game.content.scenario import Scenario
from game.players.library import HISTORY, UNIFORM
from game.rules.seats import Seat

from ...texts import t


@cache
def lenses() -> tuple[Lens, ...]:
    """All lenses, the balanced one first; read once."""
    return tuple(load_lens(name) for name in lens_ids())


class Candidate(NamedTuple):
    """One computer player."""

    id: str
    name: str
    text: str


def candidates(scenario: Scenario, seat: Seat) -> list[Candidate]:
    """The computer players for a seat: its usual one first, then the other doctrines, then the
    planner, history and chance.
    """
    return list(_candidates(scenario.roles[seat].doctrine, seat))


@cache
def _candidates(usual: str, seat: Seat) -> tuple[Candidate, ...]:
    """Read from the doctrines' files once."""
    doctrines = [name for name, of in doctrine_ids().items() if of is seat]
    doctrines.sort(key=lambda name: name != usual)
    found = []
    for name in doctrines:
        doctrine = load_doctrine(name)
        shown = t("scenario.default", name=doctrine.name) if name == usual else doctrine.name
        found.append(Candidate(name, shown, doctrine.behaviour))
    for name, key in (
        (PEOPLE + usual, "people"),
        ("planner", "planner"),
        ("planner-novice", "planner_novice"),
        ("planner-master", "planner_master"),
        (HISTORY, "history"),
        (UNIFORM, "uniform"),
    ):
        found.append(Candidate(name, t(f"scenario.{key}"), t(f"scenario.{key}_text")))
    return tuple(found)
