"""Numbers in words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from game.futures.force import Effect
from game.futures.inquiry import Findings, UseFound
from game.futures.statistics import Paired
from game.report.front import front_page, harmed, headline, world_and_force
from game.report.handout import own_force
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
from game.rules.seats import Cause, Seat
from game.views.effects import Estimate
from game.views.played import PlayedGame
from game.views.uses import Use
from tests.views import handmade

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
    assert across_lenses(slight, slight.uses[0]).startswith(
        "The theories do not all find the same over the three turns after it: "
    )


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
    assert "raised what it was to deter in this world, held" in measured(sure)[0]


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
        "The one use of force that could be measured lowered what it was to deter in this world, "
        "held against the same game"
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


# --- the first page


def test_force_is_told_once_in_the_singular_and_counted_alike_everywhere() -> None:
    once, late = findings(-2), findings(-2, turns_after=0)
    uses = describe_uses(once)
    assert headline(uses) == "Force was used once, and it deterred."
    assert own_force(Seat.US, uses) == "You used force once, and it deterred."
    both = describe_uses(replace(once, uses=once.uses + late.uses))
    assert headline(both) == (
        "Of two uses of force, none backfired, one deterred and one came too late to tell."
    )
    assert own_force(Seat.US, both) == (
        "You used force twice: one deterred and one came too late to tell."
    )


@pytest.mark.parametrize(
    ("signed", "claimed", "told"),
    [(True, False, ""), (False, False, " (unsigned)"), (False, True, " (claimed)")],
)
def test_a_claim_is_told_in_place_of_a_missing_signature(
    signed: bool, claimed: bool, told: str
) -> None:
    found = findings(-2)
    (one,) = found.uses
    use = one.use._replace(signed=signed, claimed=claimed)
    (described,) = describe_uses(replace(found, uses=(one._replace(use=use),)))
    assert described.heading == f"Turn 2. {use.sentence}{told}"


def in_the_world(theory: str) -> PlayedGame:
    """A game in which this theory was drawn."""
    game = handmade.game_of(handmade.turn_of())
    theories = game.scenario.setting.rulebook.theories
    game.final.theory[:] = [one.id for one in theories].index(theory)
    return game


@pytest.mark.parametrize(
    ("theory", "shifts", "told"),
    [
        ("deterrence", (-2,), ": the one use of force measured there deterred."),
        ("deterrence", (-2, 2), ": one of the two uses of force measured there deterred."),
        ("spiral", (2, 2), ": two of the two uses of force measured there backfired."),
        (
            "deterrence",
            (2,),
            ": on the whole force deters there. But the one measured here did not clearly deter: ",
        ),
        (
            "spiral",
            (-2, 0.01),
            ": on the whole force provokes there. But none of the two measured here clearly "
            "backfired: ",
        ),
    ],
)
def test_the_name_of_the_world_is_joined_with_what_was_measured(
    theory: str, shifts: tuple[float, ...], told: str
) -> None:
    uses = [use for shift in shifts for use in describe_uses(findings(shift))]
    found = world_and_force(in_the_world(theory), uses)
    assert found.startswith("The column “This world” is the world “")
    assert told in found


def test_without_force_that_was_measured_the_world_is_only_named() -> None:
    game = in_the_world("deterrence")
    assert world_and_force(game, []) == ""
    assert world_and_force(game, describe_uses(findings(-2, turns_after=0))) == ""


def test_turns_of_which_the_same_is_told_of_who_fired_stand_together() -> None:
    """Whoever did it is not counted among those who could only guess."""
    turns = []
    for truth in (Cause.MILITIA, Cause.SPLINTER, Cause.MILITIA):
        turn = handmade.turn_of(signal={Seat.US: Cause.MILITIA})
        turn.after.culprit[:] = truth
        turn.after.suspicion[:] = 0.1
        turn.after.suspicion[[Seat.US, Seat.IRAN], Cause.MILITIA] = 0.7
        turn.after.suspicion[Seat.IRAQ, Cause.TEHRAN] = 0.7
        turn.after.suspicion[Seat.MILITIA] = 0
        turn.after.suspicion[Seat.MILITIA, Cause.MILITIA] = 1
        turns.append(turn)
    assert front_page(handmade.game_of(*turns), [], []).fired == (
        "Turns 1 and 3: the militias on their own; two of the three who could not know suspected "
        "that most.",
        "Turn 2: a splinter cell; none of the four who could not know suspected that most.",
    )
