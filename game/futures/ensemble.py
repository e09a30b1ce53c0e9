"""Ensembles: many games of one scenario, cut into chunks and spread over processes.

How it is cut and spread changes nothing but the time: game K of a seed is the same game anywhere,
and everything counted is a whole number.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.players.library import default_players, player
from game.rules.digest import game_digests, state_hash
from game.rules.luck import game_keys
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Keys

from .play import play
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
    players = default_players(scenario)
    for seat, name in ensemble.players:
        players[seat] = player(name, seat, scenario)
    tally = Tally(setting.turns)
    playing, final = games, setting.open_games(game_keys(ensemble.seed, range(first, first + games)))
    for state, outcome in play(setting, players, final.key):
        tally.add_turn(playing, outcome)
        playing = int((state.ending == 0).sum())
        final = state
    tally.add_games(setting, final)
    return Chunk(first, tally, game_digests(final))


def run_chunks(
    ensemble: Ensemble, *, chunk: int = DEFAULT_CHUNK, workers: int = 1
) -> Iterator[Chunk]:
    """The ensemble's chunks in the order of their games, as they are done.

    Args:
        ensemble: what to simulate.
        chunk: games played together; more is faster up to some thousands.
        workers: processes; 1 plays in this one.
    """
    spans = [
        (first, min(chunk, ensemble.games - first)) for first in range(0, ensemble.games, chunk)
    ]
    if workers == 1:
        for first, games in spans:
            yield run_chunk(ensemble, first, games)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: list[Future[Chunk]] = []
        todo = iter(spans)
        try:
            for first, games in todo:
                waiting.append(pool.submit(run_chunk, ensemble, first, games))
                if len(waiting) >= 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def gather(setting: Setting, chunks: list[Chunk]) -> tuple[Tally, str]:
    """The sum of chunks, and the hash over all final states in the order of the games."""
    total = Tally(setting.turns)
    for part in chunks:
        total.merge(part.tally)
    digests = [part.digests for part in chunks]
    return total, state_hash(np.concatenate(digests) if digests else np.zeros(0, np.uint64))
