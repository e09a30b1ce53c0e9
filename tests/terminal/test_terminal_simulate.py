"""Simulations and replays from the command line."""

import json
import os
import re
from pathlib import Path

import numpy as np
import pytest

from game.content.load import SCENARIOS, load_scenario, scenario_ids
from game.engine.plain import turn_by_turn as play
from game.futures.ensemble import Ensemble, Gathering, run_chunk, run_chunks
from game.players.uniform import Uniform
from game.rules.digest import state_hash
from game.rules.luck import game_keys
from game.rules.seats import SEATS
from game.terminal import files, simulate
from game.terminal.measures_called import MEASURES_CALLED
from game.views.phrasebook import LUCK_ALONE

SPREADS = ("attacks", "us_dead", "us_wounded", "highest_rung")
SPREAD = {"mean", "p05", "p50", "p95"}


def simulated(run, tmp_path, *arguments, scenario="turn_zero", games="40"):
    """The JSON of a simulation."""
    target = tmp_path / "result.json"
    result = run(
        "simulate", scenario, "--games", games, "--seed", "7", *arguments, "--json", str(target)
    )
    assert result.status == 0, result.err
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("scenario", scenario_ids())
def test_the_json_has_its_fields(run, tmp_path, scenario):
    data = simulated(run, tmp_path, scenario=scenario)
    assert data["scenario"] == scenario
    assert (data["games"], data["seed"]) == (40, 7)
    assert set(data["players"]) == set(data["marks"]) == {seat.name for seat in SEATS}
    assert sum(data["endings"].values()) == pytest.approx(1)
    assert set(data["endings"]) == {
        "calendar",
        "general_war",
        "expulsion",
        "withdrawal",
        "collapse",
        "restraint",
    }
    turns = len(load_scenario(scenario).turns)
    assert len(data["attacks_per_turn"]) == turns
    for spread in (*(data[name] for name in SPREADS), *data["marks"].values()):
        assert set(spread) == SPREAD
        assert spread["p05"] <= spread["p50"] <= spread["p95"]
    assert re.fullmatch("[0-9a-f]{32}", data["state_hash"])
    assert 40 <= data["game_turns"] <= 40 * turns
    assert data["seconds"] > 0
    assert data["game_turns_per_s"] > 0


def test_tables_tell_the_same(run, tmp_path):
    data = simulated(run, tmp_path)
    out = run("simulate", "turn_zero", "--games", "40", "--seed", "7", "--text").out
    assert f"State hash {data['state_hash']}" in out
    attacks = data["attacks"]
    assert (
        f"Attacks on Americans and partners: median {attacks['p50']:.0f}, 5 % "
        f"{attacks['p05']:.0f}, 95 % {attacks['p95']:.0f}"
    ) in " ".join(out.split())
    for heading in (
        "How the games ended",
        "Attacks by turn",
        "Marks, of 100",
        "Highest rung",
        "Americans killed",
        "Americans wounded",
    ):
        assert heading in out


def test_no_mean_stands_without_its_widths(run, tmp_path):
    data = simulated(run, tmp_path, games="100")
    told = run("simulate", "turn_zero", "--games", "100", "--seed", "7", "--text").out
    out = " ".join(told.split())
    assert data["means"]["us_wounded"]["mean"] == pytest.approx(data["us_wounded"]["mean"])
    for name, known in data["means"].items():
        assert known["interval_95"][0] <= known["mean"] <= known["interval_95"][1]
        assert known["other_numbers_90"][0] <= known["other_numbers_90"][1]
        assert f"{MEASURES_CALLED[name]}: mean {known['mean']:.2f}, 95 % interval " in out
    some, few = (
        " ".join(run("simulate", "turn_zero", "--games", games, "--text").out.split())
        for games in ("30", "9")
    )
    assert LUCK_ALONE in some
    assert "Of fewer than 30 games no interval is told" in few
    assert LUCK_ALONE not in out


@pytest.mark.parametrize(
    "cut",
    [
        ["--chunk", "1"],
        ["--chunk", "7"],
        ["--chunk", "40"],
        ["--chunk", "9", "--workers", "2"],
        ["--chunk", "100000", "--workers", "61"],
    ],
)
def test_chunk_and_workers_change_nothing_but_the_time(run, tmp_path, cut):
    def told(data):
        return {
            name: value
            for name, value in data.items()
            if "second" not in name and name != "game_turns_per_s"
        }

    players = ["--us", "uniform", "--militia", "uniform"]  # so that some games end early
    whole = simulated(run, tmp_path, *players, scenario="ten_days_in_january")
    parts = simulated(run, tmp_path, *players, *cut, scenario="ten_days_in_january")
    assert told(parts) == told(whole)


def test_history_is_played_by_all_unless_somebody_is_named(run, tmp_path):
    data = simulated(run, tmp_path, "--history", "--iraq", "uniform", games="3")
    assert data["players"] == {
        "US": "history",
        "IRAN": "history",
        "MILITIA": "history",
        "IRAQ": "uniform",
    }


def test_json_on_stdout_stands_alone(run):
    result = run("simulate", "turn_zero", "--games", "3", "--json", "-")
    assert json.loads(result.out)["games"] == 3
    assert "How the games ended" in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--games", "0"], "write a whole number from 1 to"),
        (["--games", "-3"], "write a whole number from 1 to"),
        (["--games", "many"], '"many" will not do; write a whole number'),
        (["--games", "1e3"], "write a whole number"),
        (["--games", "9" * 5000], "write a whole number"),
        (["--chunk", "0"], "write a whole number from 1 to"),
        (["--workers", "0"], "write a whole number from 1 to 61"),
        (["--workers", "1000"], "write a whole number from 1 to 61"),
        (["--seed", "x"], '"x" is no seed; write a whole number'),
        (["--us", "nobody"], '--us: unknown player "nobody"'),
        (["--json", "no/such/folder/x.json"], "cannot be written"),
        (["--json", "."], "this is a folder"),
        (["--json", "main.py/x.json"], "cannot be written"),
        (["--json", "x" * 5000], "cannot be written"),
        (["--json", ""], "--json: an empty text names nothing"),
    ],
)
def test_mistakes_are_told_before_anything_is_played(run, monkeypatch, arguments, sentence):
    monkeypatch.setattr(simulate, "gather", lambda *_: pytest.fail("it was played"))
    result = run("simulate", "turn_zero", *arguments)
    assert result.status == 2
    assert sentence in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_an_unknown_scenario_is_told(run):
    result = run("simulate", "turn_sero")
    assert result.status == 2
    assert 'did you mean "turn_zero"?' in result.err


def interrupted_after(monkeypatch, chunks):
    def some(*arguments, **options):
        parts = run_chunks(*arguments, **options)
        for _ in range(chunks):
            yield next(parts)
        raise KeyboardInterrupt

    monkeypatch.setattr(simulate, "run_chunks", some)


@pytest.mark.parametrize(("chunks", "done"), [(0, "no games"), (1, "ten games"), (2, "20 games")])
def test_an_interrupt_leaves_tables_of_what_was_done(run, monkeypatch, tmp_path, chunks, done):
    interrupted_after(monkeypatch, chunks)
    target = tmp_path / "result.json"
    result = run(
        "simulate", "turn_zero", "--games", "50", "--chunk", "10", "--text", "--json", str(target)
    )
    assert result.status == 130
    assert f"Stopped after {done} of 50: these are partial results" in result.out
    assert ("How the games ended" in result.out) is (chunks > 0)
    assert list(tmp_path.iterdir()) == []


def test_partial_results_are_those_of_fewer_games(run, monkeypatch):
    whole = run("simulate", "turn_zero", "--games", "20", "--text").out
    interrupted_after(monkeypatch, 2)
    part = run("simulate", "turn_zero", "--games", "50", "--chunk", "10", "--text").out

    def results(out):
        return [line for line in out.split("\n") if "second" not in line][3:]

    assert results(part)[: len(results(whole)) - 1] == results(whole)[:-1]


def test_gathering_keeps_eight_bytes_a_game_and_gives_the_hash_of_all():
    games = Ensemble("turn_zero", 30, 7)
    parts = list(run_chunks(games, chunk=8))
    gathering = Gathering(3, 30)
    for part in parts:
        gathering.add(part)
    digests = np.concatenate([part.digests for part in parts])
    assert gathering.state_hash == state_hash(digests)
    assert gathering.tally.games == 30


def test_the_hash_is_that_of_any_cut_where_games_end_early():
    wild = Ensemble("the_article", 60, 7, tuple((seat, "uniform") for seat in SEATS))
    batch = run_chunk(wild, 0, 60)
    assert batch.tally.game_turns < 60 * 12, "no game ends early any more: choose another seed"
    alone = [int(run_chunk(wild, k, 1).digests[0]) for k in range(20, 40)]
    assert alone == batch.digests[20:40].tolist()


# --- files


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "result.json"
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(files.UserError, match="disk full"):
        files.write_json(str(target), {"new": 1})
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="needs links and devices")
def test_links_and_devices_stay_what_they_are(tmp_path):
    target, link = tmp_path / "result.json", tmp_path / "link.json"
    link.symlink_to(target)
    files.check_writable(str(link))
    files.write_json(str(link), {"new": 1})
    assert link.is_symlink()
    assert json.loads(target.read_text()) == {"new": 1}
    files.check_writable(os.devnull)
    files.write_json(os.devnull, {})
    assert not Path(os.devnull).is_file()


# --- replay


def test_a_replay_tells_the_game_and_equals_its_row(run, tmp_path):
    target = tmp_path / "game.json"
    result = run(
        "replay", "turn_zero", "--game", "5", "--seed", "7", "--text", "--json", str(target)
    )
    assert result.status == 0
    data = json.loads(target.read_text(encoding="utf-8"))
    row = run_chunk(Ensemble("turn_zero", 10, 7), 0, 10).digests[5]
    assert data["digest"] == data["row_digest"] == f"{int(row):016x}"
    assert data["equal"] is True
    assert len(data["turns"]) == 3
    assert data["turns"][-1]["digest"] == data["digest"]
    assert f"This game: {data['digest']}" in result.out
    assert f"Row 5: {data['digest']}" in result.out
    assert "They are: equal" in result.out
    assert result.out.count("Washington: ") == 3
    assert "Ending after turn 3" in result.out
    assert "Americans alive: " in result.out


def test_a_game_that_ended_early_equals_its_row(run):
    setting = load_scenario("the_article").setting
    players = dict.fromkeys(SEATS, Uniform())
    *_, (final, _) = play(setting, players, game_keys(7, range(200)))
    early = np.flatnonzero(final.ended_turn < setting.turns)
    assert early.size, "no game ends early any more: choose another seed"
    chosen = [part for seat in SEATS for part in (f"--{seat.name.lower()}", "uniform")]
    result = run("replay", "the_article", "--game", str(early[0]), "--seed", "7", *chosen, "--text")
    assert result.status == 0
    assert "They are: equal" in result.out


def test_a_replay_that_differs_says_so(run, monkeypatch):
    from game.terminal import replay  # noqa: PLC0415

    monkeypatch.setattr(replay, "row_digest", lambda *_: "0" * 16)
    result = run("replay", "turn_zero", "--game", "0", "--text")
    assert result.status == 1
    assert "They are: DIFFERENT" in result.out


def test_replay_takes_the_players_of_a_simulation(run):
    result = run("replay", "turn_zero", "--game", "1", "--history", "--text")
    assert result.status == 0
    assert "Players: US history, IRAN history" in result.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--game"),
        (["--game", "-1"], "write a whole number from 0"),
        (["--game", "x"], "write a whole number from 0"),
        (["--game", "0", "--us", "nobody"], "--us:"),
    ],
)
def test_mistakes_of_a_replay(run, arguments, sentence):
    result = run("replay", "turn_zero", *arguments)
    assert result.status == 2
    assert sentence in result.err


def test_a_scenario_can_be_a_file(run, tmp_path):
    copied = tmp_path / "turn_zero.toml"
    copied.write_bytes((SCENARIOS / "turn_zero.toml").read_bytes())
    by_name = simulated(run, tmp_path)
    target = tmp_path / "other.json"
    run(
        "simulate",
        str(copied),
        "--games",
        "40",
        "--seed",
        "7",
        "--workers",
        "2",
        "--chunk",
        "20",
        "--json",
        str(target),
    )
    assert json.loads(target.read_text())["state_hash"] == by_name["state_hash"]
