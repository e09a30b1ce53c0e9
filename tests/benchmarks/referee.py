"""Speed of the referee and of the computer players, on one core, with the peers beside them.

    python tests/benchmarks/referee.py                  ours and whatever peers are installed
    python tests/benchmarks/referee.py --only ours      ours alone
    python tests/benchmarks/referee.py --phases         where the referee's time goes

Ours is measured by the rules' own code and, where the extra `fast` is there, by machine code.

A game-turn is four orders given at once and their whole adjudication in one game. "resolve" times
the referee alone, its check of every order included: random legal orders are drawn beforehand.
"doctrines" times everything: what four seats see, what they may order, their choices, the referee.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bars import COMPILED, NUMPY, Bars, beside_the_bars
from peers import PEERS, Run, Workload, arguments, pin_to_one_core, run_benchmark

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.load import load_scenario
from game.engine import play as engine
from game.players.base import assemble, decide
from game.players.library import default_players
from game.players.uniform import Uniform
from game.rules.games import Games
from game.rules.legal import refusals
from game.rules.luck import game_keys
from game.rules.orders import Orders
from game.rules.resolve import PHASES, resolve
from game.rules.seats import SEATS
from game.rules.setting import Setting
from game.rules.state import State

SCENARIO = "the_article"
SEED = 7
BARS: Bars = {
    "resolve, random orders, 1 game": (2.7, "ms"),
    f"{COMPILED}: four doctrines, 4,096 games": (2_000_000, "game-turns/s"),
}


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


def _doctrines(games: int, *, compiled: bool) -> Callable[[], Run]:
    def setup() -> Run:
        scenario = load_scenario(SCENARIO)
        setting, players = scenario.setting, default_players(scenario)
        keys = game_keys(SEED, range(games))

        def run() -> int:
            engine.use(engine.Way.MACHINE if compiled else engine.Way.TAPES)
            engine.play(setting, players, keys)
            return games * setting.turns

        return run

    return setup


def _told(games: int) -> str:
    return "1 game" if games == 1 else f"{games:,} games"


def ours() -> list[Workload]:
    """Our workloads by the rules' own code and, where it can be made, by machine code."""
    workloads = [
        Workload(f"{NUMPY}: resolve, random orders, {_told(games)}", "game-turns", _resolve(games))
        for games in (4096, 1)
    ]
    for start, games, compiled in (
        (NUMPY, 4096, False),
        (NUMPY, 1, False),
        (COMPILED, 4096, True),
    ):
        if not compiled or engine.use_compiled():
            name = f"{start}: four doctrines, {_told(games)}"
            work = _doctrines(games, compiled=compiled)
            workloads.append(Workload(name, "game-turns", work))
    return workloads


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
            now = setting.moments[state.turn]
            timed("working copy", lambda s=state, o=orders, n=now: Games.begin(s, o, n))
            working = Games.begin(state, orders, now)
            for phase in PHASES:
                timed(phase.__name__, lambda p=phase, g=working, n=now: p(g, setting.tables, n))
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
    workloads = ours()
    run_benchmark([*workloads, *PEERS], options)
    beside_the_bars(workloads, BARS, options.only, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
