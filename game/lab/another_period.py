"""A teacher's scenario of another period, by data alone: what the rules make of it, with nothing
fitted to it and no rule that knows its days.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.dealt import undrawn
from game.content.lens import load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import play
from game.futures.statistics import estimate
from game.players.base import Choice, Dice, Options, holding_choice
from game.rules.luck import game_keys
from game.rules.observe import Observation
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Keys
from game.views.effects import Estimate
from game.views.names import number
from game.views.phrasebook import share, with_interval
from game.views.summary import day

from .depth.whole import halved
from .monthly import of_months
from .periods import DAY, Period, in_periods, months, turns
from .record import DATA, covering, opening_days
from .roster import doctrines
from .trajectories import ROCKETEERS, record_trajectories

Counts = NDArray[np.int64]
FILE = DATA / "february_to_june.toml"
GAMES, LEAST = 600, 100
"""How many are played, and how many for a first look."""
DECLARED = (3, 10)
"""The turns, from 0, in which a truce is declared."""
FOLLOWED = 6
"""Turns over which it is followed."""
FREE, HOLDING = "free", "holding"
WITHOUT: dict[str, str] = {
    FREE: "where they hold in that week and then do as they see fit",
    HOLDING: "where they hold all along without one",
}
"""What the militias do in the games that a truce is held against."""


def another_period(lens: str, seed: int, games: int = GAMES) -> dict[str, Any]:
    """Its months beside what came, a truce, and the same days in twice the turns.

    Args:
        lens: through which its rules are seen.
        seed: the luck.
        games: how many.
    """
    scenario = undrawn(seen_through(load_scenario(str(FILE)), load_lens(lens)))
    keys = game_keys(seed, range(games))
    attacks = record_trajectories(scenario, doctrines(scenario), keys).attacks
    finer = replace(scenario, setting=halved(scenario.setting))
    in_halves = record_trajectories(finer, doctrines(finer), keys).attacks
    weeks = turns(opening_days(scenario))
    whole = Period(weeks[0].start, weeks[-1].end)
    counts = in_periods(attacks, weeks, months(whole), np.random.default_rng([seed, len(weeks)]))
    before = months(Period(opening_days(covering())[0], whole.start - DAY))
    return {
        "title": scenario.title,
        "games": games,
        "months": of_months(months(whole), counts, before),
        "truces": [truce(scenario, turn, keys) for turn in DECLARED],
        "days": {
            "whole": round(float(attacks.sum(axis=0).mean()), 2),
            "halved": round(float(in_halves.sum(axis=0).mean()), 2),
        }
        | _difference(in_halves.sum(axis=0) - attacks.sum(axis=0)),
    }


# --- a truce


class _Ordered:
    """Orders a deed in one turn, where it may, and holds afterwards."""

    name = "ordered"

    def __init__(self, deed: int, turn: int) -> None:
        self._deed, self._turn = deed, turn

    def decide(
        self, _setting: Setting, observation: Observation, legal: Options, _dice: Dice
    ) -> Choice:
        """Its order of this turn."""
        choice = holding_choice(legal.deed.shape[1])
        if observation.turn == self._turn:
            choice.deed = self._deed * legal.deed[self._deed].astype(np.intp)
        return choice


def truce(scenario: Scenario, turn: int, keys: Keys) -> dict[str, Any]:
    """What a truce that the militias declare does to the attacks while it is kept, in games in
    which none held before.

    Args:
        scenario: where.
        turn: in which it is declared, from 0.
        keys: the games' luck, which is the same with it and without it.
    """
    every = range(turn, turn + FOLLOWED)
    with_it, holds, free = _followed(scenario, "truce", turn, every, keys)
    counted = (holds & free).astype(np.int64)
    found = {
        "declared": str(opening_days(scenario)[turn]),
        "games": int(free.sum()),
        "turns": round(float(counted[:, free].sum(axis=0).mean()), 2),
        "with": round(float((with_it * counted)[:, free].sum(axis=0).mean()), 2),
    }
    for name, ordered in ((FREE, range(turn, turn + 1)), (HOLDING, every)):
        without, _, _ = _followed(scenario, "hold", turn, ordered, keys)
        off = ((with_it - without) * counted).sum(axis=0)[free]
        mean = float((without * counted)[:, free].sum(axis=0).mean())
        found[name] = {"without": round(mean, 2)} | _difference(off)
    return found


def _followed(
    scenario: Scenario, deed: str, turn: int, ordered: Iterable[int], keys: Keys
) -> tuple[Counts, NDArray[np.bool_], NDArray[np.bool_]]:
    """Attacks after a turn in which the militias ordered a deed, (turns, games); whether a truce
    held as each of these turns began; and whether none did before, (games,).
    """
    place = scenario.setting.rulebook.deed(Seat.MILITIA, deed)
    kept = play(
        scenario.setting,
        doctrines(scenario),
        keys,
        until=turn + FOLLOWED,
        given={week: {Seat.MILITIA: _Ordered(place, turn)} for week in ordered},
        keep=("fire_attacks", "mil_truce"),
    ).kept
    fired = kept["fire_attacks"][turn + 1 :, list(ROCKETEERS)].sum(axis=1).astype(np.int64)
    return fired, kept["mil_truce"][turn:-1] > 0, kept["mil_truce"][turn - 1] == 0


def _difference(values: Counts) -> dict[str, float]:
    """The mean of paired differences, and luck's 95 % interval."""
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    found = estimate(float(values.mean()), error, values.size)
    return {name: round(getattr(found, name), 3) for name in ("mean", "low", "high")}


# --- in words


def describe_truce(row: Mapping[str, Any]) -> str:
    """What one of the truces did."""
    beside = [
        f"{called}, {row[name]['without']:.1f} ({_effect(row[name])}; "
        f"{share(row['with'] / row[name]['without'])} are left)"
        for name, called in WITHOUT.items()
    ]
    declared = day(date.fromisoformat(row["declared"]))
    return (
        f"A truce that the militias declare on {declared} and keep: while it holds, which is "
        f"{row['turns']:.1f} of the {number(FOLLOWED)} weeks after, there are {row['with']:.1f} "
        f"attacks; {', and '.join(beside)}."
    )


def describe_days(row: Mapping[str, Any]) -> str:
    """Whether attacks depend on days or on turns."""
    return (
        f"The same days in twice as many turns: {row['halved']:.1f} attacks in all, beside "
        f"{row['whole']:.1f}: {_effect(row)}."
    )


def _effect(row: Mapping[str, Any]) -> str:
    return with_interval(Estimate(row["mean"], math.nan, row["low"], row["high"]))
