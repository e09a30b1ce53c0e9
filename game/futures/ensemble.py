"""Ensembles: many games of one scenario, cut into chunks and spread over processes.

How it is cut and spread changes nothing but the time: game K of a seed is the same game anywhere,
and everything counted is a whole number.
"""

import os
import signal
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context, parent_process
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

    A KeyboardInterrupt is for this process alone: the others end with the chunk that they are at.

    Args:
        ensemble: what to simulate.
        chunk: games played together; more is faster up to some thousands.
        workers: processes; 1 plays in this one.
    """
    spans = [
        (first, min(chunk, ensemble.games - first)) for first in range(0, ensemble.games, chunk)
    ]
    if workers == 1 or len(spans) < 2:
        for first, games in spans:
            yield run_chunk(ensemble, first, games)
        return
    workers = min(workers, len(spans))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_serve) as pool:
        waiting: list[Future[Chunk]] = []
        try:
            for first, games in spans:
                with _uninterrupted():  # for whatever process this may start
                    waiting.append(pool.submit(run_chunk, ensemble, first, games))
                if len(waiting) >= 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def _serve() -> None:
    """Readies a worker: an interrupt is its parent's to act on, and it doesn't outlive that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started in here ignore interrupts from their first moment on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
