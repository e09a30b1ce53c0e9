"""What is measured: a scenario with its doctrines, and how hard to look."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from game.content.doctrine import Doctrine, load_doctrine
from game.content.load import DOCTRINES
from game.content.scenario import Scenario
from game.engine.play import expect
from game.futures.ensemble import opened
from game.futures.parallel import spread
from game.players.doctrine import DoctrinePlayer
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats

from ..roster import doctrines
from .plans import preferring
from .sides import Side, Sides, all_along, play_sides

AT_ONCE = 2048
"""Games played together."""
Values = NDArray[np.float64]
Job = TypeVar("Job")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look; everything follows from the number of games."""

    games: int = 2000
    """Played for each figure that whole games give."""
    seed: int = 1
    workers: int = 1
    rounds: int = 2
    """How often the seats answer each other."""

    @property
    def searched(self) -> int:
        """Games for each plan that a search looks at."""
        return max(64, self.games // 8)

    @property
    def situations(self) -> int:
        """Games of which every turn is a decision situation."""
        return max(128, self.games // 5 // 64 * 64)

    @property
    def futures(self) -> int:
        """Played for each option in a situation, an even number."""
        return 16 if self.games >= 1000 else 8

    @property
    def planned(self) -> int:
        """Games of the planners, which are slow."""
        return max(16, self.games // 16)


@dataclass(frozen=True)
class World:
    """A scenario, everybody who can play it by machine code, and the effort."""

    scenario: Scenario
    effort: Effort

    @classmethod
    def of(cls, name: str | Path, lens: str, effort: Effort) -> "World":
        """Reads a scenario as a lens sees it.

        Raises:
            ContentError: it has mistakes.
        """
        scenario = opened(name, lens)
        expect(10**9)
        return cls(scenario, effort)

    @property
    def setting(self) -> Setting:
        """The scenario's rules."""
        return self.scenario.setting

    @cached_property
    def schools(self) -> dict[Seat, tuple[DoctrinePlayer, ...]]:
        """Every doctrine of the library by seat, the scenario's own first."""
        book = self.setting.rulebook
        every = [load_doctrine(path.stem) for path in sorted(DOCTRINES.glob("*.toml"))]
        return {
            seat: tuple(
                DoctrinePlayer(doctrine, book)
                for doctrine in sorted(every, key=self._own_first)
                if doctrine.seat is seat
            )
            for seat in SEATS
        }

    def _own_first(self, doctrine: Doctrine) -> tuple[bool, str]:
        return doctrine.id != self.scenario.roles[doctrine.seat].doctrine, doctrine.id

    @cached_property
    def defaults(self) -> dict[Seat, Side]:
        """The scenario's own doctrines."""
        return {seat: all_along(self.setting, self.schools[seat][0]) for seat in SEATS}

    @cached_property
    def people(self) -> dict[Seat, Side]:
        """The scenario's own doctrines, as people choose."""
        players = doctrines(self.scenario)
        return {seat: all_along(self.setting, who) for seat, who in players.items()}

    @cached_property
    def holding(self) -> dict[Seat, Side]:
        """Everybody holds in every turn."""
        book = self.setting.rulebook
        return {
            seat: all_along(self.setting, preferring(schools[0], book, [0]))
            for seat, schools in self.schools.items()
        }

    def with_games(self, games: int) -> "World":
        """The same world, looked at by so many games."""
        return World(self.scenario, replace(self.effort, games=games))

    def with_calendar(self, setting: Setting) -> "World":
        """The same world under another setting."""
        return World(replace(self.scenario, setting=setting), self.effort)

    def marks(self, sides: Sides, seed: int, games: int) -> Floats:
        """(4, games) how whole games end for the seats; game K of a seed has the same luck for any
        sides.
        """

        def work(sides: Sides, first: int, count: int) -> Floats:
            keys = game_keys(self.effort.seed + seed, range(first, first + count))
            return play_sides(self.setting, sides, keys).scores

        return np.concatenate(list(self.shared(work, sides, games, AT_ONCE)), axis=1)

    def shared(
        self, work: Callable[[Job, int, int], Part], job: Job, count: int, chunk: int
    ) -> list[Part]:
        """Spreads work over threads: machine code lets others go on meanwhile."""
        return list(
            spread(work, job, count, chunk=chunk, workers=self.effort.workers, threads=True)
        )
