"""`main.py report`: the debrief of a game as one self-contained HTML file, and as a PDF."""

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from game.content.lens import lens_ids
from game.content.problems import ContentError
from game.content.visible import visible
from game.content.wording import quoted
from game.futures.errors import FuturesError
from game.futures.inquiry import Progress as Done
from game.report.making import made
from game.report.pdf import NoPrinterError, check_printer, pdf
from game.report.writing import InTheWayError, ReportError, check, write
from game.rules.endings import Ending
from game.rules.seats import Seat
from game.session.match import Match
from game.session.places import is_file_of_match
from game.session.view import MatchView

from . import casting
from .console import open_console
from .errors import UserError
from .match_paths import file_called, opened, refuse_live_luck, refuse_spoiling
from .progress import progress

ALL = "all"
SUFFIXES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the report is to hold and where it goes."""

    out: str
    """An HTML file."""
    pdf: bool
    """A PDF of the same name beside it."""
    lenses: Sequence[str]
    """Ids or files; `all` stands for every one of the game's own."""
    horizon: int
    futures: int | None
    workers: int
    replace: bool
    """Whether files that are no reports may be written over."""
    unfinished: bool
    """Whether a match that is still on, or its luck, may be told of."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """Which game of a simulation is told of, where no match is."""

    given: Mapping[Seat, str | None]
    game: int
    seed: int
    history: bool


def run(name: str, beside: str | None, which: Simulated, wanted: Wanted, *, plain: bool) -> int:
    """Makes the report and writes it; arguments and errors as for `_run`."""
    try:
        return _run(name, beside, which, wanted, plain=plain)
    except InTheWayError as error:
        raise UserError(f"{error}, or add --replace to write over it") from None
    except ReportError as error:
        raise UserError(str(error)) from None
    except FuturesError as error:
        raise UserError(f"{name}: {error}") from None
    except ContentError as error:
        if not is_file_of_match(name):
            raise
        told = "; ".join(problem.what for problem in error.problems[:1])
        raise UserError(
            f"{name}: a data file in this match has a mistake ({told}), so its games cannot be "
            "played on; look at it with replay"
        ) from None


def _run(name: str, beside: str | None, which: Simulated, wanted: Wanted, *, plain: bool) -> int:
    """Makes the report and writes it, whole or not at all.

    Args:
        name: a match's file, or a scenario's name or file, of which a game is simulated.
        beside: another match's file, to lay beside it.
        which: the simulated game.
        wanted: what and where.
        plain: without boxes, colours and tricks.

    Raises:
        ContentError: a scenario, lens or doctrine has mistakes.
        FileError: a match cannot be read.
        UserError: it cannot be told of, or not be written.
    """
    targets = _targets(wanted)
    lenses = [casting.lens_called(lens) for lens in _spelt(wanted.lenses)]
    match, other = _match(name, which, wanted), None
    if beside is not None:
        other = _from_file(beside, wanted)
        if other.scenario.id != match.scenario.id:
            raise UserError(
                f"--beside: {other.scenario.title} is another scenario than "
                f"{match.scenario.title}; name a match of the same one"
            )
    out, start = open_console(plain=plain), time.perf_counter()
    work = made(
        match,
        lenses,
        beside=other,
        horizon=wanted.horizon,
        futures=wanted.futures,
        workers=wanted.workers,
    )
    html = _with_progress(work, plain=plain)
    if wanted.pdf:
        out.aside("Making the PDF too: this may take half a minute.")
    for target in targets:
        data = _printed(html) if target.suffix == ".pdf" else html.encode()
        write(target, data, replace=wanted.replace)
        out.say(f"{visible(target)}: {len(data) / 1000:,.0f} kB")
    out.aside(f"{time.perf_counter() - start:.1f} s. Open it in a browser; it needs no network.")
    return 0


def _with_progress(work: Generator[Done, None, str], *, plain: bool) -> str:
    with closing(work):
        try:
            first = next(work)
            with progress(first.of, plain=plain) as bar:
                while True:
                    bar.advance_to(first.done)
                    first = next(work)
        except StopIteration as done:
            return str(done.value)


def _targets(wanted: Wanted) -> list[Path]:
    """The files that will be written, after a look whether they can be."""
    if not wanted.out.endswith(SUFFIXES):
        raise UserError(
            f"--out: {quoted(wanted.out)} is no name for an HTML file; end it with .html"
        )
    targets = [Path(wanted.out)]
    if wanted.pdf:
        try:
            check_printer()
        except NoPrinterError as error:
            raise UserError(f"--pdf: {error}") from None
        targets.append(targets[0].with_suffix(".pdf"))
    for target in targets:
        check(target, replace=wanted.replace)
    return targets


def _spelt(names: Sequence[str]) -> tuple[str, ...]:
    """The lenses, each once, with `all` spelt out."""
    spelt = [name for given in names for name in (lens_ids() if given == ALL else (given,))]
    return tuple(dict.fromkeys(spelt))


def _match(name: str, which: Simulated, wanted: Wanted) -> MatchView:
    if is_file_of_match(name):
        return _from_file(name, wanted)
    return _simulated(name, which, wanted)


def _from_file(name: str, wanted: Wanted) -> MatchView:
    path = file_called(name)
    match = opened(path, MatchView.read)
    if not match.played:
        raise UserError(f"{path}: no turn of this match has been played; there is nothing to tell")
    if not wanted.unfinished:
        remedy = "finish it first, or add --unfinished if nobody will play on"
        refuse_spoiling(path, match, "the report tells", remedy)
    return match


def _simulated(name: str, which: Simulated, wanted: Wanted) -> MatchView:
    scenario = casting.seen(name)
    names = casting.casting(scenario, which.given, history=which.history, people=True)
    if not wanted.unfinished:
        refuse_live_luck(scenario.id, which.seed, which.game, "--unfinished")
    match = Match(scenario, casting.players(scenario, names), which.seed, which.game)
    while match.ending is Ending.NONE:
        match.advance()
    return match


def _printed(html: str) -> bytes:
    try:
        return pdf(html)
    except NoPrinterError as error:
        raise UserError(f"--pdf: {error}; the HTML file is written") from None
