"""Adjudication cases: the theory that holds in a game is drawn, and nobody is told."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.load import load_scenario
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.parameters import TheoryNumbers
from game.rules.seats import SEATS
from game.rules.setting import Setting
from tests.common import difference
from tests.support import Position, one_game, still, turn

KEYS = game_keys(11, range(8000))


def opened(*odds: float) -> np.ndarray:
    """The theories of many games of a scenario with these odds."""
    made = still().setting
    setting = Setting.of(
        made.rulebook, made.days, made.anniversaries, made.opening, theory_odds=odds or None
    )
    return setting.open_games(KEYS).theory


def test_13_1_each_game_draws_its_theory_by_the_scenarios_odds() -> None:
    """A scenario gives odds over the theories; each game draws one of them by its own luck."""
    drawn = opened(0.2, 0.3, 0.5)
    assert np.bincount(drawn) / KEYS.size == pytest.approx([0.2, 0.3, 0.5], abs=0.02)
    assert (opened(0, 1, 0) == 1).all()


def test_13_2_where_no_odds_are_given_the_first_theory_holds() -> None:
    """Without odds nothing is drawn: the balanced account holds."""
    assert (opened() == 0).all()
    assert still().book.theories[0].id == "balanced"


def test_13_3_the_article_draws_deterrence_or_spiral() -> None:
    """In The Article force deters in half of the games and provokes in the others."""
    setting = load_scenario("the_article").setting
    theories = [setting.rulebook.theories[k].id for k in setting.open_games(KEYS).theory]
    assert set(theories) == {"deterrence", "spiral"}
    assert theories.count("spiral") / KEYS.size == pytest.approx(0.5, abs=0.02)


def test_13_4_the_draw_has_a_stream_of_luck_of_its_own() -> None:
    """Which theory holds tells nothing of the luck of the turns: all else is as in a scenario that
    draws none."""
    setting = load_scenario("the_article").setting
    told = setting.dealt(setting.rulebook.theory("spiral"))
    drawn, same = setting.open_games(KEYS), told.open_games(KEYS)
    assert (same.theory == setting.rulebook.theory("spiral")).all()
    assert (drawn.culprit == same.culprit).all()
    by = [drawn.culprit[drawn.theory == k] for k in np.unique(drawn.theory)]
    shares = [np.bincount(found, minlength=4) / found.size for found in by]
    assert shares[0] == pytest.approx(shares[1], abs=0.04)


def test_13_5_a_turn_changes_no_theory() -> None:
    """It holds from the first turn to the last."""
    before = one_game(games=50, theory=np.arange(50) % 3)
    after, _ = turn(before)
    assert (after.theory == before.theory).all()


@pytest.mark.parametrize("seat", SEATS)
def test_13_6_no_seat_is_told(seat: int) -> None:
    """Another theory, with all else as it is, changes nothing that a seat is shown."""
    before, other = (one_game(games=20, theory=theory) for theory in (1, 2))

    def seen(position: Position) -> object:
        return observe(position.setting, position.state, None, SEATS[seat])

    assert difference(seen(before), seen(other)) == ""


def test_13_7_each_number_has_a_row_of_the_theories() -> None:
    """What the phases look up is what the rulebook says of each theory, in its order; what a theory
    does not name is as in the first."""
    book = still().book
    first, *others = book.theories
    book = replace(
        book, theories=(first, replace(first, values=first.values._replace(anger_drives=2.5)))
    )
    made = still().setting.under(book).tables.theory
    for name in TheoryNumbers._fields:
        told = [getattr(theory.values, name) for theory in book.theories]
        assert getattr(made, name).tolist() == told
        assert getattr(made, name).dtype == np.float32
    assert made.anger_drives.tolist() == [1, 2.5]
    assert len(others) >= 2
