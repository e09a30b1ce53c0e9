"""Adjudication cases, phase 3: what nobody ordered.

The same seed gives the same luck, so that a higher hazard fires in every game in which a lower one
does, and in more.
"""

import numpy as np
import pytest

from game.rules.outcome import Source
from tests.support import MILITIA, US, Position, one_game, rewritten, still, turn

CELLS = {"chance.splinter_hazard": 1.0}
GAMES = 2000


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def fires(before: Position, source: Source) -> np.ndarray:
    _, out = turn(before)
    return out.fire_attacks[source] > 0


def grows(calm: np.ndarray, tense: np.ndarray) -> bool:
    """Under the same luck, all that fires in calm fires in tension, and clearly more does."""
    return bool((tense >= calm).all() and tense.sum() > calm.sum() + 40)


def test_3_1_splinter_cells_fire_more_when_grip_is_weak() -> None:
    """Below the militia there are cells that fire on their own, more often when Tehran's grip is
    weak."""
    before = still(rules=CELLS, games=GAMES)
    calm, tense = (fires(before.with_(iran_grip=g), Source.SPLINTER) for g in (0.9, 0.2))
    assert grows(calm, tense)
    assert calm.any()


def test_3_2_and_more_when_leaders_are_lost() -> None:
    """A leaderless militia restrains its cells less."""
    before = still(rules=CELLS, games=GAMES)
    assert grows(*(fires(before.with_(mil_leaders=x), Source.SPLINTER) for x in (1.0, 0.4)))


def test_3_3_anger_stirs_them_and_fear_restrains_them() -> None:
    """The militia's anger at Washington stirs the cells; a credible American answer restrains
    them."""
    before = still(rules=CELLS, games=GAMES)
    angry = before.with_(anger={"MILITIA>US": 0.9})
    afraid = before.with_(kept={"MILITIA>US": 9.0})
    normal = fires(before, Source.SPLINTER)
    assert grows(normal, fires(angry, Source.SPLINTER))
    assert grows(fires(afraid, Source.SPLINTER), normal)


def test_3_3b_a_truce_restrains_them() -> None:
    """A truce takes its share of the cells' hazard away, but not all of it: they are not the
    militia's to command."""
    rules = CELLS | {"chance.splinter_restrained_by_truce": 0.5}
    before = still(rules=rules, games=GAMES)
    war, truce = fires(before, Source.SPLINTER), fires(before.with_(mil_truce=10), Source.SPLINTER)
    assert grows(truce, war)
    assert truce.mean() == pytest.approx(war.mean() / 2, rel=0.15)
    total = still(rules=rules | {"chance.splinter_restrained_by_truce": 1}, games=GAMES)
    assert not fires(total.with_(mil_truce=1), Source.SPLINTER).any()
    shipped = one_game(games=GAMES, mil_truce=10)
    assert fires(shipped, Source.SPLINTER).any()


def test_3_4_without_rockets_no_cell_fires() -> None:
    """Splinter cells fire the militia's rockets, when there are any."""
    before = still(rules={"chance.splinter_hazard": 1e6}, games=100)
    assert fires(before, Source.SPLINTER).all()
    assert not fires(before.with_(mil_rockets=0), Source.SPLINTER).any()
    after, out = turn(before)
    assert after.mil_rockets == near(600 - out.fire_rounds[Source.SPLINTER])


def test_3_5_a_third_party_needs_no_militia() -> None:
    """ISIS and others use the room that a weak state leaves them, with rockets of their own."""
    rules = {"chance.third_party_hazard": 0.3, "chance.third_party_room": 2}
    before = still(rules=rules, games=GAMES, mil_rockets=0)
    strong, weak = (fires(before.with_(iraq_forces=x), Source.THIRD_PARTY) for x in (1.0, 0.1))
    assert grows(strong, weak)
    assert 0.27 < strong.mean() < 0.33
    after, _ = turn(before)
    assert (after.mil_rockets == 0).all()


def test_3_6_a_hazard_is_odds_for_each_week() -> None:
    """A hazard counts for each week: as many attacks are expected of a turn as of its two halves;
    what comes at most once a turn has a chance of x / (1 + x)."""
    rules = {"chance.third_party_hazard": 0.7, "chance.third_party_room": 0}
    for days, expected in ((7, 0.7), (14, 1.4), (1, 0.1)):
        _, out = turn(still(rules=rules, games=GAMES, days=days))
        assert out.attacks.mean() == pytest.approx(expected, abs=0.03)
    rules = {"chance.protest_hazard": 1, "chance.protest_ceiling": 1.5}
    for days, chance in ((7, 1 / 2), (14, 2 / 3), (1, 1 / 8)):
        _, out = turn(still(rules=rules, games=GAMES, days=days))
        assert out.protest.mean() == pytest.approx(chance, abs=0.03)


def test_3_7_an_anniversary_stirs_the_militia() -> None:
    """A charged day stirs anger in the militia, in the turn that opens on it and in no other."""
    quiet = still(rules={"chance.anniversary_anger": 0.25})
    charged = Position(rewritten(quiet.setting, anniversaries=(0.8,) + (0.0,) * 11), quiet.state)
    after, _ = turn(charged)
    assert after.anger[MILITIA, US, 0] == near(0.2 + 0.25 * 0.8 * 0.8)
    later, _ = turn(after)
    assert later.anger[MILITIA, US, 0] == after.anger[MILITIA, US, 0]


def test_3_8_the_article_knows_its_anniversary() -> None:
    """Of the turns of The Article, the one that opens on 11 March is the charged one."""
    anniversaries = one_game().setting.anniversaries
    assert [turn for turn, charge in enumerate(anniversaries, 1) if charge] == [9]


def test_3_9_protest_comes_in_waves() -> None:
    """A wave of protest adds to the unrest; it comes oftener where the state is obeyed less."""
    before = still(rules={"chance.protest_hazard": 0.5, "chance.protest_size": 0.15}, games=GAMES)
    after, out = turn(before)
    assert 0 < out.protest.sum() < GAMES
    assert after.iraq_unrest == near(0.5 + 0.15 * out.protest)
    _, weak = turn(before.with_(iraq_authority=0.1))
    assert grows(out.protest, weak.protest)


DISCREDIT = {
    "chance.discredit_case": 0.6,
    "chance.discredit_support": 0.04,
    "chance.discredit_coalition": 0.06,
}


def claiming(word: str, **columns: float) -> Position:
    before = still(rules=DISCREDIT, games=GAMES, us_case=0.8)
    return before.with_(us_claim=before.book.word(word), **columns)


def test_3_10_a_justification_without_proof_is_found_out() -> None:
    """A justification that leans on proof it does not have takes the case, support and partners
    with it."""
    before = claiming("justify_imminent", us_evidence=0)
    after, out = turn(before)
    exposed = out.discredited
    assert 0.2 < exposed.mean() < 0.6
    for name, then in (("us_case", 0.32), ("us_support", 0.46), ("us_coalition", 0.64)):
        assert getattr(after, name)[exposed] == near(then)
        assert (getattr(after, name) == getattr(before, name))[~exposed].all()
    assert (after.us_claim[exposed] == 0).all()
    assert (after.us_claim[~exposed] == before.us_claim[~exposed]).all()


def test_3_10b_repeating_it_does_not_protect_it() -> None:
    """A justification is looked into from the turn after it was first said; saying it again changes
    nothing of that."""
    silent = still(rules=DISCREDIT, games=GAMES, us_case=0.8, us_evidence=0, us_force_days=0)
    first, out = turn(silent, US=("hold", "justify_imminent"))
    assert (first.us_claim == first.book.word("justify_imminent")).all()
    assert not out.discredited.any()
    _, kept = turn(first)
    _, again = turn(first, US=("hold", "justify_imminent"))
    assert 0.2 < kept.discredited.mean() < 0.6
    assert (again.discredited == kept.discredited).all()


def test_3_11_proof_protects() -> None:
    """What can be proved cannot be discredited, and half the proof is half the risk."""
    _, full = turn(claiming("justify_imminent", us_evidence=1))
    _, half = turn(claiming("justify_imminent", us_evidence=0.5))
    _, none = turn(claiming("justify_imminent", us_evidence=0))
    assert not full.discredited.any()
    assert grows(half.discredited, none.discredited)


def test_3_12_an_imminent_threat_needs_the_most_proof() -> None:
    """The claim of an imminent threat is discredited more often than that of self-defence."""
    _, imminent = turn(claiming("justify_imminent", us_evidence=0.2))
    _, defence = turn(claiming("justify_defence", us_evidence=0.2))
    assert grows(defence.discredited, imminent.discredited)
    assert defence.discredited.any()


def test_3_13_figures_are_revised_days_later() -> None:
    """Wounded whom the first figures left out come into the reports over the following days."""
    before = still(
        rules={"chance.report_half_life": 9}, days=9, us_wounded=11, us_wounded_unreported=100
    )
    first, out = turn(before)
    assert (first.us_wounded[0], first.us_wounded_unreported[0], out.revised[0]) == (61, 50, 50)
    second, out = turn(first)
    assert (second.us_wounded[0], second.us_wounded_unreported[0], out.revised[0]) == (86, 25, 25)


def test_3_14_all_figures_come_in_at_last() -> None:
    """Revisions add up to the truth: nobody is forgotten or counted twice."""
    position = still(rules={"chance.report_half_life": 9}, us_wounded=0, us_wounded_unreported=37)
    for _ in range(10):
        position, out = turn(position)
        assert position.us_wounded[0] + position.us_wounded_unreported[0] == 37
        assert out.revised[0] >= 0
    assert position.us_wounded[0] == 37


def test_3_15_bad_news_costs_support_when_it_comes() -> None:
    """Wounded weigh on support at home when they are reported, not before."""
    rules = {"politics.support_per_wounded": 0.001, "chance.report_half_life": 7}
    after, out = turn(still(rules=rules, us_wounded_unreported=40))
    assert out.revised[0] == 20
    assert after.us_support[0] == near(0.5 - 0.001 * 20)


def test_3_16_nothing_happens_by_itself_in_a_still_position() -> None:
    """Where no hazard is left, nobody fires, marches or finds out anything."""
    before = still(games=500)
    after, out = turn(before)
    assert not out.attacks.any()
    assert not out.protest.any()
    assert (after.anger == before.anger).all()
