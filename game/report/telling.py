"""Numbers and findings in words."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from game.futures.force import Effect
from game.futures.inquiry import Findings, UseFound
from game.futures.statistics import Estimate, Paired
from game.rules.seats import Seat
from game.views.names import CAPITALS, listed, number, sentence
from game.views.summary import at_the_start

MINUS = "\N{MINUS SIGN}"
SEAT_TITLES: dict[Seat, str] = {seat: at_the_start(name) for seat, name in CAPITALS.items()}


FEWER, MORE, UNCLEAR, SAME = "fewer", "more", "unclear", "same"
WAYS = (FEWER, f"slightly {FEWER}", UNCLEAR, SAME, f"slightly {MORE}", MORE)
SLIGHT = 0.1
"""A clear change by less than one in ten games is called slight."""


class Aim(NamedTuple):
    """What a seat's force is held against: what it would deter."""

    measure: str
    phrase: str
    """In a sentence."""


ATTACKS = Aim("attacks", "attacks on Americans and partners")
AGAINST = Aim("force_against", "uses of force against it")
AIMS: dict[Seat, Aim] = {
    Seat.US: ATTACKS,
    Seat.IRAN: AGAINST,
    Seat.MILITIA: AGAINST,
    Seat.IRAQ: ATTACKS,
}


def signed(value: float, digits: int = 2) -> str:
    """A change with its sign; a dash where there is none to tell."""
    if math.isnan(value):
        return "-"
    rounded = round(value, digits)
    sign = "" if not rounded else "+" if value > 0 else MINUS
    return f"{sign}{abs(rounded):.{digits}f}"


def interval(paired: Paired, digits: int = 2) -> str:
    """The 95% interval of a mean change."""
    change = paired.difference
    if not paired.squares_of_difference:
        return "in every future"
    return f"{signed(change.low, digits)} to {signed(change.high, digits)}"


def direction(paired: Paired) -> str:
    """Where a measure went, as far as the futures tell: one of `WAYS`."""
    if not paired.squares_of_difference:
        return SAME
    change: Estimate = paired.difference
    if math.isnan(change.low) or not change.is_clear:
        return UNCLEAR
    way = MORE if change.mean > 0 else FEWER
    return f"slightly {way}" if abs(change.mean) < SLIGHT else way


def of_100(paired: Paired) -> tuple[str, str, str]:
    """In how many futures of 100 there was less, more, and the same: whole numbers that add up to
    100, by the largest remainders; dashes where there are no futures.
    """
    if not paired.games:
        return "-", "-", "-"
    counts = (paired.less, paired.more, paired.games - paired.less - paired.more)
    whole = [100 * count // paired.games for count in counts]
    most_left = sorted(range(3), key=lambda k: -(100 * counts[k] % paired.games))
    for k in most_left[: 100 - sum(whole)]:
        whole[k] += 1
    return f"{whole[0]}", f"{whole[1]}", f"{whole[2]}"


def across_lenses(findings: Findings, found: UseFound) -> str:
    """One sentence on a use of force under all lenses."""
    aim = AIMS[found.use.seat]
    if not found.turns_after:
        return "It was ordered in the last turn: nothing came after it that could be compared."
    by_direction: dict[str, list[str]] = {}
    for lens, effect in zip(findings.lenses, found.effects, strict=True):
        by_direction.setdefault(direction(effect.pairs[aim.measure]), []).append(lens.name)
    told = {way: f"{way} {aim.phrase}" for way in WAYS}
    told |= {UNCLEAR: "no clear change", SAME: "no change at all"}
    if len(by_direction) == 1:
        (only,) = by_direction
        who = "the lens" if len(findings.lenses) == 1 else "every lens"
        return sentence(f"under {who} it brought {told[only]} over {span(found)}")
    verb = "disagree" if disagree_about(found) else "differ"
    parts = [
        f"{told[name]} under {listed(by_direction[name])}" for name in told if name in by_direction
    ]
    return sentence(f"the lenses {verb} about {span(found)}: {'; '.join(parts)}")


def span(found: UseFound) -> str:
    """The turns over which a use of force was compared."""
    return (
        "the turn after it"
        if found.turns_after == 1
        else f"the {number(found.turns_after)} turns after it"
    )


def in_futures(effect: Effect, aim: Aim, lens: str) -> str:
    """In how many futures a use of force brought fewer, more and as many."""
    less, more, same = of_100(effect.pairs[aim.measure])
    return sentence(
        f"under {lens}, of 100 futures, {less} had fewer {aim.phrase} with it than without it, "
        f"{more} had more, and in {same} it made no difference"
    )


def instead_of_it(effect: Effect, seat: Seat, lens: str) -> str:
    """What the seat did itself where it had held; empty where that made little difference."""
    paired = effect.pairs["own_force"]
    if not paired.difference.is_clear or abs(paired.difference.mean) < _NOTABLE:
        return ""
    more, less = ("less", "more") if paired.difference.mean < 0 else ("more", "less")
    return sentence(
        f"{CAPITALS[seat]} itself went on to use {more} force after it ({paired.mean_a:.1f} times "
        f"a future, {paired.mean_b:.1f} without it, under {lens}): part of the difference is force "
        f"now against {less} force later"
    )


_NOTABLE = 0.1


_DID = {FEWER: "lowered what it was to deter", MORE: "raised what it was to deter"}
_LITTLE = "had only slight effects or none that is clear"
_NOTHING = "clearly changed what it was to deter by more than a little"


def measured(findings: Findings) -> list[str]:
    """Two sentences for the story: on all uses of force, and under the first lens how many did
    what.
    """
    asked = [found for found in findings.uses if found.turns_after]
    if not asked:
        return []
    lens = findings.lenses[0]
    ways = [direction(found.effects[0].pairs[AIMS[found.use.seat].measure]) for found in asked]
    against = f"held against the same game with the same luck and without it ({lens.name} lens)"
    if len(asked) == 1:
        first = (
            f"The one use of force that had a turn after it {_DID.get(ways[0], _LITTLE)}, {against}"
        )
    else:
        told = [f"{number(ways.count(way))} {did}" for way, did in _DID.items() if way in ways]
        if rest := sum(way not in _DID for way in ways):
            told.append(f"{number(rest)} {_LITTLE}" if told else f"none {_NOTHING}")
        first = (
            f"Of the {number(len(asked))} uses of force that had a turn after them, "
            f"{listed(told)}, {against}"
        )
    disagree = sum(disagree_about(found) for found in asked)
    second = (
        f"The lenses disagree about {'it' if len(asked) == 1 else f'{number(disagree)} of them'}"
        if disagree
        else "No lens finds clearly more where another finds clearly fewer"
    )
    return [sentence(first), *([sentence(second)] if len(findings.lenses) > 1 else [])]


def disagree_about(found: UseFound) -> bool:
    """One lens says clearly fewer, another clearly more."""
    measure = AIMS[found.use.seat].measure
    ways = {direction(effect.pairs[measure]) for effect in found.effects}
    return {FEWER, MORE} <= ways


def reach_of(estimates: Sequence[Estimate]) -> float:
    """The end of an axis that holds all these intervals: 0.1, 0.2, 0.5, 1, 2, 5 ..."""
    widest = max(
        (max(abs(e.low), abs(e.high)) for e in estimates if not math.isnan(e.low)), default=0.0
    )
    step = 0.1
    while step < widest:
        step *= 2.5 if f"{step:e}".startswith("2") else 2
    return round(step, 4)
