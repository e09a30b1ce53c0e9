"""A teacher's scenario of another period, by data alone: what the rules make of it, with nothing
fitted to it and no rule that knows its days.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import play
from game.lab.count_scores import honesty
from game.lab.forecast import open_forecast
from game.lab.periods import Period, in_periods, months, turns
from game.lab.record import named_attacks, opening_days
from game.lab.roster import doctrines
from game.lab.trajectories import ROCKETEERS, record_trajectories
from game.players.base import Choice
from game.rules.luck import game_keys
from game.rules.seats import Seat

FIXTURE = Path(__file__).parent / "february_to_june.toml"
GAMES = 600
WEEKS = 6
"""Turns over which a truce is followed."""


@cache
def spring() -> Scenario:
    return open_forecast(str(FIXTURE))


@cache
def shown():
    return record_trajectories(spring(), doctrines(spring()), game_keys(1, range(GAMES)))


def by_month(scenario: Scenario, attacks: np.ndarray) -> tuple[tuple[Period, ...], np.ndarray]:
    weeks = turns(opening_days(scenario))
    every = months(Period(weeks[0].start, weeks[-1].end))
    return every, in_periods(attacks, weeks, every, np.random.default_rng(1))


def test_the_ranges_of_its_months_are_honest() -> None:
    """PIT of the months of February to June not rejected at 5 %."""
    every, counts = by_month(spring(), shown().attacks)
    came = np.array([named_attacks(*month) for month in every])
    assert len(every) == 5
    assert honesty(came, counts) >= 0.05, (came.tolist(), counts.mean(axis=1).tolist())


def test_a_record_of_other_months_would_be_found_out() -> None:
    """The same ranges do not pass for a spring of twice as many attacks."""
    every, counts = by_month(spring(), shown().attacks)
    came = np.array([round(2.2 * row.mean()) for row in counts])
    assert honesty(came, counts) < 0.05, every


class Keeps:
    """Orders a deed in one turn, where it may, and holds afterwards."""

    name = "keeps"

    def __init__(self, deed: str, turn: int) -> None:
        self._deed = spring().setting.rulebook.deed(Seat.MILITIA, deed)
        self._turn = turn

    def decide(self, _setting, observation, legal, _dice) -> Choice:
        choice = Choice.holding(legal.deed.shape[1])
        if observation.turn == self._turn:
            choice.deed = self._deed * legal.deed[self._deed].astype(np.intp)
        return choice


def followed(deed: str, turn: int, *, keeps: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Attacks by rockets after a turn in which the militias ordered a deed: (turns, games); whether
    a truce held as each of these turns began; and whether none did before (games,).
    """
    weeks = range(turn, turn + WEEKS) if keeps else (turn,)
    kept = play(
        spring().setting,
        doctrines(spring()),
        game_keys(1, range(GAMES)),
        until=turn + WEEKS,
        given={week: {Seat.MILITIA: Keeps(deed, turn)} for week in weeks},
        keep=("fire_attacks", "mil_truce"),
    ).kept
    rockets = kept["fire_attacks"][turn + 1 :, list(ROCKETEERS)].sum(axis=1)
    return rockets, kept["mil_truce"][turn:-1] > 0, kept["mil_truce"][turn - 1] == 0


@pytest.mark.parametrize("turn", [3, 10])
def test_a_declared_truce_clearly_lowers_the_attacks_while_it_is_kept(turn: int) -> None:
    """With the same luck: declared and kept, or held for once with the militias free afterwards.
    Interval without zero, by at least a third.
    """
    with_it, holds, free = followed("truce", turn, keeps=True)
    without, _, _ = followed("hold", turn, keeps=False)
    counted = holds & free
    assert counted[0].mean() > 0.2, "it outlives its own turn in many games"
    fewer = ((without - with_it) * counted).sum(axis=0)[free]
    low = fewer.mean() - 1.96 * fewer.std(ddof=1) / np.sqrt(fewer.size)
    assert low > 0
    assert (with_it * counted).sum() <= 2 / 3 * (without * counted).sum()


def test_attacks_depend_on_days_and_not_on_turns(tmp_path: Path) -> None:
    """The same months in turns of a fortnight: as many attacks, not half of them."""
    text = FIXTURE.read_text(encoding="utf-8")
    weeks = re.findall(r"\[\[turn\]\]\n.*?\n\n", text, re.DOTALL)
    for week in weeks[1::2]:
        text = text.replace(week, "")
    path = tmp_path / FIXTURE.name
    path.write_text(text, encoding="utf-8")
    coarse = open_forecast(str(path))
    assert len(coarse.turns) == (len(spring().turns) + 1) // 2
    other = record_trajectories(coarse, doctrines(coarse), game_keys(1, range(GAMES)))
    fine, rough = shown().attacks.sum(axis=0).mean(), other.attacks.sum(axis=0).mean()
    assert rough == pytest.approx(fine, rel=0.2)


def test_it_is_data_alone() -> None:
    """The fixture is none of the game's own scenarios, and names none of its events."""
    assert load_scenario(str(FIXTURE)).events == ()
    assert "events" not in FIXTURE.read_text(encoding="utf-8")
