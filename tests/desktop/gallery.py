"""What is shown in the pictures of every screen."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

from game.content.lens import BALANCED, lens_ids, load_lens
from game.desktop.screens.about import AboutScreen
from game.desktop.screens.debrief.screen import TABS, DebriefScreen
from game.desktop.screens.explore.screen import ExploreScreen
from game.desktop.screens.games.briefing import BriefingScreen
from game.desktop.screens.games.match_labels import describe_match
from game.desktop.screens.games.picking import USUAL
from game.desktop.screens.games.resume import Gone, ResumeScreen
from game.desktop.screens.games.scenario import ScenarioScreen
from game.desktop.screens.handbook.screen import HandbookScreen, open_handbook
from game.desktop.screens.settings import SettingsScreen
from game.desktop.screens.title import TitleScreen
from game.desktop.shell.app import App
from game.desktop.texts import t
from game.desktop.widgets.entry import Field
from game.desktop.widgets.select import Select
from game.desktop.work import tasks
from game.futures.cast import cast
from game.futures.ensemble import ByOthers, Chunk, Ensemble
from game.futures.inquiry import Findings, inquire
from game.futures.theory_belief import beliefs_in
from game.report.taking import Unfiled, computers_of, taken
from game.rules.seats import SEATS, Seat
from game.session.errors import DamagedError
from game.session.events import Kind
from game.session.match import Match, Status
from game.session.match_files import ASIDE
from game.session.places import Summary
from game.session.record import Game
from game.views.theory_belief import TheoryBelief
from tests.common import scenario as read

from .gallery_room import ROOM_SHOTS

Make = Callable[[App], None]


def _match(scenario: str, *people: Seat, seed: int = 7) -> Match:
    """A game in memory, nobody's but these people's and the usual players'."""
    chosen = read(scenario)
    players = cast(chosen, {}, [seat for seat in SEATS if seat not in people])
    return Match(chosen, players, seed)


def _unfiled(match: Match) -> Unfiled:
    return Unfiled(match.scenario, BALANCED)


def _briefing(app: App, *, whole: bool = True) -> None:
    match = _match("the_article", Seat.US)
    app.push(BriefingScreen(app, match, Seat.US, app.pop, whole=whole))


def _scenario_unfolded(app: App) -> None:
    app.push(ScenarioScreen(app))
    app.frame()
    next(w for w in app.tree.root.walk() if w.key == "more").press(app.ui)


@cache
def _finished() -> tuple[Match, Findings]:
    """A game that the computer has played, and what few futures tell of it."""
    match = _match("ten_days_in_january", seed=5)
    while match.status is not Status.ENDED:
        match.advance()
    lenses = [load_lens(name) for name in lens_ids()]
    with taken(match, unfiled=_unfiled(match)) as game:
        asking = inquire(game, lenses, computers_of(match), futures=40)
        while True:
            try:
                next(asking)
            except StopIteration as end:
                return match, end.value


@cache
def _beliefs() -> Mapping[Seat, TheoryBelief]:
    """What Washington's staff believed in that game."""
    match, _ = _finished()
    with taken(match, unfiled=_unfiled(match)) as game:
        return beliefs_in(game, [Seat.US])


def _debrief(tab: str, *, asking: bool = False) -> Make:
    def make(app: App) -> None:
        match, findings = _finished()
        screen = DebriefScreen(app, match, path=None, unfiled=_unfiled(match), tab=tab)
        screen.findings = None if asking else findings
        screen.beliefs = _beliefs()
        app.push(screen)

    return make


def _explore(tab: int, *, played: bool = True) -> Make:
    def make(app: App) -> None:
        screen = ExploreScreen(app)
        app.push(screen)
        if played:
            screen.show(_explored(), _swung(), tab)

    return make


@cache
def _explored() -> tuple[Ensemble, tuple[Chunk | ByOthers, ...]]:
    """Some games of an exploration."""
    ensemble = Ensemble(USUAL, 300, 7, rows=True)
    return ensemble, tuple(tasks.explored(ensemble))


@cache
def _swung() -> tuple[tasks.Swung, ...]:
    """What assumptions moved in few games."""
    return tuple(islice(tasks.assumptions(Ensemble(USUAL, 24, 7, rows=True)), 6))


def _asked(app: App) -> None:
    app.push(TitleScreen(app))
    app.ask(
        t("frame.close_title"),
        t("room.closing"),
        [(t("frame.close"), app.pop), (t("frame.stay"), app.pop)],
        dangerous=True,
    )


def _list(app: App) -> None:
    _scenario_unfolded(app)
    app.frame()
    for widget in app.tree.root.walk():
        if isinstance(widget, Select) and widget.key == "lens":
            widget.press(app.ui)
            return


def _resume(app: App) -> None:
    screen = ResumeScreen(app)
    app.push(screen)
    screen.show(KEPT)


_FOLDER = Path("/home/student/.local/share/restoring-deterrence/matches")
_NAME = "2026-01-02_the_article_seed-734435"
_GAME = Game(
    id="0" * 32,
    created="2026-01-02T10:00:00Z",
    scenario="the_article",
    title="The Article",
    turns=12,
    lens="balanced",
    seed_text="734435",
    game=0,
)
_SEATS = dict.fromkeys(SEATS, (Kind.COMPUTER, "usual")) | {Seat.US: (Kind.PERSON, "")}
_TWO = _SEATS | {Seat.IRAN: (Kind.PERSON, "Group 2"), Seat.MILITIA: (Kind.PERSON, "")}
_FORKED = _GAME.model_copy(
    update={"parent": "1" * 32, "parent_file": f"{_NAME}.match", "parent_turn": 3}
)
KEPT = [
    Summary(_FOLDER / f"{_NAME}.match", _GAME, _SEATS, 4, "none", "2026-01-02T11:30:00Z"),
    Summary(_FOLDER / f"{_NAME}_2.match", _FORKED, _SEATS, 4, "none", "2026-01-01T14:05:00Z"),
    Summary(_FOLDER / "Tuesday, group 2.match", _GAME, _TWO, 9, "none", "2026-01-01T12:10:00Z"),
    Summary(_FOLDER / f"{_NAME}_3.match", _GAME, _SEATS, 12, "calendar", "2026-01-01T11:30:00Z"),
]
"""The games of a list."""


def _resume_troubled(app: App) -> None:
    screen = ResumeScreen(app)
    app.push(screen)
    damaged = DamagedError(
        KEPT[1].path, "row 41 of the table ordered has no seal", "save what can be saved"
    )
    gone = Gone(
        describe_match(KEPT[0]), KEPT[0].path, KEPT[0].path.parent / ASIDE / KEPT[0].path.name
    )
    screen.show(KEPT[2:], [damaged], gone)


def _resume_empty(app: App) -> None:
    screen = ResumeScreen(app)
    app.push(screen)
    screen.show([])


def _resume_asked(name: str) -> Make:
    """The list of games, with one of a row's two buttons pressed."""

    def make(app: App) -> None:
        _resume(app)
        app.frame()
        for widget in app.tree.root.walk():
            if widget.key == name:
                widget.press(app.ui)
                return

    return make


def _searched(app: App) -> None:
    """The handbook over a game, with something typed in its search."""
    _briefing(app)
    open_handbook(app, "minds.anger_gain")
    app.frame()
    for widget in app.tree.root.walk():
        if isinstance(widget, Field):
            widget.typed(app.ui, "strike")
            return


def _told(app: App) -> None:
    app.push(SettingsScreen(app))
    path = "/home/student/.config/restoring-deterrence/settings.unreadable-1"
    app.toast(t("frame.settings_aside", path=path))


def _title_go_on(app: App) -> None:
    screen = TitleScreen(app)
    app.push(screen)
    screen.offer(KEPT[0])


SHOTS: dict[str, Make] = {
    "title": lambda app: app.push(TitleScreen(app)),
    "title-go-on": _title_go_on,
    "scenario": lambda app: app.push(ScenarioScreen(app)),
    "scenario-more": _scenario_unfolded,
    "briefing": _briefing,
    "briefing-short": lambda app: _briefing(app, whole=False),
    "handbook": lambda app: app.push(HandbookScreen(app)),
    "handbook-rungs": lambda app: app.push(HandbookScreen(app, "rung 3")),
    "handbook-search": _searched,
    "handbook-deed": lambda app: app.push(HandbookScreen(app, "us.strike_depots")),
    "settings": lambda app: app.push(SettingsScreen(app)),
    "resume": _resume,
    "resume-troubled": _resume_troubled,
    "resume-empty": _resume_empty,
    "resume-rename": _resume_asked("rename"),
    "resume-delete": _resume_asked("delete"),
    "told": _told,
    "explore-new": _explore(0, played=False),
    "explore": _explore(0),
    "explore-assumptions": _explore(1),
    "explore-games": _explore(2),
    "debrief-asking": _debrief("force", asking=True),
    **{f"debrief-{tab}": _debrief(tab) for tab in TABS},
    "question": _asked,
    "list": _list,
    "about": lambda app: app.push(AboutScreen(app)),
    **ROOM_SHOTS,
}
