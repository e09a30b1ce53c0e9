"""The fuzzer for a few seconds; that it notices what breaks; and that its files reopen the game."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.rules import resolve as referee
from game.rules.games import Games
from game.rules.moment import Moment
from game.rules.tables import Tables
from tests import fuzz, invariants
from tests.fuzz import Case, Failure, Fuzzer, reopen, run

ROOT = Path(__file__).parents[1]


def told(fuzzer: Fuzzer) -> str:
    return "\n".join(
        f"{fuzz.MAIN} --reopen {path}: {Case.read(path).what}" for path in fuzzer.files
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_breaks_in_five_seconds(seed: int) -> None:
    fuzzer = Fuzzer(seed)
    run(fuzzer, 5)
    assert not fuzzer.files, told(fuzzer)
    assert fuzzer.turns > 50
    assert fuzzer.refused > 5


def test_the_same_seed_plays_the_same() -> None:
    first, second = Fuzzer(9), Fuzzer(9)
    for fuzzer in (first, second):
        for _ in range(3):
            fuzzer.round()
    assert (first.turns, first.refused) == (second.turns, second.refused)


# --- what the fuzzer leaves when something breaks


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A fuzzer that looks at nothing but what the test then gives it."""
    monkeypatch.setattr(invariants, "PROMISES", [])
    monkeypatch.setattr(fuzz, "refuse", lambda *_: False)
    monkeypatch.setattr(fuzz, "refuse_misshapen", lambda *_: None)
    return monkeypatch


def crash(folder: Path) -> Path:
    """The first file of a fuzzer, which must leave one soon."""
    fuzzer = Fuzzer(5, folder)
    run(fuzzer, 60, most_files=1)
    assert len(fuzzer.files) == 1
    return fuzzer.files[0]


def few_attacks(step: invariants.Step) -> invariants.Kept:
    yield "no game has more than three attacks", step.after.attacks - step.before.attacks <= 3


def test_a_broken_promise_leaves_a_file_that_reopens_it(
    tmp_path: Path, plain: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with plain.context() as broken:
        broken.setattr(invariants, "PROMISES", [few_attacks])
        path = crash(tmp_path)
        assert f"{fuzz.MAIN} --reopen {path}" in capsys.readouterr().out
        case = Case.read(path)
        assert case.what == "broken: no game has more than three attacks"
        assert len(case.games) == 1, "one game is enough to show it"
        content = json.loads(path.read_text())
        assert content["game"] == case.games[0]
        assert {"scenario", "seed", "turn", "orders"} <= content.keys()
        assert isinstance(reopen(case), Failure)
        # It breaks in the turn that the file names, and in none before.
        assert content["turn"] == len(case.orders)
        earlier = Case(case.scenario, case.seed, case.games, case.players, case.orders[:-1])
        assert reopen(earlier) is None
        assert fuzz.main(["--reopen", str(path)]) == 1
        shown = capsys.readouterr().out
        assert shown.count("\nTurn ") + shown.startswith("Turn ") == case.turn - 1
        assert "It goes wrong still: broken: no game has more than three attacks" in shown
    assert reopen(case) is None, "without the artificial promise nothing is wrong"
    assert fuzz.main(["--reopen", str(path)]) == 0


def test_a_crash_in_a_phase_leaves_a_file_that_reopens_it(
    tmp_path: Path, plain: pytest.MonkeyPatch
) -> None:
    def explode(g: Games, t: Tables, now: Moment) -> None:
        if now.number == 3 and (g.iraq_unrest > 0.2).any():
            raise ZeroDivisionError("an artificial one")

    with plain.context() as broken:
        broken.setattr(referee, "PHASES", (*referee.PHASES, explode))
        path = crash(tmp_path)
        case = Case.read(path)
        assert case.what == "ZeroDivisionError: an artificial one"
        assert isinstance(reopen(case), ZeroDivisionError)
        assert case.turn == 3
    assert reopen(case) is None


def test_illegal_orders_that_are_taken_leave_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "refuse_misshapen", lambda *_: None)
    with monkeypatch.context() as broken:
        broken.setattr(referee, "refusals", lambda *_, **__: [])
        path = crash(tmp_path)
        case = Case.read(path)
        assert case.tried is not None
        assert reopen(case) is not None
    assert reopen(case) is None


def test_inputs_that_change_leave_a_file(tmp_path: Path, plain: pytest.MonkeyPatch) -> None:
    def scribble(g: Games, t: Tables, now: Moment) -> None:
        g.channel[0, 1] = 0  # shared with the input: see games.UNTOUCHED

    with plain.context() as broken:
        broken.setattr(referee, "PHASES", (scribble, *referee.PHASES))
        case = Case.read(crash(tmp_path))
        assert "read-only" in case.what
        assert reopen(case) is not None


def test_warnings_are_failures(tmp_path: Path, plain: pytest.MonkeyPatch) -> None:
    def divide(g: Games, t: Tables, now: Moment) -> None:
        np.float32(1) / np.zeros_like(g.brink)

    with plain.context() as broken:
        broken.setattr(referee, "PHASES", (*referee.PHASES, divide))
        assert "RuntimeWarning" in Case.read(crash(tmp_path)).what


def test_by_hand(tmp_path: Path) -> None:
    """The two commands, from the project's folder."""
    done = subprocess.run(
        [sys.executable, "tests/fuzz.py", "--minutes", "0.01", "--seed", "3"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("seed 3\n"), done.stderr
    assert "game-turns" in done.stdout
    case = Case("turn_zero", 1, [5], "default", what="nothing, really")
    path = case.write(tmp_path)
    done = subprocess.run(
        [sys.executable, "tests/fuzz.py", "--reopen", str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "It does not go wrong any more." in done.stdout
