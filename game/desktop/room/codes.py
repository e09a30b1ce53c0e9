"""Codes that are typed unseen: the PIN of whoever leads, and the passcode of a seat."""

from collections.abc import Callable

from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.locks import LONGEST, checked_pin
from game.session.match import Match, MatchError
from game.views.names import SEAT_TITLES, sentence

from ..shell.app import App
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Panel
from ..widgets.entry import Field
from ..widgets.press import Button
from ..widgets.text import Text

TRIES = 3
"""Wrong codes after which the question goes away."""


class CodeQuestion:
    """Asks for a code over the screen."""

    def __init__(self, app: App, title: str, text: str, take: Callable[[str], str]) -> None:
        """
        Args:
            app: the window.
            title: what is asked for.
            text: why, in a sentence.
            take: takes the code that was typed; returns why it does not, as a sentence, or nothing.
        """
        self._app, self._title, self._text, self._take = app, title, text, take
        self._typed, self._why, self._tries = "", "", 0

    def ask(self) -> None:
        """Lays the question over the screen."""
        self._app.open_overlay(self._build, focus="code")

    def _build(self) -> Widget:
        field = Field(
            self._typed,
            self._type,
            key="code",
            most=LONGEST,
            width=None,
            enter=self._given,
            secret=True,
        )
        parts: list[Widget] = [Text(self._title, "heading"), Text(self._text), field]
        if self._why:
            parts.append(Text(self._why, "body", "warn"))
        ways: list[Widget] = [
            Button(t("leading.code_take"), self._given, kind="primary", key="code-take"),
            Button(t("leading.code_not"), self._app.close_overlay, kind="quiet", key="code-not"),
        ]
        return Panel(Column([*parts, Flow(ways)], gap=12), pad=24, border="accent")

    def _type(self, text: str) -> None:
        self._typed, self._why = text, ""
        self._app.rebuild()

    def _given(self) -> None:
        code, self._typed = self._typed, ""
        why = self._take(code)
        if not why:
            return
        self._why, self._tries = why, self._tries + 1
        if self._tries >= TRIES:
            self._app.close_overlay()
            self._app.toast(why)
        self._app.rebuild()


def _refusal(act: Callable[[], object]) -> str:
    """Does something with a match; why it cannot, as a sentence."""
    try:
        act()
    except (MatchError, FileError) as error:
        return sentence(str(error))
    return ""


def ask_pin(app: App, match: Match, then: Callable[[], None]) -> None:
    """Does something once the PIN was typed; at once where nobody leads the match."""
    if not match.is_led:
        then()
        return

    def take(code: str) -> str:
        if not match.is_pin(code):
            return t("leading.pin_wrong")
        app.close_overlay()
        then()
        return ""

    CodeQuestion(app, t("leading.pin_title"), t("leading.pin_text"), take).ask()


def ask_new_pin(app: App, then: Callable[[str], None]) -> None:
    """Has whoever leads choose a PIN, and does something with it."""

    def take(code: str) -> str:
        if why := _refusal(lambda: checked_pin(code)):
            return why
        app.close_overlay()
        then(code)
        return ""

    CodeQuestion(app, t("leading.new_title"), t("leading.new_text"), take).ask()


def give_pin(app: App, match: Match, then: Callable[[], None]) -> None:
    """Has whoever leads choose a PIN for a match, in place of an older one."""

    def give(pin: str) -> None:
        if why := _refusal(lambda: match.lead(pin)):
            app.toast(why)
        else:
            then()

    ask_new_pin(app, give)


def ask_passcode(app: App, match: Match, seat: Seat, then: Callable[[], None]) -> None:
    """Lets a seat in: where somebody leads, by the passcode that it chose the first time, or by the
    PIN.
    """
    if not match.is_led:
        then()
        return
    known = match.has_passcode(seat)

    def take(code: str) -> str:
        if known and not match.lets_in(seat, code):
            return t("leading.passcode_wrong")
        if not known and not code.strip():
            return t("leading.passcode_none")
        if not known and (why := _refusal(lambda: match.choose_passcode(seat, code))):
            return why
        app.close_overlay()
        then()
        return ""

    title = "leading.passcode_title" if known else "leading.passcode_new"
    text = "leading.passcode_text" if known else "leading.passcode_new_text"
    CodeQuestion(app, t(title, seat=SEAT_TITLES[seat]), t(text), take).ask()
