"""Exploring and opening again: what the charts mean, who is who, what an old game is told."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.desktop.screens.debrief.force import what_it_did
from game.desktop.screens.games.starting import open_and_begin
from game.desktop.screens.watch import WatchScreen
from game.desktop.widgets.legend import Legend
from game.desktop.work import tasks
from game.desktop.work.tasks import taken_over
from game.futures.ensemble import KNOWN, MEASURES, ByOthers, Ensemble
from game.report.taking import Unfiled, taken
from game.rules.seats import SEATS, Seat
from game.session.places import matches
from game.session.view import MatchView
from game.views.happenings import happenings
from game.views.names import SEAT_TITLES
from game.views.uses import uses_of_force
from tests.desktop.gallery import SHOTS
from tests.desktop.gallery_room import played
from tests.session.ageing import without
from tests.session.keep import keep

from .common import key, press, window, words

OLD = Path(__file__).parent.parent / "session" / "journals" / "version_1.match"
ENSEMBLE = Ensemble("turn_zero", 10, 7)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_what_the_charts_are_drawn_with_is_explained(size) -> None:
    app = window(size)
    try:
        SHOTS["explore"](app)
        app.frame()
        (legend,) = (w for w in app.tree.top.walk() if isinstance(w, Legend))
        told = [entry.word for entry in legend._entries]
        assert told[0] == "the mean"
        assert all("in 100" in word for word in told[1:])
        assert app.misfits == []
    finally:
        app.close()


def test_the_mean_of_every_measure_is_told_with_both_widths() -> None:
    app = window()
    try:
        SHOTS["explore"](app)
        app.frame()
        said = words(app)
        assert said.count("by other numbers that may be as right") == len(MEASURES)
        assert said.count("luck's range") == len(MEASURES)
    finally:
        app.close()


def test_other_numbers_are_asked_once_all_games_are_played() -> None:
    *chunks, last = tasks.explored(replace(ENSEMBLE, rows=True))
    assert sum(chunk.digests.size for chunk in chunks) == ENSEMBLE.games
    assert isinstance(last, ByOthers)
    assert list(last.measures) == list(KNOWN)
    own = chunks[0].rows.attacks
    assert last.measures["attacks"].rows[0] == own.sum(), "the first row is the game's own"


def test_every_seat_is_named_beside_its_mark() -> None:
    app = window()
    try:
        SHOTS["explore-new"](app)
        said = words(app)
        assert all(SEAT_TITLES[seat] in said for seat in SEATS)
    finally:
        app.close()


@pytest.mark.parametrize("seed", range(3))
def test_the_debrief_says_of_every_use_of_force_what_it_did(seed) -> None:
    match = played("the_road_not_taken", 99, seed=seed)
    with taken(match, unfiled=Unfiled(match.scenario, "balanced")) as game:
        uses = uses_of_force(game)
        told = [what_it_did(game, use) for use in uses]
    assert uses
    for use, did in zip(uses, told, strict=True):
        assert did, use
        deed = match.scenario.setting.rulebook.deeds[use.seat][use.deed]
        if deed.fire is not None or deed.strike is not None:
            assert "killed" in did or "led to no attack" in did, use
        assert did in {one.text for one in happenings(game.scenario, game.turns[use.turn - 1])}
    struck = [did for use, did in zip(uses, told, strict=True) if use.seat is Seat.US]
    assert all("American" in did for did in struck)


def test_an_attack_is_watched_in_the_colour_of_whoever_fired() -> None:
    """Two may have fired at the same place on the same day."""
    match = played("ten_days_in_january", 9)
    screen = WatchScreen(app := window(), match)
    try:
        fired = [one for told in screen._told for one in told if one.kind == "fire"]
        assert fired
        for one in fired:
            assert (one.by is Seat.MILITIA) == one.text.startswith("The militias")
            assert (one.by is Seat.IRAN) == one.text.startswith("Iran ")
    finally:
        app.close()


def test_an_old_game_says_once_what_has_changed_in_its_rules(tmp_path) -> None:
    path = keep(tmp_path)
    without(path, "minds.harm_of_tip_off")
    without(path, "politics.quorum_binding")
    added = MatchView.read(path).changes.added
    assert len(added) == 2
    app = window(estimate=False)
    try:
        SHOTS["title"](app)
        open_and_begin(app, path)
        said = words(app)
        assert "The rules have changed" in said
        assert all(name in said for name in added)
        assert app.misfits == []
        press(app, "Close")
        assert not app.has_overlay
        key(app, pygame.K_F1)
        key(app, pygame.K_ESCAPE)
        assert not app.has_overlay
    finally:
        app.close()


def test_a_game_of_quite_other_rules_is_refused_in_a_sentence(tmp_path) -> None:
    path = tmp_path / "old.match"
    shutil.copy(OLD, path)
    app = window(estimate=False)
    try:
        SHOTS["title"](app)
        screen = app.screen
        open_and_begin(app, path)
        assert app.screen is screen
        assert "cannot play it" in app.toasts.shown
    finally:
        app.close()
    assert path.read_bytes() == OLD.read_bytes()


def test_a_new_game_is_told_of_no_changes(tmp_path) -> None:
    path = tmp_path / "new.match"
    *_, made = taken_over(ENSEMBLE, 2, 1, Seat.US, path)
    app = window(estimate=False)
    try:
        SHOTS["title"](app)
        open_and_begin(app, made)
        assert not app.has_overlay
    finally:
        app.close()


def test_what_a_killed_process_left_unready_is_taken_away(tmp_path) -> None:
    left, young = tmp_path / ".a.match.unready", tmp_path / ".b.match.unready"
    for file in (left, young):
        file.write_bytes(b"half")
    os.utime(left, (0, time.time() - 2 * tasks._OLD))
    *_, made = taken_over(ENSEMBLE, 2, 2, Seat.US, tmp_path / "c.match")
    assert not left.exists()
    assert young.exists(), "another window may be at it"
    found, wrong = matches(tmp_path)
    assert [summary.path for summary in found] == [made]
    assert not wrong
