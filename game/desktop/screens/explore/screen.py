"""Explore: the same scenario many times by the computer, what came of it, and every game of it."""

from collections.abc import Sequence
from dataclasses import replace

from game.futures.ensemble import ByOthers, Chunk, Ensemble
from game.session.view import MatchView

from ...shell.app import App
from ...shell.frame import page
from ...shell.screen import Screen
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Gap, Padded, Row
from ...widgets.charts import Progress
from ...widgets.choice import tabs
from ...widgets.press import Button
from ...widgets.scroll import Scroll
from ...widgets.text import Text, points
from ...work import tasks
from ..games.picking import scenarios
from ..games.starting import Origin
from . import results
from .explored import Bin, Explored
from .setting import Query, Setting

JOB, ASSUMPTIONS, OPENING = "explore", "assumptions", "explore-open"
WIDE, ROOMY = 960, 1200
"""Units from which the setting stands beside the results, and from which it is wider."""
TABS = ("results", "assumptions", "futures")
SHOWN = 40
"""Games listed at first, and added by "Show more"."""
SWING_GAMES = 300
"""Games of each setting of an assumption."""


class ExploreScreen(Screen):
    """The setting on the left, what came of it on the right."""

    name = "explore"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._query = Query()
        self._ensemble: Ensemble | None = None
        self.found: Explored | None = None
        self._note = ""
        self._origin: Origin | None = None
        self._tab = 0
        self._setting_shown = True
        self._picked: Bin | None = None
        self._shown = SHOWN
        self._measure = 0
        self._swings: list[tasks.Swung] = []

    def left(self) -> None:
        """See `Screen`; no game may open itself over another screen."""
        self.app.worker.cancel(OPENING)

    def closed(self) -> None:
        """See `Screen`."""
        for key in (JOB, ASSUMPTIONS):
            self.app.worker.cancel(key)

    def show(
        self,
        played: tuple[Ensemble, Sequence[Chunk | ByOthers]],
        swings: Sequence[tasks.Swung],
        tab: int,
    ) -> None:
        """Shows games that have been played elsewhere."""
        self._ensemble, chunks = played
        scenario = next(s for s in scenarios()[0] if s.id == self._ensemble.scenario)
        self.found = Explored(scenario, self._ensemble.games)
        for chunk in chunks:
            self.found.add(chunk)
        self._swings, self._tab, self._setting_shown = list(swings), tab, False
        self.app.rebuild()

    # --- work

    def run(self) -> None:
        """Plays the games."""
        ensemble = self._query.ensemble()
        scenario = next(s for s in scenarios()[0] if s.id == ensemble.scenario)
        self._ensemble, self.found = ensemble, Explored(scenario, ensemble.games)
        self._note, self._picked, self._swings, self._tab = "", None, [], 0
        self._setting_shown = False
        self.app.worker.cancel(ASSUMPTIONS)
        self.app.worker.submit(
            JOB,
            tasks.explored,
            ensemble,
            part=self._part,
            done=self.app.rebuild,
            failed=self._failed,
        )
        self.app.rebuild()

    def _part(self, chunk: Chunk | ByOthers) -> None:
        if self.found is not None:
            self.found.add(chunk)
        self.app.rebuild()

    def _failed(self, why: str) -> None:
        self._note = t("explore.failed", why=why or t("explore.lost"))
        self.app.rebuild()

    def stop(self) -> None:
        """Stops playing them; what there is stays."""
        self.app.worker.cancel(JOB)
        if self.found is not None:
            self._note = t("explore.stopped", done=self.found.games, of=self.found.of)
        self.app.rebuild()

    def _find_assumptions(self) -> None:
        if self._ensemble is None:
            return
        self._swings = []
        chosen = self._ensemble
        few = replace(chosen, games=SWING_GAMES)
        self.app.worker.submit(
            ASSUMPTIONS,
            tasks.assumptions,
            few,
            part=self._swung,
            done=self.app.rebuild,
            failed=self._failed,
        )
        self.app.rebuild()

    def _swung(self, swung: tasks.Swung) -> None:
        self._swings.append(swung)
        self.app.rebuild()

    def _open(self, game: int) -> None:
        """Plays one game again, in the other process, and opens it."""
        if self._ensemble is None:
            return
        self._origin = Origin(self._ensemble, game)
        self.app.mention(t("explore.opening", game=game))
        self.app.worker.submit(
            OPENING,
            tasks.watched,
            self._ensemble,
            game,
            part=self._opened,
            failed=self._failed,
        )

    def _opened(self, match: MatchView) -> None:
        from ..debrief.screen import DebriefScreen  # noqa: PLC0415

        if (origin := self._origin) is not None:
            self.app.push(
                DebriefScreen(self.app, match, path=None, unfiled=origin.unfiled, origin=origin)
            )

    # --- widgets

    def build(self) -> Widget:
        """See `Screen`."""
        wide = self.ui.units[0] >= WIDE
        setting = Column(Setting(self.app, self._query).build(), gap=8)
        if wide:
            left = Column(
                [
                    Scroll(Padded(setting, right=8), key="setting"),
                    Padded(Column(self._running(), gap=10), right=18),
                ],
                gap=10,
                width=340 if self.ui.units[0] >= ROOMY else 300,
            )
            right = Scroll(
                Padded(Column(self._right(), gap=16), right=16, bottom=24),
                key=f"found-{self._tab}",
                focusable=True,
            )
            body: list[Widget] = [
                Row(
                    [left, Column([*self._tabs(), right], gap=12, grow=1)],
                    gap=32,
                    align="fill",
                    grow=1,
                )
            ]
            return page(self, t("explore.title"), body, scrolls=False, widest=1400)
        return self._narrow(setting)

    def _narrow(self, setting: Widget) -> Widget:
        """The setting is a tab of its own where there is no room beside the results."""
        shown = [setting] if self._setting_shown or self.found is None else self._right()
        return page(
            self,
            t("explore.title"),
            shown,
            below_title=self._tabs(with_setting=True),
            actions=self._running(),
            key=f"narrow-{self._tab}-{self._setting_shown}",
        )

    def _tabs(self, *, with_setting: bool = False) -> list[Widget]:
        if self.found is None:
            return []
        names = ("setting", *TABS) if with_setting else TABS
        first = 1 if with_setting else 0

        def change(place: int) -> None:
            self._setting_shown = place < first
            self._tab = max(0, place - first)
            self.app.rebuild()

        chosen = 0 if with_setting and self._setting_shown else self._tab + first
        return [tabs([t(f"explore.tab_{name}") for name in names], chosen, change, key="tabs")]

    def _running(self) -> list[Widget]:
        found = self.found
        if found is not None and self.app.worker.busy(JOB):
            told = t("explore.progress", done=f"{found.games:,}", of=f"{found.of:,}")
            return [
                Progress(found.games / found.of),
                Row(
                    [
                        Text(told, "small", "quiet", grow=1),
                        Button(t("explore.stop"), self.stop),
                    ]
                ),
            ]
        label = t("explore.run" if found is None else "explore.again")
        button = Button(label, self.run, kind="primary", default=True, key="run")
        note: list[Widget] = [Text(self._note, "small", "warn")] if self._note else []
        return [*note, button]

    def _right(self) -> list[Widget]:
        found = self.found
        if found is None:
            what = [t(f"explore.what_{name}") for name in TABS]
            return [Text(t("explore.empty"), "body", widest=620), points(what, "body", "quiet")]
        if not found.games:
            return [Gap(8)]
        if TABS[self._tab] == "results":
            return results.distributions(found, self._picked, self._pick_bin, self._list_them)
        if TABS[self._tab] == "futures":
            return self._games(found)
        return self._assumptions()

    def _pick_bin(self, picked: Bin) -> None:
        """A bar was picked: its games are listed."""
        self._picked, self._shown = picked, SHOWN
        self.app.rebuild()

    def _list_them(self) -> None:
        self._tab = TABS.index("futures")
        self.app.rebuild()

    def _games(self, found: Explored) -> list[Widget]:
        numbers = found.numbers(self._picked)

        def more() -> None:
            self._shown += SHOWN
            self.app.rebuild()

        def everything() -> None:
            self._picked, self._shown = None, SHOWN
            self.app.rebuild()

        listed = results.games(found, numbers[: self._shown], self._open)
        parts: list[Widget] = [
            Flow(
                [
                    Text(results.describe_bin(found, self._picked, len(numbers)), "body", "quiet"),
                    *(
                        [Button(t("explore.show_all"), everything, kind="quiet")]
                        if self._picked
                        else []
                    ),
                ],
                gap=16,
            ),
            Text(t("explore.game_tip"), "small", "quiet"),
            listed,
        ]
        if len(numbers) > self._shown:
            parts.append(Flow([Button(t("explore.more"), more)]))
        return parts

    def _assumptions(self) -> list[Widget]:
        busy = self.app.worker.busy(ASSUMPTIONS)
        parts: list[Widget] = [
            Text(t("explore.assumptions_text", games=SWING_GAMES), "body", "quiet", widest=720)
        ]
        if busy:
            done = self._swings[-1].done if self._swings else 0
            of = self._swings[-1].of if self._swings else 1
            parts += [
                Progress(done / of),
                Flow(
                    [
                        Text(t("explore.assumed", done=done, of=of), "small", "quiet"),
                        Button(t("explore.stop"), self._stop_assumptions),
                    ],
                    gap=16,
                ),
            ]
        elif not self._swings:
            parts.append(Flow([Button(t("explore.ask"), self._find_assumptions, kind="primary")]))
        if self._swings:
            parts += results.tornado(self._swings, self._measure, self._set_measure)
        return parts

    def _stop_assumptions(self) -> None:
        self.app.worker.cancel(ASSUMPTIONS)
        self.app.rebuild()

    def _set_measure(self, place: int) -> None:
        self._measure = place
        self.app.rebuild()
