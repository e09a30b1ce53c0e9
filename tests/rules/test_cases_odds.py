"""Adjudication cases: every chance in numbers.

Each case works a chance out by hand and plays two games: one that draws just below it, in which the
thing happens, and one that draws just above it, in which it does not. So a case holds the size of
every number in the rule, and which draw the rule asks for.
"""

import pytest

from game.rules.endings import Ending
from game.rules.luck import Draw
from game.rules.outcome import Source
from game.rules.rulebook import Fire
from game.rules.seats import Cause, Rung
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    Position,
    either_side,
    exactly,
    lucky,
    still,
    turn,
    with_deed,
    with_site,
    with_word,
)

ONLY_BELOW = [True, False]
ONLY_ABOVE = [False, True]
NO_TERMS = {
    "chance.splinter_restrained_by_grip": 0,
    "chance.splinter_restrained_by_leaders": 0,
    "chance.splinter_restrained_by_chain": 0,
    "chance.splinter_restrained_by_fear": 0,
    "chance.splinter_restrained_by_truce": 0,
    "chance.splinter_stirred_by_anger": 0,
    "chance.splinter_after_leaderless": 0,
}


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


# --------------------------------------------------------------------------------- 2. the principal


def test_2_18_tehran_notices_by_monitoring_times_network() -> None:
    """Tehran notices disobedience with odds of monitoring x network: 0.5 x 0.6."""
    rules = {"agency.monitoring": 0.5}
    shirking = either_side(
        still(rules=rules, iran_network=0.6, mil_guidance=1),
        Draw.MONITOR,
        0.3,
        {Draw.LOUD: (0, 0.1)},
    )
    _, out = turn(shirking)
    assert out.shirked.all()
    assert out.caught.tolist() == ONLY_BELOW


def test_2_19_a_forbidden_attack_is_loud_by_the_network() -> None:
    """An attack that Tehran forbade it also hears of with odds of the network: 0.6."""
    rules = {"agency.monitoring": 0.5}
    before = still(rules=rules, iran_network=0.6, mil_guidance=-1)
    _, out = turn(either_side(before, Draw.LOUD, 0.6, {Draw.MONITOR: (0.31, 1)}), MILITIA="harass")
    assert out.shirked.all()
    assert out.caught.tolist() == ONLY_BELOW
    _, out = turn(lucky(before, {Draw.MONITOR: 0.298}, {Draw.MONITOR: 0.298}), MILITIA="harass")
    assert out.caught.all()


# ---------------------------------------------------------------------------------------- 3. chance


@pytest.mark.parametrize(
    ("term", "value", "columns", "chance"),
    [
        ("splinter_hazard", 0.5, {}, 0.5),
        ("splinter_hazard", 0.25, {}, 0.25),
        # 0.5 x (1 - 0.6 x 0.5)
        ("splinter_restrained_by_grip", 0.6, {"iran_grip": 0.5}, 0.35),
        # 0.5 x (1 - 0.4 x 0.75)
        ("splinter_restrained_by_leaders", 0.4, {"mil_leaders": 0.75}, 0.35),
        # 0.5 x (1 - 0.5 x 0.4)
        ("splinter_restrained_by_chain", 0.5, {"iraq_chain": 0.4}, 0.4),
        # credibility 3 / (3 + 1): 0.5 x (1 - 0.4 x 0.75)
        ("splinter_restrained_by_fear", 0.4, {"kept": {"MILITIA>US": 3}}, 0.35),
        # credibility 1 / (1 + 3): 0.5 x (1 - 0.4 x 0.25)
        ("splinter_restrained_by_fear", 0.4, {"broken": {"MILITIA>US": 3}}, 0.45),
        # 0.5 x (1 + 2 x 0.3)
        ("splinter_stirred_by_anger", 2, {"anger": {"MILITIA>US": 0.3}}, 0.8),
        # 0.5 x (1 + 2 x (1 - 0.7))
        ("splinter_after_leaderless", 2, {"mil_leaders": 0.7}, 0.8),
        # 0.5 x (1 - 0.3), from the first day of a truce
        ("splinter_restrained_by_truce", 0.3, {"mil_truce": 1}, 0.35),
        ("splinter_restrained_by_truce", 0.3, {"mil_truce": 0}, 0.5),
        # 0.5 x (1 + 0.4), up to the last of the days after American force
        ("stirred_by_force", 0.4, {"us_force_days": 14}, 0.7),
        ("stirred_by_force", 0.4, {"us_force_days": 15}, 0.5),
    ],
)
def test_3_17_what_restrains_and_stirs_the_cells(
    term: str, value: float, columns: dict[str, object], chance: float
) -> None:
    """Grip, leaders, the chain of command, fear and a truce take their shares of the cells' hazard;
    anger, the loss of leaders and the days after American force add theirs."""
    rules = NO_TERMS | {"chance.splinter_hazard": 0.5, f"chance.{term}": value}
    rules |= {"chance.stirred_days": 14}
    _, out = turn(either_side(still(rules=rules, **columns), Draw.SPLINTER, 1 - chance))
    assert out.fire_attacks[Source.SPLINTER].tolist() == [0, 1]


def test_3_18_the_shares_are_multiplied() -> None:
    """What restrains and what stirs the cells is multiplied, and counts for each week."""
    rules = {
        "chance.splinter_hazard": 0.5,
        "chance.splinter_restrained_by_grip": 0.6,
        "chance.splinter_restrained_by_leaders": 0.4,
        "chance.splinter_restrained_by_chain": 0.5,
        "chance.splinter_restrained_by_fear": 0.4,
        "chance.splinter_restrained_by_truce": 0.3,
        "chance.splinter_stirred_by_anger": 2,
        "chance.splinter_after_leaderless": 2,
        "chance.stirred_by_force": 0.5,
        "chance.stirred_days": 200,
    }
    before = still(
        rules=rules,
        days=14,
        iran_grip=0.5,
        mil_leaders=0.5,
        iraq_chain=0.4,
        mil_truce=3,
        kept={"MILITIA>US": 3},
        anger={"MILITIA>US": 0.3},
    )
    # 0.5 x 2 weeks x 0.7 x 0.8 x 0.8 x 0.7 x 0.7 x 1.6 x 2 x 1.5 = 1.053696
    _, out = turn(either_side(before, Draw.SPLINTER, 2 - 1.053696))
    assert out.fire_attacks[Source.SPLINTER].tolist() == [1, 2]


@pytest.mark.parametrize(("rockets", "fires"), [(1, True), (0.9, False), (0, False)])
def test_3_19_a_cell_needs_one_rocket(rockets: float, fires: bool) -> None:
    """Splinter cells fire the militia's rockets, when there is at least one."""
    before = still(rules={"chance.splinter_hazard": 1e6}, mil_rockets=rockets)
    after, out = turn(before)
    assert out.fire_attacks[Source.SPLINTER, 0] == out.attacks[0] == fires
    assert out.fire_rounds[Source.SPLINTER, 0] == fires
    assert (out.fire_site[Source.SPLINTER, 0] >= 0) == fires
    assert after.mil_rockets[0] == near(rockets - fires)


def test_3_20_a_third_partys_room() -> None:
    """ISIS and others use the room that a weak state leaves them: 0.5 x (1 + 2 x 0.75) = 1.25; and
    the days after American force: 1.25 x (1 + 0.4) = 1.75."""
    rules = {"chance.third_party_hazard": 0.5, "chance.third_party_room": 2}
    rules |= {"chance.stirred_by_force": 0.4, "chance.stirred_days": 14}
    before = still(rules=rules, iraq_forces=0.25)
    for days, edge in ((15, 0.75), (14, 0.25)):
        since = before.with_(us_force_days=days)
        _, out = turn(either_side(since, Draw.THIRD_PARTY, edge))
        assert out.fire_attacks[Source.THIRD_PARTY].tolist() == [1, 2]


def test_3_21_a_wave_of_protest() -> None:
    """A wave of protest comes with odds of 0.5 a week x (1.4 - 0.6), and adds 0.15 of unrest."""
    rules = {
        "chance.protest_hazard": 0.5,
        "chance.protest_ceiling": 1.4,
        "chance.protest_size": 0.15,
    }
    before = still(rules=rules, days=14, iraq_authority=0.6)
    after, out = turn(either_side(before, Draw.PROTEST, 0.8 / 1.8))
    assert out.protest.tolist() == ONLY_BELOW
    assert after.iraq_unrest == near([0.65, 0.5])


DISCREDIT = {
    "chance.discredit_case": 0.5,
    "chance.discredit_support": 0.04,
    "chance.discredit_coalition": 0.06,
}


def claiming(days: int = 7) -> Position:
    before = with_word(still(rules=DISCREDIT, days=days), "justify_imminent", doubt=0.6)
    return before.with_(us_claim=before.book.word("justify_imminent"), us_evidence=0.25)


@pytest.mark.parametrize(("days", "chance"), [(7, 0.45 / 1.45), (14, 0.9 / 1.9)])
def test_3_22_a_doubtful_justification(days: int, chance: float) -> None:
    """Without proof a justification is found out with its weekly odds: 0.6 x (1 - 0.25)."""
    after, out = turn(either_side(claiming(days), Draw.DISCREDIT, chance))
    assert out.discredited.tolist() == ONLY_BELOW
    assert after.us_case == near([0.25, 0.5])
    assert after.us_support == near([0.46, 0.5])
    assert after.us_coalition == near([0.64, 0.7])


def test_3_23_a_new_justification_is_not_found_out_the_turn_it_is_given() -> None:
    """What is said for the first time is looked into from the next turn on: who changes to another
    justification is not discredited in that turn, for the old one or for the new."""
    before = lucky(claiming().with_(us_force_days=0), {Draw.DISCREDIT: 0.0})
    silent, out = turn(before)
    assert out.discredited[0]
    assert silent.us_claim[0] == 0
    shifted, out = turn(before, US=("hold", "justify_deterrence"))
    assert not out.discredited[0]
    assert shifted.us_claim[0] == before.book.word("justify_deterrence")


# ------------------------------------------------------------------------------------- 4. the votes


def test_6_30_a_quorum() -> None:
    """A vote has its quorum where momentum, moved by luck across a width of 0.2, reaches 0.45: from
    0.5, above the first quarter of the draws. A vote that passes vents 0.1."""
    rules = {"politics.quorum": 0.45, "politics.quorum_width": 0.2, "politics.vote_vents": 0.1}
    before = still(rules=rules, iraq_momentum=0.5)
    after, out = turn(either_side(before, Draw.VOTE, 0.25), IRAQ="resolution")
    assert out.vote_failed.tolist() == ONLY_BELOW
    assert after.iraq_resolution.tolist() == [0, 1]
    assert after.iraq_momentum == near([0.5, 0.4])


def test_6_31_a_binding_majority() -> None:
    """A binding order needs its own majority, 0.75; it vents nothing."""
    rules = {
        "politics.quorum": 0.1,
        "politics.quorum_binding": 0.75,
        "politics.quorum_width": 0.2,
        "politics.vote_vents": 0.1,
    }
    before = still(rules=rules, iraq_momentum=0.7, iraq_resolution=1)
    before = with_deed(before, IRAQ, "order_out", effects={"iraq_order_days": 60}, timely={})
    after, out = turn(either_side(before, Draw.VOTE, 0.75), IRAQ="order_out")
    assert out.vote_failed.tolist() == ONLY_BELOW
    assert (after.iraq_order_days > 0).tolist() == ONLY_ABOVE
    assert after.iraq_momentum == near(0.7)


# ----------------------------------------------------------------------------------- 4. who is told


def test_4_38_notice_by_way_of_baghdad() -> None:
    """Baghdad passes Iran's notice on with odds of 0.9."""
    before = still(rules={"force.pass_on_odds": 0.9})
    _, out = turn(
        either_side(before, Draw.NOTICE_PASSED, 0.9), IRAN=("missile_strike", "notice>IRAQ")
    )
    assert out.warned[Source.IRAN].tolist() == ONLY_BELOW


def test_4_39_a_tip_off_in_time() -> None:
    """A tip-off comes in time with odds of 0.8 x the strength of Iraq's forces, 0.25."""
    before = still(rules={"force.tip_off_odds": 0.8}, iraq_forces=0.25)
    _, out = turn(either_side(before, Draw.TIP_OFF, 0.2), IRAQ=("hold", "tip_off>US"))
    assert out.warned[Source.MILITIA].tolist() == ONLY_BELOW
    assert out.warned[Source.SPLINTER].tolist() == ONLY_BELOW
    assert not out.warned[[Source.THIRD_PARTY, Source.IRAN]].any()


def test_4_40_a_tip_off_leaks() -> None:
    """A tip-off leaks with odds of 0.5 x the lean to Tehran, 0.4."""
    before = still(rules={"force.tip_off_leak": 0.5}, iraq_lean=0.4)
    _, out = turn(
        either_side(before, Draw.TIP_OFF_LEAKED, 0.2),
        IRAQ=("hold", "tip_off>US"),
        MILITIA="harass",
    )
    assert out.tip_off_known.tolist() == ONLY_BELOW


def test_4_41_notice_leaks() -> None:
    """American notice to Baghdad leaks with odds of 0.1 + 0.5 x the lean to Tehran, 0.4."""
    before = still(rules={"force.leak_odds": 0.1, "force.leak_by_lean": 0.5}, iraq_lean=0.4)
    _, out = turn(either_side(before, Draw.NOTICE_LEAKED, 0.3), US=("strike_depots", "notice>IRAQ"))
    assert out.leaked.tolist() == ONLY_BELOW


# -------------------------------------------------------------------------------------- 5. evidence


@pytest.mark.parametrize(
    ("seat", "odds"),
    # A facade half known blurs outside eyes by 0.4 x 0.5: 0.6 x 0.8, and 0.5 x 0.8
    [(US, 0.48), (IRAN, 0.75), (MILITIA, 0.7), (IRAQ, 0.4)],
)
def test_5_31_how_well_each_seat_sees(seat: int, odds: float) -> None:
    """Each seat's evidence points the right way with its own odds; a facade blurs what Washington
    and Baghdad see."""
    rules = {
        "chance.splinter_hazard": 1e6,
        "evidence.sees_us": 0.6,
        "evidence.sees_iran": 0.75,
        "evidence.sees_militia": 0.7,
        "evidence.sees_iraq": 0.5,
        "evidence.facade_blurs": 0.4,
    }
    before = either_side(
        still(rules=rules, mil_facade=0.5),
        Draw.SIGNAL + seat,
        odds,
        {Draw.MISREAD + seat: (0, 0.3)},
    )
    after, out = turn(before)
    assert (after.culprit == Cause.SPLINTER).all()
    assert (out.signal[seat] == Cause.SPLINTER).tolist() == ONLY_BELOW
    assert out.signal[seat, 1] == Cause.THIRD_PARTY  # the next cause of the list


@pytest.mark.parametrize(("seat", "odds"), [(US, 0.6), (IRAQ, 0.5)])
def test_5_32_a_facade_does_not_hide_a_third_party(seat: int, odds: float) -> None:
    """A facade blurs whether the militias did it; a third party is seen as well as without."""
    rules = {
        "chance.third_party_hazard": 1e6,
        "evidence.sees_us": 0.6,
        "evidence.sees_iraq": 0.5,
        "evidence.facade_blurs": 0.4,
    }
    before = still(rules=rules, mil_facade=0.5)
    _, out = turn(either_side(before, Draw.SIGNAL + seat, odds))
    assert (out.signal[seat] == Cause.THIRD_PARTY).tolist() == ONLY_BELOW


@pytest.mark.parametrize(
    ("misread", "named"),
    [
        (0.0, Cause.THIRD_PARTY),
        (0.33, Cause.THIRD_PARTY),
        (0.334, Cause.TEHRAN),
        (0.664, Cause.TEHRAN),
        (0.67, Cause.MILITIA),
        (0.99, Cause.MILITIA),
    ],
)
def test_5_33_wrong_evidence_points_to_each_other_cause_alike(misread: float, named: Cause) -> None:
    """Evidence that misleads points to each of the other three causes alike."""
    before = still(rules={"chance.splinter_hazard": 1e6})
    _, out = turn(lucky(before, {Draw.SIGNAL + US: (0.9, 1), Draw.MISREAD + US: misread}))
    assert out.signal[US, 0] == named


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        # right up to 0.6; the other 0.4 in thirds
        (0.0, Cause.MILITIA),
        (0.597, Cause.MILITIA),
        (0.601, Cause.SPLINTER),
        (0.73, Cause.SPLINTER),
        (0.734, Cause.THIRD_PARTY),
        (0.863, Cause.THIRD_PARTY),
        (0.868, Cause.TEHRAN),
        (0.997, Cause.TEHRAN),
    ],
)
def test_5_34_what_an_investigation_names(drawn: float, named: Cause) -> None:
    """An investigation names the true cause with odds of 0.6, and each other one alike."""
    before = still(culprit=Cause.MILITIA, quiet_days=1)
    before = with_deed(before, IRAQ, "investigate", investigates=0.6)
    _, out = turn(lucky(before, {Draw.INVESTIGATION: drawn}), IRAQ="investigate")
    assert out.finding[0] == named


# --------------------------------------------------------------------------------------- 6. arrests


def test_6_32_armed_men_at_the_gates() -> None:
    """Arrests bring armed men to the gates with odds of 0.5 x (0.5 + standing 0.3) x (ceiling 1.4 -
    authority 0.5) = 0.36; that costs 0.05 of authority, and frees 0.4 of those held at once."""
    rules = {
        "politics.show_of_force_odds": 0.5,
        "politics.custody_ceiling": 1.4,
        "politics.show_of_force_authority": 0.05,
        "politics.release_by_show": 0.4,
        "force.arrests_by_lean": 0,
    }
    before = with_deed(
        still(rules=rules, mil_standing=0.3, iraq_detained=90),
        IRAQ, "arrest", detains=10, effects={}, timely={}, curbs=0,
    )  # fmt: skip
    luck = either_side(before, Draw.SHOW_OF_FORCE, 0.36, {Draw.ARRESTS: (0.5, 0.55)})
    after, out = turn(luck, IRAQ="arrest")
    assert out.detained.tolist() == [10, 10]  # 10 x (0.5 + 0.5) x 1.0
    assert out.show_of_force.tolist() == ONLY_BELOW
    assert after.iraq_authority == near([0.45, 0.5])
    assert out.released.tolist() == [36, 0]  # 100 x 0.4 x (1.4 - 0.5)
    assert after.iraq_detained.tolist() == [64, 100]
    assert after.mil_fighters.tolist() == [20026, 19990]


def test_6_33_prisoners_are_freed_by_half_lives() -> None:
    """Half of those held are out within the half-life, times (ceiling 1.4 - authority 0.5), rounded
    up: 0.45 of 21."""
    rules = {"politics.custody_ceiling": 1.4, "politics.release_half_life": 7}
    after, out = turn(still(rules=rules, iraq_detained=21))
    assert out.released[0] == 10
    assert after.iraq_detained[0] == 11
    assert after.mil_fighters[0] == 20010


# ------------------------------------------------------------------------------------------- 9. war


def test_9_30_war_by_the_brink() -> None:
    """An exchange moves the brink by 0.2 of what is left, from 0.5 to 0.6; and becomes general war
    with odds of 0.25 x the brink."""
    rules = {"endings.brink_by_exchange": 0.2, "endings.war_odds": 0.25}
    before = still(rules=rules, highest_rung=6)
    after, out = turn(either_side(before, Draw.WAR, 0.15), US="strike_iran")
    assert after.brink == near(0.6)
    assert out.ending.tolist() == [Ending.GENERAL_WAR, Ending.NONE]
    assert out.rung.tolist() == [Rung.GENERAL_WAR, Rung.STATES_STRIKE]
    assert after.rung.tolist() == after.highest_rung.tolist() == out.rung.tolist()


def test_9_31_leaders_move_the_brink_and_start_no_war() -> None:
    """A strike on leaders moves the brink by 0.06 of what is left, and luck has no say in it."""
    rules = {"endings.brink_by_leaders": 0.06, "endings.war_odds": 1}
    after, out = turn(lucky(still(rules=rules), {Draw.WAR: 0.0}), US="kill_commander")
    assert after.brink[0] == near(0.53)
    assert out.rung[0] == Rung.LEADERS_STRUCK
    assert out.ending[0] == Ending.NONE


def test_9_32_the_brink_recedes_first() -> None:
    """The brink recedes by its half-life before the exchange adds to it: to 0.25, then by 0.2 of
    the 0.75 that is left."""
    rules = {
        "endings.brink_half_life": 7,
        "endings.brink_by_exchange": 0.2,
        "endings.war_odds": 0,
    }
    after, _ = turn(still(rules=rules), US="strike_iran")
    assert after.brink[0] == near(0.4)
    calm, _ = turn(still(rules=rules))
    assert calm.brink[0] == near(0.25)


def test_1_17_proof_is_the_square_of_a_draw() -> None:
    """There is seldom much proof: the square of a draw, times the most that there can be."""
    before = lucky(still(rules={"words.proof_scale": 0.8}, us_force_days=0), {Draw.PROOF: 0.5})
    after, _ = turn(before, US=("hold", "justify_imminent"))
    assert after.us_evidence[0] == pytest.approx(0.2, abs=0.002)


# -------------------------------------------------------------------------------------- at the odds

SIEGE = {"MILITIA": "barrage@taji"}
ONE_SHOT = Fire(rounds_low=1, rounds_high=1, accuracy=1e9, lethality=1, toll=1, rung=4)


@pytest.mark.parametrize(
    ("slot", "rules", "columns", "given", "happened"),
    [
        (Draw.MONITOR, {"agency.monitoring": 1}, {"mil_guidance": 1}, {}, "caught"),
        (
            Draw.LOUD, {"agency.monitoring": 0}, {"mil_guidance": -1}, {"MILITIA": "harass"},
            "caught",
        ),
        (
            Draw.PROTEST, {"chance.protest_hazard": 1, "chance.protest_ceiling": 1.5}, {}, {},
            "protest",
        ),
        (
            Draw.NOTICE_PASSED, {"force.pass_on_odds": 0.5}, {},
            {"IRAN": ("hold", "notice>IRAQ")}, "warned",
        ),
        (
            Draw.TIP_OFF, {"force.tip_off_odds": 1}, {}, {"IRAQ": ("hold", "tip_off>US")},
            "warned",
        ),
        (
            Draw.TIP_OFF_LEAKED, {"force.tip_off_leak": 1}, {},
            {"IRAQ": ("hold", "tip_off>US"), "MILITIA": "harass"}, "tip_off_known",
        ),
        (
            Draw.NOTICE_LEAKED, {"force.leak_odds": 0.5, "force.leak_by_lean": 0}, {},
            {"US": ("strike_depots", "notice>IRAQ")}, "leaked",
        ),
        (
            Draw.SHOW_OF_FORCE,
            {"politics.show_of_force_odds": 1, "politics.custody_ceiling": 1}, {},
            {"IRAQ": "arrest"}, "show_of_force",
        ),
        (
            Draw.WAR, {"endings.brink_by_exchange": 0.0, "endings.brink_by_leaders": 0.0,
            "endings.war_odds": 1}, {}, {"US": "strike_iran"}, "ending",
        ),
        (Draw.FIRE_LETHAL + Source.MILITIA, {}, {}, SIEGE, "us_killed"),
        (
            Draw.VOTE, {"politics.quorum": 0.5, "politics.quorum_width": 1}, {},
            {"IRAQ": "resolution"}, "vote_failed",
        ),
    ],
)  # fmt: skip
def test_3_24_at_the_odds_exactly(
    slot: int, rules: dict[str, float], columns: dict[str, float], given: dict, happened: str
) -> None:
    """What has odds of a half happens below them, and not where the draw is a half exactly."""
    bare = {f"force.{name}_saves": 0 for name in ("protection", "guard")}
    before = still(rules=bare | rules, **columns)
    before = with_deed(before, IRAQ, "arrest", effects={}, timely={}, curbs=0, detains=50)
    before = with_deed(before, MILITIA, "barrage", fire=ONE_SHOT)
    before = with_site(before, "taji", people=1, iraqis=0, partners=0)
    _, out = turn(exactly(before, slot, (0.5 - 2**-24, 0.5)), **given)
    told = getattr(out, happened)
    assert (told > 0).reshape(-1, 2).any(axis=0).tolist() == ONLY_BELOW


@pytest.mark.parametrize(
    ("slot", "rules"),
    [
        (Draw.SPLINTER, NO_TERMS | {"chance.splinter_hazard": 0.5}),
        (Draw.THIRD_PARTY, {"chance.third_party_hazard": 0.5, "chance.third_party_room": 0}),
        (Draw.CAMPAIGN, {"campaign.attacks_per_week": 0.5, "campaign.by_arsenal": 0}),
    ],
)
def test_3_26_attacks_by_the_day_at_their_number_exactly(
    slot: int, rules: dict[str, float]
) -> None:
    """Of half an attack, the draws from a half on make one."""
    before = exactly(still(rules=rules), slot, (0.5 - 2**-24, 0.5))
    _, out = turn(before, MILITIA="harass" if slot is Draw.CAMPAIGN else "hold")
    assert out.attacks.tolist() == [0, 1]


def test_5_46_evidence_at_the_odds_exactly() -> None:
    """Evidence and findings are right below their odds, and wrong where the draw is just them."""
    rules = {"chance.splinter_hazard": 1e6, "evidence.sees_us": 0.5}
    below_and_at = (0.5 - 2**-24, 0.5)
    _, out = turn(exactly(still(rules=rules), Draw.SIGNAL + US, below_and_at))
    assert (out.signal[US] == Cause.SPLINTER).tolist() == ONLY_BELOW
    before = with_deed(still(culprit=0, quiet_days=1), IRAQ, "investigate", investigates=0.5)
    _, out = turn(exactly(before, Draw.INVESTIGATION, below_and_at), IRAQ="investigate")
    assert out.finding.tolist() == [Cause.TEHRAN, Cause.MILITIA]
    # Of three quarters that are wrong, each other cause has one.
    before = with_deed(before, IRAQ, "investigate", investigates=0.25)
    _, out = turn(exactly(before, Draw.INVESTIGATION, (0.24, 0.3, 0.6, 0.9)), IRAQ="investigate")
    assert out.finding.tolist() == list(Cause)


def test_3_25_a_justification_at_its_odds_exactly() -> None:
    """A justification with odds of 1 a week breaks below a half."""
    before = with_word(still(us_evidence=0), "justify_imminent", doubt=1)
    before = before.with_(us_claim=before.book.word("justify_imminent"))
    _, out = turn(exactly(before, Draw.DISCREDIT, (0.5 - 2**-24, 0.5)))
    assert out.discredited.tolist() == ONLY_BELOW
