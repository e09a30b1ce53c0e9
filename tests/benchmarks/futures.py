"""Speed of the futures: what-ifs, staff estimates and ensembles, on one core, beside the peers.

    python tests/benchmarks/futures.py                  ours and whatever peers are installed
    python tests/benchmarks/futures.py --only ours      ours alone
    python tests/benchmarks/futures.py --by-numpy       without the compiled code (extra `fast`)
    python tests/benchmarks/futures.py --workers-too      two workers against one

Each has a bar, which is printed beside what it took in processor time.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from bars import COMPILED, NUMPY, beside_the_bars
from peers import PEERS, Run, Workload, arguments, run_benchmark

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.load import load_scenario
from game.engine import play as engine
from game.futures.cast import cast
from game.futures.consequences import consequences
from game.futures.ensemble import Ensemble, run_chunks
from game.futures.tally import KEPT
from game.futures.whatif import Question, effect
from game.players.base import Dice, Options, options
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.orders import HOLD
from game.rules.seats import Seat

SCENARIO = "the_article"
SEED = 7
WHAT_IF = Question(turn=1, seat=Seat.US, deed="strike_depots", instead="hold", horizon=8)
DEEDS, FUTURES, TURNS = 12, 500, 12
"""Of a staff estimate."""
WHAT_IF_NAME = "paired what-if, 2 x 2,000 x 8 turns"
ESTIMATE_NAME = "staff estimate, 12 x 500 x 12 turns"
DOCTRINES_NAME = "four doctrines"
BARS: dict[str, tuple[float, str]] = {
    WHAT_IF_NAME: (28, "ms"),
    ESTIMATE_NAME: (61, "ms"),
    DOCTRINES_NAME: (2_000_000, "game-turns/s"),
}
"""See `bars.Bars`; the doctrines' is for the best chunk."""
MANY = 200_000
"""Games of the comparison of processes."""


def _what_if() -> Run:
    """The strikes of December against holding, from the opening on."""
    scenario = load_scenario(SCENARIO)
    setting, players = scenario.setting, cast(scenario, {})
    keys = game_keys(SEED, range(2_000))

    def run() -> int:
        assert effect(setting, players, players, WHAT_IF, keys).games == keys.size
        return 1

    return run


def _estimate() -> Run:
    scenario = load_scenario(SCENARIO)
    setting = scenario.setting
    state = setting.open_games(game_keys(SEED, range(1)))
    legal = options(setting, state, Seat.US)
    twelve = np.zeros_like(legal.deed)
    twelve[np.flatnonzero(legal.deed[:, 0])[:DEEDS]] = True
    assert twelve.sum() == DEEDS
    legal = Options(twelve, legal.word, legal.whisper)
    seen, dice = observe(setting, state, None, Seat.US), Dice.of(state, Seat.US)

    def run() -> int:
        consequences(scenario, seen, legal, HOLD, dice, FUTURES, TURNS)
        return 1

    return run


def _doctrines(games: int) -> Callable[[], Run]:
    def setup() -> Run:
        scenario = load_scenario(SCENARIO)
        players, keys = cast(scenario, {}), game_keys(SEED, range(games))

        def run() -> int:
            engine.play(scenario.setting, players, keys, keep=KEPT)
            return games * scenario.setting.turns

        return run

    return setup


def ours(start: str) -> tuple[Workload, ...]:
    """Our workloads; their names begin with the code that runs them."""
    return (
        Workload(f"{start}: {WHAT_IF_NAME}", "what-ifs", _what_if),
        Workload(f"{start}: {ESTIMATE_NAME}", "estimates", _estimate),
        *(
            Workload(f"{start}: {DOCTRINES_NAME}, {games:,} games", "game-turns", _doctrines(games))
            for games in (2048, 4096, 8192)
        ),
    )


def processes(rounds: int) -> None:
    """Prints how many times as fast two workers are as one: threads, where machine code plays."""
    list(run_chunks(Ensemble(SCENARIO, 1, SEED)))  # what has to be compiled is not timed
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
    print(f"{MANY:,} games: {one:.1f} s by one worker, {two:.1f} s by two: {one / two:.2f} times")
    print(f"the first chunk after {median(first[1]):.2f} and {median(first[2]):.2f} s; bar 1.80")


def main() -> int:
    """The command."""
    parser = arguments((__doc__ or "").partition("\n")[0])
    parser.add_argument("--workers-too", action="store_true", help="two workers against one")
    parser.add_argument(
        "--by-numpy",
        action="store_true",
        help="without the compiled code, but for --workers-too",
    )
    given = parser.parse_args()
    compiled = not given.by_numpy and engine.use_compiled()
    if not compiled:
        engine.use(engine.Way.TAPES)
    if given.workers_too:
        processes(given.rounds)
        return 0
    workloads = ours(COMPILED if compiled else NUMPY)
    run_benchmark([*workloads, *PEERS], given)
    beside_the_bars(workloads, BARS, given.only, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
