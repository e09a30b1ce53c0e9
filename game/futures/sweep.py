"""Sweeps: the same games, with the same luck, under many settings; a row of results for each.

Cells follow one another, each cut into chunks of games, so that a sweep of any size needs the
memory of one chunk and one tally. How it is cut and spread changes nothing but the time.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from game.content.lens import BALANCED, through
from game.content.scenario import Scenario
from game.engine.play import expect
from game.players.base import Player
from game.rules.endings import Ending
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import ESTIMATED

from .cast import cast
from .design import Design, Value
from .ensemble import opened, tally_games
from .parallel import spread
from .tally import Spread, Tally

Row = dict[str, str | int | float | None]
"""A cell's settings and results, by column."""
LENS = "lens"
PLAYER_AXES: dict[str, Seat] = {seat.name.lower(): seat for seat in SEATS}
MEASURES: tuple[str, ...] = (
    "attacks",
    "us_dead",
    "us_wounded",
    "highest_rung",
    *(f"mark_{seat.name.lower()}" for seat in SEATS),
)
STATISTICS = ("mean", "p05", "p50", "p95", "se")
ENDINGS = tuple(f"ended_{ending.name.lower()}" for ending in Ending if ending is not Ending.NONE)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What to play. It can be sent to another process: it holds names and numbers only."""

    scenario: str | Path
    """A scenario's id, or the path of its file."""
    design: Design
    games: int
    """In each cell; the same ones, by their luck."""
    seed: int
    players: tuple[tuple[Seat, str], ...]
    """All four, by name; a cell may put another in a seat."""
    lens: str = BALANCED


class Step(NamedTuple):
    """How a sweep goes on."""

    games: int
    """Played since the step before."""
    row: Row | None
    """Of a cell, where these were its last games."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A sweep cut into pieces: every cell into as many, the last one of a cell perhaps smaller."""

    sweep: Sweep
    chunk: int
    first: int
    """The cell of the first piece."""

    @property
    def per_cell(self) -> int:
        return -(-self.sweep.games // self.chunk)


def columns(sweep: Sweep) -> dict[str, type]:
    """The columns of the rows and what they hold, in order; a seed may be too long for a number."""
    kinds: dict[str, type] = {"cell": int, "scenario": str, "seed": str, "games": int}
    kinds |= dict.fromkeys((LENS, *PLAYER_AXES), str)
    kinds |= {axis.name: float for axis in sweep.design.axes if axis.name not in kinds}
    kinds |= {f"{measure}_{name}": float for measure in MEASURES for name in STATISTICS}
    return kinds | dict.fromkeys(ENDINGS, float)


def run(
    sweep: Sweep, *, chunk: int, workers: int, scheduler: str | None = None, first: int = 0
) -> Generator[Step, None, None]:
    """Plays the cells from `first` on, in their order.

    Args:
        sweep: what to play.
        chunk: games played together.
        workers: processes; 1 plays in this one.
        scheduler: the address of a Dask scheduler whose workers play instead.
        first: cells that are done already.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    pieces = _Pieces(sweep, chunk, first)
    count = (sweep.design.size - first) * pieces.per_cell
    cell, tally = first, Tally(0)
    for part in spread(_piece, pieces, count, chunk=1, workers=workers, scheduler=scheduler):
        played = part.games
        if tally.games:
            part.merge(tally)
        tally, row = part, None
        if tally.games == sweep.games:
            row = row_of(sweep, cell, tally)
            cell, tally = cell + 1, Tally(0)
        yield Step(played, row)


def _piece(pieces: _Pieces, number: int, _count: int) -> Tally:
    cell, part = divmod(number, pieces.per_cell)
    sweep, begin = pieces.sweep, part * pieces.chunk
    setting, players = _ready(sweep, pieces.first + cell)
    expect((sweep.design.size - pieces.first) * sweep.games * setting.turns)
    keys = game_keys(sweep.seed, range(begin, min(begin + pieces.chunk, sweep.games)))
    return tally_games(setting, players, keys)[0]


@lru_cache(maxsize=4)
def _ready(sweep: Sweep, cell: int) -> tuple[Setting, dict[Seat, Player]]:
    """The rules and the players of a cell; its pieces follow one another."""
    settings = sweep.design.cell(cell)
    scenario = _varied(opened(sweep.scenario, _lens(sweep, settings)), settings)
    return scenario.setting, cast(scenario, _players(sweep, settings), people=True)


def _lens(sweep: Sweep, settings: Mapping[str, Value]) -> str:
    return str(settings.get(LENS, sweep.lens))


def _players(sweep: Sweep, settings: Mapping[str, Value]) -> dict[Seat, str]:
    return {seat: str(settings.get(seat.name.lower(), name)) for seat, name in sweep.players}


def _varied(scenario: Scenario, settings: Mapping[str, Value]) -> Scenario:
    """The scenario with the parameters and the opening of a cell."""
    numbers = {name: float(value) for name, value in settings.items() if not _names_a_part(name)}
    changes = {name: value for name, value in numbers.items() if "." in name}
    setting = scenario.setting
    if changes:
        setting = setting.under(through(setting.rulebook, changes))
    opening = setting.opening.copy()
    for name in numbers.keys() - changes.keys():
        getattr(opening, name)[:] = numbers[name]
        if name in ESTIMATED:
            opening.estimates[:, ESTIMATED.index(name)] = getattr(opening, name)
    return replace(scenario, setting=replace(setting, opening=opening))


def _names_a_part(axis: str) -> bool:
    return axis == LENS or axis in PLAYER_AXES


def settings_of(sweep: Sweep, cell: int) -> Row:
    """What the row of a cell says of its settings."""
    settings = sweep.design.cell(cell)
    row: Row = {
        "cell": cell,
        "scenario": str(sweep.scenario),
        "seed": str(sweep.seed),
        "games": sweep.games,
        LENS: _lens(sweep, settings),
    }
    row |= {seat.name.lower(): name for seat, name in _players(sweep, settings).items()}
    return row | settings


def row_of(sweep: Sweep, cell: int, tally: Tally) -> Row:
    """The row of a cell from what was counted in it."""
    row = settings_of(sweep, cell)
    spreads = [tally.attacks, tally.us_dead, tally.us_wounded, tally.highest_rung]
    spreads += [tally.marks[seat] for seat in SEATS]
    for measure, spread_of in zip(MEASURES, spreads, strict=True):
        row |= {f"{measure}_{name}": value for name, value in _statistics(spread_of).items()}
    shares = (int(tally.endings[e]) / tally.games for e in Ending if e is not Ending.NONE)
    return row | dict(zip(ENDINGS, shares, strict=True))


def _statistics(counted: Spread) -> dict[str, float | None]:
    return {
        "mean": counted.mean,
        "p05": counted.quantile(0.05),
        "p50": counted.median,
        "p95": counted.quantile(0.95),
        "se": counted.error,
    }
