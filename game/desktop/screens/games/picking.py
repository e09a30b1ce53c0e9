"""What a new game is picked from, and what is picked."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from game.content.dealt import NOTHING, Dealt
from game.content.lens import BALANCED
from game.content.load import load_scenario, scenario_ids
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.rules.seats import SEATS, Seat
from game.session.match import Seating
from game.views.ending import EARNEST

from ...texts import t

SEEDS = 1_000_000
"""Seeds that nobody chose lie below this: they can be read to a friend."""
_LONGEST_SEED = 20
"""In digits."""
USUAL = EARNEST


@cache
def scenarios() -> tuple[list[Scenario], str]:
    """All scenarios that can be read, the shortest first, and what is wrong with the others."""
    read, wrong = [], []
    for name in scenario_ids():
        try:
            read.append(load_scenario(name))
        except ContentError as error:
            wrong.append(str(error.problems[0]))
    return sorted(read, key=lambda scenario: scenario.minutes), "; ".join(wrong)


@dataclass(slots=True)
class Picked:
    """What is picked on the screen."""

    scenario: str
    """A scenario's id, or the path of its file."""
    people: set[Seat] = field(default_factory=lambda: {Seat.US})
    players: dict[Seat, str] = field(default_factory=dict)
    """Computer players other than the usual ones."""
    lens: str = BALANCED
    dealt: Dealt = NOTHING
    """What was chosen of what is otherwise drawn."""
    led: bool = False
    """Whether somebody leads the game, behind a PIN."""
    seed: str = field(default_factory=lambda: str(secrets.randbelow(SEEDS)))

    @classmethod
    def of(
        cls,
        scenario: str | None,
        people: Sequence[Seat],
        players: Mapping[Seat, str],
        seed: int | None,
        dealt: Dealt | None = None,
        *,
        led: bool = False,
    ) -> "Picked":
        """What a command line has picked; the usual things for the rest."""
        picked = cls(scenario or USUAL, players=dict(players), led=led)
        picked.people = set(people) or picked.people - set(players)
        if seed is not None:
            picked.seed = str(seed)
        picked.dealt = dealt or NOTHING
        return picked

    @property
    def is_unusual(self) -> bool:
        """Whether anything is picked that few pick: then it is shown."""
        return self.led or self.dealt != NOTHING or self.lens != BALANCED

    @property
    def seatings(self) -> dict[Seat, Seating]:
        """Who plays; seats that are left out have their usual computer players."""
        return {
            seat: Seating.person() if seat in self.people else Seating.computer(name)
            for seat in SEATS
            if (name := self.players.get(seat, "")) or seat in self.people
        }

    @property
    def why_not(self) -> str:
        """Why no game can begin with it; empty where one can."""
        if not self.people:
            return t("scenario.nobody")
        if not self.seed:
            return t("scenario.seed_wrong")
        long = len(self.seed) > _LONGEST_SEED or int(self.seed) >= 2**64
        return t("scenario.seed_long") if long else ""
