"""Where games are kept: the folder that somebody chose, and what is asked where one takes none."""

import os
from collections.abc import Callable

from game.session.errors import FileError
from game.session.home import HOME, matches_folder, typed_path

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Panel
from ...widgets.entry import Field
from ...widgets.press import Button
from ...widgets.text import Text

LONGEST = 1_000
"""Letters of a path that can be typed."""


def use(folder: str) -> None:
    """Has all games of this program kept in a folder; an empty one changes nothing. The variable
    carries it to the processes that it starts, too.
    """
    if folder:
        os.environ[HOME] = folder


def objection(typed: str) -> str:
    """Why games cannot be kept in a folder of that name, as a sentence; empty where they may."""
    told = typed.strip()
    if not told:
        return t("folders.none")
    try:
        whole = "\0" not in told and typed_path(told).is_absolute()
    except FileError:  # nobody of that name has a home
        whole = False
    if not whole:
        return t("folders.not_whole")
    return ""


def proposed() -> str:
    """A folder that is likely to take games: one in the home of whoever plays."""
    return os.path.join(os.path.expanduser("~"), "restoring-deterrence")


class FolderQuestion:
    """Asks for another folder; where games need none, they can be played without keeping."""

    def __init__(
        self,
        app: App,
        why: str,
        keep: Callable[[], str],
        unkept: Callable[[], None] | None = None,
    ) -> None:
        """
        Args:
            app: the window.
            why: what stands in the way, as a sentence; may be empty.
            keep: does what needed the folder, in the one that was chosen; returns why it cannot.
            unkept: does it without keeping anything; None where that cannot be.
        """
        self._app, self._why, self._keep, self._unkept = app, why, keep, unkept
        self._typed = proposed()

    def ask(self) -> None:
        """Lays the question over the screen."""
        self._app.open_overlay(self._build, focus="folder")

    def _build(self) -> Widget:
        why_not = objection(self._typed)
        answers: list[Widget] = [
            Button(t("folders.keep"), self._take, kind="primary", why_not=why_not)
        ]
        if self._unkept is not None:
            answers.append(Button(t("folders.unkept"), self._without, key="unkept"))
        answers.append(Button(t("folders.cancel"), self._app.close_overlay, kind="quiet"))
        parts: list[Widget] = [Text(t("folders.title"), "heading")]
        if self._why:
            parts.append(Text(self._why, "body", "warn"))
        parts += [
            Text(t("folders.text")),
            Field(
                self._typed, self._type, key="folder", most=LONGEST, width=None, enter=self._take
            ),
        ]
        if self._unkept is not None:
            parts.append(Text(t("folders.unkept_text"), "small", "quiet"))
        parts.append(Flow(answers))
        return Panel(Column(parts, gap=12), pad=24, border="accent")

    def _type(self, text: str) -> None:
        self._typed = text
        self._app.rebuild()

    def _take(self) -> None:
        if objection(self._typed):
            return
        before = os.environ.get(HOME)
        chosen = str(typed_path(self._typed.strip()))
        use(chosen)
        why = self._keep()
        if why:
            if before is None:
                del os.environ[HOME]
            else:
                os.environ[HOME] = before
            self._why = why
            self._app.rebuild()
            return
        if self._app.has_overlay:
            self._app.close_overlay()
        self._app.change_settings(folder=chosen)

    def _without(self) -> None:
        self._app.close_overlay()
        if self._unkept is not None:
            self._unkept()


def change(app: App) -> None:
    """Asks for another folder for games to come; those that there are stay where they lie."""

    def keep() -> str:
        folder = matches_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return t("folders.refused", folder=folder, why=error.strerror or error)
        return "" if os.access(folder, os.W_OK) else t("folders.closed", folder=folder)

    FolderQuestion(app, "", keep).ask()
