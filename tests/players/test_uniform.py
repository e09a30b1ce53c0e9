"""The uniform player chooses every legal option with the same probability."""

from functools import cache

import numpy as np
import pytest

from game.players.base import Choice, Options, decide, options
from game.players.uniform import Uniform, pick
from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from tests.common import setting

GAMES = 60_000
RULES = setting("the_article")
BOOK = RULES.rulebook


@cache
def chosen(seat: Seat) -> tuple[Choice, Options]:
    """The orders of many games in one and the same situation, and what was legal in it."""
    state = RULES.open_games(game_keys(17, range(GAMES)))
    return decide(Uniform(), RULES, state, None, seat), options(
        RULES, state.take(slice(0, 1)), seat
    )


def assert_even(values: np.ndarray, expected: set[int]) -> None:
    """Chi-square: every expected value, no other, about as often as the others."""
    counts = np.bincount(values)
    assert set(np.flatnonzero(counts).tolist()) == expected
    each = values.size / len(expected)
    freedom = len(expected) - 1
    chi_square = float((((counts[sorted(expected)] - each) ** 2) / each).sum())
    # Wilson and Hilferty's cube root of it is nearly normal: 4 standard deviations.
    limit = freedom * (1 - 2 / (9 * freedom) + 4 * (2 / (9 * freedom)) ** 0.5) ** 3
    assert chi_square < limit, f"{chi_square} of {limit} with {freedom} degrees of freedom"


@pytest.mark.parametrize("seat", SEATS)
def test_deeds_are_even(seat: Seat) -> None:
    choice, legal = chosen(seat)
    assert_even(choice.deed, set(np.flatnonzero(legal.deed[:, 0]).tolist()))


@pytest.mark.parametrize("seat", SEATS)
def test_words_are_even(seat: Seat) -> None:
    choice, legal = chosen(seat)
    assert_even(choice.word, set(np.flatnonzero(legal.word[:, 0]).tolist()))


@pytest.mark.parametrize("seat", SEATS)
def test_whispers_are_even_with_silence_as_one_of_them(seat: Seat) -> None:
    choice, legal = chosen(seat)
    pairs = choice.whisper * 4 + np.maximum(choice.whisper_to, 0)
    whispers, receivers = np.nonzero(legal.whisper[:, :, 0])
    assert_even(pairs, {0, *(whispers * 4 + receivers).tolist()})


@pytest.mark.parametrize("seat", SEATS)
def test_the_targets_of_words_are_even(seat: Seat) -> None:
    choice, _ = chosen(seat)
    assert_even(choice.word_to[choice.word_to >= 0], {int(rival) for rival in seat.rivals})
    named = np.array([word.to_seat for word in BOOK.words])[choice.word]
    assert ((choice.word_to >= 0) == named).all()


@pytest.mark.parametrize("seat", SEATS)
def test_the_rungs_of_threats_are_even(seat: Seat) -> None:
    choice, _ = chosen(seat)
    assert_even(choice.word_rung[choice.word_rung > 0], set(range(LOWEST_LINE, HIGHEST_LINE + 1)))
    threats = np.array([word.to_rung for word in BOOK.words])[choice.word]
    assert ((choice.word_rung > 0) == threats).all()


@pytest.mark.parametrize(
    ("one", "other"), [("deed", "word"), ("word", "whisper"), ("whisper", "word_to")]
)
def test_the_parts_of_an_order_do_not_hang_together(one: str, other: str) -> None:
    """A deed says nothing about the word, nor a word about the message, nor that about whom a word
    is said to: no pair is more common than its parts make it."""
    choice, _ = chosen(Seat.US)
    first, second = getattr(choice, one), getattr(choice, other)
    if other == "word_to":
        named = second >= 0
        first, second = first[named], second[named]
    together = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(together, (first, second), 1)
    expected = np.outer(together.sum(axis=1), together.sum(axis=0)) / first.size
    used = expected > 0
    deviation = (together[used] - expected[used]) / np.sqrt(expected[used])
    assert np.abs(deviation).max() < 5


def test_seats_and_turns_do_not_hang_together() -> None:
    state = RULES.open_games(game_keys(17, range(GAMES)))
    ours, theirs = (decide(Uniform(), RULES, state, None, s) for s in (Seat.US, Seat.IRAQ))
    state.turn = 1
    later = decide(Uniform(), RULES, state, None, Seat.US)
    for other in (theirs.deed, later.deed):
        both = np.corrcoef(ours.deed, other)[0, 1]
        assert abs(both) < 4 / GAMES**0.5


def test_pick_takes_the_legal_rows_in_equal_shares() -> None:
    legal = np.array([[False], [True], [False], [True], [True], [False]]).repeat(9, axis=1)
    draws = np.array([0, 0.3, 0.333, 0.334, 0.5, 0.666, 0.667, 0.9, 1 - 2**-24], np.float32)
    assert pick(legal, draws).tolist() == [1, 1, 1, 3, 3, 3, 4, 4, 4]
