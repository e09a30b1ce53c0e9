"""The commands of the room: what they print, what they refuse, what they keep."""

import io
import json
import re
import signal
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import main
from game.content.lens import BALANCED, lens_ids
from game.futures.other_numbers import FEWEST, read
from game.lab import adopt, priors
from game.lab.adopt import load_adopted
from game.lab.calibrate import Budget
from game.lab.card import card
from game.lab.changes import since
from game.lab.checkpoint import Checkpoint, OtherRunError
from game.lab.claims import Apart
from game.lab.left_open import SETS
from game.lab.placebos import Placebo
from game.lab.propositions import OF_STRIKES
from game.lab.scores import BASELINES
from game.lab.shortfall import describe_shortfalls
from game.lab.strike import MARCH_STRIKE
from game.lab.tables import Question
from game.lab.verdicts import FEWEST_TURNS, Gain, compared
from game.lab.wording import over_others, placebo_word, tally_placebos, verdict
from game.rules.seats import SEATS
from game.terminal.console import PlainConsole
from game.views.effects import FEWEST_GAMES
from game.views.handbook.essays import essays, write
from game.views.handbook.measured import figures_digest, outdated, parameters

ROOT = Path(main.__file__).parent
SMALL = ["--games", "400", "--pairs", "800", "--particles", "64", "--seed", "4"]
TINY = ["--rounds", "1", "--draws", "8", "--games", "8", "--particles", "4", "--seed", "4"]


def said(text: str) -> str:
    return " ".join(text.split())


def test_validate_tells_what_its_json_tells(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("game.terminal.validate.VALIDATION", tmp_path / "validation.json")
    monkeypatch.setattr("game.terminal.validate.CARD", tmp_path / "card.toml")
    fit = load_adopted(adopt.CALIBRATION)
    now = fit["provenance"]["parameters"]["minds.anger_half_life"]
    fit["provenance"]["parameters"]["minds.anger_half_life"] = 7.0  # as if a hand had changed it
    adopt.save_adopted(tmp_path / "calibration.json", fit)
    monkeypatch.setattr("game.terminal.validate.CALIBRATION", tmp_path / "calibration.json")
    # Sixty draws and five lenses take most of the command's time, and a table of two has the same
    # columns.
    monkeypatch.setattr("game.lab.posterior_uncertainty.DRAWS", 2)
    lenses = (BALANCED, lens_ids()[-1])
    monkeypatch.setattr("game.lab.validate.lens_ids", lambda: lenses)
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
        assert verdict(row) in out
        assert placebo_word(row) in out
        is_of_the_strike = row["measure"] in OF_STRIKES
        assert (row["apart"] == Apart.UNTESTED) == is_of_the_strike
    assert_scores_hold_together(data, out)
    assert [row["lens"] for row in data["lenses"]] == [row["lens"] for row in data["strike"]]
    assert [row["lens"] for row in data["lenses"]] == list(lenses)
    for row in data["strike"]:
        assert row["by_others"]["sets"] >= FEWEST
        assert over_others(row) in out
    assert len(data["tempo"]) == 15
    months = data["months"]
    assert [row["count"] for row in months["rows"]] == [3, 8, 1, 2, 6], "February to June, by name"
    for score, digits in (("crps", 2), ("log", 2)):
        for name in ("model", "constant_rate", "gamma_poisson"):
            mean = sum(row[score][name] for row in months["rows"]) / 5
            assert months[score][name] == pytest.approx(mean, abs=1e-3)
            assert f"{mean:.{digits}f}".replace("-", "\N{MINUS SIGN}") in out
    page = tomllib.loads((tmp_path / "card.toml").read_text(encoding="utf-8"))["page"][0]
    assert page["id"] == "model_card"
    assert "{" not in page["body"], "every figure is filled in"
    changed = f"Changed by hand since the fit: minds.anger_half_life 7 -> {now:g}"
    assert f"This is not the model that was fitted. {changed}" in out
    assert data["since_fit"]["parameters"][0]["name"] == "minds.anger_half_life"
    assert changed in said(page["body"])
    assert "moved" not in load_adopted(tmp_path / "validation.json"), (
        "there was nothing to compare with"
    )
    assert load_adopted(tmp_path / "validation.json") == data


def assert_scores_hold_together(data: dict, out: str) -> None:
    assert set(data["scores"]) == set(Question)
    for asked in data["scores"].values():
        for period in ("in_sample", "out_of_sample"):
            assert set(asked[period]) == {*(seat.name for seat in SEATS), "all"}
            for row in asked[period].values():
                assert set(row["baselines"]) == set(BASELINES)
                for simple in row["baselines"].values():
                    gain = simple["gain"]
                    if gain["verdict"] == Gain.FEW:
                        assert (gain["low"], gain["high"]) == (None, None)
                        assert gain["turns"] < FEWEST_TURNS
                    else:
                        assert gain["low"] <= gain["mean"] <= gain["high"]
                        assert gain["verdict"] == compared(gain["low"], gain["high"], gain["turns"])
                    level = row["players"]["log"] - simple["log"]
                    assert gain["mean"] == pytest.approx(level, abs=2e-4)
    deeds, told, acts, which = (data["scores"][question] for question in list(Question)[:4])
    for period, turns in (("in_sample", 64), ("out_of_sample", 96)):
        known = data["standings"][period]["all"]
        assert sum(known.values()) == turns
        assert deeds[period]["all"]["moves"] == acts[period]["all"]["moves"]
        assert deeds[period]["all"]["moves"] == turns - known["unknown"], "no unknown is scored"
        assert told[period]["all"]["moves"] == turns - known["unknown"] - known["silent"]
        assert which[period]["all"]["moves"] == known["acted"]
    worse = {
        seat.name
        for seat in SEATS
        if deeds["out_of_sample"][seat.name]["baselines"]["rates"]["gain"]["mean"] < 0
    }
    assert {row["seat"] for row in data["shortfalls"]} == worse, "a reason for each"
    for row in data["shortfalls"]:
        assert row["turns"]
        assert all(turn["loss"] > 0 for turn in row["turns"])
    assert describe_shortfalls(data["shortfalls"]) in out
    assert f"{data['variants']['number']} variants of the choice model were tried" in out


def test_the_scores_alone_take_seconds(run, tmp_path) -> None:
    target = tmp_path / "scores.json"
    asked = ["validate", "--only", "scores", "--particles", "64", "--text"]
    result = run(*asked, "--json", str(target))
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    assert_scores_hold_together(data, said(result.out))
    assert "The ten propositions" not in result.out
    refused = run(*asked, "--adopt")
    assert refused.status == 2
    assert "leave --only out" in refused.err


def test_the_propositions_alone_stand_beside_their_placebos(run, tmp_path) -> None:
    target = tmp_path / "propositions.json"
    asked = ["validate", "--only", "propositions", "--games", "400", "--text"]
    result = run(*asked, "--json", str(target))
    assert result.status == 0, result.err
    rows = json.loads(target.read_text(encoding="utf-8"))["propositions"]
    out = said(result.out)
    assert {row["number"] for row in rows} == set(range(1, 10))
    for row in rows:
        assert set(row["placebos"]) == set(Placebo)
        assert f"; {placebo_word(row)}]: {row['counted']}" in out
    assert tally_placebos(rows) in out
    assert "Foretold" not in result.out
    wrong = run("validate", "--only", "everything")
    assert wrong.status == 2
    assert "scores" in wrong.err


def test_too_few_games_are_refused_with_a_number(run) -> None:
    for option, least in (("--games", 400), ("--pairs", 800), ("--particles", 64)):
        result = run("validate", option, "1")
        assert (result.status, result.out) == (2, "")
        assert f"write a whole number from {least}" in result.err
    assert run("cases", "turn_zero", "--particles", "3").status == 2
    refused = run("sensitivity", "--tornado-games", str(FEWEST_GAMES - 1))
    assert f"write a whole number from {FEWEST_GAMES}" in refused.err, "an end has its interval"


def test_another_lens_is_not_adopted(run) -> None:
    result = run("validate", *SMALL, "--lens", "spiral", "--adopt")
    assert (result.status, result.out) == (2, "")
    assert "leave --lens out" in result.err


def test_cases_are_told_with_their_surprises(run, tmp_path) -> None:
    target = tmp_path / "cases.json"
    result = run("cases", "the_article", "--particles", "64", "--text", "--json", str(target))
    assert result.status == 0, result.err
    moves = json.loads(target.read_text(encoding="utf-8"))["moves"]
    assert len(moves) == 48
    surprising = [move for move in moves if move["surprise"]]
    assert surprising
    for move in surprising:
        assert move["probability"] < move["blind"]
        assert said(move["surprise"]) in said(result.out)
    odds = re.findall(r"(?:model|blind|its odds) >? ?[\d.]+( %)?", said(result.out))
    assert len(odds) > 60
    assert all(odds), "odds have their unit"


def test_a_scenario_that_is_not_there_is_told(run) -> None:
    result = run("cases", "the_articel")
    assert result.status == 2
    assert 'did you mean "the_article"' in result.err


def test_calibrate_adopts_what_it_found(run, tmp_path, monkeypatch) -> None:
    sheet, data = tmp_path / "parameters.toml", tmp_path / "calibration.json"
    sheet.write_bytes(adopt.PARAMETERS.read_bytes())
    monkeypatch.setattr("game.terminal.calibrate.PARAMETERS", sheet)
    monkeypatch.setattr("game.terminal.calibrate.CALIBRATION", data)
    others = tmp_path / "other_numbers.json"
    monkeypatch.setattr("game.terminal.calibrate.OTHER_NUMBERS", others)
    side = tmp_path / "side"
    result = run("calibrate", *TINY, "--side", str(side), "--adopt", "--text")
    assert result.status == 0, result.err
    assert not side.exists()
    found = tomllib.loads(sheet.read_text(encoding="utf-8"))
    for name, row in load_adopted(data)["parameters"].items():
        group, key = name.split(".")
        assert found[group][key]["value"] == row["median"]
        assert found[group][key]["source"] == adopt.FITTED
        assert f"{name}: median {row['median']:g}" in said(result.out)
    kept = load_adopted(others)
    assert len(read(kept)) == SETS
    for name, row in load_adopted(data)["parameters"].items():
        assert all(
            row["prior_low"] <= value <= row["prior_high"] for value in kept["parameters"][name]
        )
    assert kept["provenance"]["command"] == load_adopted(data)["provenance"]["command"]
    rests_on = load_adopted(data)["provenance"]["parameters"]
    assert rests_on["minds.anger_gain"] == found["minds"]["anger_gain"]["value"]
    assert load_adopted(data)["provenance"]["command"].startswith(
        "python main.py calibrate --seed 4"
    )


@pytest.mark.parametrize("line", ["[]", "nonsense", '{"round": 0}', "[" * 9000])
def test_a_side_file_that_was_changed_is_refused(tmp_path, line) -> None:
    Checkpoint(tmp_path / "side", Budget()).close()
    with (tmp_path / "side").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(OtherRunError):
        Checkpoint(tmp_path / "side", Budget())


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


def test_an_interrupted_calibration_goes_on(run, tmp_path, monkeypatch) -> None:
    """By a real signal, once the first of two chunks is on the disk."""
    side, target = tmp_path / "side", tmp_path / "found.json"
    command = ["calibrate", *TINY, "--side", str(side)]
    keep = Checkpoint.keep

    def keep_and_interrupt(self, *part) -> None:
        keep(self, *part)
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(Checkpoint, "keep", keep_and_interrupt)
        stopped = run(*command)
    assert stopped.status == 130
    assert "The same command goes on from there" in said(stopped.out)
    assert side.read_bytes().count(b"\n") == 2, "the head, and a chunk"
    done = run(*command, "--json", str(target))
    assert done.status == 0, done.err
    assert "Known already, from an interrupted run: four sets of them" in said(done.out)
    assert json.loads(target.read_text(encoding="utf-8"))["draws"] == 8
    assert not side.exists()


def test_sensitivity_ranks_what_it_varies(run, tmp_path, monkeypatch) -> None:
    pytest.importorskip("SALib")
    few = {"minds.anger_gain", "campaign.rest"}
    monkeypatch.setattr(
        "game.lab.sensitivity.all_parameters",
        lambda: tuple(prior for prior in priors.priors() if prior.name in few),
    )
    # An early strike is asked in a third of the time that March's takes.
    early = replace(MARCH_STRIKE, turn=6)
    monkeypatch.setattr("game.lab.sensitivity.MARCH_STRIKE", early)
    target = tmp_path / "found.json"
    spend = ["--trajectories", "2", "--base", "2", "--few", "2", "--games", "64"]
    result = run("sensitivity", *spend, "--tornado-games", "30", "--json", str(target), "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    for table in ("tornado", "morris", "sobol"):
        assert {row["name"] for row in data[table]} == few
    swings = [row["swing"] for row in data["tornado"]]
    assert swings == sorted(swings, reverse=True)
    assert "minds.anger_gain" in result.out


def test_without_the_library_a_sentence_says_so(run, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    monkeypatch.setattr("game.lab.sensitivity.all_parameters", lambda: priors.priors()[:1])
    result = run("sensitivity", "--tornado-games", "30", "--games", "2")
    assert result.status == 2
    assert "SALib" in result.err


def test_what_is_shipped_belongs_together() -> None:
    """The rulebook has the calibration's medians, and the card the figures' words."""
    calibration, sensitivity = load_adopted(adopt.CALIBRATION), load_adopted(adopt.SENSITIVITY)
    validation = load_adopted(adopt.VALIDATION)
    assert calibration
    assert sensitivity
    assert validation
    medians = {name: row["median"] for name, row in calibration["parameters"].items()}
    assert adopt.fitted() == medians
    text = adopt.PARAMETERS.read_text(encoding="utf-8")
    assert text == adopt.rulebook_text(text, calibration)
    told = card(validation, calibration, sensitivity, load_adopted(adopt.RECOVERY))
    assert adopt.CARD.read_text(encoding="utf-8") == told
    page = tomllib.loads(told)["page"][0]
    for row in validation["propositions"]:
        assert row["counted"] in page["body"]
    assert "The interval behind each figure is luck's alone" in page["body"]
    assert not re.search(r"\w- \w", page["body"]), "no word is folded at its hyphen"
    assert not outdated(page["measured_with"]), "the card carries no mark"


@pytest.mark.parametrize(
    "path", [adopt.CALIBRATION, adopt.SENSITIVITY, adopt.VALIDATION], ids=lambda path: path.stem
)
def test_what_is_shipped_is_of_the_rules_that_are_shipped(path: Path) -> None:
    assert since(load_adopted(path)["provenance"]).describe("then") == [], (
        "run the commands with --adopt"
    )


def test_the_card_says_when_its_figures_are_of_other_rules() -> None:
    """Whoever changes a number by hand, and reads on."""
    shipped = next(essay for essay in essays() if essay.id == "model_card")
    then = dict(shipped.measured_with["parameters"]) | {"minds.anger_half_life": 7.0}
    pages = []
    for measured in (measured_with(), measured_with() | {"parameters": then}):
        text = io.StringIO()
        write(replace(shipped, measured_with=measured), PlainConsole(text))
        pages.append(said(text.getvalue()))
    assert "Not of the rules as they are now" not in pages[0]
    assert "Not of the rules as they are now: The figures below" in pages[1]
    assert "Changed by hand since: minds.anger_half_life 7 -> " in pages[1]


def measured_with() -> dict:
    """What a page measured today would keep."""
    return {"figures": figures_digest(), "parameters": parameters()}


def test_a_side_file_that_is_no_file_is_told(run) -> None:
    result = run("calibrate", *TINY, "--side", "/dev/full")
    assert result.status == 2
    assert "no ordinary file" in result.err
