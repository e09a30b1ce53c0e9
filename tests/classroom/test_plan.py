"""The plan of a lesson: where the class should be, and how many turns are played."""

from pathlib import Path

import pytest

from game.classroom import serving
from game.classroom.plan import TURNS, Course, plans
from game.session.match import Status

from .common import US, Hosted, held


def test_every_plan_fills_its_lesson() -> None:
    for plan in plans().values():
        ends = [phase.end for phase in plan.phases]
        assert ends == sorted(set(ends))
        assert [phase.start for phase in plan.phases] == [0, *ends[:-1]]
        game = plan.phase(TURNS)
        reserve = game.end - game.start - plan.turns * plan.clock
        assert 0 <= reserve <= 5, "all turns fit, with a few minutes in reserve"
    assert plans()["hour"].minutes == 60


@pytest.mark.parametrize(
    ("minute", "turn", "over", "behind"),
    [
        (3, 0, False, 0),
        (14, 0, False, 4),  # the first turn should have begun at 10
        (10, 1, False, 0),
        (18, 1, False, 0),
        (21, 1, False, 3),  # each of three turns has 8 of the 24 minutes
        (16, 2, False, -2),
        (30, 3, False, 0),
        (41, 3, False, 7),
        (34, 4, True, 0),
        (30, 4, True, -4),
        (59, 4, True, 0),
    ],
)
def test_how_far_behind_a_class_is(minute: int, turn: int, over: bool, behind: int) -> None:
    assert plans()["hour"].behind(minute, turn, is_over=over) == behind


def test_an_hour_plays_three_turns_and_ends_for_the_debrief(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    assert 'value="hour" selected' in teacher.get("/host/1/ask/start").text
    teacher.does("begin", plan="hour", minutes="")
    assert hosted.table.match.clock.limit == 7 * 60
    assert "Turn 1 of 3" in ana.page()
    for turn in (1, 2):
        teacher.does("time")
        assert f"Turn {turn + 1} of 3" in teacher.get("/host/1").text
    assert "the lesson's last turn" in teacher.get("/host/1").text.replace("&#39;", "'")
    assert "Turn 3 of 3" in hosted.visitor().get(f"/wall/{hosted.lesson.wall_key}/1").text
    teacher.does("time")
    assert hosted.table.match.status is Status.ENDED
    assert len(hosted.table.match.played) == 3
    assert "The game is over" in ana.page()
    teacher.does("undo")
    assert hosted.table.match.status is Status.WAITING
    teacher.does("time")
    assert hosted.table.match.status is Status.ENDED, "the plan still holds"
    teacher.does("go_on")
    teacher.does("time")
    assert hosted.table.match.status is not Status.ENDED, "whoever opens it again plays all turns"
    assert "Turn 5 of 5" in teacher.get("/host/1").text


def test_the_host_sees_where_the_class_stands(hosted: Hosted) -> None:
    teacher = hosted.host()
    assert "The lesson</h2>" not in teacher.get("/host/1").text
    teacher.does("lesson", plan="hour")
    assert "Minute 0 of 60, <b>on plan</b>" in teacher.get("/host/1").text
    lesson = hosted.lesson
    lesson.follow(Course(lesson.course.plan, lesson.course.began - 13 * 60 - 1))
    assert 'Minute 13 of 60, <b class="warn">3 min behind the plan</b>' in (
        teacher.get("/host/1").text
    )
    teacher.does("begin", plan="hour", minutes="")
    page = teacher.get("/host/1").text
    assert "Minute 13 of 60, <b>on plan</b>" in page, "the lesson's beginning stays"
    assert "3 turns of 7 minutes" in page
    for visitor in (hosted.member(US), hosted.visitor()):
        assert "Minute 13" not in visitor.get(f"/wall/{lesson.wall_key}/1").text


def test_without_a_press_it_counts_from_the_first_turn(hosted: Hosted) -> None:
    teacher = hosted.host()
    teacher.does("begin", plan="hour", minutes="")
    assert "Minute 10 of 60" in teacher.get("/host/1").text


def test_the_plan_outlives_the_program(tmp_path: Path) -> None:
    with held(tmp_path) as hosted:
        hosted.host().does("begin", plan="double", minutes="8")
        course, path = hosted.lesson.course, hosted.table.match.path
    again = serving.opened(path)
    try:
        assert again.course == course
        assert again.tables[0].turns == 5
        assert again.tables[0].match.clock.limit == 8 * 60
    finally:
        again.close()


def test_without_a_plan_all_turns_are_played(hosted: Hosted) -> None:
    teacher = hosted.host()
    teacher.does("begin", plan="", minutes="5")
    assert hosted.lesson.course is None
    assert hosted.table.turns == 5
