"""Several tables: led together, and laid side by side once their games are over."""

import re
from pathlib import Path

import pytest

from game.classroom.comparing import comparison_path, document
from game.rules.orders import Order
from game.rules.seats import SEATS
from game.session.match import Status

from .common import IRAN, US, Hosted, Visitor, deed, held, wait_for


def lead(teacher: Visitor, table: int, what: str, **form: object) -> None:
    assert teacher.post(f"/host/{table}/do", what=what, **form).status_code == 303


def play(hosted: Hosted, teacher: Visitor, table: int, **deeds: str) -> None:
    """Plays a turn of a table: these deeds, the other seats hold."""
    for seat in SEATS:
        number = deed(hosted, seat, deeds[seat.name]) if seat.name in deeds else 0
        hosted.lesson.tables[table - 1].match.commit(seat, Order(deed=number))
    lead(teacher, table, "time")


def test_all_tables_are_led_together(tmp_path: Path) -> None:
    with held(tmp_path, "turn_zero", tables=3) as hosted:
        teacher, tables = hosted.host(), hosted.lesson.tables
        lead(teacher, 3, "begin", minutes=5)
        lead(teacher, 1, "begin", minutes=9, tables="all")
        assert [table.match.clock.limit for table in tables] == [540, 540, 300], "3 had begun"
        lead(teacher, 2, "pause")
        lead(teacher, 1, "pause", tables="all", back="/host/tables")
        assert all(table.match.status is Status.PAUSED for table in tables)
        lead(teacher, 3, "go_on")
        lead(teacher, 3, "end", reason="enough")
        lead(teacher, 1, "go_on", tables="all")
        states = [table.match.status for table in tables]
        assert states == [Status.WAITING, Status.WAITING, Status.ENDED], "what is over stays over"
        lead(teacher, 1, "minute", tables="all", by="1")
        assert [table.match.clock.extra for table in tables] == [60, 60, 0]
        lead(teacher, 1, "end", tables="all", reason="no")
        assert tables[1].match.status is Status.WAITING, "only what may be done at all at once"
        lead(teacher, 1, "go_on")
        lead(teacher, 2, "pause")
        asked = teacher.get("/host/1/ask/time_all").text
        assert "Table 1" in asked
        assert "Table 2" not in asked, "a table that pauses waits for its teacher"
        lead(teacher, 1, "time", tables="all", back="/host/tables")
        assert [len(table.match.played) for table in tables] == [1, 0, 0]


def test_the_tables_page_tells_who_needs_the_teacher(tmp_path: Path) -> None:
    with held(tmp_path, "turn_zero", tables=3) as hosted:
        teacher = hosted.host()
        lead(teacher, 1, "begin", tables="all", minutes="")
        for seat in SEATS:
            hosted.lesson.tables[2].match.commit(seat, Order())
        page = teacher.get("/host/tables").text
        assert "Tables that need you: 1" in page
        assert page.index("Table 3") < page.index("Table 1"), "it comes first"
        assert "Compare the tables" in page


def test_only_what_is_over_is_compared(tmp_path: Path) -> None:
    """Worlds and secret orders of a game that is on stay hidden, from the host too."""
    with held(tmp_path, "turn_zero", tables=3) as hosted:
        teacher, ana = hosted.host(), hosted.member(US, "chair")
        lead(teacher, 1, "begin", tables="all", minutes="")
        assert ana.get("/host/compare").status_code == 404
        assert "No game is over yet" in teacher.get("/host/compare").text
        play(hosted, teacher, 1, US="strike_depots")
        play(hosted, teacher, 2, US="harden", IRAN="hold")
        play(hosted, teacher, 3, US="hold")
        for table in (1, 2):
            lead(teacher, table, "end", reason="enough")
        told = teacher.get("/host/compare").text
        assert "2 of 3 games are over" in told
        assert "Strike depots" in told
        assert "Harden the bases" in told
        assert "Table 3" not in told
        assert "http" not in told.split("</style>")[1]


def test_tables_that_began_alike_are_told_where_they_parted(tmp_path: Path) -> None:
    """The same seed and the same theory: what differs came of orders."""
    with held(tmp_path, "turn_zero", tables=2, lens="spiral") as hosted:
        teacher = hosted.host()
        lead(teacher, 1, "begin", tables="all", minutes="")
        for table in (1, 2):
            play(hosted, teacher, table, US="harden")
        play(hosted, teacher, 1, US="strike_depots")
        play(hosted, teacher, 2, IRAN="hold")
        for table in (1, 2):
            lead(teacher, table, "end", reason="enough")
        told = teacher.get("/host/compare").text
        assert "Tables 1 and 2 began alike" in told
        assert "ordered differently in turn 2" in told
        assert told.count("Spiral") == 2


def test_the_comparison_lies_beside_the_matches(tmp_path: Path) -> None:
    with held(tmp_path, "turn_zero", tables=2) as hosted:
        teacher = hosted.host()
        lead(teacher, 1, "begin", tables="all", minutes="")
        for table in (1, 2):
            play(hosted, teacher, table, US="harden", MILITIA="harass")
            lead(teacher, table, "end", reason="enough")
        path = comparison_path(hosted.lesson.tables[0].match.path)
        findings = hosted.room.debriefings.values()
        wait_for(lambda: all(one.found is not None for one in findings), 120)
        wait_for(path.exists)
        wait_for(lambda: path.read_text(encoding="utf-8") == document(hosted.room))
        told = path.read_text(encoding="utf-8")
        assert len(re.findall("Force was used|uses? of force", told)) >= 2, "each headline"


@pytest.mark.parametrize("seat", [US, IRAN])
def test_staff_estimates_are_dealt_as_an_experiment(tmp_path: Path, seat) -> None:  # type: ignore[no-untyped-def]
    with held(tmp_path, "turn_zero", tables=4, experiment="estimate") as hosted:
        teacher = hosted.host()
        lead(teacher, 1, "begin", tables="all", minutes="")
        allowed = [seat in table.estimates for table in hosted.lesson.tables]
        dealt = hosted.lesson.experiment.dealt
        assert allowed == [dealt[number] == "with" for number in (1, 2, 3, 4)]
        assert sum(allowed) == 2
