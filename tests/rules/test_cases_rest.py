"""Adjudication cases: what drifts back to its rest, and by how much the days move each column.

Everything else stands still, so that each number is that of one rule.
"""

import numpy as np
import pytest

from game.rules.endings import Ending
from game.rules.luck import Draw
from game.rules.rulebook import Fire, Strike
from tests.support import (
    IRAN,
    MILITIA,
    US,
    either_side,
    lucky,
    still,
    turn,
    with_deed,
    with_site,
    with_word,
)


def near(value: object) -> object:
    return pytest.approx(value, abs=2e-5)


@pytest.mark.parametrize(
    ("column", "half_life", "rest"),
    [
        ("us_case", "politics.case_half_life", "politics.case_rest"),
        ("us_support", "politics.support_half_life", "politics.support_rest"),
        ("us_coalition", "politics.coalition_half_life", "politics.coalition_rest"),
        ("iraq_momentum", "politics.momentum_half_life", "politics.momentum_rest"),
        ("mil_standing", "politics.standing_half_life", "politics.standing_rest"),
        ("iraq_unrest", "politics.unrest_half_life", "politics.unrest_rest"),
        ("iran_cohesion", "politics.cohesion_half_life", "politics.cohesion_rest"),
        ("mil_concealment", "upkeep.concealment_half_life", "upkeep.concealment_rest"),
        ("us_protection", "upkeep.protection_half_life", "upkeep.protection_rest"),
        ("iraq_guard", "upkeep.guard_half_life", "upkeep.guard_rest"),
        ("iran_pressure", "upkeep.pressure_half_life", "upkeep.pressure_rest"),
        ("mil_favour", "upkeep.favour_half_life", "upkeep.favour_rest"),
    ],
)
def test_8_17_moods_and_guards_go_back_to_their_rest(
    column: str, half_life: str, rest: str
) -> None:
    """Half of the way to its rest is made in the half-life, from above and from below, and no other
    column moves by it."""
    rules = {half_life: 7, rest: 0.3}
    for start, then in ((0.9, 0.6), (0.1, 0.2), (0.3, 0.3)):
        before = still(rules=rules, **{column: start})
        after, _ = turn(before)
        assert getattr(after, column)[0] == near(then)
        long, _ = turn(still(rules=rules, days=14, **{column: start}))
        assert getattr(long, column)[0] == near(0.3 + (start - 0.3) / 4)
        elsewhere, _ = turn(still(**{column: start}))
        for other in ("us_case", "us_support", "iraq_authority", "iran_cohesion", "brink"):
            if other != column:
                assert getattr(after, other)[0] == near(getattr(elsewhere, other)[0]), other


@pytest.mark.parametrize(
    ("unrest", "caretaker", "then"),
    # 0.6 - 0.2 x unrest - 0.1 under a caretaker, half of the way from 0.7
    [(0.0, 0, 0.65), (0.5, 0, 0.6), (0.5, 1, 0.55), (1.0, 1, 0.5)],
)
def test_8_18_where_authority_rests(unrest: float, caretaker: int, then: float) -> None:
    """Authority rests lower in unrest, and under a caretaker."""
    rules = {
        "politics.authority_half_life": 7,
        "politics.authority_rest": 0.6,
        "politics.authority_by_unrest": 0.2,
        "politics.authority_by_caretaker": 0.1,
    }
    before = still(rules=rules, iraq_authority=0.7, iraq_unrest=unrest, iraq_caretaker=caretaker)
    after, _ = turn(before)
    assert after.iraq_authority[0] == near(then)
    assert after.iraq_caretaker[0] == caretaker


@pytest.mark.parametrize(("stature", "then"), [(0, 0.4), (0.5, 0.55), (1, 0.7)])
def test_8_19_where_the_network_rests(stature: float, then: float) -> None:
    """The network rests between its floor, 0.3, and its ceiling, 0.9, by its commander's stature:
    half of the way from 0.5."""
    rules = {
        "upkeep.network_half_life": 7,
        "upkeep.network_floor": 0.3,
        "upkeep.network_ceiling": 0.9,
    }
    after, _ = turn(still(rules=rules, iran_network=0.5, iran_commander=stature))
    assert after.iran_network[0] == near(then)
    assert after.iran_grip[0] == 0.5


def test_8_20_where_the_grip_rests() -> None:
    """Grip rests at 0.8 of what the network has become: at 0.32 of 0.4, half of the way from
    0.6."""
    rules = {
        "upkeep.grip_half_life": 7,
        "upkeep.grip_by_network": 0.8,
        "upkeep.network_half_life": 7,
        "upkeep.network_floor": 0.2,
    }
    after, _ = turn(still(rules=rules, iran_grip=0.6, iran_network=0.6, iran_commander=0))
    assert after.iran_network[0] == near(0.4)
    assert after.iran_grip[0] == near(0.46)


def test_8_21_names_and_bonds_are_forgotten() -> None:
    """A facade name, and what is staked in public and in private, lose a half in their
    half-lives."""
    rules = {"upkeep.facade_half_life": 7, "upkeep.stake_half_life": 14}
    before = still(
        rules=rules, mil_facade=0.8, stake={"IRAN>US": 0.8}, private_stake={"IRAQ>IRAN": 0.4}
    )
    after, _ = turn(before)
    assert after.mil_facade[0] == near(0.4)
    assert after.stake[IRAN, US, 0] == near(0.8 * 0.707107)
    assert after.private_stake[3, IRAN, 0] == near(0.4 * 0.707107)


def test_8_22_what_a_fortnight_makes() -> None:
    """In two weeks: 100 x 2 x favour 0.4 x network 0.5 rockets and 6 x 2 of the workshops; 10 x 2 x
    (1 - 0.4 x pressure 0.5) missiles; 60 x 2 x standing 0.25 recruits; 0.02 x 2 of the leaders that
    are missing."""
    rules = {
        "upkeep.supply": 100,
        "upkeep.workshop": 6,
        "upkeep.missile_supply": 10,
        "upkeep.missiles_by_pressure": 0.4,
        "upkeep.recruits": 60,
        "upkeep.leaders_rebuilt": 0.02,
    }
    before = still(
        rules=rules, days=14, mil_favour=0.4, iran_network=0.5, iran_pressure=0.5,
        mil_standing=0.25, mil_leaders=0.4,
    )  # fmt: skip
    after, _ = turn(before)
    assert after.mil_rockets[0] == near(600 + 40 + 12)
    assert after.iran_missiles[0] == near(1500 + 16)
    assert after.mil_fighters[0] == near(20000 + 30)
    assert after.mil_leaders[0] == near(0.4 + 0.04 * 0.6)


def test_8_23_favour_is_earned_and_lost() -> None:
    """What looks like obedience earns 0.04 of favour, and who is caught loses 0.2 and earns
    nothing; grip gains 0.01 and loses 0.03 by the truth."""
    rules = {
        "agency.monitoring": 0.5,
        "agency.favour_for_obeying": 0.04,
        "agency.favour_lost_when_caught": 0.2,
        "agency.grip_gained_by_obeying": 0.01,
        "agency.grip_lost_by_defiance": 0.03,
    }
    told = still(rules=rules, mil_guidance=1, iran_network=0.5)
    obeyed, _ = turn(told, MILITIA="harass")
    assert (obeyed.mil_favour[0], obeyed.iran_grip[0]) == near((0.54, 0.51))
    shirked, out = turn(either_side(told, Draw.MONITOR, 0.25))
    assert out.caught.tolist() == [True, False]
    assert shirked.mil_favour == near([0.3, 0.5])
    assert shirked.iran_grip == near([0.47, 0.47])
    assert obeyed.mil_guidance[0] == 1


def test_8_24_clocks() -> None:
    """Every clock runs by the days of the turn: since force, since an attack, of a truce, of an
    order; the last stops at its last day."""
    before = still(days=6, us_force_days=100, quiet_days=10, mil_truce=20, iraq_order_days=30)
    after, _ = turn(before)
    assert after.us_force_days[0] == 106
    assert after.quiet_days[0] == 16
    assert after.mil_truce[0] == 26
    assert after.iraq_order_days[0] == 24
    last, _ = turn(before.with_(iraq_order_days=5, iraq_momentum=1))
    assert last.iraq_order_days[0] == 1
    assert last.ending[0] == Ending.EXPULSION


# ------------------------------------------------------------------------ what blows do at home


def test_6_34_a_breach_in_numbers() -> None:
    """A strike that kills two soldiers and one civilian pushes by 0.1 + 0.02 x 3, times (0.5 + lean
    0.7), of the 0.6 of momentum that is left; and takes 0.025 of authority."""
    rules = {
        "politics.breach_momentum": 0.1,
        "politics.dead_momentum": 0.02,
        "politics.breach_authority": 0.025,
        "force.collateral_by_concealment": 1,
    }
    bombs = Strike(fighters=0, collateral=2, civilians=1)
    before = with_deed(
        still(rules=rules, iraq_lean=0.7, iraq_momentum=0.4),
        US, "strike_depots", strike=bombs, effects={}, harm={},
    )  # fmt: skip
    luck = {
        Draw.COLLATERAL: (0.5 + 0.1 / 4096, 0.5 + 0.7 / 4096),  # 2.25 and less than 0.75
        Draw.CIVILIANS: (0.5, 0.55),  # 1.125 and less than 0.25, or 0.875
    }
    after, out = turn(lucky(before, luck), US="strike_depots")
    dead = out.strike_iraqi_killed[0] + out.strike_civilians_killed[0]
    assert out.strike_iraqi_killed[0] == 2
    assert after.iraq_momentum[0] == near(0.4 + (0.1 + 0.02 * dead) * 1.2 * 0.6)
    assert after.iraq_authority[0] == near(0.475)


def test_6_35_martyrs_in_numbers() -> None:
    """Eight dead at a hundredth of the leadership each, and 0.08 of the leaders, bring 0.06 of
    standing times 0.16."""
    rules = {
        "politics.standing_by_martyrs": 0.06,
        "politics.martyr_per_militiaman": 0.01,
        "force.concealment_saves": 0.4,
    }
    bombs = Strike(fighters=10, leaders=0.1)
    before = with_deed(still(rules=rules), US, "strike_depots", strike=bombs, effects={}, harm={})
    after, out = turn(lucky(before, {Draw.STRIKE_LUCK: (0.5, 0.502)}), US="strike_depots")
    assert out.strike_militia_killed[0] == 8
    assert after.mil_standing[0] == near(0.5 + 0.06 * 0.16)


@pytest.mark.parametrize(("dead", "worth"), [(0, 1), (1, 2), (2, 3), (8, 3)])
def test_6_36_credit_grows_with_the_dead_up_to_a_point(dead: int, worth: int) -> None:
    """Credit for an attack is worth 0.02, and as much again for each foreign death, up to three
    times; half a claim takes half."""
    rules = {"politics.standing_per_claim": 0.02, "force.toll_tail": 4, "force.toll_cap": 1}
    lethal = Fire(
        rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9 if dead else 0, toll=dead, rung=4
    )
    before = with_deed(still(rules=rules), MILITIA, "barrage", fire=lethal)
    before = with_site(before, "taji", iraqis=0, partners=1)
    before = with_word(before, "claim", credit=0.5)
    after, out = turn(before, MILITIA=("barrage@taji", "claim"))
    assert out.fire_coalition_killed.sum() == after.coalition_dead[0] == dead
    assert after.mil_standing[0] == near(0.5 + 0.02 * 0.5 * worth)
    # 0.01 of readiness for each partner's death
    assert after.us_coalition[0] == near(0.7 - 0.01 * dead)


def test_6_41_the_dead_of_all_attacks_count_for_the_claim() -> None:
    """Whoever takes the credit takes it for everybody who died of unsigned fire: one partner at
    Taji and one at Erbil make 0.02 three times."""
    rules = {"politics.standing_per_claim": 0.02, "force.toll_cap": 1}
    lethal = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=1, rung=4)
    before = with_deed(still(rules=rules), MILITIA, "barrage", fire=lethal)
    before = with_deed(before, IRAN, "deniable_strike", fire=lethal)
    for site in ("taji", "erbil"):
        before = with_site(before, site, iraqis=0, partners=1)
    before = with_word(before, "claim", credit=1)
    after, _ = turn(before, MILITIA=("barrage@taji", "claim"), IRAN="deniable_strike@erbil")
    assert after.coalition_dead[0] == 2
    assert after.mil_standing[0] == near(0.56)
    assert after.us_coalition[0] == near(0.68)


def test_6_37_iraqi_dead_in_numbers() -> None:
    """Each Iraqi killed by unsigned rockets costs the militias 0.02 of standing."""
    rules = {"politics.standing_by_iraqi_dead": 0.02, "force.toll_cap": 1}
    lethal = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=4, rung=4)
    before = with_site(
        with_deed(still(rules=rules), MILITIA, "barrage", fire=lethal), "taji", iraqis=1
    )
    after, out = turn(before, MILITIA="barrage@taji")
    assert out.fire_iraqi_killed.sum() == after.iraqi_dead[0] == 4
    assert after.mil_standing[0] == near(0.5 - 0.08)


@pytest.mark.parametrize(("case", "support", "coalition"), [(0.8, 0.53, 0.69), (0.3, 0.46, 0.665)])
def test_6_38_force_at_home_in_numbers(case: float, support: float, coalition: float) -> None:
    """Force moves support by 0.1 for each unit of case above a half and 0.2 below it; and costs
    partners' readiness 0.05 times the case that is missing. The clock starts anew."""
    rules = {
        "politics.support_rally": 0.1,
        "politics.support_blunder": 0.2,
        "politics.coalition_by_force": 0.05,
    }
    before = still(rules=rules, us_case=case, us_force_days=50)
    after, _ = turn(before, US="strike_depots")
    assert after.us_support[0] == near(support)
    assert after.us_coalition[0] == near(coalition)
    assert after.us_force_days[0] == 0
    hidden, _ = turn(before, US="cyber")
    assert hidden.us_force_days[0] == 57
    assert hidden.us_support[0] == 0.5


def test_6_39_sanctions_in_numbers() -> None:
    """Sanctions cost 0.01 of cohesion a week at full weight: of 0.6, in two weeks, 0.012."""
    after, _ = turn(still(rules={"politics.pressure_bites": 0.01}, days=14, iran_pressure=0.6))
    assert after.iran_cohesion[0] == near(0.488)


def test_6_40_the_dead_and_wounded_at_home() -> None:
    """Each American death costs 0.02 of support, each wounded in a first or a late report 0.001."""
    rules = {
        "politics.support_per_dead": 0.02,
        "politics.support_per_wounded": 0.001,
        "force.toll_cap": 1,
        "chance.report_half_life": 7,
    }
    lethal = Fire(
        rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=4, wounding=4, rung=4
    )
    before = with_deed(
        still(rules=rules, us_wounded_unreported=40), MILITIA, "barrage", fire=lethal
    )
    before = with_site(before, "taji", iraqis=0, partners=0)
    after, out = turn(before, MILITIA="barrage@taji")
    assert out.us_killed[0] == 4
    assert out.revised[0] == 20
    assert out.us_wounded_reported[0] > 0
    lost = 0.02 * 4 + 0.001 * (20 + out.us_wounded_reported[0])
    assert after.us_support[0] == near(0.5 - lost)


def test_8_25_one_step_further_from_the_agreement() -> None:
    """A nuclear step is one of the twelve; the last can be taken once."""
    after, _ = turn(still(iran_nuclear=4), IRAN="nuclear_step")
    assert after.iran_nuclear[0] == 5
    after, _ = turn(still(iran_nuclear=11), IRAN="nuclear_step")
    assert after.iran_nuclear[0] == 12


def test_8_26_militias_are_folded_in() -> None:
    """To fold militias into the chain of command moves it by what the deed's data says."""
    before = with_deed(
        still(iraq_chain=0.2), 3, "fold_in", effects={"iraq_chain": 0.06}, timely={}, costs={}
    )
    after, _ = turn(before, IRAQ="fold_in")
    assert after.iraq_chain[0] == near(0.26)
    kept, _ = turn(after)
    assert kept.iraq_chain[0] == near(0.26)
    assert np.array_equal(kept.iraq_forces, before.iraq_forces)
