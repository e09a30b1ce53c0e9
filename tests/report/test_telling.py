"""Numbers in words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from game.futures.force import Effect
from game.futures.inquiry import Findings, UseFound
from game.futures.statistics import Paired
from game.report.front import harmed
from game.report.sections import describe_uses
from game.report.telling import (
    AIMS,
    across_lenses,
    disagree_about,
    fewer_same_more,
    in_futures,
    instead_of_it,
    measured,
    on_average,
    reach_of,
)
from game.rules.seats import Seat
from game.views.effects import Estimate
from game.views.uses import Use

from . import made


def pairs(with_it: Sequence[float], without: Sequence[float]) -> Paired:
    paired = Paired()
    paired.add(np.array(with_it, np.float32), np.array(without, np.float32))
    return paired


def effect(shift: float, *, own: float = 0) -> Effect:
    """Attacks change by about `shift`, the seat's own force by `own`, in a hundred futures."""
    found = Effect()
    base = np.tile(np.arange(4, dtype=np.float32), 25)
    moved = base + np.float32(shift) if abs(shift) >= 1 else base.copy()
    if 0 < abs(shift) < 1:
        moved[: round(abs(shift) * 100)] += np.sign(shift)
    for name, paired in found.pairs.items():
        if name == "attacks":
            paired.add(moved, base)
        elif name == "own_force":
            paired.add(base + np.float32(own), base)
        else:
            paired.add(base, base)
    return found


def findings(*shifts: float, turns_after: int = 3, own: float = 0) -> Findings:
    use = Use(2, Seat.US, 1, "Strike depots", "", True)
    found = UseFound(use, tuple(effect(shift, own=own) for shift in shifts), turns_after)
    lenses = made.lenses("balanced", "deterrence", "spiral")[: len(shifts)]
    return Findings(tuple(lenses), (found,), 100, 3, (), 100)


def test_one_verdict_or_a_disagreement() -> None:
    alike = findings(-2, -0.5)
    told = across_lenses(alike, alike.uses[0])
    assert told == (
        "Under every theory it brought fewer attacks on Americans and partners over the three "
        "turns after it."
    )
    apart = findings(-2, 0.01, 2)
    told = across_lenses(apart, apart.uses[0])
    assert told.startswith("The theories disagree about the three turns after it: fewer attacks")
    assert "fewer attacks on Americans and partners in this world; no clear change" in told
    assert "no clear change in attacks on Americans and partners under Deterrence; more" in told
    slight = findings(-0.06, 0.06)
    assert across_lenses(slight, slight.uses[0]).startswith("The theories differ about")


def test_a_use_in_the_last_turn_has_no_verdict() -> None:
    last = findings(0, turns_after=0)
    assert "nothing came after it" in across_lenses(last, last.uses[0])
    assert measured(last) == []


def test_futures_are_counted() -> None:
    told = in_futures(effect(-0.5), AIMS[Seat.US])
    assert told == (
        "In this world, of 100 futures, 50 had fewer attacks on Americans and partners with it "
        "than without it, 0 had more, and in 50 it made no difference."
    )


@pytest.mark.parametrize(("less", "more"), [(0, 0), (1, 1), (8, 10), (3, 3), (5, 0), (70, 79)])
def test_counts_of_a_hundred_add_up(less: int, more: int) -> None:
    """Each is the true share rounded up or down, never to 99 or 101 in all."""
    games = 149
    shifts = [-1.0] * less + [1.0] * more + [0.0] * (games - less - more)
    told = fewer_same_more(pairs(shifts, [0.0] * games))
    shares = [int(share) for share in told.split(", ")]
    assert sum(shares) == 100
    for share, count in zip(shares, (less, games - less - more, more), strict=True):
        assert abs(share - 100 * count / games) < 1
    assert fewer_same_more(Paired()) == "-"


def test_force_later_in_place_of_force_now_is_told() -> None:
    told = instead_of_it(effect(0, own=-1), Seat.US)
    assert "Washington itself went on to use less force after it (0.5 times" in told
    assert "part of the difference is force now against more force later" in told
    assert instead_of_it(effect(0), Seat.US) == ""


def by_other_numbers(found: Findings, *shifts: float) -> Findings:
    """The same where each of several other sets of numbers shifts every future's attacks so."""
    for use in found.uses:
        for told in use.effects:
            for row, shift in enumerate((0.0, *shifts)):
                base = np.zeros(50, np.float32)
                told.pairs["attacks"].add_other(row, base + np.float32(shift), base)
    return found


def test_where_other_numbers_have_it_the_other_way_the_sign_is_not_known() -> None:
    doubtful = by_other_numbers(findings(2), *range(-4, 5))
    told = on_average(doubtful.uses[0])
    assert told.startswith(
        "In this world it brought 2.00 more attacks on Americans and partners over the three "
        "turns after it (luck's range 2.00 to 2.00), from 1.50 to 3.50"
    )
    assert "Whether it raises or lowers them is not known: other numbers" in told
    assert "a change in attacks on Americans and partners whose sign is not known" in across_lenses(
        doubtful, doubtful.uses[0]
    )
    assert "may have raised or lowered what it was to deter" in measured(doubtful)[0]
    sure = by_other_numbers(findings(2), 0, 1, 0, 1, 0)
    told = on_average(sure.uses[0])
    assert told.startswith("In this world it raised attacks on Americans and partners by 2.00")
    assert "Other numbers that may be as right give +1." in told
    assert "raised what it was to deter, held" in measured(sure)[0]


def test_one_doubt_is_no_disagreement() -> None:
    """More under one theory, and fewer under another of which other numbers leave it open."""
    apart = findings(2, -2)
    assert disagree_about(apart.uses[0])
    by_other_numbers(
        replace(apart, uses=(apart.uses[0]._replace(effects=apart.uses[0].effects[1:]),)),
        *range(-9, 10),
    )
    assert not disagree_about(apart.uses[0])


def test_all_uses_are_summed_up() -> None:
    assert measured(findings(-2, 2))[0].startswith(
        "The one use of force that had a turn after it lowered what it was to deter, held against"
    )
    assert measured(findings(-2, 2))[1] == "The theories disagree about it."
    many = findings(0.01)
    both = replace(many, uses=many.uses * 2)
    assert "none clearly changed what it was to deter" in measured(both)[0]
    assert len(measured(findings(0))) == 1


@pytest.mark.parametrize(
    ("widest", "reach"), [(0.0, 0.1), (0.15, 0.2), (0.3, 0.5), (0.7, 1), (1.2, 2), (4, 5), (7, 10)]
)
def test_axes_end_at_round_numbers(widest: float, reach: float) -> None:
    assert reach_of([Estimate(0, 0, -widest, widest / 2)]) == reach


def deadlier(share: float) -> Findings:
    """One use of force with one more dead in that share of a hundred futures."""
    found = findings(0.0)
    more = np.zeros(100, np.float32)
    more[: round(share * 100)] = 1
    for use in found.uses:
        use.effects[0].pairs["all_dead"] = Paired()
        use.effects[0].pairs["all_dead"].add(more, np.zeros(100, np.float32))
    return found


def test_force_that_cost_lives_is_told_by_its_interval() -> None:
    """However few they are, where neither luck nor other numbers leave it open."""
    few, luck = deadlier(0.4), deadlier(0.02)
    assert (harmed(describe_uses(few)), harmed(describe_uses(luck))) == (1, 0)
    for row, shift in enumerate((0, 1, -1, 1, -1)):
        base = np.zeros(50, np.float32)
        few.uses[0].effects[0].pairs["all_dead"].add_other(row, base + np.float32(shift), base)
    assert harmed(describe_uses(few)) == 0
