"""From one screen to the next, where it crosses the rooms: begin a game, end it, go home."""

from pathlib import Path

from game.session.match import Match, Status

from .app import App
from .screens.briefing import BriefingScreen


def begin(app: App, match: Match, path: Path | None) -> None:
    """Begins a game, or goes on with one: one person reads the briefing first, several are each
    shown theirs behind the curtain, by the situation room; a game that is over is debriefed.
    """
    app.hold(match, path)
    if match.status is Status.ENDED:
        finish(app, match)
    elif match.state.turn == 0 and len(match.people) == 1:
        app.home(BriefingScreen(app, match, match.people[0], lambda: enter(app, match)))
    else:
        enter(app, match)


def enter(app: App, match: Match) -> None:
    """Enters the situation room."""
    from .screens.room import RoomScreen  # noqa: PLC0415 (it leads here, too)

    app.home(RoomScreen(app, match))


def finish(app: App, match: Match) -> None:
    """The game is over: its debrief."""
    from .screens.debrief import DebriefScreen  # noqa: PLC0415 (it leads here, too)

    app.home(DebriefScreen(app, match))
