"""Adjudication cases, phase 7: credibility, debts and anger.

[i, j] is what seat i holds of seat j: US's line toward IRAN is `line[US, IRAN]`, and the record
that the militia keeps of Washington is `kept[MILITIA, US]` and `broken[MILITIA, US]`.
"""

import numpy as np
import pytest

from game.rules.observe import observe
from game.rules.seats import PAIRS, Cause
from tests.support import IRAN, IRAQ, MILITIA, SEATS, US, Position, deed, still, turn

WINDOW = {"minds.answer_window": 10, "minds.answer_slack": 2}
GAMES = 1000


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def fear(position: Position, seat: int, of: int) -> float:
    return float(observe(position.setting, position.state, None, SEATS[seat]).fear[of, 0])


# ------------------------------------------------------------------------------- crossing and debt


def test_7_1_a_crossing_opens_a_debt() -> None:
    """A blow at the line or above it opens a debt at the rung of the blow, and a window to answer
    in."""
    before = still(rules=WINDOW, line={"MILITIA>US": 6})
    after, out = turn(before, US="strike_depots")
    assert out.crossed[MILITIA, US, 0]
    assert after.debt[MILITIA, US, 0] == 6
    assert after.debt_days[MILITIA, US, 0] == 10
    assert (after.debt > 0).sum() == 1


def test_7_2_below_the_line_nothing_is_owed() -> None:
    """A blow below the line, or where no line was drawn, opens no debt."""
    for lines in ({"MILITIA>US": 7}, {}):
        after, out = turn(still(rules=WINDOW, line=lines), US="strike_depots")
        assert not out.crossed.any()
        assert not after.debt.any()


def test_7_3_answering_in_time_is_remembered() -> None:
    """An answer within the window closes the debt and adds to the record of lines kept."""
    before = still(rules=WINDOW, debt={"MILITIA>US": 6}, debt_days={"MILITIA>US": 10})
    siege = deed(MILITIA, "siege").against[US]
    after, out = turn(
        before.with_(debt={"MILITIA>US": siege}, line={"US>MILITIA": siege}), MILITIA="siege"
    )
    assert out.answered[MILITIA, US, 0]
    assert after.debt[MILITIA, US, 0] == 0
    assert after.debt_days[MILITIA, US, 0] == 0
    assert after.kept[US, MILITIA, 0] > before.kept[US, MILITIA, 0]
    assert after.broken[US, MILITIA, 0] == before.broken[US, MILITIA, 0]
    assert after.debt[US, MILITIA, 0] == siege  # and is a crossing of its own


def test_7_4_an_answer_may_stay_some_rungs_below() -> None:
    """An answer counts though it stays up to two rungs below the crossing, and no further."""
    owed = still(rules=WINDOW, debt_days={"US>IRAN": 10, "US>MILITIA": 10})
    for rung, counts in ((8, True), (9, False)):
        _, out = turn(owed.with_(debt={"US>MILITIA": rung}), US="strike_depots")
        assert out.answered[US, MILITIA, 0] == counts
        assert not out.lapsed.any()


def test_7_5_only_a_blow_at_the_offender_answers() -> None:
    """A blow at somebody else answers nothing."""
    owed = still(rules=WINDOW, debt={"MILITIA>US": 5}, debt_days={"MILITIA>US": 10})
    after, out = turn(owed, MILITIA="intimidate")
    assert out.blow[MILITIA, IRAQ, 0] >= 3
    assert not out.answered.any()
    assert after.debt[MILITIA, US, 0] == 5
    assert after.debt_days[MILITIA, US, 0] == 3


def test_7_6_what_is_not_answered_in_time_lapses() -> None:
    """A crossing that is let pass adds to the record of lines broken, and costs Washington
    support."""
    owed = still(
        rules=WINDOW | {"minds.lapse_support": 0.04},
        debt={"US>MILITIA": 5},
        debt_days={"US>MILITIA": 10},
        stake={"US>MILITIA": 0.5},
    )
    first, out = turn(owed)
    assert not out.lapsed.any()
    second, out = turn(first)
    assert out.lapsed[US, MILITIA, 0]
    assert out.lapsed.sum() == 1
    assert second.debt[US, MILITIA, 0] == 0
    assert second.broken[MILITIA, US, 0] > owed.broken[MILITIA, US, 0]
    assert second.kept[MILITIA, US, 0] == owed.kept[MILITIA, US, 0]
    assert second.us_support[0] == near(0.5 - 0.04 * 0.5)


def test_7_7_a_lapse_elsewhere_costs_washington_nothing() -> None:
    """What Tehran lets pass is no loss of face in Washington."""
    owed = still(rules=WINDOW, debt={"IRAN>US": 6}, debt_days={"IRAN>US": 5}, stake={"IRAN>US": 1})
    after, out = turn(owed)
    assert out.lapsed[IRAN, US, 0]
    assert after.us_support[0] == near(0.5)


@pytest.mark.parametrize(("act", "record"), [("strike_depots", "kept"), ("hold", "broken")])
def test_7_8_what_is_staked_weighs(act: str, record: str) -> None:
    """Kept or broken, a line weighs by its stake: at full stake three times as much as at none."""
    rules = WINDOW | {"minds.record_weight": 1.0}
    gains = []
    for stake in (0.0, 1.0):
        owed = still(
            rules=rules,
            days=10,
            debt={"US>MILITIA": 6},
            debt_days={"US>MILITIA": 10},
            stake={"US>MILITIA": stake},
        )
        after, _ = turn(owed, US=act)
        gains.append(getattr(after, record)[MILITIA, US, 0] - 1)
    assert gains == near([0.5, 1.5])


def test_7_9_bystanders_learn_less() -> None:
    """Everybody watches whether a line is kept; whom it was drawn for watches most closely."""
    rules = WINDOW | {"minds.record_weight": 1.0, "minds.bystander_weight": 0.5}
    owed = still(
        rules=rules, debt={"US>MILITIA": 6}, debt_days={"US>MILITIA": 10}, stake={"US>MILITIA": 0.5}
    )
    after, _ = turn(owed, US="strike_depots")
    learnt = [after.kept[seat, US, 0] - 1 for seat in (IRAN, MILITIA, IRAQ)]
    assert learnt == near([0.5, 1.0, 0.5])
    others = after.kept[..., 0] - owed.kept[..., 0]
    assert sum(others[pair] for pair in PAIRS) == near(2.0)  # and nothing of anybody else


def test_7_10_a_debt_cannot_be_paid_in_advance() -> None:
    """A blow in the very turn of the crossing answers older debts, not the one that it meets."""
    siege = deed(MILITIA, "siege").against[US]
    before = still(rules=WINDOW, line={"US>MILITIA": siege})
    after, out = turn(before, US="strike_depots", MILITIA="siege")
    assert out.crossed[US, MILITIA, 0]
    assert not out.answered.any()
    assert after.debt[US, MILITIA, 0] == siege


def test_7_11_the_worst_crossing_stands() -> None:
    """A debt is the highest crossing that has not been answered."""
    siege = deed(MILITIA, "siege").against[US]
    for owed, then in ((siege + 1, siege + 1), (siege - 1, siege)):
        before = still(
            rules=WINDOW,
            debt={"US>MILITIA": owed},
            debt_days={"US>MILITIA": 10},
            line={"US>MILITIA": siege},
        )
        after, _ = turn(before, MILITIA="siege")
        assert after.debt[US, MILITIA, 0] == then


# ----------------------------------------------------------------------------------- unsigned fire


@pytest.mark.parametrize("source", ["the militia", "Iran", "a splinter cell", "a third party"])
def test_7_12_the_world_lays_unsigned_fire_at_two_doors(source: str) -> None:
    """Fire that nobody signed the world lays at the militias' door without knowing, and at Tehran's
    too when somebody dies of it: from the sponsor's rung on."""
    hazards = {"a splinter cell": "splinter", "a third party": "third_party"}
    rules = {f"chance.{hazards[source]}_hazard": 1e6} if source in hazards else {}
    given = {"the militia": {"MILITIA": "barrage"}, "Iran": {"IRAN": "deniable_strike"}}
    before = still(
        games=4 * GAMES,
        us_protection=0,
        line={"US>MILITIA": 3, "US>IRAN": 3},
        rules=rules | {"minds.sponsor_rung": 5},
    )
    after, out = turn(before, **given.get(source, {}))
    rung = out.fire_rung.max(axis=0)
    fired, deadly = rung > 0, rung >= 5
    assert 0 < deadly.sum() < fired.sum()
    assert (out.blow[MILITIA, US] == rung).all()
    assert (out.blow[IRAN, US] == rung * deadly).all()
    assert (out.crossed[US, MILITIA] == fired).all()
    assert (out.crossed[US, IRAN] == deadly).all()
    assert (after.debt[US, MILITIA] == rung).all()
    assert (after.debt[US, IRAN] == rung * deadly).all()
    assert not out.blow[[US, IRAQ]].any()


def test_7_12b_what_a_seat_suspects_opens_no_debt() -> None:
    """Blows happen before the world's eyes: whom Washington suspects moves its anger, and no
    debt."""
    before = still(games=GAMES, line={"US>MILITIA": 3, "US>IRAN": 3})
    after, out = turn(before, MILITIA="harass")
    bloodless = out.fire_rung.max(axis=0) < 5
    blames = out.signal[US]
    for cause in Cause:
        these = bloodless & (blames == cause)
        assert these.any()
        assert (after.debt[US, MILITIA, these] > 0).all()
        assert not after.debt[US, IRAN, these].any()


ONE_BY_OTHERS = {"chance.third_party_hazard": 1, "chance.third_party_room": 0}


def test_7_13_harm_is_laid_where_suspicion_points() -> None:
    """Washington is angry at whom it suspects: the same rockets, another signal, another anger."""
    before = still(games=GAMES, rules=ONE_BY_OTHERS)
    after, out = turn(before)
    rise = after.anger - before.anger
    blames = out.signal[US]
    at_militia, at_tehran = rise[US, MILITIA], rise[US, IRAN]
    assert (
        at_militia[blames == Cause.MILITIA].mean() > at_militia[blames == Cause.THIRD_PARTY].mean()
    )
    assert at_tehran[blames == Cause.TEHRAN].mean() > at_tehran[blames == Cause.MILITIA].mean()
    assert (at_militia > 0).all()  # wrongly, in every game: a third party fired


def test_7_14_a_patron_may_answer_through_its_militia() -> None:
    """A deadly attack, which the world lays at Tehran's door as well, answers what Tehran owes."""
    before = still(
        games=GAMES,
        us_protection=0,
        debt={"IRAN>US": 6},
        debt_days={"IRAN>US": 10},
        rules=WINDOW,
    )
    _, out = turn(before, MILITIA="barrage")
    deadly = out.us_killed + out.fire_coalition_killed.sum(axis=0) > 0
    assert (out.answered[IRAN, US] == deadly).all()
    assert 0 < deadly.sum() < GAMES


# ------------------------------------------------------------------------------------------- anger


def test_7_15_leaders_weigh_far_above_depots() -> None:
    """The killing of leaders angers far more than the loss of men, and men more than depots."""
    before = still(anger=dict.fromkeys(("IRAN>US", "MILITIA>US"), 0.0))
    anger = {
        act: turn(before, US=act)[0].anger[:, US, 0]
        for act in ("strike_depots", "strike_fighters", "kill_commander")
    }
    for seat in (IRAN, MILITIA):
        depots, fighters, commander = (anger[act][seat] for act in anger)
        assert depots < fighters < commander
        assert commander > 2 * depots


def test_7_16_anger_rises_toward_full_and_no_further() -> None:
    """Each harm takes its share of the calm that is left."""
    for angry, then in ((0.0, 0.25), (0.2, 0.4), (1.0, 1.0)):
        before = still(anger={"US>MILITIA": angry}, rules={"minds.anger_gain": 1})
        after, out = turn(before, MILITIA="siege")
        harm = out.harm[US, MILITIA, 0]
        assert after.anger[US, MILITIA, 0] == near(angry + harm * (1 - angry))
        assert after.anger[US, MILITIA, 0] == pytest.approx(then, abs=0.05)


def test_7_17_anger_fades_by_half_lives() -> None:
    """Anger decays by its half-life in days, however the days are cut into turns."""
    fades = {"minds.anger_half_life": 14}
    once, _ = turn(still(rules=fades, days=14, anger={"US>IRAN": 0.8}))
    first, _ = turn(still(rules=fades, days=7, anger={"US>IRAN": 0.8}))
    twice, _ = turn(first)
    assert once.anger[US, IRAN, 0] == near(0.4)
    assert twice.anger[US, IRAN, 0] == pytest.approx(0.4, abs=1e-4)


def test_7_18_the_dead_anger_more_than_the_noise() -> None:
    """American dead anger Washington far more than rockets that hit nobody."""
    before = still(games=GAMES, us_protection=0, anger={"US>MILITIA": 0.0})
    after, out = turn(before, MILITIA="barrage")
    anger = after.anger[US, MILITIA]
    assert anger[out.us_killed > 0].mean() > 2 * anger[out.us_killed == 0].mean()


def test_7_19_places_of_honour() -> None:
    """The same rockets anger Washington more at its embassy than at a base in the desert."""
    before = still(games=GAMES, us_protection=1, anger={"US>MILITIA": 0.0})
    anger = []
    for site in ("embassy", "al_asad"):
        after, out = turn(before, MILITIA=f"harass@{site}")
        bloodless = (out.us_killed == 0) & (out.fire_us_wounded.sum(axis=0) == 0)
        anger.append(after.anger[US, MILITIA][bloodless].mean())
    assert anger[0] > 1.5 * anger[1]


def test_7_20_each_use_of_force_raises_fear_and_anger() -> None:
    """An answered crossing makes Washington's line believed and its name hated: which wins is the
    game."""
    before = still(
        rules=WINDOW,
        debt={"US>MILITIA": 5},
        debt_days={"US>MILITIA": 10},
        stake={"US>MILITIA": 0.7},
    )
    held, _ = turn(before)
    struck, _ = turn(before, US="strike_fighters")
    assert fear(struck, MILITIA, US) > fear(held, MILITIA, US)
    assert struck.anger[MILITIA, US, 0] > held.anger[MILITIA, US, 0]


def test_7_21_fear_is_credibility_times_reach() -> None:
    """Who can do nothing is not feared, whatever he says; who never answers is not either."""
    strong = still(kept={"MILITIA>US": 9.0}, broken={"MILITIA>US": 1.0})
    doubted = strong.with_(kept={"MILITIA>US": 1.0}, broken={"MILITIA>US": 9.0})
    assert fear(strong, MILITIA, US) == pytest.approx(9 * fear(doubted, MILITIA, US), rel=1e-3)
    hidden = strong.with_(mil_concealment=1)
    assert fear(hidden, MILITIA, US) < fear(strong, MILITIA, US)


def test_7_22_relief_soothes() -> None:
    """Waivers and relief take away from Tehran's anger."""
    after, _ = turn(still(), US="ease")
    assert after.anger[IRAN, US, 0] < 0.2


def test_7_23_old_records_fade() -> None:
    """Old records count for less: half of what they hold beyond the first doubt is gone in a half-
    life."""
    before = still(
        rules={"minds.record_half_life": 7}, kept={"IRAN>US": 5.0}, broken={"IRAN>US": 3.0}
    )
    after, _ = turn(before)
    assert after.kept[IRAN, US, 0] == near(3)
    assert after.broken[IRAN, US, 0] == near(2)


def test_7_24_arrests_anger_the_militia() -> None:
    """Each man detained angers the militia at Baghdad."""
    before = still(games=200)
    after, out = turn(before, IRAQ="arrest")
    rise = after.anger[MILITIA, IRAQ] - before.anger[MILITIA, IRAQ]
    fewest, most = out.detained.min(), out.detained.max()
    assert rise[out.detained == most].min() > rise[out.detained == fewest].max() > 0


def test_7_24b_a_leaked_tip_off_angers_the_militia() -> None:
    """The militia's anger at Baghdad rises where it learns that Baghdad warned the Americans, and
    nowhere else."""
    rules = {"minds.harm_of_tip_off": 0.08, "minds.anger_gain": 1, "force.tip_off_leak": 0.5}
    before = still(rules=rules, games=200, iraq_lean=1)
    kept_quiet, _ = turn(before, MILITIA="harass")
    after, out = turn(before, MILITIA="harass", IRAQ=("hold", "tip_off>US"))
    leaked = out.tip_off_known
    assert 50 < leaked.sum() < 150
    rise = after.anger[MILITIA, IRAQ] - kept_quiet.anger[MILITIA, IRAQ]
    assert rise[leaked] == near(0.08 * 0.8)
    assert (rise[~leaked] == 0).all()


def test_7_25_iraqi_dead_anger_baghdad() -> None:
    """Iraqi soldiers and civilians killed by a strike anger Baghdad at Washington."""
    before = still(games=GAMES)
    after, out = turn(before, US="strike_depots")
    dead = out.strike_iraqi_killed + out.strike_civilians_killed
    by_dead = np.argsort(dead, kind="stable")
    anger = after.anger[IRAQ, US][by_dead]
    assert (np.diff(anger) > -1e-6).all()
    assert anger[-1] > anger[0] + 0.1


def test_7_26_an_open_deed_is_a_blow_at_its_rung() -> None:
    """An open deed touches each seat at its own rung; an unsigned one is no blow by itself."""
    _, out = turn(
        still(), US="kill_commander", IRAN="shipping", IRAQ="arrest", MILITIA="intimidate"
    )
    assert out.blow[US, IRAN, 0] == out.blow[US, MILITIA, 0] == 7
    assert out.blow[IRAQ, MILITIA, 0] == 3
    assert out.blow[MILITIA, IRAQ, 0] >= 3
    assert not out.blow[IRAN].any()


def test_7_27_what_was_staked_in_private_is_known_to_whom_it_was_said() -> None:
    """Whom a line was drawn for watches most closely, and alone knows what was staked on it in
    private."""
    rules = WINDOW | {"minds.record_weight": 1.0, "minds.bystander_weight": 1.0}
    for act, record in (("strike_depots", "kept"), ("hold", "broken")):
        owed = still(
            rules=rules,
            days=10,
            debt={"US>MILITIA": 6},
            debt_days={"US>MILITIA": 10},
            stake={"US>MILITIA": 0.5},
            private_stake={"US>MILITIA": 0.4, "US>IRAN": 1.0, "MILITIA>US": 1.0},
        )
        after, _ = turn(owed, US=act)
        learnt = [getattr(after, record)[seat, US, 0] - 1 for seat in (IRAN, MILITIA, IRAQ)]
        assert learnt == near([1.0, 1.2, 1.0])  # 0.4 of the half that was not bound in public


def test_7_28_a_private_line_costs_no_face() -> None:
    """At home, Washington pays for a public line that it let pass; of a private one nobody
    knows."""
    owed = still(
        rules=WINDOW | {"minds.lapse_support": 0.04},
        days=10,
        debt={"US>MILITIA": 5},
        debt_days={"US>MILITIA": 10},
        private_stake={"US>MILITIA": 1.0},
    )
    after, out = turn(owed)
    assert out.lapsed[US, MILITIA, 0]
    assert after.us_support[0] == near(0.5)
    public, _ = turn(owed.with_(stake={"US>MILITIA": 0.5}))
    assert public.us_support[0] == near(0.5 - 0.04 * 0.5)


def test_7_29_wounded_anger_as_far_as_they_are_reported() -> None:
    """Nobody is angry at what it has not heard of: wounded count as far as the turn's reports have
    them."""
    everybody = {"minds.agent_blame": 1, "minds.splinter_blame": 1, "minds.sponsor_blame": 0}
    harms, reported = {}, {}
    for at_once, weight in ((0, 0), (0, 0.5), (0.5, 0), (0.5, 0.5)):
        rules = {"force.reported_at_once": at_once, "minds.harm_per_wounded": weight}
        before = still(rules=everybody | rules, games=GAMES, us_protection=0)
        after, out = turn(before, MILITIA="barrage")
        blamed = 1 - after.suspicion[US, Cause.THIRD_PARTY]
        harms[at_once, weight] = out.harm[US, MILITIA] / blamed
        reported[at_once] = out.us_wounded_reported
        assert out.fire_us_wounded.sum() > 0
    assert not reported[0].any()
    assert (harms[0, 0.5] == harms[0, 0]).all()
    assert reported[0.5].sum() > 0
    rise = harms[0.5, 0.5] - harms[0.5, 0]
    assert rise == pytest.approx(0.5 * reported[0.5], abs=1e-3)
