"""The planner, the players' strongest opponent: it looks ahead over many imagined futures.

Hidden states that fit what the seat has seen, each deed in turn, the same luck for all of them,
doctrines for everybody afterwards. What a person's staff tells (`consequences`) is made likewise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.engine.play import play_on
from game.players.base import Choice, Dice, Options, Player, only
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys

from .beliefs import imagine, recalled

Players = Mapping[Seat, Player]


def futures_of(
    setting: Setting,
    seen: Observation,
    rollout: Players,
    pairs: tuple[Codes, Codes],
    keys: Keys,
    turns: int,
) -> Floats:
    """(n,) the seat's own mark at the end of one future for each pair of a game and a deed.

    Args:
        setting: the scenario's rules.
        seen: what the seat saw of B games.
        rollout: who plays the four seats in the futures, the seat's own deed of the first turn
            aside; it speaks and whispers as its player does with that deed.
        pairs: (n,) the game, and (n,) the deed that the seat orders there first.
        keys: (n,) the luck of each future.
        turns: how far to look ahead; no further than the calendar goes.
    """
    game, deed = pairs
    state = imagine(setting, seen, game, keys)
    played = play_on(
        setting,
        rollout,
        state,
        recalled(seen, game),
        until=state.turn + turns,
        forced={seen.seat: deed},
    )
    marks: Floats = played.scores[seen.seat]
    return marks


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard the planner thinks."""

    futures: int
    """Imagined for each deed."""
    turns: int
    """How far it looks ahead."""


STRENGTHS: dict[str, Strength] = {
    "quick": Strength(futures=24, turns=3),
    "steady": Strength(futures=64, turns=5),
    "thorough": Strength(futures=192, turns=12),
}
_AT_ONCE = 16_384
"""Futures played together at the most."""


class Planner:
    """Looks ahead over its own deeds and orders the one with the best mean mark; speaks and
    whispers as its doctrine would with that deed.
    """

    def __init__(self, rollout: Players, seat: Seat, strength: str = "steady") -> None:
        """`rollout` plays all four seats in its futures; its own seat's doctrine is its voice."""
        self._rollout = rollout
        self._seat = seat
        self._strength = STRENGTHS[strength]
        self.name = f"planner-{strength}"

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """The deed with the best outlook in each game, and the words that go with it."""
        values = self.values(setting, observation, legal, dice)
        deed: Codes = values.argmax(axis=0)
        voice = self._rollout[self._seat]
        return voice.decide(setting, observation, only(legal, deed), dice)

    def values(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Floats:
        """(deeds, B) the mean mark over the futures after each deed; -1 where it is not legal."""
        futures = self._strength.futures
        values = np.full(legal.deed.shape, -1, np.float32)
        keys = imagined_keys(dice.keys, dice.turn, futures)
        block = max(1, _AT_ONCE // (futures * legal.deed.shape[0]))
        for first in range(0, legal.deed.shape[1], block):
            some = np.arange(first, min(first + block, legal.deed.shape[1]))
            deeds, where = np.nonzero(legal.deed[:, some])
            game = np.repeat(some[where], futures)
            deed = np.repeat(deeds, futures)
            luck = keys[:, some[where]].T.reshape(-1)
            marks = futures_of(
                setting, observation, self._rollout, (game, deed), luck, self._strength.turns
            )
            # A sum of hundredths in whole numbers is the same however the futures are cut.
            hundredths = np.rint(marks * 100).astype(np.int64).reshape(-1, futures)
            values[deeds, some[where]] = hundredths.sum(axis=1) / (100 * futures)
        return values
