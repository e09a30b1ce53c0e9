"""Explorations from the command line: doctrines by name, lenses, a row for each game."""

import csv
import json
from pathlib import Path

import pytest

from game.content.doctrine import load_doctrine
from game.content.lens import lens_ids, load_lens
from game.futures.ensemble import KNOWN, Ensemble, run_chunk, run_chunks
from game.terminal import explore, files, simulate
from game.terminal.measures_called import MEASURES_CALLED

SMALL = ["turn_zero", "--games", "40", "--seed", "7"]


def one_line(text):
    return " ".join(text.split())


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_who_plays_is_told_with_what_they_do(run):
    result = run("explore", *SMALL, "--us", "restraint", "--iran", "uniform", "--text")
    assert result.status == 0
    out = one_line(result.out)
    doctrine = load_doctrine("restraint")
    assert f"{doctrine.name} (restraint), by the book. {one_line(doctrine.behaviour)}" in out
    assert "Tehran (IRAN): Chance (uniform)" in out
    assert "How the games ended" in out
    assert "Lens: Balanced" in out


def test_planner_and_history_are_told_too(run):
    words = ["--games", "2", "--militia", "planner-novice", "--iraq", "history"]
    result = run("explore", "turn_zero", *words, "--text")
    assert result.status == 0
    assert "The militias (MILITIA): Planner (planner-novice)" in one_line(result.out)
    assert "Baghdad (IRAQ): History (history)" in one_line(result.out)


def test_how_far_a_mean_is_known_is_told(run, tmp_path):
    target = tmp_path / "result.json"
    result = run("explore", *SMALL, "--text", "--json", str(target))
    data, out = json.loads(target.read_text()), one_line(result.out)
    assert list(data["means"]) == list(KNOWN)
    for name, known in data["means"].items():
        low, high = known["interval_95"]
        assert low <= known["mean"] <= high
        assert known["other_numbers_90"][0] <= known["other_numbers_90"][1]
        assert f"{MEASURES_CALLED[name]}: mean {known['mean']:.2f}, 95 % interval " in out
    assert data["means"]["attacks"]["mean"] == pytest.approx(data["attacks"]["mean"])
    assert "by other numbers" in out


@pytest.mark.parametrize("lens", lens_ids())
def test_a_lens_is_seen_through(run, tmp_path, lens):
    target = tmp_path / "result.json"
    result = run("explore", *SMALL, "--lens", lens, "--text", "--json", str(target))
    assert result.status == 0
    assert one_line(load_lens(lens).claim) in one_line(result.out)
    data = json.loads(target.read_text())
    assert (data["lens"], data["partial"]) == (lens, False)
    simulated = tmp_path / "simulated.json"
    run("simulate", *SMALL, "--lens", lens, "--json", str(simulated))
    assert json.loads(simulated.read_text())["state_hash"] == data["state_hash"]


def test_lenses_are_different_games():
    digests = {run_chunk(Ensemble("the_article", 30, 7, (), lens), 0, 30).digests.tobytes()
               for lens in lens_ids()}  # fmt: skip
    assert len(digests) == len(lens_ids())


def test_the_command_that_it_prints_opens_the_game(run):
    words = ["--us", "restraint", "--lens", "spiral"]
    out = run("explore", *SMALL, *words, "--text").out
    (line,) = [line for line in out.split("\n\n") if "main.py replay" in line]
    command = one_line(line).split("python main.py ")[1].split(" Any number")[0]
    assert command == ("replay turn_zero --us restraint --lens spiral --seed 7 --explain --game 0")
    result = run(*command.split(), "--text")
    assert result.status == 0
    assert "They are: equal" in result.out


def test_every_game_is_a_row(run, tmp_path):
    target = tmp_path / "games.csv"
    data_file = tmp_path / "games.json"
    words = ["--csv", str(target), "--json", str(data_file), "--chunk", "9", "--workers", "2"]
    assert run("explore", *SMALL, *words).status == 0
    rows, data = rows_of(target), json.loads(data_file.read_text())
    assert [int(row["game"]) for row in rows] == list(range(40))
    for name in ("attacks", "us_dead", "us_wounded", "highest_rung"):
        mean = sum(float(row[name]) for row in rows) / 40
        assert mean == pytest.approx(data[name]["mean"])
    for seat, spread in data["marks"].items():
        mean = sum(float(row[f"mark_{seat.lower()}"]) for row in rows) / 40
        assert mean == pytest.approx(spread["mean"], abs=0.01)
    shares = {row["ending"] for row in rows}
    assert shares == {name for name, share in data["endings"].items() if share}


def test_rows_do_not_depend_on_the_cut(run, tmp_path):
    files_ = [tmp_path / f"{k}.csv" for k in range(3)]
    for file, cut in zip(files_, (["1"], ["7"], ["100"]), strict=True):
        assert run("explore", *SMALL, "--chunk", *cut, "--csv", str(file)).status == 0
    assert len({file.read_bytes() for file in files_}) == 1


def test_row_k_is_game_k(run, tmp_path):
    target, game = tmp_path / "games.csv", tmp_path / "game.json"
    run("explore", *SMALL, "--lens", "proxy", "--csv", str(target))
    run(
        "replay", "turn_zero", "--seed", "7", "--lens", "proxy", "--game", "11", "--json", str(game)
    )
    row, data = rows_of(target)[11], json.loads(game.read_text())
    assert data["lens"] == "proxy"
    assert row["ending"] == data["ending"]
    for seat, mark in data["marks"].items():
        assert float(row[f"mark_{seat.lower()}"]) == pytest.approx(mark, abs=0.011)


def test_rows_are_not_kept_unless_asked_for():
    assert run_chunk(Ensemble("turn_zero", 5, 7), 0, 5).rows is None
    rows = run_chunk(Ensemble("turn_zero", 5, 7, rows=True), 0, 5).rows
    assert rows is not None
    assert rows.marks.shape == (4, 5)


def test_csv_on_stdout_stands_alone(run):
    result = run("explore", *SMALL, "--csv", "-")
    lines = result.out.split("\n")
    assert lines[0] == ",".join(explore.COLUMNS)
    assert len(lines) == 42
    assert "How the games ended" in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--games", "0"], "write a whole number from 1 to"),
        (["--us", "restrain"], '--us: unknown player "restrain"; did you mean "restraint"?'),
        (["--us", "vanguard"], '--us: unknown player "vanguard"'),
        (["--us", "people:restrain"], 'did you mean "people:restraint"?'),
        (["--us", "people:uniform"], '--us: unknown player "people:uniform"'),
        (["--us", "xyz"], "planner-master, people:"),
        (["--lens", "deterence"], '--lens: unknown lens "deterence"; did you mean "deterrence"?'),
        (["--csv", "no/such/folder/x.csv"], "cannot be written"),
        (["--csv", "."], "this is a folder"),
        (["--json", "main.py/x.json"], "cannot be written"),
        (["--history"], "unrecognized arguments: --history"),
    ],
)
def test_mistakes_are_told_before_anything_is_played(run, monkeypatch, arguments, sentence):
    monkeypatch.setattr(explore, "gather", lambda *_: pytest.fail("it was played"))
    result = run("explore", "turn_zero", *arguments)
    assert result.status == 2
    assert sentence in one_line(result.err)
    assert "Traceback" not in result.err


def interrupted_after(monkeypatch, chunks):
    def some(*arguments, **options):
        parts = run_chunks(*arguments, **options)
        for _ in range(chunks):
            yield next(parts)
        raise KeyboardInterrupt

    monkeypatch.setattr(simulate, "run_chunks", some)


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_an_interrupt_keeps_what_there_is_and_names_it(run, monkeypatch, tmp_path, chunks):
    whole = tmp_path / "whole.csv"
    run("explore", *SMALL, "--csv", str(whole))
    lines = whole.read_text().split("\n")
    whole.unlink()
    interrupted_after(monkeypatch, chunks)
    rows, data = tmp_path / "games.csv", tmp_path / "games.json"
    words = ["--chunk", "10", "--text", "--csv", str(rows), "--json", str(data)]
    result = run("explore", *SMALL, *words)
    assert result.status == 130
    assert "these are partial results" in one_line(result.out)
    kept = ["games.partial.csv", "games.partial.json"] if chunks else []
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
    if chunks:
        part = (tmp_path / "games.partial.csv").read_text().split("\n")
        assert part == [*lines[: 10 * chunks + 1], ""]
        told = json.loads((tmp_path / "games.partial.json").read_text())
        assert (told["partial"], told["games"]) == (True, 10 * chunks)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(run, monkeypatch, tmp_path):
    target = tmp_path / "games.csv"
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
    result = run("explore", *SMALL, "--csv", str(target), "--replace")
    assert result.status == 2
    assert "cannot be written (disk full)" in result.err
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_half_a_bit_is_cut_off(tmp_path):
    """What an interrupt left behind in the middle of a chunk is not kept."""
    target = tmp_path / "rows.csv"
    growing = files.Growing(str(target))
    growing.add("a,b\n")
    growing._file.write("1,")
    growing._file.flush()
    assert growing.keep(whole=False) == str(tmp_path / "rows.partial.csv")
    growing.drop()
    assert (tmp_path / "rows.partial.csv").read_text() == "a,b\n"
    assert not target.exists()


def test_what_is_dropped_leaves_nothing(tmp_path):
    growing = files.Growing(str(tmp_path / "rows.csv"))
    growing.add("a,b\n")
    growing.drop()
    assert list(tmp_path.iterdir()) == []
