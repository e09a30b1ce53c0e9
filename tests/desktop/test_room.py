"""The situation room: whole games by keyboard and by mouse, the curtain, every part of it."""

import re
import subprocess
import sys
from dataclasses import replace

import pygame
import pytest

from game.content.load import scenario_ids
from game.desktop.room.coach import STEPS
from game.desktop.room.leaves.estimating import FUTURES
from game.desktop.room.leaves.ladder import lines_seen
from game.desktop.screens.debrief.screen import DebriefScreen
from game.desktop.screens.ending import EndingScreen
from game.desktop.screens.games.briefing import BriefingScreen
from game.desktop.screens.room import Mode, RoomScreen
from game.desktop.screens.title import TitleScreen
from game.desktop.screens.watch import WatchScreen
from game.desktop.shell.app import App
from game.desktop.widgets.base import Widget
from game.desktop.widgets.text import Text
from game.futures.cast import cast
from game.futures.seen import Seen
from game.rules.endings import Ending
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.drafting import Draft
from game.session.match import Match, Seating
from game.views.phrasebook import MINUS
from game.views.secrets import possible_theories
from tests.desktop.gallery_room import played
from tests.desktop.gallery_room import room as in_room

from .common import click, drawn_by, go_round, hold, key, move, press, settle, window, words
from .playing import (
    CTRL,
    Keyboard,
    Mouse,
    bring,
    in_peak,
    match_of,
    named,
    play_turn,
    room_of,
    rows,
    settle_room,
    shown,
    tab_to,
    there,
    told,
    while_the_staff_works,
    whose,
)

HANDS = {"keyboard": Keyboard, "mouse": Mouse}
SEAT_OF = dict(zip(scenario_ids(), [*SEATS, Seat.US, Seat.IRAN], strict=False))
"""A seat for each scenario, so that each is played."""
WHOLE_GAMES = [
    (name, hands)
    for place, name in enumerate(scenario_ids())
    for turn, hands in enumerate(HANDS)
    if name == "the_article" or place % len(HANDS) == turn
]
"""Every scenario, by keyboard and by mouse in turn; the main one by both."""


# --- whole games


@pytest.mark.parametrize(("scenario", "hands"), WHOLE_GAMES)
def test_a_whole_game_to_its_debrief(scenario: str, hands: str) -> None:
    match = match_of(scenario, SEAT_OF[scenario])
    app = room_of(match)
    try:
        turn = 0
        while isinstance(app.screen, RoomScreen):
            assert shown(app) is Mode.ROOM, told(app)
            before = match.state.turn
            play_turn(app, HANDS[hands](), turn)
            assert match.state.turn == before + 1
            turn += 1
        assert match.ending is not Ending.NONE
        assert isinstance(app.screen, EndingScreen)
        assert "who played this seat" in words(app)
        HANDS[hands]().debrief(app)
        assert isinstance(app.screen, DebriefScreen)
        seat = SEAT_OF[scenario]
        deeds = {int(p.orders.deed[seat, 0]) for p in match.played}
        assert len(deeds) > 1
        assert any(p.orders.word[seat, 0] and p.orders.word_rung[seat, 0] for p in match.played)
        assert all(p.orders.forecast is not None for p in match.played[:3])
    finally:
        app.close()


@pytest.mark.parametrize("hands", HANDS)
def test_four_people_at_one_machine(hands: str) -> None:
    match = match_of("turn_zero", *SEATS)
    app = room_of(match)
    hand = HANDS[hands]()
    try:
        for turn in range(3):
            for seat in SEATS:
                screen = app.screen
                assert isinstance(screen, RoomScreen)
                assert shown(app) is Mode.CURTAIN
                assert whose(app) is seat
                hand.reveal(app)
                if turn == 0:
                    key(app, pygame.K_RETURN)  # the briefing
                else:
                    assert shown(app) is Mode.TELLING
                    hand.go_on(app)
                assert shown(app) is Mode.ROOM, told(app)
                hand.commit(app)
                settle_room(app)
            assert match.state.turn == turn + 1 or match.ending is not Ending.NONE
        assert isinstance(app.screen, EndingScreen)
        hand.debrief(app)
        assert isinstance(app.screen, DebriefScreen)
    finally:
        app.close()


@pytest.mark.parametrize("hands", HANDS)
def test_practice_ends_with_what_it_was_for_and_leads_on_by_one_press(hands: str) -> None:
    match = played("turn_zero", 3, Seat.US)
    app = room_of(match)
    try:
        app.routes.end(app, match)
        panel = "\n".join(w.text for w in named(app, "practised").walk() if isinstance(w, Text))
        for word in ("line", "debt", "nswered", "The Article"):
            assert word in panel
        if hands == "keyboard":
            key(app, pygame.K_RETURN)
        else:
            click(app, named(app, "onward"))
        assert isinstance(app.screen, BriefingScreen)
        assert app.match is not None
        assert app.match.scenario.id == "the_article"
        assert app.match.people == (Seat.US,)
    finally:
        app.close()


def test_other_games_lead_to_their_debrief() -> None:
    app = room_of(played("ten_days_in_january", 9, Seat.US))
    try:
        app.routes.end(app, app.screen.match)
        assert not there(app, "practised")
        assert not there(app, "onward")
        key(app, pygame.K_RETURN)
        assert isinstance(app.screen, EndingScreen)
        press(app, "I cannot tell")
        assert isinstance(app.screen, DebriefScreen)
    finally:
        app.close()


@pytest.mark.parametrize("way", ["escape", "resumed", "changed", "unsaid"])
def test_nobody_loses_the_guess_by_leaving_the_last_scene(way: str) -> None:
    """Neither Back nor the window's end breaks the seal before which world it was is asked; and
    whatever was said, late, changed or nothing, stands on the debrief's first page.
    """
    match = played("ten_days_in_january", 9, Seat.US)
    theories = match.scenario.setting.rulebook.theories
    world = theories[int(match.state.theory[0])]
    app = room_of(match)
    try:
        if way == "resumed":
            app.routes.begin(app, match, None)
        else:
            app.routes.end(app, match)
        if way == "changed":
            for theory in sorted(possible_theories(match.scenario), key=lambda one: one is world):
                option = next(w for w in named(app, "guess").walk() if _is(w, theory.name))
                click(app, option)
        key(app, pygame.K_ESCAPE)
        if way != "changed":
            assert isinstance(app.screen, EndingScreen)
            press(app, "I cannot tell" if way == "unsaid" else world.name)
        assert isinstance(app.screen, DebriefScreen)
        settle(app)
        told = "could not say" if way == "unsaid" else f"“{world.name}”: you were right"
        assert told in named(app, "guessed").text
    finally:
        app.close()


def _is(widget: Widget, label: str) -> bool:
    return getattr(widget, "label", None) == label


# --- the curtain


def curtain_after(deed: int, leaf: int, *, refuse: bool, sheet: bool) -> bytes:
    """The pixels of the curtain that Iran sees after the United States has done something."""
    match = played("turn_zero", 1, Seat.US, Seat.IRAN)
    app = room_of(match)
    try:
        Keyboard().reveal(app)
        screen = app.screen
        if shown(app) is Mode.TELLING:
            Keyboard().go_on(app)
        key(app, pygame.K_1 + leaf)
        if refuse:
            app.toast("A secret that was told in passing.")
        if sheet:
            screen.open_why(Seat.IRAN)
            app.frame()
            screen._commit()
        else:
            screen.desk_of(Seat.US).ordering.draft.pick(deed=deed)
            tab_to(app, lambda w: w.key == "commit")
            key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
        settle(app)
        assert shown(app) is Mode.CURTAIN
        assert whose(app) is Seat.IRAN
        return pygame.image.tobytes(app.surface, "RGB")
    finally:
        app.close()


def test_no_pixel_of_the_last_seats_secrets_remains() -> None:
    """Whatever was done, open, or told in passing: the curtain is the same bit for bit."""
    plain = curtain_after(0, 0, refuse=False, sheet=False)
    assert plain == curtain_after(9, 3, refuse=True, sheet=False)
    assert plain == curtain_after(4, 4, refuse=True, sheet=True)


def test_the_curtain_says_nothing_of_any_seat() -> None:
    match = played("ten_days_in_january", 2, *SEATS)
    app = room_of(match)
    try:
        said = words(app)
        for played_turn in match.played:
            for seat in SEATS:
                deed = match.scenario.setting.rulebook.deeds[seat][played_turn.orders.deed[seat, 0]]
                assert deed.name not in said or deed.name == "Hold"
    finally:
        app.close()


def test_orders_can_be_taken_back_until_everybody_has_committed() -> None:
    match = match_of("turn_zero", Seat.US, Seat.IRAN)
    app = room_of(match)
    try:
        Keyboard().reveal(app)
        key(app, pygame.K_RETURN)
        screen = app.screen
        screen.desk_of(Seat.US).ordering.draft.pick(deed=3)
        app.rebuild()
        key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
        assert match.waiting_for == (Seat.IRAN,)
        click(app, named(app, "back-US"))
        assert match.waiting_for == (Seat.IRAN,), "they stand until the seat is there"
        assert shown(app) is Mode.CURTAIN
        assert whose(app) is Seat.US
        press(app, "Back to Iran")
        assert (shown(app), whose(app)) == (Mode.CURTAIN, Seat.IRAN)
        assert match.waiting_for == (Seat.IRAN,)
        assert not there(app, "instead")
        click(app, named(app, "back-US"))
        Keyboard().reveal(app)
        assert match.waiting_for == (Seat.US, Seat.IRAN)
        assert screen.desk_of(Seat.US).ordering.draft.order.deed == 3
    finally:
        app.close()


def test_enter_that_is_held_or_pressed_again_opens_no_curtain() -> None:
    """Whoever commits may lean on the key: what the next person knows stays behind the curtain."""
    match = match_of("turn_zero", Seat.US, Seat.IRAN)
    app = room_of(match)
    try:
        Keyboard().reveal(app)
        key(app, pygame.K_RETURN)
        tab_to(app, lambda w: w.key == "commit")
        for _ in range(40):
            hold(app, pygame.K_RETURN)
        assert match.waiting_for == (Seat.IRAN,)
        key(app, pygame.K_RETURN)
        key(app, pygame.K_SPACE)
        assert shown(app) is Mode.CURTAIN
        assert whose(app) is Seat.IRAN
        tab_to(app, lambda w: w.key == "reveal")
        hold(app, pygame.K_SPACE)
        assert isinstance(app.screen, BriefingScreen)
        for _ in range(3):
            hold(app, pygame.K_SPACE)
        assert isinstance(app.screen, BriefingScreen)
    finally:
        app.close()


# --- what is shown


def test_what_cannot_be_ordered_says_why() -> None:
    """The very reasons of the rules, and pressing it changes nothing."""
    match = played("the_article", 4, Seat.US)
    app = room_of(match)
    try:
        key(app, pygame.K_1)
        closed = [row for row in rows(app) if row.closed]
        assert closed
        draft = app.screen.desk_of(Seat.US).ordering.draft
        before = draft.order.deed
        bring(app, closed[0].path)
        click(app, named(app, closed[0].key))
        assert draft.order.deed == before
        assert app.toasts.shown
        assert app.toasts.shown.startswith("Not now: ")
    finally:
        app.close()


def test_every_deed_of_the_rules_is_listed() -> None:
    for seat in SEATS:
        match = match_of("the_article", seat)
        app = room_of(match)
        try:
            listed = {row.key for row in rows(app)}
            deeds = match.scenario.setting.rulebook.deeds[seat]
            assert listed == {f"deed-{deed.id}" for deed in deeds}
        finally:
            app.close()


def test_an_order_that_is_not_whole_cannot_be_committed() -> None:
    match = match_of("turn_zero", Seat.US)
    app = room_of(match)
    try:
        draft = app.screen.desk_of(Seat.US).ordering.draft
        draft.pick(word=match.scenario.setting.rulebook.word("threaten"))
        app.rebuild()
        key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
        assert match.state.turn == 0
        assert "name the seat" in app.toasts.shown
    finally:
        app.close()


def test_a_statement_that_is_not_whole_stays_and_asks_for_what_is_missing() -> None:
    app = room_of(match_of("the_article", Seat.US))
    try:
        for name in ("reassure", "threaten"):
            key(app, pygame.K_w)
            click(app, named(app, f"word-{name}"))
            for other in (pygame.K_p, pygame.K_3, pygame.K_d):
                key(app, other)
                assert "whom?" in drawn_by(app, lambda: redrawn(app))
                assert "name the seat that you mean" in words(app)
        key(app, pygame.K_w)
        click(app, named(app, "word_to").children[0])
        assert "Iran · which rung?" in drawn_by(app, lambda: redrawn(app))
        assert "Threaten: name the rung that you will answer." in words(app)
    finally:
        app.close()


def redrawn(app: App) -> None:
    """Draws the window once more."""
    app.rebuild()
    app.frame()


WINDOWS = [((800, 600), 100), ((1280, 800), 100), ((1920, 1080), 100), ((1280, 800), 175)]


@pytest.mark.parametrize(("size", "text_scale"), WINDOWS)
def test_no_row_moves_when_another_is_pointed_at_or_chosen(size, text_scale) -> None:
    """Wherever the list is scrolled to: a second click hits what lay there at the first."""
    app = window(size, text_scale, reduced_motion=True)
    app.push(TitleScreen(app))
    in_room(app, "orders")
    try:
        for letter in (pygame.K_d, pygame.K_w, pygame.K_p):
            key(app, letter)
            app.frame()
            view = next(w for w in app.tree.top.walk() if w.key.startswith("orders-"))
            move(app, view.rect.center)
            for notches in (50, -50):
                pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=notches))
                settle(app)
                app.frame()
                stood = {row.key: tuple(row.rect) for row in rows(app)}
                top = view.rect.copy()
                top.height = top.height * 2 // 3  # the staff's voices come and go at its foot
                free = [r for r in rows(app) if not r.closed and top.contains(r.rect)]
                for row in [*free[:2], free[-1], free[0]]:
                    at_once(app, row.rect.center)
                    assert named(app, row.key).chosen
                    assert {row.key: tuple(row.rect) for row in rows(app)} == stood
    finally:
        app.close()


def at_once(app: App, pos: tuple[int, int]) -> None:
    """A click where something lies, nothing scrolled into view for it."""
    move(app, pos)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=1))
        settle(app)


def test_the_signs_of_the_columns_have_a_legend() -> None:
    app = window((1280, 800), reduced_motion=True)
    app.push(TitleScreen(app))
    in_room(app, "orders")
    try:
        drawn = " ".join(drawn_by(app, lambda: redrawn(app)))
        for told in ("left less, right more", "no difference", "beyond", "readiness"):
            assert told in drawn
    finally:
        app.close()


def test_the_ladder_s_outline_is_of_the_game_alone() -> None:
    """K-1 was an attack that kills; a game in which nobody is killed does not reach its rung."""
    match = played("turn_zero", 1, Seat.US)
    app = room_of(match)
    outlined = [
        w.key for w in app.tree.top.walk() if w.key.startswith("rung") and "since turn 1" in w.tip
    ]
    app.close()
    assert outlined == [f"rung{int(match.played[0].outcome.rung[0])}"]


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_bar_tells_the_forecasts_and_keeps_its_place(width: int) -> None:
    """Whatever is picked: nothing moves under a hand that reaches for Commit."""
    match = match_of("the_article", Seat.US)
    app = room_of(match, (width, 768))
    try:
        book, ordering = match.scenario.setting.rulebook, app.screen.desk_of(Seat.US).ordering
        before = named(app, "commit").rect.copy()
        for rival, odds in ((Seat.IRAN, 0.3), (Seat.MILITIA, 0.45), (Seat.IRAQ, 0.05)):
            ordering.forecast(rival, odds)
        word = max(range(len(book.words)), key=lambda place: len(book.words[place].name))
        whisper = max(range(len(book.whispers)), key=lambda n: len(book.whispers[n].name))
        ordering.change(word=word, whisper=whisper, whisper_to=int(Seat.IRAN))
        app.rebuild()
        assert named(app, "commit").rect == before
        tip = named(app, "commit").tip
        assert "Your forecast of force, of 100: Iran 30, the militias 45 and the" in tip
        assert app.misfits == []
    finally:
        app.close()


def test_the_evidence_is_about_a_named_attack() -> None:
    """Before any attack in the game it is the prologue's."""
    match = played("the_article", 0, Seat.US)
    app = room_of(match)
    app.screen.desk_of(Seat.US).open(app, "intelligence")
    assert "Who did the last attack before turn 1?" in words(app)
    app.close()
    app = room_of(match_of("autumn_to_summer", Seat.US))
    app.screen.desk_of(Seat.US).open(app, "intelligence")
    assert "nobody to suspect" in words(app)
    app.close()


def test_what_moved_an_anger_adds_up() -> None:
    """What time took and what happened brought are the move in the brackets."""
    checked = 0
    for turns in (1, 2, 3, 4):
        app = room_of(played("the_article", turns, Seat.US))
        for rival in (Seat.IRAN, Seat.MILITIA):
            app.screen.open_why(rival)
            told = words(app).replace(MINUS, "-")
            move = re.search(r"Your anger: \d+ \(([+-]\d+)\)", told)
            parts = re.findall(r"(?:Time passed|What happened last turn)[^+-]*: ([+-]\d+)", told)
            assert sum(map(int, parts)) == (int(move[1]) if move else 0), told
            checked += move is not None
            app.close_overlay()
        app.close()
    assert checked >= 3


def test_the_ladder_shows_the_lines_that_stand() -> None:
    match = played("the_article", 4, Seat.IRAN)
    app = room_of(match)
    try:
        lines = lines_seen(match.observation(Seat.IRAN))
        assert lines
        for line in lines:
            row = named(app, f"rung{line.rung}")
            assert line.by in row.seats
            assert "will be answered" in row.tip
    finally:
        app.close()


def test_the_timeline_opens_the_news_of_a_turn() -> None:
    match = played("the_article", 3, Seat.US)
    app = room_of(match)
    try:
        key(app, pygame.K_8)
        click(app, named(app, "turn1"))
        news = Seen(match, Seat.US).news[1]
        said = words(app)
        assert all(item.text in said for item in news)
        press(app, "Close")
        assert not app.has_overlay
    finally:
        app.close()


def test_the_world_tells_what_each_turn_said_about_it_to_the_last() -> None:
    """The staff's odds stand on a leaf of their own, from the start on, with what moved them; after
    the last turn, too, the report tells what it said, though nothing is ordered any more.
    """
    match = played("ten_days_in_january", 4, Seat.US)
    app = room_of(match, estimate=True)
    try:
        staff = app.screen.desk_of(Seat.US).staff
        key(app, pygame.K_5)
        while_the_staff_works(app, lambda: staff.belief is not None)
        assert named(app, "leaning").text.startswith("Your staff ")
        assert named(app, "world-headline").text.startswith("Turn 4 ")
        assert re.search(r"Force deters: 50, \d+, \d+, \d+, \d+;", named(app, "odds").tip)
        key(app, pygame.K_RETURN, CTRL)
        settle_room(app)
        assert match.ending is not Ending.NONE
        while in_peak(app):
            key(app, pygame.K_SPACE)
            key(app, pygame.K_RETURN)
        while_the_staff_works(app, lambda: staff.belief is not None and staff.belief.turn == 5)
        assert named(app, "world-headline").text.startswith("Turn 5 ")
        assert not staff.consequences
    finally:
        app.close()


def test_why_tells_the_parts_of_the_ledger() -> None:
    match = played("the_article", 4, Seat.US)
    app = room_of(match)
    try:
        key(app, pygame.K_4)
        click(app, named(app, "why-IRAN"))
        said = words(app)
        seen = match.observation(Seat.US)
        assert f"weigh {float(seen.kept[Seat.IRAN, 0]):.1f}" in said
        assert "missiles and drones, as far as you know it" in said
        key(app, pygame.K_ESCAPE)
        assert not app.has_overlay
    finally:
        app.close()


def test_history_is_shown_for_played_turns_only() -> None:
    match = played("the_article", 3, Seat.US)
    app = room_of(match)
    try:
        key(app, pygame.K_8)
        click(app, named(app, "history"))
        app.frame()
        line = named(app, "timeline")
        shown = [point.history for point in line._points]
        assert any(rung is not None for rung in shown[:3])
        assert all(rung is None for rung in shown[3:])
    finally:
        app.close()


def test_a_facilitators_news_are_read_first() -> None:
    match = played("the_article", 2, Seat.US)
    match.inject_own("A leak", "Somebody has talked to the papers.")
    app = room_of(match)
    try:
        key(app, pygame.K_2)
        assert "Somebody has talked to the papers." in words(app)
    finally:
        app.close()


# --- the staff


def test_the_staffs_estimate_arrives_while_one_thinks() -> None:
    """From another process; the window goes on meanwhile, and the figures are the planner's own."""
    match = played("turn_zero", 1, Seat.US)
    app = room_of(match, estimate=True)
    staff = app.screen.desk_of(Seat.US).staff
    try:
        key(app, pygame.K_1)
        while_the_staff_works(app, lambda: staff.futures == FUTURES[-1])
        legal = set(match.options(Seat.US).deed[:, 0].nonzero()[0].tolist())
        assert set(staff.consequences) == set(staff.voices) == legal
        assert there(app, "hawk")
        assert there(app, "dove")
        key(app, pygame.K_3)
        assert "held against it" in words(app)
        assert f"imagined {FUTURES[-1]} futures" in words(app)
        key(app, pygame.K_4)
        assert "pressure to strike back" in " ".join(w.tip for w in app.tree.top.walk())
        assert app.misfits == []
    finally:
        app.close()


def test_what_is_one_press_away_is_found_out_ahead() -> None:
    """What another statement or message would bring is there with the press, and is then refined;
    what was said before is known as finely as it was.
    """
    match = played("turn_zero", 1, Seat.US)
    app = room_of(match, estimate=True)
    desk = app.screen.desk_of(Seat.US)
    staff = desk.staff
    try:
        while_the_staff_works(app, lambda: not app.worker.busy("staff"))
        silent = staff.consequences
        for code, name in ((pygame.K_w, "word-justify_imminent"), (pygame.K_p, "whisper-notice")):
            key(app, code)
            row = named(app, name)
            assert not row.closed
            click(app, row)
            assert staff.is_of_draft
            assert staff.futures == FUTURES[0]
            assert staff.consequences is not silent
            while_the_staff_works(app, lambda: not app.worker.busy("staff"))
            assert staff.futures == FUTURES[-1]
        desk.ordering.change(word=HOLD.word, word_to=HOLD.word_to)
        desk.ordering.change(whisper=HOLD.whisper, whisper_to=HOLD.whisper_to)
        assert staff.consequences is silent
        assert staff.futures == FUTURES[-1]
    finally:
        app.close()


def test_a_statement_that_is_not_whole_changes_nothing_yet() -> None:
    match = played("turn_zero", 1, Seat.US)
    app = room_of(match, estimate=True)
    staff = app.screen.desk_of(Seat.US).staff
    try:
        while_the_staff_works(app, lambda: bool(staff.futures))
        key(app, pygame.K_w)
        click(app, named(app, "word-threaten"))
        assert staff.is_of_draft, "it names nobody, so nothing is said"
    finally:
        app.close()


def test_the_estimate_can_be_switched_off() -> None:
    match = match_of("turn_zero", Seat.US)
    app = room_of(match, estimate=False)
    try:
        key(app, pygame.K_3)
        assert "switched off" in words(app)
        assert not app.worker.busy("staff")
    finally:
        app.close()


# --- the adjudication


def test_the_adjudication_plays_by_itself_and_can_be_paused() -> None:
    match = played("the_article", 3, Seat.US)
    app = room_of(match, reduced_motion=False)
    try:
        screen = app.screen
        telling = screen.tell_again()
        telling.watch()
        play = telling.play
        app.frame()
        now, steps = 100.0, 0
        while not play.over and steps < 4000:
            wait = screen.tick(now)
            app.frame()
            now += wait or 0.05
            steps += 1
        assert play.over
        play.step(-99)
        key(app, pygame.K_p)
        assert play.paused
        assert screen.tick(now) is None
        key(app, pygame.K_RIGHT)
        assert play.at == 1
    finally:
        app.close()


def test_with_reduced_motion_nothing_moves_by_itself() -> None:
    match = played("the_article", 3, Seat.US)
    app = room_of(match, reduced_motion=True)
    try:
        telling = app.screen.tell_again()
        telling.watch()
        assert app.screen.tick(1.0) is None
        assert telling.play.flights(match.scenario) == []
    finally:
        app.close()


def test_a_finished_game_can_be_watched_with_its_secrets() -> None:
    match = played("ten_days_in_january", 9)
    app = window(reduced_motion=True)
    app.push(TitleScreen(app))
    app.push(WatchScreen(app, match))
    try:
        for turn in range(len(match.played)):
            assert f"Turn {turn + 1} of {len(match.played)}" in words(app)
            for _ in range(30):
                key(app, pygame.K_RIGHT)
            assert app.misfits == []
            key(app, pygame.K_PAGEDOWN)
        key(app, pygame.K_ESCAPE)
        assert isinstance(app.screen, TitleScreen)
    finally:
        app.close()


# --- Turn Zero's coach


@pytest.mark.parametrize(
    ("size", "text_scale"), [((1280, 720), 100), ((1024, 768), 100), ((1280, 720), 175)]
)
def test_the_coach_points_at_eight_things_over_three_turns(size, text_scale) -> None:
    match = match_of("turn_zero", Seat.US)
    app = room_of(match, size, text_scale)
    try:
        seen = []
        for _ in range(3):
            desk = app.screen.desk_of(Seat.US)
            places = set()
            while (step := desk.coach.step(match.state.turn)) is not None:
                target, panel = named(app, step.target).rect, named(app, "coach").rect
                assert not panel.colliderect(target), step
                assert not panel.colliderect(named(app, "commit").rect), step
                assert "Coaching, turn" not in words(app), "one coach is enough"
                assert app.misfits == []
                places.add(tuple(named(app, "coach-next").rect))
                seen.append(step)
                if len(seen) % 2:
                    click(app, named(app, "coach-next"))
                else:
                    app.ui.focus = ""
                    key(app, pygame.K_RETURN)
            assert len(places) == 1, "Next stays where it is"
            key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
            settle_room(app)
            Keyboard().go_on(app)
        assert tuple(seen) == STEPS
        assert len(STEPS) == 8
    finally:
        app.close()


def test_the_coach_can_be_skipped_and_does_not_block_the_room() -> None:
    match = match_of("turn_zero", Seat.US)
    app = room_of(match)
    try:
        click(app, named(app, "tabs").children[1])
        assert app.screen.desk_of(Seat.US).leaf == "news"
        click(app, named(app, "coach-skip"))
        app.frame()
        assert not [w for w in app.tree.top.walk() if w.key == "coach"]
    finally:
        app.close()


def test_other_scenarios_have_no_coach() -> None:
    app = room_of(match_of("the_article", Seat.US))
    try:
        assert not [w for w in app.tree.top.walk() if w.key == "coach"]
    finally:
        app.close()


# --- robustness


def test_a_window_can_change_its_size_at_any_moment() -> None:
    match = played("the_article", 2, Seat.US)
    app = room_of(match)
    try:
        for size in ((1024, 768), (1920, 1080), (800, 600), (1280, 720)):
            app.surface = pygame.display.set_mode(size)
            pygame.event.post(
                pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1])
            )
            settle(app)
            assert app.tree.root.rect.size == size
            assert app.misfits == [], size
    finally:
        app.close()


def test_leaving_asks_and_says_whether_the_game_is_kept(tmp_path) -> None:
    app = room_of(match_of("turn_zero", Seat.US))
    try:
        assert app.screen.closing()
        key(app, pygame.K_ESCAPE)
        app.frame()
        assert not [w for w in app.tree.top.walk() if w.key == "coach"]
        key(app, pygame.K_ESCAPE)
        assert "not kept" in words(app)
        press(app, "Stay in the room")
        assert isinstance(app.screen, RoomScreen)
        key(app, pygame.K_ESCAPE)
        press(app, "Leave to the title")
        assert isinstance(app.screen, TitleScreen)
    finally:
        app.close()


def test_a_game_on_the_disk_is_taken_up_where_it_was_left(tmp_path) -> None:
    path = tmp_path / "a.match"
    match = Match.begin(path, "turn_zero", {Seat.US: Seating.person("Ana")}, cast, seed=7)
    app = room_of(match)
    try:
        assert app.screen.closing() == ""
        play_turn(app, Keyboard(), 0)
    finally:
        app.close()
        match.close()
    again = Match.open(path, cast)
    app = room_of(again)
    try:
        assert again.state.turn == 1
        assert shown(app) is Mode.ROOM
    finally:
        app.close()
        again.close()


# --- orders in the making


def begun(path, *people: Seat) -> Match:
    named_so = {seat: Seating.person("Ana") for seat in people}
    return Match.begin(path, "the_article", named_so, cast, seed=7)


def reopened(path, app):
    """The game, and a new window in it, after the old one was closed."""
    match = app.screen.match
    app.close()
    match.close()
    again = Match.open(path, cast)
    return again, room_of(again)


def order_all(app, hands) -> Draft:
    """Gives every kind of order, and commits nothing."""
    hands.order(app, 1)
    screen = app.screen
    draft = screen.desk_of(whose(app)).ordering.draft
    assert draft.order.deed
    assert draft.order.word
    assert draft.forecast
    return replace(draft, forecast=dict(draft.forecast))


@pytest.mark.parametrize("hands", HANDS)
def test_orders_in_the_making_are_there_again(tmp_path, hands) -> None:
    path = tmp_path / "a.match"
    app = room_of(begun(path, Seat.US))
    draft = order_all(app, HANDS[hands]())
    match, app = reopened(path, app)
    try:
        assert app.screen.desk_of(Seat.US).ordering.draft == draft
        assert "here again" in app.toasts.shown
        play_turn(app, HANDS[hands](), 5)
        assert int(match.played[0].orders.deed[Seat.US, 0]) == draft.order.deed
        assert not list((tmp_path / "home" / "drafts").iterdir())
    finally:
        app.close()
        match.close()


KILLED = """
import sys
from pathlib import Path
from game.futures.cast import cast
from game.session.match import Match
from tests.desktop.playing import Keyboard, room_of
app = room_of(Match.open(Path(sys.argv[1]), cast))
Keyboard().order(app, 1)
print("picked", flush=True)
sys.stdin.read()
"""


def test_a_window_that_is_killed_loses_no_order(tmp_path) -> None:
    path = tmp_path / "a.match"
    begun(path, Seat.US).close()
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert any(b"picked" in line for line in process.stdout)
        process.kill()
    again = Match.open(path, cast)
    app = room_of(again)
    try:
        draft = app.screen.desk_of(Seat.US).ordering.draft
        assert draft.order.deed
        assert draft.order.word
        assert draft.forecast
    finally:
        app.close()
        again.close()


def test_orders_in_the_making_are_their_own_seats_alone(tmp_path) -> None:
    path = tmp_path / "a.match"
    app = room_of(begun(path, Seat.US, Seat.IRAN))
    Keyboard().reveal(app)
    key(app, pygame.K_RETURN)
    draft = order_all(app, Keyboard())
    match, app = reopened(path, app)
    try:
        assert shown(app) is Mode.CURTAIN
        assert not app.toasts.shown
        Keyboard().reveal(app)
        key(app, pygame.K_RETURN)
        assert app.screen.desk_of(Seat.US).ordering.draft == draft
        Keyboard().commit(app)
        Keyboard().reveal(app)
        key(app, pygame.K_RETURN)
        assert whose(app) is Seat.IRAN
        assert app.screen.desk_of(Seat.IRAN).ordering.draft == Draft()
    finally:
        app.close()
        match.close()


def test_who_has_not_seen_the_last_turn_sees_it_after_a_resume(tmp_path) -> None:
    """Four eyes at one machine: one saw the turn and began its orders, the other had not sat down
    when the window closed.
    """
    hands, path = Keyboard(), tmp_path / "a.match"
    app = room_of(begun(path, Seat.US, Seat.IRAN))
    for _ in (Seat.US, Seat.IRAN):
        hands.reveal(app)
        key(app, pygame.K_ESCAPE)
        hands.commit(app)
    settle_room(app)
    hands.reveal(app)
    assert shown(app) is Mode.TELLING
    hands.go_on(app)
    order_all(app, hands)
    match, app = reopened(path, app)
    try:
        hands.reveal(app)
        assert shown(app) is Mode.ROOM, "it has seen the turn: its orders are begun"
        hands.commit(app)
        hands.reveal(app)
        assert whose(app) is Seat.IRAN
        assert shown(app) is Mode.TELLING
    finally:
        app.close()
        match.close()


def test_who_plays_alone_reads_the_news_after_a_resume(tmp_path) -> None:
    path = tmp_path / "a.match"
    app = room_of(begun(path, Seat.US))
    play_turn(app, Keyboard(), 5)
    match, app = reopened(path, app)
    try:
        assert app.screen.desk_of(Seat.US).leaf == "news"
    finally:
        app.close()
        match.close()


def test_what_was_kept_for_another_turn_does_not_come_back(tmp_path) -> None:
    path = tmp_path / "a.match"
    match = begun(path, Seat.US)
    app = room_of(match)
    order_all(app, Keyboard())
    match.commit(Seat.US, HOLD)
    match.advance()
    match, app = reopened(path, app)
    try:
        assert app.screen.desk_of(Seat.US).ordering.draft == Draft()
    finally:
        app.close()
        match.close()


@pytest.mark.parametrize(
    "content", ["", "{", '{"version": 2}', "[]", "null", "\x00" * 99, "no_such_deed"]
)
def test_what_cannot_be_read_of_them_is_left_out(tmp_path, content) -> None:
    path = tmp_path / "a.match"
    app = room_of(begun(path, Seat.US))
    draft = order_all(app, Keyboard())
    (kept,) = (tmp_path / "home" / "drafts").iterdir()
    told = kept.read_text()
    deed = app.screen.match.scenario.setting.rulebook.deeds[Seat.US][draft.order.deed].id
    kept.write_text(told.replace(deed, content) if content.startswith("no_") else content)
    match, app = reopened(path, app)
    try:
        assert app.screen.desk_of(Seat.US).ordering.draft == Draft()
    finally:
        app.close()
        match.close()


def test_a_disk_that_takes_none_of_them_is_told_of_once(tmp_path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "drafts").write_text("no folder")
    match = begun(tmp_path / "a.match", Seat.US)
    app = room_of(match)
    try:
        order_all(app, Keyboard())
        assert "cannot be kept" in app.toasts.shown
        app.toasts.clear()
        order_all(app, Keyboard())
        assert not app.toasts.shown
        app.toast(app.screen._desks._drafts._told)
        play_turn(app, Keyboard(), 5)
        assert match.state.turn == 1
        assert not app.toasts.shown, "what was told was of orders that are committed now"
    finally:
        app.close()
        match.close()


# --- the clock


def test_the_clock_of_a_match_runs_and_says_when_time_is_up() -> None:
    match = match_of("the_article", Seat.US)
    match.limit(300)
    app = room_of(match)
    try:
        assert re.search("(5:00|4:5.) left", face_of(app))
        match.clock.spent = 290.0
        assert "0:1" in face_of(app) or "0:0" in face_of(app)
        match.clock.spent = 301.0
        assert face_of(app) == "Time is up"
        assert app.misfits == []
        play_turn(app, Keyboard(), 5)
        assert match.clock.spent < 60
    finally:
        app.close()


def face_of(app) -> str:
    """What the clock says by itself, once it looks again: nobody does anything."""
    drawn = drawn_by(app, lambda: (app.turn(), app.frame()))
    return next(text for text in drawn if re.search("[0-9]:[0-9]+ left$|^Time is up$", text))


def test_the_curtain_shows_the_clock_and_a_match_without_one_has_none() -> None:
    match = match_of("turn_zero", Seat.US, Seat.IRAN)
    app = room_of(match)
    try:
        assert not there(app, "clock")
        match.limit(60)
        app.rebuild()
        assert there(app, "clock")
    finally:
        app.close()


def test_a_match_that_was_left_paused_can_be_gone_on_with(tmp_path) -> None:
    match = begun(tmp_path / "a.match", Seat.US)
    match.pause()
    app = room_of(match)
    try:
        assert "Paused" in words(app)
        key(app, pygame.K_ESCAPE)
        press(app, "End the pause")
        assert "Paused" not in words(app)
        play_turn(app, Keyboard(), 5)
        assert match.state.turn == 1
    finally:
        app.close()
        match.close()


# --- one turn back


def test_the_last_turn_can_be_taken_back_by_who_plays_alone() -> None:
    match = match_of("the_article", Seat.US)
    app = room_of(match)
    try:
        play_turn(app, Keyboard(), 0)
        key(app, pygame.K_ESCAPE)
        press(app, "Take the last turn back")
        assert match.state.turn == 0
        assert shown(app) is Mode.ROOM
        play_turn(app, Keyboard(), 2)
        assert match.state.turn == 1
    finally:
        app.close()


def test_a_planner_thinks_without_freezing_the_window(monkeypatch) -> None:
    monkeypatch.setattr("game.desktop.screens.room.QUICK", 0.0)
    match = match_of("turn_zero", Seat.US)
    app = room_of(match)
    try:
        key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
        settle_room(app)
        assert match.state.turn == 1
        assert shown(app) is Mode.TELLING
    finally:
        app.close()


def test_idle_costs_nothing() -> None:
    """Nothing asks to be drawn again while nobody does anything."""
    app = room_of(played("the_article", 2, Seat.US))
    try:
        go_round(app)
        assert drawn_by(app, lambda: go_round(app)) == []
    finally:
        app.close()


def test_what_is_picked_is_in_view_when_its_list_is_opened_and_no_click_moves_it() -> None:
    """Restored orders are seen at once, also in a window where the list is long."""
    match = match_of("the_article", Seat.MILITIA)
    app = window((1280, 720), 175, estimate=False)
    try:
        screen = RoomScreen(app, match)
        deed = match.scenario.setting.rulebook.deed(Seat.MILITIA, "siege")
        screen.desk_of(Seat.MILITIA).ordering.draft.pick(deed=deed)
        app.push(screen)
        row, view = named(app, "deed-siege").rect, named(app, "orders-deed").rect
        assert view.contains(row)
        other = next(one for one in rows(app) if not one.chosen and view.contains(one.rect))
        before = other.rect.copy()
        click(app, other)
        assert named(app, other.key).rect == before
    finally:
        app.close()


@pytest.mark.parametrize("guess", [0, 1])
def test_the_world_is_guessed_before_it_is_told(guess: int) -> None:
    """The last scene asks, with nothing chosen; the debrief holds the answer against the truth."""
    app = room_of(match_of("the_article", Seat.US))
    try:
        match = played("ten_days_in_january", 9, Seat.US)
        app.routes.end(app, match)
        theories = match.scenario.setting.rulebook.theories
        choice = named(app, "guess")
        assert choice.chosen == -1
        name = choice.children[guess].label
        click(app, choice.children[guess])
        click(app, named(app, "leave"))
        right = theories[int(match.state.theory[0])].name == name
        assert f"The world was: {theories[int(match.state.theory[0])].name}" in words(app)
        assert ("you were right" if right else f"You took it for “{name}”") in words(app)
    finally:
        app.close()
