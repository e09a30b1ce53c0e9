"""Whether the intervals of what-ifs hold what they say, and how many games pairing saves.

    python tests/benchmarks/intervals.py                    25,600 games a lens: some minutes
    python tests/benchmarks/intervals.py --games 6400 --lens balanced

The question is The Article's: the strike of March against holding. All games together stand for the
truth; cut into samples of 100, 400 and 1,600 games, each sample gives an interval of 95 %, and the
table tells how many of 100 intervals hold the truth. Few samples tell it roughly: beside each
figure stands its own standard error. The last column is how many times the games independent luck
would need for an interval of the same width.
"""

import argparse
import sys
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.content.lens import lens_ids
from game.futures.statistics import Paired
from game.futures.whatif import MEASURES, Effect, Question, WhatIf, run
from game.rules.seats import Seat

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


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--games", type=int, default=25_600, help="of each lens (25600)")
    parser.add_argument("--lens", nargs="+", choices=lens_ids(), default=lens_ids())
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
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
