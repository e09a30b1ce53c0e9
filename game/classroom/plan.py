"""The plan of a lesson: how many turns are played, how long each may take, and in which minute the
class should be where.
"""

import tomllib
from functools import cache
from pathlib import Path
from time import time
from typing import Any, NamedTuple

PLANS = Path(__file__).parent / "plans.toml"
TURNS, WRITE, DEBRIEF, EXIT = "turns", "write", "debrief", "exit"
"""The phases from the game on: it is played, everybody writes, the debrief, the end."""


class Phase(NamedTuple):
    """A part of the lesson."""

    id: str
    start: int
    end: int
    """In minutes from the lesson's beginning."""


class Plan(NamedTuple):
    """A whole lesson."""

    id: str
    turns: int
    """Of the scenario that are played."""
    clock: int
    """Minutes for each."""
    phases: tuple[Phase, ...]

    @property
    def minutes(self) -> int:
        """How long the lesson lasts."""
        return self.phases[-1].end

    def phase(self, name: str) -> Phase:
        """A phase by its id."""
        return next(phase for phase in self.phases if phase.id == name)

    def at(self, minute: int) -> Phase:
        """The phase of a minute; the last one after the end."""
        return next((phase for phase in self.phases if minute < phase.end), self.phases[-1])

    def where(self, minute: int, turn: int, debriefed: float | None) -> Phase:
        """The phase that a class is in, by what it does and not by the clock alone.

        Args:
            minute: of the lesson.
            turn: the coming one, from 1; 0 before the first.
            debriefed: how much of the debrief was shown, 0 to 1; None as long as the game is on.
        """
        if debriefed is None:
            game = self.phase(TURNS)
            return game if turn else self.at(min(minute, game.start - 1))
        if not debriefed:
            return self.phase(WRITE)
        last = self.phase(EXIT)
        return last if debriefed >= 1 and minute >= last.start else self.phase(DEBRIEF)

    def behind(self, minute: int, turn: int, debriefed: float | None) -> int:
        """Minutes that the class is behind; below 0 for ahead, 0 for where it should be. Arguments
        as for `where`.
        """
        now = self.where(minute, turn, debriefed)
        first, last = float(now.start), float(now.end)
        if now.id == TURNS:
            each = (now.end - now.start) / self.turns
            first, last = now.start + each * (turn - 1), now.start + each * turn
        elif debriefed is None:
            first, last = 0.0, float(self.phase(TURNS).start)
        elif now.id == DEBRIEF and debriefed >= 1:
            last = float(self.minutes)
        return round(minute - min(max(minute, first), last))


@cache
def plans() -> dict[str, Plan]:
    """Every plan by its id."""
    rows = tomllib.loads(PLANS.read_text(encoding="utf-8"))
    return {name: _plan(name, row) for name, row in rows.items()}


def _plan(name: str, row: dict[str, Any]) -> Plan:
    phases, start = [], 0
    for phase, end in row["phases"]:
        phases.append(Phase(str(phase), start, int(end)))
        start = int(end)
    return Plan(name, int(row["turns"]), int(row["clock"]), tuple(phases))


class Course(NamedTuple):
    """A plan that a class follows, and when its lesson began."""

    plan: Plan
    began: float
    """Seconds since the epoch, so that it goes on after the program was started again."""

    @property
    def minute(self) -> int:
        """Whole minutes that have passed."""
        return max(0, int((time() - self.began) / 60))
