"""Whether the intervals of what-ifs hold what they say, and how many games pairing saves.

    python tests/benchmarks/intervals.py                    25,600 games a lens: some minutes
    python tests/benchmarks/intervals.py --games 6400 --lens balanced
    python tests/benchmarks/intervals.py --others        of the second width: some minutes

The question is The Article's: the strike of March against holding. All games together stand for the
truth; cut into samples of 100, 400 and 1,600 games, each sample gives an interval of 95 %, and the
table tells how many of 100 intervals hold the truth. Few samples tell it roughly: beside each
figure stands its own standard error. The last column is how many times the games independent luck
would need for an interval of the same width.

With `--others`, of ranges by other numbers, which say nine of ten. First of made-up tables, by the
spread of the numbers in standard deviations of what luck leaves of a set's mean: 0 is numbers that
do not matter. Then of real questions: each of the sets that are kept answers in 3,000 games; eight
sets drawn at random, in some of the games, foretell the answers of the others.
"""

import argparse
import sys
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.lens import lens_ids
from game.engine.play import use_compiled
from game.futures.other_numbers import FEWEST as SETS
from game.futures.other_numbers import MOST_GAMES, rows_of
from game.futures.statistics import Paired
from game.futures.whatif import (
    MEASURES,
    Effect,
    Question,
    WhatIf,
    effect_by_others,
    run,
    scene_of,
)
from game.futures.widths import OWN, Crossed
from game.rules.luck import game_keys
from game.rules.seats import Seat
from game.views.effects import Estimate

MARCH = Question(turn=10, seat=Seat.US, deed="strike_depots", instead="hold", horizon=3)
SMALLEST = 100
FEWEST = 16
"""Samples that a figure needs: fewer make up too much of the truth that they are held against."""
SIZES = (1, 4, 16)
"""Samples, as so many of the smallest."""


def samples(lens: str, games: int, workers: int) -> list[Effect]:
    """The answers of samples of 100 games."""
    asked = WhatIf("the_article", MARCH, games, seed=31, lens=lens)
    return list(run(asked, chunk=SMALLEST, workers=workers, others=False))


def merged(effects: Sequence[Effect]) -> Effect:
    """One answer from several."""
    total = Effect()
    for effect in effects:
        total.merge(effect)
    return total


def coverage(effects: Sequence[Effect], size: int, name: str, truth: float) -> str:
    """How many of 100 intervals hold the truth, and the standard error of that."""
    groups = [effects[k : k + size] for k in range(0, len(effects) - size + 1, size)]
    if len(groups) < FEWEST:
        return "-"
    found = [merged(group).pairs[name].difference for group in groups]
    share = sum(each.low <= truth <= each.high for each in found) / len(found)
    return f"{100 * share:.0f} ±{100 * sqrt(share * (1 - share) / len(found)):.0f}"


def ratio(paired: Paired) -> str:
    """How many times the games that independent luck needs."""
    return f"{paired.unpaired_ratio:.1f}" if paired.squares_of_difference else "-"


# --- by other numbers

SPREADS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 10.0)
ERRORS = (0.1, 0.3, 1.0)
"""Of the own mean, beside what luck leaves of a set's."""
MADE_UP, DRAWN = 2000, 100
"""Tables for a figure, and draws of sets and games."""
STEP = 0.001
QUESTIONS = (
    ("the_article", MARCH),
    ("the_article", Question(1, Seat.US, "strike_depots", "hold", 8)),
    ("autumn_to_summer", Question(12, Seat.US, "strike_depots", "hold", 5)),
    ("the_article", Question(3, Seat.IRAN, "missile_strike", "hold", 4)),
    ("the_article", Question(6, Seat.MILITIA, "barrage", "hold", 4)),
)
BLOCK = 64
ANSWERS = 47 * BLOCK
"""Games that each set answers in: the truth about it."""
OWN_GAMES = 1024
"""Games by the own numbers beside which the few are drawn."""
GAMES = (BLOCK, MOST_GAMES)
EVERY_SET = 10**6
"""Games enough that all sets are asked."""
Table = NDArray[np.int64]


def foretold(own: Estimate, rows: Table) -> tuple[float, float]:
    """The range by a table of steps, (rows, games)."""
    crossed = Crossed()
    for row, effects in enumerate(rows):
        crossed.add(row, effects)
    found = crossed.left_open(own, STEP)
    assert found is not None
    return found


def estimate(mean: float, error: float) -> Estimate:
    """A mean with its standard error."""
    return Estimate(mean, error, mean - 1.96 * error, mean + 1.96 * error)


def made_up(luck: np.random.Generator, sets: int, spread: float, error: float) -> tuple[int, float]:
    """How many of `MADE_UP` ranges hold the effect by one set that was not asked, and their mean
    width.
    """
    inside, wide, games = 0, 0.0, 64
    for _ in range(MADE_UP):
        true = luck.normal(0, spread, sets + 2)
        effects = true[: sets + 1, None] + luck.normal(0, sqrt(games), (sets + 1, games))
        own = estimate(true[OWN] + luck.normal(0, error), error)
        low, high = foretold(own, np.rint(effects / STEP).astype(np.int64))
        inside += low <= true[-1] <= high
        wide += (high - low) / MADE_UP
    return inside, wide


def answers(scenario: str, question: Question) -> dict[str, Table]:
    """By measure, the sums of what each row answers in blocks of games: (rows, blocks)."""
    asked = WhatIf(scenario, question, ANSWERS, seed=31)
    scene, rows = scene_of(asked), rows_of(EVERY_SET)
    found: dict[str, list[list[int]]] = {name: [] for name in MEASURES}
    for first in range(0, ANSWERS, BLOCK):
        keys = game_keys(asked.seed, range(first, first + BLOCK))
        for name, paired in effect_by_others(scene, question, keys, rows).pairs.items():
            others = paired.others
            found[name].append([others.rows[row] * BLOCK // max(1, others.games) for row in rows])
    return {name: np.array(blocks).T for name, blocks in found.items()}


def held(luck: np.random.Generator, sums: Table, games: int, step: float) -> tuple[float, float]:
    """The share of the sets not drawn whose answers lie in the range by those drawn; its width."""
    inside, wide, blocks = 0.0, 0.0, sums.shape[1]
    truth = sums.sum(axis=1) * step / (blocks * BLOCK)
    for _ in range(DRAWN):
        sets = luck.permutation(np.arange(1, len(sums)))
        few = luck.permutation(blocks)[: games // BLOCK]
        many = sums[OWN, luck.permutation(blocks)[: OWN_GAMES // BLOCK]] * step / BLOCK
        own = estimate(float(many.mean()), float(many.std(ddof=1)) / sqrt(many.size))
        rows = {row: int(sums[row, few].sum()) for row in (OWN, *sets[:SETS].tolist())}
        found = Crossed(few.size * BLOCK, rows).left_open(own, step)
        assert found is not None
        inside += float(np.mean([found.holds(value) for value in truth[sets[SETS:]]])) / DRAWN
        wide += (found.high - found.low) / DRAWN
    return inside, wide


def others() -> None:
    """Of ranges by other numbers."""
    luck = np.random.default_rng(7)
    print(
        f"made up: held of 100, and mean width; one standard error {100 * sqrt(0.09 / MADE_UP):.1f}"
    )
    heads = [(sets, error) for sets in (SETS, 24) for error in ERRORS]
    print("  spread" + "".join(f"{f'{sets} sets, {error}':>18}" for sets, error in heads))
    for spread in SPREADS:
        cells = (made_up(luck, sets, spread, error) for sets, error in heads)
        told = "".join(f"{100 * inside / MADE_UP:>10.0f}{wide:>8.1f}" for inside, wide in cells)
        print(f"  {spread:<6}{told}", flush=True)
    use_compiled()
    for scenario, question in QUESTIONS:
        asked = f"{scenario}, turn {question.turn}, {question.seat.name} {question.deed}"
        print(asked + "".join(f"{f'{games} games':>16}" for games in GAMES), flush=True)
        for name, sums in answers(scenario, question).items():
            cells = (held(luck, sums, games, MEASURES[name]) for games in GAMES)
            told = "".join(f"{100 * inside:>8.0f}{wide:>8.2f}" for inside, wide in cells)
            print(f"  {name:<{len(asked) - 2}}{told}")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--games", type=int, default=25_600, help="of each lens (25600)")
    parser.add_argument("--lens", nargs="+", choices=lens_ids(), default=lens_ids())
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--others", action="store_true", help="of ranges by other numbers")
    options = parser.parse_args()
    if options.others:
        others()
        return 0
    heads = [f"{SMALLEST * size:,} games" for size in SIZES]
    for lens in options.lens:
        effects = samples(lens, options.games, options.workers)
        whole = merged(effects)
        print(f"{lens}: {whole.games:,} of {whole.asked:,} games", flush=True)
        print(f"  {'':<14}{'effect':>9}" + "".join(f"{head:>14}" for head in heads) + "   saves")
        for name in MEASURES:
            truth = whole.pairs[name].difference.mean
            cells = "".join(f"{coverage(effects, size, name, truth):>14}" for size in SIZES)
            print(f"  {name:<14}{truth:>+9.3f}{cells}{ratio(whole.pairs[name]):>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
