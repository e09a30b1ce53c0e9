"""Adjudication cases, phase 4: rockets, missiles, strikes and arrests; defence before offence.

Where two positions are compared, they have the same luck, game by game.
"""

from dataclasses import replace

import numpy as np
import pytest

from game.rules.account import account
from game.rules.outcome import Outcome, Source
from game.rules.seats import Rung
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    Position,
    deed,
    rewritten,
    still,
    turn,
    with_deed,
    with_habits,
)

GAMES = 2000
FIRING = (Source.MILITIA, "barrage"), (Source.IRAN, "missile_strike")


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def dead(out: Outcome) -> np.ndarray:
    """Everybody killed by fire at American sites."""
    return (out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed).sum(axis=0)


def hurt(out: Outcome) -> np.ndarray:
    return out.fire_us_wounded.sum(axis=0)


def saves(safe: np.ndarray, bare: np.ndarray) -> bool:
    """Fewer come to harm, and in no game more: the luck is the same."""
    return bool((safe <= bare).all() and safe.sum() < bare.sum())


# ---------------------------------------------------------------------------- rockets and missiles


def test_4_1_a_barrage_is_about_thirty_rockets_at_one_base() -> None:
    """Each way of firing has its number of rounds."""
    before = still(games=GAMES)
    for act in ("harass", "barrage", "roadside_bombs"):
        _, out = turn(before, MILITIA=act)
        rounds, fire = out.fire_rounds[Source.MILITIA], deed(MILITIA, act).fire
        assert (rounds.min(), rounds.max()) == (fire.rounds_low, fire.rounds_high)
        assert (out.attacks == 1).all()
    _, out = turn(before, MILITIA="barrage")
    assert 25 < out.fire_rounds[Source.MILITIA].mean() < 35


def test_4_3_nobody_fires_what_he_does_not_have() -> None:
    """Rounds come out of the arsenal, and never more than there are."""
    before = with_deed(still(games=500, mil_rockets=30), MILITIA, "barrage", requires=())
    after, out = turn(before, MILITIA="barrage")
    rounds = out.fire_rounds[Source.MILITIA]
    assert rounds.max() == 30
    assert (after.mil_rockets == 30 - rounds).all()
    before = still(games=500, iran_missiles=30)
    after, out = turn(before, IRAN="missile_strike")
    assert (after.iran_missiles == 30 - out.fire_rounds[Source.IRAN]).all()


@pytest.mark.parametrize("rockets", [40, 55])
def test_4_36_a_campaign_ends_with_the_last_rocket(rockets: int) -> None:
    """When rockets run out, there are no more attacks than it takes to fire them."""
    before = still(games=500, rules={"campaign.attacks_per_week": 30}, mil_rockets=3000)
    _, ample = turn(before, MILITIA="harass")
    planned = ample.fire_attacks[Source.MILITIA]
    salvo = ample.fire_rounds[Source.MILITIA] / planned
    _, out = turn(before.with_(mil_rockets=rockets), MILITIA="harass")
    rounds = out.fire_rounds[Source.MILITIA]
    needed = np.ceil(rounds / salvo)
    assert (ample.fire_rounds[Source.MILITIA] < 3000).all()
    assert (needed < planned).any()
    assert (out.fire_attacks[Source.MILITIA] == np.minimum(planned, needed)).all()
    assert (out.attacks == out.fire_attacks[Source.MILITIA]).all()


def test_4_37_a_salvo_of_no_rounds_is_no_attack() -> None:
    """A rulebook may give a way of firing no rounds: then nobody was attacked, and every number
    stays one."""
    before = still(games=50)
    row = before.book.deed(MILITIA, "harass")
    harass = before.book.deeds[MILITIA][row]
    none = replace(harass, fire=harass.fire._replace(rounds_low=0, rounds_high=0))
    own = before.book.deeds[MILITIA]
    deeds = list(before.book.deeds)
    deeds[MILITIA] = (*own[:row], none, *own[row + 1 :])
    book = replace(before.book, deeds=tuple(deeds))
    empty = Position(rewritten(before.setting, book=book), before.state)
    with np.errstate(invalid="raise"):
        after, out = turn(empty, MILITIA="harass")
    assert not out.attacks.any()
    assert (after.attacks == before.attacks).all()


def test_4_4_most_attacks_kill_nobody() -> None:
    """Most attacks kill nobody; a barrage kills more often than harassing fire, and still
    rarely."""
    before = still(games=GAMES, days=1, us_protection=0.25, iraq_guard=0.3)
    deadly = {
        act: (dead(turn(before, MILITIA=act)[1]) > 0).mean()
        for act in ("harass", "roadside_bombs", "barrage")
    }
    assert deadly["harass"] < 0.06
    assert deadly["roadside_bombs"] < 0.15
    assert deadly["harass"] < deadly["barrage"] < 0.6


def test_4_5_deaths_are_heavy_tailed() -> None:
    """Deaths come from luck and rare big salvos: the deadliest tenth of attacks kills out of
    proportion."""
    _, out = turn(still(games=8000, days=1, us_protection=0), MILITIA="barrage")
    toll = np.sort(dead(out))[::-1]
    killing = toll[toll > 0]
    assert np.median(killing) <= 2
    assert killing.max() >= 20
    assert killing[: killing.size // 10].sum() > 0.3 * killing.sum()


@pytest.mark.parametrize(("source", "act"), FIRING)
def test_4_6_hardened_bases_lose_fewer(source: Source, act: str) -> None:
    """Air defence and shelters prevent deaths and wounds, under the same fire."""
    before = still(games=GAMES)
    seat = SEATS[MILITIA if source is Source.MILITIA else IRAN].name
    _, bare = turn(before.with_(us_protection=0), **{seat: act})
    _, hard = turn(before.with_(us_protection=1), **{seat: act})
    assert (bare.fire_hits == hard.fire_hits).all()
    assert saves(dead(hard), dead(bare))
    assert saves(hurt(hard), hurt(bare))


def test_4_7_defence_comes_before_offence() -> None:
    """What is hardened or guarded in a turn is hardened and guarded when that turn's rockets
    fall."""
    before = still(games=8000, us_protection=0.2, iraq_guard=0.2)
    _, none = turn(before, MILITIA="barrage")
    _, hardened = turn(before, MILITIA="barrage", US="harden")
    _, guarded = turn(before, MILITIA="barrage", IRAQ="guard")
    assert saves(dead(hardened), dead(none))
    assert saves(dead(guarded), dead(none))


def test_4_8_notice_saves_lives_more_than_limbs() -> None:
    """Warned troops seldom die of missiles, but they are still injured (al-Asad, 8 January
    2020)."""
    before = still(
        games=GAMES,
        us_protection=0.25,
        rules={"force.warning_saves": 0.93, "force.warning_spares_wounds": 0.25},
    )
    _, silent = turn(before, IRAN="missile_strike")
    _, noticed = turn(before, IRAN=("missile_strike", "notice>US"))
    assert noticed.warned[Source.IRAN].all()
    assert not silent.warned.any()
    assert saves(dead(noticed), dead(silent))
    assert dead(noticed).sum() < 0.35 * dead(silent).sum()
    assert hurt(noticed).sum() > 0.7 * hurt(silent).sum()
    assert 20 < np.median(hurt(noticed)) < 200


def test_4_9_baghdad_passes_notice_on_mostly() -> None:
    """Iran's notice to Baghdad reaches the Americans as often as Baghdad passes it on."""
    before = still(games=GAMES, rules={"force.pass_on_odds": 0.9})
    _, out = turn(before, IRAN=("missile_strike", "notice>IRAQ"))
    assert 0.88 < out.warned[Source.IRAN].mean() < 0.92
    assert not out.warned[Source.MILITIA].any()


def test_4_10_a_tip_off_warns_of_militia_and_splinters() -> None:
    """Baghdad's tip-off comes in time as often as its forces are strong; of third parties it knows
    nothing."""
    rules = {"force.tip_off_odds": 0.8, "chance.splinter_hazard": 1e6}
    before = still(games=GAMES, rules=rules, iraq_forces=0.5)
    _, out = turn(before, MILITIA="barrage", IRAQ=("hold", "tip_off>US"))
    assert 0.36 < out.warned[Source.MILITIA].mean() < 0.44
    assert (out.warned[Source.MILITIA] == out.warned[Source.SPLINTER]).all()
    assert not out.warned[Source.THIRD_PARTY].any()
    _, bare = turn(before, MILITIA="barrage")
    assert saves(dead(out), dead(bare))


def test_4_11_a_tip_off_may_leak() -> None:
    """The more Baghdad leans to Tehran, the likelier the militia learns who warned; nobody else
    does."""
    before = still(games=GAMES, rules={"force.tip_off_leak": 0.5})
    leaks = [
        turn(before.with_(iraq_lean=lean), IRAQ=("hold", "tip_off>US"), MILITIA="harass")[
            1
        ].tip_off_known
        for lean in (0.0, 0.4, 1.0)
    ]
    assert not leaks[0].any()
    assert 0.16 < leaks[1].mean() < 0.24
    assert 0.46 < leaks[2].mean() < 0.54
    _, quiet = turn(before.with_(iraq_lean=1), IRAQ=("hold", "tip_off>US"))
    assert not quiet.tip_off_known.any()  # nobody fired: there is nothing to learn
    _, out = turn(before.with_(iraq_lean=1), IRAQ=("hold", "tip_off>US"), MILITIA="harass")
    game = int(np.flatnonzero(out.tip_off_known)[0])
    knows = [account(before.setting, out, seat, game).tip_off_known for seat in SEATS]
    assert knows == [False, False, True, False]


def test_4_12_fire_falls_where_it_was_aimed() -> None:
    """A deed takes place at the site that was ordered."""
    before = still(games=50)
    taji = before.book.site("taji")
    after, out = turn(before, MILITIA="barrage@taji", US="strike_depots@jurf")
    assert (out.fire_site[Source.MILITIA] == taji).all()
    assert (out.deed_site[MILITIA] == taji).all()
    assert (out.deed_site[US] == after.book.site("jurf")).all()
    assert (out.deed_site[IRAN] == -1).all()


def test_4_13_unnamed_places_are_chosen_by_habit() -> None:
    """Where no site is named, each is chosen as often as habit says; bases handed over are not."""
    before = still(games=GAMES, us_exposure=0.6)
    _, out = turn(before, MILITIA="harass")
    sites = before.book.sites
    held = {k: s.habit for k, s in enumerate(sites) if s.host == "US" and s.held_above < 0.6}
    chosen = out.fire_site[Source.MILITIA]
    assert set(chosen) == set(held)
    for site, habit in held.items():
        share = habit / sum(held.values())
        assert (chosen == site).mean() == pytest.approx(share, abs=0.035)


def test_4_14_handing_bases_over_leaves_fewer_to_hit() -> None:
    """Each base is given up when exposure falls to its share, the outlying ones first."""
    fallen = []
    for exposure in (1.0, 0.75, 0.5, 0.1):
        before = with_habits(
            still(games=GAMES, us_exposure=exposure),
            embassy=1,
            balad=1,
            besmaya=1,
            k1=1,
            qayyarah=1,
        )
        _, out = turn(before, MILITIA="harass")
        fallen.append([before.book.sites[s].id for s in set(out.fire_site[Source.MILITIA])])
    all_five = {"embassy", "balad", "besmaya", "k1", "qayyarah"}
    assert [set(sites) for sites in fallen] == [
        all_five, all_five - {"qayyarah"}, {"embassy", "balad"}, {"embassy"},
    ]  # fmt: skip


def test_4_15_partners_stand_beside_americans_at_taji() -> None:
    """Where partners' soldiers serve, they die too; where none serve, none do."""
    before = still(games=GAMES, us_protection=0)
    after, taji = turn(before, MILITIA="barrage@taji")
    _, embassy = turn(before, MILITIA="barrage@embassy")
    assert taji.fire_coalition_killed.sum() > 0
    assert (after.coalition_dead == taji.fire_coalition_killed.sum(axis=0)).all()
    assert embassy.fire_coalition_killed.sum() == 0
    assert embassy.fire_iraqi_killed.sum() > 0


def test_4_16_the_dead_are_counted_once() -> None:
    """Every death goes to one of three books: American, partner's, Iraqi."""
    before = still(games=GAMES, us_protection=0)
    after, out = turn(before, MILITIA="barrage", IRAN="missile_strike")
    assert (after.us_dead == out.us_killed).all()
    books = after.us_dead + after.coalition_dead + after.iraqi_dead
    assert (books == dead(out)).all()
    assert (after.attacks - before.attacks == out.attacks).all()


def test_4_17_first_reports_are_incomplete() -> None:
    """The first figures never exceed the truth and often fall short of it; the rest is kept for
    later."""
    before = still(games=GAMES)
    after, out = turn(before, IRAN="missile_strike")
    reported, true = out.us_wounded_reported, hurt(out)
    assert (reported <= true).all()
    assert (reported < true).mean() > 0.5
    assert (after.us_wounded == reported).all()
    assert (after.us_wounded_unreported == true - reported).all()


def test_4_35_where_iraqis_stand_fewer_americans_are_hurt() -> None:
    """Of those hurt at a base, the Iraqis' share is theirs: the same fire, fewer Americans."""
    before = still(games=GAMES)
    hurt_at = {}
    for site in ("embassy", "balad"):
        row = before.book.sites[before.book.site(site)]
        _, out = turn(before, MILITIA=f"barrage@{site}")
        hurt_at[site] = hurt(out).mean() / row.people / (1 - row.iraqis)
    assert hurt_at["embassy"] == pytest.approx(hurt_at["balad"], rel=0.05)


def test_4_18_deaths_raise_the_rung() -> None:
    """An attack that kills Americans or partners stands at rung 5, a massacre at rung 9."""
    before = still(games=GAMES, us_protection=0, rules={"force.mass_casualties": 8})
    _, out = turn(before, MILITIA="barrage")
    killed = (out.fire_us_killed + out.fire_coalition_killed)[Source.MILITIA]
    rung = out.fire_rung[Source.MILITIA]
    assert set(rung[killed == 0]) == {Rung.ATTACK}
    assert set(rung[(killed > 0) & (killed < 8)]) == {Rung.DEADLY_ATTACK}
    assert set(rung[killed >= 8]) == {Rung.MASS_CASUALTIES}


def test_4_19_a_missile_strike_stands_between_states() -> None:
    """Iran's open missiles are a strike between states, whoever comes to harm."""
    _, out = turn(still(games=50), IRAN=("missile_strike", "notice>US"))
    assert (out.fire_rung[Source.IRAN] >= Rung.STATES_STRIKE).all()
    _, out = turn(still(games=50, us_protection=1), IRAN="deniable_strike")
    assert (out.fire_rung[Source.IRAN] < Rung.STATES_STRIKE).all()


# -------------------------------------------------------------------------------- American strikes


def strike(before: Position, act: str) -> tuple[Position, Outcome]:
    return turn(before, US=act)


def test_4_20_depots_or_fighters() -> None:
    """A strike on depots takes rockets and few men; one on fighters takes men and fewer rockets."""
    before = still(games=GAMES, mil_concealment=0.3)
    _, depots = strike(before, "strike_depots")
    _, fighters = strike(before, "strike_fighters")
    assert depots.strike_rockets.mean() > 2 * fighters.strike_rockets.mean()
    assert fighters.strike_militia_killed.mean() > 5 * depots.strike_militia_killed.mean()
    assert fighters.strike_militia_killed.min() <= 25 <= fighters.strike_militia_killed.max()
    assert depots.strike_leaders.mean() < fighters.strike_leaders.mean()


def test_4_21_what_is_struck_is_gone() -> None:
    """Rockets, men and leaders that a strike takes are taken from the militia, and its dead are
    counted."""
    before = still(games=200)
    after, out = strike(before, "strike_fighters")
    assert (after.mil_rockets == before.mil_rockets - out.strike_rockets).all()
    assert (after.mil_fighters == before.mil_fighters - out.strike_militia_killed).all()
    assert after.mil_leaders == near(before.mil_leaders - out.strike_leaders)
    assert (after.militia_dead == out.strike_militia_killed).all()


def test_4_22_what_is_hidden_is_spared() -> None:
    """Concealment spares the militia, and raises the harm to those who stand beside it."""
    before = still(games=GAMES)
    _, open_ = strike(before.with_(mil_concealment=0), "strike_depots")
    _, hidden = strike(before.with_(mil_concealment=1), "strike_depots")
    assert saves(hidden.strike_rockets, open_.strike_rockets)
    assert saves(open_.strike_iraqi_killed, hidden.strike_iraqi_killed)
    assert saves(open_.strike_civilians_killed, hidden.strike_civilians_killed)


def test_4_23_dispersing_helps_in_the_same_turn() -> None:
    """Defence before offence: depots emptied this turn are empty when the bombs fall."""
    before = still(games=500, mil_concealment=0.3)
    _, caught = turn(before, US="strike_depots")
    _, dispersed = turn(before, US="strike_depots", MILITIA="disperse")
    assert saves(dispersed.strike_rockets, caught.strike_rockets)


def test_4_24_collateral_is_skewed() -> None:
    """Iraqi soldiers and civilians die of strikes: mostly fewer than expected, sometimes far
    more."""
    before = still(games=GAMES, mil_concealment=0.3)
    after, out = strike(before, "strike_depots")
    killed = out.strike_iraqi_killed
    assert (killed == 0).mean() > 0.1
    assert np.median(killed) < killed.mean()
    assert killed.max() >= 2.5 * killed.mean()
    assert (after.iraqi_dead == killed).all()
    assert (after.civilians_dead == out.strike_civilians_killed).all()


def test_4_25_notice_to_baghdad_may_leak() -> None:
    """Washington's notice leaks to the militia, more often where Baghdad leans to Tehran."""
    rules = {"force.leak_odds": 0.1, "force.leak_by_lean": 0.5}
    before = still(games=GAMES, rules=rules)
    for lean, odds in ((0.0, 0.1), (1.0, 0.6)):
        _, out = turn(before.with_(iraq_lean=lean), US=("strike_depots", "notice>IRAQ"))
        assert out.leaked.mean() == pytest.approx(odds, abs=0.03)
    _, out = turn(before, US=("hold", "notice>IRAQ"))
    assert not out.leaked.any()
    _, out = turn(before, US="strike_depots")
    assert not out.leaked.any()


def test_4_26_a_leak_spares_the_militia() -> None:
    """Who is warned moves: a leak takes half of a strike's effect."""
    before = still(games=500, rules={"force.leak_odds": 1, "force.leak_saves": 0.5})
    _, silent = turn(before, US="strike_fighters")
    _, leaked = turn(before, US=("strike_fighters", "notice>IRAQ"))
    assert leaked.leaked.all()
    assert leaked.strike_leaders == near(silent.strike_leaders / 2)
    assert account(before.setting, leaked, MILITIA).notice_leaked
    assert not account(before.setting, leaked, US).notice_leaked


def test_4_27_killing_the_commander() -> None:
    """With its commander the network loses its power to direct and to restrain; militia leaders die
    beside him."""
    before = still(games=200)
    after, out = strike(before, "kill_commander")
    assert (after.iran_commander == 0).all()
    assert (after.iran_network < before.iran_network).all()
    assert (after.iran_grip < before.iran_grip).all()
    assert (after.iran_dead > 0).all()
    assert (out.strike_leaders > 0).all()
    _, fighters = strike(before, "strike_fighters")
    assert (out.strike_leaders > fighters.strike_leaders).all()


def test_4_28_only_washington_strikes_the_militia() -> None:
    """No strike is recorded where Washington holds, whatever else happens."""
    _, out = turn(still(games=50), MILITIA="barrage", IRAN="missile_strike", IRAQ="arrest")
    assert not out.strike_militia_killed.any()
    assert account(still().setting, out, IRAQ).strike is None


# ----------------------------------------------------------------------------------------- arrests


def test_4_29_arrests_take_fighters_into_custody() -> None:
    """Those detained leave the ranks: nobody is lost between the militia and the cells."""
    before = still(games=200, rules={"politics.release_by_show": 0})
    after, out = turn(before, IRAQ="arrest")
    assert (out.detained > 0).all()
    assert (after.mil_fighters + after.iraq_detained == before.mil_fighters).all()


def test_4_30_arrests_need_authority_and_forces() -> None:
    """Arrests reach as far as authority and forces do, and friends of Tehran look away."""
    before = still(games=500)
    _, normal = turn(before, IRAQ="arrest")
    _, strong = turn(before.with_(iraq_forces=1), IRAQ="arrest")
    _, leaning = turn(before.with_(iraq_lean=1), IRAQ="arrest")
    assert saves(normal.detained, strong.detained)
    assert saves(leaning.detained, normal.detained)
    assert 7 < normal.detained.mean() < 14


def test_4_31_killed_and_detained_are_people() -> None:
    """People, rounds and rockets are whole numbers."""
    _, out = turn(
        still(games=GAMES, mil_fighters=20000.5),
        US="strike_fighters",
        IRAN="missile_strike",
        MILITIA="barrage",
        IRAQ="arrest",
    )
    for counted in (
        out.fire_rounds,
        out.fire_hits,
        out.fire_us_killed,
        out.fire_us_wounded,
        out.fire_coalition_killed,
        out.fire_iraqi_killed,
        out.strike_militia_killed,
        out.strike_rockets,
        out.strike_iraqi_killed,
        out.strike_civilians_killed,
        out.detained,
        out.us_wounded_reported,
        out.released,
    ):
        assert (counted == np.floor(counted)).all()
        assert (counted >= 0).all()


def test_4_32_a_crowd_kills_nobody() -> None:
    """The siege of the embassy is a mass act without casualties that humiliates both
    governments."""
    before = still(games=200, us_force_days=0)
    after, out = turn(before, MILITIA="siege")
    assert not dead(out).any()
    assert (out.attacks == 0).all()
    assert (after.anger[US, MILITIA] > before.anger[US, MILITIA]).all()
    assert (after.anger[IRAQ, MILITIA] > before.anger[IRAQ, MILITIA]).all()
    assert (after.iraq_authority < before.iraq_authority).all()
    assert (after.mil_standing > before.mil_standing).all()


def test_4_33_force_on_iran_itself() -> None:
    """A strike on Iran takes missiles and lives there, and touches no militiaman."""
    before = still()
    after, out = strike(before, "strike_iran")
    assert after.iran_missiles[0] < before.iran_missiles[0]
    assert after.iran_dead[0] > 0
    assert out.strike_militia_killed[0] == 0
    assert out.blow[US, IRAN, 0] == Rung.STATES_STRIKE
