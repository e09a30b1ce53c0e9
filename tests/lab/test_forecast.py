"""Forecasts that are lodged before the window, the game's own or a class's, and their scores."""

import json
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import main
from game.lab.forecast import Request, foretell
from game.lab.happened import of_history, of_timeline
from game.lab.lodged import read_forecast, sealed
from game.lab.measures import MEASURES
from game.lab.periods import Period
from game.lab.record import DATA, timeline
from game.rules.seats import SEATS, Seat
from tests.common import scenario

ROOT = Path(main.__file__).parent
TIMELINE = DATA / "timeline.csv"
CLASS = ROOT / "scenarios" / "forecasts" / "a_class.toml"
FEW = ["--games", "100", "--seed", "3"]


@pytest.fixture(scope="module")
def lodged(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("lodged") / "mine.json"
    assert main.main(["forecast", "the_article", *FEW, "--out", str(path), "--text"]) == 0
    return path


def said(text: str) -> str:
    return " ".join(text.split())


# --- what is lodged


def test_every_measure_is_foretold_by_month_by_turn_and_in_all(lodged: Path) -> None:
    data = json.loads(lodged.read_text(encoding="utf-8"))
    assert data["made_on"] == str(date.today())
    assert {"model", "figures", "parameters", "scenario"} <= data["rests_on"].keys()
    for name in MEASURES:
        rows = [row for row in data["count"] if row["measure"] == name]
        assert [row["turn"] for row in rows if "turn" in row] == list(range(1, 13))
        (whole, *by_month) = [row for row in rows if "turn" not in row]
        assert (whole["from"], whole["to"]) == ("2019-12-29", "2020-03-30")
        assert len(by_month) == 4
        total = sum(row["mean"] for row in by_month)
        assert total == pytest.approx(whole["mean"], abs=0.02), "no month loses anything"
        by_turn = sum(row["mean"] for row in rows if "turn" in row)
        assert by_turn == pytest.approx(whole["mean"], abs=0.02)
        for row in rows:
            assert sum(row["odds"]) == pytest.approx(1, abs=1e-5)
            assert row["low"] <= row["middle"] <= row["high"]
    assert [(row["turn"], row["seat"]) for row in data["move"]] == [
        (turn, seat.name) for turn in range(1, 13) for seat in SEATS
    ]
    assert all(sum(row["odds"].values()) == pytest.approx(1, abs=1e-5) for row in data["move"])


def test_workers_change_nothing_in_it() -> None:
    asked = Request("turn_zero", 1100, 4)
    assert foretell(asked) == foretell(asked, workers=2)
    assert foretell(asked)["count"] != foretell(Request("turn_zero", 1100, 5))["count"]


def test_a_person_reads_the_same_on_the_terminal(run, tmp_path) -> None:
    target = tmp_path / "f.json"
    result = run("forecast", "turn_zero", *FEW, "--out", str(target), "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    (whole,) = [row for row in data["count"] if row["measure"] == "attacks" and "turn" not in row][
        :1
    ]
    assert f"{MEASURES['attacks'].name}: mean {whole['mean']:.2f}" in said(result.out)
    assert f"Lodged in {target}" in said(result.out)
    assert f"with the seal {data['seal']}. A seal shows a change by accident or" in said(result.out)
    assert "publishes this seal today" in said(result.out)
    assert "The range is luck's alone" in said(result.out)


def test_a_forecast_is_never_written_over(run, lodged: Path, tmp_path, monkeypatch) -> None:
    before = lodged.read_bytes()
    result = run("forecast", "the_article", *FEW, "--out", str(lodged))
    assert (result.status, result.out) == (2, "")
    assert "never written over" in result.err
    assert lodged.read_bytes() == before
    monkeypatch.chdir(tmp_path)
    assert run("forecast", "turn_zero", *FEW).status == 0
    (made,) = tmp_path.iterdir()
    assert made.name == f"forecast_turn_zero_{date.today()}.json"
    assert run("forecast", "turn_zero", *FEW).status == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["the_articel"], 'did you mean "the_article"'),
        (["turn_zero", "--out", "x.txt"], "ends in .json"),
        (["turn_zero", "--out", "no/such/folder.json"], "cannot be written"),
        (["turn_zero", "--games", "3"], "from 100"),
    ],
)
def test_mistakes_are_told_before_anything_is_played(run, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    result = run("forecast", *arguments)
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    assert not list(tmp_path.iterdir())


# --- how it is scored


def test_the_game_s_own_forecast_is_scored_by_the_record(run, lodged: Path, tmp_path) -> None:
    target = tmp_path / "s.json"
    result = run("score", str(lodged), str(TIMELINE), "the_article", "--json", str(target))
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    assert "still those that it was made with" in " ".join(data["digest"])
    attacks = {row["from"]: row for row in data["counts"] if row["measure"] == "attacks"
               and row["turn"] is None and row["grain"] == "period"}  # fmt: skip
    assert [row["count"] for row in attacks.values()] == [1, 8, 3, 8], "as the timeline names them"
    assert all(row["by"] == "before" for row in attacks.values())
    for row in data["counts"]:
        assert set(row["crps"]) == {"forecast", "constant_rate", "gamma_poisson"}
    months = next(
        r for r in data["by_measure"] if (r["measure"], r["grain"]) == ("attacks", "period")
    )
    mean = np.mean([row["crps"]["forecast"] for row in attacks.values()])
    assert months["crps"]["forecast"] == pytest.approx(mean, abs=1e-3)
    told = {(move.turn, move.seat.name) for move in scenario("the_article").history}
    assert {(row["turn"], row["seat"]) for row in data["moves"]} == told, "silence is no move"
    assert data["by_seat"][-1]["moves"] == len(told)
    assert data["not_scored"] == {"counts": 0, "moves": 48 - len(told)}


def test_a_changed_model_is_told(run, lodged: Path, monkeypatch) -> None:
    monkeypatch.setattr(
        "game.lab.changes.parameters", lambda: {**now, "minds.anger_half_life": 7.0}
    )
    now = json.loads(lodged.read_text(encoding="utf-8"))["rests_on"]["parameters"]
    result = run("score", str(lodged), str(TIMELINE), "--text")
    assert result.status == 0, result.err
    assert "Changed by hand since the forecast: minds.anger_half_life" in said(result.out)


def test_a_forecast_that_was_changed_is_refused(run, lodged: Path, tmp_path) -> None:
    data = json.loads(lodged.read_text(encoding="utf-8"))
    data["count"][0]["odds"][0] += 1e-7
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(data), encoding="utf-8")
    result = run("score", str(forged), str(TIMELINE))
    assert (result.status, result.out) == (2, "")
    assert "changed after it was lodged" in result.err
    reordered = tmp_path / "reordered.json"
    whole = json.loads(lodged.read_text(encoding="utf-8"))
    reordered.write_text(json.dumps(whole, indent=7, sort_keys=True), encoding="utf-8")
    assert run("score", str(reordered), str(TIMELINE)).status == 0, "only its figures count"


@pytest.mark.parametrize(
    "basis",
    [{}, {"parameters": [1]}, {"parameters": {"minds.anger_gain": "much"}}, {"model": None}],
)
def test_what_a_forged_forecast_rests_on_is_read_with_care(
    run, lodged: Path, tmp_path, basis
) -> None:
    """A seal says only that the figures are those that somebody sealed."""
    data = json.loads(lodged.read_text(encoding="utf-8"))
    data["rests_on"] = data["rests_on"] | basis if basis else {}
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(sealed(data)), encoding="utf-8")
    result = run("score", str(forged), str(TIMELINE))
    assert (result.status, result.out) == (2, "")
    assert "this version of the game cannot read rests_on" in said(result.err)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
@pytest.mark.parametrize("name", ["forecast.json", "record.csv"])
def test_nobody_waits_for_a_pipe(run, tmp_path, name) -> None:
    os.mkfifo(tmp_path / name)
    files = (CLASS, tmp_path / name) if name.endswith("csv") else (tmp_path / name, TIMELINE)
    result = run("score", *map(str, files))
    assert (result.status, result.out) == (2, "")
    assert "this is not an ordinary file" in result.err


def test_a_day_is_only_the_forecast_s_word(run, lodged: Path, tmp_path) -> None:
    """Whoever writes an earlier day is not taken for a prophet."""
    ours = tmp_path / "ours.toml"
    text = CLASS.read_text(encoding="utf-8")
    ours.write_text(text.replace("made_on = 2026-11-30", "made_on = 2019-12-01"), encoding="utf-8")
    told = said(run("score", str(ours), str(TIMELINE), "the_article", "--text").out)
    assert "Made on 2019-12-01, by its own word," in told
    assert "nothing here shows that it is so old" in told
    forged, data = tmp_path / "forged.json", json.loads(lodged.read_text(encoding="utf-8"))
    forged.write_text(json.dumps(sealed(data | {"made_on": "2019-12-01"})), encoding="utf-8")
    told = said(run("score", str(forged), str(TIMELINE), "--text").out)
    assert "That day cannot be right: it rests on numbers that were fitted later, on 20" in told
    assert "anybody can make one anew" in told
    assert "vouch" not in told, "nobody is asked to trust what cannot be right"
    own = said(run("score", str(lodged), str(TIMELINE), "--text").out)
    assert "That day cannot be right" not in own
    assert "only somebody can vouch" in own
    seal = json.loads(lodged.read_text(encoding="utf-8"))["seal"]
    assert f"Its seal fits, {seal}: it shows a change by accident or by a careless hand" in own
    assert "nobody has changed it" not in own


def test_a_class_lodges_its_own(run, tmp_path) -> None:
    target = tmp_path / "s.json"
    command = ["score", str(CLASS), str(TIMELINE), "the_article", "--json", str(target), "--text"]
    result = run(*command)
    assert result.status == 0, result.err
    assert "it carries no seal" in said(result.out)
    assert "It was made after all the days that it tells of" in said(result.out)
    assert "2–14" in result.out, "its own low and high"
    rows = json.loads(target.read_text(encoding="utf-8"))["counts"]
    assert [row["count"] for row in rows if row["measure"] == "attacks"] == [8, 3, 8]
    assert read_forecast(CLASS).move[0].seat is Seat.IRAN
    # The command that its own first lines tell is the one that was tried here.
    assert f"main.py {' '.join(command[:1])} scenarios/forecasts/a_class.toml" in CLASS.read_text()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("middle = 6", "middle = 60", "not in order"),
        ('measure = "us_killed"', 'measure = "us_kiled"', 'did you mean "us_killed"'),
        ("to = 2020-01-31", "to = 2019-01-31", "ends before it begins"),
        ("missile_strike = 0.3", "missile_strike = 0.9", "add up to 1.2"),
        ("missile_strike", "missile_strik", "IRAN has no action"),
        ("turn = 10", "turn = 13", "has 12 turns"),
        ('scenario = "the_article"', 'scenario = "the_articel"', 'did you mean "the_article"'),
        ("made_on = 2026-11-30", "made_on = yesterday", "days like 2020-01-31"),
        ("made_on = 2026-11-30", "made_on = 2099-01-01", "a day that has not come yet"),
        ("low = 2", "low = -2", "low"),
    ],
)
def test_mistakes_of_a_hand_are_told(run, tmp_path, old, new, told) -> None:
    path = tmp_path / "ours.toml"
    text = CLASS.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = run("score", str(path), str(TIMELINE), "the_article")
    assert (result.status, result.out) == (2, "")
    assert told in said(result.err)
    assert "Traceback" not in result.err


RECORD = "date,actor,action,us_killed\n2020-01-04,MILITIA,rocket,\n2020-01-09,MILITIA,mortar,2\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the first line does not name date, actor, action"),
        ("date,actor\n", "does not name action"),
        ("date,actor,action\n", "it has no row"),
        (RECORD.replace("2020-01-09", "9 January"), ":3: a cell cannot be read"),
        (RECORD.replace(",2\n", ",two\n"), ':3: a cell cannot be read: us_killed is "two"'),
        (RECORD.replace(",2\n", ",-2\n"), ':3: a cell cannot be read: us_killed is "-2"'),
        (RECORD.replace(",2\n", f",{'9' * 5000}\n"), ":3: a cell cannot be read: us_killed is"),
        (RECORD.replace("2020-01-09", "9999-12-31"), ":3: the year 9999 is out of reach"),
        (RECORD.replace("MILITIA,mortar", "MILITA,mortar"), 'did you mean "MILITIA"'),
        (RECORD.replace("2020", "2031"), "nothing of it can be scored"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(run, tmp_path, text, told) -> None:
    record = tmp_path / "record.csv"
    record.write_text(text, encoding="utf-8")
    result = run("score", str(CLASS), str(record), "--until", "2031-12-31")
    assert (result.status, result.out) == (2, "")
    assert told in said(result.err)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([str(CLASS)], "is scored against a record"),
        ([str(CLASS), "nothing.csv"], "there is no such file"),
        ([str(CLASS), "diary.txt"], "this is no record"),
        ([str(CLASS), "turn_zero"], "its turns are not those of the_article"),
        ([str(CLASS), str(TIMELINE), "--until", "2020-01-01"], "its rows go on after"),
        ([str(CLASS), str(TIMELINE), "--until", "soon"], "write a day as 2020-06-30"),
        ([str(CLASS), str(TIMELINE), "--until", "9999-12-31"], "write a day as 2020-06-30"),
        (["nothing.json", str(TIMELINE)], "there is no such file"),
        ([str(DATA / "validation.json"), str(TIMELINE)], "no lodged forecast"),
        ([str(TIMELINE)], "neither a folder of matches nor a match"),
    ],
)
def test_files_that_do_not_fit_each_other_are_refused(run, arguments, told) -> None:
    result = run("score", *arguments)
    assert (result.status, result.out) == (2, "")
    assert told in said(result.err)


def test_what_a_record_does_not_tell_of_is_not_scored(run, tmp_path) -> None:
    """A timeline ends with its last row, unless somebody says that it goes on in silence."""
    record, target = tmp_path / "record.csv", tmp_path / "s.json"
    record.write_text(RECORD, encoding="utf-8")
    result = run("score", str(CLASS), str(record))
    assert result.status == 2
    assert "2020-01-04 to 2020-01-09" in said(result.err)
    command = ["score", str(CLASS), str(record), "--until", "2020-03-30", "--json", str(target)]
    assert run(*command).status == 0
    data = json.loads(target.read_text(encoding="utf-8"))
    assert [row["count"] for row in data["counts"]] == [0, 0], "February and March, in silence"
    assert data["not_scored"] == {"counts": 2, "moves": 2}
    assert {row["by"] for row in data["counts"]} == {"hindsight"}


def test_the_record_counts_as_its_columns_say() -> None:
    came = of_timeline(TIMELINE)
    whole = Period(date(2019, 10, 28), date(2020, 6, 29))
    counts = {name: came.count(name, whole) for name in MEASURES}
    assert counts["attacks"] == 39
    assert counts["us_killed"] == 3, "the two of 8 March fell to others"
    assert counts["killed"] == 4, "a Briton beside them"
    assert (counts["strikes"], counts["killings"], counts["missiles"]) == (2, 1, 1)
    assert counts["iraqi_killed"] == 6, "of 13 March, a civilian among them"
    assert came.count("attacks", Period(date(2020, 6, 1), date(2020, 6, 30))) is None
    assert came.covered.start == timeline()[0].date


def test_the_orders_of_history_are_what_the_scenario_tells() -> None:
    article = scenario("the_article")
    moves = of_history(article).moves
    assert moves[1, Seat.US] == "strike_fighters"
    assert len(moves) == len(article.history) < 48
