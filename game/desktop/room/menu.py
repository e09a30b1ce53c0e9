"""What is asked by somebody who wants to leave the room, or something beside its orders."""

from collections.abc import Callable

from game.session.errors import FileError
from game.session.match import Match, MatchError, Status

from ..shell.app import App
from ..texts import t
from .codes import ask_pin, give_pin


def open_menu(
    app: App,
    match: Match,
    undo: Callable[[], None] | None,
    open_settings: Callable[[], None],
    lead: Callable[[], None],
    note: Callable[[], None] | None,
) -> None:
    """Asks what is wanted.

    Args:
        app: the window.
        match: the game.
        undo: takes the last turn back; None where that cannot be.
        open_settings: leads to the settings.
        lead: leads to what whoever leads may do.
        note: asks for a note; None where no seat is there to write one.
    """
    answers: list[tuple[str, Callable[[], None]]] = [(t("room.leave"), app.pop)]
    if match.status is Status.PAUSED:
        answers.insert(0, (t("room.go_on"), lambda: go_on(app, match)))
    if note is not None:
        answers.append((t("room.note"), note))
    if undo is not None and not match.is_led:
        answers.append((t("room.undo"), undo))
    if match.is_led:
        answers.append((t("room.lead"), lambda: ask_pin(app, match, lead)))
    elif not match.played and match.status is not Status.PAUSED:
        answers.append((t("room.lead_first"), lambda: give_pin(app, match, lead)))
    answers += [
        (t("room.settings"), open_settings),
        (t("room.handbook"), lambda: app.open_page("")),
        (t("room.stay"), lambda: None),
    ]
    kept = t("room.menu_kept") if match.path else t("room.menu_not_kept")
    app.ask(t("room.menu_title"), kept, answers)


def go_on(app: App, match: Match) -> None:
    """Ends a pause; where somebody leads the game, with the PIN only."""

    def act() -> None:
        try:
            match.go_on()
        except (MatchError, FileError) as error:
            app.toast(str(error))
        app.rebuild()

    ask_pin(app, match, act)
