"""Adjudication cases, phase 4 in numbers: what comes of given draws.

The fire, the strike and the place are the case's own, so that every number can be worked out by
hand; the games are chosen by what they draw.
"""

from dataclasses import replace

import pytest

from game.rules.luck import Draw
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import Fire, Strike
from game.rules.seats import Rung
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    Position,
    either_side,
    lucky,
    still,
    turn,
    with_book,
    with_deed,
    with_habits,
    with_site,
)

SURE = 1e9
"""An accuracy at which every round hits, and a lethality at which a hit is sure to kill."""
SALVO = Fire(rounds_low=10, rounds_high=10, accuracy=SURE, rung=4)
BY = {Source.MILITIA: (MILITIA, "barrage"), Source.IRAN: (IRAN, "deniable_strike")}


def near(value: object, within: float = 1e-5) -> object:
    return pytest.approx(value, abs=within)


def firing(fire: Fire, source: Source = Source.MILITIA, **given: object) -> Position:
    """A still position in which the source's fire is as given, and Taji a place of round numbers:
    half as many people as on a large base, a quarter of those hit Iraqis, of the rest half
    partners."""
    seat, act = BY[source]
    before = with_deed(still(**given), seat, act, fire=fire, effects={}, harm={})
    return with_site(before, "taji", people=0.5, iraqis=0.25, partners=0.5, honour=0.1)


def fired(before: Position, source: Source = Source.MILITIA) -> Outcome:
    seat, act = BY[source]
    return turn(before, **{seat.name: f"{act}@taji"})[1]


# --------------------------------------------------------------------------------------- the rounds


@pytest.mark.parametrize("source", BY)
def test_4_46_the_size_of_a_salvo(source: Source) -> None:
    """A salvo has 4, 5 or 6 rounds, a third of the draws each; all come out of the arsenal."""
    fire = SALVO._replace(rounds_low=4, rounds_high=6)
    before = firing(fire, source, mil_rockets=600, iran_missiles=600)
    for edge, rounds in ((1 / 3, [4, 5]), (2 / 3, [5, 6])):
        luck = either_side(before, Draw.FIRE_ROUNDS + source, edge)
        seat, act = BY[source]
        after, out = turn(luck, **{seat.name: act})
        assert out.fire_rounds[source].tolist() == rounds
        stocks = {Source.MILITIA: after.mil_rockets, Source.IRAN: after.iran_missiles}
        for owner, stock in stocks.items():
            assert (600 - stock).tolist() == (rounds if owner is source else [0, 0])


def test_4_48_the_militia_fires_before_its_splinters() -> None:
    """Splinters fire the militia's rockets, when the militia has taken its own."""
    four = SALVO._replace(rounds_low=4, rounds_high=4)
    before = firing(four, rules={"chance.splinter_hazard": 1e6}, mil_rockets=6)
    before = with_book(before, replace(before.book, splinter_fire=four))
    before = with_deed(before, MILITIA, "barrage", requires=())
    after, out = turn(before, MILITIA="barrage")
    assert out.fire_rounds[:, 0].tolist() == [4, 2, 0, 0]
    assert out.fire_attacks[:, 0].tolist() == [1, 1, 0, 0]
    assert after.mil_rockets[0] == 0


@pytest.mark.parametrize("source", BY)
def test_4_49_hits_come_of_accuracy_and_a_draw(source: Source) -> None:
    """Of 10 rounds, 10 x 0.5 x (the draw + 0.5) hit, cut to whole rounds; never more than fired."""
    before = firing(SALVO._replace(accuracy=0.5), source)
    slot = Draw.FIRE_HITS + source
    assert fired(either_side(before, slot, 0.5), source).fire_hits[source].tolist() == [4, 5]
    assert fired(either_side(before, slot, 0.1), source).fire_hits[source].tolist() == [2, 3]
    sharp = firing(SALVO._replace(accuracy=0.9), source)
    out = fired(lucky(sharp, {slot: 0.6}, {slot: 0.62}, {slot: 0.9}), source)
    assert out.fire_hits[source].tolist() == [9, 10, 10]  # the edge: 0.9 x 1.1111


# ----------------------------------------------------------------------------------------- the dead


@pytest.mark.parametrize("source", BY)
@pytest.mark.parametrize("warned", [False, True])
def test_4_50_the_odds_that_somebody_dies(source: Source, warned: bool) -> None:
    """Hits x lethality x people x what protection, guards and warning leave: 5 x 0.2 x 0.5 x (1 -
    0.5 x 0.4) x (1 - 0.4 x 0.25) = 0.36, and half of it with warning."""
    rules = {
        "force.protection_saves": 0.5,
        "force.guard_saves": 0.4,
        "force.warning_saves": 0.5,
        "force.tip_off_odds": SURE,
    }
    fire = SALVO._replace(accuracy=0.5, lethality=0.2, toll=1)
    before = firing(fire, source, rules=rules, us_protection=0.4, iraq_guard=0.25)
    odds = 0.18 if warned else 0.36
    edge, hits = odds / (1 + odds), {Draw.FIRE_HITS + source: (0.5, 0.58)}
    luck = either_side(before, Draw.FIRE_LETHAL + source, edge, hits)
    seat, act = BY[source]
    given = {seat.name: (f"{act}@taji",)}
    if warned and source is Source.IRAN:
        given["IRAN"] += ("notice>US",)
    elif warned:
        given["IRAQ"] = ("hold", "tip_off>US")
    _, out = turn(luck, **given)
    dead = out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed
    assert (out.fire_hits[source] == 5).all()
    assert (dead[source] > 0).tolist() == [True, False]


DEADLY = SALVO._replace(lethality=SURE, toll=2)


def toll_step(step: float) -> tuple[float, float]:
    """The draws of a narrow band at that of the 1,024 steps of the toll."""
    return (step + 0.0005) / 1024, (step + 0.01) / 1024


@pytest.mark.parametrize(
    ("tail", "cap", "step", "killed"),
    [
        # twice the quantile of a Pareto law, 1 / (1 - q) to the power of 1 / tail
        (1, 60, 768, 8),  # q = 0.7505: 4.008
        (2, 60, 768, 4),  # the root of it: 2.002
        (1, 60, 0, 2),  # q = 0.0005: 1.0005
        (1, 5, 1000, 10),  # q = 0.977: 42.7, but the cap is 5
    ],
)
@pytest.mark.parametrize("source", BY)
def test_4_51_how_many_die(source: Source, tail: float, cap: float, step: int, killed: int) -> None:
    """The dead are the fire's own scale times a Pareto law's quantile, up to a cap."""
    rules = {"force.toll_tail": tail, "force.toll_cap": cap}
    before = firing(DEADLY, source, rules=rules)
    out = fired(lucky(before, {Draw.FIRE_TOLL + source: toll_step(step)}), source)
    dead = out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed
    assert dead[source, 0] == killed
    small = firing(DEADLY._replace(toll=0.1), source, rules=rules | {"force.toll_cap": 5})
    assert dead_of(fired(small, source)) == 1  # nobody half dies


def dead_of(out: Outcome) -> float:
    return float(
        (out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed).sum(axis=0)[0]
    )


@pytest.mark.parametrize(
    ("iraqis", "partners", "beyond", "dead"),
    [
        # of 8 dead, what the toll's draw holds beyond its step rounds the Iraqis' share, …
        (0.25, 0.5, (0.001, 0.01), (3, 3, 2)),
        (0.2, 0.0, (0.38, 0.399), (7, 0, 1)),  # 1.6 and less than 0.4
        (0.2, 0.0, (0.401, 0.42), (6, 0, 2)),  # 1.6 and more
        # … and what it holds beyond a 64th of it the partners' share of the others
        (0.25, 0.4, (10.45 / 64, 10.59 / 64), (4, 2, 2)),  # 2.4 and less than 0.6
        (0.25, 0.4, (10.61 / 64, 10.75 / 64), (3, 3, 2)),  # 2.4 and more
        (1.0, 0.5, (0.001, 0.01), (0, 0, 8)),
        (0.0, 1.0, (0.001, 0.01), (0, 8, 0)),
    ],
)
def test_4_52_who_dies(
    iraqis: float, partners: float, beyond: tuple[float, float], dead: tuple[int, int, int]
) -> None:
    """The dead are split by who stands at the place: Americans, partners' soldiers, Iraqis; each
    death goes to one book, and the attack has its rung by it."""
    before = firing(DEADLY, rules={"force.toll_tail": 1, "force.mass_casualties": 6})
    before = with_site(before, "taji", iraqis=iraqis, partners=partners)
    least, most = ((768 + part) / 1024 for part in beyond)
    luck = lucky(before, {Draw.FIRE_TOLL + Source.MILITIA: (least, most)})
    after, out = turn(luck, MILITIA="barrage@taji")
    books = (out.fire_us_killed, out.fire_coalition_killed, out.fire_iraqi_killed)
    assert tuple(book[Source.MILITIA, 0] for book in books) == dead
    assert (after.us_dead[0], after.coalition_dead[0], after.iraqi_dead[0]) == dead
    assert out.us_killed[0] == dead[0]
    foreign = dead[0] + dead[1]
    rung = Rung.MASS_CASUALTIES if foreign >= 6 else Rung.DEADLY_ATTACK if foreign else 4
    assert out.fire_rung[Source.MILITIA, 0] == rung


# -------------------------------------------------------------------------------------- the wounded


@pytest.mark.parametrize("source", BY)
@pytest.mark.parametrize(("warned", "edge"), [(False, 7 / 13), (True, 4 / 7)])
def test_4_53_how_many_are_wounded(source: Source, warned: bool, edge: float) -> None:
    """Hits x wounding x people x what protection leaves x those who are not Iraqi: 10 x 2 x 0.5 x
    (1 - 0.4 x 0.5) x 0.75 = 6, and half of it with warning; twice the draw of it, and the draw."""
    rules = {
        "force.protection_spares_wounds": 0.4,
        "force.warning_spares_wounds": 0.5,
        "force.tip_off_odds": SURE,
    }
    before = firing(SALVO._replace(wounding=2), source, rules=rules, us_protection=0.5)
    luck = either_side(before, Draw.FIRE_WOUNDED + source, edge)
    seat, act = BY[source]
    given = {seat.name: (f"{act}@taji",)}
    if warned and source is Source.IRAN:
        given["IRAN"] += ("notice>US",)
    elif warned:
        given["IRAQ"] = ("hold", "tip_off>US")
    _, out = turn(luck, **given)
    wounded = 3 if warned else 6  # 13 x 7/13 = 7, and 7 x 4/7 = 4
    assert out.fire_us_wounded[source].tolist() == [wounded, wounded + 1]


def test_4_54_the_first_report() -> None:
    """Of 6 wounded, twice the draw x the share reported at once, 0.5, is in the first report,
    rounded to whole people; the others come later."""
    before = firing(SALVO._replace(wounding=2), rules={"force.reported_at_once": 0.5})
    before = with_site(before, "taji", people=0.3, iraqis=0).with_(us_protection=0)
    six = {Draw.FIRE_WOUNDED + Source.MILITIA: (6 / 13, 7 / 13)}
    for edge, now in ((0.25, [1, 2]), (0.75, [4, 5])):
        luck = either_side(before, Draw.REPORTING, edge, six)
        after, out = turn(luck, MILITIA="barrage@taji")
        assert out.fire_us_wounded[Source.MILITIA].tolist() == [6, 6]
        assert out.us_wounded_reported.tolist() == now
        assert after.us_wounded.tolist() == now
        assert after.us_wounded_unreported.tolist() == [6 - n for n in now]


def test_4_55_no_more_are_reported_than_there_are() -> None:
    """A first report never tells of more wounded than there are."""
    before = firing(SALVO._replace(wounding=2), rules={"force.reported_at_once": 1})
    after, out = turn(lucky(before, {Draw.REPORTING: 0.9}), MILITIA="barrage@taji")
    assert out.us_wounded_reported[0] == out.fire_us_wounded[Source.MILITIA, 0] > 0
    assert after.us_wounded_unreported[0] == 0


def test_4_56_late_reports_are_rounded_up() -> None:
    """Half of the wounded missing from the reports come in within the half-life, rounded up."""
    before = still(rules={"chance.report_half_life": 7}, us_wounded=3, us_wounded_unreported=11)
    after, out = turn(before)
    assert (out.revised[0], after.us_wounded[0], after.us_wounded_unreported[0]) == (6, 9, 5)


# -------------------------------------------------------------------------------------- the strikes

BOMBS = Strike(fighters=10, rockets=0.2, leaders=0.1, collateral=2, civilians=1)


def striking(strike: Strike = BOMBS, **given: object) -> Position:
    """A still position with a strike of round numbers, half of the militia's men and depots
    hidden: 1 - 0.4 x 0.5 leaves 0.8 of its effect."""
    rules = {"force.concealment_saves": 0.4, "force.collateral_by_concealment": 1}
    before = still(**{"rules": rules | given.pop("rules", {})} | given)
    return with_deed(before, US, "strike_depots", strike=strike, effects={}, harm={})


def test_4_57_the_luck_of_a_strike() -> None:
    """A strike has 0.4 to 1.6 of its effect by luck: at 0.552, 10 x 0.8 x 1.0625 + 0.5 men; at
    0.509, 0.2 x 0.8 x 1.0104 of 600 rockets."""
    after, out = turn(either_side(striking(), Draw.STRIKE_LUCK, 0.552083), US="strike_depots")
    assert out.strike_militia_killed.tolist() == [8, 9]
    assert after.mil_fighters.tolist() == [19992, 19991]
    assert after.militia_dead.tolist() == [8, 9]
    after, out = turn(either_side(striking(), Draw.STRIKE_LUCK, 0.508681), US="strike_depots")
    assert out.strike_rockets.tolist() == [96, 97]
    assert after.mil_rockets.tolist() == [504, 503]
    assert out.strike_leaders == near([0.0808, 0.0808], within=2e-4)
    assert after.mil_leaders == near(0.5 - out.strike_leaders)


def test_4_58_what_a_leak_spares() -> None:
    """A leak spares half: 10 x 0.8 x 0.5 x 1.05 + 0.5 men."""
    rules = {"force.leak_odds": 1, "force.leak_saves": 0.5}
    before = either_side(striking(rules=rules), Draw.STRIKE_LUCK, 0.604167)
    _, out = turn(before, US=("strike_depots", "notice>IRAQ"))
    assert out.leaked.all()
    assert out.strike_militia_killed.tolist() == [4, 5]  # 4 x 1.125 + 0.5


def test_4_59_the_most_that_a_strike_destroys() -> None:
    """However well it goes, a strike destroys no more than its most of the rockets: 0.25 of 600; no
    leadership beyond what there is, and no more men than are under arms."""
    sure = Strike(fighters=100, rockets=5, leaders=9)
    before = striking(sure, rules={"force.strike_rockets_most": 0.25}, mil_fighters=7.5)
    after, out = turn(before, US="strike_depots")
    assert out.strike_rockets[0] == 150
    assert out.strike_leaders[0] == 0.5
    assert after.mil_leaders[0] == 0
    assert out.strike_militia_killed[0] == 7
    assert after.mil_fighters[0] == 0.5


@pytest.mark.parametrize(
    ("slot", "field", "book"),
    [
        (Draw.COLLATERAL, "strike_iraqi_killed", "iraqi_dead"),
        (Draw.CIVILIANS, "strike_civilians_killed", "civilians_dead"),
    ],
)
@pytest.mark.parametrize(
    ("expected", "least", "most", "killed"),
    [
        # 2 x (1 + 1 x 0.5) = 3 expected: 3 x 3 x the draw's square, and its last bits round
        (2, 0.50001, 0.5001, 2),  # 2.25 and up to 0.41
        (2, 0.5 + 0.77 / 4096, 0.5 + 0.99 / 4096, 3),  # 2.25 and more than 0.75
        (2, 0.5 + 0.51 / 4096, 0.5 + 0.74 / 4096, 2),
        (1, 0.5 + 0.51 / 4096, 0.5 + 0.86 / 4096, 1),  # 1.125 and less than 0.875
        (1, 0.5 + 0.88 / 4096, 0.5 + 0.99 / 4096, 2),
        (2, 0.9990235, 0.999027, 8),  # 8.982 and less than 0.015
    ],
)
def test_4_60_bystanders(
    slot: Draw, field: str, book: str, expected: float, least: float, most: float, killed: int
) -> None:
    """Those who stand beside the targets die the more, the better the militia hides; mostly fewer
    than expected, sometimes three times as many."""
    before = striking(Strike(collateral=expected, civilians=expected))
    after, out = turn(lucky(before, {slot: (least, most)}), US="strike_depots")
    assert getattr(out, field)[0] == killed
    assert getattr(after, book)[0] == killed


# -------------------------------------------------------------------------------------- the arrests


def test_4_61_how_many_are_arrested() -> None:
    """Arrests: 10 x (authority 0.5 + forces 0.4) x (1 - 0.5 x lean 0.4) x (the draw + 0.5); no more
    than there are men."""
    before = still(rules={"force.arrests_by_lean": 0.5}, iraq_forces=0.4, iraq_lean=0.4)
    before = with_deed(before, IRAQ, "arrest", detains=10, effects={}, timely={})
    # 7.2 x (0.4722 + 0.5) = 7
    after, out = turn(either_side(before, Draw.ARRESTS, 0.472222), IRAQ="arrest")
    assert out.detained.tolist() == [6, 7]
    assert (after.mil_fighters + after.iraq_detained == 20000).all()
    few, out = turn(before.with_(mil_fighters=2.5), IRAQ="arrest")
    assert out.detained[0] == 2
    assert few.mil_fighters[0] + few.iraq_detained[0] == 2.5


# ------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("source", "slot"),
    [
        (Source.SPLINTER, Draw.SPLINTER_SITE),
        (Source.THIRD_PARTY, Draw.THIRD_PARTY_SITE),
        (Source.MILITIA, Draw.DEED_SITE + MILITIA),
        (Source.IRAN, Draw.DEED_SITE + IRAN),
    ],
)
def test_4_62_where_unnamed_fire_falls(source: Source, slot: int) -> None:
    """Each source draws its own place, by habit over the bases held, in 64 steps: an
    embassy that has the first 4 of 10.8 has 23 of them; a base handed over has none."""
    rules = {"chance.splinter_hazard": 1e6, "chance.third_party_hazard": 1e6}
    before = with_habits(
        still(rules=rules, us_exposure=0.1), embassy=4, union_iii=1, taji=5.8, balad=9
    )
    luck = either_side(before, slot, 24 / 64)
    _, out = turn(luck, MILITIA="harass", IRAN="deniable_strike")
    sites = [before.book.sites[site].id for site in out.fire_site[source]]
    assert sites == ["embassy", "union_iii"]


def test_4_63_a_strike_has_its_place_too() -> None:
    """The place of a strike on the militia is drawn among the militia's own: with the
    first of 6, al-Qaim has 10.67 of 64 steps."""
    before = either_side(with_habits(still(), al_qaim=1, jurf=5), Draw.DEED_SITE + US, 11 / 64)
    _, out = turn(before, US="strike_depots", IRAN="shipping")
    assert [before.book.sites[s].id for s in out.deed_site[US]] == ["al_qaim", "jurf"]
    assert {before.book.sites[s].host for s in out.deed_site[IRAN]} == {"GULF"}
    assert (out.deed_site[[MILITIA, IRAQ]] == -1).all()
