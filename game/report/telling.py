"""What many futures found of uses of force, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from game.futures.force import DETERS, Effect
from game.futures.inquiry import Findings, UseFound
from game.futures.statistics import Paired
from game.rules.seats import Seat
from game.views import phrasebook
from game.views.effects import Estimate, Way
from game.views.names import CAPITALS, listed, number, sentence
from game.views.phrasebook import change_in, futures, in_a_word, of_hundred
from game.views.summary import at_the_start

THIS_WORLD = "This world"
"""What the first lens is called, by which the game was played, beside the theories that it is held
against: whatever theory was drawn or chosen holds in it.
"""
_HERE = "in this world"
SEAT_TITLES: dict[Seat, str] = {seat: at_the_start(name) for seat, name in CAPITALS.items()}


class Aim(NamedTuple):
    """What a seat's force is held against: what it would deter."""

    measure: str
    phrase: str
    """In a sentence."""


_PHRASES = {
    "attacks": "attacks on Americans and partners",
    "force_against": "uses of force against it",
}
AIMS = {seat: Aim(measure, _PHRASES[measure]) for seat, measure in DETERS.items()}


def aimed(effect: Effect, aim: Aim) -> Estimate:
    """What a use of force did to what it was to deter."""
    return effect.pairs[aim.measure].difference


def fewer_same_more(paired: Paired) -> str:
    """In how many futures of 100 there was less, as much, and more; a dash where there are none."""
    if not paired.games:
        return "-"
    return ", ".join(map(str, of_hundred((paired.less, paired.same, paired.more))))


def across_lenses(findings: Findings, found: UseFound) -> str:
    """One sentence on a use of force under all lenses."""
    aim = AIMS[found.use.seat]
    if not found.turns_after:
        return "It was ordered in the last turn: nothing came after it that could be compared."
    by_change: dict[str, list[str]] = {}
    for lens, effect in zip(lens_titles(findings), found.effects, strict=True):
        by_change.setdefault(change_in(aim.phrase, aimed(effect, aim)), []).append(lens)
    if len(by_change) == 1:
        (only,) = by_change
        who = "the theory" if len(findings.lenses) == 1 else "every theory"
        return sentence(f"under {who} it brought {only} over {span(found)}")
    verb = "disagree" if disagree_about(found) else "differ"
    parts = [f"{told} {_where(lenses)}" for told, lenses in by_change.items()]
    return sentence(f"the theories {verb} about {span(found)}: {'; '.join(parts)}")


def lens_titles(findings: Findings) -> list[str]:
    """What each lens is called in the debrief."""
    return [THIS_WORLD, *(lens.name for lens in findings.lenses[1:])]


def _where(titles: Sequence[str]) -> str:
    """Such as "in this world and under Proxy and Spiral"."""
    theories = [title for title in titles if title != THIS_WORLD]
    here = [_HERE] if THIS_WORLD in titles else []
    return " and ".join([*here, *([f"under {listed(theories)}"] if theories else [])])


def span(found: UseFound) -> str:
    """The turns over which a use of force was compared."""
    return (
        "the turn after it"
        if found.turns_after == 1
        else f"the {number(found.turns_after)} turns after it"
    )


def on_average(found: UseFound) -> str:
    """What a use of force did to what it was to deter in this world, with both widths."""
    aim = AIMS[found.use.seat]
    change = aimed(found.effects[0], aim)
    return sentence(phrasebook.effect(f"{_HERE} it", aim.phrase, f"over {span(found)}", change))


def in_futures(effect: Effect, aim: Aim) -> str:
    """In how many futures a use of force brought fewer, more and as many; empty of too few."""
    paired = effect.pairs[aim.measure]
    if not paired.difference.is_told:
        return ""
    told = futures(paired.more, paired.same, paired.less, aim.phrase)
    return sentence(f"{_HERE}, {told}")


def instead_of_it(effect: Effect, seat: Seat) -> str:
    """What the seat did itself where it had held; empty where that made little difference."""
    paired = effect.pairs["own_force"]
    change = paired.difference
    if not change.is_told_by_sign or change.is_slight:
        return ""
    more, less = ("less", "more") if change.mean < 0 else ("more", "less")
    return sentence(
        f"{CAPITALS[seat]} itself went on to use {more} force after it ({paired.mean_a:.1f} times "
        f"a future, {paired.mean_b:.1f} without it, {_HERE}; {phrasebook.widths(change)[1:]}: "
        f"part of the difference is force now against {less} force later"
    )


_DID: dict[str, str] = {
    Way.FEWER: "lowered what it was to deter",
    Way.MORE: "raised what it was to deter",
    Way.OPEN: "may have raised or lowered what it was to deter",
    Way.FEW: "had too few futures to say",
}
_LITTLE = "had only slight effects or none that is clear"
_NOTHING = "clearly changed what it was to deter by more than a little"


def measured(findings: Findings) -> list[str]:
    """Two sentences for the story: how many uses of force did what in this world, and whether the
    lenses agree.
    """
    asked = [found for found in findings.uses if found.turns_after]
    if not asked:
        return []
    ways = [in_a_word(aimed(found.effects[0], AIMS[found.use.seat])) for found in asked]
    against = f"held against the same game with the same luck and without it, {_HERE}"
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
        f"The theories disagree about {'it' if len(asked) == 1 else f'{number(disagree)} of them'}"
        if disagree
        else "No theory finds clearly more where another finds clearly fewer"
    )
    return [sentence(first), *([sentence(second)] if len(findings.lenses) > 1 else [])]


def disagree_about(found: UseFound) -> bool:
    """One lens says clearly fewer, another clearly more."""
    aim = AIMS[found.use.seat]
    return {Way.FEWER, Way.MORE} <= {in_a_word(aimed(effect, aim)) for effect in found.effects}


def reach_of(estimates: Sequence[Estimate]) -> float:
    """The end of an axis that holds all these intervals: 0.1, 0.2, 0.5, 1, 2, 5 ..."""
    ends = [end for e in estimates if e.is_told for end in (*e.luck, *(e.left_open or ()))]
    widest = max(map(abs, ends), default=0.0)
    step = 0.1
    while step < widest:
        step *= 2.5 if f"{step:e}".startswith("2") else 2
    return round(step, 4)
