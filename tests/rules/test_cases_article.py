"""The article's own events, row by row: each is a mechanism that must work.

History is played from its own orders in many games at once, with another luck in each; a row
asserts what the mechanism makes possible, not that it came out as it did. Rows are those of the
project's table of the source article; the cases that take each mechanism apart are in `CASES`.
"""

from pathlib import Path

import numpy as np
import pytest

from game.content.load import load_scenario
from game.players.base import assemble, decide
from game.players.library import default_players
from game.rules.endings import Ending
from game.rules.legal import why_not_deed
from game.rules.outcome import Outcome, Source
from game.rules.seats import SEATS, Cause, Rung
from tests.support import IRAN, IRAQ, MILITIA, US, Position, one_game, still, turn

CASES = {
    1: "5.1 5.2 5.4 5.5 5.6 5.8 5.16 5.17 5.18 5.20 3.5",
    2: "4.20 4.21 4.22 6.3 6.7 6.25 7.3 7.8 7.20",
    3: "4.32 7.26 7.19 9.1",
    4: "4.27 7.15 3.1 3.2 8.5 8.6 6.28 9.3",
    5: "1.9 1.10 1.11 1.12 3.10 3.11 3.12",
    6: "4.8 4.9 4.17 4.19 3.13 3.14 3.15 9.5",
    7: "6.13 6.14 6.15 6.16 6.17 9.7 9.8 9.20",
    8: "4.1 4.4 4.5 4.15 4.16 6.2",
    9: "5.9 5.10 5.12 5.13 5.14 6.23 6.24",
    10: "4.20 4.23 8.1 8.2",
    11: "4.24 6.7 6.8 6.9 6.10 7.25",
    12: "4.70 7.20 8.9",
    13: "3.3 7.6 7.8 7.20 7.21",
}
"""Row of the article -> the numbered cases that check its mechanisms."""
GAMES = 600


class Played:
    """A turn of history in every game."""

    def __init__(self, before: Position, after: Position, out: Outcome) -> None:
        self.before, self.after, self.out = before, after, out


READY = {"force.improvised": 1, "force.made_ready": 1}
"""How well a blow is struck that was not made ready is for other cases."""


@pytest.fixture(scope="module")
def history() -> list[Played]:
    """The Article from its historical orders, each by forces that were ready for it; [0] is the
    first turn."""
    scenario = load_scenario("the_article")
    position, played = one_game(games=GAMES, rules=READY), []
    for script in scenario.historical_orders:
        after, out = turn(position, script.take(np.zeros(GAMES, np.intp)))
        played.append(Played(position, after, out))
        position = after
    return played


def test_row_1_the_attack_that_began_it() -> None:
    """K-1 has a true, hidden author, a third party perhaps; seats believe differently, and Baghdad
    may dispute."""
    before = one_game(games=GAMES)
    assert (before.culprit == Cause.THIRD_PARTY).any()
    us, iraq = before.suspicion[US, :, 0], before.suspicion[IRAQ, :, 0]
    assert us[Cause.MILITIA] + us[Cause.TEHRAN] > 0.5 > iraq[Cause.MILITIA] + iraq[Cause.TEHRAN]
    after, out = turn(before, IRAQ="investigate")
    disputed = out.finding >= Cause.SPLINTER
    assert 0.1 < disputed.mean() < 0.9
    assert after.us_case[disputed].max() < after.us_case[~disputed].min()


def test_row_2_strikes_on_fighters(history: list[Played]) -> None:
    """The strikes of 29 December kill militiamen in number, answer what was owed, anger, and
    breach."""
    first = history[0]
    killed = first.out.strike_militia_killed
    assert (killed <= 25).any()
    assert (killed >= 25).any()
    assert first.out.answered[US, MILITIA].all()
    assert (first.after.kept[MILITIA, US] > first.before.kept[MILITIA, US]).all()
    assert (first.after.anger[MILITIA, US] > first.before.anger[MILITIA, US]).all()
    assert (first.after.iraq_momentum > first.before.iraq_momentum).all()
    assert first.out.crossed[MILITIA, US].all()


def test_row_3_the_embassy(history: list[Played]) -> None:
    """The crowd at the embassy kills nobody, humiliates, and tests Baghdad."""
    second = history[1]
    quiet = second.out.attacks == 0
    assert quiet.mean() > 0.4
    assert not second.out.us_killed[quiet].any()
    assert (second.out.harm[US, MILITIA] > 0.1).mean() > 0.8
    assert (second.out.rung[quiet] == Rung.HARASSMENT).all()
    guarded = still(iraq_guard=0.9)
    assert why_not_deed(
        guarded.setting, guarded.state, MILITIA, guarded.book.deed(MILITIA, "siege")
    )


def test_row_4_the_killing_at_the_airport(history: list[Played]) -> None:
    """The commander's death binds Iran to answer, angers it and Iraq, and loosens the militias'
    reins."""
    third = history[2]
    on = third.before.ending == 0
    assert third.out.crossed[IRAN, US][on].all()
    assert (third.after.debt[IRAN, US][on] >= 7).all()
    assert (third.after.anger[IRAN, US] > third.before.anger[IRAN, US])[on].mean() > 0.8
    assert (third.after.anger[IRAN, US][on] > 0.6).mean() > 0.4
    assert (third.after.anger[IRAQ, US] > third.before.anger[IRAQ, US])[on].all()
    # Ghaani is named the same day: still both direction and restraint are weaker than before.
    for lost in ("iran_network", "iran_grip", "mil_leaders"):
        assert (getattr(third.after, lost) < getattr(third.before, lost))[on].all()


def test_row_5_an_imminent_threat(history: list[Played]) -> None:
    """The claim of an imminent threat is believed at first, and in many games found out; then it
    shifts."""
    third, sixth = history[2], history[5]
    imminent = third.before.book.word("justify_imminent")
    believed = ~third.out.discredited
    assert believed.mean() > 0.8
    assert (third.after.us_claim[believed] == imminent).all()
    assert (third.after.us_case > third.before.us_case)[believed].mean() > 0.95
    exposed = np.any([p.out.discredited for p in history[3:6]], axis=0)
    assert 0.1 < exposed.mean() < 0.6
    still_on = sixth.after.ending == 0
    drifted = sixth.before.book.word("justify_deterrence")
    assert (sixth.after.us_claim[still_on] == drifted).mean() > 0.7


def test_row_6_missiles_on_an_american_base(history: list[Played]) -> None:
    """Warned by way of Baghdad, few die and many are hurt, and the figures rise for weeks."""
    fifth = history[4]
    warned = fifth.out.warned[Source.IRAN]
    assert 0.85 < warned.mean() < 0.95
    dead = fifth.out.fire_us_killed[Source.IRAN]
    assert (dead[warned] == 0).mean() > 0.7
    assert (dead[warned] == 0).mean() > (dead[~warned] == 0).mean() + 0.2
    hurt = fifth.out.fire_us_wounded[Source.IRAN]
    assert 20 < np.median(hurt) < 200
    assert (hurt > 100).any()
    on = history[6].after.ending == 0
    later = history[5].out.revised + history[6].out.revised
    assert (later[on] > 0).mean() > 0.8
    assert fifth.out.answered[IRAN, US].mean() > 0.9


def test_row_7_parliament(history: list[Played]) -> None:
    """Parliament passes a call that binds nobody; Washington may ignore it, and no order
    follows."""
    fourth = history[3]
    passed = fourth.after.iraq_resolution == 1
    assert passed.mean() > 0.8
    assert (passed == ~fourth.out.vote_failed).all()
    assert not fourth.after.iraq_order_days.any()
    assert not (history[-1].after.ending == Ending.EXPULSION).any()
    assert (history[-2].after.us_troops > 4000).all()


def test_row_8_taji(history: list[Played]) -> None:
    """About thirty rockets on Taji: mostly nobody dies, sometimes Americans and a partner's
    soldier."""
    ninth = history[8]
    on = ninth.before.ending == 0
    rounds = ninth.out.fire_rounds[Source.MILITIA][on]
    assert rounds.min() >= 26
    ours = ninth.out.fire_us_killed[Source.MILITIA][on]
    theirs = ninth.out.fire_coalition_killed[Source.MILITIA][on]
    assert ((ours == 0) & (theirs == 0)).mean() > 0.4
    assert ((ours == 2) & (theirs == 1)).any()
    assert (ninth.after.coalition_dead >= theirs.min()).all()


def test_row_9_praise_and_facades(history: list[Played]) -> None:
    """Praise without a claim, then a claim under a new name: prestige taken, and eyes blurred."""
    ninth, eleventh = history[8], history[10]
    praised = ninth.before.book.word("praise")
    still_on = ninth.before.state.ending == 0
    assert (ninth.out.orders.word[MILITIA][still_on] == praised).all()
    facade = eleventh.after.mil_facade - eleventh.before.mil_facade
    on = eleventh.after.ending == 0
    assert (facade[on] > 0.1).all()
    ours, _ = turn(ninth.before, US="harden", MILITIA=("barrage@taji", "praise"))
    silent, _ = turn(ninth.before, US="harden", MILITIA="barrage@taji")
    assert (ours.mil_standing > silent.mil_standing)[on].all()


def test_row_10_depots(history: list[Played]) -> None:
    """Precision strikes on depots cost the militia rockets and hardly any men."""
    tenth = history[9]
    on = tenth.before.ending == 0
    stock = tenth.before.mil_rockets[on]
    assert (tenth.out.strike_rockets[on] > 0.05 * stock).all()
    assert tenth.out.strike_militia_killed[on].max() <= 5


def test_row_11_iraqi_soldiers_killed(history: list[Played]) -> None:
    """The strikes kill Iraqi soldiers and civilians instead; the pressure to expel rises with
    them."""
    tenth = history[9]
    on = np.flatnonzero(tenth.before.ending == 0)
    dead = (tenth.out.strike_iraqi_killed + tenth.out.strike_civilians_killed)[on]
    assert (dead > tenth.out.strike_militia_killed[on]).mean() > 0.4
    assert (dead >= 6).any()
    push = (tenth.after.iraq_momentum - tenth.before.iraq_momentum)[on]
    assert (push > 0).all()
    assert push[dead >= 6].mean() > push[dead == 0].mean()
    assert (tenth.after.anger[IRAQ, US] > tenth.before.anger[IRAQ, US])[on].all()


def test_row_12_the_next_weekend(history: list[Played]) -> None:
    """One day after the strikes the militia can fire at Taji again: a strike does not disarm it."""
    eleventh = history[10]
    on = eleventh.before.ending == 0
    assert (eleventh.out.fire_rounds[Source.MILITIA][on] >= 20).all()
    assert (eleventh.out.fire_site[Source.MILITIA][on] == eleventh.before.book.site("taji")).all()


def test_row_13_does_force_restore_deterrence() -> None:
    """Under the same luck, one order changed: a strike makes the next attacks fewer in some games,
    more in others. Both readings are possible, and the difference can be measured."""
    scenario = load_scenario("the_article")
    players = default_players(scenario)
    start = one_game(games=GAMES)
    attacks = []
    for deed in ("hold", "strike_fighters"):
        position, out, total = start, None, 0
        for number in range(6):
            choices = {
                s: decide(players[s], position.setting, position.state, out, s) for s in SEATS
            }
            given = assemble(choices, GAMES)
            if number == 0:
                given.deed[US], given.site[US] = position.book.deed(US, deed), -1
            position, out = turn(position, given)
            if number:
                total = total + out.attacks
        attacks.append(total)
    difference = attacks[1] - attacks[0]
    assert (difference < 0).mean() > 0.05
    assert (difference > 0).mean() > 0.05
    assert (difference == 0).any()


def test_every_row_has_its_cases() -> None:
    """Every row of the article is taken apart by cases that exist, under numbers used once."""
    numbers: list[str] = []
    for path in Path(__file__).parent.glob("test_cases_*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("def test_") and line[9].isdigit():
                phase, case = line.removeprefix("def test_").split("_")[:2]
                numbers.append(f"{phase}.{case}")
    assert len(numbers) == len(set(numbers)) >= 80
    assert set(CASES) == set(range(1, 14))
    assert set(" ".join(CASES.values()).split()) <= set(numbers)
