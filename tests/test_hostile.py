"""A few seconds of the hostile suite; that it notices what breaks, and leaves the input."""

import random
from pathlib import Path

import pytest

from game.session import places
from tests.hostile import trial
from tests.hostile.suite import KINDS, Suite
from tests.hostile.trial import Answer, Failure, Trial, judge

LEAST = {"environments": 1}
"""Inputs tried of each kind, whatever the time; of the others, three."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("UV", raising=False)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_breaks_in_a_few_seconds(kind: str, tmp_path: Path) -> None:
    suite = Suite(kind, 1, tmp_path / "failures")
    suite.run(0, least=LEAST.get(kind, 3))
    suite.run(2)
    assert not suite.left, "\n".join(f"{path}: {told}" for path, told in suite.left.items())
    assert suite.tried >= LEAST.get(kind, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_tries_the_same(kind: str) -> None:
    first, second = (KINDS[kind](random.Random(5)) for _ in range(2))
    assert [next(first).told for _ in range(8)] == [next(second).told for _ in range(8)]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(1, "", "a word"), "another status"),
        (Answer(2, "", ""), "a mistake without a word"),
        (Answer(0, "", "Traceback (most recent call last)"), "no word for people"),
        (Answer(2, "", "1 validation error for Game"), "no word for people"),
        (Answer(2, "", "[Errno 13] x"), "no word for people"),
        (Answer(0, "all \x1b[2J well", ""), "reaches the terminal"),
    ],
)
def test_a_broken_promise_is_noticed(answer: Answer, why: str) -> None:
    with pytest.raises(Failure, match=why):
        judge(["a command"], answer)


def test_what_goes_wrong_leaves_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the list of matches fell over a file."""

    def falls(*_: object) -> None:
        raise KeyError("seat")

    monkeypatch.setattr(places, "summary", falls)
    suite = Suite("matches", 1, tmp_path)
    suite.run(0, least=1)
    ((folder, told),) = suite.left.items()
    assert "KeyError" in told
    assert (folder / "a.match").stat().st_size > 0
    left = (folder / "failure.txt").read_text(encoding="utf-8")
    assert "Traceback" in left
    assert "in falls" in left


def test_a_warning_is_wrong_too(tmp_path: Path) -> None:
    def warns(_folder: Path) -> None:
        trial.warnings.warn("overflow encountered", RuntimeWarning, stacklevel=1)

    assert "overflow encountered" in Trial("a warning", warns).failure()
    assert Trial("a file", lambda folder: None, {"a/b.txt": b"x"}).failure() == ""
    assert not list(tmp_path.iterdir())
