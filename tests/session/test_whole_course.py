"""The course of a class's match, through the door as people use it: four seats at one keyboard,
killed in the middle, taken up, finished, forked, finished again, and both lines in one report.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import main
from game.rules.seats import SEATS, Seat
from game.session.home import HOME
from game.session.view import MatchView, Status

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

DOOR = [sys.executable, main.__file__]
SCENARIO = "ten_days_in_january"
TURNS = 5
FORKED_AT = 3
QUESTION = re.compile(r"([^\n]+?) \[[^\]\n]*\] \Z")
"""What the game asks, at the end of all that it has printed."""
WHO = re.compile(r"Pass the keyboard to [^\n]*\((US|IRAN|MILITIA|IRAQ)\)")
FIRST: dict[str, list[str]] = {
    "US": ["strike_depots", "kill_commander", "hold", "harden", "ease"],
    "IRAN": ["arm", "rally", "missile_strike", "hold", "seek_talks"],
    "MILITIA": ["harass", "harass", "hold", "barrage", "truce"],
    "IRAQ": ["investigate", "guard", "mediate", "mediate", "hold"],
}
"""The deeds of every seat, a turn each."""
ANOTHER = FIRST | {"IRAN": ["arm", "rally", "seek_talks", "hold", "hold"]}
"""The same but for Tehran, which turns to talks in the third turn."""


class Ended(Exception):
    """The program is done."""


class Class:
    """Four people around one keyboard, who answer what is asked."""

    def __init__(self, deeds: dict[str, list[str]], *arguments: str) -> None:
        self._deeds = deeds
        self._done = set[tuple[int, str]]()
        self.seen = ""
        self._process = subprocess.Popen(
            [*DOOR, *arguments, "--text"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def play(self, until: Callable[["Class", str], bool] = lambda _class, _asked: False) -> str:
        """Answers until the end, or a question before which they stop; returns all that was shown.

        Raises:
            AssertionError: the program ended with another status than 0.
        """
        with suppress(Ended):
            while not until(self, asked := self._question()):
                self._say(self._answer(asked))
            return self.seen
        assert self._process.wait(30) == 0, self.seen[-2000:]
        return self.seen

    def kill(self) -> None:
        """Ends the program as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        assert self._process.wait(30) == -signal.SIGKILL

    def close(self) -> None:
        """Leaves no process behind."""
        self._process.kill()
        self._process.communicate()

    @property
    def turn(self) -> int:
        """The turn that the last page was of."""
        return int(re.findall(r"== Turn (\d+) of", self.seen)[-1])

    @property
    def seat(self) -> str:
        """Who has the keyboard."""
        return WHO.findall(self.seen)[-1]

    def _question(self) -> str:
        while not (asked := QUESTION.search(self.seen[-500:])):
            assert self._process.stdout is not None
            if not (more := os.read(self._process.stdout.fileno(), 65536)):
                raise Ended
            self.seen += more.decode("utf-8", "replace")
        return asked[1]

    def _say(self, words: str) -> None:
        assert self._process.stdin is not None
        self.seen += "\n"
        self._process.stdin.write(f"{words}\n".encode())
        self._process.stdin.flush()

    def _answer(self, asked: str) -> str:
        if asked.startswith("Your action?"):
            moment = self.turn, self.seat
            assert moment not in self._done, self.seen[-500:]  # it would be asked for ever
            self._done.add(moment)
            return self._deeds[self.seat][self.turn - 1]
        if asked.endswith((" the Iraqi government?", " the militias?")):
            return "30 20 10"
        return "no" if asked.startswith("See ") else ""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The class's own folder of matches."""
    monkeypatch.setenv(HOME, str(tmp_path))
    return tmp_path / "matches"


@pytest.fixture
def seated() -> Iterator[Callable[..., Class]]:
    """Seats a class at the keyboard; nothing that was begun is left running."""
    begun = list[Class]()

    def sit(*arguments: object, **more: dict[str, list[str]]) -> Class:
        begun.append(Class(more.get("deeds", FIRST), *map(str, arguments)))
        return begun[-1]

    yield sit
    for one in begun:
        one.close()


def door(*arguments: object) -> str:
    """Runs a command to its end."""
    done = subprocess.run(
        [*DOOR, *map(str, arguments), "--text"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def deeds(match: MatchView) -> dict[str, list[str]]:
    """What every seat did, turn by turn."""
    return {
        seat.name: [row.deed for row in match.match_state.ordered if row.seat is seat]
        for seat in SEATS
    }


def test_a_class_plays_is_cut_off_goes_on_forks_and_compares(
    home: Path, tmp_path: Path, seated: Callable[..., Class]
) -> None:
    seats = [word for seat in SEATS for word in ("--seat", seat.name)]
    cut = seated("play", SCENARIO, *seats, "--seed", 11)
    cut.play(
        lambda it, asked: (
            "Your public statement?" in asked and it.turn == 3 and it.seat == "MILITIA"
        )
    )
    cut.kill()
    (path,) = home.glob("*.match")
    left = MatchView.read(path)
    assert len(left.played) == 2
    assert left.waiting_for == (Seat.MILITIA, Seat.IRAQ), "what two had committed is there"

    told = seated("resume").play()
    assert "The match goes on where it was left. Two turns have been played." in told
    assert "Pass the keyboard to Washington" not in told.split("Pass the keyboard")[1]
    match = MatchView.read(path)
    assert match.status is Status.ENDED
    assert deeds(match) == {name: rows[: len(match.played)] for name, rows in FIRST.items()}
    assert [turn.hash for turn in match.match_state.turns][:2] == [
        t.hash for t in left.match_state.turns
    ]
    assert "Every turn, adjudicated again, comes out as it was recorded." in " ".join(
        door("replay", path).split()
    )

    said = door("fork", path, "--turn", FORKED_AT)
    (child,) = set(home.glob("*.match")) - {path}
    assert child.name in said
    seated("resume", child, deeds=ANOTHER).play()
    fork = MatchView.read(child)
    assert fork.status is Status.ENDED
    assert deeds(fork) == {name: rows[: len(fork.played)] for name, rows in ANOTHER.items()}
    assert [t.hash for t in fork.match_state.turns][:2] == [
        t.hash for t in match.match_state.turns
    ][:2]
    assert fork.match_state.turns[2].hash != match.match_state.turns[2].hash

    report = tmp_path / "both.html"
    door("report", child, "--beside", path, "-o", report, "--futures", 2, "--lens", "balanced")
    shown = re.sub(r"<[^>]+>", " ", report.read_text(encoding="utf-8"))
    told = " ".join(shown.split()).split("Two games side by side")[-1][:1500]
    assert f"forked after turn {FORKED_AT - 1}" in told
    assert f"Their orders differ from turn {FORKED_AT} on." in told
    assert f"Where they parted: turn {FORKED_AT}" in told
    assert "Tehran let it be known that it would talk." in told
    assert re.search(r"Iran fired \w+ rounds at", told), "the other line, beside it"
