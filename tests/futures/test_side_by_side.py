"""What is counted of two lines as long as both go on."""

import numpy as np

from game.engine.play import play
from game.futures.side_by_side import after_turns, turns_played
from game.rules.luck import game_keys
from tests.common import cast, setting

GAMES = 400


def test_a_game_is_played_up_to_the_turn_that_ended_it() -> None:
    """Counted from any turn on; a game that was over before it was played no turn since."""
    played = play(
        setting("the_article"),
        cast("the_article", "uniform"),
        game_keys(3, range(GAMES)),
        keep=("new_attacks",),
    )
    ended, turns = played.state.ended_turn, turns_played(played.state, 0)
    assert len(set(turns.tolist())) > 3, "games end at different times"
    assert (turns == ended).all()
    assert (turns_played(played.state, 5) == np.maximum(ended - 5, 0)).all()


def test_games_that_go_on_have_played_every_turn() -> None:
    rules, keys = setting("the_article"), game_keys(3, range(GAMES))
    state = play(rules, cast("the_article", "uniform"), keys, until=4).state
    on = state.ending == 0
    assert 0 < on.sum() < GAMES
    assert (turns_played(state, 1)[on] == 3).all()
    assert (turns_played(state, 1)[~on] == state.ended_turn[~on] - 1).all()


def test_a_figure_is_taken_as_it_stood_when_the_first_of_two_was_over() -> None:
    """What came later in the other counts for neither."""
    rules, keys = setting("the_article"), game_keys(3, range(GAMES))
    opened = rules.open_games(keys)
    lines = [
        play(rules, cast("the_article", who), keys, keep=("attacks", "new_attacks"))
        for who in ("uniform", "default")
    ]
    both = np.minimum(*(turns_played(line.state, 0) for line in lines))
    assert (both < turns_played(lines[1].state, 0)).any()
    for line in lines:
        counted = after_turns(line.kept["attacks"], opened.attacks, both) - opened.attacks
        for game in range(0, GAMES, 40):
            shared = line.kept["new_attacks"][: both[game], game].sum()
            assert counted[game] == shared
    none = after_turns(lines[0].kept["attacks"], opened.attacks, np.zeros(GAMES, np.intp))
    assert (none == opened.attacks).all()
