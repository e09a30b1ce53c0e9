"""What came of each game, and games along a record."""

from functools import partial

import numpy as np

from game.futures.ensemble import Ensemble, run_chunks
from game.futures.follow import follow
from game.rules.endings import marks
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from tests.common import cast, difference, setting
from tests.futures.by_hand import go_on

GAMES = 40


def test_rows_are_what_came_of_each_game() -> None:
    """Attacks, dead and wounded without those of the time before turn 1."""
    rules = setting("the_article")
    (part,) = run_chunks(Ensemble("the_article", GAMES, 5, rows=True))
    opened = rules.open_games(game_keys(5, range(GAMES)))
    shots = go_on(rules, cast("the_article", "people"), (opened, None), 12)
    final = shots[-1][0]
    assert part.rows is not None
    for name in ("attacks", "us_dead", "us_wounded"):
        since = float(getattr(rules.opening, name)[0])
        assert (getattr(part.rows, name) == getattr(final, name) - since).all(), name
    assert float(rules.opening.attacks[0]) > 0
    assert (part.rows.ending == final.ending).all()
    assert (part.rows.highest_rung == final.highest_rung).all()
    assert (part.rows.marks == marks(rules, final)).all()


# --- along a record


def agreeing(
    turns: list[int], seen: list[tuple[int, int]], turn: int, outcome: Outcome
) -> np.ndarray:
    """Games with an even number of attacks agree, in some turns; all do in the others."""
    seen.append((turn, outcome.turn))
    every = np.ones(outcome.attacks.shape, np.bool_)
    return outcome.attacks % 2 == 0 if turn in turns else every


def test_games_that_agree_are_multiplied_as_evenly_as_can_be() -> None:
    rules, players = setting("the_article"), cast("the_article", "default")
    seen: list[tuple[int, int]] = []
    path = follow(rules, players, partial(agreeing, [1, 2, 3], seen), games=GAMES, seed=3)
    before = next(path)
    assert (before.outcome, before.agreed, before.state.turn) == (None, 1, 0)
    assert (before.state.key == game_keys(3, range(GAMES))).all()
    for turn in range(1, 6):
        ((after, outcome),) = go_on(rules, players, (before.state, before.outcome), 1)
        fit = np.flatnonzero(
            (outcome.attacks % 2 == 0 if turn <= 3 else outcome.attacks >= 0) & (after.ending == 0)
        )
        moment = next(path)
        assert moment.agreed == fit.size / GAMES
        assert 0 < fit.size <= GAMES
        kept = [fit[k * fit.size // GAMES] for k in range(GAMES)]
        times = np.bincount(kept, minlength=GAMES)[fit]
        assert times.max() - times.min() <= 1
        expected = after.take(np.array(kept))
        expected.key = game_keys(3, range(turn * GAMES, (turn + 1) * GAMES))
        assert not difference(
            (moment.state, moment.outcome), (expected, outcome.take(np.array(kept)))
        )
        before = moment
    assert seen == [(turn, turn) for turn in range(1, 6)]


def test_a_record_that_no_game_follows_lets_all_go_on() -> None:
    rules, players = setting("turn_zero"), cast("turn_zero", "default")

    def never(turn: int, outcome: Outcome) -> np.ndarray:
        return np.zeros(outcome.attacks.shape, np.bool_)

    moments = list(follow(rules, players, never, games=GAMES, seed=3))
    assert [m.agreed for m in moments[:3]] == [1, 0, 0]
    assert [m.state.turn for m in moments[:3]] == [0, 1, 2]
    ((after, _),) = go_on(rules, players, (moments[0].state, None), 1)
    assert (moments[1].state.attacks == after.attacks).all()


def test_a_record_ends_where_every_game_does() -> None:
    rules, players = setting("turn_zero"), cast("turn_zero", "default")

    def always(turn: int, outcome: Outcome) -> np.ndarray:
        return np.ones(outcome.attacks.shape, np.bool_)

    moments = list(follow(rules, players, always, games=GAMES, seed=3))
    assert [m.state.turn for m in moments] == [0, 1, 2]
    for moment in moments:
        assert (moment.state.ending == 0).all(), "games that are over are no moment before a turn"
