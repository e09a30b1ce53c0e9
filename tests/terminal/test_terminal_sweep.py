"""Sweeps from the command line: rows, refusals, interruptions, and going on after them."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from game.content.load import doctrine_ids
from game.futures.cluster import ClusterError
from game.futures.sweep import run as run_steps
from game.rules.seats import Seat
from game.terminal import sheet, sweep

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
GRID = ["turn_zero", "--us", "all", "--vary", "minds.anger_gain=0.5,4", "--seed", "7"]
SMALL = [*GRID, "--games", "12"]
LONG = [*GRID[:3], "--vary", "minds.anger_gain=0.5:4:400", "--games", "30"]
"""Enough cells to be in the midst of."""


def one_line(text):
    return " ".join(text.split())


def swept(run, target, *arguments):
    result = run("sweep", *SMALL, *arguments, "--out", str(target))
    assert result.status == 0, result.err
    return result


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_cell_is_a_row(run, tmp_path):
    target = tmp_path / "cells.csv"
    out = one_line(swept(run, target, "--text").out)
    rows, schools = rows_of(target), [n for n, s in doctrine_ids().items() if s is Seat.US]
    assert [(row["us"], row["minds.anger_gain"]) for row in rows] == [
        (name, value) for name in schools for value in ("0.5", "4.0")
    ]
    assert {row["games"] for row in rows} == {"12"}
    assert "six cells of 12 games, seed 7" in out
    assert "What each setting accounts for by itself" in out
    assert "6 rows in" in out
    assert [path.name for path in tmp_path.iterdir()] == ["cells.csv"]


@pytest.mark.parametrize(("suffix", "workers"), [(".csv", "2"), (".parquet", "1")])
def test_how_it_is_cut_and_spread_changes_no_byte(run, tmp_path, suffix, workers):
    cuts = ([], ["--chunk", "5"], ["--chunk", "7", "--workers", workers])
    targets = [tmp_path / f"{k}{suffix}" for k in range(len(cuts))]
    for target, cut in zip(targets, cuts, strict=True):
        swept(run, target, *cut)
    assert len({target.read_bytes() for target in targets}) == 1


def test_parquet_holds_what_csv_holds(run, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    swept(run, tmp_path / "cells.csv")
    swept(run, tmp_path / "cells.parquet")
    with duckdb.connect() as database:
        table = database.read_parquet(str(tmp_path / "cells.parquet"))
        kinds = dict(zip(table.columns, map(str, table.types), strict=True))
        found = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    rows = rows_of(tmp_path / "cells.csv")
    assert list(found[0]) == list(rows[0])
    for row, typed in zip(rows, found, strict=True):
        assert {name: type(typed[name])(value) for name, value in row.items()} == typed
    assert (kinds["cell"], kinds["us"], kinds["attacks_se"]) == ("BIGINT", "VARCHAR", "DOUBLE")


def test_a_sample_draws_from_ranges(run, tmp_path):
    target = tmp_path / "cells.csv"
    words = ["--vary", "us_troops=4000:6000", "--vary", "minds.anger_gain", "--sample", "20"]
    result = run("sweep", "turn_zero", *words, "--games", "3", "--out", str(target), "--text")
    assert result.status == 0, result.err
    troops = sorted(float(row["us_troops"]) for row in rows_of(target))
    assert len(troops) == len(set(troops)) == 20
    assert troops[0] < 4110
    assert troops[-1] > 5890
    assert all(value.is_integer() for value in troops)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--vary", "minds.angergain=1,2"], 'did you mean "minds.anger_gain"?'),
        (["--vary", "us_trops=1,2"], 'did you mean "us_troops"?'),
        (["--vary", "minds.anger_gain=1,99"], "minds.anger_gain cannot be 99; write numbers from"),
        (["--vary", "minds.anger_gain=1:2"], "a range is only for --sample N"),
        (["--vary", "minds.anger_gain"], "a range is only for --sample N"),
        (["--vary", "minds.anger_gain=2:1", "--sample", "9"], "ends before it begins"),
        (["--vary", "minds.anger_gain=a,b"], "cannot be read; write values like 0.5,1,2"),
        (["--vary", "minds.anger_gain=nan"], "cannot be read"),
        (["--vary", "minds.anger_gain="], "cannot be read"),
        (["--vary", "minds.anger_gain=1:2:1.5"], "wants 1.5 values"),
        (["--vary", "us_troops=4000.5"], "us_troops cannot be 4000.5; write whole numbers"),
        (["--vary", "us_troops=1", "--vary", "us_troops=2"], "us_troops is named twice"),
        ([], "nothing is varied"),
        (["--us", "restraint"], "nothing is varied"),
        (["--us", "restraint", "restrain"], '"restrain"; did you mean "restraint"?'),
        (["--lens", "all", "spirl"], '"spirl"; did you mean "spiral"?'),
        (["--us", "all", "--out", "x.txt"], "name a file that ends in .csv or .parquet"),
        (["--us", "all", "--out", "no/such/x.csv"], "cannot be written"),
        (["--us", "all", "--games", "0"], "write a whole number from 1 to"),
        (["--us", "all", "--sample", "1"], "write a whole number from 2 to"),
        (["--vary", "minds.anger_gain=0:1:9999", "--us", "all", "--lens", "all"], "vary less"),
        (["--us", "all", "--scheduler", "nowhere"], "is no address of a scheduler"),
    ],
)
def test_mistakes_are_told_and_leave_nothing(run, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    result = run("sweep", "turn_zero", "--out", "cells.csv", *arguments)
    assert result.status == 2
    assert sentence in one_line(result.err)
    assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_package(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("sweep", *SMALL, "--out", str(tmp_path / "cells.parquet"))
    assert result.status == 2
    assert "uv sync --extra export, or name a file that ends in .csv" in one_line(result.err)
    assert list(tmp_path.iterdir()) == []


# --- interruptions


def stopped_after(monkeypatch, cells, error):
    """As if something came between after so many cells; the cells, as they are played."""
    played = []

    def some(*arguments, **options):
        for step in run_steps(*arguments, **options):
            if len(played) == cells:
                raise error
            yield step
            if step.row is not None:
                played.append(step.row["cell"])

    monkeypatch.setattr(sweep, "run_steps", some)
    return played


@pytest.mark.parametrize("cells", [1, 5])
def test_ctrl_c_keeps_the_finished_cells_and_resume_goes_on(run, tmp_path, monkeypatch, cells):
    target, whole = tmp_path / "cells.csv", tmp_path / "whole.csv"
    swept(run, whole)
    with monkeypatch.context() as patched:
        stopped_after(patched, cells, KeyboardInterrupt)
        result = run("sweep", *SMALL, "--out", str(target), "--text")
    assert result.status == 130
    out = one_line(result.out)
    assert "cells.partial.csv, and the same command with --resume goes on" in out
    lines = whole.read_text().splitlines()
    part = tmp_path / "cells.partial.csv"
    assert part.read_text().splitlines() == lines[: cells + 1]
    assert not target.exists()
    resumed = one_line(swept(run, target, "--resume", "--text", "--chunk", "5").out)
    assert f"Going on after {'one' if cells == 1 else 'five'} finished cell" in resumed
    assert target.read_bytes() == whole.read_bytes()
    assert not Path(f"{target}.sweep").exists()


def test_ctrl_c_before_the_first_cell_leaves_nothing(run, tmp_path, monkeypatch):
    stopped_after(monkeypatch, 0, KeyboardInterrupt)
    result = run("sweep", *SMALL, "--out", str(tmp_path / "cells.csv"), "--text")
    assert result.status == 130
    assert "nothing was written" in result.out
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_is_lost_keeps_the_finished_cells(run, tmp_path, monkeypatch):
    target = tmp_path / "cells.csv"
    stopped_after(monkeypatch, 2, ClusterError("tcp://x: the scheduler was lost; start it again"))
    result = run("sweep", *SMALL, "--out", str(target))
    assert result.status == 2
    assert "start it again. Two finished cells are kept in" in one_line(result.err)
    monkeypatch.undo()
    swept(run, target, "--resume")
    assert len(rows_of(target)) == 6


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (["--games", "13"], "--games: 12 then, 13 now"),
        (["--seed", "8"], "--seed: 7 then, 8 now"),
        (["--lens", "spiral"], "the lens: balanced then, spiral now"),
        (["--iran", "uniform"], "the players"),
        (["--vary", "us_troops=1,2"], "what is varied"),
    ],
)
def test_changed_settings_are_refused(run, tmp_path, monkeypatch, other, named):
    target = tmp_path / "cells.csv"
    with monkeypatch.context() as patched:
        stopped_after(patched, 2, KeyboardInterrupt)
        run("sweep", *SMALL, "--out", str(target))
    result = run("sweep", *SMALL, *other, "--resume", "--out", str(target))
    assert result.status == 2
    assert "were played with other settings" in one_line(result.err)
    assert named in one_line(result.err)
    again = run("sweep", *SMALL, "--out", str(target))
    assert again.status == 2
    assert "add --resume to go on with it, or delete that file" in one_line(again.err)


def test_another_edition_of_the_game_is_refused(run, tmp_path, monkeypatch):
    target = tmp_path / "cells.csv"
    with monkeypatch.context() as patched:
        stopped_after(patched, 2, KeyboardInterrupt)
        patched.setattr(sweep, "edition", lambda: "another")
        run("sweep", *SMALL, "--out", str(target))
    result = run("sweep", *SMALL, "--resume", "--out", str(target))
    assert result.status == 2
    assert "the edition of the game: another then" in one_line(result.err)


def test_a_full_disk_at_the_end_keeps_the_old_file_and_the_cells(run, tmp_path, monkeypatch):
    target = tmp_path / "cells.csv"
    target.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(sheet, "_write_csv", full)
        result = run("sweep", *SMALL, "--out", str(target), "--replace")
    assert result.status == 2
    err = one_line(result.err)
    assert "cannot be written (No space left on device)" in err
    assert "Six finished cells are kept in" in err
    assert target.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cells.csv", "cells.csv.sweep"]
    swept(run, target, "--resume", "--replace")
    assert len(rows_of(target)) == 6


@pytest.mark.parametrize("value", ["x", "\ud800", [], {}, 10**400, float("nan"), float("inf")])
def test_cells_that_a_stranger_wrote_are_refused(run, tmp_path, monkeypatch, value):
    target = tmp_path / "cells.csv"
    with monkeypatch.context() as patched:
        stopped_after(patched, 1, KeyboardInterrupt)
        run("sweep", *SMALL, "--out", str(target))
    for name in ("us", "attacks_mean"):
        with closing(sqlite3.connect(f"{target}.sweep")) as store, store:
            ((text,),) = store.execute("SELECT row FROM cell").fetchall()
            other = 3 if name == "us" and isinstance(value, str) else value  # any name may stand
            forged = json.loads(text) | {name: other}
            store.execute("UPDATE cell SET row = ?", [json.dumps(forged)])
        result = run("sweep", *SMALL, "--resume", "--out", str(target))
        assert result.status == 2
        assert "it is damaged" in one_line(result.err)
        assert not target.exists()
        with closing(sqlite3.connect(f"{target}.sweep")) as store, store:
            store.execute("UPDATE cell SET row = ?", [text])


def test_resume_can_be_given_again_and_again(run, tmp_path, monkeypatch):
    """What a queue that starts a job anew needs: begun, gone on with, and left when it is done."""
    target = tmp_path / "cells.csv"
    first = swept(run, target, "--resume", "--text")
    assert "Going on after" not in first.out
    raw = target.read_bytes()
    with monkeypatch.context() as patched:
        played = stopped_after(patched, 0, KeyboardInterrupt)
        again = swept(run, target, "--resume", "--text")
    assert played == []
    assert "all six cells of this sweep are there" in one_line(again.out)
    assert target.read_bytes() == raw
    assert [path.name for path in tmp_path.iterdir()] == ["cells.csv"]


@pytest.mark.parametrize("other", [["--seed", "8"], ["--games", "3"]])
def test_resume_of_another_sweep_is_neither_finished_nor_begun(run, tmp_path, other):
    target = tmp_path / "cells.csv"
    swept(run, target)
    before = target.read_bytes()
    result = run("sweep", *SMALL, *other, "--resume", "--out", str(target))
    assert result.status == 2
    assert "add --replace to write over it" in one_line(result.err)
    assert target.read_bytes() == before


def test_the_table_of_another_scenario_is_not_replaced(run, tmp_path):
    target = tmp_path / "cells.csv"
    swept(run, target)
    before = target.read_bytes()
    other = ["sweep", "after_taji", "--us", "all", "--games", "2", "--out", str(target)]
    result = run(*other)
    assert result.status == 2
    assert "add --replace to write over it" in one_line(result.err)
    assert target.read_bytes() == before


# --- in a process of its own


def started(target, *arguments, before=""):
    """The door in a process, and in a process group of its own."""
    program = f"{before}\nimport sys, main; sys.exit(main.main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", program, "sweep", *LONG, *arguments, "--text", "--out", str(target)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def wait_for(path, size):
    until = time.monotonic() + 30
    while not path.exists() or path.stat().st_size < size:
        assert time.monotonic() < until
        time.sleep(0.05)


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_killed_half_way_it_goes_on_where_it_was(run, tmp_path, monkeypatch, number):
    target, kept = tmp_path / "cells.csv", tmp_path / "cells.csv.sweep"
    with started(target, "--workers", "2") as process:
        wait_for(kept, 30_000)
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    there = {path.name for path in tmp_path.iterdir()}
    if number == signal.SIGINT:
        assert "--resume goes on with them" in one_line(out)
        assert there == {"cells.csv.sweep", "cells.partial.csv"}
        assert 2 < len(rows_of(tmp_path / "cells.partial.csv")) < 1200
    assert not target.exists()
    fewer = [*LONG, "--resume", "--text", "--out", str(target)]
    with monkeypatch.context() as patched:
        played = stopped_after(patched, 5, KeyboardInterrupt)
        result = run("sweep", *fewer)
    assert result.status == 130
    assert "Going on after" in result.out
    assert played == [*range(played[0], played[0] + 5)]
    numbers = [int(row["cell"]) for row in rows_of(tmp_path / "cells.partial.csv")]
    assert numbers == list(range(played[-1] + 1))


@posix
def test_a_file_that_may_not_grow_is_told(tmp_path):
    """A limit on the size of files does what a full disk does, in the real file system."""
    target = tmp_path / "cells.csv"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    with started(target, before=limit) as process:
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in err
    assert "cells that were finished are kept in it; make room and go on" in one_line(err)
    assert {path.name for path in tmp_path.iterdir()} <= {
        "cells.csv.sweep",
        "cells.csv.sweep-journal",
    }
