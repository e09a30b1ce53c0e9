"""Adjudication cases, phase 7 in numbers: harm, blame, blows, records and anger.

Eyes that see nothing (odds of a quarter) leave every seat with what it expected, so that blame is
known beforehand. Where it expects Tehran, the militia, a splinter and a third party by 0.4, 0.3,
0.2 and 0.1, and a sponsor's blame is 0.5, an agent's 0.9 and a splinter's 0.6, an attack is laid

    at Tehran's door by       0.4 + 0.5 x 0.3             = 0.55,
    at the militia's by       0.9 x 0.4 + 0.3 + 0.6 x 0.2 = 0.78.
"""

from dataclasses import replace

import numpy as np
import pytest

from game.rules.luck import Draw
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.rulebook import Fire, Reach, Strike
from game.rules.seats import Rung
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    Position,
    lucky,
    still,
    turn,
    with_book,
    with_deed,
    with_site,
)

BLAME = {
    "evidence.prior_tehran": 0.4,
    "evidence.prior_militia": 0.3,
    "evidence.prior_splinter": 0.2,
    "evidence.prior_third_party": 0.1,
    "evidence.lean_us_to_tehran": 1,
    "evidence.lean_iraq_to_others": 0,
    "evidence.sees_us": 0.25,
    "evidence.sees_iraq": 0.25,
    "minds.sponsor_blame": 0.5,
    "minds.agent_blame": 0.9,
    "minds.splinter_blame": 0.6,
}
TEHRAN, AGENT = 0.55, 0.78
SIZES = {
    "minds.harm_attack": 0.02,
    "minds.harm_per_dead": 0.1,
    "minds.harm_per_partner": 0.05,
    "minds.harm_per_wounded": 0.01,
    "minds.harm_per_iraqi": 0.03,
    "force.toll_tail": 1,
    "force.mass_casualties": 99,
    "minds.anger_gain": 0.5,
}
SALVO = Fire(rounds_low=10, rounds_high=10, accuracy=1e9, rung=4)
KILLING = SALVO._replace(lethality=1e9, toll=2)
EIGHT_DEAD = (0.751, 0.777)
"""Draws of the toll at which 8 die: 3 Americans, 3 partners' soldiers and 2 Iraqis at Taji."""


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def at_taji(fire: Fire, **given: object) -> Position:
    """A still position in which barrage and missiles are the fire given, and Taji a place of round
    numbers: a quarter of those hit are Iraqis, half of the others partners, and its honour 0.1."""
    rules = BLAME | SIZES | given.pop("rules", {})
    before = with_deed(still(rules=rules, **given), MILITIA, "barrage", fire=fire)
    before = with_deed(
        before, IRAN, "missile_strike", fire=fire._replace(rung=8), effects={}, harm={}
    )
    return with_site(before, "taji", people=0.5, iraqis=0.25, partners=0.5, honour=0.1)


# ------------------------------------------------------------------------------------ unsigned fire


def test_7_30_harm_of_fire_that_kills() -> None:
    """An attack harms Washington by its place's honour, by itself, and by each American and partner
    who dies: 0.1 + 0.02 + 3 x 0.1 + 3 x 0.05 = 0.57; Baghdad by each Iraqi: 2 x 0.03. Each lays it
    at the doors where it suspects."""
    before = lucky(at_taji(KILLING), {Draw.FIRE_TOLL + Source.MILITIA: EIGHT_DEAD})
    after, out = turn(before, MILITIA="barrage@taji")
    assert out.harm[US, IRAN, 0] == near(0.57 * TEHRAN)
    assert out.harm[US, MILITIA, 0] == near(0.57 * AGENT)
    assert out.harm[IRAQ, IRAN, 0] == near(0.06 * TEHRAN)
    assert out.harm[IRAQ, MILITIA, 0] == near(0.06 * AGENT)
    assert np.count_nonzero(out.harm) == 4
    # Anger rises by half of the harm, times the calm that is left.
    assert after.anger[US, IRAN, 0] == near(0.2 + 0.57 * TEHRAN * 0.5 * 0.8)
    assert after.anger[US, MILITIA, 0] == near(0.2 + 0.57 * AGENT * 0.5 * 0.8)
    assert after.anger[IRAQ, MILITIA, 0] == near(0.2 + 0.06 * AGENT * 0.5 * 0.8)
    assert out.blow[MILITIA, US, 0] == out.blow[IRAN, US, 0] == Rung.DEADLY_ATTACK


def test_7_31_harm_of_wounded_in_the_reports() -> None:
    """Of six wounded, two are in the first report: they harm by 0.01 each, beside the attack."""
    rules = {"force.reported_at_once": 0.5}
    fire = SALVO._replace(wounding=2)
    before = with_site(at_taji(fire, rules=rules, us_protection=0), "taji", people=0.3, iraqis=0)
    luck = {
        Draw.FIRE_WOUNDED + Source.MILITIA: (6 / 13, 7 / 13),
        Draw.REPORTING: (0.26, 0.4),
    }
    _, out = turn(lucky(before, luck), MILITIA="barrage@taji")
    assert out.fire_us_wounded[Source.MILITIA, 0] == 6
    assert out.us_wounded_reported[0] == 2
    assert out.harm[US, MILITIA, 0] == near((0.02 + 0.1 + 2 * 0.01) * AGENT)


def test_7_32_every_salvo_has_its_share_of_the_report() -> None:
    """The report's wounded are laid to the salvos as the true ones were: of twelve, six by signed
    missiles and six by rockets, three are reported."""
    rules = {"force.reported_at_once": 0.5}
    fire = SALVO._replace(wounding=2)
    before = with_site(at_taji(fire, rules=rules, us_protection=0), "taji", people=0.3, iraqis=0)
    six = (6 / 13, 7 / 13)
    luck = {
        Draw.FIRE_WOUNDED + Source.MILITIA: six,
        Draw.FIRE_WOUNDED + Source.IRAN: six,
        Draw.REPORTING: (0.21, 0.29),
    }
    _, out = turn(lucky(before, luck), MILITIA="barrage@taji", IRAN="missile_strike@taji")
    assert out.us_wounded_reported[0] == 3
    each = 0.02 + 0.1 + 1.5 * 0.01
    assert out.harm[US, MILITIA, 0] == near(each * AGENT)
    assert out.harm[US, IRAN, 0] == near(each * TEHRAN + each)


def test_7_33_signed_missiles_are_irans_alone() -> None:
    """Harm of missiles that Iran signed is Iran's, all of it: Washington's and Baghdad's."""
    before = lucky(at_taji(KILLING), {Draw.FIRE_TOLL + Source.IRAN: EIGHT_DEAD})
    after, out = turn(before, IRAN="missile_strike@taji")
    assert out.harm[US, IRAN, 0] == near(0.57)
    assert out.harm[IRAQ, IRAN, 0] == near(0.06)
    assert np.count_nonzero(out.harm) == 2
    assert after.anger[IRAQ, IRAN, 0] == near(0.2 + 0.06 * 0.5 * 0.8)
    assert out.blow[IRAN, US, 0] == 8
    assert out.blow[IRAN, IRAQ, 0] == 4
    assert np.count_nonzero(out.blow) == 2


def test_7_34_missiles_and_rockets_in_one_turn() -> None:
    """Signed missiles and unsigned rockets of one turn: each blow is laid at its own door, and each
    side's Iraqi dead as well."""
    luck = {
        Draw.FIRE_TOLL + Source.IRAN: EIGHT_DEAD,
        Draw.FIRE_LETHAL + Source.MILITIA: (0.0, 1.0),
    }
    rockets = at_taji(KILLING)
    bloodless = with_deed(rockets, MILITIA, "barrage", fire=SALVO)
    _, out = turn(lucky(bloodless, luck), IRAN="missile_strike@taji", MILITIA="barrage@taji")
    assert out.blow[IRAN, US, 0] == 8
    assert out.blow[MILITIA, US, 0] == 4
    assert out.harm[US, IRAN, 0] == near(0.57 + 0.12 * TEHRAN)
    assert out.harm[US, MILITIA, 0] == near(0.12 * AGENT)
    assert out.harm[IRAQ, IRAN, 0] == near(0.06)
    assert out.harm[IRAQ, MILITIA, 0] == 0
    both = {
        Draw.FIRE_TOLL + Source.IRAN: EIGHT_DEAD,
        Draw.FIRE_TOLL + Source.MILITIA: EIGHT_DEAD,
    }
    _, out = turn(lucky(rockets, both), IRAN="missile_strike@taji", MILITIA="barrage@taji")
    assert out.fire_iraqi_killed[:, 0].tolist() == [2, 0, 0, 2]
    assert out.blow[IRAN, US, 0] == 8
    assert out.blow[MILITIA, US, 0] == 5
    assert out.harm[IRAQ, IRAN, 0] == near(0.06 + 0.06 * TEHRAN)
    assert out.harm[IRAQ, MILITIA, 0] == near(0.06 * AGENT)


@pytest.mark.parametrize(("sponsor_rung", "blow"), [(4, 4), (5, 0), (3, 4)])
def test_7_35_the_rung_of_a_sponsor(sponsor_rung: float, blow: int) -> None:
    """From the sponsor's rung on, unsigned fire is a blow of Tehran's as well."""
    before = at_taji(SALVO, rules={"minds.sponsor_rung": sponsor_rung})
    _, out = turn(before, MILITIA="barrage@taji")
    assert out.blow[MILITIA, US, 0] == 4
    assert out.blow[IRAN, US, 0] == blow


# ------------------------------------------------------------------------------ strikes and arrests


def test_7_36_harm_of_a_strike() -> None:
    """Eight militiamen at 0.01 and 0.08 of the leaders at 0.5 harm the militia by 0.12, and Tehran
    by its share, 0.25; four dead beside them harm Baghdad by 0.03 each."""
    rules = SIZES | {
        "minds.harm_per_militiaman": 0.01,
        "minds.harm_leaders": 0.5,
        "minds.harm_patron_share": 0.25,
        "force.concealment_saves": 0.4,
        "force.collateral_by_concealment": 1,
    }
    bombs = Strike(fighters=10, rockets=0, leaders=0.1, collateral=2, civilians=2)
    before = with_deed(still(rules=rules), US, "strike_depots", strike=bombs, effects={}, harm={})
    luck = {
        Draw.STRIKE_LUCK: (0.5, 0.502),
        Draw.COLLATERAL: (0.49, 0.5),  # 2 of 3 expected: 2.16 to 2.25, and less than 0.75
        Draw.CIVILIANS: (0.48, 0.5),
    }
    _, out = turn(lucky(before, luck), US="strike_depots")
    killed = out.strike_iraqi_killed[0] + out.strike_civilians_killed[0]
    assert out.strike_militia_killed[0] == 8
    assert out.harm[MILITIA, US, 0] == pytest.approx(0.12, abs=2e-4)
    assert out.harm[IRAN, US, 0] == pytest.approx(0.03, abs=1e-4)
    assert out.harm[IRAQ, US, 0] == near(0.03 * killed)
    assert killed >= 4
    assert np.count_nonzero(out.harm) == 3


def test_7_37_harm_of_arrests_and_of_a_leaked_tip_off() -> None:
    """Ten detained harm the militia by 0.006 each; a tip-off that it hears of, by 0.08."""
    rules = {
        "minds.harm_per_detained": 0.006,
        "minds.harm_of_tip_off": 0.08,
        "force.tip_off_leak": 1,
        "force.arrests_by_lean": 0,
    }
    before = with_deed(
        still(rules=rules, iraq_lean=1), IRAQ, "arrest", detains=10, effects={}, timely={}, harm={}
    )
    luck = lucky(before, {Draw.ARRESTS: (0.5, 0.55)})
    _, out = turn(luck, IRAQ="arrest")
    assert out.harm[MILITIA, IRAQ, 0] == near(0.06)
    _, out = turn(luck, IRAQ=("arrest", "tip_off>US"), MILITIA="harass")
    assert out.tip_off_known[0]
    assert out.harm[MILITIA, IRAQ, 0] == near(0.06 + 0.08)


@pytest.mark.parametrize("actor", SEATS, ids=lambda seat: seat.name)
def test_7_38_a_deed_harms_by_its_data(actor: int) -> None:
    """What an open deed is to each seat counts in full; what is unsigned, as far as it is laid at
    the right door; what soothes, in full at any anger."""
    harm = {seat: 0.1 + 0.05 * seat for seat in SEATS if seat is not actor}
    for visibility, share in (("public", 1.0), ("deniable", 0.6)):
        before = with_deed(
            still(rules={"minds.unsigned_blame": 0.6, "minds.anger_gain": 0.5}),
            SEATS[actor],
            "hold",
            visibility=visibility,
            harm=harm,
        )
        after, out = turn(before)
        for seat, size in harm.items():
            assert out.harm[seat, actor, 0] == near(size * share)
            assert after.anger[seat, actor, 0] == near(0.2 + size * share * 0.5 * 0.8)
        assert np.count_nonzero(out.harm) == 3
    soothing = dict.fromkeys(harm, -0.1)
    before = with_deed(
        still(rules={"minds.anger_gain": 0.5}), SEATS[actor], "hold", visibility="public",
        harm=soothing,
    )  # fmt: skip
    after, _ = turn(before)
    for seat in harm:
        assert after.anger[seat, actor, 0] == near(0.2 - 0.05)


@pytest.mark.parametrize("actor", ["US", "IRAN"])
def test_7_39_notice_softens_baghdads_anger(actor: str) -> None:
    """Notice to Baghdad takes away 0.4 of what the deed is to Baghdad, and of nothing else."""
    seat = US if actor == "US" else IRAN
    before = with_deed(
        still(rules={"politics.notice_softens": 0.4}),
        seat, "hold", visibility="public", harm={IRAQ: 0.2, MILITIA: 0.2},
    )  # fmt: skip
    _, out = turn(before, **{actor: ("hold", "notice>IRAQ")})
    assert out.harm[IRAQ, seat, 0] == near(0.12)
    assert out.harm[MILITIA, seat, 0] == near(0.2)
    if seat is IRAN:
        _, out = turn(before, IRAN=("hold", "notice>US"))
        assert out.harm[IRAQ, seat, 0] == near(0.2)


def test_7_40_one_turns_rise_in_anger_has_a_cap() -> None:
    """However great the harm, anger rises by no more than the calm that was left, before it fades:
    to 1, and by half to 0.5."""
    rules = {"minds.anger_gain": 5, "minds.anger_half_life": 7}
    before = with_deed(still(rules=rules), MILITIA, "siege", harm={US: 0.5})
    after, _ = turn(before, MILITIA="siege")
    assert after.anger[US, MILITIA, 0] == near(0.5)
    half, _ = turn(with_deed(before, MILITIA, "siege", harm={US: 0.1}), MILITIA="siege")
    assert half.anger[US, MILITIA, 0] == near((0.2 + 0.5 * 0.8) / 2)


# ------------------------------------------------------------------------------------------ records

RECORD = {
    "minds.record_weight": 2,
    "minds.record_unstaked": 0.3,
    "minds.bystander_weight": 0.25,
    "minds.answer_slack": 2,
    "minds.lapse_support": 0.04,
}


@pytest.mark.parametrize(("act", "record"), [("strike_depots", "kept"), ("hold", "broken")])
def test_7_41_what_a_line_weighs_in_the_record(act: str, record: str) -> None:
    """A line kept or let pass weighs 2 x (0.3 + the public stake 0.5 + for whom it was drawn the
    private 0.4 of the half that is left): 2.0 for the offender, and for bystanders a quarter of
    1.6."""
    before = still(
        rules=RECORD,
        days=10,
        debt={"US>MILITIA": 6},
        debt_days={"US>MILITIA": 10},
        stake={"US>MILITIA": 0.5},
        private_stake={"US>MILITIA": 0.4},
    )
    after, _ = turn(before, US=act)
    grown = getattr(after, record)[..., 0] - getattr(before, record)[..., 0]
    assert grown[[IRAN, MILITIA, IRAQ], US] == near([0.4, 2.0, 0.4])
    grown[:, US] = 0
    assert not grown.any()
    other = "broken" if record == "kept" else "kept"
    assert (getattr(after, other) == getattr(before, other)).all()
    assert after.us_support[0] == near(0.5 - (0.04 * 0.5 if act == "hold" else 0))


def test_7_42_a_debtor_may_settle_with_two_at_once() -> None:
    """Two answers in one turn both count: 2 x 0.3 to each offender and a quarter of it to the
    others; and so do two lapses, at home as well."""
    before = still(
        rules=RECORD,
        days=10,
        debt={"US>MILITIA": 6, "US>IRAN": 4},
        debt_days={"US>MILITIA": 10, "US>IRAN": 10},
        stake={"US>MILITIA": 0.5, "US>IRAN": 0.25},
    )
    # To the militia 2 x 0.8 = 1.6; to Iran 2 x 0.55 = 1.1.
    learnt = [1.1 + 0.4, 1.6 + 0.275, 0.4 + 0.275]
    after, out = turn(before, US="strike_depots")
    assert out.answered.sum() == 2
    assert after.kept[[IRAN, MILITIA, IRAQ], US, 0] - 1 == near(learnt)
    after, out = turn(before)
    assert out.lapsed.sum() == 2
    assert after.broken[[IRAN, MILITIA, IRAQ], US, 0] - 1 == near(learnt)
    assert after.us_support[0] == near(0.5 - 0.04 * 0.75)


def test_7_43_records_fade_before_they_grow() -> None:
    """Old records fade toward the first doubt before the turn's answer is added: 5 to 3, then 0.6
    more; a new record does not fade in its own turn."""
    before = still(
        rules=RECORD | {"minds.record_half_life": 7},
        debt={"US>MILITIA": 6},
        debt_days={"US>MILITIA": 30},
        kept={"MILITIA>US": 5, "IRAQ>US": 1},
    )
    after, _ = turn(before, US="strike_depots")
    assert after.kept[[MILITIA, IRAQ], US, 0] == near([3.6, 1.15])


@pytest.mark.parametrize(
    ("debtor", "act", "offender", "rung"),
    [
        ("US", "strike_depots", "MILITIA", 6),
        ("IRAN", "missile_strike", "US", 8),
        ("MILITIA", "siege", "IRAQ", 3),
        ("IRAQ", "arrest", "MILITIA", 3),
    ],
)
def test_7_44_every_seat_owes_and_answers(debtor: str, act: str, offender: str, rung: int) -> None:
    """Whoever owes whom: an answer up to two rungs short settles the debt, one three rungs short
    does not, and the same blow crosses the line that the other had drawn, for ten days."""
    pair, mirror = f"{debtor}>{offender}", f"{offender}>{debtor}"
    i, j = (SEATS[[s.name for s in SEATS].index(name)] for name in (debtor, offender))
    owed = still(
        rules=RECORD | {"minds.answer_window": 10, "force.protection_saves": 1},
        us_protection=1,
        debt={pair: min(rung + 2, 10)},
        debt_days={pair: 20},
        line={mirror: rung},
    )
    after, out = turn(owed, **{debtor: act})
    assert out.answered[i, j, 0]
    assert out.crossed[j, i, 0]
    assert after.debt[i, j, 0] == after.debt_days[i, j, 0] == 0
    assert after.debt[j, i, 0] == out.blow[i, j, 0] == rung
    assert after.debt_days[j, i, 0] == 10
    if rung + 3 <= 10:
        after, out = turn(owed.with_(debt={pair: rung + 3}), **{debtor: act})
        assert not out.answered.any()
        assert after.debt[i, j, 0] == rung + 3
        assert after.debt_days[i, j, 0] == 13
    below, out = turn(owed.with_(line={mirror: rung + 1}), **{debtor: act})
    assert not out.crossed.any()
    assert not below.debt.any()


def test_7_45_the_window_closes_on_its_last_day() -> None:
    """A debt whose days are over at the turn's end is let pass; one with a day left is not."""
    before = still(debt={"IRAN>US": 5}, debt_days={"IRAN>US": 8})
    open_, out = turn(before)
    assert not out.lapsed.any()
    assert open_.debt_days[IRAN, US, 0] == 1
    closed, out = turn(before.with_(debt_days={"IRAN>US": 7}))
    assert out.lapsed[IRAN, US, 0]
    assert closed.debt[IRAN, US, 0] == closed.debt_days[IRAN, US, 0] == 0


def test_7_46_a_further_crossing_buys_no_time() -> None:
    """A further crossing raises an open debt to its rung, and leaves the window as it was."""
    before = still(
        rules={"minds.answer_window": 10},
        debt={"MILITIA>US": 4},
        debt_days={"MILITIA>US": 9},
        line={"MILITIA>US": 5},
    )
    after, out = turn(before, US="strike_depots")
    assert out.crossed[MILITIA, US, 0]
    assert after.debt[MILITIA, US, 0] == 6
    assert after.debt_days[MILITIA, US, 0] == 2
    lapsing, out = turn(before.with_(debt_days={"MILITIA>US": 7}), US="strike_depots")
    assert out.lapsed[MILITIA, US, 0]
    assert lapsing.debt[MILITIA, US, 0] == 6  # the old debt is let pass, the new one opens
    assert lapsing.debt_days[MILITIA, US, 0] == 10


# --------------------------------------------------------------------------------------------- fear


@pytest.mark.parametrize(
    ("base", "columns", "reach"),
    [
        (0.3, {}, 0.3),
        (0.1, {"us_troops": 0.0001}, 0.6),  # of 5,000
        (0.9, {"us_protection": -0.8}, 0.58),  # Tehran's own guess of it, 0.4, and not 0.5
        (0.2, {"us_evidence": 0.9}, 0.2),  # of which Tehran knows nothing
        (0.5, {"us_coalition": 5}, 1.0),
        (0.5, {"us_coalition": -5}, 0.0),
        (0.1, {"us_troops": 0.00002, "us_coalition": 0.5}, 0.55),
    ],
)
def test_7_47_fear_in_numbers(base: float, columns: dict[str, float], reach: float) -> None:
    """Fear is credibility, 3 of 4, times what the other can do: a base and so much for each unit of
    a column as the seat takes it to be, from 0 to 1."""
    before = still(kept={"IRAN>US": 3}, us_evidence=1)
    rows = (Reach(US, IRAN, base, columns), Reach(US, IRAQ, 0.5), Reach(IRAQ, IRAN, 0.25))
    before = with_book(before, replace(before.book, reaches=rows))
    before.state.estimates[IRAN] = 0.4
    seen = observe(before.setting, before.state, None, IRAN)
    assert seen.fear[:, 0] == near([0.75 * reach, 0, 0, 0.5 * 0.25])
    assert seen.credibility[US, 0] == near(0.75)
    assert (seen.kept[US, 0], seen.broken[US, 0]) == (3, 1)
    assert (seen.anger[:, 0] == before.anger[IRAN, :, 0]).all()
