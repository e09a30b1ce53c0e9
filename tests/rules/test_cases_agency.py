"""Adjudication cases, phase 2: principal and agent.

Tehran's guidance is heard with the whispers of the turn in which it is given; it governs what the
militia does from the next turn on, until other guidance takes its place.
"""

import numpy as np
import pytest

from game.rules.account import account
from game.rules.observe import observe
from game.rules.seats import Cause
from tests.support import IRAN, IRAQ, MILITIA, US, one_game, still, turn, turns, with_whisper

AGENCY = {
    "agency.monitoring": 0.5,
    "agency.favour_for_obeying": 0.04,
    "agency.favour_lost_when_caught": 0.2,
    "agency.grip_gained_by_obeying": 0.01,
    "agency.grip_lost_by_defiance": 0.03,
    "upkeep.grip_by_network": 0,
}


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def test_2_1_guidance_governs_the_next_turn_not_this_one() -> None:
    """Orders are given before whispers are heard: guidance binds the militia from the next turn."""
    told, out = turn(still(), IRAN=("hold", "hold_back>MILITIA"), MILITIA="barrage")
    assert not out.shirked[0]
    assert told.mil_guidance[0] == -1
    _, out = turn(told, MILITIA="barrage")
    assert out.shirked[0]


def test_2_2_guidance_stands_until_it_is_replaced() -> None:
    """Guidance holds turn after turn; silence, or a message to another, does not lift it."""
    told, _ = turn(still(), IRAN=("hold", "strike>MILITIA"))
    later = turns(told, 3, MILITIA="harass")
    later, _ = turn(later, IRAN=("hold", "assure>US"), MILITIA="harass")
    assert later.mil_guidance[0] == 1
    _, out = turn(later)
    assert out.shirked[0]
    replaced, _ = turn(later, IRAN=("hold", "hold_back>MILITIA"), MILITIA="harass")
    assert replaced.mil_guidance[0] == -1


def test_2_3_a_free_hand_lifts_guidance() -> None:
    """With a free hand, the militia can neither shirk nor overshoot."""
    told = still(mil_guidance=-1)
    free, out = turn(told, IRAN=("hold", "free_hand>MILITIA"), MILITIA="harass")
    assert out.shirked[0]  # the order not to fire stood when it fired
    assert free.mil_guidance[0] == 0
    for deed in ("hold", "barrage"):
        _, out = turn(free, MILITIA=deed)
        assert not out.shirked[0]


@pytest.mark.parametrize(("guidance", "deed"), [(-1, "hold"), (-1, "siege"), (1, "roadside_bombs")])
def test_2_4_obedience_earns_favour(guidance: int, deed: str) -> None:
    """A militia that does as it was asked earns favour, and Tehran's grip tightens; a crowd at the
    embassy is no attack."""
    before = still(rules=AGENCY, mil_guidance=guidance)
    after, out = turn(before, MILITIA=deed)
    assert not out.shirked[0]
    assert after.mil_favour[0] == near(0.54)
    assert after.iran_grip[0] == near(0.51)


@pytest.mark.parametrize(("guidance", "deed"), [(-1, "harass"), (1, "hold"), (1, "siege")])
def test_2_5_defiance_loosens_the_grip(guidance: int, deed: str) -> None:
    """A militia that shirks or overshoots loosens Tehran's grip, found out or not."""
    before = still(rules=AGENCY, mil_guidance=guidance, games=200)
    after, out = turn(before, MILITIA=deed)
    assert out.shirked.all()
    assert 0 < out.caught.sum() < 200
    assert after.iran_grip == near(0.47)


def test_2_6_only_the_militia_that_is_found_out_pays() -> None:
    """Disobedience costs favour where Tehran finds out, and nothing where it does not."""
    before = still(rules=AGENCY, mil_guidance=1, games=200)
    after, out = turn(before)
    assert after.mil_favour[out.caught] == near(0.3)
    assert after.mil_favour[~out.caught] == near(0.5)


def test_2_7_monitoring_is_imperfect_and_hangs_on_the_network() -> None:
    """Tehran notices a shirking militia as often as its monitoring and its network allow."""
    before = still(rules=AGENCY, mil_guidance=1, iran_network=0.6, games=2000)
    _, out = turn(before)
    assert 0.26 < out.caught.mean() < 0.34  # 0.5 x 0.6
    _, out = turn(before.with_(iran_network=0))
    assert not out.caught.any()


def test_2_8_a_forbidden_attack_is_loud() -> None:
    """An attack that Tehran forbade is found out more often than one that was asked for in vain."""
    before = still(rules=AGENCY, iran_network=0.6, games=2000)
    _, shirks = turn(before.with_(mil_guidance=1))
    _, overshoots = turn(before.with_(mil_guidance=-1), MILITIA="harass")
    assert (overshoots.caught >= shirks.caught).all()
    assert 0.68 < overshoots.caught.mean() < 0.76  # 1 - (1 - 0.3) x (1 - 0.6)


def test_2_9_lost_favour_is_lost_supply() -> None:
    """Supplies depend on favour: who is found out gets fewer rockets from then on."""
    rules = AGENCY | {"upkeep.supply": 100}
    found, out = turn(
        still(rules=rules, mil_guidance=1, games=200), IRAN=("hold", "free_hand>MILITIA")
    )
    assert (found.mil_rockets == found.mil_rockets[0]).all()
    after, _ = turn(found)
    assert 0 < out.caught.sum() < 200
    assert after.mil_rockets[out.caught].max() < after.mil_rockets[~out.caught].min()


def test_2_10_without_guidance_nobody_disobeys() -> None:
    """Where Tehran asks for nothing, nothing is owed: no favour is earned or lost."""
    for deed in ("hold", "barrage"):
        after, out = turn(still(rules=AGENCY), MILITIA=deed)
        assert not out.shirked[0]
        assert after.mil_favour[0] == 0.5
        assert after.iran_grip[0] == 0.5


def test_2_11_an_attack_on_order_is_tehrans() -> None:
    """The militia's attack is on Tehran's order if the order stood when it was planned."""
    ordered, _ = turn(still(mil_guidance=1), MILITIA="barrage")
    unasked, _ = turn(still(mil_guidance=0), MILITIA="barrage")
    forbidden, _ = turn(still(mil_guidance=-1), MILITIA="barrage")
    too_late, _ = turn(still(), IRAN=("hold", "strike>MILITIA"), MILITIA="barrage")
    assert ordered.culprit[0] == Cause.TEHRAN
    assert unasked.culprit[0] == forbidden.culprit[0] == too_late.culprit[0] == Cause.MILITIA


def test_2_12_splinter_cells_do_not_make_the_militia_disobedient() -> None:
    """A militia that holds as it was told obeys, whatever splinter cells do."""
    before = still(rules={"chance.splinter_hazard": 1e6}, mil_guidance=-1, games=50)
    after, out = turn(before)
    assert (out.attacks > 0).all()
    assert not out.shirked.any()
    assert (after.culprit == Cause.SPLINTER).all()


def test_2_13_who_finds_out_and_who_knows() -> None:
    """That Tehran found out is known to Tehran and to the militia, and to nobody else."""
    before = still(mil_guidance=1, games=50, rules={"agency.monitoring": 1}, iran_network=1)
    _, out = turn(before)
    assert out.caught.all()
    told = [account(before.setting, out, seat) for seat in (US, IRAN, MILITIA, IRAQ)]
    assert [seen.disobeyed for seen in told] == [False, True, False, False]
    assert [seen.found_out for seen in told] == [False, False, True, False]


def test_2_14_outsiders_do_not_hear_the_guidance() -> None:
    """Tehran's guidance is seen by Tehran and the militia alone, now and as it stands."""
    after, out = turn(one_game(), IRAN=("hold", "strike>MILITIA"))
    for seat, knows in ((US, False), (IRAN, True), (MILITIA, True), (IRAQ, False)):
        seen = observe(after.setting, after.state, out, seat)
        assert ("mil_guidance" in seen.columns) is knows
        assert (seen.whispered > 0).any() == (seat is MILITIA)
    assert np.array_equal(after.mil_guidance, [1])


def test_2_15_whispering_to_baghdad_guides_nobody() -> None:
    """Only what Tehran tells the militia itself is guidance, and only where it asks for
    something."""
    before = with_whisper(still(mil_guidance=1), "demand", links=((IRAN, IRAQ), (IRAN, MILITIA)))
    for to in ("IRAQ", "MILITIA"):
        after, _ = turn(before, IRAN=("hold", f"demand>{to}"))
        assert after.mil_guidance[0] == 1


def test_2_16_tehran_rewards_what_looks_like_obedience() -> None:
    """Who was told to strike looks obedient when somebody struck; who was told to hold back, unless
    it is caught. Grip moves by the truth."""
    splinters = AGENCY | {"chance.splinter_hazard": 1e6}
    cases = (
        (still(rules=splinters, mil_guidance=1, games=200), "hold"),  # a splinter cell struck
        (still(rules=AGENCY, mil_guidance=-1, games=200), "harass"),
    )
    for before, deed in cases:
        after, out = turn(before, MILITIA=deed)
        assert out.shirked.all()
        assert 0 < out.caught.sum() < 200
        assert after.mil_favour[~out.caught] == near(0.54)
        assert after.mil_favour[out.caught] == near(0.3)
        assert after.iran_grip == near(0.47)


def test_2_16b_missiles_that_tehran_signed_are_nobodys_obedience() -> None:
    """Who was told to strike looks obedient when somebody struck without a name; Tehran knows its
    own missiles for its own."""
    before = still(rules=AGENCY | {"agency.monitoring": 0}, mil_guidance=1, games=50)
    unsigned, _ = turn(before, IRAN="deniable_strike")
    signed, out = turn(before, IRAN="missile_strike")
    assert (out.attacks > 0).all()
    assert unsigned.mil_favour == near(0.54)
    assert (signed.mil_favour == 0.5).all()
    both, _ = turn(before, IRAN="missile_strike", MILITIA="harass")
    assert both.mil_favour == near(0.54)


def test_2_17_favour_tells_tehran_nothing_that_it_does_not_know() -> None:
    """Tehran sees its favour, and knows of no obedience but what looks like it: while it finds
    nothing out, a militia that struck and one behind whose splinters it hid stand alike."""
    rules = AGENCY | {"agency.monitoring": 0, "chance.splinter_hazard": 1e6}
    before = still(rules=rules, mil_guidance=1, games=50)
    struck, hid = (turn(before, MILITIA=deed)[0] for deed in ("harass", "hold"))
    assert (struck.mil_favour == hid.mil_favour).all()
    assert (struck.iran_grip > hid.iran_grip).all()
