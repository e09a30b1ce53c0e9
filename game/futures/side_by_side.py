"""Two lines of a game side by side: what is counted of them as long as both go on.

A game that is over has no more attacks, and that is not quiet: where a deed ends games, to count on
in the others would take every ending for peace.
"""

import numpy as np

from game.rules.state import Codes, Floats, State


def turns_played(state: State, since: int) -> Codes:
    """(B,) how many turns each game went on after `since` turns.

    Args:
        state: where the games are.
        since: turns that were played before.
    """
    last = np.where(state.ending > 0, state.ended_turn, state.turn)
    played: Codes = np.maximum(last - since, 0).astype(np.intp)
    return played


def after_turns(each_turn: Floats, before: Floats, turns: Codes) -> Floats:
    """(B,) a figure as it stood after so many turns.

    Args:
        each_turn: (T, B) after each turn.
        before: (B,) before the first of them.
        turns: (B,) 0 to T.
    """
    figures: Floats = np.concatenate([before[None], each_turn])[turns, np.arange(turns.size)]
    return figures
