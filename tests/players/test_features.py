"""Features: the very names that a doctrine may use, worked out from an Observation."""

import numpy as np
import pytest

from game.content.doctrine import FEATURES, SHARES
from game.players.features import FORMULAS, Features, deciding_rival
from game.rules.observe import observe
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import COLUMNS
from tests.common import random_film, setting
from tests.players.exchanges import GAMES, situation


def seen_by(seat: Seat) -> Features:
    rules, moment = setting("the_article"), random_film("the_article")[3]
    told = Features(rules, observe(rules, *moment, seat))
    told.set_own_deed(np.zeros(moment.state.games, np.intp))
    return told


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("name", [*(name for name in FEATURES if name != "offered"), *SHARES])
def test_every_name_that_a_doctrine_may_use_is_known(seat: Seat, name: str) -> None:
    value = seen_by(seat)[name]
    assert value.shape == (64,)
    assert np.isfinite(value).all()
    assert value.dtype != np.float64, "float64 would slow every utility down"


def test_no_feature_is_worked_out_that_no_doctrine_may_use() -> None:
    told = {name for name in FEATURES if name.startswith("with_") or name == "offered"}
    assert FORMULAS.keys() | told == FEATURES.keys()


def test_what_is_offered_is_told_of_one_message_and_one_seat() -> None:
    rules, state = setting("the_article"), random_film("the_article")[3].state.copy()
    relief = rules.rulebook.whisper("relief_for_quiet")
    state.offer[:] = 0
    state.offer[Seat.IRAN, Seat.US, 5] = relief
    told = Features(rules, observe(rules, state, None, Seat.US))
    assert np.flatnonzero(told.offered(relief, Seat.IRAN)).tolist() == [5]
    assert not told.offered(relief, Seat.IRAQ).any()
    assert not told.offered(rules.rulebook.whisper("quiet_for_quiet"), Seat.IRAN).any()


@pytest.mark.parametrize("name", ["", "us_dead", "us_support ", "base ", "nothing"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(KeyError):
        seen_by(Seat.US)[name]


def test_a_column_that_the_seat_has_no_estimate_of_reads_zero() -> None:
    hidden = "mil_favour"
    assert hidden in SHARES
    assert Seat.US not in COLUMNS[hidden].seen_by
    assert (seen_by(Seat.US)[hidden] == 0).all()
    assert (seen_by(Seat.IRAN)[hidden] > 0).any()


def test_the_features_of_one_situation() -> None:
    rules = setting("the_article")
    _, seen = situation(rules, Seat.US)
    told = Features(rules, seen)
    expected = {
        "base": 1, "struck": Rung.DEADLY_ATTACK / 10, "killed": 1 / 3, "attacked": 1, "debt": 1,
        "angry": 0.6, "leaderless": 0.5, "quiet": 0, "short": 1, "order": 0, "told_to_strike": 0,
        "told_to_hold": 0, "us_support": 0.5,
    }  # fmt: skip
    for name, value in expected.items():
        assert np.allclose(told[name], value), name
    assert np.allclose(told["afraid"], seen.fear.max(axis=0))
    seen.days, seen.columns["iraq_order_days"] = 4, np.full(GAMES, 9, np.float32)
    later = Features(rules, seen)
    assert (later["short"] == 0).all()
    assert (later["order"] == 1).all()


@pytest.mark.parametrize(("asked", "strike", "hold"), [(1, 1, 0), (0, 0, 0), (-1, 0, 1)])
def test_what_tehran_asked_for(asked: int, strike: int, hold: int) -> None:
    rules = setting("the_article")
    _, seen = situation(rules, Seat.MILITIA)
    seen.columns["mil_guidance"] = np.full(GAMES, asked, np.float32)
    told = Features(rules, seen)
    assert (told["told_to_strike"] == strike).all()
    assert (told["told_to_hold"] == hold).all()


@pytest.mark.parametrize("seat", SEATS)
def test_its_own_deed(seat: Seat) -> None:
    rules = setting("the_article")
    _, seen = situation(rules, seat)
    for index, deed in enumerate(rules.rulebook.deeds[seat]):
        told = Features(rules, seen)
        told.set_own_deed(np.full(GAMES, index))
        force, signed = deed.group == "force", deed.visibility == "public"
        assert (told["with_force"] == force).all(), deed.id
        assert (told["with_fire"] == (deed.fire is not None and not signed)).all(), deed.id
        assert (told["with_strike"] == (force and signed)).all(), deed.id


def test_the_deciding_rival_is_never_the_seat_itself() -> None:
    values = np.array([[9, 0, 0, 9], [1, 0, 3, 1], [2, 0, 3, 3], [3, 0, 1, 2]], np.float32)
    values.flags.writeable = False
    assert deciding_rival(values, Seat.US).tolist() == [3, 1, 1, 2]
    assert deciding_rival(np.zeros((4, 1), np.float32), Seat.IRAQ).tolist() == [0]
