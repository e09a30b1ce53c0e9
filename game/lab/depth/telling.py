"""Whether the worlds can be told apart by playing in them, and by nothing else."""

from collections.abc import Iterator

import numpy as np

from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.seats import Seat
from game.rules.state import Codes

from .judging import folds
from .measure import Estimated, Goal, Measure
from .ridge import Ridge, Scale, Values, predicted
from .seen import seen_by
from .sides import Position, Sides, play_sides_on
from .situations import hidden_facts
from .world import World

TELLING_LUCK = 90_000
AFTER = {4: Goal(0.60, 0.80), 8: Goal(0.80, 0.95)}
"""Turns that have been watched, and in how many of 100 pairs the world should then be told."""
NOTHING_DONE = Goal(0.45, 0.55)
NOT_YET = "not in these rules yet"


def telling(world: World, seat: Seat) -> Iterator[Measure]:
    """In what share of pairs of games, one of each world, an observer at a seat names the worlds
    rightly, by all that the seat has seen.
    """
    for name, sides, goals in (
        ("", world.defaults, AFTER),
        (", as people choose", world.people, AFTER),
        (", nothing done", world.holding, dict.fromkeys(AFTER, NOTHING_DONE)),
    ):
        for turns, goal in goals.items():
            if turns <= world.setting.turns:
                label = f"worlds told apart after {turns} turns{name}"
                found = _told_apart(world, sides, seat, turns)
                yield Measure(label, seat, found, goal, "" if found else NOT_YET)


def _told_apart(world: World, sides: Sides, seat: Seat, turns: int) -> Estimated | None:
    """None where there is only one world."""
    games = world.effort.games
    keys = game_keys(world.effort.seed + TELLING_LUCK, range(games))
    position = Position(world.setting.open_games(keys), None)
    theory = hidden_facts(position, seat).get("theory")
    if theory is None or np.unique(theory).size < 2:
        return None
    news = []
    for turn in range(turns):
        played = play_sides_on(world.setting, sides, position, until=turn + 1)
        position = Position(played.state, played.outcome)
        news.append(seen_by(world.setting, observe(world.setting, *position, seat)))
    return share_of_pairs(np.concatenate(news, axis=1), theory == theory.max())


def share_of_pairs(seen: Values, world: Codes) -> Estimated:
    """How well a line through what is seen ranks the games of one world above those of another.

    Args:
        seen: (games, figures).
        world: (games,) which of the two each game is.
    """
    label = world.astype(np.float64)
    score = np.zeros(label.size)
    for learn, held in folds(np.arange(label.size)):
        scale = Scale.of(seen[learn])
        weights = Ridge(scale.scaled(seen[learn])).fit(label[learn, None])
        score[held] = predicted(scale.scaled(seen[held]), weights)[:, 0]
    one, other = score[label > 0], score[label == 0]
    # Each game's share of the others that it is on the right side of (DeLong and others 1988).
    above = np.searchsorted(np.sort(other), one, "left") / other.size
    above += np.searchsorted(np.sort(other), one, "right") / other.size
    below = np.searchsorted(np.sort(one), other, "left") / one.size
    below += np.searchsorted(np.sort(one), other, "right") / one.size
    error = np.sqrt(above.var() / 4 / one.size + below.var() / 4 / other.size)
    return Estimated.of(float(above.mean() / 2), float(error))
