"""Adjudication cases: what each seat learns of a turn, field by field."""

import pytest

from game.rules.account import SeenDeed, Spoken, StrikeToll, account
from game.rules.luck import Draw
from game.rules.observe import UNSEEN, Sighting, observe, sightings
from game.rules.outcome import Source
from game.rules.rulebook import Fire, Strike
from game.rules.seats import Seat
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    lucky,
    still,
    turn,
    with_deed,
    with_site,
)

EACH_SEAT = pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)


@EACH_SEAT
def test_12_1_a_quiet_turn_is_no_news(seat: Seat) -> None:
    """Of a turn in which everybody holds and is silent, a seat learns that Baghdad holds, which it
    does in the open, and nothing else but its own deed."""
    before = still()
    _, out = turn(before)
    told = account(before.setting, out, seat)
    assert (told.seat, told.turn, told.own_deed) == (seat, 1, 0)
    assert [seen.seat for seen in told.deeds] == [seat, IRAQ][: 1 if seat is IRAQ else 2]
    for nothing in (told.words, told.whispers, told.sightings, told.crossed, told.answered):
        assert nothing == ()
    assert told.lapsed == ()
    assert told.strike is told.finding is told.evidence is None
    counts = (
        told.us_wounded_reported, told.revised, told.detained, told.released, told.attacks,
        told.us_killed, told.rung,
    )  # fmt: skip
    assert counts == (0,) * 7
    assert not any(
        (told.protest, told.discredited, told.show_of_force, told.vote_failed, told.disobeyed,
         told.found_out, told.tip_off_known, told.notice_leaked)
    )  # fmt: skip


@EACH_SEAT
def test_12_2_what_a_strike_did(seat: Seat) -> None:
    """Whom a strike killed is known to all, by the militia's own count; how many rockets it cost,
    to the militia alone."""
    rules = {"force.concealment_saves": 0, "force.strike_rockets_most": 0.5}
    bombs = Strike(fighters=10, rockets=9, collateral=3, civilians=8)
    before = with_deed(still(rules=rules), US, "strike_depots", strike=bombs)
    _, out = turn(lucky(before, {Draw.STRIKE_LUCK: (0.49, 0.5)}), US="strike_depots@jurf")
    iraqis, civilians = out.strike_iraqi_killed[0], out.strike_civilians_killed[0]
    assert iraqis != civilians
    assert account(before.setting, out, seat).strike == StrikeToll(
        site=before.book.site("jurf"),
        militia_killed=10,
        iraqi_killed=iraqis,
        civilians_killed=civilians,
        rockets=300 if seat is MILITIA else None,
    )


@EACH_SEAT
def test_12_3_deeds_in_the_open_and_under_cover(seat: Seat) -> None:
    """An open deed is named, an unsigned one told without a name, a covert one not at all; one's
    own is always known; fire is a sighting and no deed."""
    before = still()
    _, out = turn(before, US="cyber", IRAN="shipping@abqaiq", MILITIA="harass", IRAQ="guard")
    told = {seen.report: seen for seen in account(before.setting, out, seat).deeds}
    book = before.book

    def expected(by: Seat, act: str, site: int = -1) -> SeenDeed:
        row = book.deed(by, act)
        known = by is seat or book.deeds[by][row].signed
        report = book.deeds[by][row].report
        return SeenDeed(by if known else None, row if known else None, report, site)

    seen = [
        expected(IRAN, "shipping", book.site("abqaiq")),
        expected(IRAQ, "guard"),
        *([expected(US, "cyber")] if seat is US else []),
    ]
    assert told == {deed.report: deed for deed in seen}


@EACH_SEAT
def test_12_4_a_word_under_a_new_name(seat: Seat) -> None:
    """What is said under a name that nobody can place has no speaker, but to whoever said it."""
    before = still()
    after, out = turn(before, MILITIA=("hold", "claim_facade"), US=("hold", "threaten>IRAN:6"))
    book, told = before.book, account(before.setting, out, seat).words
    assert told == (
        Spoken(US, book.word("threaten"), IRAN, 6),
        Spoken(MILITIA if seat is MILITIA else None, book.word("claim_facade"), None, 0),
    )
    seen = observe(after.setting, after.state, out, seat)
    facade = book.word("claim_facade") if seat is MILITIA else 0
    assert seen.word[:, 0].tolist() == [book.word("threaten"), 0, facade, 0]


@EACH_SEAT
def test_12_5_whose_account_it_is(seat: Seat) -> None:
    """Each seat is told of its own lines, debts and lapses: who crossed, whom it answered, whom it
    let pass."""
    before = still(
        line={"MILITIA>US": 6, "IRAQ>US": 4},
        debt={"US>MILITIA": 6, "IRAN>US": 5, "IRAN>IRAQ": 5},
        debt_days={"US>MILITIA": 20, "IRAN>US": 7, "IRAN>IRAQ": 3},
    )
    _, out = turn(before, US="strike_depots")
    told = account(before.setting, out, seat)
    assert told.crossed == ((US,) if seat in (MILITIA, IRAQ) else ())
    assert told.answered == ((MILITIA,) if seat is US else ())
    assert told.lapsed == ((US, IRAQ) if seat is IRAN else ())
    assert told.rung == 6


@EACH_SEAT
def test_12_6_sightings_in_numbers(seat: Seat) -> None:
    """An attack is seen with its place, rounds, hits, dead and rung; who fired, by whoever fired,
    and by all where it was signed; the gravest first."""
    salvo = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=8, rung=4)
    missiles = salvo._replace(rounds_low=3, rounds_high=3, lethality=0, rung=8)
    before = with_deed(still(rules={"force.toll_cap": 1}), MILITIA, "barrage", fire=salvo)
    before = with_deed(before, IRAN, "missile_strike", fire=missiles)
    before = with_site(before, "taji", iraqis=0.25, partners=0.5)
    given = {"MILITIA": "barrage@taji", "IRAN": "missile_strike@al_asad"}
    after, out = turn(before, **given)
    taji, asad = (before.book.site(name) for name in ("taji", "al_asad"))
    seen = sightings(before.setting, out, seat)
    assert seen == [
        Sighting(asad, 1, 3, 3, 0, 0, 0, 8, Source.IRAN),
        Sighting(taji, 1, 5, 5, 3, 3, 2, 5, Source.MILITIA if seat is MILITIA else None),
    ]
    told = account(before.setting, out, seat)
    assert told.sightings == tuple(seen)
    assert (told.attacks, told.us_killed, told.rung) == (2, 3, 8)
    view = observe(after.setting, after.state, out, seat)
    row = before.book.deed(IRAN, "missile_strike")
    barrage = before.book.deed(MILITIA, "barrage") if seat is MILITIA else UNSEEN
    us_held = 0 if seat is US else UNSEEN  # to hold is covert, but for Baghdad's
    assert view.deed[:, 0].tolist() == [us_held, row, barrage, 0]
    assert (view.attacks[0], view.us_killed[0], view.rung[0]) == (2, 3, 8)
    assert view.struck[..., 0].tolist() == out.blow[..., 0].tolist()


@pytest.mark.parametrize(
    ("rockets", "drones", "first"),
    [
        # the rung first, then the American dead, then the rounds: whoever fired
        ({"rung": 5, "lethality": 0}, {"rung": 4, "lethality": 0}, Source.MILITIA),
        ({"rung": 4, "lethality": 0}, {"rung": 5, "lethality": 0}, Source.IRAN),
        ({"toll": 2}, {"toll": 5}, Source.IRAN),
        ({"toll": 5}, {"toll": 2}, Source.MILITIA),
        ({"toll": 5}, {"toll": 2, "rounds_low": 9, "rounds_high": 9}, Source.MILITIA),
        ({"toll": 2}, {"toll": 2, "rounds_low": 9, "rounds_high": 9}, Source.IRAN),
        ({"toll": 2, "rounds_low": 9, "rounds_high": 9}, {"toll": 2}, Source.MILITIA),
    ],
)
def test_12_7_the_gravest_first(
    rockets: dict[str, float], drones: dict[str, float], first: Source
) -> None:
    """Sightings stand by what everybody sees of them: rung, American dead, rounds."""
    fire = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=2, rung=4)
    before = with_deed(
        still(rules={"force.toll_cap": 1}), MILITIA, "barrage", fire=fire._replace(**rockets)
    )
    before = with_deed(before, IRAN, "deniable_strike", fire=fire._replace(**drones))
    before = with_site(with_site(before, "taji", iraqis=0, partners=0), "erbil", iraqis=0)
    before = with_site(before, "erbil", partners=0)
    _, out = turn(before, MILITIA="barrage@taji", IRAN="deniable_strike@erbil")
    place = {Source.MILITIA: "taji", Source.IRAN: "erbil"}[first]
    for seat in SEATS:
        seen = sightings(before.setting, out, seat)
        assert before.book.sites[seen[0].site].id == place
        assert len(seen) == 2


def test_12_8_counts_of_the_turn() -> None:
    """What the news counts is told to all alike: wounded in the reports, late ones, detained,
    released, a wave of protest, a show of force, a failed vote, a justification that broke."""
    rules = {
        "chance.protest_hazard": 1e6,
        "chance.report_half_life": 7,
        "politics.release_half_life": 7,
        "politics.custody_ceiling": 1.5,
        "politics.show_of_force_odds": 99,
        "politics.release_by_show": 0.25,
        "force.arrests_by_lean": 0,
    }
    before = still(rules=rules, iraq_detained=30, us_wounded_unreported=20, us_evidence=0)
    before = before.with_(us_claim=before.book.word("justify_imminent"))
    before = with_deed(before, IRAQ, "arrest", detains=10, effects={}, timely={})
    luck = {Draw.ARRESTS: (0.5, 0.55), Draw.DISCREDIT: (0, 0.1)}
    _, out = turn(lucky(before, luck), IRAQ="arrest")
    for seat in SEATS:
        told = account(before.setting, out, seat)
        assert (told.revised, told.detained, told.released) == (10, 10, 30)  # 40 x (0.5 + 0.25)
        assert told.protest
        assert told.show_of_force
        assert told.discredited
        assert not told.vote_failed
    failing = still(rules={"politics.quorum": 9}, iraq_momentum=0.5)
    _, out = turn(failing, IRAQ="resolution")
    assert all(account(failing.setting, out, seat).vote_failed for seat in SEATS)
