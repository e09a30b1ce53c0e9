"""The debrief: what happened, what each use of force did, who believed what, and another try."""

from collections.abc import Callable, Mapping
from pathlib import Path

from game.futures.inquiry import Findings, Progress
from game.report.taking import Unfiled, taken
from game.rules.seats import SEATS, Seat
from game.session.view import MatchView
from game.views.names import SEAT_TITLES
from game.views.played import PlayedGame
from game.views.theory_belief import TheoryBelief

from ...shell.app import App
from ...shell.frame import WIDEST, page
from ...shell.screen import Screen
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Centre, Column, Panel
from ...widgets.charts import Progress as ProgressBar
from ...widgets.choice import tabs
from ...widgets.press import Button
from ...widgets.text import Text
from ...work import tasks
from ..games.saved import tell
from ..games.starting import Origin, fork_own, places_for_report
from . import force, front, minds, story

TABS = ("front", "story", "force", "turns", "marks", "ledger", "beliefs", "questions")
FRONT_WIDEST = 1320
"""Units of the first page, whose parts stand beside each other."""
ASKING, REPORTING, FORKING = "debrief-futures", "debrief-report", "debrief-fork"


class DebriefScreen(Screen):
    """A game that is over, or any game of an exploration."""

    name = "debrief"

    def __init__(
        self,
        app: App,
        match: MatchView,
        *,
        path: Path | None,
        unfiled: Unfiled | None,
        origin: Origin | None = None,
        tab: str = TABS[0],
        guess: int = -1,
    ) -> None:
        """
        Args:
            app: the window.
            match: the game.
            path: its file; None where it has none.
            unfiled: see `taken`; None where it has a file.
            origin: which game of which ensemble it is, where it is nobody's own.
            tab: the one that is open first.
            guess: the world that whoever played took it for, among the theories; -1 for none.
        """
        super().__init__(app)
        self._match, self._path, self._unfiled, self._origin = match, path, unfiled, origin
        self.rules = match.scenario.setting.rulebook
        self._tab, self._guess = TABS.index(tab), guess
        self._game: PlayedGame | None = None
        self.findings: Findings | None = None
        self.beliefs: Mapping[Seat, TheoryBelief] = {}
        """What the staffs of those who played believed of the theories."""
        self._progress = Progress(0, 1)
        self._note = ""
        if match.played:
            with taken(match, unfiled=unfiled) as game:
                self._game = game

    def entered(self) -> None:
        """See `Screen`; the futures are played while the story is read."""
        if self._game is not None and self.findings is None and not self.app.worker.busy(ASKING):
            self._ask()

    def left(self) -> None:
        """See `Screen`; no game may open itself over another screen."""
        self.app.worker.cancel(FORKING)

    def closed(self) -> None:
        """See `Screen`."""
        self.app.worker.cancel(ASKING)

    def back(self) -> None:
        """See `Screen`."""
        self.app.pop()

    # --- work

    @property
    def _source(self) -> "MatchView | Path":
        return self._path or self._match

    def _ask(self) -> None:
        self._note = ""
        self.app.worker.submit(
            ASKING,
            tasks.inquire_into,
            self._source,
            self._unfiled,
            part=self._answered,
            failed=self._failed,
        )
        self.app.rebuild()

    def _answered(self, part: tasks.Believed | Progress | Findings) -> None:
        if isinstance(part, tasks.Believed):
            self.beliefs = part.beliefs
        elif isinstance(part, Findings):
            self.findings = part
        else:
            self._progress = part
        self.app.rebuild()

    def _failed(self, why: str) -> None:
        self._note = t("debrief.failed", why=why or t("explore.lost"))
        self.app.rebuild()

    def _report(self) -> None:
        if self.findings is None:
            return
        target = places_for_report(self._match)
        self.app.mention(t("debrief.reporting"))
        self.app.worker.submit(
            REPORTING,
            tasks.reported,
            self._source,
            self._unfiled,
            self.findings,
            target,
            part=lambda path: tell(self.app, t("debrief.reported"), path),
            failed=lambda why: self.app.toast(t("debrief.report_failed", why=why)),
        )

    # --- another try

    def _play_on(self, turn: int) -> None:
        """A new game from before a turn."""
        if self._path is not None:
            fork_own(self.app, self._path, turn)
            return
        if self._origin is None:
            return
        origin = self._origin

        def take(seat: Seat) -> Callable[[], None]:
            return lambda: origin.play_on(self.app, turn, seat, FORKING)

        answers = [(SEAT_TITLES[seat], take(seat)) for seat in SEATS]
        self.app.ask(
            t("debrief.turns.which"),
            t("debrief.turns.which_text", turn=turn),
            [*answers, (t("frame.stay"), lambda: None)],
        )

    # --- widgets

    def build(self) -> Widget:
        """See `Screen`."""
        title = t("debrief.title", title=self._match.scenario.title)
        if self._game is None:
            return page(self, title, [Text(t("debrief.unplayed"))], actions=[self._home()])

        def change(place: int) -> None:
            self._tab = place
            self.app.rebuild()

        names = [t(f"debrief.tab.{name}") for name in TABS]
        body = self._body(self._game)
        if self._tab:  # the tabs keep their place, however wide the text below them is
            body = [Centre(Column(body, gap=24, grow=1), widest=WIDEST)]
        return page(
            self,
            title,
            body,
            below_title=[tabs(names, self._tab, change, key="tabs")],
            actions=self._actions(),
            key=f"debrief-{self._tab}",
            widest=FRONT_WIDEST,
        )

    def _home(self) -> Button:
        return Button(t("debrief.home"), self._go_home, kind="quiet")

    def _go_home(self) -> None:
        self.app.home()

    def _actions(self) -> list[Widget]:
        why = (
            "" if self.findings else t("debrief.report_no" if self._note else "debrief.report_wait")
        )
        return [
            Button(t("debrief.watch"), self._watch, icon="player-play"),
            Button(t("debrief.report"), self._report, why_not=why, icon="file-text"),
            *self._sure(),
            self._home(),
        ]

    def _sure(self) -> list[Widget]:
        """The way from the first page's arrows to what stands behind them."""
        if self._tab or self.findings is None:
            return []
        label = t("debrief.front.sure")
        return [Button(label, self._how_sure, key="how-sure", icon="help-circle")]

    def _watch(self) -> None:
        from ..watch import WatchScreen  # noqa: PLC0415 (it leads here, too)

        self.app.push(WatchScreen(self.app, self._match))

    def _body(self, game: PlayedGame) -> list[Widget]:
        """The tab that is open."""
        can_fork = self._path is not None or self._origin is not None
        parts: dict[str, Callable[[], list[Widget]]] = {
            "front": lambda: self._front(game),
            "story": lambda: story.story(game),
            "force": lambda: self._force(game),
            "turns": lambda: story.turns(game, self._play_on if can_fork else None),
            "marks": lambda: minds.marks(game),
            "ledger": lambda: minds.ledger(game),
            "beliefs": lambda: minds.beliefs(game),
            "questions": lambda: story.questions(game),
        }
        name = TABS[self._tab]
        if name in ("front", "force") and self.findings is None:
            return parts[name]()  # it moves on
        width = round(self.ui.units[0])
        return [self.kept((name, width), lambda: Column(parts[name](), gap=24))]

    def _front(self, game: PlayedGame) -> list[Widget]:
        minds = front.Minds(self.beliefs, self._guess)
        if self.findings is None:
            return [*self._force(game), *front.waiting(game, minds)]
        can_fork = self._path is not None or self._origin is not None
        play_on = self._play_on if can_fork else None
        width = self.ui.units[0]
        people = self._match.people
        return front.front(game, self.findings, minds, people, play_on, units=width)

    def _how_sure(self) -> None:
        self._tab = TABS.index("force")
        self.app.rebuild()

    def _force(self, game: PlayedGame) -> list[Widget]:
        if self.findings is not None:
            return force.force(game, self.findings)
        if self._note:
            again = Button(t("debrief.again"), self._ask)
            return [Panel(Column([Text(self._note), again], align="left"), edge="bad")]
        done, of = self._progress
        told = t("debrief.asking", done=f"{done:,}", of=f"{of:,}")
        told = told if done else t("debrief.asking_first")
        return [Text(told, "body", "quiet"), ProgressBar(done / of)]
