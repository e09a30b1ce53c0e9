"""The ten propositions, each measured over many games and held against history."""

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.futures.whatif import Effect, Question, WhatIf
from game.futures.whatif import run as run_what_if
from game.rules.seats import Seat

from .film import Film
from .intervals import Range, exact, middle, wilson
from .moments import force
from .record import DATA, SCENARIO, opening_days

Flags = NDArray[np.bool_]
LOST = 0.1
"""The share of the leadership whose loss counts as the loss of leaders."""
MARCH_STRIKE = Question(turn=24, seat=Seat.US, deed="strike_depots", instead="hold", horizon=6)
"""The strike on depots of the record, and the month after it: six turns, 31 days."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the model must reproduce."""

    number: int
    text: str
    measure: str
    figure: str
    """What is counted."""
    history: str
    source: str
    happened: int | None
    """In how many of history's `cases` it was so; None where there is no count."""
    cases: int | None
    value: float | None
    """History's figure, where it is one number."""
    says: Range
    """Where the figure must lie for the words to be true of the model."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the model shows for a claim."""

    claim: Claim
    figure: float
    low: float
    """The figure's 95 % interval; for a claim with `value`, the middle 90 % of the cases."""
    high: float
    cases: int
    """How many simulated cases it rests on."""
    allowed: Range
    """What history allows: the exact 95 % interval of its count; anything, where it has none; for a
    claim with `value`, that value.
    """

    @property
    def is_met(self) -> bool:
        """Whether the words are true of the model, and history does not contradict its figure.

        For a `value`: whether it lies in the middle 90 % of the cases. Where history has no count,
        the figure's whole interval must bear the words out. Nothing is met that no case shows.
        """
        if not self.cases:
            return False
        if self.claim.value is not None:
            return self.low <= self.claim.value <= self.high
        says = self.claim.says
        if self.claim.cases is None:
            return says.holds(self.low) and says.holds(self.high)
        return says.holds(self.figure) and self.allowed.holds(self.figure)


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim of the ten propositions that games can show, in the file's order."""
    with (DATA / "propositions.toml").open("rb") as file:
        rows = tomllib.load(file)["proposition"]
    return tuple(
        Claim(
            number=row["number"],
            text=row["text"],
            measure=row["measure"],
            figure=row["figure"],
            history=row["history"],
            source=row["source"],
            happened=row.get("happened"),
            cases=row.get("cases"),
            value=row.get("value"),
            says=Range(*row["says"]),
        )
        for row in rows
    )


def findings(scenario: Scenario, film: Film, strike: Effect) -> list[Finding]:
    """What the games show for every claim.

    Args:
        scenario: the calendar.
        film: free games of it.
        strike: the paired effect of the strike of March, along the record.
    """
    found = []
    for claim in claims():
        if claim.measure in OF_STRIKES:
            counted = OF_STRIKES[claim.measure](strike)
        else:
            counted = OF_GAMES[claim.measure](scenario, film)
        found.append(_found(claim, counted))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """Cases counted or measured: a share of cases, or values with or without a mean."""

    happened: int = 0
    cases: int = 0
    values: NDArray[np.float64] | None = None
    interval: Range | None = None
    """Of a difference of means."""


def _found(claim: Claim, counted: Counted) -> Finding:
    if claim.value is not None:
        allowed = Range(claim.value, claim.value)
    elif claim.cases is None:
        allowed = Range(-math.inf, math.inf)
    else:
        allowed = exact(claim.happened or 0, claim.cases)
    if counted.interval is not None:
        centre = (counted.interval.low + counted.interval.high) / 2
        return Finding(claim, centre, *counted.interval, counted.cases, allowed)
    if counted.values is not None:
        values = counted.values
        if not values.size:
            return Finding(claim, 0.0, 0.0, 0.0, 0, allowed)
        return Finding(claim, float(np.median(values)), *middle(values), values.size, allowed)
    share = counted.happened / counted.cases if counted.cases else 0.0
    return Finding(claim, share, *wilson(counted.happened, counted.cases), counted.cases, allowed)


def march_strike(lens: str, games: int, seed: int, *, workers: int = 1) -> Effect:
    """The effect of the record's strike on depots, over a month, with the same luck."""
    asked = WhatIf(SCENARIO, MARCH_STRIKE, games, seed, lens)
    total = Effect()
    for part in run_what_if(asked, chunk=1000, workers=workers):
        total.merge(part)
    return total


# --- counted over free games; arrays are (turns, B)


def _then(cause: Flags, effect: Flags, days: tuple[date, ...], within: int, first: int) -> Counted:
    """Of the turns with a cause, those followed by the effect in a turn that opens within so many
    days; `first` is 0 where the same turn counts, and 1 where only later ones do.

    Turns whose time the calendar cuts short are left out.
    """
    opened = np.array([(day - days[0]).days for day in days])
    happened = cases = 0
    for turn in range(cause.shape[0]):
        if opened[turn] + within > opened[-1]:
            continue
        reach = [
            later
            for later in range(turn + first, cause.shape[0])
            if opened[later] - opened[turn] <= within or later == turn + first
        ]
        if not reach:
            continue
        cases += int(cause[turn].sum())
        happened += int((cause[turn] & effect[reach].any(axis=0)).sum())
    return Counted(happened, cases)


def _share(happened: Flags, cases: Flags) -> Counted:
    return Counted(int((happened & cases).sum()), int(cases.sum()))


def _resumed(scenario: Scenario, film: Film) -> Counted:
    return _then(film.strike > 0, film.attacks > 0, opening_days(scenario), 6, 1)


def _not_stopped(scenario: Scenario, film: Film) -> Counted:
    return _then(film.strike > 0, film.attacks > 0, opening_days(scenario), 31, 1)


def _answered(scenario: Scenario, film: Film) -> Counted:
    dead, days = film.deadly_to_americans > 0, opening_days(scenario)
    return _then(dead, force(film) > 0, days, 10, 1)


def _unanswered(scenario: Scenario, film: Film) -> Counted:
    days, dead = opening_days(scenario), film.us_killed > 0
    used = force(film) > 0
    happened = cases = 0
    for turn in range(film.on.shape[0] - 1):
        near = [e for e in range(turn) if (days[turn] - days[e + 1]).days <= 10]
        calm = (film.attacks[turn] > 0) & ~dead[turn] & ~dead[near].any(axis=0)
        calm &= film.on[turn + 1] > 0
        cases += int(calm.sum())
        happened += int((calm & ~used[turn + 1]).sum())
    return Counted(happened, cases)


def _by_barrage(_: Scenario, film: Film) -> Counted:
    return Counted(int(film.killed_by_barrage.sum()), int(film.killed.sum()))


def _revenged(scenario: Scenario, film: Film) -> Counted:
    return _then(film.kill > 0, film.missile > 0, opening_days(scenario), 10, 1)


def _wounded(_: Scenario, film: Film) -> Counted:
    return Counted(values=film.missile_wounded[film.missile > 0].astype(np.float64))


def _before(film: Film) -> Flags:
    """(turns, B) the leadership was whole when the turn began."""
    lost = np.zeros_like(film.leaderless)
    lost[1:] = film.leaderless[:-1]
    whole: Flags = lost < LOST
    return whole


def _facades_after(_: Scenario, film: Film) -> Counted:
    after = ~_before(film) & (film.on > 0)
    return _share(film.facade > 0, ((film.facade + film.claims) > 0) & after)


def _facades_rise(_: Scenario, film: Film) -> Counted:
    claimed, before = (film.facade + film.claims) > 0, _before(film)
    after = _share(film.facade > 0, claimed & ~before)
    whole = _share(film.facade > 0, claimed & before)
    return _difference(after, whole)


def _difference(one: Counted, other: Counted) -> Counted:
    """Of two shares, with its interval."""
    if not one.cases or not other.cases:
        return Counted()
    p, q = one.happened / one.cases, other.happened / other.cases
    half = 1.959964 * math.sqrt(p * (1 - p) / one.cases + q * (1 - q) / other.cases)
    return Counted(cases=one.cases, interval=Range(p - q - half, p - q + half))


def _condemned(_: Scenario, film: Film) -> Counted:
    deadly = (force(film) > 0) & (film.strike_dead > 0)
    protested = film.condemned > 0
    protested[:-1] |= film.condemned[1:] > 0
    return _share(protested, deadly)


def _condemned_rise(_: Scenario, film: Film) -> Counted:
    """Beside strikes that killed no Iraqi."""
    used, protested = force(film) > 0, film.condemned > 0
    protested[:-1] |= film.condemned[1:] > 0
    return _difference(
        _share(protested, used & (film.strike_dead > 0)),
        _share(protested, used & (film.strike_dead == 0)),
    )


def _momentum(_: Scenario, film: Film) -> Counted:
    gained = np.diff(film.momentum, axis=0, prepend=film.momentum[:1])
    struck = film.strike > 0
    struck[0] = False
    deadly = gained[struck & (film.strike_dead > 0)]
    clean = gained[struck & (film.strike_dead == 0)]
    if min(deadly.size, clean.size) < 2:
        return Counted()
    rise = float(deadly.mean() - clean.mean())
    half = 1.959964 * float(
        np.sqrt(deadly.var(ddof=1) / deadly.size + clean.var(ddof=1) / clean.size)
    )
    return Counted(cases=int(deadly.size), interval=Range(rise - half, rise + half))


def _left_bases(_: Scenario, film: Film) -> Counted:
    held = np.where(film.on > 0, film.exposure, 1.0).min(axis=0)
    return Counted(int((held <= 0.75).sum()), film.games)


def _released(_: Scenario, film: Film) -> Counted:
    arrests = film.detained > 0
    return Counted(
        int(np.minimum(film.released, film.detained)[arrests].sum()), int(film.detained.sum())
    )


def _drifted(_: Scenario, film: Film) -> Counted:
    """A later turn raises the figure of a missile strike that hurt people."""
    hurt = (film.missile > 0) & (film.missile_wounded > 0)
    hurt[-1] = False
    raised = np.zeros_like(hurt)
    raised[:-1] = film.revised[1:] > 0
    return _share(raised, hurt)


OF_GAMES: dict[str, Callable[[Scenario, Film], Counted]] = {
    "resumed": _resumed,
    "not_stopped": _not_stopped,
    "answered": _answered,
    "unanswered": _unanswered,
    "harmless": lambda _, film: _share(film.deadly == 0, film.attacks > 0),
    "by_barrage": _by_barrage,
    "revenged": _revenged,
    "noticed": lambda _, film: _share(film.notice > 0, film.missile > 0),
    "bloodless": lambda _, film: _share(film.missile_killed == 0, film.missile > 0),
    "wounded": _wounded,
    "facades_after": _facades_after,
    "facades_rise": _facades_rise,
    "condemned": _condemned,
    "condemned_rise": _condemned_rise,
    "momentum": _momentum,
    "expelled": lambda _, film: Counted(int((film.expelled > 0).any(axis=0).sum()), film.games),
    "left_bases": _left_bases,
    "shown": lambda _, film: _share(film.shown > 0, film.arrest > 0),
    "released": _released,
    "drifted": _drifted,
}
"""What is counted over free games, by the name of the measure."""
OF_STRIKES: dict[str, Callable[[Effect], Counted]] = {
    "fewer": lambda effect: Counted(effect.pairs["attacks"].less, effect.games),
    "more": lambda effect: Counted(effect.pairs["attacks"].more, effect.games),
}
"""What is read off the paired effect of the strike of March."""
