"""What is shown: screens, one over the other, and what lies over the uppermost."""

from collections.abc import Callable, Sequence
from typing import Any

import pygame

from game.rules.rulebook import Rulebook

from ..look.ui import Ui
from ..widgets.base import Widget
from . import overlays


class StackedScreen:
    """What a window asks of a screen. `build` makes its widgets from what is; it is called again
    after every change, so it must be quick and change nothing.
    """

    name = ""
    """What pictures and tests call it."""

    def __init__(self) -> None:
        self.rules: Rulebook | None = None
        """The rules of the game that it shows: the handbook over it tells these."""
        self.state: dict[str, Any] = {}
        """What its widgets keep over a rebuild, such as how far they are scrolled."""

    def build(self) -> Widget:
        """Everything in the window."""
        raise NotImplementedError

    def entered(self) -> None:
        """It has become the one that is shown, for the first time or again."""

    def left(self) -> None:
        """Another one is shown now, over it or in its place, or the window closes."""

    def closed(self) -> None:
        """It is gone for good: end the work that only this one needs."""

    def key_down(self, event: pygame.event.Event) -> bool:
        """A key that nothing in it has used; whether it used it."""
        return False

    def back(self) -> None:
        """Escape was pressed, or Back."""
        raise NotImplementedError

    def tick(self, now: float) -> float | None:
        """Called when its time has come; the seconds until the next time, None for never.

        Args:
            now: seconds, of a clock that only runs forward.
        """
        return None

    def closing(self) -> str:
        """What the window asks before it closes; empty where it may just close."""
        return ""


class Stack:
    """The screens of a window, the last one shown, and questions and sheets over it."""

    def __init__(self, ui: Ui) -> None:
        self.ui = ui
        self._screens: list[StackedScreen] = []
        self._overlays: list[overlays.Overlay] = []

    @property
    def screen(self) -> StackedScreen:
        """The one that is shown."""
        return self._screens[-1]

    @property
    def questions(self) -> list[str]:
        """What the screens ask before the window closes, the uppermost first."""
        return [told for screen in reversed(self._screens) if (told := screen.closing())]

    @property
    def rules(self) -> Rulebook | None:
        """The rules of the game that is shown; None where none is."""
        return next((s.rules for s in reversed(self._screens) if s.rules is not None), None)

    def push(self, screen: StackedScreen) -> None:
        """Shows a screen over the present one."""
        if self._screens:
            self.screen.left()
        self._screens.append(screen)
        self._entered()

    def pop(self) -> None:
        """Goes back to the screen below; the first one stays."""
        if len(self._screens) > 1:
            self._drop()
            self._entered()

    def replace(self, screen: StackedScreen) -> None:
        """Shows a screen in place of the present one."""
        self._drop()
        self._screens.append(screen)
        self._entered()

    def home(self, *screens: StackedScreen) -> None:
        """Goes back to the first screen, then shows others over it."""
        while len(self._screens) > 1:
            self._drop()
        self._screens += screens
        self._entered()

    def _drop(self) -> None:
        """Takes the uppermost screen away for good."""
        gone = self._screens.pop()
        gone.left()
        gone.closed()

    def _entered(self) -> None:
        """Another screen is shown now."""
        self._overlays.clear()
        self.ui.focus, self.ui.show_focus, self.ui.hover, self.ui.pressed = "", False, "", ""
        self.ui.state = self.screen.state  # its own: nothing is scrolled by what another one did
        self.screen.entered()
        self.ui.rebuild()

    # --- what lies over them

    def open_overlay(
        self,
        build: Callable[[], Widget],
        dismiss: Callable[[], None] | None = None,
        *,
        focus: str = "",
    ) -> None:
        """Lays something over the screen; Escape does `dismiss`, or takes it away if None. The
        keyboard is given to the widget in it with the key `focus`.
        """
        over = overlays.Overlay(build, dismiss or self.close_overlay, self.ui.focus, focus)
        self._overlays.append(over)
        self.ui.focus, self.ui.hover, self.ui.pressed = "", "", ""
        self.ui.rebuild()

    def close_overlay(self) -> None:
        """Takes the uppermost away."""
        if self._overlays:
            self.ui.focus = self._overlays.pop().focus_before
            self.ui.rebuild()

    @property
    def has_overlay(self) -> bool:
        """Whether something lies over the screen."""
        return bool(self._overlays)

    def dismiss(self) -> bool:
        """Dismisses what lies over the screen; whether there was anything."""
        if self._overlays:
            self._overlays[-1].dismiss()
            return True
        return False

    def ask(
        self,
        title: str,
        text: str,
        answers: Sequence[tuple[str, Callable[[], None]]],
        *,
        dangerous: bool = False,
    ) -> None:
        """Asks; the first answer is the one that is proposed, Escape gives the last.

        Args:
            title: in a few words.
            text: in full sentences.
            answers: labels with what they do; the question is gone by then.
            dangerous: whether the first answer loses something.
        """
        given = [(label, self._after_closing(action)) for label, action in answers]
        self.open_overlay(
            lambda: overlays.question(title, text, given, dangerous=dangerous), given[-1][1]
        )

    def _after_closing(self, action: Callable[[], None]) -> Callable[[], None]:
        def given() -> None:
            self.close_overlay()
            action()

        return given
