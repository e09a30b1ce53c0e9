"""From one screen to the next, where it crosses the rooms: begin a game, end it, look things up.

The screens are imported on the way to them, so that the window opens at once.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .shell.app import App

if TYPE_CHECKING:
    from game.report.taking import Unfiled
    from game.session.match import Match
    from game.session.view import MatchView


class Flow:
    """The ways through the game's screens."""

    def begin(
        self, app: App, match: "Match", path: Path | None, unfiled: "Unfiled | None" = None
    ) -> None:
        """See `Routes`: one person reads the briefing first, but not before practice; several are
        each shown theirs behind the curtain, by the situation room; a game that is over is
        debriefed.
        """
        from game.session.view import Status  # noqa: PLC0415

        from .room.coaching import is_practice  # noqa: PLC0415
        from .screens.games.briefing import BriefingScreen  # noqa: PLC0415
        from .screens.games.scenario import ScenarioScreen  # noqa: PLC0415

        app.hold(match, path, unfiled)
        if match.status is Status.ENDED and len(match.people) == 1:
            self.end(app, match)  # the world may still be guessed there
        elif match.status is Status.ENDED:
            self.finish(app, match, path)
        elif match.state.turn == 0 and len(match.people) == 1 and not is_practice(match):
            seat, enter = match.people[0], partial(_enter, app, match)
            briefing = BriefingScreen(app, match, seat, enter, whole=False)
            if app.screen.name == ScenarioScreen.name:
                app.push(briefing)  # who goes back finds there what was picked
            else:
                app.home(briefing)
        else:
            _enter(app, match)

    def end(self, app: App, match: "Match") -> None:
        """See `Routes`."""
        from .screens.ending import EndingScreen  # noqa: PLC0415
        from .screens.games.starting import begin_again, begin_in_earnest  # noqa: PLC0415

        def debrief(guess: int) -> None:
            self.finish(app, match, match.path, guess)

        again, onward = begin_again(app, match), begin_in_earnest(app, match)
        app.home(EndingScreen(app, match, debrief, again, onward))

    def finish(self, app: App, match: "MatchView", path: Path | None, guess: int = -1) -> None:
        """See `Routes`. A game without a file was played as its scenario is written."""
        from game.content.lens import BALANCED  # noqa: PLC0415
        from game.report.taking import Unfiled  # noqa: PLC0415

        from .screens.debrief.screen import DebriefScreen  # noqa: PLC0415

        unfiled = None if match.record else app.unfiled or Unfiled(match.scenario, BALANCED)
        app.home(DebriefScreen(app, match, path=path, unfiled=unfiled, guess=guess))

    def open_page(self, app: App, page: str) -> None:
        """See `Routes`."""
        from .screens.handbook.screen import open_handbook  # noqa: PLC0415

        open_handbook(app, page)


def _enter(app: App, match: "Match") -> None:
    """Enters the situation room."""
    from .screens.room import RoomScreen  # noqa: PLC0415

    app.home(RoomScreen(app, match))
