"""Beliefs held against the truth, forecasts scored, uses of force: by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.rules.endings import Ending
from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Seat
from game.rules.state import ESTIMATED
from game.views.beliefs import attacks_judged, estimates
from game.views.forecasts import forecasts, scores
from game.views.played import Turn
from game.views.uses import users_of_force, uses_of_force
from tests.views.handmade import BOOK, game_of, position, site, turn_of

US, IRAN, MILITIA, IRAQ = SEATS


def guessed(odds: dict[tuple[Seat, Seat], float], **given: str) -> Turn:
    turn = turn_of(given)
    turn.orders.forecast = np.full((4, 4, 1), np.nan, np.float32)
    for pair, share in odds.items():
        turn.orders.forecast[pair] = share
    return turn


def test_forecasts_are_scored_rival_by_rival() -> None:
    """The base rate is each rival's own, over the turns in which it was forecast; what came is what
    was fired, not what was ordered."""
    fired = guessed({(US, IRAN): 0.5, (US, MILITIA): 1.0}, MILITIA="recruit")
    fired.outcome.fire_attacks[Source.MILITIA] = 1
    game = game_of(
        fired,
        guessed({(US, IRAN): 0.25, (IRAN, US): 0.75}, IRAN="shipping", US="strike_depots"),
        turn_of({"MILITIA": "harass"}),
        guessed({(US, IRAN): 0.0, (US, MILITIA): 0.5}, MILITIA="harass"),
    )
    assert [(f.turn, f.by, f.of, f.odds, f.came) for f in forecasts(game)] == [
        (1, US, IRAN, 0.5, False),
        (1, US, MILITIA, 1.0, True),
        (2, US, IRAN, 0.25, True),
        (2, IRAN, US, 0.75, True),
        (4, US, IRAN, 0.0, False),
        (4, US, MILITIA, 0.5, False),
    ]
    ours, theirs = scores(game)
    assert (ours.seat, len(ours.forecasts), theirs.seat) == (US, 5, IRAN)
    assert ours.brier == pytest.approx((0.25 + 0 + 0.5625 + 0 + 0.25) / 5)
    base = (2 * (1 / 3) ** 2 + (2 / 3) ** 2 + 2 * 0.25) / 5
    assert ours.base == pytest.approx(base)
    assert ours.skill == pytest.approx(1 - ours.brier / base)
    assert ours.coin == 0.25
    assert (theirs.brier, theirs.base, theirs.skill) == (pytest.approx(0.0625), 0, None)


def judged(signals: dict[Seat, Cause], truth: Cause, shares: dict[Seat, Any]) -> Turn:
    turn = turn_of(signal=signals)
    turn.after.culprit[:] = truth
    for seat, row in shares.items():
        turn.after.suspicion[seat] = np.array(row, np.float32)[:, None]
    return turn


def test_an_attack_is_judged_where_anybody_had_evidence() -> None:
    game = game_of(
        turn_of(),
        judged(
            {IRAQ: Cause.TEHRAN}, Cause.SPLINTER, {US: (0.1, 0.2, 0.6, 0.1), IRAN: (0.5, 0.5, 0, 0)}
        ),
    )
    (one,) = attacks_judged(game)
    assert (one.turn, one.truth) == (2, Cause.SPLINTER)
    assert one.on_truth(US) == pytest.approx(0.6)
    assert one.on_truth(IRAN) == 0
    assert one.suspected[US].first is Cause.SPLINTER
    assert one.suspected[IRAN].first is Cause.TEHRAN


def test_errors_of_estimates_by_hand() -> None:
    """|estimate - truth| and estimate - truth, as shares of the truth, over all moments."""
    row = ESTIMATED.index("mil_rockets")

    def with_rockets(truth: float, taken_for: float) -> Any:
        made = position(mil_rockets=truth)
        made.state.estimates[US, row] = taken_for
        return made

    first, second, third = (
        with_rockets(100, 100),
        with_rockets(200, 260),
        with_rockets(100, 80),
    )
    game = game_of(
        replace(turn_of(before=first), after=second.state),
        replace(turn_of(before=second), after=third.state),
    )
    (found,) = (e for e in estimates(game) if (e.seat, e.column) == (US, "mil_rockets"))
    assert found.truth == (100, 200, 100)
    assert found.taken_for == (100, 260, 80)
    assert found.mean_error == pytest.approx(80 / 400)
    nothing = with_rockets(0, 5)
    empty = game_of(replace(turn_of(before=nothing), after=nothing.state))
    (found,) = (e for e in estimates(empty) if (e.seat, e.column) == (US, "mil_rockets"))
    assert found.mean_error == 0


def test_uses_of_force_to_the_letter() -> None:
    first = turn_of(
        {"US": "strike_depots", "MILITIA": "harass", "IRAQ": "guard"},
        deed_site={US: site("embassy"), MILITIA: site("taji")},
    )
    second = turn_of({"US": "cyber", "IRAN": "missile_strike"}, deed_site={IRAN: site("al_asad")})
    uses = uses_of_force(game_of(first, turn_of(), second))
    assert [(u.turn, u.seat, u.at, u.signed) for u in uses] == [
        (1, US, "the American embassy", True),
        (1, MILITIA, "Camp Taji", False),
        (3, US, "", False),
        (3, IRAN, "Ain al-Asad", True),
    ]
    assert [use.sentence for use in uses] == [
        "Washington: Strike depots, the American embassy",
        "The militias: Harassing fire, Camp Taji",
        "Washington: Cyber operation",
        "Tehran: Missile strike, Ain al-Asad",
    ]
    assert [use.name for use in uses] == [BOOK.deeds[u.seat][u.deed].name for u in uses]
    assert users_of_force(BOOK, second.orders) == [US, IRAN]


def test_a_game_is_its_moments() -> None:
    first, second = turn_of(after={"attacks": 60}), turn_of(before=position(attacks=61))
    game = game_of(first, second)
    assert [float(m.attacks[0]) for m in game.moments] == [
        float(first.before.attacks[0]), 60, 61,
    ]  # fmt: skip
    assert game.final is second.after
    assert [outcome for _, outcome in game.remembered] == [None, *(t.outcome for t in game.turns)]
    assert game.happened("attacks") == 60 - int(first.before.attacks[0])
    assert game.put_in("attacks") == 1
    assert game.ending is Ending.NONE
