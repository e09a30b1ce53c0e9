"""Ensembles: many games of one scenario, cut into chunks and spread over processes.

How it is cut and spread changes nothing but the time: game K of a seed is the same game anywhere,
and everything counted is a whole number.
"""

from collections.abc import Generator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from game.content.dealt import NOTHING, Dealt, with_dealt
from game.content.lens import BALANCED, load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.games import Played
from game.engine.play import expect, is_compiled, play
from game.players.base import Player
from game.rules.digest import state_hash
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys
from game.views.effects import Estimate

from .cast import cast
from .other_numbers import games_by_others, rows_of
from .parallel import spread
from .statistics import estimate
from .tally import KEPT, Tally
from .widths import Crossed, with_others

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
    lens: str = BALANCED
    """A lens's id, or the path of its file."""
    dealt: Dealt = NOTHING
    """The theory and the agendas that somebody chose."""
    rows: bool = False
    """Whether the chunks bring what came of each game, beside the tally."""


@dataclass(slots=True)
class Rows:
    """What came of each of some consecutive games, (games,) each; deaths, wounds and attacks are
    those of the game itself.
    """

    ending: Codes
    """Numbers of `Ending`."""
    attacks: Floats
    us_dead: Floats
    us_wounded: Floats
    highest_rung: Floats
    marks: Floats
    """(4, games)."""

    @classmethod
    def of(cls, setting: Setting, played: Played) -> "Rows":
        """The rows of games that were played to their ends."""
        opening = setting.opening
        return cls(
            ending=played.array("ending").astype(np.intp),
            attacks=played.array("attacks") - opening.attacks,
            us_dead=played.array("us_dead") - opening.us_dead,
            us_wounded=played.array("us_wounded") - opening.us_wounded,
            highest_rung=played.array("highest_rung"),
            marks=played.scores,
        )


MEASURES = ("attacks", "us_dead", "highest_rung", *(f"mark_{seat.name}" for seat in SEATS))
"""What explorations compare of `Rows`."""


KNOWN = (*MEASURES, "us_wounded")
"""Of what it is told how far their means are known."""


def values(rows: Rows, measure: str) -> Floats:
    """(games,) one of `KNOWN`."""
    if measure.startswith("mark_"):
        return np.asarray(rows.marks[Seat[measure.removeprefix("mark_")]])
    return np.asarray(getattr(rows, measure))


def step_of(measure: str) -> float:
    """The step in which one of `KNOWN` is counted."""
    return 0.01 if measure.startswith("mark_") else 1.0


@dataclass(slots=True)
class Chunk:
    """The results of consecutive games."""

    first: int
    tally: Tally
    digests: Keys
    """(games,) digests of the final states."""
    rows: Rows | None = None
    """Where the ensemble asks for them."""


@cache
def opened(name_or_path: str | Path, lens: str, dealt: Dealt = NOTHING) -> Scenario:
    """A scenario as a lens sees it, with what was chosen; read once in each process."""
    return with_dealt(seen_through(load_scenario(name_or_path), load_lens(lens)), dealt)


@lru_cache(maxsize=16)
def seated(ensemble: Ensemble) -> dict[Seat, Player]:
    """Who plays; read once in each process, so that all chunks are played by the same."""
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    return cast(scenario, dict(ensemble.players), people=True)


def tally_games(
    setting: Setting, players: Mapping[Seat, Player], keys: Keys
) -> tuple[Tally, Played]:
    """Plays one game for each key, and counts what came of them."""
    tally, played = Tally(setting.turns), play(setting, players, keys, keep=KEPT)
    tally.add(setting, played)
    return tally, played


def run_chunk(ensemble: Ensemble, first: int, games: int) -> Chunk:
    """Plays the games numbered from `first` on."""
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    setting = scenario.setting
    expect(ensemble.games * setting.turns)
    keys = game_keys(ensemble.seed, range(first, first + games))
    tally, played = tally_games(setting, seated(ensemble), keys)
    rows = Rows.of(setting, played) if ensemble.rows else None
    return Chunk(first, tally, played.digests, rows)


def run_chunks(
    ensemble: Ensemble,
    *,
    chunk: int = DEFAULT_CHUNK,
    workers: int = 1,
    scheduler: str | None = None,
) -> Generator[Chunk, None, None]:
    """The ensemble's chunks in the order of their games, as they are done.

    Args:
        ensemble: what to simulate.
        chunk: games played together; more is faster up to some thousands.
        workers: processes; 1 plays in this one.
        scheduler: the address of a Dask scheduler whose workers play instead.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    yield from spread(
        run_chunk,
        ensemble,
        ensemble.games,
        chunk=chunk,
        workers=workers,
        scheduler=scheduler,
        threads=workers > 1 and _is_compiled(ensemble),
    )


def _is_compiled(ensemble: Ensemble) -> bool:
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    expect(ensemble.games * scenario.setting.turns)
    return is_compiled(seated(ensemble))


class ByOthers(NamedTuple):
    """A few games of an ensemble by other numbers that may be as right as the game's own."""

    measures: Mapping[str, Crossed]
    """Each of `KNOWN`, in the steps of `step_of`; none where they were not asked."""

    def known(self, measure: str, mean: float, error: float, games: int) -> Estimate:
        """A measure's mean over the whole ensemble, as far as luck and other numbers leave it
        known.

        Args:
            measure: one of `KNOWN`.
            mean: by the game's own numbers.
            error: its standard error; NaN of one game.
            games: how many these are of.
        """
        found = estimate(mean, error, games)
        return with_others(found, self.measures.get(measure, Crossed()), step_of(measure))


def by_others(ensemble: Ensemble) -> ByOthers:
    """The first games of an ensemble by each row of numbers, from their opening on."""
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    fixed = load_lens(ensemble.lens).parameters
    players = cast(scenario, dict(ensemble.players), people=True)
    keys = game_keys(ensemble.seed, range(games_by_others(players.values(), ensemble.games)))
    found = {measure: Crossed() for measure in KNOWN}
    for row, numbers in rows_of(ensemble.games).items():
        setting, cast_by = scenario.setting, players
        if numbers is not None:
            setting = numbers.setting(setting, fixed)
            cast_by = numbers.cast(setting, players)
        rows = Rows.of(setting, play(setting, cast_by, keys))
        for measure, crossed in found.items():
            steps = np.rint(values(rows, measure) / np.float32(step_of(measure)))
            crossed.add(row, steps.astype(np.int64))
    return ByOthers(found)


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
