"""A doctrine's utilities, compiled against a rulebook: what each option is worth, and why.

The utility of a deed is the sum of its parts:
gain, cost: what the rulebook says the deed does to columns, times what the doctrine holds them
    worth, as far as it is good, and as far as it is bad;
anger: the rung at which the deed touches a seat, times the anger at it;
fear: minus the same rung times the fear of it, more where the deed crosses a declared line;
duty: a bonus for answering a crossing while the debt is open, weighted by the stake;
bond: minus a constant for each deal in force that the deed would break, half of it where nobody
    signs for the deed;
guidance: the doctrine's weights on what Tehran asked for;
agenda: what the seat's agenda of this game adds;
inclination: its weights on every other feature of the moment;
habit: how much likelier such a deed is chosen than its worth says.
Words and whispers have guidance, agenda and inclination only, and silence its habit.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from game.content.doctrine import AGENDA, Doctrine, Weights
from game.rules.observe import Observation
from game.rules.parameters import Manner, Minds
from game.rules.rulebook import Deed, Rulebook
from game.rules.seats import Seat
from game.rules.state import COLUMNS, Floats

from .features import Features
from .habits import habits

CROSSING = 1.6
"""How much worse it is to be feared for crossing a line that was drawn than for acting at all."""
UNSIGNED = 0.5
"""How much of its fear, and of a deal's hold on it, is left to a seat that does not sign."""
PARTS = (
    "gain",
    "cost",
    "anger",
    "fear",
    "duty",
    "bond",
    "guidance",
    "agenda",
    "inclination",
    "habit",
)
GUIDANCE = frozenset({"told_to_strike", "told_to_hold"})


class Worth(NamedTuple):
    """Something that is added to the utility of an option."""

    part: str
    """One of `PARTS`; a gain below 0 is a cost."""
    option: int
    amount: Floats
    """(B,), or one number for all games."""


class NumberTable:
    """The numbers of a doctrine, each at a place of its own, so that who compiles a doctrine once
    can play it with any.
    """

    def __init__(self) -> None:
        self._values: list[float] = []

    def place(self, value: float) -> int:
        """Keeps a number, and says where."""
        self._values.append(value)
        return len(self._values) - 1

    def array(self) -> Floats:
        """(numbers,)."""
        return np.array(self._values, np.float32)


class Term(NamedTuple):
    """A feature that an option is weighed by; the weight is a place among the doctrine's numbers,
    as all numbers here are.
    """

    option: int
    feature: str
    weight: int


class Aim(NamedTuple):
    """Whom a deed touches, at what rung; fire at American sites is aimed at Washington."""

    deed: int
    seat: Seat
    signed: bool
    rung: int
    reach: int
    """The highest rung of a crossing that it answers."""
    anger: int
    dread: int


class Gain(NamedTuple):
    """What a deed adds to a column that the doctrine values."""

    deed: int
    column: str
    once: int
    weekly: int
    timely: int | None
    """None where it does not wait for its moment."""
    worth: int


class Bond(NamedTuple):
    """A deal that a deed would break."""

    deed: int
    partner: Seat
    whisper: int
    cost: int


class Inclinations:
    """Weights on features for a row of options."""

    def __repr__(self) -> str:
        return repr(self.terms)

    def __init__(
        self,
        rows: Sequence[Weights],
        numbers: NumberTable,
        messages: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._messages = messages
        """Where the options are messages: each whisper and its receiver."""
        self.terms = [
            Term(option, feature, numbers.place(weight))
            for option, row in enumerate(rows)
            for feature, weight in sorted(row.items(), key=lambda item: item[0] != "base")
        ]

    def worth(self, features: Features, numbers: Floats) -> Iterator[Worth]:
        """Every option's inclination, guidance and agenda."""
        for option, feature, place in self.terms:
            if feature == "base":
                yield Worth("inclination", option, numbers[place])
            elif feature == "offered":
                offered = features.offered(*self._messages[option])
                yield Worth("inclination", option, offered * numbers[place])
            else:
                yield Worth(_part(feature), option, features[feature] * numbers[place])


def _part(feature: str) -> str:
    if feature.startswith(AGENDA):
        return "agenda"
    return "guidance" if feature in GUIDANCE else "inclination"


class DeedUtility:
    """What makes up the utilities of one seat's deeds under one doctrine."""

    def __init__(
        self, doctrine: Doctrine, book: Rulebook, numbers: NumberTable, manner: Manner
    ) -> None:
        seat, minds = doctrine.seat, book.parameters.minds
        deeds, agendas = book.deeds[seat], book.agendas[seat]
        self._seat = seat
        self.options = len(deeds)
        weights = [doctrine.weights(deed, agendas) for deed in deeds]
        self.inclinations = Inclinations(weights, numbers)
        self.gains = _gains(doctrine, deeds, numbers)
        self.aims = _aims(doctrine, deeds, minds, numbers)
        self.bonds = _bonds(doctrine, book, numbers)
        self.habits = [
            Term(deed, feature, numbers.place(worth))
            for deed, feature, worth in habits(manner, doctrine.temper, deeds, seat)
        ]
        self.duty = numbers.place(doctrine.duty) if doctrine.duty else None

    def worth(self, seen: Observation, features: Features, numbers: Floats) -> Iterator[Worth]:
        """Everything that is added to the utility of the deeds."""
        yield from self.inclinations.worth(features, numbers)
        for deed, feature, place in self.habits:
            moment = 1 if feature == "base" else features[feature]
            yield Worth("habit", deed, moment * numbers[place])
        weeks = seen.days * np.float32(1) / 7
        for gain in self.gains:
            yield from _gained(gain, seen, weeks, features, numbers)
        for aim in self.aims:
            yield from self._passions(aim, seen, numbers)
        for bond in self.bonds:
            holds = seen.deal[bond.partner] == bond.whisper
            yield Worth("bond", bond.deed, -(holds * numbers[bond.cost]))

    def _passions(self, aim: Aim, seen: Observation, numbers: Floats) -> Iterator[Worth]:
        seat = self._seat
        yield Worth("anger", aim.deed, seen.anger[aim.seat] * numbers[aim.anger])
        fear = seen.fear[aim.seat] * numbers[aim.dread]
        crosses = seen.line[aim.seat, seat] <= numbers[aim.rung]
        yield Worth("fear", aim.deed, -(fear + fear * (crosses * np.float32(CROSSING - 1))))
        if self.duty is not None and aim.signed:
            debt = seen.debt[seat, aim.seat]
            answers = (debt > 0) & (debt <= numbers[aim.reach])
            bound = seen.stake[seat, aim.seat] + np.float32(0.5)
            yield Worth("duty", aim.deed, answers * (bound * numbers[self.duty]))


def _gained(
    gain: Gain, seen: Observation, weeks: np.float32, features: Features, numbers: Floats
) -> Iterator[Worth]:
    """The worth of an effect, as far as the column has room for it."""
    value, spec = seen.columns.get(gain.column), COLUMNS[gain.column]
    if value is None:
        return
    delta = numbers[gain.once] + numbers[gain.weekly] * weeks
    if gain.timely is not None:
        delta = delta + numbers[gain.timely] * features.bearing(gain.deed)
    moved = np.minimum(np.maximum(delta, spec.low - value), spec.high - value)
    yield Worth("gain", gain.deed, moved * numbers[gain.worth])


def _gains(doctrine: Doctrine, deeds: Sequence[Deed], numbers: NumberTable) -> list[Gain]:
    gains = []
    for index, deed in enumerate(deeds):
        for column, worth in doctrine.values.items():
            once = deed.effects.get(column, 0.0) - deed.costs.get(column, 0.0)
            weekly = deed.weekly.get(column, 0.0)
            timely = deed.timely.get(column, 0.0)
            if once or weekly or timely:
                waits = numbers.place(timely) if timely else None
                at_once, each_week = numbers.place(once), numbers.place(weekly)
                gains.append(Gain(index, column, at_once, each_week, waits, numbers.place(worth)))
    return gains


def _aims(
    doctrine: Doctrine, deeds: Sequence[Deed], minds: Minds, numbers: NumberTable
) -> list[Aim]:
    aims = []
    for index, deed in enumerate(deeds):
        touched: dict[Seat, float] = dict(deed.against)
        if deed.fire is not None:
            touched.setdefault(Seat.US, deed.fire.rung)
        for seat, rung in touched.items():
            dread = rung / 10 * (1.0 if deed.signed else UNSIGNED)
            places = (
                rung,
                rung + minds.answer_slack,
                doctrine.anger * minds.anger_weight * rung / 10,
                doctrine.fear * minds.fear_weight * dread,
            )
            aims.append(Aim(index, seat, deed.signed, *(numbers.place(x) for x in places)))
    return aims


def _bonds(doctrine: Doctrine, book: Rulebook, numbers: NumberTable) -> list[Bond]:
    seat, bonds = doctrine.seat, []
    if not doctrine.bond:
        return []
    for index, deed in enumerate(book.deeds[seat]):
        touched = dict(deed.against) if deed.signed else {}
        if deed.fire is not None:
            touched.setdefault(Seat.US, int(deed.fire.rung))
        for code, whisper in enumerate(book.whispers):
            spared = whisper.deal.forbears.get(seat, {}) if whisper.deal else {}
            if any(touched.get(other, 0) >= least for other, least in spared.items()):
                cost = numbers.place(doctrine.bond * (1.0 if deed.signed else UNSIGNED))
                partners = [to for by, to in whisper.links if by is seat]
                bonds += [Bond(index, partner, code, cost) for partner in partners]
    return bonds


def total(worth: Iterable[Worth], options: int, like: Floats) -> Floats:
    """(options, B) the utility of each option, all that it is worth added up in order.

    Args:
        worth: what there is to add.
        options: how many there are.
        like: (B,) an array of the games.
    """
    rows = [np.zeros_like(like)] * options
    for _, option, amount in worth:
        rows[option] = rows[option] + amount
    return np.stack(rows)


def apart(worth: Iterable[Worth], options: int, like: Floats) -> dict[str, Floats]:
    """The parts of the utilities by their names, (options, B) each; arguments as for `total`."""
    parts = {part: np.zeros((options, like.size), np.float32) for part in PARTS}
    for part, option, amount in worth:
        if part == "gain":
            parts["gain"][option] += np.maximum(amount, 0)
            parts["cost"][option] += np.minimum(amount, 0)
        else:
            parts[part][option] += amount
    return parts
