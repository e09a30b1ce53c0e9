"""Paper slips, the debrief and what is kept from whom until then; several tables, experiments."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from game.classroom import experiment, serving
from game.classroom.debriefing import beats, report_path
from game.classroom.faults import ClassroomFault, Refused
from game.classroom.guesses import Secrets
from game.classroom.papers import codes
from game.classroom.slips import read_slip
from game.classroom.texts import t
from game.content.dealt import Dealt
from game.content.lens import lens_ids
from game.content.load import load_scenario
from game.rules.legal import refusals
from game.rules.orders import Orders
from game.rules.seats import SEATS
from game.views.secrets import revealed_agenda, revealed_theory

from .common import IRAN, IRAQ, MILITIA, US, Hosted, deed, held, wait_for, word


def test_slips_are_entered_by_their_codes(hosted: Hosted) -> None:
    teacher = hosted.host()
    teacher.does("begin", minutes=0)
    scenario = hosted.table.match.scenario
    own = codes(scenario, US)
    threaten = next(code for code, one in own.words if one.id == "threaten")
    notice = next(code for code, one in own.whispers if one.id == "notice")
    teacher.does("slip", seat="US", slip=f"a2 {threaten.lower()} i5 {notice}", back="/host/1")
    given = hosted.table.match.commitment(US).order
    assert given.deed == 1
    assert (given.word, given.word_to, given.word_rung) == (
        word(hosted, "threaten"), int(IRAN), 5,
    )  # fmt: skip
    assert given.whisper_to == int(IRAQ), "the only one whom it can go to"
    teacher.does("slip", seat="IRAN", slip="f 20 70 5")
    commitment = hosted.table.match.commitment(IRAN)
    assert commitment.forecast == {US: 0.2, MILITIA: 0.7, IRAQ: 0.05}
    teacher.does("slip", seat="IRAN", slip="A1")
    assert "0 to 100" in teacher.does("slip", seat="IRAN", slip="F 20 700 5")
    assert hosted.table.match.commitment(IRAN).order.deed == 0
    told = teacher.does("slip", seat="IRAQ", slip="A2 please", back="/host/1/ask/slips")
    assert told == "The slip of Baghdad: " + t("slip.unknown", left="please")
    page = teacher.get("/host/1/ask/slips?seat=IRAQ&slip=A2+please").text
    assert re.search(r'id="slip-IRAQ"[^>]* autofocus value="A2 please"', page)
    assert "have no A99" in teacher.does("slip", seat="IRAQ", slip="A99")
    assert "cannot be ordered now" in teacher.does("slip", seat="IRAQ", slip="S2 U")
    assert hosted.table.match.commitment(IRAQ) is None


def test_every_code_of_every_slip_is_read_back() -> None:
    scenario = load_scenario("the_article")
    for seat in SEATS:
        own = codes(scenario, seat)
        for code, number in own.numbers.items():
            draft = read_slip(own, code)
            kind = {"A": "deed", "S": "word", "P": "whisper"}[code[0]]
            assert getattr(draft.order, kind) == number
    with pytest.raises(Refused, match="cannot be read"):
        read_slip(codes(scenario, US), "attack!")


def test_a_slip_alone_is_an_order_that_the_rules_know() -> None:
    scenario = load_scenario("turn_zero")
    own = codes(scenario, US)
    orders = Orders.of({US: read_slip(own, "A2 S1 P1").order})
    assert refusals(scenario.setting, scenario.setting.opening, orders) == []


def test_the_debrief_is_shown_only_once_the_game_is_over(tmp_path: Path) -> None:
    with held(tmp_path, "turn_zero") as hosted:
        ana, teacher = hosted.member(US, "chair"), hosted.host()
        teacher.does("begin", minutes=0)
        ana.set("deed", deed(hosted, US, "harden"))
        iran = hosted.table.match.state.agenda[IRAN, 0]
        right, wrong = (
            hosted.table.match.scenario.setting.rulebook.agendas[IRAN][number % 3].id
            for number in (iran, iran + 1)
        )
        ana.post("/team/predict", IRAN=20, agenda_IRAN=right)
        hosted.member(US, "adviser").post("/team/predict", agenda_IRAN=wrong)
        hosted.member(US, "recorder").post("/team/predict", IRAN=50)
        ana.commit()
        teacher.does("time")
        assert "once the game is over" in teacher.does("step", by=1)
        for path in ("/team/report", "/host/1/report"):
            assert (ana if "team" in path else teacher).get(path).status_code == 404
        teacher.does("end", reason="")
        debriefing = hosted.room.debriefings[1]
        wait_for(lambda: debriefing.found is not None or bool(debriefing.fault), 120)
        assert debriefing.fault == ""
        wall = f"/wall/{hosted.lesson.wall_key}/1"
        world = debriefing.found.world
        shown = []
        told = beats(debriefing.found)
        for _ in told:
            teacher.does("step", by=1)
            shown.append(ana.get(wall).text)
        world_step = [one.step for one in told].index("world")
        assert f"This world: {world}" not in shown[world_step], "first it asks,"
        assert f"This world: {world}" in shown[world_step + 1], "then it shows"
        wanted = [one.step for one in told].index("wanted")
        assert "Guessed by 1 of 2." not in shown[wanted], "first it asks,"
        assert "Guessed by 1 of 2." in shown[wanted + 1], "then it shows; who gave none counts not"
        assert ana.get("/team/report").status_code == 404, "not before the host shows it"
        teacher.does("share")
        report = ana.get("/team/report")
        assert "On one page" in report.text
        assert "script-src" not in report.headers["content-security-policy"]
        assert report_path(hosted.table.match.path).read_text(encoding="utf-8") == report.text


def test_tables_are_games_of_their_own(tmp_path: Path) -> None:
    with held(tmp_path, "turn_zero", tables=3) as hosted:
        teacher = hosted.host()
        visitor = hosted.visitor()
        visitor.post("/", code=hosted.lesson.code)
        visitor.post("/seats", table=2, seat="US", role="chair")
        teacher.post("/host/2/do", what="begin", minutes=0)
        teacher.post("/host/2/do", what="time")
        assert [len(table.match.played) for table in hosted.lesson.tables] == [0, 1, 0]
        page = teacher.get("/host/tables").text
        assert "Table 3" in page
        assert "Turn 2 of 3" in page
        assert visitor.post("/seats", table=9, seat="US").status_code == 409
        path = hosted.lesson.tables[2].match.path
    again = serving.opened(path)
    try:
        assert len(again.tables) == 3, "any of its matches opens the whole class"
        assert len(again.tables[1].match.played) == 1
    finally:
        again.close()


def test_a_condition_is_dealt_evenly_and_by_a_recorded_seed(tmp_path: Path) -> None:
    scenario = load_scenario("turn_zero")
    one = experiment.designed("theory:spiral,deterrence", scenario, 8, 5)
    assert Counter(one.dealt.values()) == {"spiral": 4, "deterrence": 4}
    assert experiment.designed("theory:spiral,deterrence", scenario, 8, 5) == one
    dealings = [
        experiment.designed("theory:spiral,deterrence", scenario, 8, seed).dealt
        for seed in range(20)
    ]
    assert len({tuple(dealt.items()) for dealt in dealings}) > 10
    assert Counter(
        experiment.designed("agenda:us=security,troops_home", scenario, 5, 5).dealt.values()
    ) in (Counter(security=3, troops_home=2), Counter(security=2, troops_home=3))
    for asked in ("theory:spiral", "theory:spiral,nonsense", "theory:spiral,spiral",
                  "news:nothing", "agenda:x", "agenda:US=security", "agenda:US=security,deal",
                  "agenda:XX=a,b", ""):  # fmt: skip
        with pytest.raises(ClassroomFault, match="--experiment"):
            experiment.designed(asked, scenario, 8, 5)
    with pytest.raises(ClassroomFault, match="at least 2 tables"):
        experiment.designed("theory:spiral,deterrence", scenario, 1, 5)


def test_an_experiment_s_data_name_nobody_and_need_consent(tmp_path: Path) -> None:
    asked = "theory:spiral,deterrence"
    lesson = serving.begun("turn_zero", tmp_path, 2, seed=5, experiment=asked)
    hosted = Hosted(lesson)
    hosted.start()
    try:
        worlds = {table.number: table.match.record.game.lens for table in lesson.tables}
        assert worlds == lesson.experiment.dealt
        ana, teacher = hosted.member(US, "chair", "Ana"), hosted.host()
        ana.commit()
        for number in (1, 2):
            teacher.post(f"/host/{number}/do", what="time")
        assert "everybody has to agree" in teacher.does("data")
        assert "not every table has ended" in teacher.does("data", consent=1)
        for number in (1, 2):
            teacher.post(f"/host/{number}/do", what="end", reason="x")
        teacher.does("data", consent=1)
        data = next(tmp_path.glob("*_data.csv"))
        with data.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 2 * 4
        assert {row["condition"] for row in rows} == {"spiral", "deterrence"}
        assert "Ana" not in data.read_text(encoding="utf-8")
        dictionary = next(tmp_path.glob("*_dictionary.csv"))
        with dictionary.open(encoding="utf-8") as file:
            told = [row["column"] for row in csv.DictReader(file)]
        assert told == list(rows[0])
    finally:
        hosted.stop()
        lesson.close()


def test_where_the_scenario_draws_theories_these_are_dealt_and_stay_secret(tmp_path: Path) -> None:
    asked = "theory:spiral,deterrence"
    lesson = serving.begun("ten_days_in_january", tmp_path, 4, seed=5, experiment=asked)
    try:
        for table in lesson.tables:
            match = table.match
            world = revealed_theory(match.scenario, match.state).id
            assert world == lesson.experiment.dealt[table.number]
            assert match.record.game.lens == "balanced"
            assert Secrets.of(match.scenario, US).theories, "nobody is told which one"
    finally:
        lesson.close()
    spiral = Dealt("spiral")
    with pytest.raises(ClassroomFault, match="leave it out"):
        serving.begun("ten_days_in_january", tmp_path, 4, dealt=spiral, experiment=asked)
    with pytest.raises(ClassroomFault, match="proxy"):
        serving.begun("ten_days_in_january", tmp_path, 4, experiment="theory:spiral,proxy")


def test_what_a_seat_wants_most_is_dealt_and_nobody_else_is_told(tmp_path: Path) -> None:
    asked = "agenda:US=security,troops_home"
    lesson = serving.begun("ten_days_in_january", tmp_path, 4, seed=5, experiment=asked)
    hosted = Hosted(lesson)
    hosted.start()
    try:
        for table in lesson.tables:
            match = table.match
            wanted = revealed_agenda(match.scenario, match.state, US).id
            assert wanted == lesson.experiment.dealt[table.number]
            assert len(Secrets.of(match.scenario, IRAN).agendas[US]) > 1, "they still have to guess"
        teacher = hosted.host()
        assert "covered until the debrief" in teacher.get("/host/tables").text
        for table in lesson.tables:
            teacher.post(f"/host/{table.number}/do", what="time")
            teacher.post(f"/host/{table.number}/do", what="end", reason="x")
        assert "dealt agendas of Washington" in teacher.get("/host/tables").text
        teacher.does("data", consent=1)
        with next(tmp_path.glob("*_data.csv")).open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["seat"] == "US"]
        assert [row["agenda"] for row in rows] == [row["condition"] for row in rows]
        assert {row["agenda"] for row in rows} == {"security", "troops_home"}
    finally:
        hosted.stop()
        lesson.close()
    chosen = Dealt(agendas=((US, "security"),))
    with pytest.raises(ClassroomFault, match="leave it out"):
        serving.begun("ten_days_in_january", tmp_path, 4, dealt=chosen, experiment=asked)


def test_the_world_of_a_class_is_drawn(tmp_path: Path) -> None:
    drawn = set()
    for seed in range(12):
        lesson = serving.begun("turn_zero", tmp_path, seed=seed)
        drawn.add(lesson.tables[0].match.record.game.lens)
        lesson.close()
    assert len(drawn) > 2
    assert drawn <= set(lens_ids())
