"""What benchmarks are held to: the bars, beside the processor time that was taken."""

import time
from collections.abc import Iterable, Mapping
from statistics import median

from peers import Workload

NUMPY = "ours, by numpy"
COMPILED = "ours, compiled"
"""How the names of workloads begin."""
Bars = Mapping[str, tuple[float, str]]
"""By what a workload's name says after how it begins, or by the whole of it; of several that begin
with it the best counts: the most "ms" a call, or the least of a unit a second.
"""


def beside_the_bars(workloads: Iterable[Workload], bars: Bars, only: str, rounds: int) -> None:
    """Prints each bar with the median and the best of some rounds in processor time, which on a
    quiet machine is the time that it takes, and on a busy one leaves out what others took.
    """
    wanted = [workload for workload in workloads if only.lower() in workload.name.lower()]
    for start in (NUMPY, COMPILED):
        for said, (bar, unit) in bars.items():
            name = f"{start}: {said.removeprefix(f'{start}: ')}"
            taken = [
                _processor_times(workload, rounds)
                for workload in wanted
                if workload.name.startswith(name)
            ]
            if taken:
                print(f"{name}: {_told(taken, bar, unit)}")


def _told(taken: list[list[tuple[float, int]]], bar: float, unit: str) -> str:
    if unit == "ms":
        calls = [1000 * seconds / done for seconds, done in taken[0]]
        middle, best, met = median(calls), min(calls), median(calls) <= bar
    else:
        rates = [[done / seconds for seconds, done in told] for told in taken]
        middle, best = max(map(median, rates)), max(map(max, rates))
        met = middle >= bar
    digits = 1 if unit == "ms" else 0
    return (
        f"{middle:,.{digits}f} {unit} of processor time, best {best:,.{digits}f}; "
        f"bar {bar:,.0f}: {'met' if met else 'NOT MET'}"
    )


def _processor_times(workload: Workload, rounds: int) -> list[tuple[float, int]]:
    """Seconds and units of each round, after one that is not counted: it may compile."""
    run = workload.setup()
    run()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        done = run()
        times.append((time.process_time() - start, done))
    return times
