"""A doctrine's utilities, compiled against a rulebook: what each option is worth, and why.

The utility of a deed is the sum of its parts:
gain, cost: what the rulebook says the deed does to columns, times what the doctrine holds them
    worth, as far as it is good, and as far as it is bad;
anger: the rung at which the deed touches a seat, times the anger at it;
fear: minus the same rung times the fear of it, more where the deed crosses a declared line;
duty: a bonus for answering a crossing while the debt is open, weighted by the stake;
guidance: the doctrine's weights on what Tehran asked for;
inclination: its weights on every other feature of the moment.
Words and whispers have guidance and inclination only.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from game.content.doctrine import Doctrine, Weights
from game.rules.observe import Observation
from game.rules.parameters import Minds
from game.rules.rulebook import Deed
from game.rules.seats import Seat
from game.rules.state import COLUMNS, Floats

from .features import Features

CROSSING = 1.6
"""How much worse it is to be feared for crossing a line that was drawn than for acting at all."""
UNSIGNED = 0.5
"""How much of its fear is left to a seat that does not sign."""


class Parts(NamedTuple):
    """The parts of a utility, (options, B) each."""

    gain: Floats
    cost: Floats
    anger: Floats
    fear: Floats
    duty: Floats
    guidance: Floats
    inclination: Floats

    @classmethod
    def of(cls, options: int, games: int, *, apart: bool) -> "Parts":
        """Empty parts: apart, for explaining a choice; or all of them one and the same array, into
        which everything is added up: all that choosing needs.
        """
        if apart:
            return cls(*(np.zeros((options, games), np.float32) for _ in cls._fields))
        return cls(*[np.zeros((options, games), np.float32)] * len(cls._fields))

    def total(self) -> Floats:
        """(options, B) the utility."""
        if self.gain is self.inclination:
            return self.gain
        total: Floats = np.add.reduce(self)
        return total


class Aim(NamedTuple):
    """Whom a deed touches, at what rung; fire at American sites is aimed at Washington."""

    deed: int
    seat: Seat
    rung: float
    signed: bool


class Gain(NamedTuple):
    """What a deed adds to a column that the doctrine values."""

    deed: int
    column: str
    once: float
    weekly: float
    worth: float


class Inclinations:
    """Weights on features for a row of options; the constant ones are added in one go."""

    GUIDANCE = frozenset({"told_to_strike", "told_to_hold"})

    def __init__(self, rows: Sequence[Weights]) -> None:
        self.base = np.array([[row.get("base", 0.0)] for row in rows], np.float32)
        """(options, 1) the constant weight of each."""
        self.terms = [
            (index, feature, np.float32(weight))
            for index, row in enumerate(rows)
            for feature, weight in row.items()
            if feature != "base"
        ]
        """The others, in the order in which they are added: option, feature, weight."""

    def add(self, parts: Parts, features: Features) -> None:
        """Adds every option's inclination and guidance, in place."""
        parts.inclination[:] += self.base
        for index, feature, weight in self.terms:
            part = parts.guidance if feature in self.GUIDANCE else parts.inclination
            part[index] += features[feature] * weight


class DeedUtility:
    """The utilities of one seat's deeds under one doctrine."""

    def __init__(self, doctrine: Doctrine, deeds: tuple[Deed, ...], minds: Minds) -> None:
        self._doctrine = doctrine
        self.fear = doctrine.fear * minds.fear_weight
        """What the highest rung costs at full fear."""
        self.anger = doctrine.anger * minds.anger_weight
        """What it is worth at full anger."""
        self.slack = np.float32(minds.answer_slack)
        """Rungs by which a deed may fall short of what it answers."""
        self._options = len(deeds)
        self.inclinations = Inclinations([doctrine.deeds.get(deed.id, {}) for deed in deeds])
        """The doctrine's weights on features, by deed."""
        self.gains = _gains(doctrine, deeds)
        """What its deeds do to columns that it values."""
        self.aims = _aims(deeds)
        """Whom its deeds touch."""

    def parts(self, observation: Observation, features: Features, *, apart: bool = False) -> Parts:
        """The utility of every deed; its parts are arrays of their own only if `apart`."""
        parts = Parts.of(self._options, features.games, apart=apart)
        self.inclinations.add(parts, features)
        for gain in self.gains:
            _add_gain(parts, gain, observation)
        for aim in self.aims:
            self._add_passions(parts, aim, observation)
        return parts

    def _add_passions(self, parts: Parts, aim: Aim, observation: Observation) -> None:
        doctrine, seat, weight = self._doctrine, self._doctrine.seat, aim.rung / 10
        anger = observation.anger[aim.seat] * np.float32(self.anger * weight)
        parts.anger[aim.deed] += anger
        crosses = observation.line[aim.seat, seat] <= aim.rung
        dread = np.float32(self.fear * weight * (1.0 if aim.signed else UNSIGNED))
        fear = observation.fear[aim.seat] * dread
        parts.fear[aim.deed] -= fear + fear * (crosses * np.float32(CROSSING - 1))
        if doctrine.duty and aim.signed:
            debt = observation.debt[seat, aim.seat]
            answers = (debt > 0) & (debt <= aim.rung + self.slack)
            bound = observation.stake[seat, aim.seat] + np.float32(0.5)
            parts.duty[aim.deed] += answers * (bound * np.float32(doctrine.duty))


def _add_gain(parts: Parts, gain: Gain, observation: Observation) -> None:
    """Adds the worth of an effect, as far as the column has room for it."""
    value = observation.columns.get(gain.column)
    delta = gain.once + gain.weekly * observation.days / 7
    if value is None or not delta:
        return
    spec = COLUMNS[gain.column]
    good = (delta > 0) == (gain.worth > 0)
    worth = np.float32(abs(gain.worth) if good else -abs(gain.worth))
    room = spec.high - value if delta > 0 else value - spec.low
    part = parts.gain if good else parts.cost
    part[gain.deed] += np.minimum(room, np.float32(abs(delta))) * worth


def _gains(doctrine: Doctrine, deeds: Sequence[Deed]) -> list[Gain]:
    gains = []
    for index, deed in enumerate(deeds):
        for column, worth in doctrine.values.items():
            once = deed.effects.get(column, 0.0) - deed.costs.get(column, 0.0)
            weekly = deed.weekly.get(column, 0.0)
            if once or weekly:
                gains.append(Gain(index, column, once, weekly, worth))
    return gains


def _aims(deeds: Sequence[Deed]) -> list[Aim]:
    aims = []
    for index, deed in enumerate(deeds):
        signed = deed.visibility == "public"
        aims += [Aim(index, seat, rung, signed) for seat, rung in deed.against.items()]
        if deed.fire is not None and Seat.US not in deed.against:
            aims.append(Aim(index, Seat.US, deed.fire.rung, signed))
    return aims
