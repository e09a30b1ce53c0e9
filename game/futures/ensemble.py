"""Ensembles: many games of one scenario, cut into chunks and spread over processes.

How it is cut and spread changes nothing but the time: game K of a seed is the same game anywhere,
and everything counted is a whole number.
"""

from collections.abc import Generator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.players.library import player
from game.rules.digest import game_digests, state_hash
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.rules.state import Keys, State

from .play import play
from .spread import spread
from .tally import Tally

DEFAULT_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What to simulate. It can be sent to another process: it holds names, no arrays."""

    scenario: str | Path
    """A scenario's id, or the path of its file."""
    games: int
    seed: int
    players: tuple[tuple[Seat, str], ...] = ()
    """Players other than the scenario's own, by name."""


@dataclass(slots=True)
class Chunk:
    """The results of consecutive games."""

    first: int
    tally: Tally
    digests: Keys
    """(games,) digests of the final states."""


@cache
def _scenario(name_or_path: str | Path) -> Scenario:
    """Read once in each process."""
    return load_scenario(name_or_path)


def run_chunk(ensemble: Ensemble, first: int, games: int) -> Chunk:
    """Plays the games numbered from `first` on."""
    scenario = _scenario(ensemble.scenario)
    setting = scenario.setting
    named = dict(ensemble.players)
    players = {
        seat: player(named.get(seat, scenario.roles[seat].doctrine), seat, scenario)
        for seat in SEATS
    }
    tally = Tally(setting.turns)
    keys = game_keys(ensemble.seed, range(first, first + games))
    playing, final = games, setting.open_games(keys)
    for state, outcome in play(setting, players, keys):
        tally.add_turn(playing, outcome)
        playing = int((state.ending == 0).sum())
        final = state
    tally.add_games(setting, final)
    return Chunk(first, tally, final_digests(final))


def final_digests(final: State) -> Keys:
    """(B,) uint64 digests of ended games, each as of the turn in which it ended: what the same
    game played alone, which stops there, ends with.
    """
    digests = np.zeros(final.games, np.uint64)
    for turn in np.unique(final.ended_turn):
        games = np.flatnonzero(final.ended_turn == turn)
        alone = final.take(games)
        alone.turn = int(turn)
        digests[games] = game_digests(alone)
    return digests


def run_chunks(
    ensemble: Ensemble, *, chunk: int = DEFAULT_CHUNK, workers: int = 1
) -> Generator[Chunk, None, None]:
    """The ensemble's chunks in the order of their games, as they are done.

    Args:
        ensemble: what to simulate.
        chunk: games played together; more is faster up to some thousands.
        workers: processes; 1 plays in this one.
    """
    yield from spread(run_chunk, ensemble, ensemble.games, chunk=chunk, workers=workers)


class Gathering:
    """The sum of an ensemble's chunks as they come: a tally, and eight bytes a game."""

    def __init__(self, turns: int, games: int) -> None:
        """`turns` and `games` are those of the whole ensemble."""
        self.tally = Tally(turns)
        self._digests = np.zeros(games, np.uint64)

    def add(self, part: Chunk) -> None:
        """Adds the next chunk; interrupted, it has added all of it or nothing."""
        total = deepcopy(self.tally)
        total.merge(part.tally)
        self._digests[part.first : part.first + part.digests.size] = part.digests
        self.tally = total

    @property
    def state_hash(self) -> str:
        """The hash over the final states of the games so far, in their order."""
        return state_hash(self._digests[: self.tally.games])
