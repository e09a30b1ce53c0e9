"""Games that are kept: to go on with, or to debrief again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from game.content.load import load_rulebook
from game.session.errors import DamagedError, FileError
from game.session.events import Kind
from game.session.match import MatchError
from game.session.places import Summary, matches, matches_folder
from game.session.record import Game
from game.session.rescue import rescue
from game.views.called import lens_name
from game.views.names import SEAT_TITLES

from ..app import App
from ..dates import short_day
from ..frame import page, section
from ..screen import Screen
from ..starting import open_and_begin
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Panel
from ..widgets.press import Button
from ..widgets.table import Head, table
from ..widgets.text import Text

_LONGEST = 45
"""Letters of a path."""


def _short_path(folder: Path) -> str:
    """A folder's path that a line holds: of a long one, its end; the tip tells all of it."""
    told = str(folder)
    return told if len(told) <= _LONGEST else f"…{told[-_LONGEST:]}"


class ResumeScreen(Screen):
    """The list of matches."""

    name = "resume"

    def __init__(self, app: App, folder: Path | None = None) -> None:
        super().__init__(app)
        self._folder = folder or matches_folder()
        self._found: list[Summary] = []
        self._wrong: list[FileError] = []

    def entered(self) -> None:
        """See `Screen`; the list is read again."""
        try:
            self._found, self._wrong = matches(self._folder)
        except FileError as error:
            self._found, self._wrong = [], [error]

    def show(self, found: list[Summary]) -> None:
        """Shows these in place of the folder's."""
        self._found, self._wrong = found, []
        self.app.rebuild()

    def build(self) -> Widget:
        """See `Screen`."""
        going = [match for match in self._found if not match.over]
        over = [match for match in self._found if match.over]
        body: list[Widget] = []
        if not self._found and not self._wrong:
            body.append(
                Text(t("resume.none", folder=_short_path(self._folder)), tip=str(self._folder))
            )
        if going:
            body.append(section(t("resume.going"), self._table(going, "going")))
        if over:
            body.append(section(t("resume.over"), self._table(over, "over")))
        if self._wrong:
            body.append(section(t("resume.wrong"), *map(self._trouble, self._wrong)))
        if self._found:
            note = t("resume.note", folder=_short_path(self._folder))
            body.append(Text(note, "small", "quiet", tip=str(self._folder)))
        return page(self, t("resume.title"), body, gap=24)

    def _table(self, found: list[Summary], key: str) -> Column:
        heads = [
            Head(t("resume.game"), 3.2),
            Head(t("resume.seats"), 2),
            Head(t("resume.turn" if key == "going" else "resume.ending"), 1.6),
            Head(t("resume.last"), 1.6),
        ]
        rows = [
            (
                whence(match.game),
                _people(match),
                t("resume.turn_of", turn=match.played + 1, turns=match.game.turns)
                if key == "going"
                else _ending(match),
                _when(match.last),
            )
            for match in found
        ]
        tips = [_tip(match.game) for match in found]
        return table(
            heads, rows, key=key, press=lambda number: self._open(found[number].path), tips=tips
        )

    def _open(self, path: Path) -> None:
        open_and_begin(self.app, path)

    def _trouble(self, error: FileError) -> Widget:
        parts: list[Widget] = [Text(str(error))]
        if isinstance(error, DamagedError):
            parts.append(
                Button(t("resume.rescue"), self._rescuer(error.path), key=f"rescue-{error.path}")
            )
        return Panel(Column(parts, align="left"), edge="bad")

    def _rescuer(self, path: Path) -> Callable[[], None]:
        def go() -> None:
            try:
                self.app.toast(rescue(path).sentence)
            except (FileError, MatchError) as error:
                self.app.toast(str(error))
            self.entered()
            self.app.rebuild()

        return go


def whence(game: Game) -> str:
    """The title of a game with its seed, and from which turn on it leaves an earlier one."""
    if game.parent_turn is None:
        return t("resume.own", title=game.title, seed=_short(game.seed_text))
    seed = _short(game.seed_text)
    return t("resume.fork", title=game.title, seed=seed, turn=game.parent_turn)


def _tip(game: Game) -> str:
    tip = t("resume.seed", seed=_short(game.seed_text), lens=lens_name(game.lens))
    if game.parent_turn is None or game.parent_file is None:
        return tip
    return f"{tip} {t('resume.fork_tip', turn=game.parent_turn, file=game.parent_file)}"


def _short(seed: str) -> str:
    """A seed that anybody may have made as long as they like, with its middle left out."""
    return seed if len(seed) <= 12 else f"{seed[:5]}…{seed[-5:]}"


def _people(match: Summary) -> str:
    people = [
        f"{SEAT_TITLES[seat]}" + (f" ({name})" if name else "")
        for seat, (kind, name) in sorted(match.seats.items())
        if kind is not Kind.COMPUTER
    ]
    return ", ".join(people) or t("resume.people_none")


def _ending(match: Summary) -> str:
    named = {ending.id: ending.name for ending in load_rulebook().endings}
    return named.get(match.ending, t("resume.early"))


def _when(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp).astimezone()
    return f"{short_day(moment.date())}, {moment:%H:%M}"
