"""Whether the interval of a gain in log score holds what it says, beside others that were tried.

    python tests/benchmarks/gains.py                 1,000 records of each kind: under two minutes

Records are made of the shape that ours have: as many turns as before February and after, of each
seat known as often as it is, and each seat's gain drawn from those that it really had over its base
rates (`game/lab/data/validation.json`): most are small, a few outweigh all others. Neighbouring
turns hang together, by a correlation of their ranks that is named, and so do the seats of a turn
where all are taken. The true gain is known, so that it can be counted how many of 100 intervals
hold it; the median width stands beside that.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.lab.adopt import VALIDATION, load_adopted
from game.lab.intervals import mean_of_groups
from game.lab.scores import RATES, TOGETHER
from game.lab.tables import PLAYERS
from game.rules.seats import SEATS
from game.views.effects import Range

Values = NDArray[np.float64]
Counts = NDArray[np.int64]
TURNS = (16, 24)
CORRELATIONS = (-0.3, 0.0, 0.3)
OF_SEATS = 0.15
"""What the seats of a turn share of their luck."""
RECORDS = 1000
DRAWS = 400
"""Of each bootstrap."""
MONTH = 4
NORMAL = NormalDist()


class Kind(NamedTuple):
    """Records of one kind."""

    seats: tuple[int, ...]
    turns: int
    correlation: float

    @property
    def name(self) -> str:
        """What the table calls it."""
        who = SEATS[self.seats[0]].name if len(self.seats) == 1 else "all"
        return f"{who}, {self.turns} turns, {self.correlation:+.1f}"


class Record(NamedTuple):
    """The gains of one record: (turns,) their sums, and how many moves are known."""

    sums: Values
    cases: Counts


def kinds() -> Iterator[Kind]:
    """All seats, and each alone."""
    for seats in (tuple(range(len(SEATS))), *((seat,) for seat in range(len(SEATS)))):
        for turns in TURNS:
            for correlation in CORRELATIONS:
                yield Kind(seats, turns, correlation)


def shape() -> tuple[list[Values], Values]:
    """By seat, the gains that it had from February on, in order; and how often it is known."""
    kept = load_adopted(VALIDATION)
    assert kept is not None
    log, split = kept["by_turn"], kept["in_sample_turns"]
    off = [
        np.array(log[PLAYERS][seat.name], np.float64) - np.array(log[RATES][seat.name], np.float64)
        for seat in SEATS
    ]
    after = np.array(off)[:, split:]
    return [np.sort(row[np.isfinite(row)]) for row in after], np.isfinite(after).mean(axis=1)


def records(kind: Kind, count: int, seed: int = 5) -> tuple[float, list[Record]]:
    """The true gain, and records whose every known move has it on average."""
    luck, (pools, known) = np.random.default_rng(seed), shape()
    seats = list(kind.seats)
    share = OF_SEATS if len(seats) > 1 else 0.0
    common = _along(luck, count, kind)
    values = np.full((count, kind.turns, len(seats)), np.nan)
    for place, seat in enumerate(seats):
        own = math.sqrt(share) * common + math.sqrt(1 - share) * _along(luck, count, kind)
        rank = np.vectorize(NORMAL.cdf)(own)
        drawn = pools[seat][(rank * pools[seat].size).astype(np.intp)]
        there = luck.random(drawn.shape) < known[seat]
        values[:, :, place] = np.where(there, drawn, np.nan)
    weight = known[seats]
    truth = float(np.average([pools[seat].mean() for seat in seats], weights=weight))
    return truth, [Record(np.nansum(one, axis=1), np.isfinite(one).sum(axis=1)) for one in values]


def _along(luck: np.random.Generator, count: int, kind: Kind) -> Values:
    """(count, turns) normal values, each hanging on the one before it."""
    drawn = luck.standard_normal((count, kind.turns))
    for turn in range(1, kind.turns):
        fresh = math.sqrt(1 - kind.correlation**2) * drawn[:, turn]
        drawn[:, turn] = kind.correlation * drawn[:, turn - 1] + fresh
    return drawn


# --- intervals


def ours(record: Record) -> Range:
    """The one that the game has."""
    return mean_of_groups(*record, together=TOGETHER)


def by_turns(record: Record) -> Range:
    """Student's, of turns that are taken to be independent."""
    return mean_of_groups(*record)


def by_blocks(record: Record, size: int = TOGETHER) -> Range:
    """Student's, of blocks that are cut once, from the first turn on."""
    return mean_of_groups(*_cut(record, size))


def by_months(record: Record) -> Range:
    """Of blocks of four turns."""
    return by_blocks(record, MONTH)


def percentiles(record: Record) -> Range:
    """A bootstrap of blocks of three turns, its middle 95 %: what the game had before."""
    turns = record.sums.size
    starts = _luck().integers(0, turns, (DRAWS, -(-turns // TOGETHER)))
    index = (starts[:, :, None] + np.arange(TOGETHER)).reshape(DRAWS, -1)[:, :turns] % turns
    means, _ = _means(record, index)
    return Range(*np.quantile(means, (0.025, 0.975)).tolist())


def corrected(record: Record) -> Range:
    """A bootstrap of turns with Efron's correction of bias and skew (BCa)."""
    mean, _ = _mean(record)
    means, _ = _means(record, _turns(record))
    lower = np.mean((means < mean) + 0.5 * (means == mean))
    shift = NORMAL.inv_cdf(min(max(float(lower), 1 / DRAWS), 1 - 1 / DRAWS))
    left = (record.sums.sum() - record.sums) / (record.cases.sum() - record.cases)
    off = left.mean() - left
    skew = float((off**3).sum() / (6 * (off**2).sum() ** 1.5 + 1e-300))
    points = [shift + z for z in (-1.959964, 1.959964)]
    levels = [NORMAL.cdf(shift + point / (1 - skew * point)) for point in points]
    return Range(*np.quantile(means, levels).tolist())


def studentised(record: Record) -> Range:
    """The bootstrap-t of blocks of three turns that are cut once."""
    record = _cut(record, TOGETHER)
    mean, error = _mean(record)
    means, errors = _means(record, _turns(record))
    sure = errors > 1e-9
    low, high = np.quantile((means[sure] - mean) / errors[sure], (0.025, 0.975))
    return Range(mean - float(high) * error, mean - float(low) * error)


def _luck() -> np.random.Generator:
    return np.random.default_rng(1)


def _turns(record: Record) -> NDArray[np.int64]:
    turns = record.sums.size
    return _luck().integers(0, turns, (DRAWS, turns))


def _cut(record: Record, size: int) -> Record:
    """In blocks; what is left over goes to the last."""
    starts = np.arange(0, record.sums.size - size + 1, size)
    return Record(np.add.reduceat(record.sums, starts), np.add.reduceat(record.cases, starts))


def _mean(record: Record) -> tuple[float, float]:
    means, errors = _means(record, np.arange(record.sums.size)[None])
    return float(means[0]), float(errors[0])


def _means(record: Record, index: NDArray[np.int64]) -> tuple[Values, Values]:
    """The means of draws, and their standard errors; draws without a known move are left out."""
    sums, cases = record.sums[index], record.cases[index]
    there = cases.any(axis=1)
    sums, cases = sums[there], cases[there]
    every = cases.sum(axis=1)
    means = sums.sum(axis=1) / every
    off = sums - means[:, None] * cases
    groups = (cases > 0).sum(axis=1)
    scatter = (off**2).sum(axis=1) * groups / np.maximum(groups - 1, 1)
    return means, np.sqrt(scatter) / every


Interval = Callable[[Record], Range]
METHODS: dict[str, Interval] = {
    "ours": ours,
    "blocks of 3": by_blocks,
    "blocks of 4": by_months,
    "turns": by_turns,
    "percentiles": percentiles,
    "BCa": corrected,
    "bootstrap-t": studentised,
}


def held(method: Interval, truth: float, made: list[Record]) -> tuple[float, float]:
    """The share of intervals that hold the truth, and their median width, where there is one."""
    found = [method(record) for record in made]
    told = [one for one in found if math.isfinite(one.low)]
    width = float(np.median([one.high - one.low for one in told]))
    return sum(one.holds(truth) for one in told) / len(told), width


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=RECORDS, help=f"of each kind ({RECORDS})")
    count = parser.parse_args().records
    print(f"{'held of 100, and median width':<32}" + "".join(f"{name:>15}" for name in METHODS))
    off = {name: list[float]() for name in METHODS}
    for kind in kinds():
        truth, made = records(kind, count)
        cells = []
        for name, method in METHODS.items():
            share, width = held(method, truth, made)
            off[name].append(share - 0.95)
            cells.append(f"{f'{100 * share:.0f}':>9}{width:>6.2f}")
        print(f"{kind.name:<32}" + "".join(cells), flush=True)
    for told, summed in (
        ("off by, on average", lambda row: np.abs(row).mean()),
        ("the worst", min),
    ):
        print(f"{told:<32}" + "".join(f"{100 * summed(row):>15.1f}" for row in off.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
