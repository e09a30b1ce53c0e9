"""What the golden transcripts are of: two games of every scenario, with every turn's digest.

One is played by the scenario's own computer players, one by the orders that history gave.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from game.content.load import load_scenario, scenario_ids
from game.engine.plain import turn_by_turn as play
from game.players.library import HISTORY, default_players, player
from game.rules.luck import game_keys
from game.rules.seats import SEATS
from game.views.transcript import ending_lines, turn_lines

FOLDER = Path(__file__).parent
SEED = 2020
CASTS = ("default", HISTORY)


def names() -> list[str]:
    """The names of the files that there must be, none else."""
    return sorted(f"{scenario_id}.{cast}.txt" for scenario_id in scenario_ids() for cast in CASTS)


def transcript(name: str) -> str:
    """What the file of that name should hold."""
    scenario_id, cast, _ = name.split(".")
    return "\n".join(_lines(scenario_id, cast)) + "\n"


def _lines(scenario_id: str, cast: str) -> Iterator[str]:
    scenario = load_scenario(scenario_id)
    players = default_players(scenario)
    if cast == HISTORY:
        players = {seat: player(HISTORY, seat, scenario) for seat in SEATS}
    yield f"{scenario.title}: game 0 of seed {SEED}"
    yield "Players: " + ", ".join(f"{seat.name} {players[seat].name}" for seat in SEATS)
    keys = game_keys(SEED, np.array([0]))
    for state, outcome in play(scenario.setting, players, keys):
        yield ""
        yield from turn_lines(scenario, outcome.orders, outcome, state)
    yield ""
    yield from ending_lines(scenario, state)
