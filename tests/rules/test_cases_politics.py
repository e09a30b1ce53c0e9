"""Adjudication cases, phase 6: the four publics."""

import numpy as np
import pytest

from game.rules.account import account
from game.rules.legal import why_not_deed
from game.rules.observe import observe
from game.rules.state import array_names
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    Position,
    deed,
    one_game,
    still,
    turn,
    with_deed,
    with_word,
)

GAMES = 2000


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


# -------------------------------------------------------------------------------------- Washington


def test_6_1_the_dead_wear_support_down() -> None:
    """Each American death and each wounded in the reports costs support at home."""
    rules = {"politics.support_per_dead": 0.01, "politics.support_per_wounded": 0.0005}
    before = still(rules=rules, games=GAMES, us_protection=0)
    after, out = turn(before, MILITIA="barrage")
    cost = 0.01 * out.us_killed + 0.0005 * out.us_wounded_reported
    assert out.us_killed.max() > 1
    assert after.us_support == near(np.maximum(0.5 - cost, 0))


def test_6_2_a_partners_dead_wear_the_coalition_down() -> None:
    """Each partner's soldier killed costs partners' readiness."""
    before = still(rules={"politics.coalition_per_dead": 0.02}, games=GAMES, us_protection=0)
    after, out = turn(before, MILITIA="barrage@taji")
    killed = out.fire_coalition_killed.sum(axis=0)
    assert killed.max() >= 1
    assert after.us_coalition == near(np.maximum(0.7 - 0.02 * killed, 0))


def test_6_3_force_rallies_as_far_as_the_case_carries() -> None:
    """Force with a case rallies support at home; without one, it is a blunder."""
    rules = {"politics.support_rally": 0.1, "politics.support_blunder": 0.2}
    for case, support in ((0.9, 0.54), (0.5, 0.5), (0.1, 0.42)):
        after, _ = turn(still(rules=rules, us_case=case), US="strike_depots")
        assert after.us_support[0] == near(support)
        idle, _ = turn(still(rules=rules, us_case=case))
        assert idle.us_support[0] == near(0.5)


def test_6_4_allies_dislike_force_without_a_case() -> None:
    """American force costs partners' readiness, the more the weaker the case for it."""
    rules = {"politics.coalition_by_force": 0.06}
    for case, coalition in ((1.0, 0.7), (0.5, 0.67), (0.0, 0.64)):
        after, _ = turn(still(rules=rules, us_case=case), US="strike_depots")
        assert after.us_coalition[0] == near(coalition)


def test_6_5_the_clock_since_force_starts_anew() -> None:
    """The days since American force was used are counted, and start anew when it is."""
    idle, _ = turn(still(us_force_days=5))
    struck, _ = turn(still(us_force_days=5), US="strike_depots")
    assert (idle.us_force_days[0], struck.us_force_days[0]) == (12, 0)


def test_6_6_moods_return_to_their_rest() -> None:
    """Case, support and readiness go half of the way back to their rest in each half-life."""
    rules = {f"politics.{name}_half_life": 7 for name in ("case", "support", "coalition")}
    before = still(rules=rules, us_case=0.9, us_support=0.3, us_coalition=0.5)
    after, _ = turn(before)
    assert (after.us_case[0], after.us_support[0], after.us_coalition[0]) == near((0.7, 0.4, 0.6))


# ----------------------------------------------------------------------------------------- Baghdad

BREACH = {
    "politics.breach_momentum": 0.1,
    "politics.breach_authority": 0.02,
    "politics.dead_momentum": 0,
    "politics.notice_softens": 0.4,
}


def test_6_7_a_strike_breaches_iraqs_sovereignty() -> None:
    """A foreign strike costs the government authority and feeds the vote to expel."""
    before = still(rules=BREACH, iraq_momentum=0.2)
    for act in ("strike_depots", "strike_fighters"):
        after, _ = turn(before, US=act)
        assert after.iraq_momentum[0] == near(0.2 + 0.1 * 1.0 * 0.8)
        assert after.iraq_authority[0] == near(0.48)


def test_6_8_notice_to_baghdad_softens_it() -> None:
    """Notice takes away part of Baghdad's anger; parliament and street know nothing of it."""
    before = still(rules=BREACH, iraq_momentum=0.2)
    told, _ = turn(before, US=("strike_depots", "notice>IRAQ"))
    silent, _ = turn(before, US="strike_depots")
    assert told.iraq_momentum[0] == silent.iraq_momentum[0] == near(0.2 + 0.1 * 0.8)
    assert told.iraq_authority[0] == silent.iraq_authority[0] == near(0.5 - 0.02)
    assert told.anger[IRAQ, US, 0] < silent.anger[IRAQ, US, 0]


def test_6_9_iraqi_dead_feed_the_vote() -> None:
    """Each Iraqi soldier or civilian whom a strike kills adds to the momentum to expel."""
    rules = BREACH | {"politics.dead_momentum": 0.02}
    before = still(rules=rules, games=GAMES, iraq_momentum=0.2)
    after, out = turn(before, US="strike_depots")
    dead = out.strike_iraqi_killed + out.strike_civilians_killed
    assert dead.max() > 5
    assert after.iraq_momentum == near(np.minimum(0.2 + (0.1 + 0.02 * dead) * 0.8, 1))


def test_6_10_a_baghdad_that_leans_to_tehran_is_moved_more() -> None:
    """The same strike moves a parliament that leans to Tehran more than one that does not."""
    before = still(rules=BREACH, iraq_momentum=0.2)
    near_tehran, _ = turn(before.with_(iraq_lean=1), US="strike_depots")
    near_washington, _ = turn(before.with_(iraq_lean=0), US="strike_depots")
    assert near_tehran.iraq_momentum[0] == near(0.2 + 0.1 * 1.5 * 0.8)
    assert near_washington.iraq_momentum[0] == near(0.2 + 0.1 * 0.5 * 0.8)


def test_6_11_a_strike_on_iran_breaches_nothing_iraqi() -> None:
    """Bombs on Iran fall on no Iraqi soil."""
    after, _ = turn(still(rules=BREACH), US="strike_iran")
    assert after.iraq_momentum[0] == near(0.5)
    assert after.iraq_authority[0] == near(0.5)


def test_6_12_unrest_lowers_what_authority_rests_at() -> None:
    """Authority drifts to a rest that unrest and a caretaker government lower."""
    rules = {
        "politics.authority_half_life": 1e-3,
        "politics.authority_rest": 0.5,
        "politics.authority_by_unrest": 0.2,
        "politics.authority_by_caretaker": 0.1,
    }
    for unrest, caretaker, rest in ((0, 0, 0.5), (0.5, 0, 0.4), (0.5, 1, 0.3)):
        after, _ = turn(still(rules=rules, iraq_unrest=unrest, iraq_caretaker=caretaker))
        assert after.iraq_authority[0] == near(rest)


# -------------------------------------------------------------------------------------- parliament

QUORUM = {
    "politics.quorum": 0.3,
    "politics.quorum_binding": 0.65,
    "politics.quorum_width": 0.2,
    "politics.vote_vents": 0.1,
}


def test_6_13_a_resolution_passes_with_a_quorum() -> None:
    """A nonbinding resolution stands once parliament has voted it, and lets off steam."""
    before = still(rules=QUORUM, iraq_momentum=0.5)
    after, out = turn(before, IRAQ="resolution")
    assert not out.vote_failed[0]
    assert after.iraq_resolution[0] == 1
    assert after.iraq_order_days[0] == 0
    assert after.iraq_momentum[0] == near(0.4)


def test_6_14_without_a_quorum_nothing_is_passed() -> None:
    """A vote that fails is undone: no resolution stands, and the momentum is what it was."""
    before = still(rules=QUORUM | {"politics.quorum": 0.9}, iraq_momentum=0.5)
    after, out = turn(before, IRAQ="resolution")
    assert out.vote_failed[0]
    assert after.iraq_resolution[0] == 0
    assert after.iraq_momentum[0] == near(0.5)


@pytest.mark.parametrize("vote", ["resolution", "order_out"])
def test_6_14b_a_vote_that_fails_changes_nothing(vote: str) -> None:
    """From a failed vote on, a government has done nothing: only the attempt was seen, and its rung
    counts."""
    before = still(
        rules=QUORUM | {"politics.quorum": 0.95, "politics.quorum_binding": 0.95},
        iraq_momentum=0.7,
        iraq_resolution=int(vote == "order_out"),
        debt={"IRAQ>US": deed(IRAQ, vote).rung},
        debt_days={"IRAQ>US": 30},
        line={"US>IRAQ": 1},
    )
    held, _ = turn(before)
    after, out = turn(before, IRAQ=vote)
    assert out.vote_failed[0]
    for name in set(array_names()) - {"rung", "highest_rung"}:
        assert (getattr(after, name) == getattr(held, name)).all(), name
    assert after.rung[0] == after.highest_rung[0] == deed(IRAQ, vote).rung > held.rung[0]
    for name in ("blow", "harm", "crossed", "answered"):
        assert not getattr(out, name).any(), name
    index = before.book.deed(IRAQ, vote)
    assert out.orders.deed[IRAQ, 0] == index  # what was ordered stays on record
    for seat in SEATS:
        assert observe(after.setting, after.state, out, seat).deed[IRAQ, 0] == index
        assert account(before.setting, out, seat).vote_failed


def test_6_15_near_the_quorum_luck_decides() -> None:
    """Kurds and most Sunnis can deny the quorum: near it, attendance decides."""
    before = still(rules=QUORUM, games=GAMES, iraq_momentum=0.3)
    after, out = turn(before, IRAQ="resolution")
    assert 0.45 < out.vote_failed.mean() < 0.55
    assert (after.iraq_resolution == ~out.vote_failed).all()
    assert after.iraq_momentum[out.vote_failed] == near(0.3)
    assert after.iraq_momentum[~out.vote_failed] == near(0.2)


def test_6_16_a_binding_order_needs_a_majority_of_its_own() -> None:
    """A binding order needs its own momentum, whatever the quorum of a resolution; where it fails,
    no clock runs."""
    narrow = QUORUM | {"politics.quorum_width": 0.08}
    ready = still(rules=narrow, games=GAMES, iraq_resolution=1)
    carried, out = turn(ready.with_(iraq_momentum=0.7), IRAQ="order_out")
    assert not out.vote_failed.any()
    assert (carried.iraq_order_days > 0).all()
    _, out = turn(ready.with_(iraq_momentum=0.6), IRAQ="order_out")
    assert out.vote_failed.all()
    for quorum in (0.1, 0.3, 0.9):
        rules = narrow | {"politics.quorum": quorum}
        tight = Position(still(rules=rules).setting, ready.state).with_(iraq_momentum=0.65)
        after, out = turn(tight, IRAQ="order_out")
        assert 0.45 < out.vote_failed.mean() < 0.55
        assert (after.iraq_order_days[out.vote_failed] == 0).all()
        assert (after.iraq_order_days[~out.vote_failed] > 0).all()


def test_6_16b_near_its_majority_a_binding_order_is_a_gamble() -> None:
    """An order with just the momentum of its majority sometimes fails and sometimes passes."""
    needed = one_game().book.parameters.politics.quorum_binding
    before = one_game(games=GAMES, iraq_resolution=1, iraq_caretaker=0, iraq_momentum=needed)
    order = before.book.deed(IRAQ, "order_out")
    assert why_not_deed(before.setting, before.state, IRAQ, order) == ()
    _, out = turn(before, IRAQ="order_out")
    assert 0.4 < out.vote_failed.mean() < 0.6


def test_6_17_a_caretaker_cannot_give_a_binding_order() -> None:
    """A government that acts only as caretaker can pass the resolution, and cannot order anybody
    out."""
    before = still(iraq_caretaker=1, iraq_momentum=0.9)
    _, out = turn(before, IRAQ="resolution")
    assert not out.vote_failed[0]
    given = before.with_(iraq_resolution=1)
    reasons = why_not_deed(given.setting, given.state, IRAQ, given.book.deed(IRAQ, "order_out"))
    assert reasons == ("a caretaker government cannot give it",)


def test_6_18_momentum_fades_when_nothing_feeds_it() -> None:
    """Parliament's momentum returns to its rest, half of the way in each half-life."""
    rules = {"politics.momentum_half_life": 7, "politics.momentum_rest": 0.1}
    before = still(rules=rules, iraq_momentum=0.7)
    after, _ = turn(before)
    assert after.iraq_momentum[0] == near(0.4)


# ----------------------------------------------------------------------------------------- custody


def test_6_19_arrests_bring_armed_men_to_the_gates() -> None:
    """Arrests bring a show of force, oftener where the militia stands high; it costs authority."""
    rules = {
        "politics.custody_ceiling": 1.5,
        "politics.show_of_force_odds": 0.6,
        "politics.show_of_force_authority": 0.05,
    }
    before = with_deed(still(rules=rules, games=GAMES), IRAQ, "arrest", timely={})
    after, out = turn(before, IRAQ="arrest")
    shown = out.show_of_force
    assert 0.55 < shown.mean() < 0.65
    gained = after.iraq_authority - before.iraq_authority
    assert gained[shown] == near(gained[~shown].mean() - 0.05)
    _, low = turn(before.with_(mil_standing=0), IRAQ="arrest")
    assert low.show_of_force.sum() < shown.sum()
    _, none = turn(before.with_(iraq_detained=20))
    assert not none.show_of_force.any()  # only arrests bring it


def test_6_20_half_are_out_within_days() -> None:
    """Those arrested are released within days, half of them in each half-life, back to their
    ranks."""
    before = still(
        rules={"politics.release_half_life": 3}, days=3, iraq_detained=40, iraq_authority=0.5
    )
    after, out = turn(before)
    assert (out.released[0], after.iraq_detained[0]) == (20, 20)
    assert after.mil_fighters[0] == before.mil_fighters[0] + 20


def test_6_21_a_weak_state_releases_sooner() -> None:
    """The weaker the state, the sooner they are out."""
    before = still(rules={"politics.release_half_life": 7}, iraq_detained=100)
    weak, _ = turn(before.with_(iraq_authority=0.2))
    strong, _ = turn(before.with_(iraq_authority=0.9))
    assert weak.iraq_detained[0] < strong.iraq_detained[0]


def test_6_22_a_show_of_force_frees_some_at_once() -> None:
    """Where armed men come, a share of those detained is released at once."""
    rules = {"politics.release_by_show": 0.4, "politics.show_of_force_odds": 0.5}
    before = with_deed(still(rules=rules, games=500), IRAQ, "arrest", effects={}, timely={})
    _, out = turn(before, IRAQ="arrest")
    shown = out.show_of_force
    assert (out.released[~shown] == 0).all()
    over = out.released[shown] - 0.4 * out.detained[shown]
    assert (over > -0.01).all()
    assert (over < 1.01).all()  # nobody is released in part


# -------------------------------------------------------------------------------------- the street


def test_6_23_credit_goes_to_who_takes_it() -> None:
    """Who claims an attack takes its prestige, whoever fired; praise takes part of it."""
    rules = {
        "chance.splinter_hazard": 1e6,
        "politics.standing_per_claim": 0.02,
        "politics.standing_by_iraqi_dead": 0,
    }
    before = with_word(still(rules=rules, games=200), "praise", effects={})
    standing = {}
    for word in ("silence", "praise", "claim"):
        after, out = turn(before, MILITIA=("hold", word))
        deadless = (out.us_killed + out.fire_coalition_killed.sum(axis=0)) == 0
        standing[word] = after.mil_standing[deadless]
    assert standing["silence"] == near(0.5)
    assert standing["praise"] == near(0.51)
    assert standing["claim"] == near(0.52)


def test_6_24_a_claim_without_an_attack_brings_nothing() -> None:
    """Where nothing was fired, there is no prestige to take."""
    after, _ = turn(still(), MILITIA=("hold", "claim"))
    assert after.mil_standing[0] == near(0.5)


def test_6_24b_nobody_takes_credit_for_missiles_that_iran_signed() -> None:
    """A claim brings prestige for an attack that nobody signed; Iran's missiles are Iran's."""
    rules = {"politics.standing_per_claim": 0.02, "politics.standing_by_iraqi_dead": 0}
    before = still(rules=rules, games=50)
    for act, gains in (("deniable_strike", True), ("missile_strike", False)):
        after, out = turn(before, IRAN=act, MILITIA=("hold", "claim"))
        assert (out.attacks > 0).all()
        assert ((after.mil_standing > 0.5) == gains).all()
        assert gains or after.mil_standing == near(0.5)


def test_6_25_the_dead_make_martyrs() -> None:
    """Militiamen and leaders whom a strike kills raise the militia's standing."""
    before = still(rules={"politics.standing_by_martyrs": 0.1}, games=100)
    after, out = turn(before, US="strike_fighters")
    assert after.mil_standing == near(
        0.5 + 0.1 * (out.strike_militia_killed / 100 + out.strike_leaders)
    )


@pytest.mark.parametrize("source", ["the militia", "Iran", "a third party"])
def test_6_26_iraqis_killed_by_unsigned_rockets_are_held_against_the_militias(source: str) -> None:
    """Iraqis killed by rockets that nobody signed for are held against the militias, whatever
    Baghdad's officers believe."""
    rules = {"politics.standing_by_iraqi_dead": 0.02}
    given = {"the militia": {"MILITIA": "barrage@bdsc"}, "Iran": {"IRAN": "deniable_strike@bdsc"}}
    if source not in given:
        rules["chance.third_party_hazard"] = 1e6
    before = still(rules=rules, games=8000, us_protection=0, iraq_guard=0)
    after, out = turn(before, **given.get(source, {}))
    killed = out.fire_iraqi_killed.sum(axis=0)
    assert (killed > 0).sum() > 20
    assert after.mil_standing == near(np.maximum(0.5 - 0.02 * killed, 0))
    assert np.unique(out.signal[IRAQ, killed > 0]).size > 1


def test_6_26b_missiles_that_tehran_signed_for_are_its_own() -> None:
    """Iraqis killed by missiles that Iran says it fired cost the militias nothing."""
    rules = {"politics.standing_by_iraqi_dead": 0.02}
    before = still(rules=rules, games=8000, us_protection=0, iraq_guard=0)
    after, out = turn(before, IRAN="missile_strike@bdsc")
    assert (out.fire_iraqi_killed.sum(axis=0) > 0).sum() > 20
    assert (after.mil_standing == 0.5).all()


def test_6_27_sanctions_bite() -> None:
    """Sanctions wear Iran's cohesion down, week by week, in proportion to their weight."""
    rules = {"politics.pressure_bites": 0.01}
    for days, pressure, lost in ((7, 0.6, 0.006), (14, 0.6, 0.012), (7, 0, 0)):
        after, _ = turn(still(rules=rules, days=days, iran_pressure=pressure))
        assert after.iran_cohesion[0] == near(0.5 - lost)


def test_6_28_blows_from_outside_rally_iran() -> None:
    """The killing of its commander and bombs on its soil rally Iran at home."""
    for act in ("kill_commander", "strike_iran"):
        after, _ = turn(still(), US=act)
        assert after.iran_cohesion[0] > 0.5


def test_6_29_harassed_shipping_is_held_against_iran_in_part() -> None:
    """An unsigned deed is laid at the right door, but not with its whole weight."""
    before = still(rules={"minds.unsigned_blame": 0.5})
    after, out = turn(before, IRAN="shipping")
    harm = deed(IRAN, "shipping").harm[US]
    assert out.harm[US, IRAN, 0] == near(0.5 * harm)
    assert after.anger[US, IRAN, 0] > 0.2
    assert after.anger[US, MILITIA, 0] == near(0.2)
