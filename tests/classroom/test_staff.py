"""What the staff expects, in class: where the host allows it, and from what a seat knows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.classroom import serving, staff
from game.players.base import Dice
from game.rules.seats import SEATS, Seat
from game.views.effects import Way
from tests.properties.anything import without_looking

from .common import IRAN, US, Hosted, deed, held, wait_for


def desk(match, seat: Seat) -> staff.Desk:  # type: ignore[no-untyped-def]
    return staff.Desk(
        seat, match.observation(seat), match.options(seat), Dice.of(match.state, seat)
    )


def test_nobody_but_the_host_switches_it_on(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    teacher.does("begin", minutes=0)
    ana.set("deed", deed(hosted, US, "strike_depots"))
    assert "What the staff expects" not in ana.page()
    assert ana.post("/host/1/do", what="estimate", seat="US").status_code == 404
    assert hosted.table.estimates == set()
    teacher.does("estimate", seat="US")
    wait_for(lambda: hosted.room.staffs[1].of(US) is not None, 60)
    page = ana.page()
    assert "What the staff expects" in page
    for words in ("Hawk", "Dove", "Attacks on Americans", "Your score"):
        assert words in page
    assert "What the staff expects" not in hosted.member(IRAN).page(), "that team only"
    teacher.does("estimate", seat="US")
    assert "What the staff expects" not in ana.page()


def test_what_is_worked_out_stays_while_another_team_is_allowed(hosted: Hosted) -> None:
    teacher, staffs = hosted.host(), hosted.room.staffs[1]
    teacher.does("begin", minutes=0)
    teacher.does("estimate", seat="US")
    wait_for(lambda: staffs.of(US) is not None, 60)
    before = staffs.of(US)
    teacher.does("estimate", seat="IRAN")
    wait_for(lambda: staffs.of(IRAN) is not None, 60)
    assert staffs.of(US) is before
    teacher.does("time")
    wait_for(lambda: staffs.of(US) is not None and staffs.of(US) is not before, 60)
    assert staffs.fault == ""


def test_all_teams_are_allowed_at_once_and_it_outlives_the_program(tmp_path: Path) -> None:
    with held(tmp_path) as hosted:
        teacher = hosted.host()
        teacher.does("begin", minutes=0)
        teacher.does("estimate")
        assert hosted.table.estimates == set(SEATS)
        path = hosted.table.match.path
    again = serving.opened(path)
    try:
        assert again.tables[0].estimates == set(SEATS)
    finally:
        again.close()


def test_it_does_not_know_which_theory_the_world_follows(tmp_path: Path) -> None:
    """Two classes that differ in nothing else read the same to the last word."""
    told = []
    for lens in ("deterrence", "spiral"):
        lesson = serving.begun("turn_zero", tmp_path, seed=5, lens=lens)
        match = lesson.tables[0].match
        texts = match.record.texts
        told.append(staff.advise(texts, [desk(match, seat) for seat in SEATS]))
        lesson.close()
    assert told[0] == told[1]


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_hidden_changes_what_it_says(tmp_path: Path, seat: Seat) -> None:
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=5)
    try:
        match = lesson.tables[0].match
        texts = match.record.texts
        own = desk(match, seat)
        before = staff.advise(texts, [own])
        hidden = match.match_state
        hidden.state = without_looking(hidden.state, seat, np.random.default_rng(1))
        other = replace(desk(match, seat), dice=own.dice)  # the staff's luck is its own
        assert staff.advise(texts, [other]) == before
    finally:
        lesson.close()


def test_it_compares_every_legal_action_with_holding(tmp_path: Path) -> None:
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=5)
    try:
        match = lesson.tables[0].match
        texts = match.record.texts
        own = desk(match, US)
        advice = staff.advise(texts, [own])[US]
        legal = set(np.flatnonzero(own.options.deed[:, 0])) - {0}
        assert set(advice) == legal
        rows = [row for rows in advice.values() for row in rows]
        assert {row.measure for row in rows} == set(staff.MEASURES)
        assert {way for row in rows for way in row.ways} == {Way.SAME, Way.MORE, Way.FEWER}
        only_holding = replace(own.options, deed=own.options.deed & False)
        only_holding.deed[0] = True
        held = staff.advise(texts, [replace(own, options=only_holding)])
        assert held[US] == {}, "holding is compared with nothing"
    finally:
        lesson.close()
