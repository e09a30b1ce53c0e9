"""Random-play speed of other game and simulation engines, on one core.

Run it as a script to measure the peers alone::

    python tests/benchmarks/peers.py --rounds 5 --seconds 0.5 --json peers.json

or take the parts from another benchmark in this folder, so that its own workloads are
measured in the same interleaved run::

    from peers import PEERS, Workload, format_table, measure, pin_to_one_core

    pin_to_one_core()
    results = measure([Workload("ours", "game-turns", setup), *PEERS], rounds=5)
    print(format_table(results))

Every peer is optional: one that is missing is reported as such, with the command that
would install it. What the units mean is explained in README.md beside this file.
"""

# ruff: noqa: PLC0415  (a peer is imported only where it is set up, for it may be missing)

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

Run = Callable[[], int]
"""One call plays some units of work and returns how many."""

NODE_SCRIPT = Path(__file__).with_name("boardgame_io_peer.js")
PGX_BATCH = 4096


class NotInstalledError(Exception):
    """A peer's package, or the program that it needs, is missing."""


@dataclass(frozen=True)
class Workload:
    """Something whose speed is measured.

    ``setup`` prepares whatever should not be timed and returns the function that is. A
    workload with an ``install`` command is a peer: where it is missing or broken it is
    reported and passed over. One without is the project's own, and its errors are raised.
    """

    name: str
    unit: str
    setup: Callable[[], Run]
    install: str = ""
    version: Callable[[], str] = field(default=lambda: "")

    @property
    def optional(self) -> bool:
        """Whether the run goes on without this workload."""
        return bool(self.install)


@dataclass
class Result:
    """What was measured of one workload: units per second, one figure a round."""

    name: str
    unit: str
    version: str = ""
    rates: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the rounds' figures."""
        return statistics.median(self.rates)

    @property
    def spread(self) -> float:
        """The distance from the slowest to the fastest round, as a part of the median."""
        return (max(self.rates) - min(self.rates)) / self.median

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values, for JSON."""
        out: dict[str, Any] = {"name": self.name, "unit": f"{self.unit}/s"}
        out["version"] = self.version
        if self.rates:
            out |= {"median": self.median, "low": min(self.rates), "high": max(self.rates)}
            out["rates"] = self.rates
        if self.note:
            out["note"] = self.note
        return out


# --- measuring ---------------------------------------------------------------------------


def pin_to_one_core(core: int | None = None) -> int | None:
    """Keep this process, its threads and its children on one core.

    Call it before the packages that are measured are imported: numerical libraries size
    their thread pools at import. Without ``core`` the last of the allowed ones is taken.
    Returns the core, or None where the system cannot pin (the pools are limited anyway).
    """
    for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA"):
        os.environ[f"{name}_NUM_THREADS"] = "1"
    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {chosen})
    return chosen


def measure(
    workloads: Iterable[Workload],
    rounds: int = 5,
    seconds_per_round: float = 0.5,
    report: Callable[[str], None] | None = None,
) -> list[Result]:
    """Measure the workloads in interleaved rounds; results come in the order given.

    All are set up and warmed up for one slot's time first, so that compiling and caching are
    not timed. Then every round gives every workload one slot, starting with another one each
    round, so that a slow minute of the machine falls on all alike. A slot ends with the first
    call that passes ``seconds_per_round``; its figure is taken over the time really used.
    """
    say = report or (lambda _line: None)
    results: list[Result] = []
    ready: list[tuple[Result, Run]] = []
    for workload in workloads:
        say(f"preparing {workload.name}")
        result = Result(workload.name, workload.unit)
        results.append(result)
        try:
            run = workload.setup()
            _rate(run, seconds_per_round)
            result.version = workload.version()
        except Exception as error:
            if not workload.optional:
                raise
            result.note = _reason(error, workload)
            continue
        ready.append((result, run))

    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        start = number * len(ready) // max(rounds, 1)
        for result, run in ready[start:] + ready[:start]:
            gc.collect()
            result.rates.append(_rate(run, seconds_per_round))
    return results


def _rate(run: Run, seconds: float) -> float:
    """Units per second of repeated calls that fill ``seconds``."""
    units = 0
    begin = time.perf_counter()
    while True:
        units += run()
        elapsed = time.perf_counter() - begin
        if elapsed >= seconds:
            return units / elapsed


def _reason(error: Exception, workload: Workload) -> str:
    """Why a peer has no figure, in one line."""
    if isinstance(error, ModuleNotFoundError | NotInstalledError):
        return f"not installed: {workload.install}"
    text = " ".join(str(error).split())[:100]
    return f"failed: {type(error).__name__}: {text}"


def conditions(rounds: int, seconds_per_round: float) -> dict[str, Any]:
    """Under what conditions a run is made, for the table's head and the JSON file."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else (0.0, 0.0, 0.0)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "load_average": [round(value, 2) for value in load],
        "system": platform.system(),
        "python": platform.python_version(),
        "rounds": rounds,
        "seconds_per_round": seconds_per_round,
    }


def _cpu_model() -> str:
    """The processor's name as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine()


def format_table(results: Sequence[Result]) -> str:
    """The results as an aligned table that is also valid Markdown."""
    head = ("what", "version", "median", "low to high", "spread", "unit")
    rows: list[tuple[str, ...]] = [head, ("---",) * len(head)]
    for result in results:
        if result.rates:
            extent = f"{_figure(min(result.rates))} to {_figure(max(result.rates))}"
            figures = (_figure(result.median), extent, f"{result.spread:.0%}")
        else:
            figures = ("-", result.note or "not measured", "-")
        rows.append((result.name, result.version or "-", *figures, f"{result.unit}/s"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _figure(value: float) -> str:
    """A rate to three significant digits, in full: 6394211 becomes 6,390,000."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 100 else f"{value:.3g}"


# --- OpenSpiel ---------------------------------------------------------------------------


def _openspiel_opening(game: Any, rng: random.Random) -> Any:
    """A new state of the game, with the chance before the first decision drawn."""
    state = game.new_initial_state()
    while state.is_chance_node():
        _openspiel_chance(state, rng)
    return state


def _openspiel_chance(state: Any, rng: random.Random) -> None:
    """Draw one outcome of a chance node and apply it."""
    actions, weights = zip(*state.chance_outcomes(), strict=True)
    state.apply_action(rng.choices(actions, weights)[0])


def _openspiel_play(state: Any, rng: random.Random) -> int:
    """Play a state to its end at random; returns the players' decisions, chance not counted."""
    moves = 0
    while not state.is_terminal():
        if state.is_chance_node():
            _openspiel_chance(state, rng)
        else:
            state.apply_action(rng.choice(state.legal_actions()))
            moves += 1
    return moves


def _openspiel_bindings(game_name: str, games: int) -> Callable[[], Run]:
    """Games played through OpenSpiel's Python bindings, a call for every question and move."""

    def setup() -> Run:
        import pyspiel

        if game_name.startswith("python_"):
            import open_spiel.python.games  # noqa: F401  (registers the games)

        game = pyspiel.load_game(game_name)
        rng = random.Random(1)
        return lambda: sum(
            _openspiel_play(_openspiel_opening(game, rng), rng) for _ in range(games)
        )

    return setup


def _openspiel_native(game_name: str, rollouts: int, sample: int) -> Callable[[], Run]:
    """Games played to the end inside OpenSpiel's C++.

    The bindings give no rollout by itself, but a tree search of one simulation is just
    that: the evaluator plays ``rollouts`` games from the root. It tells no number of moves,
    so the mean length of ``sample`` random games played before stands in for it.
    """

    def setup() -> Run:
        import pyspiel

        game = pyspiel.load_game(game_name)
        rng = random.Random(1)
        lengths = [_openspiel_play(_openspiel_opening(game, rng), rng) for _ in range(sample)]
        moves = round(rollouts * statistics.fmean(lengths))
        evaluator = pyspiel.RandomRolloutEvaluator(rollouts, 1)
        search = pyspiel.MCTSBot(game, evaluator, 2.0, 1, 1, False, 1, False)

        def run() -> int:
            # The search cannot start from a chance node, hence the opening drawn here.
            search.mcts_search(_openspiel_opening(game, rng))
            return moves

        return run

    return setup


# --- pgx ---------------------------------------------------------------------------------


def _pgx(game_name: str, steps: int) -> Callable[[], Run]:
    """A batch of games that start anew when they end, ``steps`` steps in one compiled loop."""

    def setup() -> Run:
        import jax
        import jax.numpy as jnp
        import pgx
        from pgx.experimental import auto_reset

        env = pgx.make(game_name)
        step = jax.vmap(auto_reset(env.step, env.init))

        def choose(key: Any, legal: Any) -> Any:
            # The k-th legal action, k uniform: on a CPU faster than pgx's own act_randomly.
            below = jnp.cumsum(legal.astype(jnp.int32), axis=-1)
            share = jax.random.uniform(key, legal.shape[:1])
            chosen = jnp.floor(share * below[:, -1]).astype(jnp.int32)
            return jnp.sum(below <= chosen[:, None], axis=-1)

        def one_step(carry: Any, _: None) -> tuple[Any, None]:
            states, key = carry
            key, for_choice, for_step = jax.random.split(key, 3)
            actions = choose(for_choice, states.legal_action_mask)
            states = step(states, actions, jax.random.split(for_step, PGX_BATCH))
            return (states, key), None

        def many_steps(carry: Any) -> Any:
            return jax.lax.scan(one_step, carry, None, length=steps)[0]

        compiled = jax.jit(many_steps, donate_argnums=0)
        keys = jax.random.split(jax.random.PRNGKey(0), PGX_BATCH)
        carry = (jax.jit(jax.vmap(env.init))(keys), jax.random.PRNGKey(1))

        def run() -> int:
            nonlocal carry
            carry = compiled(carry)
            jax.block_until_ready(carry)  # type: ignore[no-untyped-call,unused-ignore]
            return PGX_BATCH * steps

        return run

    return setup


# --- Mesa, catanatron, PettingZoo --------------------------------------------------------


def _mesa() -> Run:
    """A model of four agents that each draw one of twelve acts a step, and nothing else."""
    import mesa

    class Seat(mesa.Agent):  # type: ignore[misc,unused-ignore]
        """An agent that acts at random."""

        act = 0

        def step(self) -> None:
            """Draw an act."""
            self.act = self.random.randrange(12)

    class Table(mesa.Model):  # type: ignore[misc,unused-ignore]
        """Four seats."""

        def __init__(self) -> None:
            super().__init__(seed=1)
            for _ in range(4):
                Seat(self)

        def step(self) -> None:
            """Let every seat act once."""
            self.agents.do("step")

    table = Table()

    def run() -> int:
        for _ in range(1000):
            table.step()
        return 1000

    return run


def _catanatron() -> Run:
    """Four random players; the end of a game is looked for at every decision, as in play()."""
    from catanatron import Color, Game, RandomPlayer

    def new_game() -> Any:
        return Game([RandomPlayer(color) for color in Color], seed=seeds.randrange(1, 2**31))

    seeds = random.Random(1)
    game = new_game()

    def run() -> int:
        nonlocal game
        for _ in range(500):
            if game.winning_color() is not None or game.state.num_turns >= 1000:
                game = new_game()
            game.play_tick()
        return 500

    return run


def _pettingzoo_tictactoe() -> Run:
    """Tic-tac-toe by the turn-by-turn interface, wrapped as the package serves it."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from pettingzoo.classic.tictactoe.tictactoe import env as make

    env = make()
    spaces = {name: env.action_space(name) for name in env.possible_agents}
    for number, space in enumerate(spaces.values()):
        space.seed(number)

    def run() -> int:
        moves = 0
        for _ in range(10):
            env.reset()
            for agent in env.agent_iter():
                observation, _, terminated, truncated, _ = env.last()
                if terminated or truncated:
                    env.step(None)
                else:
                    env.step(spaces[agent].sample(observation["action_mask"]))
                    moves += 1
        return moves

    return run


def _pettingzoo_rps() -> Run:
    """Rock, paper, scissors by the interface for simultaneous moves."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from pettingzoo.classic.rps.rps import parallel_env

    env = parallel_env()
    spaces = {name: env.action_space(name) for name in env.possible_agents}
    for number, space in enumerate(spaces.values()):
        space.seed(number)

    def run() -> int:
        steps = 0
        env.reset()
        while env.agents:
            env.step({agent: spaces[agent].sample() for agent in env.agents})
            steps += 1
        return steps

    return run


# --- boardgame.io ------------------------------------------------------------------------


class _Node:
    """A Node process that plays games for a while when told to, one line each way."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            raise NotInstalledError("node")
        environment = os.environ | {"NODE_ENV": "production"}
        # It ends by itself when its input is closed, at the latest with this process.
        process = subprocess.Popen(
            [node, str(NODE_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stdin and process.stdout and process.stderr  # noqa: PT018
        self._stdin, self._stdout = process.stdin, process.stdout
        self.version = self._stdout.readline().strip()
        if not self.version:
            complaint = process.stderr.read()
            process.wait()
            if "Cannot find module" in complaint:
                raise NotInstalledError("boardgame.io")
            raise RuntimeError(complaint or "node ended without a word")

    def __call__(self) -> int:
        """Have it play a slice of games; returns the moves that it made."""
        self._stdin.write("play\n")
        self._stdin.flush()
        return int(self._stdout.readline())


def _boardgame_io() -> Workload:
    """The workload, which knows its version only from the process that it starts."""
    started: list[_Node] = []

    def setup() -> Run:
        started.append(_Node())
        return started[-1]

    return Workload(
        "boardgame.io tic-tac-toe",
        "moves",
        setup,
        "npm install boardgame.io  (and NODE_PATH set to its node_modules)",
        lambda: started[-1].version,
    )


# --- the list ----------------------------------------------------------------------------


def _peer(
    name: str, unit: str, setup: Callable[[], Run], package: str, extra: str = ""
) -> Workload:
    """A workload of a package from PyPI."""
    command = f'pip install "{package}{extra}"' if extra else f"pip install {package}"
    return Workload(name, unit, setup, command, lambda: metadata.version(package))


PEERS: tuple[Workload, ...] = (
    _peer(
        "OpenSpiel C++ tic-tac-toe",
        "moves",
        _openspiel_native("tic_tac_toe", 10_000, 5_000),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel C++ Leduc",
        "moves",
        _openspiel_native("leduc_poker", 10_000, 5_000),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel C++ backgammon",
        "moves",
        _openspiel_native("backgammon", 20, 100),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel bindings tic-tac-toe",
        "moves",
        _openspiel_bindings("tic_tac_toe", 1_000),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel bindings Leduc",
        "moves",
        _openspiel_bindings("leduc_poker", 1_000),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel bindings backgammon",
        "moves",
        _openspiel_bindings("backgammon", 5),
        "open_spiel",
    ),
    _peer(
        "OpenSpiel Python-written tic-tac-toe",
        "moves",
        _openspiel_bindings("python_tic_tac_toe", 50),
        "open_spiel",
    ),
    _peer("pgx tic-tac-toe", "moves", _pgx("tic_tac_toe", 32), "pgx"),
    _peer("pgx Leduc", "moves", _pgx("leduc_holdem", 32), "pgx"),
    _peer("pgx backgammon", "moves", _pgx("backgammon", 8), "pgx"),
    _peer("Mesa, four agents", "steps", _mesa, "mesa"),
    _peer("catanatron, four players", "decisions", _catanatron, "catanatron"),
    _peer("PettingZoo tic-tac-toe", "moves", _pettingzoo_tictactoe, "pettingzoo", "[classic]"),
    _peer("PettingZoo rock-paper-scissors", "steps", _pettingzoo_rps, "pettingzoo", "[classic]"),
    _boardgame_io(),
)


# --- the script --------------------------------------------------------------------------


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that every benchmark of this folder takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--seconds", type=float, default=0.5, help="seconds a slot (0.5)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only names that contain TEXT")
    parser.add_argument("--core", type=int, help="the core to run on (the last allowed one)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    return parser


def run_benchmark(workloads: Iterable[Workload], options: argparse.Namespace) -> list[Result]:
    """Pin, measure, print the table and write the JSON file, as the options say."""
    if options.rounds < 1 or options.seconds <= 0:
        raise SystemExit("--rounds must be at least 1 and --seconds more than 0")
    wanted = [w for w in workloads if options.only.lower() in w.name.lower()]
    if not wanted:
        raise SystemExit(f"no workload's name contains {options.only!r}")
    facts = conditions(options.rounds, options.seconds)
    pinned = pin_to_one_core(options.core) is not None
    facts["pinned_to_one_core"] = pinned

    def progress(line: str) -> None:
        print(line, file=sys.stderr)

    results = measure(wanted, options.rounds, options.seconds, progress)
    print(
        f"{facts['date']}: {facts['cores']} cores of {facts['cpu']}, "
        f"{'one used' if pinned else 'NOT pinned to one'}; load {facts['load_average'][0]}; "
        f"Python {facts['python']}; {options.rounds} rounds of {options.seconds:g} s"
    )
    print(format_table(results))
    if options.json:
        content = {"conditions": facts, "results": [result.as_dict() for result in results]}
        options.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return results


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the peers."""
    options = arguments("Random-play speed of other engines on one core.").parse_args(argv)
    run_benchmark(PEERS, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
