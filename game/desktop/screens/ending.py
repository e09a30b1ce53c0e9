"""The end of a game as a scene: how it ended, the dead, the score beside others', where another
plan would have led, how high it went. The debrief is one key away; until
then the world stays sealed.
"""

from collections.abc import Callable

from game.content.load import load_scenario, scenario_ids
from game.lab.benchmark import Benchmark, Plan, benchmark
from game.rules.seats import Seat
from game.session.match import Match
from game.views.ending import EARNEST, compared, in_earnest, practised, scene
from game.views.names import SEAT_TITLES
from game.views.peaks import t as told
from game.views.secrets import possible_theories
from game.views.situation import total_mark
from game.views.timeline import history

from ..map.stage import Stage, StageState
from ..shell import overlays
from ..shell.app import CANNOT_TELL, App
from ..shell.screen import Screen
from ..texts import t
from ..texts.dates import day, short_day
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Gap, Layers, Padded, Panel, Row, Rule
from ..widgets.choice import Choice
from ..widgets.press import Button
from ..widgets.scores import Dots, Peaks, PlanRow, Plans
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from ..widgets.toll import Toll

WIDE, ROW = 1060, 700
"""Units from which score and plans, and the counts of the dead, stand beside each other."""
DOTS = 122
"""Units of height of the dots: the scene fits into 720 of them."""


class EndingScreen(Screen):
    """The last scene."""

    name = "ending"

    def __init__(
        self,
        app: App,
        match: Match,
        debrief: Callable[[int], None],
        again: Callable[[], None] | None,
        onward: Callable[[], None] | None = None,
    ) -> None:
        """
        Args:
            app: the window.
            match: the game, which is over.
            debrief: opens its debrief; given the world that somebody took it for, by its place
                among the theories, -1 for none.
            again: begins the same game anew, with the same luck; None where that cannot be.
            onward: begins the game that practice leads to; None after any other game.
        """
        super().__init__(app)
        self._match, self._leave, self._again, self._onward = match, debrief, again, onward
        self._guess = -1
        """The world that was guessed, by its place among the theories; see `Routes.finish`."""
        self.rules = match.scenario.setting.rulebook
        self._stage = StageState()
        self._scene = scene(match.scenario, match.state)
        people = match.people or (Seat.US,)
        self._scores = {seat: total_mark(match.scenario, match.state, seat) for seat in people}
        known = match.scenario.id in scenario_ids()
        self._benchmarks = {seat: benchmark(match.scenario.id, seat) for seat in people if known}
        self._earnest = load_scenario(EARNEST) if onward else None

    def entered(self) -> None:
        """See `Screen`."""
        self.app.sound("quiet")

    def back(self) -> None:
        """See `Screen`: it leads on; the title is one step further."""
        self._leave_by_guess()

    def build(self) -> Widget:
        """See `Screen`."""
        wide = self.ui.units[0] >= WIDE
        low = self.ui.units[1] < 600
        parts: list[Widget] = [
            Text(self._stamp(), "mono", "quiet"),
            Text(self._scene.headline, "scene-low" if low else "scene"),
            Text(" ".join(self._scene.told), "body" if low else "lead", widest=760),
            *self._practised(),
            self._dead(wide=self.ui.units[0] >= ROW),
            Rule(),
            *self._measured(wide=wide),
            self._how_high(),
        ]
        side = 88 if wide else 24
        body = Scroll(
            Padded(Column(parts, gap=12), left=side, right=side, top=20, bottom=12),
            key="ending",
            focusable=True,
        )
        foot = Padded(Flow(self._buttons(), gap=12), left=side, right=side, top=8, bottom=14)
        sealed = Padded(
            Text(told("endings.benchmark.sealed"), "small", "quiet"), left=side, right=side
        )
        front = Column([body, Rule(), Gap(4), sealed, foot], gap=0)
        if self.ui.theme.id == "contrast":
            return front
        ground = Stage(self._stage, None, lambda: 0.0, rings=False, dim=205)
        return Layers([ground, front])

    def _debrief(self) -> None:
        self._leave(self._guess)

    def _leave_by_guess(self) -> None:
        """Breaks the seal; who has not said which world it was is asked first, for nobody can say
        it afterwards.
        """
        if self._guess >= 0 or not self._guessable:
            self._debrief()
            return
        theories = self._match.scenario.setting.rulebook.theories

        def say(place: int) -> Callable[[], None]:
            def said() -> None:
                self._guess = place
                self.app.close_overlay()
                self._debrief()

            return said

        answers = [(theories[place].name, say(place)) for place in self._guessable]
        answers.append((t("ending.no_guess"), say(CANNOT_TELL)))
        title, text = t("ending.which_world"), t("ending.asked_first")
        self.app.open_overlay(lambda: overlays.question(title, text, answers, default=-1))

    @property
    def _guessable(self) -> list[int]:
        """The places of the theories of which one was drawn; none where nobody alone can guess."""
        possible = possible_theories(self._match.scenario)
        if len(possible) < len(("one", "other")) or len(self._match.people) != 1:
            return []
        theories = self._match.scenario.setting.rulebook.theories
        return [theories.index(theory) for theory in possible]

    def _which_world(self) -> list[Widget]:
        """Before the seal is broken: what do you think? The debrief holds it against the truth."""
        places = self._guessable
        if not places:
            return []
        possible = possible_theories(self._match.scenario)

        def pick(place: int) -> None:
            self._guess = places[place]
            self.app.rebuild()

        chosen = places.index(self._guess) if self._guess >= 0 else -1
        names = [theory.name for theory in possible]
        asked = Text(t("ending.which_world"), "strong")
        return [Flow([asked, Choice(names, chosen, pick, key="guess")], gap=14)]

    def _practised(self) -> list[Widget]:
        """After the practice game: what it was for, and where it leads."""
        if self._earnest is None:
            return []
        head, *told = practised([played.outcome for played in self._match.played])
        told.append(in_earnest(self._earnest))
        lines = [Text(head, "heading"), *(Text(line, "body", widest=760) for line in told)]
        return [Panel(Column(lines, gap=4), pad=14, border="accent", key="practised")]

    def _stamp(self) -> str:
        match = self._match
        over = match.state.turn >= len(match.scenario.turns)
        date = match.scenario.end if over else match.scenario.turns[match.state.turn].date
        who = ", ".join(SEAT_TITLES[seat] for seat in match.people)
        return f"{day(date)} · {who}" if who else day(date)

    def _dead(self, *, wide: bool) -> Widget:
        groups: list[Widget] = []
        for dead in self._scene.dead:
            head = Row(
                [Text(str(dead.number), "figure"), Text(dead.name, "body", "quiet", grow=1)], gap=8
            )
            size = 9 if dead.number > 40 else 12
            tip = f"{dead.name}: {dead.number}"
            toll = Toll([(dead.seat, dead.number)], tip=tip, size=size)
            group = Column([head, *([toll] if dead.number else [])], gap=2)
            group.grow = 2 if dead.number > 12 else 1
            groups.append(group)
        return Row(groups, gap=24, align="top") if wide else Column(groups, gap=6)

    # --- the score

    def _measured(self, *, wide: bool) -> list[Widget]:
        if len(self._scores) > 1:
            return [self._all_scores()]
        ((seat, score),) = self._scores.items()
        kept = self._benchmarks.get(seat)
        head = Row(
            [
                Text(f"{score:.0f}", "scene"),
                Text(compared(kept.better_than(score)) if kept else t("ending.points"), "heading",
                     grow=1, key="compared"),
            ],
            gap=14,
        )  # fmt: skip
        if kept is None:
            return [head, *self._which_world()]
        left = Column([head, *self._dots(kept, score)], gap=4, grow=1)
        right = Column([*self._plans(kept, score), *self._which_world()], gap=6, grow=1)
        return [Row([left, right], gap=40, align="top") if wide else Column([left, right], gap=14)]

    def _dots(self, kept: Benchmark, score: float) -> list[Widget]:
        note = told("endings.benchmark.note", games=len(kept.scores))
        own = t("ending.you", score=f"{score:.0f}")
        tip = f"{compared(kept.better_than(score))}. {note}"
        return [
            Dots(kept.scores, round(score), own, tip=tip, height=DOTS),
            Text(note, "condensed", "quiet"),
        ]

    def _plans(self, kept: Benchmark, score: float) -> list[Widget]:
        fewest = min(kept.plans, key=lambda plan: plan.dead)
        rows = [
            PlanRow(plan.name, plan.mean, plan.low, plan.high, _note(plan, place == 0, fewest))
            for place, plan in enumerate(kept.plans)
        ]
        tip = " ".join(f"{row.name}: {row.mean:.0f}, {row.note}." for row in rows)
        note = told("endings.benchmark.plans_note", games=len(kept.scores))
        return [
            Text(t("ending.plans"), "heading"),
            Plans(rows, score, names=158, tip=tip),
            Text(note, "condensed", "quiet"),
        ]

    def _all_scores(self) -> Widget:
        """The scores of several people, each beside others' of its own seat."""
        lines: list[Widget] = []
        for seat, score in self._scores.items():
            kept = self._benchmarks.get(seat)
            words = compared(kept.better_than(score)) if kept else t("ending.points")
            lines.append(
                Row(
                    [
                        Text(SEAT_TITLES[seat], "strong", seat.name, width=170),
                        Text(f"{score:.0f}", "number", width=50),
                        Text(words, "body", "quiet", grow=1),
                    ],
                    gap=8,
                )
            )
        return Column(lines, gap=4)

    def _how_high(self) -> Widget:
        match = self._match
        rungs = [int(played.outcome.rung[0]) for played in match.played]
        real = [turn.rung for turn in history(match.scenario)[: len(rungs)]]
        feet = [short_day(turn.date) for turn in match.scenario.turns[: len(rungs)]]
        tip = " ".join(
            t("ending.rung", turn=place + 1, rung=rung) for place, rung in enumerate(rungs)
        )
        head = Row(
            [
                Text(t("ending.how_high"), "tiny", "quiet"),
                Text(t("ending.how_high_key"), "condensed", "quiet", grow=1),
            ],
            gap=12,
        )
        return Column([head, Peaks(rungs, real, feet, tip=tip)], gap=2)

    def _buttons(self) -> list[Widget]:
        """What leads on: Enter means the debrief, after practice the game in earnest."""
        onward, first = self._onward, self._onward is None
        buttons: list[Widget] = [
            Button(
                t("ending.debrief"),
                self._leave_by_guess,
                kind="primary" if first else "plain",
                key="leave",
                default=first,
                shortcut=t("room.enter") if first else "",
            )
        ]
        if onward is not None and self._earnest is not None:
            on = Button(
                t("ending.onward", title=self._earnest.title),
                onward,
                kind="primary",
                key="onward",
                default=True,
                shortcut=t("room.enter"),
            )
            buttons.insert(0, on)
        if self._again is not None:
            buttons.append(Button(t("ending.again"), self._again, key="again"))
        return buttons


def _note(plan: Plan, best: bool, fewest: Plan) -> str:
    """What stands beside a plan: the gravest first."""
    if plan.war >= 0.02:
        return told("endings.benchmark.war", n=round(plan.war * 100))
    if plan.home >= 0.02:
        return told("endings.benchmark.home", n=round(plan.home * 100))
    if best:
        return told("endings.benchmark.best")
    if plan is fewest:
        return told("endings.benchmark.fewest", dead=plan.dead)
    return t("ending.dead", dead=f"{plan.dead:.0f}")
