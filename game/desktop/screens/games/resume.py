"""Games that are kept: to go on with, or to debrief again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pygame

from game.session.errors import DamagedError, FileError
from game.session.home import matches_folder
from game.session.match import MatchError
from game.session.match_files import (
    ASIDE,
    LONGEST,
    given_name,
    objection,
    put_aside,
    put_back,
    rename,
)
from game.session.places import Summary, matches
from game.session.rescue import rescue

from ...shell.app import App
from ...shell.frame import page, section
from ...shell.screen import Screen
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Panel, Row
from ...widgets.entry import Field
from ...widgets.press import Button
from ...widgets.table import Head, TableRow
from ...widgets.text import Text
from .match_labels import (
    describe_match,
    ending,
    people,
    short_path,
    tip,
    when,
    whence,
)
from .starting import open_and_begin

_TOOL = 36
"""Units that each of the two buttons of a row is wide."""


class GameRow(Row):
    """One game of the list, with its two buttons."""

    def __init__(self, match: Summary, parts: Sequence[Widget], *, key: str) -> None:
        super().__init__(parts, gap=0, key=key, align="fill")
        self.match = match


class GameTable(Column):
    """The list: up and down lead to the same place of another game."""

    def beside(self, stop: Widget, code: int) -> Widget | None:
        """See `Widget`."""
        step = {pygame.K_UP: -1, pygame.K_DOWN: 1}.get(code, 0)
        rows = [row for row in self.children if isinstance(row, GameRow)]
        place = next((n + step for n, row in enumerate(rows) if stop in row.children), -1)
        if not step or not 0 <= place < len(rows):
            return None
        return next(part for part in rows[place].children if part.key == stop.key)


class Gone(NamedTuple):
    """What was deleted last."""

    name: str
    path: Path
    """Where it lay."""
    aside: Path
    """Where it lies now."""


class ResumeScreen(Screen):
    """The list of matches."""

    name = "resume"

    def __init__(self, app: App, folder: Path | None = None) -> None:
        super().__init__(app)
        self._folder = folder or matches_folder()
        self._found: list[Summary] = []
        self._wrong: list[FileError] = []
        self._gone: Gone | None = None
        self._typed = ""
        """The name that is being typed."""

    def entered(self) -> None:
        """See `Screen`; the list is read again."""
        try:
            self._found, self._wrong = matches(self._folder)
        except FileError as error:
            self._found, self._wrong = [], [error]

    def show(
        self, found: list[Summary], wrong: Sequence[FileError] = (), gone: Gone | None = None
    ) -> None:
        """Shows these in place of the folder's."""
        self._found, self._wrong, self._gone = found, list(wrong), gone
        self.app.rebuild()

    def build(self) -> Widget:
        """See `Screen`."""
        going = [match for match in self._found if not match.over]
        over = [match for match in self._found if match.over]
        body: list[Widget] = []
        if not self._found and not self._wrong:
            body.append(
                Text(t("resume.none", folder=short_path(self._folder)), tip=str(self._folder))
            )
        if going:
            body.append(section(t("resume.going"), self._table(going, "going")))
        if over:
            body.append(section(t("resume.over"), self._table(over, "over")))
        if self._gone is not None:
            body.append(self._undo(self._gone))
        if self._wrong:
            body.append(section(t("resume.wrong"), *map(self._trouble, self._wrong)))
        if self._found:
            note = t("resume.note", folder=short_path(self._folder))
            body.append(Text(note, "small", "quiet", tip=str(self._folder)))
        return page(self, t("resume.title"), body, gap=24)

    def _table(self, found: list[Summary], key: str) -> Column:
        heads = [
            Head(t("resume.game"), 3.2),
            Head(t("resume.seats"), 2),
            Head(t("resume.turn" if key == "going" else "resume.ending"), 1.6),
            Head(t("resume.last"), 1.6),
        ]
        header = TableRow([head.name for head in heads], heads, header=True, key="head", grow=1)
        rows: list[Widget] = [Row([header, Column([], width=2 * _TOOL)], gap=0)]
        for number, match in enumerate(found):
            cells = (
                describe_match(match),
                people(match),
                t("resume.turn_of", turn=match.played + 1, turns=match.game.turns)
                if key == "going"
                else ending(match),
                when(match.last),
            )
            opens = TableRow(
                cells,
                heads,
                press=partial(open_and_begin, self.app, match.path),
                key="open",
                tip=tip(match),
                grow=1,
            )
            rows.append(GameRow(match, [opens, *self._tools(match)], key=f"{number}"))
        return GameTable(rows, gap=0, key=key)

    def _tools(self, match: Summary) -> list[Widget]:
        """What can be done with a game beside opening it."""
        return [
            Button(
                "",
                partial(self._rename, match),
                kind="quiet",
                icon="pencil",
                width=_TOOL,
                tip=t("resume.rename_tip"),
                key="rename",
            ),
            Button(
                "",
                partial(self._ask_delete, describe_match(match), match.path),
                kind="quiet",
                icon="trash",
                width=_TOOL,
                tip=t("resume.delete_tip"),
                key="delete",
            ),
        ]

    def key_down(self, event: pygame.event.Event) -> bool:
        """See `Screen`; F2 and Delete are for the game that has the focus."""
        rows = [w for w in self.app.tree.chain(self.ui.focus) if isinstance(w, GameRow)]
        if not rows or event.key not in (pygame.K_F2, pygame.K_DELETE):
            return False
        match = rows[0].match
        if event.key == pygame.K_F2:
            self._rename(match)
        else:
            self._ask_delete(describe_match(match), match.path)
        return True

    # --- another name

    def _rename(self, match: Summary) -> None:
        self._typed = given_name(match.path)

        def typed(text: str) -> None:
            self._typed = text
            self.app.rebuild()

        def take() -> None:
            if not objection(match.path, self._typed):
                self.app.close_overlay()
                self._change(partial(rename, match.path, self._typed))

        def build() -> Widget:
            why_not = objection(match.path, self._typed)
            field = Field(
                self._typed,
                typed,
                key="name",
                hint=t("resume.name_hint"),
                most=LONGEST,
                width=None,
                enter=take,
            )
            answers: list[Widget] = [
                Button(t("resume.rename"), take, kind="primary", why_not=why_not),
                Button(t("resume.cancel"), self.app.close_overlay),
            ]
            parts: list[Widget] = [
                Text(t("resume.rename_title"), "heading"),
                Text(t("resume.rename_text", game=whence(match.game)), "body", "quiet"),
                field,
                Text(why_not if self._typed else "", "small", "warn"),
                Flow(answers),
            ]
            return Panel(Column(parts, gap=12), pad=24, border="accent")

        self.app.open_overlay(build, focus="name")

    # --- away with it, and back again

    def _ask_delete(self, name: str, path: Path) -> None:
        def away() -> None:
            def put() -> Path:
                aside = put_aside(path)
                self._gone = Gone(name, path, aside)
                return aside

            self._change(put)

        self.app.ask(
            t("resume.delete_title"),
            t(
                "resume.delete_text",
                game=name,
                file=path.name,
                folder=short_path(path.parent / ASIDE),
            ),
            [(t("resume.delete"), away), (t("resume.keep"), lambda: None)],
            dangerous=True,
        )

    def _put_back(self, gone: "Gone") -> None:
        def back() -> Path:
            found = put_back(gone.aside, gone.path)
            self._gone = None
            return found

        self._change(back)

    def _change(self, change: Callable[[], Path]) -> None:
        """Does something to a file, and reads the list again; what stands in the way is told."""
        try:
            change()
        except FileError as error:
            self.app.toast(str(error))
        self.entered()
        self.app.rebuild()

    def _undo(self, gone: "Gone") -> Widget:
        """What was deleted last, and the way back."""
        words = t("resume.gone", game=gone.name, folder=short_path(gone.aside.parent))
        again = Button(
            t("resume.put_back"), partial(self._put_back, gone), icon="arrow-back-up", key="back"
        )
        return Panel(
            Column([Text(words, tip=str(gone.aside)), Flow([again])], gap=12), edge="accent"
        )

    # --- what cannot be read

    def _trouble(self, error: FileError) -> Widget:
        words = str(error).replace(str(error.path), error.path.name, 1)
        parts: list[Widget] = [Text(f"{words}.", tip=str(error.path))]
        ways: list[Widget] = []
        if isinstance(error, DamagedError):
            ways.append(Button(t("resume.rescue"), self._rescuer(error.path), key="rescue"))
        if error.path.is_file():
            away = partial(self._ask_delete, error.path.name, error.path)
            ways.append(Button(t("resume.delete"), away, icon="trash", key="delete"))
        if ways:
            parts.append(Flow(ways))
        return Panel(Column(parts), edge="bad", key=error.path.name)

    def _rescuer(self, path: Path) -> Callable[[], None]:
        def go() -> None:
            try:
                self.app.toast(rescue(path).sentence)
            except (FileError, MatchError) as error:
                self.app.toast(str(error))
            self.entered()
            self.app.rebuild()

        return go
