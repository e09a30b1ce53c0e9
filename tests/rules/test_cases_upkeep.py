"""Adjudication cases, phase 8: supply, rebuilding, decay, and the drift back to normal."""

import numpy as np
import pytest

from game.rules.state import COLUMNS
from tests.support import (
    IRAN,
    MILITIA,
    US,
    Position,
    idle,
    one_game,
    rewritten,
    still,
    turn,
    turns,
)


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-4)


def test_8_1_rockets_come_as_favour_and_network_allow() -> None:
    """Tehran supplies the militia each week, in proportion to its favour and to the network."""
    rules = {"upkeep.supply": 100}
    for favour, network, rockets in ((1, 1, 700), (0.5, 1, 650), (0.5, 0.5, 625), (1, 0, 600)):
        after, _ = turn(still(rules=rules, mil_favour=favour, iran_network=network))
        assert after.mil_rockets[0] == near(rockets)
    after, _ = turn(still(rules=rules, days=14, mil_favour=1, iran_network=1))
    assert after.mil_rockets[0] == near(800)


def test_8_2_workshops_need_nobody() -> None:
    """What the militia's workshops make does not depend on Tehran."""
    rules = {"upkeep.workshop": 6}
    after, _ = turn(still(rules=rules, mil_favour=0, iran_network=0))
    assert after.mil_rockets[0] == near(606)


def test_8_3_ranks_and_leaders_grow_back() -> None:
    """Recruits come to a militia that stands high; leaders grow back, slower the fewer are
    missing."""
    rules = {"upkeep.recruits": 60, "upkeep.leaders_rebuilt": 0.02}
    after, _ = turn(still(rules=rules, mil_standing=0.5, mil_leaders=0.5))
    assert after.mil_fighters[0] == near(20030)
    assert after.mil_leaders[0] == near(0.51)
    full, _ = turn(still(rules=rules, mil_leaders=1))
    assert full.mil_leaders[0] == 1


def test_8_4_sanctions_slow_the_missile_works() -> None:
    """Sanctions slow the making of missiles."""
    rules = {"upkeep.missile_supply": 10}
    for pressure, made in ((0, 10), (1, 5)):
        after, _ = turn(still(rules=rules, iran_pressure=pressure))
        assert after.iran_missiles[0] == near(1500 + made)


def test_8_5_a_network_without_its_commander_sinks() -> None:
    """Without a commander of stature, the network falls to what its officers can hold."""
    rules = {"upkeep.network_half_life": 7, "upkeep.network_floor": 0.3}
    bereft, _ = turn(still(rules=rules, iran_network=0.7, iran_commander=0))
    led, _ = turn(still(rules=rules, iran_network=0.7, iran_commander=1))
    assert bereft.iran_network[0] == near(0.5)
    assert led.iran_network[0] == near(0.75)


def test_8_6_grip_follows_the_network() -> None:
    """Tehran's grip on the militias follows the network's strength."""
    rules = {"upkeep.grip_half_life": 7, "upkeep.grip_by_network": 0.8}
    after, _ = turn(still(rules=rules, iran_grip=0.6, iran_network=0.5))
    assert after.iran_grip[0] == near(0.5)


def test_8_7_guards_and_hiding_wear_off() -> None:
    """Men come out of hiding, guards go back to barracks, sanctions and favour return to their
    rest."""
    rules = {
        "upkeep.concealment_half_life": 7,
        "upkeep.concealment_rest": 0.3,
        "upkeep.guard_half_life": 7,
        "upkeep.guard_rest": 0.3,
        "upkeep.pressure_half_life": 7,
        "upkeep.pressure_rest": 0.6,
        "upkeep.favour_half_life": 7,
        "upkeep.favour_rest": 0.6,
    }
    after, _ = turn(
        still(rules=rules, mil_concealment=0.9, iraq_guard=0.5, iran_pressure=0.8, mil_favour=0.2)
    )
    assert after.mil_concealment[0] == near(0.6)
    assert after.iraq_guard[0] == near(0.4)
    assert after.iran_pressure[0] == near(0.7)
    assert after.mil_favour[0] == near(0.4)


def test_8_8_a_commitment_fades_and_the_line_stays() -> None:
    """A commitment, public or private, fades with the days; the line that it was drawn for
    stands."""
    before = still(
        rules={"upkeep.stake_half_life": 7},
        stake={"US>IRAN": 0.8},
        private_stake={"US>IRAN": 0.6},
        line={"US>IRAN": 5},
    )
    after, _ = turn(before)
    assert after.stake[US, IRAN, 0] == near(0.4)
    assert after.private_stake[US, IRAN, 0] == near(0.3)
    assert after.line[US, IRAN, 0] == 5


def test_8_9_quiet_days_are_counted_from_the_last_attack() -> None:
    """Days without an attack on Americans add up; any attack starts the count anew."""
    quiet, _ = turn(still(quiet_days=10))
    fired, _ = turn(still(quiet_days=10), MILITIA="harass")
    besieged, _ = turn(still(quiet_days=10), MILITIA="siege")
    assert (quiet.quiet_days[0], fired.quiet_days[0], besieged.quiet_days[0]) == (17, 0, 17)


def test_8_10_a_truce_holds_while_nobody_fires() -> None:
    """A truce counts its days from 1; it ends with any unsigned attack, a spoiler's too."""
    declared, _ = turn(still(days=3), MILITIA="truce")
    assert declared.mil_truce[0] == 4  # three days on, the fourth day of it
    held, _ = turn(declared)
    assert held.mil_truce[0] == 7
    broken, _ = turn(held, MILITIA="harass")
    assert broken.mil_truce[0] == 0
    none, _ = turn(still())
    assert none.mil_truce[0] == 0


def test_8_11_a_truce_outlives_spoilers_but_no_death() -> None:
    """A few rockets that somebody fires to spoil a truce do not end it, though the quiet is over;
    a death does, whoever fired."""
    rules = {"chance.third_party_hazard": 1, "chance.third_party_room": 0}
    before = still(rules=rules, games=2000, mil_truce=20, quiet_days=20, us_protection=0)
    after, out = turn(before)
    deadly = out.us_killed + out.fire_coalition_killed.sum(axis=0) > 0
    assert 0 < deadly.sum() < deadly.size
    assert (after.mil_truce == np.where(deadly, 0, 27)).all()
    assert not after.quiet_days.any()


def test_8_11b_a_blow_of_either_side_ends_a_truce() -> None:
    """The militias' own fire ends their truce, and an American strike on them; their crowds do not,
    nor missiles of Iran's that kill nobody."""
    before = still(games=50, mil_truce=20, rules={"force.protection_saves": 1}, us_protection=1)
    for given in ({"MILITIA": "harass"}, {"US": "strike_depots"}):
        after, _ = turn(before, **given)
        assert not after.mil_truce.any()
    for given in ({"MILITIA": "siege"}, {"IRAN": "missile_strike"}, {"US": "strike_iran"}):
        after, _ = turn(before, **given)
        assert (after.mil_truce == 27).all()


def test_8_12_an_orders_clock_runs() -> None:
    """The days until a binding order falls due run down, and stop at the last."""
    running, _ = turn(still(iraq_order_days=30))
    assert running.iraq_order_days[0] == 23
    last, _ = turn(still(iraq_order_days=8, days=6))
    assert last.iraq_order_days[0] == 2
    none, _ = turn(still(iraq_order_days=0))
    assert none.iraq_order_days[0] == 0


def test_8_13_columns_keep_to_their_ranges() -> None:
    """Whatever is added or taken, every column ends the turn within its range."""
    rules = {"upkeep.supply": 1e6, "upkeep.recruits": 1e6, "politics.support_per_dead": 1.0}
    before = still(rules=rules, games=200, mil_favour=1, iran_network=1, us_protection=0)
    after, _ = turn(before, MILITIA="barrage", US="ease", IRAN="rally")
    for name, spec in COLUMNS.items():
        values = getattr(after, name)
        assert (values >= spec.low).all(), name
        assert (values <= spec.high).all(), name
    assert (after.mil_rockets == COLUMNS["mil_rockets"].high).all()
    assert (after.us_support == 0).any()


def test_8_14_days_count_however_they_are_cut() -> None:
    """Decay uses the days that passed: two turns of a week leave what one of two weeks leaves."""

    def calm(days: int) -> Position:
        game = one_game(
            rules={
                "chance.splinter_hazard": 0,
                "chance.third_party_hazard": 0,
                "chance.protest_hazard": 0,
                "campaign.attacks_per_week": 0,
                "politics.pressure_bites": 0,
                "upkeep.pressure_by_mood": 0,
                "upkeep.pressure_quarrels": 0,
            },
            days=(days,) * 4,
            debt={"US>IRAN": 0, "US>MILITIA": 0},
        )
        return Position(rewritten(game.setting, book=idle(game.book)), game.state)

    once, twice = turns(calm(14), 1), turns(calm(7), 2)
    for name in (
        "us_support",
        "us_coalition",
        "iraq_momentum",
        "iran_pressure",
        "mil_standing",
        "us_protection",
        "iran_network",
        "quiet_days",
        "brink",
    ):
        assert getattr(once, name)[0] == near(getattr(twice, name)[0]), name
    assert np.allclose(once.anger, twice.anger, atol=1e-4)
    assert np.allclose(once.stake, twice.stake, atol=1e-4)


def test_8_15_rebuilding_heals_what_was_broken() -> None:
    """Tehran can raise a new commander and the militia new leaders, and both take weeks."""
    before = still(iran_commander=0, iran_network=0.3, iran_grip=0.3, mil_leaders=0.4)
    after = turns(before, 3, IRAN="rebuild", MILITIA="recruit")
    assert 0 < after.iran_commander[0] < 1
    assert after.iran_network[0] > 0.3
    assert after.iran_grip[0] > 0.3
    assert 0.4 < after.mil_leaders[0] < 1
    assert after.mil_fighters[0] > before.mil_fighters[0]


def test_8_16_seats_do_not_wear_each_other_down_unasked() -> None:
    """Where nothing drifts and nobody acts, a week changes no column but the clocks."""
    before = still()
    after, _ = turn(before)
    changed = {n for n in COLUMNS if getattr(after, n)[0] != getattr(before, n)[0]}
    assert changed <= {"us_force_days", "quiet_days"}
    assert (after.anger[[IRAN, MILITIA]] == before.anger[[IRAN, MILITIA]]).all()
