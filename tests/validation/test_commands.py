"""The commands of the room: what they print, what they refuse, what they keep."""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

import main
from game.content.lens import lens_ids
from game.rules.seats import SEATS
from game.terminal.moved import moved
from game.validation import adopt, priors
from game.validation.adopt import kept
from game.validation.card import card
from game.validation.scores import BASELINES

ROOT = Path(main.__file__).parent
SMALL = ["--games", "48", "--pairs", "24", "--particles", "8", "--seed", "4"]
TINY = ["--rounds", "1", "--draws", "8", "--games", "8", "--particles", "4", "--seed", "4"]


def said(text: str) -> str:
    return " ".join(text.split())


def test_validate_tells_what_its_json_tells(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("game.terminal.validate.VALIDATION", tmp_path / "validation.json")
    monkeypatch.setattr("game.terminal.validate.CARD", tmp_path / "card.toml")
    target = tmp_path / "all.json"
    result = run("validate", *SMALL, "--json", str(target), "--adopt", "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    out = said(result.out)
    assert {row["number"] for row in data["propositions"]} == set(range(1, 11))
    for row in data["propositions"]:
        assert row["text"] in out
        assert row["counted"] in out, "no row is left out, met or missed"
        assert row["low"] <= row["figure"] <= row["high"] or not row["cases"]
    for period in ("in_sample", "out_of_sample"):
        assert set(data["scores"][period]) == {*(seat.name for seat in SEATS), "all"}
        for row in data["scores"][period].values():
            assert set(row["baselines"]) == set(BASELINES)
            for simple in row["baselines"].values():
                gain = simple["gain"]
                assert gain["low"] <= gain["mean"] <= gain["high"]
                assert gain["mean"] == pytest.approx(
                    row["players"]["log"] - simple["log"], abs=2e-4
                )
    assert [row["lens"] for row in data["lenses"]] == list(lens_ids())
    assert data["scores"]["in_sample"]["all"]["moves"] == 64
    assert data["scores"]["out_of_sample"]["all"]["moves"] == 96
    assert len(data["tempo"]) == 15
    page = tomllib.loads((tmp_path / "card.toml").read_text(encoding="utf-8"))["page"][0]
    assert page["id"] == "model_card"
    assert "{" not in page["body"], "every figure is filled in"
    assert kept(tmp_path / "validation.json") == data


def test_what_moved_is_told_clear_moves_first() -> None:
    def measured(share: float, attacks: float) -> dict:
        gain = {"mean": 1.0, "low": 0.5, "high": 1.5}
        seats = {"all": {"baselines": {"uniform": {"gain": gain}}}}
        return {
            "propositions": [
                {"number": 1, "measure": "resumed", "figure": share, "low": 0.6, "high": 0.8}
            ],
            "tempo": [
                {
                    **{"from": "a", "to": "b", "compiler": "c"},
                    **{"mean": attacks, "low_5": 1, "high_95": 30},
                }
            ],
            "scores": {"in_sample": seats, "out_of_sample": seats},
        }

    assert moved(measured(0.7, 9), measured(0.7, 9)) == []
    told = moved(measured(0.5, 9), measured(0.7, 12))
    assert [(row.name, row.is_clear) for row in told] == [
        ("1. resumed", True),
        ("attacks a to b, c", False),
    ]


def test_another_lens_is_not_adopted(run) -> None:
    result = run("validate", *SMALL, "--lens", "spiral", "--adopt")
    assert (result.status, result.out) == (2, "")
    assert "leave --lens out" in result.err


def test_cases_are_told_with_their_surprises(run, tmp_path) -> None:
    target = tmp_path / "cases.json"
    result = run("cases", "the_article", "--particles", "48", "--text", "--json", str(target))
    assert result.status == 0, result.err
    moves = json.loads(target.read_text(encoding="utf-8"))["moves"]
    assert len(moves) == 48
    surprising = [move for move in moves if move["surprise"]]
    assert surprising
    for move in surprising:
        assert move["probability"] < move["blind"]
        assert said(move["surprise"]) in said(result.out)


def test_a_scenario_that_is_not_there_is_told(run) -> None:
    result = run("cases", "the_articel")
    assert result.status == 2
    assert 'did you mean "the_article"' in result.err


def test_calibrate_adopts_what_it_found(run, tmp_path, monkeypatch) -> None:
    sheet, data = tmp_path / "parameters.toml", tmp_path / "calibration.json"
    sheet.write_bytes(adopt.PARAMETERS.read_bytes())
    monkeypatch.setattr("game.terminal.calibrate.PARAMETERS", sheet)
    monkeypatch.setattr("game.terminal.calibrate.CALIBRATION", data)
    side = tmp_path / "side"
    result = run("calibrate", *TINY, "--side", str(side), "--adopt", "--text")
    assert result.status == 0, result.err
    assert not side.exists()
    found = tomllib.loads(sheet.read_text(encoding="utf-8"))
    for name, row in kept(data)["parameters"].items():
        group, key = name.split(".")
        assert found[group][key]["value"] == row["median"]
        assert found[group][key]["source"] == adopt.FITTED
        assert f"{name}: mean {row['mean']:g}" in said(result.out)
    assert kept(data)["provenance"]["command"].startswith("python main.py calibrate --seed 4")


def test_calibrate_refuses_another_s_side_file(run, tmp_path) -> None:
    side = tmp_path / "side"
    side.write_text("letters\n", encoding="utf-8")
    result = run("calibrate", *TINY, "--side", str(side))
    assert result.status == 2
    assert "keeps another calibration" in result.err
    assert side.read_text(encoding="utf-8") == "letters\n"
    result = run("calibrate", *TINY, "--side", str(tmp_path / "no" / "folder"))
    assert result.status == 2
    assert "cannot be written" in result.err


def test_an_interrupted_calibration_goes_on(tmp_path) -> None:
    side, target = tmp_path / "side", tmp_path / "found.json"
    command = [sys.executable, str(ROOT / "main.py"), "calibrate", "--rounds", "1", "--draws"]
    command += ["16", "--games", "16", "--particles", "8", "--side", str(side)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if side.exists() and side.read_bytes().count(b"\n") >= 2:
            break
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    before = side.read_bytes()
    assert before.count(b"\n") >= 2, "the head, and a chunk"
    done = subprocess.run(
        [*command, "--json", str(target)], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "known already" in done.stdout
    assert json.loads(target.read_text(encoding="utf-8"))["draws"] == 16
    assert not side.exists()


def test_sensitivity_ranks_what_it_varies(run, tmp_path, monkeypatch) -> None:
    pytest.importorskip("SALib")
    few = {"minds.anger_gain", "force.tempo_by_fear"}
    monkeypatch.setattr(
        "game.validation.sensitivity.all_parameters",
        lambda: tuple(prior for prior in priors.priors() if prior.name in few),
    )
    target = tmp_path / "found.json"
    spend = ["--trajectories", "2", "--base", "2", "--few", "2", "--games", "8"]
    result = run("sensitivity", *spend, "--tornado-games", "8", "--json", str(target), "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    for table in ("tornado", "morris", "sobol"):
        assert {row["name"] for row in data[table]} == few
    swings = [row["swing"] for row in data["tornado"]]
    assert swings == sorted(swings, reverse=True)
    assert "minds.anger_gain" in result.out


def test_without_the_library_a_sentence_says_so(run, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    monkeypatch.setattr("game.validation.sensitivity.all_parameters", lambda: priors.priors()[:1])
    result = run("sensitivity", "--tornado-games", "2", "--games", "2")
    assert result.status == 2
    assert "SALib" in result.err


def test_what_is_shipped_belongs_together() -> None:
    """The rulebook has the calibration's medians, and the card the figures' words."""
    calibration, sensitivity = kept(adopt.CALIBRATION), kept(adopt.SENSITIVITY)
    validation = kept(adopt.VALIDATION)
    assert calibration
    assert sensitivity
    assert validation
    medians = {name: row["median"] for name, row in calibration["parameters"].items()}
    assert adopt.fitted() == medians
    text = adopt.PARAMETERS.read_text(encoding="utf-8")
    assert text == adopt.rulebook_text(text, calibration)
    told = card(validation, calibration, sensitivity)
    assert adopt.CARD.read_text(encoding="utf-8") == told
    page = tomllib.loads(told)["page"][0]
    for row in validation["propositions"]:
        assert row["counted"] in page["body"]


def test_a_side_file_that_is_no_file_is_told(run) -> None:
    result = run("calibrate", *TINY, "--side", "/dev/full")
    assert result.status == 2
    assert "no ordinary file" in result.err
