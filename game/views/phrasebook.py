"""The one phrasebook: how every face words measured effects, intervals, shares and counts."""

import math
from collections.abc import Sequence

from .effects import FEWEST_GAMES, PRINTED, Estimate, Range, Way
from .names import number

MINUS = "\N{MINUS SIGN}"
INTERVAL = "95 % interval"
"""What the interval of an effect is called that luck leaves it."""
OTHERS = "by other numbers"
"""What the range of an effect is called that the numbers leave open."""
LUCK_ALONE = "The range is luck's alone: how wrong the game's own numbers may be is not in it."
"""Of an effect that is told too fast, or too often, to be measured by other numbers."""
FITS = "in 90 of 100 draws"
"""Of what a range over numbers that are left open tells."""
_ALL = 0.995
"""From here on, and short of 1, a share would be rounded to all."""
_VERBS = {Way.MORE: "raised", Way.FEWER: "lowered"}


# --- numbers


def signed(value: float, digits: int = 2) -> str:
    """A change with its sign; none where it is printed as zero, a dash where there is no change."""
    if math.isnan(value):
        return "-"
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return ("+" if value > 0 else MINUS) + text


def figure(value: float, digits: int = 2) -> str:
    """A figure that may lie below zero, as a score does; a change is told with `signed`."""
    return f"{value:.{digits}f}".replace("-", MINUS)


def span(found: Range, digits: int = 2) -> str:
    """A range of changes: "+0.11 to +0.18"."""
    return f"{signed(found.low, digits)} to {signed(found.high, digits)}"


def interval(change: Estimate, digits: int = 2) -> str:
    """Luck's interval of an effect, in a column of its own."""
    if change.way is Way.SAME:
        return "no future differed"
    return span(change.luck, digits) if change.is_told else "-"


def others(change: Estimate, digits: int = 2) -> str:
    """What the numbers leave open of an effect, in a column of its own."""
    return "-" if change.left_open is None else span(change.left_open, digits)


def widths(change: Estimate, digits: int = 2) -> str:
    """Both widths of an effect, in brackets: "(luck's range +0.11 to +0.18, by other numbers −0.05
    to +0.29)".
    """
    told = [f"luck's range {span(change.luck, digits)}"] if change.is_told else []
    if change.left_open is not None:
        told.append(f"{OTHERS} {span(change.left_open, digits)}")
    return f"({', '.join(told)})" if told else ""


def with_interval(change: Estimate, digits: int = 2) -> str:
    """An effect with luck's interval, in a sentence: "+0.14 [+0.11, +0.18]"."""
    low, high = (signed(end, digits) for end in change.luck)
    return f"{signed(change.mean, digits)} [{low}, {high}]"


def varied(judgements: int) -> str:
    """In what other numbers differ from the game's own.

    Args:
        judgements: how many of the judgements differ.
    """
    return (
        "parameters and how people choose, as the fit to the record leaves them open; "
        f"{number(judgements)} judgements, those that the study of sensitivity varies, and the "
        "players' feelings, anywhere in their ranges. Every other judgement stays as it was set"
    )


# --- shares


def of_hundred(counts: Sequence[int]) -> list[int]:
    """Counts as so many of 100 that add up to 100, by largest remainders (Hamilton's method).

    Args:
        counts: at least one of them above 0.
    """
    total = sum(counts)
    shares = [100 * count // total for count in counts]
    remainders = [100 * count % total for count in counts]
    largest = sorted(range(len(counts)), key=remainders.__getitem__, reverse=True)
    for k in largest[: 100 - sum(shares)]:
        shares[k] += 1
    return shares


def share(value: float) -> str:
    """A probability or a share: "3 of 100", "4 of 1,000"; what is not quite nothing, or all, is
    not rounded to it.
    """
    if 0 < value < 0.01:
        return f"{max(1, round(value * 1000))} of 1,000"
    if _ALL <= value < 1:
        return "more than 99 of 100"
    return f"{value * 100:.0f} of 100"


def hundredths(value: float) -> str:
    """A probability as so many of 100, for a column that says so: "3", "<1", ">99"."""
    if 0 < value < 1 - _ALL:
        return "<1"
    return ">99" if _ALL <= value < 1 else f"{value * 100:.0f}"


def percent(value: float) -> str:
    """A probability or a share for a column: "14 %", "0.4 %", "> 99 %"."""
    if _ALL <= value < 1:
        return "> 99 %"
    if 0 < value < 0.01:
        return f"{max(0.1, value * 100):.1f} %"
    return f"{value * 100:.0f} %"


def futures(more: int, same: int, fewer: int, noun: str) -> str:
    """In how many pairs of futures a measure was more, the same and less, by their counts (at
    least one of them above 0).
    """
    up, alike, down = of_hundred((more, same, fewer))
    if not more and not fewer:
        return f"in every future there were as many {noun} with it as without it"
    return (
        f"of 100 futures, {down} had fewer {noun} with it than without it, {up} had more, and in "
        f"{alike} it made no difference"
    )


# --- effects


def in_a_word(change: Estimate) -> str:
    """Where an effect went, for a cell of a table: "slightly more"."""
    way = change.way
    if change.is_nothing:
        return "no difference"
    if way is Way.OPEN and change.stays_slight:
        return f"slight, {way}"
    return f"slightly {way}" if way in _VERBS and change.is_slight else str(way)


def change_in(noun: str, change: Estimate) -> str:
    """An effect as what it brought: "slightly fewer attacks", "no clear change in attacks"."""
    if change.way is Way.SAME:
        return f"no change at all in {noun}"
    if change.way is Way.FEW:
        return f"{Way.FEW} whether {noun} changed"
    if change.is_nothing:
        return f"no change worth telling in {noun}"
    if change.way is Way.UNCLEAR:
        return f"no clear change in {noun}"
    if change.way is Way.OPEN:
        slight = "slight " if change.stays_slight else ""
        return f"a {slight}change in {noun} whose sign is not known"
    return f"{in_a_word(change)} {noun}"


def effect(who: str, noun: str, over: str, change: Estimate) -> str:
    """What somebody's choice did to a measure, without the end of the last sentence.

    Args:
        who: what did it: "'Strike depots'".
        noun: the measure: "attacks".
        over: the time: "over 31 days".
        change: how much, in the measure's unit.
    """
    if change.way is Way.SAME:
        return f"{who} made no difference to {noun} {over}, in any game"
    if change.way is Way.FEW:
        return f"{who}: {Way.FEW} what it did to {noun}; at least {FEWEST_GAMES} are needed"
    amount = f"{abs(change.mean):.2f}"
    way = Way.MORE if change.mean > 0 else Way.FEWER
    if not change.is_clear:
        told = (
            f"{who} had no clear effect on {noun} {over}: {signed(change.mean)} (luck's range "
            f"{span(change.luck)})"
        )
    elif change.way is Way.OPEN:
        told = f"{who} brought {amount} {way} {noun} {over} {_luck(change)}{_from_to(change)}"
    else:
        verb = f"{'slightly ' if change.is_slight else ''}{_VERBS[way]}"
        told = f"{who} {verb} {noun} by {amount} {over} {_luck(change)}{_from_to(change)}"
    return told if change.left_open is None else f"{told}. {by_others(change)}"


def _luck(change: Estimate) -> str:
    """Luck's range of a clear effect, without its sign, which the words tell."""
    low, high = sorted(map(abs, change.luck))
    return f"(luck's range {low:.2f} to {high:.2f})"


def _from_to(change: Estimate) -> str:
    """Such as ", from 9.90 to 10.04 (1 %)"."""
    if math.isnan(change.without):
        return ""
    told = f", from {change.without:.2f} to {change.without + change.mean:.2f}"
    if change.without <= 0:
        return told
    relative = abs(change.mean) / change.without
    return f"{told} ({percent(relative) if relative >= PRINTED else 'less than 1 %'})"


def by_others(change: Estimate) -> str:
    """What an effect is by other numbers, in a sentence without its end; empty where that was not
    asked.
    """
    if change.left_open is None:
        return ""
    found = f"other numbers that may be as right give {span(change.left_open)}"
    if change.is_on_the_edge:
        off = f"{change.left_open_error:.2f}"
        found = (
            f"the nearer end of {found.replace(' give', ', which give', 1)}, may be off by {off}"
        )
    if change.way is Way.OPEN:
        return f"Whether it raises or lowers them is not known: {found}"
    return found[0].upper() + found[1:]


def sign(change: Estimate) -> str:
    """Whether the sign of an effect is known, as far as both widths tell."""
    return "the sign holds there" if change.is_told_by_sign else "the sign is not known"


def lives(label: str, change: Estimate) -> str:
    """What a choice did to lives, in a few words: "American dead: +0.20 a game"."""
    told = {
        Way.FEW: str(Way.FEW),
        Way.SAME: "no difference",
        Way.UNCLEAR: "no clear effect",
        Way.OPEN: "the sign is not known",
    }
    return f"{label}: {told.get(change.way) or f'{signed(change.mean)} a game {widths(change)}'}"
