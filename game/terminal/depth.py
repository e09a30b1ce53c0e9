"""`main.py depth`: whether there are decisions in a scenario, measure by measure."""

import math
import sys
import time
from collections.abc import Sequence

from game.engine.play import is_compiled
from game.lab.depth.adopted import Adopted, adopt, as_data, place
from game.lab.depth.measure import Measure
from game.lab.depth.table import GROUPS, measured
from game.lab.depth.world import Effort, World
from game.rules.seats import SEATS, Seat

from . import casting
from .casting import SEAT_HEADINGS
from .console import Console, open_console
from .errors import INTERRUPTED, UserError
from .files import STDOUT, Output, check_adoptable, check_writable, json_with, write_json
from .tables import table

RESULT = json_with("scenario", "measures")
"""Whether a file is such a result."""


def run(
    scenario: str,
    effort: Effort,
    *,
    seats: Sequence[str],
    only: Sequence[str],
    lens: str,
    adopt_it: bool,
    output: Output,
) -> int:
    """Measures, prints the table, and writes it.

    Args:
        scenario: a scenario's id or file.
        effort: how hard to look.
        seats: whose rows; everybody's where nobody is named.
        only: some of the groups of measures; all where none is named.
        lens: a lens's id or file.
        adopt_it: keeps the figures with the game.
        output: how the result is given.

    Returns:
        0, or 130 after Ctrl-C: the table is then of what was found so far, and no file is written.

    Raises:
        ContentError: the scenario or the lens has mistakes.
        UserError: there is no such seat or measure, or a file cannot be written.
    """
    whose = [_seat(name) for name in seats] or list(SEATS)
    for name in only:
        if name not in GROUPS:
            raise UserError(f"--only: there is no measure {name}; write {', '.join(GROUPS)}")
    check_writable(output.json, RESULT, replace=output.replace)
    chosen = casting.seen(scenario, lens)
    if adopt_it:
        check_adoptable(place(chosen.id))
    known = Adopted(chosen.id)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title(f"{chosen.title}: are there decisions in it?")
    world = World.of(scenario, lens, effort)
    if not is_compiled({}):
        out.warn("Without the extra `fast` this takes hours: pip install 'llvmlite>=0.46,<0.51'")
    rows: list[Measure] = []
    start = time.perf_counter()
    try:
        for row in measured(world, whose, only, lambda step: _tell_step(start, step)):
            rows.append(row)
    except KeyboardInterrupt:
        _tell(out, rows, known)
        out.warn("Stopped: these are the rows so far, and nothing was written.")
        return INTERRUPTED
    _tell(out, rows, known)
    out.gap()
    out.aside(
        f"{effort.games:,} games, seed {effort.seed}; {time.perf_counter() - start:.0f} s. "
        "Intervals: 95 %, by luck alone."
    )
    data = as_data(chosen.id, lens, effort, rows)
    if output.json is not None:
        sys.stdout.flush()
        write_json(output.json, data)
    if adopt_it:
        try:
            adopt(chosen.id, data, known, whole=not (only or seats))
        except OSError as error:
            raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
        out.say("The figures are kept with the game.")
    return 0


def _seat(name: str) -> Seat:
    try:
        return Seat[name.upper()]
    except KeyError:
        known = ", ".join(seat.name for seat in SEATS)
        raise UserError(f"--seat: there is no seat {name}; write {known}") from None


def _tell_step(start: float, step: str) -> None:
    """How far it has come, for whoever waits."""
    if sys.stderr.isatty():
        print(f"… {step} ({time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)


def _tell(out: Console, rows: Sequence[Measure], known: Adopted) -> None:
    out.table(
        table(
            "Measure|Seat|>found|>from|>to|goal|met|>kept",
            [
                (
                    row.measure,
                    "" if row.seat is None else SEAT_HEADINGS[row.seat],
                    *_figures(row),
                    str(row.goal),
                    {True: "yes", False: "no", None: ""}[row.met],
                    _figure(known.value(row)),
                )
                for row in rows
            ],
        )
    )
    out.heading("What stands behind the figures")
    out.bullets(
        f"{row.measure}{'' if row.seat is None else ', ' + SEAT_HEADINGS[row.seat]}: {row.note}"
        for row in rows
        if row.note
    )


def _figures(row: Measure) -> tuple[str, str, str]:
    found = row.found
    if found is None:
        return "-", "", ""
    return _figure(found.value), _figure(found.low), _figure(found.high)


def _figure(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.2f}".replace("-0.00", "0.00")
