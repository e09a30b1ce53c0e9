"""The first screen: what the game asks, and the ways in.

The other screens are imported on the way to them: so this one is there at once.
"""

from typing import TYPE_CHECKING

from ..map.backdrop import Backdrop
from ..shell.app import App
from ..shell.screen import Screen
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Centre, Column, Flow, Gap, Grid, Layers, Padded, Row
from ..widgets.motto import Motto
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from ..widgets.tides import Tides

if TYPE_CHECKING:
    from game.session.places import Summary

WIDE = 880
HIGH = 560
"""Units below which there is no room for the scene."""


class TitleScreen(Screen):
    """The ways in."""

    name = "title"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._last: Summary | None = None

    def entered(self) -> None:
        """See `Screen`; the game that was left is put back on the disk, and offered."""
        self.state.clear()  # from its top, however it was scrolled
        path = self.app.match_path
        self.app.hold(None)
        if path is None and (self._last is None or self._last.path.exists()):
            return
        from game.session.errors import FileError  # noqa: PLC0415
        from game.session.home import matches_folder  # noqa: PLC0415
        from game.session.places import last_unfinished, summary  # noqa: PLC0415

        try:
            left = summary(path) if path is not None else last_unfinished(matches_folder())
        except FileError:
            left = None  # the list of games tells why
        self._last = None if left is None or left.over else left

    def offer(self, last: "Summary | None") -> None:
        """Offers to go on with a game; None offers nothing."""
        self._last = last
        self.app.rebuild()

    def build(self) -> Widget:
        """See `Screen`."""
        wide = self.ui.units[0] >= WIDE
        roomy = self.ui.units[1] >= HIGH
        marked = {"fear": ("strong", "text"), "anger": ("strong", "accent")}
        style = "scene" if wide and roomy else "title"
        motto = Motto(t("title.motto"), marked, style, widest=620)
        blurb = Text(t("title.blurb"), "lead" if roomy else "body", "quiet", widest=540)
        name = Text(t("title.name"), "title")
        inner: Widget
        if wide:
            words = Column([name, motto, Gap(4), blurb], gap=16, grow=1)
            inner = Row([words, Column(self._ways(), gap=8, width=336)], gap=64, align="top")
        else:  # the ways in come first: all of them are to be seen at once
            ways = Grid(self._ways(), least=260, most=2, gap=10)
            inner = Column([Column([name, motto], gap=4), ways, blurb], gap=16)
        if wide and roomy:
            inner = Column(
                [inner, Gap(8), Tides(), Text(t("title.tides"), "small", "quiet")], gap=6
            )
        side = 64 if wide else 24
        body = Padded(
            Centre(inner, widest=1104, middle=True), left=side, right=side, top=24, bottom=16
        )
        foot = Flow(
            [
                Button(t("title.about"), self._about, kind="link", icon="info-circle"),
                Button(t("title.quit"), self.app.quit, kind="link", icon="x"),
            ],
            gap=24,
        )
        below = Centre(foot, widest=1100)
        front = Column(
            [
                Scroll(body, key="page", height=200),
                Padded(below, left=side, right=side + Scroll.BAR, bottom=16),
            ]
        )
        return Layers([Backdrop(), front])

    def _ways(self) -> list[Widget]:
        ways = (
            ("play", "layout-grid", self._play),
            ("explore", "chart-dots", self._explore),
            ("classroom", "users-group", self._class),
            ("resume", "history", self._resume),
            ("handbook", "book", self._handbook),
            ("settings", "settings", self._settings),
        )
        buttons: list[Widget] = [
            Button(
                t(f"title.{name}"),
                go,
                icon=icon,
                align="left",
                tip=t(f"title.{name}_tip"),
                shortcut=t(f"title.{name}_hint"),
                key=name,
            )
            for name, icon, go in ways
        ]
        begin = Button(
            t("title.begin"),
            self._begin,
            icon="player-play",
            align="left",
            kind="primary",
            default=True,
            tip=t("title.begin_tip"),
            key="begin",
        )
        note = Text(t("title.begin_note"), "condensed", "quiet")
        first: list[Widget] = [begin, note]  # in one list with the others: arrows go along it
        if self._last is not None:
            first.append(self._go_on(self._last))
        return [*first, *buttons]

    def _go_on(self, last: "Summary") -> Button:
        """The way back into the game that was played last."""

        def go() -> None:
            from .games.starting import open_and_begin  # noqa: PLC0415

            self._last = None
            open_and_begin(self.app, last.path)

        from game.session.match_files import given_name  # noqa: PLC0415

        from .games.match_labels import describe_match, whence  # noqa: PLC0415

        game = last.game
        title = game.title if game.parent_turn is None else whence(game)
        title = given_name(last.path) or title
        label = t("title.go_on", title=title, turn=last.played + 1, turns=game.turns)
        return Button(
            label,
            go,
            icon="player-track-next",
            align="left",
            tip=t("title.go_on_tip", game=describe_match(last)),
            key="go_on",
        )

    def back(self) -> None:
        """See `Screen`: a key alone does not end the program."""
        self.app.ask(
            t("title.quit_title"),
            t("title.quit_text"),
            [(t("title.quit"), self.app.quit), (t("title.stay"), lambda: None)],
        )

    def _play(self) -> None:
        from .games.scenario import ScenarioScreen  # noqa: PLC0415

        self.app.push(ScenarioScreen(self.app))

    def _begin(self) -> None:
        """Turn Zero, at once, as the United States: nothing is asked, nothing read before."""
        from game.views.ending import PRACTICE  # noqa: PLC0415

        from .games.picking import Picked  # noqa: PLC0415
        from .games.starting import start_match  # noqa: PLC0415

        picked = Picked(PRACTICE)
        start_match(self.app, PRACTICE, picked.seatings, int(picked.seed), picked.lens)

    def _class(self) -> None:
        """Opens a class, or tells of the one that is open."""
        hosted = self.app.hosted
        if hosted.is_open:
            self._tell_class()
        else:
            self.app.mention(t("title.class_opening"))
            hosted.open(lambda: self.app.soon(self._tell_class))

    def _tell_class(self) -> None:
        hosted = self.app.hosted
        if hosted.is_open:
            close = [(t("title.class_close"), hosted.close)]
            told = f"{hosted.told}\n\n{t('title.class_ends')}"
            self.app.ask(t("title.class_open"), told, [(t("title.class_leave"), _nothing), *close])
        else:
            self.app.ask(t("title.class_shut"), hosted.told, [(t("title.class_ok"), _nothing)])

    def _explore(self) -> None:
        from .explore.screen import ExploreScreen  # noqa: PLC0415

        self.app.push(ExploreScreen(self.app))

    def _resume(self) -> None:
        from .games.resume import ResumeScreen  # noqa: PLC0415

        self.app.push(ResumeScreen(self.app))

    def _handbook(self) -> None:
        self.app.open_page("")

    def _settings(self) -> None:
        from .settings import SettingsScreen  # noqa: PLC0415

        self.app.push(SettingsScreen(self.app))

    def _about(self) -> None:
        from .about import AboutScreen  # noqa: PLC0415

        self.app.push(AboutScreen(self.app))


def _nothing() -> None:
    """An answer that only puts the question away."""
