"""Long work for the window's other process: generators that give parts as they are done. No pygame.

A part is small and can be sent between processes.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from game import __version__
from game.content.lens import lens_ids, load_lens, through
from game.content.scenario import Scenario
from game.engine.play import play
from game.futures.cast import cast
from game.futures.ensemble import (
    MEASURES,
    ByOthers,
    Chunk,
    Ensemble,
    Rows,
    by_others,
    opened,
    run_chunk,
    step_of,
    values,
)
from game.futures.inquiry import Findings, Progress, inquire
from game.futures.statistics import Paired
from game.futures.theory_belief import beliefs_in
from game.report.debrief import Subject
from game.report.page import page
from game.report.taking import Unfiled, computers_of, taken
from game.report.writing import write
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Seating, Status
from game.session.view import MatchView
from game.views.effects import Estimate
from game.views.theory_belief import TheoryBelief

FIRST_CHUNK, CHUNK = 100, 2_000
"""Games played together: few at first, so that something is seen at once."""


_UNREADY, _OLD = ".unready", 86_400
"""How the file of a match ends that is still being made, and the seconds after which it is none."""


def explored(ensemble: Ensemble) -> Iterator[Chunk | ByOthers]:
    """The games of an ensemble, a chunk at a time, with a row for each; last, some of them by other
    numbers.
    """
    first, size = 0, FIRST_CHUNK
    while first < ensemble.games:
        count = min(size, ensemble.games - first)
        yield run_chunk(ensemble, first, count)
        first, size = first + count, CHUNK
    yield by_others(ensemble)


class Swung(NamedTuple):
    """What one assumption moves: the mean of each measure against the same games without it."""

    name: str
    """A parameter, "group.name", or a lens's id."""
    values: tuple[float, float]
    """The values that it was set to; both 0 for a lens."""
    changes: Mapping[str, tuple[Estimate, Estimate]]
    """By measure, at the first value and at the second."""
    done: int
    of: int


def assumptions(ensemble: Ensemble) -> Iterator[Swung]:
    """How far results hang on each number about which the lenses disagree: it alone is set to the
    least and to the most that any lens gives it, with the same luck.
    """
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    base = _measured(scenario, ensemble)
    spans = contested(scenario)
    for done, (name, (low, high)) in enumerate(spans.items(), 1):
        ends = []
        for value in (low, high):
            setting = scenario.setting
            changed = setting.under(through(setting.rulebook, {name: value}))
            ends.append(_measured(replace(scenario, setting=changed), ensemble))
        changes = {
            measure: (_change(ends[0], base, measure), _change(ends[1], base, measure))
            for measure in MEASURES
        }
        yield Swung(name, (low, high), changes, done, len(spans))


def contested(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """The parameters that any lens sets, with the least and the most that they are given; the
    value that they have now is among them.
    """
    lenses = [load_lens(name) for name in lens_ids()]
    names = dict.fromkeys(name for lens in lenses for name in lens.parameters)
    groups = scenario.setting.rulebook.parameters._asdict()
    spans = {}
    for name in names:
        group, _, parameter = name.partition(".")
        now = float(getattr(groups[group], parameter))
        values = [now, *(lens.parameters[name] for lens in lenses if name in lens.parameters)]
        spans[name] = (min(values), max(values))
    return spans


def _measured(scenario: Scenario, ensemble: Ensemble) -> Rows:
    keys = game_keys(ensemble.seed, range(ensemble.games))
    played = play(scenario.setting, cast(scenario, dict(ensemble.players), people=True), keys)
    return Rows.of(scenario.setting, played)


def _change(rows: Rows, base: Rows, measure: str) -> Estimate:
    paired = Paired(step_of(measure))
    paired.add(values(rows, measure), values(base, measure))
    return paired.difference


def watched(ensemble: Ensemble, game: int) -> Iterator[MatchView]:
    """One game of an ensemble, played again to its end."""
    scenario = opened(ensemble.scenario, ensemble.lens, ensemble.dealt)
    match = Match(
        scenario, cast(scenario, dict(ensemble.players), people=True), ensemble.seed, game
    )
    while match.status is not Status.ENDED:
        match.advance()
    yield match


def taken_over(
    ensemble: Ensemble, game: int, turn: int, seat: Seat, target: Path
) -> Iterator[int | Path]:
    """A match in a file: one game of an ensemble up to a turn, and from there a person's seat.
    Gives the number of each turn that is played, then the file; who stops before that leaves none.

    Raises:
        FileError: the file cannot be written.
        FileExistsError: there is one of that name.
    """
    unready = target.with_name(f".{target.name}{_UNREADY}")  # no list of matches shows it
    _sweep(target.parent)
    made = given = False
    try:
        yield from _played_until(ensemble, game, turn, seat, unready)
        if target.exists():
            raise FileExistsError(target)
        unready.rename(target)
        made = True
        yield target
        given = True
    finally:
        unready.unlink(missing_ok=True)
        if made and not given:
            target.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Takes away what a process that was killed has left unready, once nobody can be at it."""
    with suppress(OSError):
        for left in folder.glob(f".*{_UNREADY}"):
            if time.time() - left.stat().st_mtime > _OLD:
                left.unlink()


def _played_until(
    ensemble: Ensemble, game: int, turn: int, seat: Seat, path: Path
) -> Iterator[int]:
    named = dict(ensemble.players)
    seats = {s: Seating.computer(named[s]) for s in SEATS if s in named}
    match = Match.begin(
        path,
        ensemble.scenario,
        seats,
        cast,
        seed=ensemble.seed,
        game=game,
        lens=ensemble.lens,
        dealt=ensemble.dealt,
    )
    try:
        for number in range(1, turn):
            match.advance()
            yield number
        match.give(seat, Seating.person())
    finally:
        match.close()


class Believed(NamedTuple):
    """What the staffs of those who played believed of the theories."""

    beliefs: Mapping[Seat, TheoryBelief]


def inquire_into(
    match: MatchView | Path, unfiled: Unfiled | None
) -> Iterator[Believed | Progress | Findings]:
    """What the staffs believed, then what only many futures can tell about a played game: how far
    it has come, then the findings.

    Args:
        match: the game, or its file.
        unfiled: see `taken`; None for a file.
    """
    view = MatchView.read(match) if isinstance(match, Path) else match
    with taken(view, unfiled=unfiled) as game:
        yield Believed(beliefs_in(game, view.people or SEATS))
        own_first = sorted(lens_ids(), key=lambda name: name != game.lens)
        lenses = [load_lens(name) for name in own_first]
        findings = yield from inquire(game, lenses, computers_of(view))
    yield findings


def reported(
    match: MatchView | Path, unfiled: Unfiled | None, findings: Findings, target: Path
) -> Iterator[Path]:
    """Writes the debrief as one HTML file: all of it or nothing.

    Raises:
        OSError: its folder cannot be made.
        ReportError: the file cannot be written.
    """
    view = MatchView.read(match) if isinstance(match, Path) else match
    with taken(view, unfiled=unfiled) as game:
        told = page(Subject(game, findings), None, __version__)
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, told.encode())
    yield target
