"""What a seat's staff believes about the theories, and which happenings moved it most, in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.rulebook import Theory
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .names import CAPITALS, counted, listed, sentence
from .situation import LABELS

ATTACKS, KILLED = "attacks", "us_killed"
DEED = "deed:"
"""Before the name of a seat: what it was seen to do."""
TOLD = 3
"""How many happenings are told."""
_NOTICEABLE = 0.05
"""Of log-odds: less moved nothing worth telling."""
REST = "The rest lies in smaller things."
_REST = 0.15
"""Of log-odds: more than that is said to be missing from what is told."""
HARDLY = "hardly"
_STRENGTHS = ((1.25, HARDLY), (2.0, "a little"), (5.0, "clearly"), (math.inf, "strongly"))
"""By odds below which something speaks so for a theory."""
_SURE = (
    (0.6, "cannot tell yet which world this is"),
    (0.75, "leans to “{name}”"),
    (0.9, "thinks that {clause}"),
    (math.inf, "is nearly sure that {clause}"),
)
"""By the share of the likeliest theory, below which a staff says so."""


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
    course: tuple[tuple[float, ...], ...] = ()
    """The shares before the first turn and after every one so far; the last are `shares`."""

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


class Spoke(NamedTuple):
    """One thing that a turn said about the theories."""

    text: str
    """What happened, and what each theory had led to expect, in sentences."""
    toward: int
    """The theory that it spoke for."""
    verdict: str
    """How strongly, in words."""


class TurnSaid(NamedTuple):
    """What a turn said about the theories."""

    headline: str
    spoke: tuple[Spoke, ...]
    """What moved the belief in that turn, the strongest first."""
    rest: str
    """That this is not all of it; empty where it is."""


def believed(scenario: Scenario, belief: TheoryBelief) -> str:
    """The belief in a sentence; empty where the theory is known or there is but one."""
    if len(belief.leading) < len(("one", "other")):
        return ""
    theories = scenario.setting.rulebook.theories
    hundredths = of_100([belief.shares[theory] for theory in belief.leading])
    told = [
        f"{share} in 100 that {_clause(theories[theory].name)}"
        for theory, share in zip(belief.leading, hundredths, strict=True)
    ]
    return f"Your staff: {listed(told)}."


def leaning(scenario: Scenario, belief: TheoryBelief) -> str:
    """How sure the staff is of which theory, in a sentence."""
    first = belief.leading[0]
    name, share = scenario.setting.rulebook.theories[first].name, belief.shares[first]
    how = next(how for below, how in _SURE if share < below)
    return f"Your staff {how.format(name=name, clause=_clause(name))}."


def moved(
    scenario: Scenario, belief: TheoryBelief, seat: Seat, before: int | None = None
) -> list[str]:
    """What moved it most, in sentences each; only what of it was before a turn, where one is
    named.
    """
    found = [one for one in belief.moved_most if before is None or one.turn < before]
    told = [_spoke(scenario, belief, one, seat) for one in found]
    return [
        f"Turn {one.turn}: {spoke.text} Speaks {spoke.verdict}."
        for one, spoke in zip(found, told, strict=True)
    ]


def said(scenario: Scenario, belief: TheoryBelief, seat: Seat) -> TurnSaid | None:
    """What the last turn said about the theories; None before the first, and where the theory is
    known.
    """
    if len(belief.course) < len(("before", "after")) or len(belief.leading) < len(("one", "other")):
        return None
    first, second = belief.leading[:2]
    before, after = belief.course[-2:]
    odds = math.log(after[first] / after[second]) - math.log(before[first] / before[second])
    how = _strength(odds)
    toward = first if odds >= 0 or how == HARDLY else second
    was, now = (round(100 * shares[toward]) for shares in (before, after))
    moved_it = f"{was} to {now} in 100" if was != now else f"{now} in 100, as before"
    name = scenario.setting.rulebook.theories[toward].name
    told_it = "told little:" if how == HARDLY else f"spoke {how} for"
    of_turn = [found for found in belief.evidence if found.turn == belief.turn]
    told = sorted(of_turn, key=lambda found: -abs(found.toward(first, second)))
    least = _NOTICEABLE if how != HARDLY else math.log(_STRENGTHS[0][0])
    weighty = [f for f in told[:TOLD] if abs(f.toward(first, second)) >= least]
    rest = abs(odds - sum(found.toward(first, second) for found in weighty))
    return TurnSaid(
        f"Turn {belief.turn} {told_it} “{name}”, {moved_it}.",
        tuple(_spoke(scenario, belief, found, seat) for found in weighty),
        REST if rest > _REST else "",
    )


def held(scenario: Scenario, belief: TheoryBelief, seat: Seat, truth: int) -> str:
    """What a seat's staff believed turn by turn, against what was true: for the debrief."""
    theory = scenario.setting.rulebook.theories[truth]
    shares = [shares[truth] for shares in belief.course]
    rivals = [max(s for k, s in enumerate(all_) if k != truth) for all_ in belief.course]
    right = [share > rival for share, rival in zip(shares, rivals, strict=True)]
    name = CAPITALS[seat]
    whose = f"{name}' staff" if seat is Seat.MILITIA else f"{name}'s staff"
    begun, ended = (round(100 * share) for share in (shares[0], shares[-1]))
    told = f"{whose} gave “{theory.name}” {begun} in 100 at first and {ended} at the end"
    if not right[-1]:
        cannot = shares[-1] > 1 - _SURE[0][0]
        return sentence(f"{told}. {'It could not tell' if cannot else 'What it saw misled it'}")
    since = max((turn for turn, is_right in enumerate(right) if not is_right), default=-1) + 1
    when = f"from turn {since} on" if since else "all along"
    others = "the other" if sum(share > 0 for share in belief.course[0]) == 2 else "any other"
    return sentence(f"{told}, more than {others} {when}")


def leans(theory: Theory) -> str:
    """What a theory says drives people more: `fear`, `anger`, or neither."""
    fear, anger = theory.values.fear_restrains, theory.values.anger_drives
    return "fear" if fear > anger else "anger" if anger > fear else ""


def _strength(log_odds: float) -> str:
    """How strongly something speaks for what it speaks for."""
    return next(how for below, how in _STRENGTHS if math.exp(abs(log_odds)) < below)


def _spoke(scenario: Scenario, belief: TheoryBelief, found: Evidence, seat: Seat) -> Spoke:
    first, second = sorted(belief.leading[:2])  # as the rulebook has them: the same each turn
    toward = first if found.toward(first, second) > 0 else second
    names = {one: scenario.setting.rulebook.theories[one].name for one in (first, second)}
    told = ", ".join(
        f"{_figure(found, found.foretold[one])} if {_clause(names[one])}" for one in (first, second)
    )
    return Spoke(
        f"{sentence(_happening(scenario, found, seat))} Expected: {told}.",
        toward,
        f"{_strength(found.toward(first, second))} for “{names[toward]}”",
    )


def _happening(scenario: Scenario, found: Evidence, seat: Seat) -> str:
    if found.what.startswith(DEED):
        actor = Seat[found.what.removeprefix(DEED)]
        if found.seen < 0:
            return f"{CAPITALS[actor]} did nothing in the open"
        deed = scenario.setting.rulebook.deeds[actor][int(found.seen)]
        return f"{CAPITALS[actor]} chose “{deed.name}”"
    if found.what in (ATTACKS, KILLED):
        return counted(found.seen, *_COUNTED[found.what])
    name = LABELS.get(found.what, found.what)
    known = "" if seat in COLUMNS[found.what].seen_by else ", by your own estimate"
    return f"{name}: {_figure(found, found.seen)}{known}"


_COUNTED = {
    ATTACKS: ("attack on Americans", "attacks on Americans"),
    KILLED: ("American killed", "Americans killed"),
}


def _figure(found: Evidence, value: float) -> str:
    if found.what.startswith(DEED):
        return f"{100 * value:.0f} in 100"
    if found.what in (ATTACKS, KILLED):
        return f"{value:.1f}"
    return f"{100 * value:.0f} of 100" if COLUMNS[found.what].unit == "share" else f"{value:,.0f}"


def _clause(name: str) -> str:
    """A theory's name inside a sentence."""
    return name[:1].lower() + name[1:]


def of_100(shares: Sequence[float]) -> list[int]:
    """Shares of 100 in whole numbers that add up to 100."""
    rounded = [round(100 * share) for share in shares]
    rounded[0] += 100 - sum(rounded)
    return rounded
