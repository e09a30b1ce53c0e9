"""A note for the debrief, written down while the game is on."""

from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.events import MOST_WORDS
from game.session.match import Match, MatchError
from game.views.names import sentence

from ..shell.app import App
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Panel
from ..widgets.entry import Field
from ..widgets.press import Button
from ..widgets.text import Text


class NoteQuestion:
    """Asks a seat for a note; what was begun is there again when it is asked anew."""

    def __init__(self, app: App, match: Match) -> None:
        self._app, self._match = app, match
        self._typed: dict[Seat, str] = {}

    def ask(self, seat: Seat) -> None:
        """Lays the question over the screen."""
        self._app.open_overlay(lambda: self._build(seat), focus="note")

    def _build(self, seat: Seat) -> Widget:
        typed = self._typed.get(seat, "")

        def change(text: str) -> None:
            self._typed[seat] = text
            self._app.rebuild()

        def keep() -> None:
            self._keep(seat)

        ways: list[Widget] = [
            Button(t("room.note_keep"), keep, kind="primary", key="note-keep"),
            Button(t("room.note_not"), self._app.close_overlay, kind="quiet", key="note-not"),
        ]
        field = Field(typed, change, key="note", most=MOST_WORDS, width=None, enter=keep)
        whole = [Text(typed, "small", "quiet")] if typed else []
        parts = [Text(t("room.note"), "heading"), Text(t("room.note_text")), field, *whole]
        return Panel(Column([*parts, Flow(ways)], gap=12), pad=24, border="accent")

    def _keep(self, seat: Seat) -> None:
        try:
            self._match.note(self._typed.get(seat, ""), seat)
        except (MatchError, FileError) as error:
            self._app.toast(sentence(str(error)))
            return
        self._typed.pop(seat, None)
        self._app.close_overlay()
        self._app.mention(t("room.note_kept"))
