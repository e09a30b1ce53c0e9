"""From screen to screen, as a person goes: into a game, out of it, back to it, and another try."""

import time
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.content.lens import load_lens, seen_through
from game.content.load import load_scenario
from game.desktop.room.leaves.estimating import FUTURES
from game.desktop.screens.debrief import force as debrief_force
from game.desktop.screens.debrief import story as debrief_story
from game.desktop.screens.debrief.screen import DebriefScreen
from game.desktop.screens.explore.screen import ExploreScreen
from game.desktop.screens.games.briefing import BriefingScreen
from game.desktop.screens.games.resume import ResumeScreen
from game.desktop.screens.games.starting import Origin, open_and_begin, places_for_report
from game.desktop.screens.title import TitleScreen
from game.desktop.shell import tips
from game.desktop.shell.settings import load
from game.desktop.start import _warm_up
from game.desktop.texts import t
from game.desktop.widgets.scroll import Scroll
from game.desktop.work import tasks
from game.futures.cast import cast
from game.futures.ensemble import Ensemble
from game.futures.turning import Swing
from game.report.taking import Unfiled, taken
from game.report.writing import ReportError
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.home import matches_folder
from game.session.match import Match, Seating, Status
from game.session.places import matches, new_path
from game.session.view import MatchView

from .common import drawn_by, key, labelled, press, settle, window, words, write
from .playing import rows, settle_room


@pytest.fixture
def title(app):
    app.push(TitleScreen(app))
    settle(app)
    return app


def until(app, what, seconds=60):
    """Lets the window run until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, words(app)
        settle(app)
        time.sleep(0.01)


def finished(turns=None):
    """A finished game of Turn Zero in the folder of games: the US has held; its file."""
    path = new_path(matches_folder(), "turn_zero", 5)
    match = Match.begin(path, "turn_zero", {Seat.US: Seating.person()}, cast, seed=5)
    while match.status is not Status.ENDED and turns != len(match.played):
        match.commit(Seat.US, HOLD, {Seat.IRAN: 0.25})
        match.advance()
    match.close()
    return path


def test_four_clicks_to_the_first_order(title):
    press(title, "Play")
    press(title, "After Taji")
    press(title, "Begin")
    assert title.screen.name == "briefing"
    assert "What you want" not in words(title)
    press(title, "The whole role sheet")
    assert "What you want" in words(title)
    press(title, "To the situation room")
    assert title.screen.name == "room"
    assert [match.game.scenario for match in matches(matches_folder())[0]] == ["after_taji"]


def test_by_keyboard_alone_to_a_strike_in_the_article_with_little_to_read(app):
    """From the title, past the short role sheet, to the first order picked, with what the staff
    says of it: at most 250 words in sentences, whatever draws them. The rest waits to be asked.
    """

    def to_the_first_order():
        app.push(TitleScreen(app))
        settle(app)
        app.focus_on(labelled(app, "Play").path)
        for screen in ("scenario", "briefing", "room"):
            key(app, pygame.K_RETURN)
            assert app.screen.name == screen
        key(app, pygame.K_d)
        for _ in range(len(rows(app))):
            key(app, pygame.K_UP)
        key(app, pygame.K_RETURN)
        staff = app.screen.desk_of(Seat.US).staff
        until(app, lambda: staff.is_of_draft and staff.voices and staff.futures)
        app.frame()

    assert_few_words(app, to_the_first_order, "Strike depots")
    key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
    settle_room(app)
    strike = app.match.scenario.setting.rulebook.deed(Seat.US, "strike_depots")
    assert [int(turn.orders.deed[Seat.US, 0]) for turn in app.match.played] == [strike]


def assert_few_words(app, act, told):
    """At most 250 words in sentences are drawn while something is done, and `told` among them."""
    drawn = drawn_by(app, act)
    sentences = {text for text in drawn if len(text.split()) >= 5}
    assert any(told in text for text in drawn), drawn
    assert any("“" in text for text in drawn), "the staff's voices have been heard"
    assert sum(len(text.split()) for text in {*sentences, t("title.motto")}) <= 250, sentences


def test_one_key_begins_turn_zero_as_washington_with_little_to_read(app):
    """No form and no briefing: the room itself, and fewer than 250 words in sentences, whatever
    draws them, until the first order is given.
    """

    def to_the_first_order():
        app.push(TitleScreen(app))
        settle(app)
        key(app, pygame.K_RETURN)
        assert app.screen.name == "room"
        assert (app.match.scenario.id, app.match.people) == ("turn_zero", (Seat.US,))
        staff = app.screen.desk_of(Seat.US).staff
        until(app, lambda: staff.voices and staff.futures == FUTURES[-1])
        while "Practice: " in words(app):
            key(app, pygame.K_RETURN)

    assert_few_words(app, to_the_first_order, "holding")
    key(app, pygame.K_RETURN, pygame.KMOD_LCTRL)
    settle_room(app)
    assert len(app.match.played) == 1


def test_what_is_picked_is_what_is_played(title):
    press(title, "Play")
    press(title, "Turn Zero")
    screen = title.screen
    screen._picked.players[Seat.IRAN] = "uniform"
    screen._picked.lens = "spiral"
    press(title, "World, numbers, luck, aims")
    field = next(w for w in title.tree.top.walk() if w.key == "seed")
    title.focus_on(field.path)
    for _ in range(8):
        key(title, pygame.K_BACKSPACE)
    assert labelled(title, "Begin").tip == "A seed is a whole number."
    write(title, "42x")
    press(title, "Begin")
    found = matches(matches_folder())[0][0]
    assert (found.game.seed, found.game.lens) == (42, "spiral")
    assert found.seats[Seat.IRAN][1] == "uniform"
    assert title.match.people == (Seat.US,)


def test_a_game_needs_somebody(title):
    press(title, "Play")
    title.screen._picked.people.clear()
    title.rebuild()
    press(title, "Begin")
    assert title.screen.name == "scenario"
    assert "Explore" in title.toasts.shown


@pytest.fixture
def closed_folder(title, monkeypatch, tmp_path):
    """A window at the question what to do about a folder that takes no games."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(tmp_path / "file"))
    title.settings_path = tmp_path / "settings.json"
    press(title, "Play")
    press(title, "Begin")
    assert "could not be kept" in words(title)
    assert "no such folder" in words(title)
    assert "free some space" not in words(title)
    return title


def test_another_folder_is_chosen_and_remembered(closed_folder, tmp_path):
    app, chosen = closed_folder, tmp_path / "games here"
    key(app, pygame.K_a, pygame.KMOD_LCTRL)
    key(app, pygame.K_BACKSPACE)
    assert "Type the path" in labelled(app, "Keep games there").tip
    write(app, "games")
    assert "whole path" in labelled(app, "Keep games there").tip
    for _ in range(5):
        key(app, pygame.K_BACKSPACE)
    write(app, str(tmp_path / "file"))
    key(app, pygame.K_RETURN)
    assert "no such folder" in words(app), "one that takes nothing either is asked for again"
    for _ in range(4):
        key(app, pygame.K_BACKSPACE)
    write(app, "games here")
    key(app, pygame.K_RETURN)
    assert app.screen.name == "briefing"
    assert app.match_path.parent == chosen / "matches"
    assert app.match_path.exists()
    assert load(app.settings_path).settings.folder == str(chosen)


def test_without_a_folder_the_game_is_played_to_its_debrief_unkept(closed_folder, tmp_path):
    app = closed_folder
    assert "it is lost" in words(app)
    press(app, "Play without keeping")
    press(app, "To the situation room")
    assert app.match_path is None
    assert "Not kept" in words(app)
    app.match.commit(Seat.US, HOLD, {})
    app.match.advance()
    app.routes.finish(app, app.match, app.match_path)
    settle(app)
    assert app.screen.name == "debrief"
    assert app.screen._unfiled.lens == "balanced"
    assert not (tmp_path / "settings.json").exists()


def test_cancelling_leads_back_to_what_was_picked(closed_folder):
    press(closed_folder, "Cancel")
    assert closed_folder.screen.name == "scenario"
    assert not closed_folder.has_overlay


def test_a_game_that_was_left_is_gone_on_with(title):
    finished(turns=1)
    press(title, "Resume")
    assert "Games that are not over" in words(title)
    row = next(w for w in title.tree.top.walk() if w.path.endswith("going/0/open"))
    title.focus_on(row.path)
    key(title, pygame.K_RETURN)
    assert title.screen.name == "room"
    assert title.match.turn == 2


def test_skipped_coaching_stays_away_in_its_game_only(title):
    for game in range(2):
        for label in ("Play", "Turn Zero", "Begin"):
            press(title, label)
        press(title, "Skip the coaching")
        title.home()
        if not game:
            press(title, "Resume: Turn Zero, turn 1 of 3")
            assert "Practice: " not in words(title)
            title.home()
    press(title, "Resume")  # the one before the last is remembered, too
    row = next(w for w in title.tree.top.walk() if w.path.endswith("going/1/open"))
    title.focus_on(row.path)
    key(title, pygame.K_RETURN)
    assert title.screen.name == "room"
    assert "Practice: " not in words(title)


def test_escape_on_the_title_asks(title):
    key(title, pygame.K_ESCAPE)
    assert title.running
    assert title.has_overlay
    press(title, "Stay")
    assert title.running
    key(title, pygame.K_ESCAPE)
    press(title, "Quit")
    assert not title.running


def test_a_screen_that_is_opened_anew_is_at_its_top(title):
    title.open_page("")
    title.frame()
    views = [
        w for w in title.tree.top.walk() if isinstance(w, Scroll) and w.scroll_to(title.ui, 40)
    ]
    assert views
    path = views[0].path
    title.pop()
    title.open_page("")
    title.frame()
    assert title.tree.find(path).offset(title.ui) == 0


def test_the_title_offers_the_game_that_was_left(title):
    finished(turns=2)
    _warm_up(title, title.screen)
    settle(title)
    press(title, "Resume: Turn Zero, turn 3 of 3")
    assert title.screen.name == "room"
    assert title.match.turn == 3


def test_a_game_that_is_left_can_be_gone_back_to_at_once(title):
    for label in ("Play", "After Taji", "Begin", "To the situation room"):
        press(title, label)
    path = title.match_path
    title.home()
    assert title.match is None
    press(title, "Resume: After Taji, turn 1 of 6")
    press(title, "To the situation room")
    assert title.match_path == path
    title.home()
    press(title, "Resume")
    row = next(w for w in title.tree.top.walk() if w.path.endswith("going/0/open"))
    title.focus_on(row.path)
    key(title, pygame.K_RETURN)
    assert title.screen.name == "briefing"


def test_resume_tells_what_cannot_be_read(title):
    folder = matches_folder()
    folder.mkdir(parents=True)
    (folder / "broken.match").write_bytes(b"nonsense")
    title.push(ResumeScreen(title))
    assert "broken.match" in words(title)
    assert "Files that could not be read" in words(title)


def test_a_debrief_measures_is_reported_and_forked(title, monkeypatch):
    path = finished()
    press(title, "Resume")
    row = next(w for w in title.tree.top.walk() if w.path.endswith("over/0/open"))
    title.focus_on(row.path)
    key(title, pygame.K_RETURN)
    screen = title.screen
    assert isinstance(screen, DebriefScreen)
    assert "Three questions" in words(title)
    press(title, "Story")
    assert "The game lasted all three turns" in words(title)
    press(title, "Save as a report")
    assert "still being played" in title.toasts.shown
    until(title, lambda: screen.findings is not None)
    press(title, "First page")
    assert "The world was: " in words(title)
    press(title, "How sure is this?")
    assert "With it" in str([getattr(w, "cells", "") for w in title.tree.top.walk()]) or (
        "nothing to compare" in words(title)
    )
    for tab in ("Did it deter?", "Turns", "Scores", "Ledger", "Beliefs"):
        press(title, tab)
    assert "Brier" in words(title)
    press(title, "Save as a report")
    reports = matches_folder().parent / "reports"
    until(title, lambda: any(reports.glob("*.html")))
    report = next(reports.glob("*.html")).read_text(encoding="utf-8")
    assert "<html" in report[:200]
    assert "Turn Zero" in report
    until(title, lambda: title.has_overlay)
    assert str(next(reports.glob("*.html"))) in words(title)
    opened = []
    monkeypatch.setattr("webbrowser.get", lambda: None)
    monkeypatch.setattr("webbrowser.open", opened.append)
    title.rebuild()
    press(title, "Copy its path")
    assert "copied" in title.toasts.shown
    title.toasts.clear()
    press(title, "Open it in the browser")
    until(title, lambda: opened)
    assert opened[0].startswith("file:///")
    assert not title.has_overlay
    press(title, "Turns")
    button = next(w for w in title.tree.top.walk() if w.key == "fork-2")
    title.focus_on(button.path)
    key(title, pygame.K_RETURN)
    assert title.screen.name == "room"
    assert title.match.turn == 2
    assert title.match.record.game.parent_turn == 2
    assert MatchView.read(path).status is Status.ENDED


def test_a_game_that_is_over_is_only_read(title):
    """On a share that takes nothing, and while somebody else has it open."""
    path = finished()
    before, held = path.read_bytes(), Match.open(path, cast)
    during = path.read_bytes()
    assert during != before
    open_and_begin(title, path)
    assert isinstance(title.screen, DebriefScreen)
    press(title, "Story")
    assert "The game lasted all three turns" in words(title)
    until(title, lambda: title.screen.findings is not None)
    held.close()
    assert path.read_bytes() == during
    title.home()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        open_and_begin(title, path)
        assert isinstance(title.screen, DebriefScreen)
        assert title.match is None
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)
    assert path.read_bytes() == during
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_game_taken_over_is_there_whole_or_not_at_all(tmp_path):
    ensemble = Ensemble("turn_zero", 10, 7)
    target = tmp_path / "own.match"
    stopped = tasks.taken_over(ensemble, 3, 3, Seat.IRAN, target)
    assert next(stopped) == 1
    assert not list(tmp_path.glob("*.match")), "it is not shown before it is whole"
    stopped.close()
    assert list(tmp_path.iterdir()) == []
    unheard = tasks.taken_over(ensemble, 3, 3, Seat.IRAN, target)
    assert [next(unheard) for _ in range(3)] == [1, 2, target]
    unheard.close()
    assert list(tmp_path.iterdir()) == []
    assert list(tasks.taken_over(ensemble, 3, 3, Seat.IRAN, target)) == [1, 2, target]
    assert MatchView.read(target).people == (Seat.IRAN,)
    kept = target.read_bytes()
    with pytest.raises(FileExistsError):
        list(tasks.taken_over(ensemble, 4, 2, Seat.US, target))
    assert target.read_bytes() == kept
    assert list(tmp_path.iterdir()) == [target]


def test_an_explored_game_is_measured_with_the_theories_as_they_are_written():
    """The lens that it was played through changes the game, not what other lenses say of it."""
    ensemble = Ensemble("turn_zero", 10, 7, lens="spiral")
    origin = Origin(ensemble, 2)
    (match,) = tasks.watched(ensemble, 2)
    with taken(match, unfiled=origin.unfiled) as game:
        assert game.lens == "spiral"
        written = load_scenario("turn_zero").setting.rulebook.parameters
        assert game.plain.setting.rulebook.parameters == written
        assert game.scenario.setting.rulebook.parameters != written
    with pytest.raises(ValueError, match="without a file is played by must"):
        list(tasks.inquire_into(match, None))


def test_a_report_has_a_name_however_long_the_seed_is():
    scenario = load_scenario("turn_zero")
    match = Match(scenario, cast(scenario, {}), int("7" * 1_000))
    path = places_for_report(match)
    assert len(path.name) < 100
    path.parent.mkdir(parents=True)
    path.touch()
    assert places_for_report(match) != path


def test_a_report_never_takes_the_place_of_other_work(tmp_path):
    (match,) = tasks.watched(Ensemble("turn_zero", 10, 7), 2)
    unfiled = Unfiled(match.scenario, "balanced")
    target = tmp_path / "thesis.html"
    target.write_text("years of work")
    *_, findings = tasks.inquire_into(match, unfiled)
    with pytest.raises(ReportError, match="it is no report"):
        list(tasks.reported(match, unfiled, findings, target))
    assert target.read_text() == "years of work"


def swing_of(turn, weight):
    """A turn that moved every seat's mark by about so much."""
    swing = Swing(turn)
    for paired in swing.pairs.values():
        paired.add(np.array([weight - 1, weight + 1]), np.zeros(2))
    return swing


@pytest.mark.parametrize("close", [True, False])
def test_the_debrief_says_when_another_turn_weighs_nearly_as_much(close):
    (match,) = tasks.watched(Ensemble("turn_zero", 10, 7), 2)
    unfiled = Unfiled(match.scenario, "balanced")
    *_, findings = tasks.inquire_into(match, unfiled)
    swings = [swing_of(1, 4), swing_of(2, 4.5 if close else 9), swing_of(3, 1)]
    with taken(match, unfiled=unfiled) as game:
        parts = debrief_force.force(game, replace(findings, swings=tuple(swings)))
    said = " ".join(w.text for part in parts for w in part.walk() if hasattr(w, "text"))
    assert ("weighs nearly as much" in said) is close


def test_every_event_of_history_leads_to_its_sources():
    (match,) = tasks.watched(Ensemble("turn_zero", 10, 7), 2)
    with taken(match, unfiled=Unfiled(match.scenario, "balanced")) as game:
        turns, ends = debrief_story.turns(game, None), debrief_story.questions(game)
    said, listed = (
        [w.text for part in parts for w in part.walk() if hasattr(w, "text")]
        for parts in (turns, ends)
    )
    source = match.scenario.events[-1].sources[0]
    number = match.scenario.source_numbers()[source]
    (title,) = (found.title for found in match.scenario.sources_of([source]))
    assert any(line.startswith(f"{number}. {title} (") for line in listed)
    told = match.scenario.events[-1].text
    assert any(told in line and f"[{number}" in line for line in said)


def test_exploring_shows_parts_can_be_stopped_and_every_game_opens_and_can_be_taken_over(title):
    title.push(ExploreScreen(title))
    screen = title.screen
    screen._query.scenario, screen._query.games, screen._query.seed = "turn_zero", 20_000, "7"
    press(title, "Play them")
    until(title, lambda: screen.found.games >= 100)
    press(title, "Stop")
    stopped = screen.found.games
    assert 100 <= stopped < 20_000
    assert "partial" in words(title)
    press(title, "Futures")
    row = next(w for w in title.tree.top.walk() if w.path.endswith("games/3"))
    told = row.cells
    title.focus_on(row.path)
    key(title, pygame.K_RETURN)
    until(title, lambda: isinstance(title.screen, DebriefScreen))
    match = title.screen._match
    assert match.game == 3
    attacks = match.state.attacks[0] - load_scenario("turn_zero").setting.opening.attacks[0]
    assert int(told[2]) == int(attacks)
    title.screen._play_on(2)
    press(title, "Iran")
    until(title, lambda: title.match is not None)
    assert title.screen.name == "room"
    assert title.match.people == (Seat.IRAN,)
    assert (title.match.turn, title.match.game, title.match.seed) == (2, 3, 7)


def test_assumptions_are_ordered_by_what_they_move(title, monkeypatch):
    monkeypatch.setattr("game.desktop.screens.explore.screen.SWING_GAMES", 20)
    title.push(ExploreScreen(title))
    screen = title.screen
    screen._query.scenario, screen._query.games = "turn_zero", 200
    press(title, "Play them")
    until(title, lambda: not title.worker.busy("explore"))
    press(title, "Which assumption matters")
    press(title, "Find out")
    until(title, lambda: screen._swings and not title.worker.busy("assumptions"))
    assert len(screen._swings) == screen._swings[0].of
    assert "that any theory gives it" in words(title)


def test_the_handbook_is_searched_and_gone_back_in(title):
    key(title, pygame.K_F1)
    assert title.screen.name == "handbook"
    field = next(w for w in title.tree.top.walk() if w.key == "search")
    title.focus_on(field.path)
    write(title, "depots")
    key(title, pygame.K_RETURN)
    assert "us.strike_depots" in words(title), "Enter opens what was found first"
    key(title, pygame.K_ESCAPE)
    press(title, "Strike depots (action, United States)")
    assert "us.strike_depots" in words(title)
    title.focus_on(next(w for w in title.tree.top.walk() if w.key == "search").path)
    write(title, " qqq")
    assert "Nothing in the handbook is called that" in words(title)
    key(title, pygame.K_ESCAPE)
    assert "You play one of four seats" in words(title)
    key(title, pygame.K_ESCAPE)
    assert title.screen.name == "title"


def test_settings_count_at_once(title):
    press(title, "Settings")
    press(title, "Light")
    assert title.ui.theme.id == "light"
    press(title, "150%")
    assert title.ui.text_scale == 1.5
    press(title, "The staff tells what an order may bring, and argues about it")
    assert not title.settings.estimate
    key(title, pygame.K_ESCAPE)
    press(title, "About and credits")
    assert "@tabler/icons" in str([getattr(w, "cells", "") for w in title.tree.top.walk()])


def test_the_handbook_tells_what_it_finds_and_a_games_own_numbers(title):
    scenario = seen_through(load_scenario("turn_zero"), load_lens("spiral"))
    match = Match(scenario, cast(scenario, {}, SEATS[1:]), 5)
    title.push(BriefingScreen(title, match, Seat.US, title.pop))
    title.open_page("minds.anger_gain")
    assert "2 factor" in words(title)
    field = next(w for w in title.tree.top.walk() if w.key == "search")
    title.focus_on(field.path)
    write(title, "harass")
    press(title, "3  Harassment without casualties (rung)")
    assert "rung 3, harassment without casualties" in words(title)
    title.home()
    title.open_page("minds.anger_gain")
    assert "2 factor" not in words(title)
    assert "Anger gain" in words(title)


def test_the_handbook_says_which_file_of_the_game_is_missing(title, monkeypatch, tmp_path):
    monkeypatch.setattr("game.desktop.screens.handbook.screen.FOLDER", tmp_path)
    title.open_page("no_such_page")
    assert str(tmp_path / "guides.toml") in words(title)


def test_the_title_is_come_back_to_at_its_top(app):
    app.surface = window((1024, 600), 175).surface
    app.change_settings(text_scale=175)
    app.push(TitleScreen(app))
    app.frame()
    scroll = next(w for w in app.tree.top.walk() if isinstance(w, Scroll))
    assert scroll.scroll_to(app.ui, 9999)
    press(app, "Settings")
    key(app, pygame.K_ESCAPE)
    assert app.screen.name == "title"
    assert next(w for w in app.tree.top.walk() if isinstance(w, Scroll)).offset(app.ui) == 0


def test_a_tip_covers_no_other_way_in(title):
    for name in ("begin", "play", "explore", "resume", "handbook", "settings"):
        widget = next(w for w in title.tree.top.walk() if w.key == name)
        before = title.surface.copy()
        tips.draw(title.ui, title.surface, widget, title.tree.top.walk())
        after, title._dirty = title.surface.copy(), True
        title.frame()
        for other in (w for w in title.tree.top.walk() if w.focusable and w.label):
            same = before.subsurface(other.rect), after.subsurface(other.rect)
            assert same[0].copy().get_buffer().raw == same[1].copy().get_buffer().raw, (name, other)
