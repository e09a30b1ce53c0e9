"""`main.py sweep`: the same games under many settings, a row for each; it can be resumed."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from game.content.scenario import Scenario
from game.content.visible import visible
from game.futures.cluster import ClusterError
from game.futures.design import Axis, Design
from game.futures.edition import edition
from game.futures.sweep import ENDINGS, LENS, Sweep, columns, settings_of
from game.futures.sweep import run as run_steps
from game.futures.sweep_store import SUFFIX, CellStore
from game.rules.seats import Seat
from game.views.names import counted, sentence

from . import casting
from .console import Console, open_console
from .errors import INTERRUPTED, UserError
from .files import partial
from .progress import progress
from .sheet import CsvStyle, check_sheet, rows_of, write_sheet
from .simulate import Work
from .sweep_axes import figures_named, lenses_named, players_named
from .sweep_tables import means_of, tables

MOST_CELLS = 100_000
LISTED = 12
"""Of more values than these, only the ends are told."""


@dataclass(frozen=True, slots=True)
class Varied:
    """What a sweep varies, as it was typed."""

    players: Mapping[Seat, Sequence[str]]
    lenses: Sequence[str]
    figures: Sequence[str]
    samples: int
    """Cells of a Latin hypercube; 0 for every combination."""


def run(
    scenario: str,
    varied: Varied,
    work: Work,
    *,
    out: str,
    resume: bool,
    separator: str = ",",
    replace: bool = False,
    plain: bool,
) -> int:
    """Plays every cell, writes a row for each, and tells what the settings account for.

    Args:
        scenario: a scenario's id or file.
        varied: what is varied.
        work: how many games in each cell, and how.
        out: a file that ends in .csv or .parquet.
        resume: go on with a sweep that was interrupted; one that was not begun is begun, one that
            is finished is left as it is.
        separator: what parts the cells of CSV.
        replace: write over a file of that name, whatever it is.
        plain: without boxes, colours and tricks.

    Returns:
        0, or 130 after Ctrl-C: the rows of the finished cells are then in a file that has
        `.partial` in its name, and a resumed sweep goes on with them.

    Raises:
        ContentError: the scenario, a lens or a doctrine has mistakes.
        UserError: something was named that does not exist, or the rows cannot be written.
        FuturesError: the cluster cannot be used, or there is nothing (of this sweep) to resume.
    """
    own = ("cell", "scenario", "seed", "games", *ENDINGS)
    check_sheet(
        out,
        own,
        replace=replace,
        same={"scenario": str(scenario), "seed": str(work.seed), "games": str(work.games)},
    )
    chosen = casting.seen(scenario)
    sweep = plan(scenario, chosen, varied, work)
    page = open_console(plain=plain)
    kept, settings, wanted = Path(out + SUFFIX), _settings(sweep), columns(sweep)
    if resume and not os.path.exists(kept) and _is_finished(Path(out), sweep):
        page.say(
            f"{visible(out)}: all {counted(sweep.design.size, 'cell')} of this sweep are there."
        )
        return 0
    with closing(CellStore(kept, settings, resume=resume, columns=wanted)) as store:
        _tell_plan(page, chosen, sweep, store.done)
        whole = _play(sweep, work, store, out, plain=plain)
        place = _keep(out, sweep, store, CsvStyle(separator), whole=whole) if store.done else ""
        means = means_of(sweep, store.rows())
        if whole:
            store.remove()
    if len(means) > 1:
        tables(page, sweep, means)
    if not whole:
        _tell_part(page, sweep, out, len(means), place)
        return INTERRUPTED
    page.say(f"\n{sweep.design.size:,} rows in {visible(out)}.")
    return 0


def plan(name: str, scenario: Scenario, varied: Varied, work: Work) -> Sweep:
    """The sweep, if everything that it names exists.

    Raises:
        ContentError: a lens or a doctrine has mistakes.
        UserError: something does not exist, or there is nothing or too much to vary.
    """
    players, axes = players_named(scenario, varied.players)
    lens, more = lenses_named(varied.lenses)
    axes += [*more, *figures_named(varied.figures, sampled=varied.samples > 0)]
    design = Design(tuple(axes), varied.samples, work.seed)
    if not axes:
        raise UserError(
            "nothing is varied; give a seat or --lens several names or all, or a figure several "
            "values: --vary minds.anger_gain=0.5,1,2"
        )
    if design.size > MOST_CELLS:
        raise UserError(
            f"these are {design.size:,} cells, more than {MOST_CELLS:,}; vary less, or draw some "
            "of them with --sample N"
        )
    return Sweep(name, design, work.games, work.seed, tuple(players.items()), lens)


def _settings(sweep: Sweep) -> dict[str, Any]:
    """Everything that the rows depend on, by what a sentence calls it."""
    design = sweep.design
    names = [str(sweep.scenario), sweep.lens, *(name for _, name in sweep.players)]
    names += [str(v) for axis in design.axes if not axis.is_range for v in axis.values]
    return {
        "the scenario": str(sweep.scenario),
        "--games": sweep.games,
        "--seed": sweep.seed,
        "--sample": design.samples,
        "what is varied": {
            axis.name: [axis.low, axis.high] if axis.is_range else list(axis.values)
            for axis in design.axes
        },
        "the players": {seat.name: name for seat, name in sweep.players},
        "the lens": sweep.lens,
        "the contents of the files": {name: _digest(name) for name in names if ".toml" in name},
        "the edition of the game": edition(),
    }


def _digest(file: str) -> str:
    with suppress(OSError):
        return hashlib.sha256(Path(file).read_bytes()).hexdigest()
    return ""


def _tell_plan(page: Console, scenario: Scenario, sweep: Sweep, done: int) -> None:
    design = sweep.design
    cells = counted(design.size, "cell")
    page.title(f"{scenario.title}: {cells} of {counted(sweep.games, 'game')}, seed {sweep.seed}")
    page.say(
        "Every cell plays the same games by their luck. "
        + ("The cells are a Latin hypercube." if design.samples else "All combinations of:")
    )
    page.figures((axis.name, _describe_axis(axis)) for axis in design.axes)
    varied = {axis.name for axis in design.axes}
    fixed = {seat: name for seat, name in sweep.players if seat.name.lower() not in varied}
    told = [casting.shown(fixed)] if fixed else []
    told += [] if LENS in varied else [f"lens {sweep.lens}"]
    if told:
        page.aside(f"In all of them: {', '.join(told)}.")
    if done:
        page.say(f"Going on after {counted(done, 'finished cell')}.")


def _describe_axis(axis: Axis) -> str:
    """What an axis takes, in a line or two."""
    if axis.is_range:
        return f"from {axis.low:g} to {axis.high:g}"
    values = [value if isinstance(value, str) else f"{value:g}" for value in axis.values]
    if len(values) <= LISTED:
        return ", ".join(values)
    return f"{len(values):,} values, from {values[0]} to {values[-1]}"


def _play(sweep: Sweep, work: Work, store: CellStore, out: str, *, plain: bool) -> bool:
    """Plays the cells that are left; whether all were played."""
    steps = run_steps(
        sweep,
        chunk=work.chunk,
        workers=work.workers,
        scheduler=work.scheduler,
        first=store.done,
    )
    games, left, whole = 0, sweep.design.size - store.done, True
    try:
        with progress(left * sweep.games, plain=plain) as bar, closing(steps):
            for step in steps:
                if step.row is not None:
                    store.add(step.row)
                games += step.games
                bar.advance_to(games)
    except KeyboardInterrupt:
        whole = False
    except ClusterError as error:
        raise UserError(f"{error}{_are_kept(out, store)}") from None
    store.save()
    return whole


def _is_finished(path: Path, sweep: Sweep) -> bool:
    """Whether a table holds every cell of this very sweep, by the settings that its rows tell."""
    if not os.path.isfile(path):
        return False
    cells = range(sweep.design.size)
    rows = list(islice(rows_of(path), sweep.design.size + 1))
    return len(rows) == len(cells) and all(
        _says(rows[cell].get(name, ""), value)
        for cell in cells
        for name, value in settings_of(sweep, cell).items()
    )


def _says(text: str, value: str | float | None) -> bool:
    if isinstance(value, str) or value is None:
        return text == str(value)
    try:
        return float(text.replace(",", ".")) == value
    except ValueError:
        return False


def _keep(out: str, sweep: Sweep, store: CellStore, style: CsvStyle, *, whole: bool) -> str:
    """Writes the rows to their place; where they are."""
    target = out if whole else partial(out)
    try:
        write_sheet(target, columns(sweep), store.rows(), style)
    except UserError as error:
        raise UserError(f"{error}{_are_kept(out, store)}") from None
    return target


def _are_kept(out: str, store: CellStore) -> str:
    if not store.done:
        return ""
    are = "is" if store.done == 1 else "are"
    cells = sentence(counted(store.done, "finished cell")).rstrip(".")
    return (
        f". {cells} {are} kept in {out}{SUFFIX}: the same command with --resume goes on with them"
    )


def _tell_part(page: Console, sweep: Sweep, out: str, done: int, kept: str) -> None:
    if not done:
        page.warn("\nStopped before the first cell was finished; nothing was written.")
        return
    page.warn(
        f"\nStopped after {counted(done, 'cell')} of {sweep.design.size:,}: their rows are in "
        f"{visible(kept)}, and the same command with --resume goes on with them, from "
        f"{visible(out)}{SUFFIX}."
    )
