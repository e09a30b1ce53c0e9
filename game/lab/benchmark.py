"""What computer players scored in every seat of every scenario: what a person's score is held
against at the end of a game, and where another plan would have led.

    uv run python -m game.lab.benchmark

plays the games anew and writes the kept file; do so after every change of rules or doctrines.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from game.content.doctrine import load_doctrine
from game.content.load import doctrine_ids, load_scenario, scenario_ids
from game.content.scenario import Scenario
from game.engine.play import expect, play
from game.futures.cast import cast
from game.rules.endings import Ending
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.views.summary import DEAD

KEPT = Path(__file__).parent / "data" / "benchmark.json"
GAMES = 200
"""Of each plan in each seat."""
SEED = 20_200_103
HOLD = "hold"
"""The plan of who never orders anything."""


class Plan(NamedTuple):
    """What came of one way to play a seat, the others playing as they usually do."""

    id: str
    """A doctrine's id, or `HOLD`."""
    name: str
    mean: float
    """Of the seat's scores."""
    low: float
    """From here …"""
    high: float
    """… to here lie 90 of 100 games."""
    dead: float
    """Killed in a game, on all sides, on average."""
    war: float
    """The share of games that end in general war."""
    home: float
    """The share in which the Americans leave."""


class Benchmark(NamedTuple):
    """One seat of one scenario."""

    scores: tuple[int, ...]
    """Of `GAMES` computer players in this seat, its doctrines in equal parts; lowest first."""
    plans: tuple[Plan, ...]
    """The best mean first."""

    def better_than(self, score: float) -> int:
        """How many of ten who played this seat did worse, 0 to 10."""
        worse = sum(other < round(score) for other in self.scores)
        return int(10 * worse / len(self.scores))


def benchmark(scenario: str, seat: Seat) -> Benchmark | None:
    """What is kept of a seat; None where the scenario is none of the game's own."""
    rows = _kept().get(scenario)
    if rows is None:
        return None
    row = rows[seat.name]
    plans = tuple(Plan(**plan) for plan in row["plans"])
    return Benchmark(tuple(row["scores"]), plans)


@cache
def _kept() -> dict[str, Any]:
    if not KEPT.exists():
        return {}
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))["scenarios"]
    return kept


def measured(scenario: Scenario, seat: Seat, games: int = GAMES, seed: int = SEED) -> Benchmark:
    """Plays a seat in each of its ways, the same luck for all of them."""
    keys = game_keys(seed, range(games))
    plans, scores = [], []
    names = sorted(name for name, of in doctrine_ids().items() if of is seat)
    for place, name in enumerate([*names, HOLD]):
        plan, found = _played(scenario, seat, name, keys)
        plans.append(plan)
        if name != HOLD:
            share = np.array_split(found, len(names))[place]
            scores += [int(score) for score in np.rint(share)]
    return Benchmark(tuple(sorted(scores)), tuple(sorted(plans, key=lambda plan: -plan.mean)))


def _played(
    scenario: Scenario, seat: Seat, name: str, keys: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
) -> "tuple[Plan, np.ndarray[tuple[int], np.dtype[np.float32]]]":
    players = cast(scenario, {} if name == HOLD else {seat: name})
    if name == HOLD:
        del players[seat]
    played = play(scenario.setting, players, keys)
    marks = played.scores[seat]
    opening, ending = scenario.setting.opening, played.array("ending")
    dead = sum(played.array(column) - getattr(opening, column) for column, _, _ in DEAD)
    low, high = np.quantile(marks, (0.05, 0.95), method="inverted_cdf")
    home = (ending == Ending.EXPULSION) | (ending == Ending.WITHDRAWAL)
    plan = Plan(
        name,
        "Hold, always" if name == HOLD else load_doctrine(name).name,
        *(round(float(value), 1) for value in (marks.mean(), low, high, np.mean(dead))),
        *(round(float(np.mean(share)), 3) for share in (ending == Ending.GENERAL_WAR, home)),
    )
    return plan, marks


def main() -> None:
    """Measures all seats of all scenarios, and keeps what came of it."""
    found = {}
    for name in scenario_ids():
        scenario = load_scenario(name)
        expect(GAMES * scenario.setting.turns * 100)
        rows = {}
        for seat in SEATS:
            made = measured(scenario, seat)
            plans = [plan._asdict() for plan in made.plans]
            rows[seat.name] = {"scores": list(made.scores), "plans": plans}
        found[name] = rows
    told = json.dumps({"games": GAMES, "seed": SEED, "scenarios": found}, separators=(",", ":"))
    KEPT.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
