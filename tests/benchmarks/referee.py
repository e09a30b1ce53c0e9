"""Speed of the referee and of the computer players, on one core, with the peers beside them.

    python tests/benchmarks/referee.py                  ours and whatever peers are installed
    python tests/benchmarks/referee.py --only ours      ours alone
    python tests/benchmarks/referee.py --phases         where the referee's time goes

A game-turn is four orders given at once and their whole adjudication in one game. "resolve" times
the referee alone, its check of every order included: random legal orders are drawn beforehand.
"doctrines" times everything: what four seats see, what they may order, their choices, the referee.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from peers import PEERS, Run, Workload, arguments, pin_to_one_core, run_benchmark

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.load import load_scenario
from game.futures.play import play
from game.players.base import assemble, decide
from game.players.library import default_players
from game.players.uniform import Uniform
from game.rules.legal import refusals
from game.rules.luck import game_keys
from game.rules.orders import Orders
from game.rules.resolve import PHASES, resolve
from game.rules.seats import SEATS
from game.rules.setting import Setting
from game.rules.state import State
from game.rules.turn import Turn

SCENARIO = "the_article"
SEED = 7


def _random_turns(setting: Setting, games: int) -> list[tuple[State, Orders]]:
    """Every turn of a batch played at random: the state before it and the orders."""
    player, turns = Uniform(), []
    state, outcome = setting.open_games(game_keys(SEED, range(games))), None
    while state.turn < setting.turns:
        choices = {s: decide(player, setting, state, outcome, s) for s in SEATS}
        orders = assemble(choices, games)
        turns.append((state, orders))
        state, outcome = resolve(setting, state, orders)
    return turns


def _resolve(games: int) -> Callable[[], Run]:
    def setup() -> Run:
        setting = load_scenario(SCENARIO).setting
        turns = _random_turns(setting, games)

        def run() -> int:
            for state, orders in turns:
                resolve(setting, state, orders)
            return games * len(turns)

        return run

    return setup


def _doctrines(games: int) -> Callable[[], Run]:
    def setup() -> Run:
        scenario = load_scenario(SCENARIO)
        players, keys = default_players(scenario), game_keys(SEED, range(games))

        def run() -> int:
            return games * sum(1 for _ in play(scenario.setting, players, keys))

        return run

    return setup


OURS = (
    Workload("ours: resolve, random orders, 4,096 games", "game-turns", _resolve(4096)),
    Workload("ours: resolve, random orders, 1 game", "game-turns", _resolve(1)),
    Workload("ours: four doctrines, 4,096 games", "game-turns", _doctrines(4096)),
    Workload("ours: four doctrines, 1 game", "game-turns", _doctrines(1)),
)


def phases(games: int = 4096, rounds: int = 9) -> None:
    """Prints the median milliseconds of each phase over all turns of random play."""
    setting = load_scenario(SCENARIO).setting
    spent: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        spent.setdefault(name, []).append((time.process_time() - start) * 1e3)

    turns = _random_turns(setting, games)
    for _ in range(rounds):
        for state, orders in turns:
            timed("check of orders", lambda s=state, o=orders: refusals(setting, s, o))
            timed("working copy", lambda s=state, o=orders: Turn.begin(setting, s, o))
            turn = Turn.begin(setting, state, orders)
            for phase in PHASES:
                timed(phase.__name__, lambda p=phase, t=turn: p(t))
    for name, values in spent.items():
        print(f"{name:<16} {median(values):6.2f} ms")


def main() -> int:
    """The command."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--phases", action="store_true", help="where the referee's time goes")
    options = parser.parse_args()
    if options.phases:
        pin_to_one_core()
        phases()
        return 0
    run_benchmark([*OURS, *PEERS], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
