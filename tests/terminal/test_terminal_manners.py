"""Files of the user's own, the way the program was started, and lines on a window's edge."""

import json
import sys

import pytest

from game.report.match_sheets import SHEETS
from game.terminal import errors
from game.terminal.started import command, quote

SMALL = ["turn_zero", "--games", "4", "--text"]
JOBS = {
    "simulate-json": (["simulate", *SMALL, "--json"], "x.json"),
    "explore-json": (["explore", *SMALL, "--json"], "x.json"),
    "explore-csv": (["explore", *SMALL, "--csv"], "x.csv"),
    "sweep": (["sweep", *SMALL, "--us", "all", "--out"], "x.csv"),
    "cases-json": (["cases", "turn_zero", "--particles", "64", "--json"], "x.json"),
}


@pytest.mark.parametrize("job", JOBS)
def test_only_an_older_result_of_the_kind_is_written_over(run, tmp_path, job):
    arguments, name = JOBS[job]
    target = tmp_path / name
    target.write_text('{"my": "diary"}\n', encoding="utf-8")
    result = run(*arguments, str(target))
    assert result.status == 2
    assert "add --replace to write over it" in result.err
    assert target.read_text(encoding="utf-8") == '{"my": "diary"}\n'
    assert run(*arguments, str(target), "--replace").status == 0
    assert "diary" not in target.read_text(encoding="utf-8")
    assert run(*arguments, str(target)).status == 0, "a newer result takes the older one's place"


def test_an_empty_file_is_nobodys_work(run, tmp_path):
    target = tmp_path / "x.json"
    target.touch()
    assert run("simulate", *SMALL, "--json", str(target)).status == 0
    assert json.loads(target.read_text(encoding="utf-8"))["games"] == 4


def test_sheets_of_others_are_not_written_over(run, tmp_path, home):
    hold = ["", "hold", "", "", "", ""]
    run("play", "turn_zero", "--seat", "US", "--text", typed=["", "", *hold * 3, "n", "n"])
    (match,) = (home / "matches").glob("*.match")
    export = ["export", str(match), "--csv", str(tmp_path)]
    sheet = f"{SHEETS[0].name}.csv"
    (tmp_path / sheet).write_text("my,own\n1,2\n", encoding="utf-8")
    result = run(*export)
    assert result.status == 2
    assert sheet in result.err
    assert [path.name for path in tmp_path.iterdir()] == [sheet]
    assert run(*export, "--replace").status == 0
    assert run(*export).status == 0


def test_commands_are_told_as_the_program_was_started(run, monkeypatch):
    assert command("play") == "python main.py play"
    monkeypatch.setenv("UV", "/usr/bin/uv")
    assert command("play") == "uv run main.py play"
    assert "None yet. Begin one with: uv run main.py play" in run("matches").out
    assert "  uv run main.py whatif" in run("--help").out


def test_no_word_is_broken_at_the_edge_of_a_window(monkeypatch):
    monkeypatch.setattr(errors.shutil, "get_terminal_size", lambda *_: (50, 24))
    text = "a mistake that is told in a sentence longer than the window is wide, " * 3
    kept = "python main.py resume " + "x" * 80
    assert errors.folded(text) == text, "a pipe gets the line as it is"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(errors.shutil, "get_terminal_size", lambda *_: Size())
    lines = errors.folded(f"{text}\n{kept}").split("\n")
    assert max(map(len, lines[:-1])) <= 50
    assert " ".join(lines[:-1]).split() == text.split()
    assert lines[-1] == kept


class Size:
    """A small window."""

    columns = 50


def test_a_file_name_makes_no_lines_of_its_own(run, tmp_path):
    """Else a stranger's file could say in a line that all is well with another."""
    folder = tmp_path / "games\nall is well"
    folder.mkdir()
    (folder / "a\nall is well.match").write_bytes(b"")
    started = run("play", "turn_zero", "--seat", "US", "--folder", str(folder), "--text")
    listed = run("matches", "--folder", str(folder), "--text")
    told = started, listed, *(run("replay", str(path)) for path in folder.glob("a*"))
    for one in told:
        assert "\nall is well" not in one.out + one.err


@pytest.mark.parametrize(
    ("text", "windows", "unix"),
    [
        (r"C:\games\a.match", r"C:\games\a.match", r"'C:\games\a.match'"),
        (r"C:\Anna M\a.match", r'"C:\Anna M\a.match"', r"'C:\Anna M\a.match'"),
        ("a&b.match", '"a&b.match"', "'a&b.match'"),
        ("a.match", "a.match", "a.match"),
    ],
)
def test_a_suggested_command_can_be_typed_on_each_system(text, windows, unix):
    assert quote(text, windows=True) == windows
    assert quote(text, windows=False) == unix
