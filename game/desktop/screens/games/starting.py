"""New games, also out of old ones, and where reports are put."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from game.content.dealt import NOTHING, Dealt, with_dealt
from game.content.lens import BALANCED, load_lens, seen_through
from game.content.load import load_scenario, scenario_ids
from game.content.problems import ContentError
from game.futures.cast import cast
from game.futures.ensemble import Ensemble
from game.report.taking import Unfiled
from game.rules.seats import SEATS, Seat
from game.session.adapting import Changes
from game.session.drafting import Draft
from game.session.errors import FileError
from game.session.forking import fork
from game.session.home import matches_folder
from game.session.match import Kind, Match, MatchError, Seating, Status
from game.session.match_files import put_aside
from game.session.places import free, new_path
from game.session.view import MatchView
from game.views.ending import EARNEST, PRACTICE

from ...room.orders.draft_store import DraftStore
from ...shell import overlays
from ...shell.app import App
from ...texts import t
from ...widgets.boxes import Column
from ...widgets.text import Text
from ...work import tasks
from ..handbook.leaf import link
from . import folders
from .picking import Picked


def open_and_begin(app: App, path: Path) -> None:
    """Takes up a match where it was left, or debriefs one that is over, whose file is only read;
    what stands in the way is told.
    """
    try:
        view = MatchView.read(path)
        match = None if view.status is Status.ENDED else Match.open(path, cast)
    except (FileError, MatchError, ContentError) as error:
        app.toast(str(error))
        return
    if match is not None:
        app.routes.begin(app, match, path)
    else:
        app.hold(None)
        app.routes.finish(app, view, path)
    _tell_changes(app, view.changes)


def _tell_changes(app: App, changes: Changes) -> None:
    """Says what has changed in the rules since an old game began; nothing where nothing has."""
    if not any(changes):
        return
    told = [
        t(f"room.changes_{what}", names=", ".join(map(link, names)))
        for what, names in (("added", changes.added), ("dropped", changes.dropped))
        if names
    ]
    lines = [Text(text) for text in (*told, t("room.changes_more"))]
    app.open_overlay(
        lambda: overlays.sheet(
            t("room.changes_title"), Column(lines, gap=12), app.close_overlay, t("room.close")
        )
    )


def start_match(
    app: App,
    scenario: str,
    seats: dict[Seat, Seating],
    seed: int,
    lens: str = BALANCED,
    dealt: Dealt = NOTHING,
    pin: str = "",
) -> None:
    """Begins a new game and enters it; what stands in the way is told. Where the folder takes none,
    another one is asked for, or whether to play without keeping. With a PIN, somebody leads it.
    """

    def begin() -> str:
        path = new_path(matches_folder(), Path(scenario).stem, seed)
        try:
            match = Match.begin(path, scenario, seats, cast, seed=seed, lens=lens, dealt=dealt)
            if pin:
                match.lead(pin)
        except (FileError, FileExistsError) as error:
            return t("scenario.kept_not", why=error)
        app.routes.begin(app, match, path)
        return ""

    try:
        if why := begin():
            unkept = partial(_begin_unkept, app, scenario, seats, seed, lens, dealt, pin)
            folders.FolderQuestion(app, why, begin, unkept).ask()
    except (MatchError, ContentError) as error:
        app.toast(str(error))


def begin_again(app: App, match: Match) -> Callable[[], None] | None:
    """What begins a game that is over anew, with the same seats and the same luck; None where its
    scenario is none of the game's own, or it was taken up from another one.
    """
    game = match.record.game if match.record is not None else None
    whole = game is None or game.parent_turn is None
    if match.scenario.id not in scenario_ids() or not whole or match.game:
        return None
    seats = {seat: match.seating(seat) for seat in SEATS}
    lens = game.lens if game is not None else app.unfiled.lens if app.unfiled else BALANCED
    return lambda: start_match(app, match.scenario.id, seats, match.seed, lens)


def begin_in_earnest(app: App, match: Match) -> Callable[[], None] | None:
    """What begins the game that practice leads to, for the same people; None after any other."""
    if match.scenario.id != PRACTICE:
        return None
    picked = Picked(EARNEST, people=set(match.people) or {Seat.US})
    return lambda: start_match(app, EARNEST, picked.seatings, int(picked.seed), picked.lens)


def put_untouched_aside(app: App) -> None:
    """Puts a game aside that was begun and left at its briefing, before another one is begun."""
    match = app.match
    if match is None or not match.is_untouched:
        return
    path = match.path
    app.hold(None)
    if path is not None:
        with suppress(FileError):  # then it stays in the list
            put_aside(path)


def _begin_unkept(
    app: App,
    scenario: str,
    seats: dict[Seat, Seating],
    seed: int,
    lens: str,
    dealt: Dealt,
    pin: str,
) -> None:
    """Begins a new game that no file keeps."""
    plain, through = with_dealt(load_scenario(scenario), dealt), load_lens(lens)
    chosen = seen_through(plain, through)
    names = {s: seating.name for s, seating in seats.items() if seating.kind is Kind.COMPUTER}
    computers = [seat for seat in SEATS if seat not in seats or seat in names]
    match = Match(chosen, cast(chosen, names, computers), seed)
    if pin:
        match.lead(pin)
    app.routes.begin(app, match, None, Unfiled(plain, through.id))


def fork_own(app: App, path: Path, turn: int) -> None:
    """Plays on from before a turn of a match that is kept, in a file of its own. What people
    ordered in that turn lies before them again.
    """
    app.hold(None)
    try:
        view = MatchView.read(path)
        target = new_path(path.parent, view.scenario.id, view.seed)
        fork(path, turn, target)
        _lay_out(app, view, turn, MatchView.read(target))
    except (FileError, FileExistsError, MatchError, ContentError) as error:
        app.toast(t("debrief.turns.fork_failed", why=error))
        return
    open_and_begin(app, target)


def _lay_out(app: App, parent: MatchView, turn: int, forked: MatchView) -> None:
    """Keeps what people ordered in a turn of a match as orders in the making of its fork."""
    if turn > len(parent.played):
        return
    before, drafts = parent.at(turn), DraftStore(forked, app.toast, app.untell)
    for seat in forked.people:
        given = before.commitment(seat)
        if given is not None:
            drafts.keep(seat, Draft(given.order, dict(given.forecast)))


@dataclass(frozen=True, slots=True)
class Origin:
    """Which game of which ensemble a played game is."""

    ensemble: Ensemble
    game: int

    @property
    def unfiled(self) -> Unfiled:
        """What it was played by."""
        plain = with_dealt(load_scenario(self.ensemble.scenario), self.ensemble.dealt)
        return Unfiled(plain, load_lens(self.ensemble.lens).id)

    def play_on(self, app: App, turn: int, seat: Seat, key: str) -> None:
        """Makes a match of it that a person can take a seat of, from a turn on. The turns before
        are played again in the other process.
        """
        app.mention(t("debrief.turns.forking"))
        target = new_path(matches_folder(), Path(self.ensemble.scenario).stem, self.ensemble.seed)

        def came(part: int | Path) -> None:
            if isinstance(part, Path):
                open_and_begin(app, part)

        app.worker.submit(
            key,
            tasks.taken_over,
            self.ensemble,
            self.game,
            turn,
            seat,
            target,
            part=came,
            failed=lambda why: app.toast(t("debrief.turns.fork_failed", why=why)),
        )


def places_for_report(match: MatchView) -> Path:
    """A name for the report of a game that no file has."""
    folder = matches_folder().parent / "reports"
    stem = new_path(folder, match.scenario.id, match.seed).stem
    return free(folder / f"{stem}_game-{match.game}.html")
