"""What a seat is shown before it gives orders."""

import numpy as np
import pytest

from game.rules.observe import UNSEEN, observe, sightings
from game.rules.outcome import Source
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS
from tests.support import IRAN, IRAQ, MILITIA, US, one_game, still, turn


def test_ranges_follow_their_units() -> None:
    """A share runs from 0 to 1, a count from 0 up; a rung ends at 10, a line at 11, which is
    none."""
    for name, spec in (COLUMNS | PAIR_COLUMNS).items():
        assert spec.meaning, name
        if spec.unit in ("share", "0 or 1"):
            assert (spec.low, spec.high) == (0, 1), name
        elif spec.unit == "rung":
            assert (spec.low, spec.high) == (0, 11 if name == "line" else 10), name
        elif spec.unit == "-1, 0 or 1":
            assert (spec.low, spec.high) == (-1, 1), name
        else:
            assert spec.low == 0, name
            assert spec.high >= 10, name


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_the_first_morning(seat: Seat) -> None:
    """Before the first turn there is nothing to look back on."""
    before = one_game(games=3)
    seen = observe(before.setting, before.state, None, seat)
    assert (seen.turn, seen.days) == (0, before.setting.days[0])
    assert seen.deed.shape == (4, 3)
    assert (seen.deed == UNSEEN).all()
    for name in ("word", "whispered", "attacks", "us_killed", "rung", "struck"):
        assert not getattr(seen, name).any(), name
    _, out = turn(before)
    later = observe(before.setting, before.state, out, seat)
    for name in ("deed", "word", "whispered", "attacks", "us_killed", "rung", "struck"):
        assert getattr(seen, name).shape == getattr(later, name).shape, name


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_a_seat_sees_its_own_and_guesses_the_rest(seat: Seat) -> None:
    """Columns are the truth where a seat sees them, its estimate where it keeps one, else
    missing."""
    before = still()
    before.state.estimates[seat] = np.arange(len(ESTIMATED), dtype=np.float32)[:, None] + 7
    seen = observe(before.setting, before.state, None, seat)
    assert seen.exact == {name for name, spec in COLUMNS.items() if seat in spec.seen_by}
    assert set(seen.columns) == seen.exact | set(ESTIMATED)
    for name in seen.exact:
        assert (seen.columns[name] == getattr(before, name)).all()
    for number, name in enumerate(ESTIMATED):
        if name not in seen.exact:
            assert seen.columns[name] == number + 7


def test_the_last_evening() -> None:
    """After the last turn no day is left."""
    after, out = turn(still(turns=1))
    seen = observe(after.setting, after.state, out, US)
    assert (seen.turn, seen.days) == (1, 0)


def test_yesterdays_news() -> None:
    """Last turn's blows, as the world laid them at doors, words and losses are public; whispers are
    for their receiver."""
    before = still(us_protection=0, games=400)
    after, out = turn(
        before,
        US=("strike_depots", "threaten>IRAN:5", "demand>IRAN"),
        MILITIA="barrage",
        IRAQ="arrest",
    )
    seen = [observe(after.setting, after.state, out, seat) for seat in SEATS]
    deadly = out.fire_rung.max(axis=0) >= Rung.DEADLY_ATTACK
    where_deadly = out.fire_rung.max(axis=0) * deadly
    assert 0 < deadly.sum() < 400
    for one in seen:
        assert (one.struck[US, MILITIA] == out.blow[US, MILITIA]).all()
        assert (one.struck[IRAQ, MILITIA] > 0).all()
        assert (one.struck[MILITIA, US] == out.fire_rung.max(axis=0)).all()
        assert (one.struck[IRAN, US] == where_deadly).all()
        assert (one.word[US] == before.book.word("threaten")).all()
        assert (one.us_killed == out.us_killed).all()
        assert (one.attacks == out.attacks).all()
        assert (one.rung == out.rung).all()
    assert (seen[IRAN].whispered[US] == before.book.whisper("demand")).all()
    assert not seen[IRAQ].whispered.any()
    assert not seen[US].whispered.any()


def test_debts_are_public() -> None:
    """Who owes whom an answer, and for how long, happens before the world's eyes."""
    before = still(
        line={"MILITIA>US": 6, "US>IRAN": 3}, debt={"IRAQ>US": 4}, debt_days={"IRAQ>US": 9}
    )
    after, out = turn(before, US="strike_depots", IRAN="missile_strike")
    assert (after.debt[..., 0] > 0).sum() == 3
    for seat in SEATS:
        seen = observe(after.setting, after.state, out, seat)
        assert (seen.debt == after.debt).all()
        assert (seen.debt_days == after.debt_days).all()


def test_a_private_stake_is_seen_by_the_two() -> None:
    """Everybody sees what was staked in public; what was staked in private, who made it and whom it
    was made to."""
    before = still(
        stake={"US>IRAN": 0.2, "IRAQ>US": 0.3}, private_stake={"US>IRAN": 0.5, "MILITIA>IRAQ": 0.4}
    )
    for seat in SEATS:
        stake = observe(before.setting, before.state, None, seat).stake
        assert stake[US, IRAN, 0] == pytest.approx(0.6 if seat in (US, IRAN) else 0.2)
        assert stake[IRAQ, US, 0] == pytest.approx(0.3)
        assert stake[MILITIA, IRAQ, 0] == pytest.approx(0.4 if seat in (MILITIA, IRAQ) else 0)
        assert (stake > 0).sum() == (3 if seat in (MILITIA, IRAQ) else 2)
    assert before.stake[US, IRAN, 0] == pytest.approx(0.2)  # to look changes nothing


def test_grip_is_felt_by_the_militia_alone() -> None:
    """How far the militias heed Tehran they know themselves; Tehran has an estimate of it."""
    before = still(iran_grip=0.5)
    before.state.estimates[:] = 0.25
    for seat in SEATS:
        seen = observe(before.setting, before.state, None, seat)
        assert ("iran_grip" in seen.exact) is (seat is MILITIA)
        assert seen.columns["iran_grip"][0] == (0.5 if seat is MILITIA else 0.25)


def test_sightings_do_not_betray_who_fired() -> None:
    """Attacks are told gravest first, unsigned to all but the one who fired or signed."""
    rules = {"chance.splinter_hazard": 1e6, "chance.third_party_hazard": 1e6}
    before = still(rules=rules, games=30)
    _, out = turn(before, MILITIA="barrage", IRAN="missile_strike")
    for game in range(30):
        told = {seat: sightings(before.setting, out, seat, game) for seat in SEATS}
        for seat, seen in told.items():
            assert len(seen) == 4
            gravity = [(s.rung, s.us_killed, s.rounds) for s in seen]
            assert gravity == sorted(gravity, reverse=True)
            known = {Source.IRAN} | ({Source.MILITIA} if seat is MILITIA else set())
            assert {s.by for s in seen} - {None} == known
        assert [s._replace(by=None) for s in told[US]] == [s._replace(by=None) for s in told[IRAQ]]
    quiet = still()
    _, out = turn(quiet)
    assert sightings(quiet.setting, out, IRAN) == []
