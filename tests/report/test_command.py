"""`main.py report` as a person types it."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import main
from game.report.writing import is_report

from . import made
from .reading import read


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def go(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        status = main.main(["report", *map(str, arguments), "--text"])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return go


QUICK = ("--futures", 5, "--lens", "balanced")


def test_a_simulated_game_is_told_of(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    done = run("turn_zero", "--game", 4, "--seed", 9, "-o", out, *QUICK)
    assert (done.status, done.err) == (0, "")
    assert f"{out}: " in " ".join(done.out.split()) + " "
    facts = [dd.text for dd in read(out.read_text(encoding="utf-8")).all("dd")]
    assert "9, game 4" in facts
    assert is_report(out)
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_game_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "1.html", tmp_path / "2.html"
    assert run("turn_zero", "--seed", 9, "-o", one, *QUICK).status == 0
    assert run("turn_zero", "--seed", 9, "-o", two, *QUICK).status == 0
    assert one.read_bytes() == two.read_bytes()


def test_a_match_and_its_parent_are_told_of(run: Run, tmp_path: Path) -> None:
    parent, child = made.files()
    before = parent.read_bytes(), child.read_bytes()
    out = tmp_path / "a.html"
    done = run(child, "--beside", parent, "-o", out, *QUICK)
    assert (done.status, done.err) == (0, "")
    assert "Two games side by side" in out.read_text(encoding="utf-8")
    assert (parent.read_bytes(), child.read_bytes()) == before


def refused(done: Result, *words: str) -> None:
    assert done.status == 2
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err
    for word in words:
        assert word in done.err


def test_mistakes_get_a_sentence(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    refused(run("turn_zero", "-o", tmp_path / "a.docx"), "--out", "end it with .html")
    refused(run("turn_zero", "-o", tmp_path), "no name for an HTML file")
    refused(run("turn_zero", "-o", tmp_path / "no" / "a.html"), "cannot be written")
    refused(run("nosuch", "-o", out), "nosuch")
    refused(run("turn_zero", "-o", out, "--lens", "nosuch"), "--lens", "nosuch")
    refused(run("turn_zero", "-o", out, "--us", "nosuch"), "--us", "nosuch")
    refused(run(tmp_path / "no.match", "-o", out), "no.match")
    other = ("--beside", made.files()[0])
    refused(run("turn_zero", "-o", out, *other), "--beside", "another scenario")
    assert list(tmp_path.iterdir()) == []


def test_other_work_is_left_alone(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    out.write_text("years of work")
    refused(run("turn_zero", "-o", out, *QUICK), "it is no report", "--replace")
    assert out.read_text() == "years of work"
    assert run("turn_zero", "-o", out, *QUICK, "--replace").status == 0
    assert run("turn_zero", "-o", out, *QUICK).status == 0, "a report gives way to a newer one"


def test_secrets_of_a_match_that_is_on_are_kept(run: Run, tmp_path: Path) -> None:
    from game.futures.cast import cast  # noqa: PLC0415
    from game.session.match import Match  # noqa: PLC0415

    path, out = tmp_path / "a.match", tmp_path / "a.html"
    match = Match.begin(path, "turn_zero", {}, cast, seed=1)
    refused(run(path, "-o", out), "no turn of this match has been played")
    match.advance()
    refused(run(path, "-o", out), "not over", "--unfinished")
    assert not out.exists()
    assert run(path, "-o", out, "--unfinished", *QUICK).status == 0
    assert "It is not over" in out.read_text(encoding="utf-8")
    match.end("The lesson is over")
    match.close()
    assert run(path, "-o", out, *QUICK).status == 0
    assert "It was ended early: The lesson is over." in out.read_text(encoding="utf-8")


def test_a_pdf_stands_beside_it(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="the extra `pdf` is not installed")
    out = tmp_path / "a.html"
    assert run("turn_zero", "-o", out, "--pdf", *QUICK).status == 0
    assert is_report(tmp_path / "a.pdf")


def test_without_the_printer_nothing_is_begun(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = run("turn_zero", "-o", tmp_path / "a.html", "--pdf")
    refused(done, "--pdf", "pip install weasyprint", "print it from there")
    assert list(tmp_path.iterdir()) == []


def test_twelve_turns_and_four_lenses_take_less_than_ten_seconds(run: Run, tmp_path: Path) -> None:
    lenses = ("--lens", "balanced", "deterrence", "proxy", "spiral")
    start = time.process_time()
    assert (
        run("the_article", "--seed", 3, "--game", 5, "-o", tmp_path / "a.html", *lenses).status == 0
    )
    assert time.process_time() - start < 10
    assert (tmp_path / "a.html").stat().st_size < 1_000_000
