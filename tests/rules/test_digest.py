"""Digests: what a replay is checked against."""

import numpy as np
import pytest

from game.rules.digest import game_digests, state_hash
from game.rules.state import DRAWN, array_names, changing_names
from tests.support import one_game, orders, turn, turns


def test_a_digest_is_the_games_own() -> None:
    """A game's digest does not depend on the batch that it stands in."""
    many, _ = turn(one_game(games=40), US="strike_depots", MILITIA="barrage", IRAQ="arrest")
    digests = game_digests(many.state)
    assert digests.dtype == np.uint64
    for game in (0, 17, 39):
        assert game_digests(many.take(slice(game, game + 1)).state)[0] == digests[game]
    mixed = many.take(np.array([5, 3, 30]))
    assert (game_digests(mixed.state) == digests[[5, 3, 30]]).all()


def test_different_games_have_different_digests() -> None:
    """Games that differ in their luck alone differ in their digest."""
    assert np.unique(game_digests(one_game(games=5000).state)).size == 5000


@pytest.mark.parametrize("name", changing_names())
def test_every_array_counts(name: str) -> None:
    """One changed number in any array of the state, in any place, changes that game's digest
    alone."""
    before = one_game(games=3).state
    digests = game_digests(before)
    rows = getattr(before, name).reshape(-1, 3).shape[0]
    for row in range(rows):
        changed = before.copy()
        array = getattr(changed, name).reshape(-1, 3)
        old = array[row, 1]
        array[row, 1] = np.nextafter(old, np.float32(9e9)) if array.dtype == np.float32 else old + 1
        assert (game_digests(changed) != digests).tolist() == [False, True, False]


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_at_the_opening_does_not(name: str) -> None:
    """It follows from the key and the setting: a digest tells nobody what is hidden."""
    before = one_game(games=3).state
    changed = before.copy()
    getattr(changed, name)[:] += 1
    assert (game_digests(changed) == game_digests(before)).all()


def test_the_turn_counts() -> None:
    """The same arrays a turn later are another state."""
    state = one_game().state
    later = state.copy()
    later.turn += 1
    assert game_digests(later) != game_digests(state)


def test_an_ended_game_counts_as_of_its_end() -> None:
    """The digest of a game that is over does not change, however long the others go on."""
    state = one_game(games=2).state
    state.turn = 3
    state.ending[0], state.ended_turn[0] = 1, 3
    later = state.copy()
    later.turn = 5
    assert (game_digests(later) == game_digests(state)).tolist() == [True, False]
    sooner = state.copy()
    sooner.ended_turn[0] = 2
    assert (game_digests(sooner) == game_digests(state)).tolist() == [False, True]


def test_digests_swap_with_no_columns() -> None:
    """Two columns that exchange their values are not the same state."""
    state = one_game(us_dead=3, iran_dead=4).state
    swapped = one_game(us_dead=4, iran_dead=3).state
    assert game_digests(state) != game_digests(swapped)


def test_a_digest_changes_nothing() -> None:
    """Reading a digest leaves the state as it was."""
    state = one_game(games=4).state
    copy = state.copy()
    game_digests(state)
    assert all(np.array_equal(getattr(state, n), getattr(copy, n)) for n in array_names())


def test_the_same_orders_give_the_same_hash() -> None:
    """Played again from seed and orders, a game ends in the same bits."""
    given = {"US": "strike_depots", "IRAN": "missile_strike", "MILITIA": "barrage"}
    first, second = (turns(one_game(games=30), 3, **given) for _ in range(2))
    assert (game_digests(first.state) == game_digests(second.state)).all()
    other = turns(one_game(games=30), 3, **(given | {"US": "hold"}))
    assert (game_digests(other.state) != game_digests(first.state)).all()


def test_a_hash_covers_all_games_in_their_order() -> None:
    """The hash of an ensemble is that of its games' digests in the order of the games."""
    digests = game_digests(one_game(games=10).state)
    whole = state_hash(digests)
    assert whole == state_hash(digests.copy())
    assert len(whole) == 32
    assert whole != state_hash(digests[::-1])
    assert whole != state_hash(digests[:9])
    assert state_hash(np.zeros(0, np.uint64)) != state_hash(np.zeros(1, np.uint64))


def test_hash_of_known_digests() -> None:
    """The hash itself never changes: recorded games are checked against it."""
    assert state_hash(np.arange(4, dtype=np.uint64)) == "61abbbbadcb5a29f38974c1405255595"


def test_orders_are_not_part_of_a_digest() -> None:
    """A digest speaks of the state: orders that come to nothing leave no trace in it."""
    before = one_game()
    plain, _ = turn(before, orders(before))
    forecast = orders(before)
    forecast.forecast = np.full((4, 4, 1), 0.5, np.float32)
    guessed, _ = turn(before, forecast)
    assert game_digests(plain.state) == game_digests(guessed.state)
