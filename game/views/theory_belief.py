"""What a seat's staff believes about the theories, and which happenings moved it most, in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from game.content.scenario import Scenario
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .names import CAPITALS, listed, sentence
from .situation import LABELS

ATTACKS, KILLED = "attacks", "us_killed"
DEED = "deed:"
"""Before the name of a seat: what it was seen to do."""
TOLD = 3
"""How many happenings are told."""
_NOTICEABLE = 0.05
"""Of log-odds: less moved nothing worth telling."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a seat saw of one turn, and how well each theory had foretold it."""

    turn: int
    """From 1."""
    what: str
    """`ATTACKS`, `KILLED`, `DEED` and a seat, or a column that some seats only estimate."""
    seen: float
    """The figure; of a deed, its index, or -1 where it was not done in the open."""
    foretold: tuple[float, ...]
    """By theory: the mean of what it had led to expect; of a deed, its odds."""
    weight: tuple[float, ...]
    """By theory: the logarithm of how likely it made it."""

    def toward(self, first: int, second: int) -> float:
        """The log-odds by which it spoke for the first theory against the second."""
        return self.weight[first] - self.weight[second]


@dataclass(frozen=True, slots=True)
class TheoryBelief:
    """What a seat's staff believes before a turn."""

    turn: int
    """Turns played so far."""
    shares: tuple[float, ...]
    """By theory of the rulebook, 0 to 1."""
    evidence: tuple[Evidence, ...]
    """Of all turns so far."""

    @property
    def leading(self) -> tuple[int, ...]:
        """The theories that are possible at all, the likeliest first."""
        order = sorted(range(len(self.shares)), key=lambda theory: -self.shares[theory])
        return tuple(theory for theory in order if self.shares[theory] > 0)

    @property
    def moved_most(self) -> tuple[Evidence, ...]:
        """The happenings that told the likeliest theory from the next, the strongest first."""
        if len(self.leading) < len(("one", "other")):
            return ()
        first, second = self.leading[:2]
        told = sorted(self.evidence, key=lambda found: -abs(found.toward(first, second)))
        return tuple(f for f in told[:TOLD] if abs(f.toward(first, second)) >= _NOTICEABLE)


def believed(scenario: Scenario, belief: TheoryBelief) -> str:
    """The belief in a sentence; empty where the theory is known or there is but one."""
    if len(belief.leading) < len(("one", "other")):
        return ""
    theories = scenario.setting.rulebook.theories
    hundredths = _hundredths([belief.shares[theory] for theory in belief.leading])
    told = [
        f"{share} in 100 that {_clause(theories[theory].name)}"
        for theory, share in zip(belief.leading, hundredths, strict=True)
    ]
    return f"Your staff: {listed(told)}."


def moved(scenario: Scenario, belief: TheoryBelief, seat: Seat) -> list[str]:
    """What moved it most, in a sentence each."""
    return [_told(scenario, belief, found, seat) for found in belief.moved_most]


def _told(scenario: Scenario, belief: TheoryBelief, found: Evidence, seat: Seat) -> str:
    first, second = belief.leading[:2]
    toward = first if found.toward(first, second) > 0 else second
    names = [_clause(scenario.setting.rulebook.theories[t].name) for t in (first, second)]
    odds = math.exp(abs(found.toward(first, second)))
    means = [found.foretold[theory] for theory in (first, second)]
    told = " and ".join(
        f"{_figure(found, mean)} if {name}" for mean, name in zip(means, names, strict=True)
    )
    return sentence(
        f"Turn {found.turn}: {_happening(scenario, found, seat)}, where your staff had expected "
        f"{told}; that favours {odds:.0f} to 1 that {names[(first, second).index(toward)]}"
    )


def _happening(scenario: Scenario, found: Evidence, seat: Seat) -> str:
    if found.what.startswith(DEED):
        actor = Seat[found.what.removeprefix(DEED)]
        if found.seen < 0:
            return f"{CAPITALS[actor]} did nothing in the open"
        deed = scenario.setting.rulebook.deeds[actor][int(found.seen)]
        return f"{CAPITALS[actor]} chose {deed.name.lower()}"
    if found.what == ATTACKS:
        return f"{found.seen:.0f} attack{'' if found.seen == 1 else 's'} on Americans"
    if found.what == KILLED:
        return f"{found.seen:.0f} American{'' if found.seen == 1 else 's'} killed"
    name = LABELS.get(found.what, found.what)
    known = "" if seat in COLUMNS[found.what].seen_by else ", by your own estimate,"
    return f"{name}{known} at {_figure(found, found.seen)}"


def _figure(found: Evidence, value: float) -> str:
    if found.what.startswith(DEED):
        return f"it with odds of {100 * value:.0f} in 100"
    if found.what in (ATTACKS, KILLED):
        return f"{value:.1f}"
    return f"{100 * value:.0f} of 100" if COLUMNS[found.what].unit == "share" else f"{value:,.0f}"


def _clause(name: str) -> str:
    """A theory's name inside a sentence."""
    return name[:1].lower() + name[1:]


def _hundredths(shares: Sequence[float]) -> list[int]:
    """Shares of 100 in whole numbers that add up to 100."""
    rounded = [round(100 * share) for share in shares]
    rounded[0] += 100 - sum(rounded)
    return rounded
