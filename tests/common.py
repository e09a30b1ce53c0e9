"""What the tests share: scenarios read once and locked, casts, games played through, comparisons.

Everything that is handed out is locked: a function that writes into what it was given raises.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from game.content.doctrine import PEOPLE
from game.content.load import doctrine_ids, load_scenario, scenario_ids
from game.content.scenario import Scenario
from game.engine.plain import turn_by_turn as play
from game.players import library
from game.players.base import Player
from game.rules.luck import game_keys
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State

SCENARIOS: tuple[str, ...] = scenario_ids()
ARTICLE = "the_article"
SHORTEST = "turn_zero"

PLAYERS_FOR_ANY_SEAT: tuple[str, ...] = tuple(
    value
    for name, value in vars(library).items()
    if name.isupper() and isinstance(value, str) and value != PEOPLE
)
"""The names in the library that are not doctrines; a new constant there is included by itself."""
DOCTRINES: dict[str, Seat] = doctrine_ids()
PLAYERS: tuple[tuple[str, Seat], ...] = (
    *((name, seat) for name in PLAYERS_FOR_ANY_SEAT for seat in SEATS),
    *DOCTRINES.items(),
    *((PEOPLE + name, seat) for name, seat in DOCTRINES.items()),
)
"""Every player that the library can name, with every seat that it can play."""
CASTS: tuple[str, ...] = ("default", *PLAYERS_FOR_ANY_SEAT)


@cache
def scenario(scenario_id: str) -> Scenario:
    """A scenario of the game's own, read once, its tables and opening locked."""
    read = load_scenario(scenario_id)
    lock(read.setting)
    lock(read.historical_orders)
    return read


def setting(scenario_id: str) -> Setting:
    return scenario(scenario_id).setting


@cache
def cast(scenario_id: str, name: str) -> dict[Seat, Player]:
    """Four players: the scenario's own by the book, or as people choose, or one kind for every
    seat.
    """
    read = scenario(scenario_id)
    if name == "default":
        return library.default_players(read)
    if name == "people":
        return {s: library.player(library.usual(read, s, people=True), s, read) for s in SEATS}
    return {seat: library.player(name, seat, read) for seat in SEATS}


class Moment(NamedTuple):
    """A batch at the start of a turn, and what happened in the turn before."""

    state: State
    outcome: Outcome | None


def film(scenario_id: str, cast_name: str, seed: int, games: Sequence[int] | range) -> list[Moment]:
    """Every moment of the numbered games, from the opening to the end; locked."""
    rules, keys = setting(scenario_id), game_keys(seed, np.asarray(games, np.int64))
    moments = [Moment(rules.open_games(keys), None)]
    moments += [Moment(*shot) for shot in play(rules, cast(scenario_id, cast_name), keys)]
    lock(moments)
    return moments


@cache
def random_film(scenario_id: str, games: int = 64, seed: int = 11) -> list[Moment]:
    """Games of random legal play: states of all kinds that can be reached."""
    return film(scenario_id, library.UNIFORM, seed, range(games))


def arrays(record: Any, path: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array inside a record, with its path."""
    if isinstance(record, np.ndarray):
        yield path, record
    elif is_dataclass(record):
        for f in fields(record):
            yield from arrays(getattr(record, f.name), f"{path}.{f.name}")
    elif isinstance(record, dict | MappingProxyType):
        for key, value in record.items():
            yield from arrays(value, f"{path}[{key!r}]")
    elif isinstance(record, tuple | list):
        for index, value in enumerate(record):
            yield from arrays(value, f"{path}[{index}]")


def lock(record: Any) -> None:
    """Makes every array inside a record read-only, for good."""
    for _, array in arrays(record):
        array.flags.writeable = False


def bits(record: Any, games: Any = slice(None)) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    """Type, shape and bits of every array, by path; `games` picks from the last axis."""
    return {
        path: (array.dtype.str, (part := array[..., games]).shape, part.tobytes())
        for path, array in arrays(record)
    }


def difference(left: Any, right: Any, games: Any = slice(None)) -> str:
    """Where the arrays of two records differ in any bit; empty where they do not.

    `games` picks the games of `left` that should be those of `right`.
    """
    ours, theirs = bits(left, games), bits(right)
    if ours.keys() != theirs.keys():
        return f"other fields: {sorted(ours.keys() ^ theirs.keys())}"
    return ", ".join(path for path in ours if ours[path] != theirs[path])


def unlocked(record: Any) -> Any:
    """A copy of a State, an Outcome or Orders that may be written into."""
    return type(record)(
        **{
            f.name: value.copy()
            if isinstance(value := getattr(record, f.name), np.ndarray)
            else unlocked(value)
            if isinstance(value, Orders)
            else value
            for f in fields(record)
        }
    )


def ids(values: Sequence[Any]) -> list[str]:
    """Names for pytest's parameters."""
    return ["-".join(str(getattr(v, "name", v)) for v in value) for value in values]
