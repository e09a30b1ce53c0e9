"""Speed of the futures: what-ifs, staff estimates and ensembles, on one core, beside the peers.

    python tests/benchmarks/futures.py                  ours and whatever peers are installed
    python tests/benchmarks/futures.py --only ours      ours alone
    python tests/benchmarks/futures.py --processes      two processes against one

Each has a bar, which is printed beside what it took in processor time.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from peers import PEERS, Run, Workload, arguments, run_benchmark

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.load import load_scenario
from game.futures.cast import cast
from game.futures.ensemble import Ensemble, run_chunks
from game.futures.plan import staff_estimate
from game.futures.play import play
from game.futures.whatif import Question, effect
from game.players.base import Dice, Options, options
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.seats import Seat

SCENARIO = "the_article"
SEED = 7
WHAT_IF = Question(turn=1, seat=Seat.US, deed="strike_depots", instead="hold", horizon=8)
DEEDS, FUTURES, TURNS = 12, 500, 12
"""Of a staff estimate."""
WHAT_IF_NAME = "ours: paired what-if, 2 x 2,000 x 8 turns"
ESTIMATE_NAME = "ours: staff estimate, 12 x 500 x 12 turns"
DOCTRINES_NAME = "ours: four doctrines"
BARS: dict[str, tuple[float, str]] = {
    WHAT_IF_NAME: (60, "ms"),
    ESTIMATE_NAME: (150, "ms"),
    DOCTRINES_NAME: (500_000, "game-turns/s"),
}
"""The most milliseconds, or the least game-turns a second at the best chunk."""
MANY = 200_000
"""Games of the comparison of processes."""


def _what_if() -> Run:
    """The strikes of December against holding, from the opening on."""
    scenario = load_scenario(SCENARIO)
    setting, players = scenario.setting, cast(scenario, {})
    state = setting.open_games(game_keys(SEED, range(2_000)))

    def run() -> int:
        assert effect(setting, players, players, WHAT_IF, state).games == state.games
        return 1

    return run


def _estimate() -> Run:
    scenario = load_scenario(SCENARIO)
    setting, players = scenario.setting, cast(scenario, {})
    state = setting.open_games(game_keys(SEED, range(1)))
    legal = options(setting, state, Seat.US)
    twelve = np.zeros_like(legal.deed)
    twelve[np.flatnonzero(legal.deed[:, 0])[:DEEDS]] = True
    assert twelve.sum() == DEEDS
    legal = Options(twelve, legal.word, legal.whisper)
    seen, dice = observe(setting, state, None, Seat.US), Dice.of(state, Seat.US)

    def run() -> int:
        staff_estimate(setting, seen, legal, players, dice, futures=FUTURES, turns=TURNS)
        return 1

    return run


def _doctrines(games: int) -> Callable[[], Run]:
    def setup() -> Run:
        scenario = load_scenario(SCENARIO)
        players, keys = cast(scenario, {}), game_keys(SEED, range(games))
        return lambda: games * sum(1 for _ in play(scenario.setting, players, keys))

    return setup


OURS = (
    Workload(WHAT_IF_NAME, "what-ifs", _what_if),
    Workload(ESTIMATE_NAME, "estimates", _estimate),
    *(
        Workload(f"{DOCTRINES_NAME}, {games:,} games", "game-turns", _doctrines(games))
        for games in (2048, 4096, 8192)
    ),
)


def beside_the_bars(only: str, rounds: int) -> None:
    """Prints each bar with the median and the best of some rounds in processor time, which on a
    quiet machine is the time that it takes, and on a busy one leaves out what others took.
    """
    for name, (bar, unit) in BARS.items():
        taken = [
            _processor_times(workload, rounds)
            for workload in OURS
            if workload.name.startswith(name) and only.lower() in workload.name.lower()
        ]
        if not taken:
            continue
        if unit == "ms":
            (told,) = taken
            middle, best = (1000 * choose(each for each, _ in told) for choose in (median, min))
            met = middle <= bar
        else:
            rates = [[done / each for each, done in told] for told in taken]
            middle, best = max(map(median, rates)), max(map(max, rates))
            met = middle >= bar
        print(
            f"{name}: {middle:,.0f} {unit} of processor time, best {best:,.0f}; bar {bar:,.0f}: "
            f"{'met' if met else 'NOT MET'}"
        )


def _processor_times(workload: Workload, rounds: int) -> list[tuple[float, int]]:
    """Seconds and units of each round, after one that is not counted."""
    run = workload.setup()
    run()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        done = run()
        times.append((time.process_time() - start, done))
    return times


def processes(rounds: int) -> None:
    """Prints how many times as fast two processes are as one, starting them included or not."""
    ensemble = Ensemble(SCENARIO, MANY, SEED)
    spent: dict[int, list[float]] = {1: [], 2: []}
    first: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers in (1, 2):
            start = time.perf_counter()
            for number, _part in enumerate(run_chunks(ensemble, workers=workers)):
                if not number:
                    first[workers].append(time.perf_counter() - start)
            spent[workers].append(time.perf_counter() - start)
    one, two = median(spent[1]), median(spent[2])
    print(f"{MANY:,} games: {one:.1f} s in one process, {two:.1f} s in two: {one / two:.2f} times")
    print(f"the first chunk after {median(first[1]):.2f} and {median(first[2]):.2f} s; bar 1.70")


def main() -> int:
    """The command."""
    parser = arguments((__doc__ or "").partition("\n")[0])
    parser.add_argument("--processes", action="store_true", help="two processes against one")
    given = parser.parse_args()
    if given.processes:
        processes(given.rounds)
        return 0
    run_benchmark([*OURS, *PEERS], given)
    beside_the_bars(given.only, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
