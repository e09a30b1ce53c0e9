"""`main.py explore`: simulate, with the doctrines told, through any lens, every game a row."""

import sys
from collections.abc import Mapping

from game.content.lens import BALANCED, load_lens
from game.content.visible import visible
from game.futures.ensemble import Chunk, Ensemble, Gathering
from game.rules.endings import Ending
from game.rules.seats import SEATS, Seat
from game.views.names import counted

from . import casting
from .console import Console, open_console
from .errors import INTERRUPTED
from .files import (
    BOM,
    STDOUT,
    Growing,
    Output,
    check_writable,
    csv_with,
    is_utf8,
    partial,
    write_json,
)
from .known_means import known_json, known_means, tell_known
from .progress import progress
from .results import RESULT, as_json, tables
from .simulate import Work, gather
from .started import command, quote

COLUMNS = (
    *("game", "ending", "attacks", "us_dead", "us_wounded", "highest_rung"),
    *(f"mark_{seat.name.lower()}" for seat in SEATS),
)


def run(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    *,
    premises: casting.Premises,
    csv: str | None,
    separator: str = ",",
    output: Output,
) -> int:
    """Simulates through a lens, tells who played and how, and writes JSON or a row a game.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own.
        work: how much.
        premises: by which world it is played.
        csv: a file for the rows, `-` for stdout (the tables are then on stderr), or None.
        separator: what parts the cells of CSV.
        output: how the result is given.

    Returns:
        0, or 130 after Ctrl-C: everything is then of the games done so far, and the files have
        `.partial` in their names.

    Raises:
        ContentError: the scenario, the lens or a doctrine has mistakes.
        UserError: there is no such player or lens, or a file cannot be written.
        FuturesError: the cluster cannot be used.
    """
    lens = premises.lens
    check_writable(output.json, RESULT, replace=output.replace)
    check_writable(csv, csv_with(*COLUMNS), replace=output.replace)
    chosen = casting.seen(scenario, lens)
    names = casting.casting(chosen, given, people=True)
    players = casting.players(chosen, names)
    dealt = casting.dealt(chosen, premises.theory, premises.agendas)
    ensemble = Ensemble(
        scenario, work.games, work.seed, tuple(names.items()), lens, dealt, rows=csv is not None
    )
    out = open_console(plain=output.plain, errors=STDOUT in (output.json, csv))
    seen = load_lens(lens)
    out.title(f"{chosen.title}: {counted(work.games, 'game')}, seed {work.seed}")
    out.say(f"Lens: {seen.name}. {seen.claim}")
    out.aside(f"{seen.theory.rstrip('.')}{casting.told_dealt(dealt)}.")
    out.heading("Who plays")
    out.figures((casting.SEAT_HEADINGS[s], casting.described(p)) for s, p in players.items())
    rows = Growing(csv) if csv is not None else None
    try:
        if rows is not None and csv is not None:
            mark = BOM if separator != "," and is_utf8(csv) else ""
            rows.add(f"{mark}{separator.join(COLUMNS)}\n")
        keep = None if rows is None else (lambda part: rows.add(format_rows(part, separator)))
        bar = progress(work.games, plain=output.plain)
        gathering, seconds, whole = gather(chosen, ensemble, work, bar, keep)
        done = gathering.tally.games
        if done:
            tables(out, chosen, gathering, seconds)
            known = known_means(ensemble, gathering.tally) if whole else {}
            tell_known(out, known)
            _watch(out, scenario, given, work, lens, done)
        kept = []
        sys.stdout.flush()
        if output.json is not None and done and (whole or output.json != STDOUT):
            result = as_json(chosen, ensemble, gathering, seconds) | {"partial": not whole}
            result |= {"means": {name: known_json(mean) for name, mean in known.items()}}
            kept.append(output.json if whole else partial(output.json))
            write_json(kept[-1], result)
        if rows is not None and done:
            kept.append(rows.keep(whole=whole))
    finally:
        if rows is not None:
            rows.drop()
    if not whole:
        _tell_part(out, gathering, work, kept)
        return INTERRUPTED
    return 0


def format_rows(part: Chunk, separator: str = ",") -> str:
    """A chunk's games as lines of CSV."""
    rows = part.rows
    if rows is None:
        return ""
    told = []
    for k, ending in enumerate(rows.ending.tolist()):
        counts = (rows.attacks, rows.us_dead, rows.us_wounded, rows.highest_rung)
        cells = [f"{part.first + k}", Ending(ending).name.lower()]
        cells += [f"{values[k]:.0f}" for values in counts]
        cells += [f"{mark:.2f}" for mark in rows.marks[:, k]]
        if separator == ";":
            cells = [cell.replace(".", ",") for cell in cells]
        told.append(separator.join(cells) + "\n")
    return "".join(told)


def _watch(
    out: Console, scenario: str, given: Mapping[Seat, str | None], work: Work, lens: str, done: int
) -> None:
    out.heading("Watch one of them, and read why each seat did what it did")
    parts = [command("replay"), quote(scenario)]
    parts += [f"--{seat.name.lower()} {quote(name)}" for seat, name in given.items() if name]
    parts += [] if lens == BALANCED else [f"--lens {quote(lens)}"]
    out.say(" ".join([*parts, f"--seed {work.seed} --explain --game 0"]))
    if done > 1:
        out.aside(f"Any number from 0 to {done - 1} will do for the game.")


def _tell_part(out: Console, gathering: Gathering, work: Work, kept: list[str]) -> None:
    where = f"; they are kept in {' and '.join(map(visible, kept))}" if kept else ""
    out.warn(
        f"\nStopped after {counted(gathering.tally.games, 'game')} of {work.games:,}: these are "
        f"partial results{where}."
    )
