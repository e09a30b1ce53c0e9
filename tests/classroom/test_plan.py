"""The plan of a lesson: where the class should be, and how many turns are played."""

import re
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
    ("minute", "turn", "debriefed", "phase", "behind"),
    [
        (3, 0, None, "join", 0),
        (7, 0, None, "read", 0),
        (14, 0, None, "read", 4),  # the first turn should have begun at 10
        (3, 1, None, "turns", -7),
        (10, 1, None, "turns", 0),
        (18, 1, None, "turns", 0),
        (21, 1, None, "turns", 3),  # each of three turns has 8 of the 24 minutes
        (16, 2, None, "turns", -2),
        (30, 3, None, "turns", 0),
        (41, 3, None, "turns", 7),
        (34, 4, 0.0, "write", 0),
        (30, 4, 0.0, "write", -4),
        (45, 4, 0.0, "write", 5),
        (30, 4, 0.1, "debrief", -10),
        (45, 4, 0.5, "debrief", 0),
        (59, 4, 0.9, "debrief", 1),
        (45, 4, 1.0, "debrief", 0),
        (59, 4, 1.0, "exit", 0),
    ],
)
def test_where_a_class_is_and_how_far_behind(
    minute: int, turn: int, debriefed: float | None, phase: str, behind: int
) -> None:
    """By what it does: a clock that runs on does not turn a class's turns into its debrief."""
    plan = plans()["hour"]
    assert plan.where(minute, turn, debriefed).id == phase
    assert plan.behind(minute, turn, debriefed) == behind


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
    lesson.follow(Course(lesson.course.plan, lesson.course.began - 32 * 60))
    page = teacher.get("/host/1").text
    assert "Now: 3 turns of 7 minutes" in page
    assert "By the plan the debrief would be on." in page
    for visitor in (hosted.member(US), hosted.visitor()):
        assert "Minute 13" not in visitor.get(f"/wall/{lesson.wall_key}/1").text


def test_the_lesson_is_begun_before_the_first_turn(hosted: Hosted) -> None:
    """In this order on the page; and Enter in a field begins the turn, not the lesson."""
    page = hosted.host().get("/host/1/ask/start").text
    buttons = re.findall(r'<button[^>]* name="what" value="(\w+)"', page)
    assert buttons == ["begin", "lesson", "begin"]
    shown = page.replace(re.search(r"<button class=\"hush\".*?</button>", page)[0], "")
    assert shown.index("The lesson begins now") < shown.index("Begin turn 1")


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
