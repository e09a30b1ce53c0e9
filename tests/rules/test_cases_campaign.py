"""Adjudication cases, phase 4: the militias' campaign by the day, and forces that are made ready.

The militias are a little angry, 0.2, and fear Washington by 0.5: both as usual here, so that their
campaign is driven by 0.4 if nobody orders, asks or stops anything.
"""

import numpy as np
import pytest

from game.rules.endings import Ending
from game.rules.luck import Draw
from game.rules.moment import mean_left
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.rulebook import Fire, Strike
from tests.common import difference
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    Position,
    either_side,
    exactly,
    lucky,
    still,
    turn,
    turns,
    with_deed,
    with_habits,
    with_site,
)

COURSE = {
    "campaign.rest": 0.4,
    "campaign.usual_anger": 0.2,
    "campaign.usual_fear": 0.5,
    "campaign.restrained_by_chain": 0,
}
NO_ATTACKS = {"campaign.attacks_per_week": 0}


NOTHING_ELSE: dict[str, dict[str, float]] = {
    "effects": {},
    "weekly": {},
    "costs": {},
    "timely": {},
}


def near(value: object, within: float = 1e-5) -> object:
    return pytest.approx(value, abs=within)


def unasked(rules: dict[str, float] | None = None, **given: object) -> Position:
    """A still position in which the campaign takes its own course where the militias hold."""
    return with_deed(still(rules=COURSE | (rules or {}), **given), MILITIA, "hold", effort=None)


def driven(before: Position, **orders: object) -> float:
    """How hard the campaign is driven after a turn in which it arrives where it is going."""
    return float(turn(before, **orders)[0].mil_effort[0])


# --------------------------------------------------------------------------------------- its course


def test_4_70_a_campaign_lasts() -> None:
    """How hard the campaign is driven moves half of the way to its course in each half-life,
    whatever the militias' other deeds."""
    rules = NO_ATTACKS | {"campaign.effort_half_life": 7}
    after, _ = turn(unasked(rules, mil_effort=0.8))
    assert after.mil_effort[0] == near(0.6)
    after, _ = turn(unasked(rules, mil_effort=0.8, days=14))
    assert after.mil_effort[0] == near(0.5)


@pytest.mark.parametrize(
    ("minds", "course"),
    [
        ({}, 0.4),
        # anger 0.6: 0.4 + 0.5 x 0.4
        ({"anger": {"MILITIA>US": 0.6}}, 0.6),
        # credibility 3 / (3 + 1), so that fear is 0.75: 0.4 - 0.8 x 0.25
        ({"kept": {"MILITIA>US": 3}}, 0.2),
        # no fear at all: 0.4 + 0.8 x 0.5
        ({"assurance": {"MILITIA>US": 0}}, 0.8),
        ({"anger": {"MILITIA>US": 1}, "assurance": {"MILITIA>US": 0}}, 1),
        ({"kept": {"MILITIA>US": 99}, "assurance": {"MILITIA>US": 1}}, 0),
        # whom they are angry at beside, or fear, drives nothing here
        ({"anger": {"MILITIA>IRAQ": 1, "US>MILITIA": 1}, "kept": {"MILITIA>IRAN": 9}}, 0.4),
    ],
)
def test_4_71_anger_drives_it_and_fear_restrains_it(minds: dict, course: float) -> None:
    """Anger at Washington beyond the usual drives the campaign, and fear of it restrains it, as far
    as the world's theory has it: here by 0.5 and 0.8; never below 0 nor above 1."""
    theory = {"theory.anger_drives": 0.5, "theory.fear_restrains": 0.8}
    assert driven(unasked(NO_ATTACKS | theory, **minds)) == near(course)


def test_4_72_a_stake_counts_where_the_line_is_one_that_fire_may_cross() -> None:
    """Of what Washington staked on its line they fear, where an attack that kills would cross it: a
    stake of 0.85 makes 0.5 of fear to 0.75; on a line at 6 it counts as none, and leaves 0.325."""
    rules = NO_ATTACKS | {"dread.stake_weight": 1, "dread.usual_stake": 0.35}
    before = unasked(rules, stake={"US>MILITIA": 0.85})
    for line, course in ((3, 0.15), (5, 0.15), (6, 0.575), (11, 0.575)):
        assert driven(before.with_(line={"US>MILITIA": line})) == near(course)


@pytest.mark.parametrize(
    ("stands", "said", "course"),
    [
        (0, None, 0.4), (-1, None, 0.3), (1, None, 0.5), (-1, "strike>MILITIA", 0.5),
        (1, "free_hand>MILITIA", 0.4), (1, "hold_back>MILITIA", 0.3), (1, "notice>US", 0.5),
    ],
)  # fmt: skip
def test_4_73_tehrans_word_moves_it(stands: int, said: str | None, course: float) -> None:
    """Tehran's word to strike or to hold back moves the course by 0.1; the message of this turn is
    heard at once, and other messages change nothing."""
    before = unasked(NO_ATTACKS | {"campaign.by_guidance": 0.1}, mil_guidance=stands)
    given = {"IRAN": ("hold", said)} if said else {}
    assert driven(before, **given) == near(course)


def test_4_74_the_chain_of_command_and_a_truce_take_their_shares() -> None:
    """The army's chain of command stops 0.5 of it where it reaches all, here 0.4; a truce leaves
    0.25, from its first day."""
    rules = NO_ATTACKS | {"campaign.restrained_by_chain": 0.5, "campaign.left_by_truce": 0.25}
    before = unasked(rules)
    assert driven(before.with_(iraq_chain=0.4)) == near(0.4 * 0.8)
    assert driven(before.with_(iraq_chain=0, mil_truce=1)) == near(0.4 * 0.25)
    assert driven(before.with_(iraq_chain=0.4, mil_truce=99)) == near(0.4 * 0.8 * 0.25)


def test_4_75_an_order_bends_it() -> None:
    """The militias' own order moves the course by 0.75 of the way to the effort that it asks for;
    a deed that asks for none leaves it alone."""
    rules = NO_ATTACKS | {"campaign.by_order": 0.75}
    for effort, course in ((1.0, 0.85), (0.0, 0.1), (0.4, 0.4), (None, 0.4)):
        before = with_deed(unasked(rules), MILITIA, "recruit", effort=effort)
        assert driven(before, MILITIA="recruit") == near(course)


def test_4_76_baghdads_curbs_reach_as_far_as_it_is_obeyed() -> None:
    """An end of 0.8 of the campaign reaches as far as authority 0.5 + half of the forces 0.4 - half
    of the lean 0.6: 0.4; never beyond all of it, and never the other way."""
    rules = NO_ATTACKS | {"campaign.effort_half_life": 1e12, "campaign.curb_half_life": 1e-6}
    before = with_deed(
        unasked(rules, mil_effort=0.5), IRAQ, "guard", curbs=0.8, requires=(), **NOTHING_ELSE
    )
    usual = {"iraq_authority": 0.5, "iraq_forces": 0.4, "iraq_lean": 0.6}
    for columns, left in (
        (usual, 1 - 0.8 * 0.4),
        (usual | {"iraq_authority": 1, "iraq_forces": 1, "iraq_lean": 0}, 0.2),
        (usual | {"iraq_authority": 0.1, "iraq_forces": 0}, 1),
    ):
        assert driven(before.with_(**columns), IRAQ="guard") == near(0.5 * left)
    assert driven(before) == near(0.5)


@pytest.mark.parametrize(("half_life", "done"), [(7, 0.5), (3.5, 0.75)])
def test_4_89_and_as_it_has_days(half_life: float, done: float) -> None:
    """In a turn of a week with a half-life of a week a curb does half of what it can do to the
    effort, with one of half a week three quarters."""
    rules = NO_ATTACKS | {
        "campaign.effort_half_life": 1e12,
        "campaign.curb_half_life": half_life,
    }
    whole = {"iraq_authority": 1, "iraq_forces": 1, "iraq_lean": 0}
    before = with_deed(
        unasked(rules, mil_effort=0.5, **whole),
        IRAQ,
        "guard",
        curbs=0.8,
        requires=(),
        **NOTHING_ELSE,
    )
    assert driven(before, IRAQ="guard") == near(0.5 * (1 - 0.8 * done))


@pytest.mark.parametrize(("draw", "course"), [(0.0, 0.2), (0.25, 0.3), (0.5, 0.4), (0.875, 0.55)])
def test_4_88_quarrels_among_the_factions_move_it(draw: float, course: float) -> None:
    """A turn's quarrels among the factions move the course by up to 0.2, down or up, as the turn's
    luck has it; never below 0 nor above 1."""
    before = exactly(unasked(NO_ATTACKS | {"campaign.quarrels": 0.2}), Draw.QUARRELS, [draw])
    assert driven(before) == near(course)
    furious = before.with_(anger={"MILITIA>US": 1}, assurance={"MILITIA>US": 0})
    assert driven(furious) == near(min(1 + course - 0.4, 1))


# --------------------------------------------------------------------------------------- by the day

SINGLE = Fire(campaign=True, rounds_low=1, rounds_high=1, arsenal=0, rung=3)
TEMPO = {
    "campaign.attacks_per_week": 4,
    "campaign.effort_half_life": 7,
    "campaign.by_arsenal": 200,
    "campaign.restrained_by_guard": 0.4,
}


def test_4_77_attacks_follow_the_mean_of_the_turn() -> None:
    """Attacks of a week: 4 x the effort in the turn's mean, of which 0.7213 of the way from 0.4 to
    0.8 is left, x 600 of 600 and 200 rockets x what guard of 0.5 lets through, 0.8: 1.6525."""
    assert mean_left(7, 7) == near(0.721348)
    before = unasked(TEMPO, mil_effort=0.8, mil_rockets=600, iraq_guard=0.5)
    expected = 4 * (0.4 + 0.4 * 0.721348) * 0.75 * 0.8
    _, out = turn(either_side(before, Draw.CAMPAIGN, 2 - expected))
    assert out.fire_attacks[Source.MILITIA].tolist() == out.attacks.tolist() == [1, 2]


@pytest.mark.parametrize(("luck", "attacks"), [(0.0, 1), (0.25, 2), (0.5, 4), (0.875, 6)])
def test_4_100_attacks_come_in_bursts(luck: float, attacks: int) -> None:
    """By what its draw holds beyond twelve bits, a week has from a quarter of the 4 attacks that
    its effort makes to seven quarters of them: at 0.25, (1 + 0.75 x (0.5 - 1)) x 4 = 2.5, whole
    attacks counted; at the draw itself, 0, nothing is added to that."""
    rules = {"campaign.bursts": 0.75, "campaign.effort_half_life": 1e12}
    rules |= {"campaign.attacks_per_week": 4, "campaign.by_arsenal": 1e-9}
    before = unasked(rules, mil_effort=1, mil_rockets=600, attacks=0)
    before = with_deed(before, MILITIA, "harass", fire=SINGLE)
    after, _ = turn(exactly(before, Draw.CAMPAIGN, [luck / 2**12]))
    assert after.attacks[0] == attacks


def test_4_101_in_long_turns_bursts_average_out() -> None:
    """… by the root of a turn's weeks: in four weeks luck makes them more or fewer by half as much
    as in one; in less than a week, never by more than all of them."""
    for days, share in ((28, 0.4), (7, 0.8), (63 / 7, 0.8 / (9 / 7) ** 0.5), (1, 1.0)):
        position = still(rules={"campaign.bursts": 0.8}, days=round(days))
        assert position.setting.moments[0].bursts == near(share)


def test_4_78_a_turn_that_is_cut_has_as_many_attacks() -> None:
    """Two weeks in one turn, in two, or in fourteen, drive the campaign to the same effort, and as
    many attacks are expected of them."""
    effort, attacks = [], []
    for cuts in (1, 2, 14):
        given = {"mil_effort": 1, "mil_rockets": 5000, "games": 3000}
        before = unasked(TEMPO, **given, days=14 // cuts, turns=cuts + 1)
        before = with_deed(before, MILITIA, "harass", fire=SINGLE)
        after = turns(before.with_(attacks=0), cuts)
        effort.append(after.mil_effort[0])
        attacks.append(after.attacks.mean())
    assert effort[1:] == near([effort[0]] * 2)
    assert attacks[1:] == pytest.approx([attacks[0]] * 2, rel=0.02)


@pytest.mark.parametrize(("line", "share"), [(5, 0.2025), (6, 0), (11, 0)])
def test_4_87_launchers_stay_covered_under_a_believed_line(line: int, share: float) -> None:
    """Under a line that fire might cross, 0.6 x restrained by 0.75 x the belief 0.75 squared x the
    stake of 0.8 of the attacks are not made; the campaign itself is driven as before."""
    rules = {"campaign.caution": 0.6, "theory.fear_restrains": 0.75}
    rules |= {"campaign.effort_half_life": 1e12, "campaign.attacks_per_week": 1}
    given = {"stake": {"US>MILITIA": 0.8}, "kept": {"MILITIA>US": 3}, "mil_effort": 1}
    before = unasked(rules, line={"US>MILITIA": line}, **given)
    if share:
        before = either_side(before, Draw.CAMPAIGN, share)
    after, out = turn(before)
    assert out.attacks.tolist() == ([0, 1] if share else [1])
    assert after.mil_effort == near(1)


def test_4_79_without_rockets_there_is_no_campaign() -> None:
    """With few rockets there is less fire, and with none there is none."""
    before = unasked(TEMPO | {"campaign.effort_half_life": 1e12}, mil_effort=1, games=400)
    few, many = (turn(before.with_(mil_rockets=stock))[1].attacks for stock in (50, 800))
    assert 0 < few.sum() < many.sum()
    assert not turn(before.with_(mil_rockets=0))[1].attacks.any()


def test_4_80_how_and_where_the_campaign_fires() -> None:
    """Unordered, the campaign fires a few rockets at a time, at bases that are held, by habit; so
    it does beside deeds of another kind. Ordered, it fires in the way, and at the place, that the
    order names."""
    rules = {"campaign.effort_half_life": 1e12, "campaign.by_order": 0}
    before = with_habits(unasked(rules, mil_effort=1), embassy=1, union_iii=1)
    few = Fire(campaign=True, rounds_low=4, rounds_high=4)
    before = with_deed(before, MILITIA, "harass", fire=few)
    luck = either_side(before, Draw.CAMPAIGN_SITE, 0.5)
    for act in ("hold", "recruit"):
        after, out = turn(luck, MILITIA=act)
        named = [before.book.sites[site].id for site in out.fire_site[Source.MILITIA]]
        assert named == ["embassy", "union_iii"]
        assert out.fire_rounds[Source.MILITIA].tolist() == [4, 4]
    after, out = turn(luck, MILITIA="roadside_bombs@taji")
    assert (out.fire_site[Source.MILITIA] == before.book.site("taji")).all()
    assert out.fire_rounds[Source.MILITIA].tolist() == [1, 1]
    assert (after.mil_rockets == before.mil_rockets).all()  # bombs are no rockets


def test_4_81_a_heavy_blow_comes_beside_it() -> None:
    """A barrage of ten rockets beside two attacks of four: three attacks, eighteen rockets, all at
    the base that the order names."""
    rules = {
        "campaign.effort_half_life": 1e12,
        "campaign.by_order": 0,
        "campaign.attacks_per_week": 2,
    }
    before = unasked(rules, mil_effort=1)
    few = Fire(campaign=True, rounds_low=4, rounds_high=4)
    before = with_deed(before, MILITIA, "harass", fire=few)
    before = with_deed(before, MILITIA, "barrage", fire=Fire(rounds_low=10, rounds_high=10))
    after, out = turn(before, MILITIA="barrage@taji")
    assert out.fire_attacks[Source.MILITIA, 0] == 3
    assert out.fire_rounds[Source.MILITIA, 0] == before.mil_rockets[0] - after.mil_rockets[0] == 18
    assert out.fire_site[Source.MILITIA, 0] == before.book.site("taji")


@pytest.mark.parametrize(
    ("attacks", "days", "rung"),
    [(2, 7, 3), (3, 7, 4), (3, 1, 4), (2, 1, 3), (5, 14, 3), (6, 14, 4)],
)
def test_4_82_fire_that_comes_often_counts_as_an_attack_on_forces(
    attacks: int, days: int, rung: int
) -> None:
    """Three attacks a week, and in a turn of less than a week three, count as rung 4, whatever each
    of them did."""
    rules = {
        "campaign.effort_half_life": 1e12,
        "campaign.attacks_per_week": attacks * 7 / days,
        "campaign.serious_per_week": 3,
    }
    before = with_deed(unasked(rules, mil_effort=1, days=days), MILITIA, "harass", fire=SINGLE)
    _, out = turn(lucky(before, {Draw.CAMPAIGN: (0.3, 0.6)}))
    assert out.fire_attacks[Source.MILITIA, 0] == attacks
    assert out.fire_rung[Source.MILITIA, 0] == out.rung[0] == rung


def test_4_83_nobody_sees_how_hard_it_is_driven() -> None:
    """Attacks are counted by everybody; the effort behind them is known to nobody, not even to the
    militias' leaders."""
    low, high = (unasked(NO_ATTACKS, mil_effort=effort) for effort in (0.2, 0.9))
    for seat in SEATS:
        one, other = (observe(p.setting, p.state, None, seat) for p in (low, high))
        other.columns["mil_effort"] = one.columns["mil_effort"]  # opening estimates are exact
        assert difference(one, other) == ""


# ------------------------------------------------------------------------------- after the last day


def test_9_40_the_last_page_is_not_the_end() -> None:
    """When a game is over, the scores count four more weeks as things stand: at 4 attacks a week x
    the mean of the effort 0.8 and its course 0.4, x 600 of 800 rockets, 7.2. While it is on, the
    outlook is what has happened."""
    rules = (
        TEMPO
        | NO_ATTACKS
        | {
            "campaign.effort_half_life": 1e12,
            "campaign.restrained_by_guard": 0,
            "campaign.outlook_weeks": 4,
        }
    )
    quiet = unasked(rules, mil_effort=0.8, mil_rockets=600, turns=2)
    assert quiet.outlook[0] == quiet.attacks[0] == 10
    middle, _ = turn(quiet)
    assert middle.outlook[0] == 10
    last, out = turn(middle)
    assert (out.ending[0], last.outlook[0]) == (Ending.CALENDAR, 10)
    firing = unasked(
        rules | {"campaign.attacks_per_week": 4}, mil_effort=0.8, mil_rockets=600, turns=1
    )
    firing = with_deed(firing, MILITIA, "harass", fire=SINGLE)
    last, out = turn(firing)
    assert last.attacks[0] == 10 + out.attacks[0] > 10
    assert last.outlook[0] == near(last.attacks[0] + 7.2, 1e-4)


def test_9_41_the_outlook_opens_at_the_attacks_so_far() -> None:
    """What a mark counts since the opening are the attacks of the game, not those before it; and
    there is no more of them than can be counted."""
    assert still().outlook[0] == 10
    rules = TEMPO | {"campaign.outlook_weeks": 52, "campaign.attacks_per_week": 30}
    last, _ = turn(unasked(rules, mil_effort=1, attacks=100_000, turns=1))
    assert last.outlook[0] == 100_000


# ---------------------------------------------------------------------------------------- readiness

STRENGTH = {"force.improvised": 0.4, "force.made_ready": 1.2}


@pytest.mark.parametrize(("ready", "share"), [(0, 0.4), (0.5, 0.8), (1, 1.2)])
def test_4_84_a_heavy_deed_is_done_in_full_by_forces_made_ready(ready: float, share: float) -> None:
    """Improvised, a heavy blow has 0.4 of its strength; made ready, 1.2; in between in
    proportion: rockets, missiles and what a strike kills."""
    before = still(rules=STRENGTH, us_ready=ready, iran_ready=ready, mil_ready=ready)
    before = with_deed(before, US, "strike_depots", strike=Strike(fighters=10), heavy=True)
    before = before.with_(mil_concealment=0)
    ten = Fire(rounds_low=10, rounds_high=10)
    before = with_deed(before, IRAN, "missile_strike", fire=ten, heavy=True)
    before = with_deed(before, MILITIA, "barrage", fire=ten, heavy=True)
    luck = lucky(before, {Draw.STRIKE_LUCK: 0.5})
    _, out = turn(luck, US="strike_depots", IRAN="missile_strike", MILITIA="barrage")
    assert out.fire_rounds[[Source.IRAN, Source.MILITIA], 0].tolist() == [10 * share] * 2
    assert out.strike_militia_killed[0] == 10 * share
    assert out.fire_attacks[[Source.IRAN, Source.MILITIA], 0].tolist() == [np.ceil(share)] * 2
    light = with_deed(before, MILITIA, "barrage", fire=ten, heavy=False)
    _, out = turn(light, MILITIA="barrage")
    assert out.fire_rounds[Source.MILITIA, 0] == 10


def test_4_85_a_heavy_blow_spends_readiness() -> None:
    """A heavy blow spends 0.75 of its own side's readiness; another deed none."""
    rules = {"force.ready_spent": 0.75}
    before = still(rules=rules, us_ready=0.8, iran_ready=0.6, mil_ready=0.4)
    spent, _ = turn(before, US="strike_depots", IRAN="missile_strike", MILITIA="barrage")
    ready = [position[0] for position in (spent.us_ready, spent.iran_ready, spent.mil_ready)]
    assert ready == near([0.2, 0.15, 0.1])
    kept, _ = turn(before, US="strike_depots", IRAN="rally", MILITIA="harass")
    assert [kept.us_ready[0], kept.iran_ready[0], kept.mil_ready[0]] == near([0.2, 0.6, 0.4])


def test_8_30_readiness_fades() -> None:
    """Half of it is left after its half-life."""
    before = still(rules={"upkeep.ready_half_life": 7}, us_ready=0.8, iran_ready=0.6, mil_ready=0.4)
    after, _ = turn(before)
    assert [after.us_ready[0], after.iran_ready[0], after.mil_ready[0]] == near([0.4, 0.3, 0.2])


@pytest.mark.parametrize(
    ("draw", "tail", "hurt"),
    [
        (0.5, 0.0, 100),  # 100 x 2 x 0.5
        (0.9, 0.0, 180),
        (0.5, 0.5, 53.1),  # 100 x (0.5 x 2 x 0.5 + 0.5 x 8 x 0.0078)
        (0.9, 0.5, 281.3),  # 100 x (0.5 x 2 x 0.9 + 0.5 x 8 x 0.4783)
        (0.99, 1.0, 745.7),  # 100 x 8 x 0.9321
    ],
)
def test_4_86_now_and_then_many_more_are_hurt(draw: float, tail: float, hurt: float) -> None:
    """Mostly about as many as expected are hurt; the longer the tail, the rarer and the larger the
    turns in which several times as many are: of 100, by 2 x the draw, and by 8 x its seventh
    power."""
    before = still(rules={"force.protection_spares_wounds": 0, "force.wounds_tail": tail})
    sure = Fire(rounds_low=10, rounds_high=10, accuracy=1e9, wounding=10)
    before = with_deed(before, MILITIA, "barrage", fire=sure)
    before = with_site(before, "taji", people=1, iraqis=0)
    luck = lucky(before, {Draw.FIRE_WOUNDED + Source.MILITIA: draw})
    _, out = turn(luck, MILITIA="barrage@taji")
    assert out.fire_us_wounded[Source.MILITIA, 0] == pytest.approx(hurt, rel=0.01)
