"""The hand of whoever leads a game at one machine: behind the PIN, and out of the seats' reach."""

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.desktop.flow import Flow
from game.desktop.room.leaves.staff import JOB
from game.desktop.screens.games.starting import fork_own
from game.desktop.screens.title import TitleScreen
from game.desktop.shell.app import App
from game.futures.cast import cast
from game.rules.orders import HOLD, Order
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Seating, Status
from game.session.view import MatchView

from .common import click, key, labelled, press, settle, window, words, write
from .playing import CTRL, Keyboard, Mouse, named, settle_room, tab_to, there

US, IRAN, IRAQ = Seat.US, Seat.IRAN, Seat.IRAQ
PIN = "2468"


def begun(folder: Path, *people: Seat, pin: str = PIN) -> Match:
    """A game that is kept, led with a PIN unless that is empty."""
    seats = {seat: Seating.person() for seat in people}
    match = Match.begin(folder / "a.match", "ten_days_in_january", seats, cast, seed=7)
    if pin:
        match.lead(pin)
    return match


@pytest.fixture
def opened() -> Iterator:
    """Opens a game in a window as its list does."""
    apps: list[App] = []

    def go(match: Match) -> App:
        app = window(reduced_motion=True, estimate=True)
        apps.append(app)
        app.push(TitleScreen(app))
        Flow().begin(app, match, match.path)
        app.frame()
        return app

    yield go
    for app in apps:
        app.close()


def type_code(app: App, code: str) -> None:
    """Types a code where one is asked for."""
    assert there(app, "code"), words(app)
    write(app, code)
    key(app, pygame.K_RETURN)


def lead(app: App, pin: str = PIN) -> None:
    """Opens the leader's screen from the menu."""
    if app.screen.name == "briefing":
        key(app, pygame.K_RETURN)
    click(app, named(app, "menu"))
    press(app, "Lead this game (PIN)")
    type_code(app, pin)


def into_the_room(app: App, code: str) -> None:
    """From the curtain into a seat's room, past its role sheet."""
    click(app, named(app, "reveal"))
    type_code(app, code)
    if app.screen.name == "briefing":
        key(app, pygame.K_RETURN)
    if there(app, "leave"):
        key(app, pygame.K_RETURN)
    assert there(app, "commit"), words(app)


def test_a_seat_is_let_in_by_its_passcode_alone(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, IRAN)
    app = opened(match)
    into_the_room(app, "red")
    Keyboard().commit(app)
    into_the_room(app, "blue")
    assert match.lets_in(US, "red")
    assert match.lets_in(IRAN, "blue")
    key(app, pygame.K_ESCAPE)
    press(app, "Stay in the room")
    Keyboard().commit(app)
    settle_room(app)
    click(app, named(app, "reveal"))
    assert "Passcode: United States" in words(app)
    type_code(app, "blue")
    assert "That is not the passcode of this seat." in words(app)
    type_code(app, "red")
    assert not there(app, "reveal")


def test_changing_orders_needs_the_seats_passcode(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, IRAN)
    match.choose_passcode(US, "red")
    match.choose_passcode(IRAN, "blue")
    app = opened(match)
    into_the_room(app, "red")
    Keyboard().commit(app)
    click(app, named(app, "back-US"))
    click(app, named(app, "reveal"))
    for wrong in ("blue", "", "Red "):
        type_code(app, wrong)
    assert not there(app, "code"), "after three wrong codes the question goes away"
    assert there(app, "reveal")
    assert match.commitment(US) is not None
    key(app, pygame.K_ESCAPE)  # what was told
    click(app, named(app, "reveal"))
    type_code(app, PIN)
    assert there(app, "commit"), "the PIN opens every seat"
    assert match.commitment(US) is None


def test_a_code_is_never_drawn_nor_copied(tmp_path: Path, opened, monkeypatch) -> None:
    copied = []
    monkeypatch.setattr("pygame.scrap.put_text", copied.append)
    app = opened(begun(tmp_path, US, IRAN))
    click(app, named(app, "reveal"))
    drawn = []
    plain = app.ui.draw_text

    def draw(surface, text, *rest, **more):
        drawn.append(text)
        return plain(surface, text, *rest, **more)

    monkeypatch.setattr(type(app.ui), "draw_text", lambda _ui, *rest, **more: draw(*rest, **more))
    write(app, "sesame")
    key(app, pygame.K_a, CTRL)
    key(app, pygame.K_c, CTRL)
    key(app, pygame.K_x, CTRL)
    assert not any("ses" in text for text in drawn)
    assert any("••••••" in text for text in drawn)
    assert copied == []


def test_the_pin_is_chosen_when_the_game_begins(app) -> None:
    from game.desktop.screens.games.scenario import ScenarioScreen  # noqa: PLC0415

    app.push(TitleScreen(app))
    app.push(ScenarioScreen(app))
    click(app, named(app, "more"))
    click(app, named(app, "led"))
    press(app, "Begin")
    type_code(app, "12")
    assert "A PIN has from 4 to 100 signs." in words(app)
    assert app.match is None
    type_code(app, PIN)
    assert app.match.is_pin(PIN)
    assert MatchView.read(app.match_path).is_pin(PIN)


def test_whoever_begins_may_lead_as_long_as_no_turn_was_played(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, IRAN, pin="")
    app = opened(match)
    key(app, pygame.K_ESCAPE)
    press(app, "Lead this game: choose a PIN")
    type_code(app, PIN)
    assert app.screen.name == "leading"
    assert match.is_pin(PIN)
    other = begun(tmp_path / "other", US, pin="")
    other.commit(US, HOLD)
    other.advance()
    app = opened(other)
    key(app, pygame.K_ESCAPE)
    assert "Lead" not in " ".join(w.label for w in app.tree.top.walk() if hasattr(w, "label"))


def test_a_pause_hides_the_room_and_ends_by_the_pin_alone(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US)
    app = opened(match)
    key(app, pygame.K_RETURN)
    assert there(app, "commit")
    lead(app)
    click(app, named(app, "pause"))
    key(app, pygame.K_ESCAPE)
    assert match.status is Status.PAUSED
    assert not there(app, "commit")
    assert "Whoever leads this game has paused it." in words(app)
    key(app, pygame.K_RETURN, CTRL)
    key(app, pygame.K_d)
    assert not there(app, "commit")
    assert match.commitment(US) is None
    click(app, named(app, "go-on"))
    type_code(app, "0000")
    assert match.status is Status.PAUSED
    key(app, pygame.K_ESCAPE)
    key(app, pygame.K_ESCAPE)
    press(app, "End the pause")
    assert match.status is Status.PAUSED, "the menu asks for the PIN, too"
    type_code(app, PIN)
    assert match.status is Status.WAITING
    assert there(app, "commit")


def test_a_pause_without_a_pin_is_ended_by_who_plays(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, pin="")
    match.pause()
    app = opened(match)
    key(app, pygame.K_RETURN)
    key(app, pygame.K_ESCAPE)
    press(app, "End the pause")
    assert match.status is Status.WAITING


def test_the_menu_of_a_led_game_takes_no_turn_back(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US)
    match.commit(US, HOLD)
    match.advance()
    app = opened(match)
    key(app, pygame.K_ESCAPE)
    assert not any(getattr(w, "label", "") == UNDO for w in app.tree.top.walk())


UNDO = "Take the last turn back"


def test_the_leader_has_the_whole_hand(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, IRAN)
    match.choose_passcode(US, "red")
    match.commit(US, HOLD)
    match.commit(IRAN, HOLD)
    match.advance()
    app = opened(match)
    lead(app)
    choose(app, "minutes", 3)
    click(app, named(app, "more"))
    assert match.match_state.limit == 420
    assert match.clock.look() > 420
    inject = match.scenario.injects[0]
    click(app, named(app, f"inject-{inject.id}"))
    assert inject.text in words(app)
    press(app, "Do it")
    fill(app, "headline", "A storm")
    fill(app, "words", "Sand over Anbar.")
    click(app, named(app, "own"))
    assert [one.title for one in match.match_state.injects] == [inject.title, "A storm"]
    fill(app, "value", "6000")
    fill(app, "reason", "to see what it does")
    pick(app, "figure", "us_troops")
    click(app, named(app, "set"))
    assert float(match.state.us_troops[0]) == 6000
    fill(app, "note", "The class wanted more troops.")
    click(app, named(app, "write"))
    assert match.match_state.notes[-1].words == "The class wanted more troops."
    assert match.match_state.notes[-1].seat is None
    click(app, named(app, "passcode-US"))
    assert not match.has_passcode(US)
    choose(app, "who-IRAN", 1)
    assert match.people == (US,)
    choose(app, "who-US", 1)
    assert match.people == (US,), "one seat stays with people"
    choose(app, "who-IRAN", 0)
    assert match.people == (US, IRAN)
    click(app, named(app, "fork"))
    forked = next(path for path in tmp_path.glob("*.match") if path != match.path)
    assert MatchView.read(forked).is_pin(PIN)
    key(app, pygame.K_ESCAPE)  # what was told
    click(app, named(app, "call"))
    assert "United States and Iran" in words(app)
    press(app, "Do it")
    assert match.waiting_for == ()
    click(app, named(app, "undo"))
    press(app, "Do it")
    assert not match.played
    click(app, named(app, "leave"))
    assert there(app, "reveal"), "it goes on where it stands now, behind the curtain"
    assert MatchView.read(match.path).match_state.notes[-1].words.startswith("The class")


def test_the_leader_ends_the_game_for_the_debrief(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US)
    match.commit(US, HOLD)
    match.advance()
    app = opened(match)
    lead(app)
    click(app, named(app, "end"))
    press(app, "Do it")
    assert app.screen.name == "ending"
    assert MatchView.read(match.path).ended_early


def test_what_cannot_be_done_is_told(tmp_path: Path, opened) -> None:
    app = opened(begun(tmp_path, US))
    lead(app)
    fill(app, "value", "many")
    click(app, named(app, "set"))
    assert app.toasts.shown == "A value is a number."
    click(app, named(app, "own"))
    assert app.toasts.shown == "A title is missing."


def test_the_leaders_screen_tells_no_seats_secrets(tmp_path: Path, opened) -> None:
    """It may stand on a projector: no order, no figure."""
    match = begun(tmp_path, *SEATS)
    before = texts_of(opened(match))
    for seat in SEATS[:3]:
        deeds = match.options(seat).deed
        match.commit(seat, Order(deed=int(deeds.nonzero()[0][-1])))
    match.override("us_troops", 6001, "another figure")
    after = texts_of(opened(match))
    gone = {word for text in before - after for word in text.split()}
    assert gone <= {"United", "States,", "Iran,", "Militias", "and", "Iraqi", "government"}
    assert not any("6001" in text or "6,001" in text for text in after)


def texts_of(app: App) -> set[str]:
    lead(app)
    return {w.text for w in app.tree.top.walk() if hasattr(w, "text")}


def test_the_staff_estimate_is_off_until_the_leader_allows_it(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US)
    app = opened(match)
    key(app, pygame.K_RETURN)
    click(app, named(app, "tabs").children[2])
    assert "has not allowed the staff estimate" in words(app)
    assert not app.worker.busy(JOB)
    key(app, pygame.K_ESCAPE)
    press(app, "Settings")
    click(app, named(app, "estimate"))
    assert "decides on this, with the PIN" in app.toasts.shown
    assert app.settings.estimate
    assert not app.estimates(match)
    key(app, pygame.K_ESCAPE)
    lead(app)
    click(app, named(app, "estimate"))
    assert match.may_estimate
    key(app, pygame.K_ESCAPE)
    assert "has not allowed" not in words(app)
    assert app.worker.busy(JOB)


def test_an_undone_turn_lays_its_orders_before_the_seats_again(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US, pin="")
    app = opened(match)
    key(app, pygame.K_RETURN)
    Mouse().order(app, 1)
    given = app.screen.desk_of(US).ordering.draft
    order, forecast = given.order, dict(given.forecast)
    assert order != HOLD
    assert forecast
    Mouse().commit(app)
    settle_room(app)
    Keyboard().go_on(app)
    key(app, pygame.K_ESCAPE)
    press(app, UNDO)
    assert match.state.turn == 0
    draft = app.screen.desk_of(US).ordering.draft
    assert (draft.order, draft.forecast) == (order, forecast)
    assert "Turn 1 is played anew" in app.toasts.shown
    app.close()
    again = opened(Match.open(match.path, cast))
    key(again, pygame.K_RETURN)
    assert again.screen.desk_of(US).ordering.draft.order == order, "after a restart, too"


def test_a_fork_lays_out_the_orders_of_its_turn_and_says_what_it_is(tmp_path: Path) -> None:
    match = begun(tmp_path, US, pin="")
    ordered = Order(deed=int(match.options(US).deed.nonzero()[0][-1]))
    match.commit(US, ordered, {IRAN: 0.25})
    match.advance()
    match.end("enough")
    match.close()
    app = window(reduced_motion=True, estimate=False)
    try:
        app.push(TitleScreen(app))
        fork_own(app, match.path, 1)
        settle(app)
        key(app, pygame.K_RETURN)
        draft = app.screen.desk_of(US).ordering.draft
        assert (draft.order, draft.forecast) == (ordered, {IRAN: 0.25})
        assert "Fork from turn 1" in words(app)
        assert "of the other game are here" in app.toasts.shown
    finally:
        app.close()


# --- hands


def fill(app: App, name: str, text: str) -> None:
    """Clicks a field and types."""
    click(app, named(app, name))
    write(app, text)


def choose(app: App, name: str, place: int) -> None:
    """Clicks one of several that can all be seen."""
    click(app, named(app, name).children[place])


def pick(app: App, name: str, what: str) -> None:
    """Opens a list and clicks what is in it."""
    click(app, named(app, name))
    click(app, labelled(app, what))


def test_by_the_keyboard_alone(tmp_path: Path, opened) -> None:
    match = begun(tmp_path, US)
    app = opened(match)
    key(app, pygame.K_RETURN)
    key(app, pygame.K_ESCAPE)
    tab_to(app, lambda widget: getattr(widget, "label", "") == "Lead this game (PIN)")
    key(app, pygame.K_RETURN)
    type_code(app, PIN)
    tab_to(app, lambda widget: widget.key == "pause")
    key(app, pygame.K_RETURN)
    assert match.status is Status.PAUSED
