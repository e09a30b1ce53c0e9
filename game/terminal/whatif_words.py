"""What a what-if found, in words: signs, intervals, directions, and a verdict for each lens."""

import math
from collections.abc import Mapping

from game.futures.statistics import Estimate, Paired, of_hundred
from game.views.names import counted, sentence

from .whatif_question import Answer, Query

MINUS = "\N{MINUS SIGN}"
SHOWN = 0.01
"""The last digit that is printed of a mean."""
SMALL = 0.05
"""A change by less than this share is called small, however clear it is."""


def verdict(query: Query, answer: Answer) -> str:
    """What a lens says of attacks, and of lives, in as many words as it warrants."""
    pairs, who = answer.effect.pairs, _named(query)
    attacks = pairs["attacks"]
    name, change = answer.lens.name, attacks.difference
    if math.isnan(change.low):
        told = f"Under {name} one game is too few to tell what {who} did."
    elif not any(p.squares_of_difference for p in pairs.values()):
        told = f"Under {name} {who} made no difference at all, in any game."
    elif is_clear(change):
        verb = "raised" if change.mean > 0 else "lowered"
        same = attacks.games - attacks.more - attacks.less
        more, _, fewer = of_hundred((attacks.more, same, attacks.less))
        told = (
            f"Under {name} {who} {verb} attacks by {abs(change.mean):.2f} "
            f"[{absinterval(change)}] over {counted(query.days, 'day')}, from "
            f"{attacks.mean_b:.2f} to {attacks.mean_a:.2f}{_how_much(attacks)}: more of them in "
            f"{more} of 100 futures, fewer in {fewer}."
        )
    else:
        told = (
            f"Under {name} {who} had no clear effect on attacks over "
            f"{counted(query.days, 'day')}: {signed(change.mean)} [{interval(change)}], which "
            f"fits {'a little more, a little less,' if change.low < 0 < change.high else 'more'} "
            "and no change."
        )
    return f"{told} {_lives(pairs)}"


def is_clear(change: Estimate) -> bool:
    """The interval leaves zero out, in the digits that are printed, too."""
    return change.is_clear and min(abs(change.low), abs(change.high)) >= SHOWN / 2


def absinterval(change: Estimate) -> str:
    """The interval of a clear change as sizes, the smaller first: the verb has the sign."""
    low, high = sorted((abs(change.low), abs(change.high)))
    return f"{low:.2f}, {high:.2f}"


def _how_much(paired: Paired) -> str:
    """The change as a share of what there was without it."""
    if not paired.mean_b:
        return ""
    share = abs(paired.difference.mean) / paired.mean_b
    percent = f"{share * 100:.0f} %" if share >= 0.01 else "less than 1 %"
    return f", {percent}" + (": clear, but small" if share < SMALL else "")


def _lives(pairs: Mapping[str, Paired]) -> str:
    """What it did to lives."""
    told = []
    for name, label in (("us_dead", "American dead"), ("iraqi_dead", "Iraqi dead")):
        change = pairs[name].difference
        if not pairs[name].squares_of_difference:
            told.append(f"{label}: no difference")
        elif is_clear(change):
            told.append(f"{label}: {signed(change.mean)} a game")
        else:
            told.append(f"{label}: no clear effect")
    return sentence("; ".join(told))


def _named(query: Query) -> str:
    question = query.what_if.question
    return f"{query.deed.name!r} in place of {query.instead.name!r}" if (
        question.instead != "hold"
    ) else f"{query.deed.name!r}"  # fmt: skip


def direction(paired: Paired) -> str:
    """Whether the deed raised or lowered a measure, as far as the games tell."""
    change = paired.difference
    if math.isnan(change.low) or not is_clear(change):
        return "unclear" if paired.squares_of_difference else "the same"
    return "more" if change.mean > 0 else "fewer"


def signed(value: float) -> str:
    """A change with its sign, which is told even where it is too small for the digits."""
    if math.isnan(value):
        return "-"
    sign = "" if not value else "+" if value > 0 else MINUS
    return f"{sign}{abs(value):.2f}"


def interval(change: Estimate) -> str:
    """The 95% interval of a change; a dash where there is none."""
    return "-" if math.isnan(change.low) else f"{signed(change.low)} to {signed(change.high)}"
