"""What the model expects of a scenario, to be written down before anybody knows what comes."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.dealt import undrawn
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import expect, is_compiled, play
from game.futures.parallel import spread
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat

from .changes import WITNESS_SEED, WITNESSES, fingerprint, since
from .count_scores import Odds, mean, of_games, quantile
from .lodged import OUTER
from .measures import MEASURES
from .periods import Period, in_periods, months, turns
from .record import opening_days
from .roster import doctrines
from .scores import HALF
from .trajectories import CHUNK, KEPT, Trajectories, joined, watched

Counted = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be foretold, and by how many games. It can be sent to another process."""

    scenario: str
    """An id or a file."""
    games: int
    seed: int


class _Part(NamedTuple):
    """Some of the games."""

    shown: Trajectories
    deeds: tuple[Counted, ...]
    """For each seat (turns, deeds): in how many games each was ordered."""


def open_forecast(scenario: str) -> Scenario:
    """The scenario as forecasts play it: by the balanced lens, with nothing drawn.

    Raises:
        ContentError: there is none, or it has mistakes.
    """
    return undrawn(load_scenario(scenario))


def foretell(asked: Request, *, workers: int = 1) -> dict[str, Any]:
    """Plays the scenario and writes down how often everything came: see `lodged.Forecast`.

    Args:
        asked: what is to be foretold.
        workers: processes; they change nothing but the time.

    Raises:
        ContentError: the scenario has mistakes.
    """
    scenario = open_forecast(asked.scenario)
    expect(asked.games * scenario.setting.turns)
    threads = is_compiled(doctrines(scenario))
    parts = list(spread(_part, asked, asked.games, chunk=CHUNK, workers=workers, threads=threads))
    shown = joined(part.shown for part in parts)
    return {
        "forecast": f"{scenario.title}, by the game's own model",
        "by": f"python main.py forecast --games {asked.games} --seed {asked.seed}",
        "made_on": str(date.today()),
        "scenario": asked.scenario,
        "games": asked.games,
        "seed": asked.seed,
        "rests_on": rests_on(scenario),
        "count": list(_counts(scenario, shown, asked.seed)),
        "move": list(_moves(scenario, (part.deeds for part in parts))),
    }


def _part(asked: Request, first: int, games: int) -> _Part:
    scenario = open_forecast(asked.scenario)
    expect(asked.games * scenario.setting.turns)
    keys = game_keys(asked.seed, range(first, first + games))
    kept = play(scenario.setting, doctrines(scenario), keys, keep=KEPT).kept
    shown = watched(scenario, kept)
    book = scenario.setting.rulebook
    deeds = tuple(
        np.stack([np.bincount(row[on], minlength=len(book.deeds[seat])) for row, on in rows])
        for seat in SEATS
        if (rows := list(zip(kept["deed"][:, seat], shown.on > 0, strict=True)))
    )
    return _Part(shown, deeds)


def _counts(scenario: Scenario, shown: Trajectories, seed: int) -> Iterator[dict[str, Any]]:
    """Every measure by month, as a whole, and by turn."""
    by_turn = turns(opening_days(scenario))
    whole = Period(by_turn[0].start, by_turn[-1].end)
    by_month = months(whole)
    for place, (name, measure) in enumerate(MEASURES.items()):
        luck = np.random.default_rng([seed, place])
        of_turns = measure.of_games(shown)
        of_months = in_periods(of_turns, by_turn, by_month, luck, on_one_day=measure.on_one_day)
        if len(by_month) > 1:
            yield count_row(name, whole, of_turns.sum(axis=0))
        for month, counts in zip(by_month, of_months, strict=True):
            yield count_row(name, month, counts)
        for number, (turn, counts) in enumerate(zip(by_turn, of_turns, strict=True), 1):
            yield count_row(name, turn, counts, number)


def count_row(
    measure: str, period: Period, counts: NDArray[np.integer], turn: int | None = None
) -> dict[str, Any]:
    """A row of a forecast's file: see `lodged.CountRow`.

    Args:
        measure: what is counted.
        period: in which days.
        counts: (games,) how often it came.
        turn: the turn's number, where it is of one.
    """
    odds = of_games(counts)
    return {
        "measure": measure,
        **({} if turn is None else {"turn": turn}),
        "from": str(period.start),
        "to": str(period.end),
        "mean": round(mean(odds), 3),
        "low": quantile(odds, OUTER),
        "middle": quantile(odds, 0.5),
        "high": quantile(odds, 1 - OUTER),
        "odds": _rounded(odds),
    }


def _moves(scenario: Scenario, parts: Iterable[tuple[Counted, ...]]) -> Iterator[dict[str, Any]]:
    """How often each seat ordered each deed in each turn, among the games that were still on."""
    summed = [np.sum(columns, axis=0) for columns in zip(*parts, strict=True)]
    book = scenario.setting.rulebook
    for turn, text in enumerate(scenario.turns):
        for seat in SEATS:
            counts = summed[seat][turn]
            if not counts.sum():
                continue
            # What no game has shown is not impossible (Krichevsky and Trofimov 1981).
            odds = _rounded((counts + HALF) / (counts.sum() + HALF * counts.size))
            names = [deed.id for deed in book.deeds[seat]]
            yield {
                "turn": turn + 1,
                "date": str(text.date),
                "seat": Seat(seat).name,
                "odds": dict(zip(names, odds, strict=True)),
            }


def _rounded(odds: Odds) -> list[float]:
    """To seven decimals, more than any number of games can tell."""
    return [round(float(share), 7) for share in odds]


# --- what it rests on


def rests_on(scenario: Scenario) -> dict[str, Any]:
    """What the model was: see `changes.fingerprint`, and how some games of the scenario go."""
    return fingerprint() | {"scenario": _witnessed(scenario)}


def changed_since(kept: Mapping[str, Any], scenario: Scenario) -> list[str]:
    """What has changed since a forecast was made, in sentences; none where all is as it was.

    Args:
        kept: its `rests_on`.
        scenario: as it is today.
    """
    changed = since(kept)._replace(record=False)
    told = changed.describe("the forecast")
    if not told and kept["scenario"] != _witnessed(scenario):
        told = ["The scenario has changed since the forecast."]
    return told


def _witnessed(scenario: Scenario) -> str:
    keys = game_keys(WITNESS_SEED, range(WITNESSES))
    digests = play(scenario.setting, doctrines(scenario), keys).digests
    return hashlib.sha256(digests.tobytes()).hexdigest()[:16]
