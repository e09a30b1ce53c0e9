"""Adjudication cases, phase 9: rungs, the brink, and how a game ends."""

from dataclasses import fields

import numpy as np
import pytest

from game.rules.endings import Ending
from game.rules.orders import PARTS
from game.rules.outcome import nothing
from game.rules.resolve import resolve
from game.rules.seats import Rung
from game.rules.state import array_names
from tests.support import IRAQ, Position, one_game, orders, still, turn, turns, with_deed

GAMES = 2000
BRINK = {
    "endings.brink_by_leaders": 0.06,
    "endings.brink_by_exchange": 0.15,
    "endings.brink_by_massacre": 0.5,
    "endings.war_odds": 0,
}
SAFE = {"us_protection": 1, "brink": 0}


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def ending(position: Position) -> Ending:
    return Ending(int(position.ending[0]))


# ----------------------------------------------------------------------------- rungs and the brink


def test_9_1_a_turn_stands_at_its_highest_rung() -> None:
    """Every happening carries a rung; the turn stands at the highest of them, the game remembers
    it."""
    ladder = (
        ({}, Rung.CALM),
        ({"IRAQ": ("hold", "condemn>US")}, Rung.WORDS),
        ({"US": "sanction", "IRAQ": ("hold", "condemn>US")}, Rung.PRESSURE),
        ({"MILITIA": "siege"}, Rung.HARASSMENT),
        ({"US": "strike_depots", "MILITIA": "siege"}, Rung.MILITIA_STRUCK),
        ({"US": "kill_commander"}, Rung.LEADERS_STRUCK),
        ({"US": "strike_iran", "IRAQ": "arrest"}, Rung.STATES_STRIKE),
    )
    for given, rung in ladder:
        after, out = turn(still(rules=BRINK, highest_rung=4), **given)
        assert out.rung[0] == after.rung[0] == rung
        assert after.highest_rung[0] == max(rung, 4)


def test_9_2_covert_deeds_leave_no_rung() -> None:
    """What nobody sees does not move the ladder."""
    after, _ = turn(still(), US="cyber", IRAN="arm", MILITIA="disperse")
    assert after.rung[0] == Rung.CALM


def test_9_3_each_exchange_brings_war_nearer() -> None:
    """A strike on leaders, an exchange between states, a massacre: each brings the brink nearer."""
    steps = {
        deed: turn(still(rules=BRINK, brink=0.2), US=deed)[0].brink[0]
        for deed in ("strike_depots", "kill_commander", "strike_iran")
    }
    assert list(steps.values()) == near([0.2, 0.2 + 0.06 * 0.8, 0.2 + 0.15 * 0.8])
    massacre = still(
        rules=BRINK | {"force.mass_casualties": 1}, games=500, us_protection=0, brink=0.2
    )
    after, out = turn(massacre, MILITIA="barrage")
    assert after.brink[out.rung == Rung.MASS_CASUALTIES] == near(0.2 + 0.5 * 0.8)
    assert after.brink[out.rung < Rung.MASS_CASUALTIES] == near(0.2)


def test_9_4_the_brink_recedes() -> None:
    """Left alone, the brink recedes by half in its half-life; mediation helps."""
    fades = {"endings.brink_half_life": 7}
    after, _ = turn(still(rules=fades, brink=0.4))
    assert after.brink[0] == near(0.2)
    mediated, _ = turn(still(rules=fades, brink=0.4), IRAQ="mediate")
    assert mediated.brink[0] < 0.2


def test_9_5_at_an_exchange_luck_decides_on_war() -> None:
    """The threat that leaves something to chance: at an exchange between states, the nearer the
    brink, the likelier it slips into general war."""
    share = {}
    for brink in (0.0, 0.9):
        before = still(
            rules=BRINK | {"endings.war_odds": 0.5}, games=GAMES, us_protection=1, brink=brink
        )
        after, _ = turn(before, IRAN=("missile_strike", "notice>US"))
        share[brink] = (after.ending == Ending.GENERAL_WAR).mean()
        assert (after.rung[after.ending > 0] == Rung.GENERAL_WAR).all()
        assert (after.highest_rung[after.ending > 0] == Rung.GENERAL_WAR).all()
    assert share[0.0] == pytest.approx(0.5 * 0.15, abs=0.02)
    assert share[0.9] == pytest.approx(0.5 * (0.9 + 0.015), abs=0.035)


def test_9_6_short_of_an_exchange_there_is_no_general_war() -> None:
    """No strike on the militia, and no killing by rockets, is general war by itself."""
    before = still(rules={"endings.war_odds": 1}, games=GAMES, brink=1)
    after, out = turn(before, US="kill_commander", MILITIA="barrage")
    assert (after.ending[out.rung < Rung.STATES_STRIKE] == 0).all()
    assert (out.rung < Rung.STATES_STRIKE).sum() > 1900


# ----------------------------------------------------------------------------------------- endings


def test_9_7_expulsion_carried_out() -> None:
    """A binding order that falls due with the momentum behind it is carried out."""
    before = still(rules={"endings.expulsion_momentum": 0.5}, iraq_order_days=7, iraq_momentum=0.6)
    after, out = turn(before)
    assert ending(after) is Ending.EXPULSION
    assert out.ending[0] == Ending.EXPULSION
    assert after.ended_turn[0] == 1


def test_9_8_an_order_without_momentum_lapses() -> None:
    """An order that falls due when parliament has lost its will is forgotten, and the game goes
    on."""
    before = still(rules={"endings.expulsion_momentum": 0.5}, iraq_order_days=7, iraq_momentum=0.4)
    after, _ = turn(before)
    assert ending(after) is Ending.NONE
    assert after.iraq_order_days[0] == 0
    running, _ = turn(before.with_(iraq_order_days=30, iraq_momentum=0.9))
    assert ending(running) is Ending.NONE


def test_9_9_american_withdrawal() -> None:
    """The mission ends when too few troops are left for it, by Washington's own decision."""
    before = still(rules={"endings.withdrawal_troops": 400}, us_troops=2500)
    after, _ = turn(before, US="draw_down")
    assert ending(after) is Ending.NONE
    after, _ = turn(after, US="draw_down")
    assert ending(after) is Ending.WITHDRAWAL
    assert after.ended_turn[0] == 2


def test_9_10_collapse_of_the_government() -> None:
    """The government falls when nobody obeys it any longer."""
    before = still(rules={"endings.collapse_authority": 0.04}, iraq_authority=0.09)
    after, _ = turn(before, MILITIA="intimidate")
    assert ending(after) is Ending.COLLAPSE
    after, _ = turn(before)
    assert ending(after) is Ending.NONE


PEACE = {"mil_truce": 21, "us_force_days": 21}


def test_9_11_mutual_restraint() -> None:
    """Weeks of a truce, as many without American force, and no debt left to answer: the cycle has
    stopped."""
    before = still(rules={"endings.settled_days": 28}, **PEACE)
    after, _ = turn(before)
    assert ending(after) is Ending.RESTRAINT


def test_9_12_peace_needs_all_three() -> None:
    """Without a truce that is old enough, soon after American force, or with an open debt, there is
    no settlement."""
    rules = {"endings.settled_days": 28}
    for missing in (
        {"mil_truce": 0},
        {"mil_truce": 20},
        {"us_force_days": 20},
        {"debt": {"IRAN>US": 7}, "debt_days": {"IRAN>US": 90}},
    ):
        after, _ = turn(still(rules=rules, **(PEACE | missing)))
        assert ending(after) is Ending.NONE
    after, _ = turn(still(rules=rules, **PEACE), MILITIA="harass")
    assert ending(after) is Ending.NONE


def test_9_13_the_calendar_runs_out() -> None:
    """After the calendar's last turn the game is over."""
    after = turns(still(turns=3), 2)
    assert ending(after) is Ending.NONE
    after, _ = turn(after)
    assert ending(after) is Ending.CALENDAR
    assert after.ended_turn[0] == 3


def test_9_14_there_is_no_turn_after_the_last() -> None:
    """The referee adjudicates no turn that the calendar does not have."""
    after = turns(still(turns=1), 1)
    with pytest.raises(ValueError, match="calendar ends after turn 1"):
        turn(after)


def test_9_15_the_gravest_ending_counts() -> None:
    """Where several endings fall together, the gravest is recorded."""
    doomed = still(
        turns=1,
        iraq_authority=0,
        iraq_order_days=1,
        iraq_momentum=1,
        us_troops=0,
        rules={"endings.war_odds": 1},
        brink=1,
        **PEACE,
    )
    war, _ = turn(doomed.with_(us_support=1), US="strike_iran")
    assert ending(war) is Ending.GENERAL_WAR
    order = (
        (Ending.COLLAPSE, {"iraq_authority": 0.5}),
        (Ending.EXPULSION, {"iraq_order_days": 0}),
        (Ending.WITHDRAWAL, {"us_troops": 5000}),
        (Ending.RESTRAINT, {"mil_truce": 0}),
        (Ending.CALENDAR, {}),
    )
    for expected, cure in order:
        after, _ = turn(doomed)
        assert ending(after) is expected
        doomed = doomed.with_(**cure)


@pytest.mark.parametrize(
    ("rules", "columns", "beyond", "expected"),
    [
        ({"endings.collapse_authority": 0.25}, {"iraq_authority": 0.25}, 0.26, Ending.COLLAPSE),
        ({"endings.withdrawal_troops": 400}, {"us_troops": 400}, 401, Ending.WITHDRAWAL),
        (
            {"endings.expulsion_momentum": 0.5},
            {"iraq_momentum": 0.5, "iraq_order_days": 1},
            0.49,
            Ending.EXPULSION,
        ),
        ({"endings.settled_days": 28}, {"mil_truce": 21}, 20, Ending.RESTRAINT),
        (
            {"endings.settled_days": 28},
            {"us_force_days": 21, "mil_truce": 99},
            20,
            Ending.RESTRAINT,
        ),
    ],
)
def test_9_21_just_there_is_there(
    rules: dict[str, float], columns: dict[str, float], beyond: float, expected: Ending
) -> None:
    """Each ending is reached where its number is just met, and not one step before."""
    met, _ = turn(still(rules=rules, **columns))
    assert ending(met) is expected
    assert met.ended_turn[0] == 1
    short, _ = turn(still(rules=rules, **(columns | {next(iter(columns)): beyond})))
    assert ending(short) is Ending.NONE
    assert short.ended_turn[0] == 0


def test_9_22_an_order_falls_due_on_its_last_day() -> None:
    """An order with more than a day left is not yet due, whatever the momentum behind it."""
    before = still(days=1, iraq_momentum=1, iraq_order_days=3)
    waiting, _ = turn(before)
    assert ending(waiting) is Ending.NONE
    assert waiting.iraq_order_days[0] == 2
    due, _ = turn(waiting)
    assert ending(due) is Ending.EXPULSION


# ------------------------------------------------------------------------------------- ended games


def test_9_16_ended_games_stay_as_they_are() -> None:
    """A game that has ended stays exactly as it is, whatever is ordered in it."""
    before = one_game(games=6)
    before.state.ending[::2] = Ending.COLLAPSE
    before.state.ended_turn[::2] = 1
    after, out = turn(
        before,
        US=("strike_depots", "threaten>IRAN:5"),
        IRAN=("missile_strike", "notice>US"),
        MILITIA=("barrage", "claim"),
        IRAQ="arrest",
    )
    for name in array_names():
        old, new = getattr(before, name), getattr(after, name)
        assert np.array_equal(old[..., ::2], new[..., ::2]), name
    assert (after.attacks[1::2] > before.attacks[1::2]).all()
    assert (after.turn, before.turn) == (1, 0)
    empty = nothing(out.turn, out.orders)
    for field in fields(out):
        if field.name not in ("turn", "orders"):
            recorded = getattr(out, field.name)[..., ::2]
            assert np.array_equal(recorded, getattr(empty, field.name)[..., ::2]), field.name
    assert (out.orders.deed[:, ::2] == 0).all(), "nothing was done in it"
    assert (out.orders.deed[:, 1::2] > 0).all()


def test_9_17_a_playing_game_does_not_notice_ended_ones() -> None:
    """A game goes on as it would alone, whichever of the others have ended."""
    before = one_game(games=6)
    ended = before.with_()
    ended.state.ending[::2] = Ending.COLLAPSE
    given = {"US": "strike_fighters", "MILITIA": "barrage", "IRAQ": "investigate"}
    all_on, _ = turn(before, **given)
    some_on, _ = turn(ended, **given)
    for name in array_names():
        one, other = getattr(all_on, name), getattr(some_on, name)
        assert np.array_equal(one[..., 1::2], other[..., 1::2]), name


def test_9_18_the_referee_leaves_its_inputs_alone() -> None:
    """Adjudication changes neither the state that it is given nor the orders."""
    before = one_game(games=20)
    kept = before.state.copy()
    given = orders(
        before,
        US=("strike_depots", "justify_defence", "notice>IRAQ"),
        IRAN=("missile_strike", "claim"),
        MILITIA=("barrage", "claim"),
        IRAQ="arrest",
    )
    copy = given.take(slice(None))
    resolve(before.setting, before.state, given)
    assert before.turn == kept.turn
    for name in array_names():
        assert np.array_equal(getattr(before, name), getattr(kept, name)), name
    for name in PARTS:
        assert np.array_equal(getattr(given, name), getattr(copy, name)), name


def test_9_19_batches_must_fit() -> None:
    """Orders for another number of games are refused."""
    with pytest.raises(ValueError, match=r"it must be intp of shape \(4, 3\)"):
        turn(one_game(games=3), orders(one_game(games=2)))


def test_9_20_an_order_to_leave_runs_its_whole_way() -> None:
    """Given, carried and kept alive, a binding order ends in expulsion when its days are over."""
    before = still(
        days=10,
        iraq_resolution=1,
        iraq_momentum=0.9,
        iraq_authority=0.9,
        rules={"endings.expulsion_momentum": 0.5},
    )
    before = with_deed(before, IRAQ, "order_out", effects={"iraq_order_days": 60})
    position, _ = turn(before, IRAQ="order_out")
    played = 1
    while not position.ending[0]:
        position, _ = turn(position, US="reinforce")
        played += 1
    assert ending(position) is Ending.EXPULSION
    assert played == 6  # sixty days, ten a turn
    assert position.iraq_order_days[0] == 1
