"""`main.py simulate`: many games of one scenario, with a progress bar, tables and JSON."""

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass

from game.content.scenario import Scenario
from game.futures.ensemble import Chunk, Ensemble, Gathering, run_chunks
from game.rules.seats import Seat
from game.views.names import counted

from . import casting
from .console import open_console
from .errors import INTERRUPTED
from .files import STDOUT, Output, check_writable, write_json
from .known_means import known_json, known_means, tell_known
from .progress import Progress, progress
from .results import RESULT, as_json, tables

ASKED_FROM = 100
"""Games from which on other numbers are asked, too: of fewer, luck's width says enough."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much to simulate, and how."""

    games: int
    seed: int
    chunk: int
    workers: int
    scheduler: str | None = None
    """The address of a Dask scheduler whose workers play, in place of processes."""


def run(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    *,
    history: bool,
    premises: casting.Premises,
    output: Output,
) -> int:
    """Simulates, prints tables, and writes JSON where that is asked for.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own.
        work: how much.
        history: seats of which nothing is said give the historical orders.
        premises: by which world it is played.
        output: how the result is given.

    Returns:
        0, or 130 after Ctrl-C: the tables are then of the games done so far, and no JSON is
        written.

    Raises:
        ContentError: the scenario, the lens or a doctrine has mistakes.
        UserError: there is no such player or lens, or the JSON cannot be written.
        FuturesError: the cluster cannot be used.
    """
    lens = premises.lens
    check_writable(output.json, RESULT, replace=output.replace)
    chosen = casting.seen(scenario, lens)
    names = casting.casting(chosen, given, history=history, people=True)
    casting.players(chosen, names)  # refuses unknown ones before anything is played
    dealt = casting.dealt(chosen, premises.theory, premises.agendas)
    ensemble = Ensemble(scenario, work.games, work.seed, tuple(names.items()), lens, dealt)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title(f"{chosen.title}: {counted(work.games, 'game')}, seed {work.seed}")
    out.aside(f"Players: {casting.shown(names)}{casting.through(lens)}{casting.told_dealt(dealt)}")
    casting.tell_manner(out, names)
    gathering, seconds, whole = gather(
        chosen, ensemble, work, progress(work.games, plain=output.plain)
    )
    if gathering.tally.games:
        tables(out, chosen, gathering, seconds)
    ask = whole and work.games >= ASKED_FROM
    known = known_means(ensemble, gathering.tally, ask=ask)
    tell_known(out, known if gathering.tally.games else {})
    if not whole:
        done = counted(gathering.tally.games, "game")
        left_out = "; no JSON was written" if output.json else ""
        out.warn(f"\nStopped after {done} of {work.games:,}: these are partial results{left_out}.")
        return INTERRUPTED
    if output.json is not None:
        sys.stdout.flush()
        result = as_json(chosen, ensemble, gathering, seconds)
        result |= {"means": {name: known_json(mean) for name, mean in known.items()}}
        write_json(output.json, result)
    return 0


def gather(
    scenario: Scenario,
    ensemble: Ensemble,
    work: Work,
    bar: AbstractContextManager[Progress],
    keep: Callable[[Chunk], None] | None = None,
) -> tuple[Gathering, float, bool]:
    """Plays the ensemble: what came of it, the seconds that it took, and whether all was played.
    Each chunk is given to `keep` before it is counted.
    """
    gathering = Gathering(scenario.setting.turns, ensemble.games)
    start = time.perf_counter()
    whole = True
    chunks = run_chunks(ensemble, chunk=work.chunk, workers=work.workers, scheduler=work.scheduler)
    try:
        with bar as shown, closing(chunks):
            for part in chunks:
                if keep is not None:
                    keep(part)
                gathering.add(part)
                shown.advance_to(gathering.tally.games)
    except KeyboardInterrupt:
        whole = False
    return gathering, time.perf_counter() - start, whole
