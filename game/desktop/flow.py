"""From one screen to the next, where it crosses the rooms: begin a game, end it, go home."""

from pathlib import Path

from game.content.lens import BALANCED
from game.report.taking import Unfiled
from game.session.match import Match, Status
from game.session.view import MatchView

from .app import App
from .screens.briefing import BriefingScreen


def begin(app: App, match: Match, path: Path | None, unfiled: Unfiled | None = None) -> None:
    """Begins a game, or goes on with one: one person reads the briefing first, several are each
    shown theirs behind the curtain, by the situation room; a game that is over is debriefed.
    `unfiled` tells what a game without a file is played by.
    """
    app.hold(match, path, unfiled)
    if match.status is Status.ENDED:
        finish(app, match, path)
    elif match.state.turn == 0 and len(match.people) == 1:
        app.home(BriefingScreen(app, match, match.people[0], lambda: enter(app, match)))
    else:
        enter(app, match)


def enter(app: App, match: Match) -> None:
    """Enters the situation room."""
    from .screens.room import RoomScreen  # noqa: PLC0415 (it leads here, too)

    app.home(RoomScreen(app, match))


def finish(app: App, match: MatchView, path: Path | None) -> None:
    """The game is over: its debrief. One without a file was played as its scenario is written."""
    from .screens.debrief import DebriefScreen  # noqa: PLC0415 (it leads here, too)

    unfiled = None if match.record else app.unfiled or Unfiled(match.scenario, BALANCED)
    app.home(DebriefScreen(app, match, path=path, unfiled=unfiled))
