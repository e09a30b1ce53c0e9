"""The case library: a scenario's historical orders, each with the odds that the model gave it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from game.content.scenario import HistoricalMove, Scenario
from game.rules.seats import Seat
from game.views.phrasebook import share

from .moves import Move, moves
from .record import covering, last_fitted_day
from .told import Attestation, told

AGAINST: dict[str, str] = {
    "gain": "it saw more to be gained there",
    "cost": "it found what was done too costly",
    "anger": "its anger pointed elsewhere",
    "fear": "it feared the answer to what was done",
    "duty": "it owed somebody another answer",
    "bond": "a deal forbade what was done",
    "guidance": "Tehran had asked for something else",
    "agenda": "its agenda speaks for something else",
    "inclination": "its doctrine seldom leans to what was done",
    "habit": "such an action is rarer in the record than its worth says",
}
"""What spoke against a move, by the part of the utility."""


@dataclass(frozen=True, slots=True)
class Case:
    """One historical move beside the model's odds."""

    turn: int
    """From 1."""
    date: date
    seat: Seat
    deed: str
    """The name of what was done."""
    probability: float
    blind: float
    """Its probability under a uniform choice among what was legal."""
    likeliest: str
    """The name of the deed that the model held likeliest."""
    likeliest_probability: float
    happened: str
    """What the scenario tells of it; empty where it orders nothing, and holding is assumed."""
    standing: Attestation
    """How the seat's turn is known."""
    sources: tuple[str, ...]
    against: str
    """What spoke against it, as words; empty where nothing did."""
    is_fitted: bool
    """Its turn had ended by the last day of the fit."""

    @property
    def is_assumed(self) -> bool:
        """The scenario orders nothing, and holding is taken for it."""
        return not self.happened

    @property
    def is_surprising(self) -> bool:
        """The model gave it less than a blind choice would; never said of what is assumed."""
        return not self.is_assumed and self.probability < self.blind

    @property
    def sentence(self) -> str:
        """What is to be said of a surprising move; empty for others."""
        if not self.is_surprising:
            return ""
        because = f", because {self.against}" if self.against else ""
        return (
            f"The model gave this {share(self.probability)}, less than a blind choice "
            f"({share(self.blind)}). It looked for {self.likeliest!r} "
            f"({share(self.likeliest_probability)}){because}."
        )

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "turn": self.turn,
            "date": str(self.date),
            "seat": self.seat.name,
            "deed": self.deed,
            "probability": round(self.probability, 5),
            "blind": round(self.blind, 5),
            "likeliest": self.likeliest,
            "likeliest_probability": round(self.likeliest_probability, 5),
            "happened": self.happened,
            "is_assumed": self.is_assumed,
            "standing": self.standing,
            "is_fitted": self.is_fitted,
            "sources": list(self.sources),
            "surprise": self.sentence,
        }


def cases(scenario: Scenario, *, seed: int, particles: int) -> list[Case]:
    """Every seat's move in every turn.

    Args:
        scenario: seen through a lens or not.
        seed: the luck.
        particles: games that follow the record at once.
    """
    ordered = {(row.turn, row.seat): row for row in scenario.history}
    known = told(scenario)
    done = moves(scenario, seed=seed, particles=particles, reasons=True)
    return [
        _case(
            scenario,
            move,
            ordered.get((move.turn, move.seat)),
            known[move.seat].standing[move.turn - 1],
        )
        for move in done
    ]


def _case(
    scenario: Scenario, move: Move, row: HistoricalMove | None, standing: Attestation
) -> Case:
    deeds = scenario.setting.rulebook.deeds[move.seat]
    best = int(move.odds.argmax())
    end = (*(turn.date for turn in scenario.turns), scenario.end)[move.turn]
    return Case(
        turn=move.turn,
        date=scenario.turns[move.turn - 1].date,
        seat=move.seat,
        deed=deeds[move.deed].name,
        probability=move.probability,
        blind=float(move.legal[move.deed]),
        likeliest=deeds[best].name,
        likeliest_probability=float(move.odds[best]),
        happened=row.happened if row else "",
        standing=standing,
        sources=row.sources if row else (),
        against=AGAINST.get(move.against, ""),
        is_fitted=end <= last_fitted_day(covering()) + timedelta(days=1),
    )
