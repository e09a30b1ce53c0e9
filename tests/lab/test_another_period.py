"""A teacher's scenario of another period, by data alone: what the rules make of it, with nothing
fitted to it and no rule that knows its days.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.content.load import load_scenario
from game.lab.adopt import VALIDATION, load_adopted
from game.lab.another_period import (
    DECLARED,
    FILE,
    FREE,
    GAMES,
    HOLDING,
    another_period,
    describe_truce,
)
from game.lab.count_scores import honesty
from game.lab.forecast import open_forecast
from game.lab.periods import Period, in_periods, months, turns
from game.lab.record import opening_days
from game.lab.roster import doctrines
from game.lab.trajectories import record_trajectories
from game.rules.luck import game_keys


@cache
def found() -> dict[str, Any]:
    return another_period("balanced", 1)


@cache
def attacks() -> np.ndarray:
    """(turns, games) of the same games."""
    spring = open_forecast(str(FILE))
    return record_trajectories(spring, doctrines(spring), game_keys(1, range(GAMES))).attacks


def test_the_ranges_of_its_months_are_honest() -> None:
    """PIT of the months of February to June not rejected at 5 %."""
    told = found()["months"]
    assert [row["count"] for row in told["rows"]] == [3, 8, 1, 2, 6]
    assert told["honesty"] >= 0.05, told["rows"]


def test_a_record_of_other_months_would_be_found_out() -> None:
    """The same ranges do not pass for a spring of twice as many attacks."""
    weeks = turns(opening_days(open_forecast(str(FILE))))
    every = months(Period(weeks[0].start, weeks[-1].end))
    counts = in_periods(attacks(), weeks, every, np.random.default_rng(1))
    came = np.array([round(2.2 * row.mean()) for row in counts])
    assert honesty(came, counts) < 0.05, every


@pytest.mark.parametrize("place", range(len(DECLARED)))
@pytest.mark.parametrize("without", [FREE, HOLDING])
def test_a_declared_truce_clearly_lowers_the_attacks_while_it_is_kept(
    place: int, without: str
) -> None:
    """With the same luck: declared and kept, or held for once with the militias free afterwards;
    and beside militias that hold as long without one. Interval without zero, by at least a third.
    """
    row = found()["truces"][place]
    assert row["games"] > GAMES / 2
    assert row["turns"] > 2, "it outlives its own turn in many games"
    assert row[without]["high"] < 0
    assert row["with"] <= 2 / 3 * row[without]["without"]
    assert row["with"] - row[without]["without"] == pytest.approx(row[without]["mean"], abs=0.02)


def test_attacks_depend_on_days_and_not_on_turns(tmp_path: Path) -> None:
    """The same months in turns of a fortnight: as many attacks, not half of them; and in turns of
    half a week, not twice as many.
    """
    text = FILE.read_text(encoding="utf-8")
    weeks = re.findall(r"\[\[turn\]\]\n.*?\n\n", text, re.DOTALL)
    for week in weeks[1::2]:
        text = text.replace(week, "")
    path = tmp_path / FILE.name
    path.write_text(text, encoding="utf-8")
    coarse = open_forecast(str(path))
    assert len(coarse.turns) == (len(weeks) + 1) // 2
    other = record_trajectories(coarse, doctrines(coarse), game_keys(1, range(GAMES)))
    fine, rough = attacks().sum(axis=0).mean(), other.attacks.sum(axis=0).mean()
    assert rough == pytest.approx(fine, rel=0.2)
    days = found()["days"]
    assert days["whole"] == pytest.approx(fine, abs=0.01)
    assert days["halved"] == pytest.approx(fine, rel=0.1)


def test_it_is_data_alone() -> None:
    """The file is none of the game's own scenarios, and names none of its events."""
    assert load_scenario(str(FILE)).events == ()
    assert "events" not in FILE.read_text(encoding="utf-8")


def test_what_the_card_tells_of_it_is_what_comes_out() -> None:
    """The figures that are kept with the game are those of the rules as they are."""
    kept = load_adopted(VALIDATION)
    assert kept is not None
    assert kept["another_period"] == found()


def test_a_truce_is_told_beside_both() -> None:
    """Beside militias that are free, and such as hold without one."""
    free = {"without": 6.0, "mean": -4.0, "low": -4.2, "high": -3.8}
    holding = {"without": 4.0, "mean": -2.0, "low": -2.1, "high": -1.9}
    row = {"declared": "2020-02-22", "turns": 4.2, "with": 2.0, FREE: free, HOLDING: holding}
    assert describe_truce(row) == (
        "A truce that the militias declare on 22 February 2020 and keep: while it holds, which is "
        "4.2 of the six weeks after, there are 2.0 attacks; where they hold in that week and then "
        "do as they see fit, 6.0 (\N{MINUS SIGN}4.00 [\N{MINUS SIGN}4.20, \N{MINUS SIGN}3.80]; "
        "33 of 100 are left), and where they hold all along without one, 4.0 (\N{MINUS SIGN}2.00 "
        "[\N{MINUS SIGN}2.10, \N{MINUS SIGN}1.90]; 50 of 100 are left)."
    )
