"""What the staff expects, in class: where the host allows it, and from what a seat knows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.classroom import serving, staff
from game.content.dealt import Dealt
from game.futures.consequences import FUTURES, HEARD, consequences, voices
from game.futures.theory_belief import glances
from game.players.base import Dice
from game.rules.orders import HOLD, Order
from game.rules.seats import SEATS, Seat
from game.session.match_state import Played
from game.views.consequences import NOTHING, sentences
from game.views.debate import arguments
from tests.properties.anything import told_otherwise, without_looking

from .common import IRAN, US, Hosted, deed, held, wait_for, word


def desk(match, seat: Seat, draft: Order = HOLD) -> staff.Desk:  # type: ignore[no-untyped-def]
    return staff.Desk(
        seat, match.observation(seat), match.options(seat), Dice.of(match.state, seat), draft
    )


def found(hosted: Hosted, seat: Seat) -> staff.Advice | None:
    """What the staff of a team's draft has found."""
    return hosted.room.staffs[1].of(seat, hosted.table.order(seat))


def test_nobody_but_the_host_switches_it_on(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    teacher.does("begin", minutes=0)
    ana.set("deed", deed(hosted, US, "strike_depots"))
    assert "What the staff expects" not in ana.page()
    assert ana.post("/host/1/do", what="estimate", seat="US").status_code == 404
    assert hosted.table.estimates == set()
    teacher.does("estimate", seat="US")
    wait_for(lambda: found(hosted, US) is not None, 60)
    page = ana.page()
    assert "What the staff expects" in page
    for words in (
        *("The hawk", "The dove", "fear restrains", "anger drives", "If right"),
        *("Does force deter here?", "50 in 100 that force deters"),
    ):
        assert words in page
    assert "What the staff expects" not in hosted.member(IRAN).page(), "that team only"
    teacher.does("estimate", seat="US")
    assert "What the staff expects" not in ana.page()


def test_what_is_worked_out_stays_while_another_team_is_allowed(hosted: Hosted) -> None:
    teacher = hosted.host()
    teacher.does("begin", minutes=0)
    teacher.does("estimate", seat="US")
    wait_for(lambda: found(hosted, US) is not None, 60)
    before = found(hosted, US)
    teacher.does("estimate", seat="IRAN")
    wait_for(lambda: found(hosted, IRAN) is not None, 60)
    assert found(hosted, US) is before
    teacher.does("time")
    wait_for(lambda: found(hosted, US) not in (None, before), 60)
    assert hosted.room.staffs[1].fault == ""


def test_what_a_draft_says_is_counted_anew(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    teacher.does("begin", minutes=0)
    teacher.does("estimate", seat="US")
    wait_for(lambda: found(hosted, US) is not None, 60)
    silent = found(hosted, US)
    ana.set("deed", deed(hosted, US, "strike_depots"))
    assert found(hosted, US) is silent, "each action is there already"
    ana.set("word", word(hosted, "reassure"), word_to="IRAN")
    assert found(hosted, US) is None, "what was found is of other words"
    assert "Your staff is at work" in ana.page()
    wait_for(lambda: found(hosted, US) is not None, 60)
    assert found(hosted, US) != silent


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


def test_it_is_not_told_the_lens_of_a_class(tmp_path: Path) -> None:
    """Two classes that differ in nothing else read the same to the last word."""
    told = []
    for lens in ("deterrence", "spiral"):
        lesson = serving.begun("turn_zero", tmp_path, seed=5, lens=lens)
        match = lesson.tables[0].match
        told.append(staff.advise(match.record.texts, [desk(match, seat) for seat in SEATS]))
        lesson.close()
    assert told[0] == told[1]


def test_both_voices_hold_their_own_theory_for_true_whichever_everybody_knows(
    tmp_path: Path,
) -> None:
    """What the hawk expects in a world that is known to be the dove's is what it always expects."""
    expects = []
    for theory in ("deterrence", "spiral"):
        lesson = serving.begun("ten_days_in_january", tmp_path, seed=5, dealt=Dealt(theory))
        match = lesson.tables[0].match
        advice = staff.advise(match.record.texts, [desk(match, US)])[US]
        expects.append([[one.expects for one in told.debate] for told in advice.values()])
        lesson.close()
    assert expects[0] == expects[1]
    assert any(hawk != dove for hawk, dove in expects[0])


def test_it_says_what_the_other_faces_say(tmp_path: Path) -> None:
    """One judgement and one text: a class reads of an order what a player in the window reads."""
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=5)
    try:
        match = lesson.tables[0].match
        scenario, book = match.scenario, match.scenario.setting.rulebook
        draft = Order(word=book.word("reassure"), word_to=int(IRAN))
        own = desk(match, US, draft)
        known = scenario, own.observation, own.options, draft, own.dice
        one = next(one for one in consequences(*known, FUTURES) if one.deed == HOLD.deed)
        heard = voices(*known, HEARD)[HOLD.deed]
        counsel = staff.advise(match.record.texts, [own])[US][HOLD.deed]
        assert counsel.told == tuple(sentences(one, US))
        assert counsel.debate == arguments(book, own.observation, draft, one, heard)
    finally:
        lesson.close()


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
        own = desk(match, US)
        advice = staff.advise(match.record.texts, [own])[US]
        assert set(advice) == set(np.flatnonzero(own.options.deed[:, 0]))
        assert advice[HOLD.deed].told == (NOTHING,), "holding in silence against itself"
        assert len({counsel.told for counsel in advice.values()}) > 2
    finally:
        lesson.close()


def test_what_was_seen_speaks_for_a_theory_and_nothing_hidden_does(tmp_path: Path) -> None:
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=5)
    try:
        table = lesson.tables[0]
        match, texts = table.match, table.match.record.texts
        (first,) = staff.judge(texts, [desk(match, US)])[US].judged
        assert first == "Your staff: 50 in 100 that force deters and 50 in 100 that force provokes."
        for _ in range(2):
            for seat in SEATS:
                match.commit(seat, Order(deed=deed_of(match, seat)))
            match.advance()
        setting, own = match.scenario.setting, desk(match, US)
        seen = glances(setting, US, match.played, match.state)
        told = staff.judge(texts, [replace(own, glances=seen)])[US].judged
        assert told[0].startswith("Your staff: ")
        assert told[0] != first
        assert all(line.startswith("Turn ") for line in told[1:])
        luck = np.random.default_rng(2)
        disguised = [
            Played(
                without_looking(turn.before, US, luck),
                turn.orders,
                told_otherwise(setting, turn.outcome, US, luck),
            )
            for turn in match.played
        ]
        now = without_looking(match.state, US, luck)
        other = replace(own, glances=glances(setting, US, disguised, now))
        assert staff.judge(texts, [other])[US].judged == told
    finally:
        lesson.close()


def test_a_theory_that_everybody_knows_is_not_judged(tmp_path: Path) -> None:
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=5, dealt=Dealt("spiral"))
    match = lesson.tables[0].match
    assert staff.judge(match.record.texts, [desk(match, US)])[US].judged == ()
    lesson.close()


def deed_of(match, seat: Seat) -> int:  # type: ignore[no-untyped-def]
    """A use of force where the seat has one that is legal."""
    legal = np.flatnonzero(match.options(seat).deed[:, 0])
    deeds = match.scenario.setting.rulebook.deeds[seat]
    return next((int(one) for one in legal if deeds[one].group == "force"), 0)
