"""The words: for regions, for numbers of the record, for gains; one rule each."""

import numpy as np
import pytest

from game.lab.record import Used
from game.lab.verdicts import Gain, Verdict, compared, judged, ordinary
from game.lab.wording import count_verdict, gain_word, tempo_tested
from game.views.effects import Range


@pytest.mark.parametrize(
    ("interval", "word"),
    [
        ((0.6, 0.7), Verdict.INSIDE),
        ((0.5, 1.0), Verdict.INSIDE),
        ((0.4, 0.6), Verdict.OPEN),
        ((0.1, 0.4), Verdict.OUTSIDE),
    ],
)
def test_the_interval_says_where_a_figure_lies(interval, word) -> None:
    assert judged(Range(*interval), Range(0.5, 1.0)) is word


def test_a_lower_bound_is_not_missed_from_above() -> None:
    many, few = np.full(500, 30.0), np.full(500, 3.0)
    assert ordinary(9, many) is Verdict.OUTSIDE
    assert ordinary(9, many, is_floor=True) is Verdict.INSIDE
    assert ordinary(9, few) is ordinary(9, few, is_floor=True) is Verdict.OUTSIDE
    assert ordinary(9, np.full(500, 11.0), tolerance=2) is Verdict.INSIDE, "about nine"
    assert ordinary(9, few[:20]) is Verdict.OPEN, "20 games cannot tell 1 in 20 from none"


def test_gains_have_one_rule() -> None:
    assert compared(0.001, 0.5) is Gain.BETTER
    assert compared(-0.5, -0.001) is Gain.WORSE
    assert compared(-0.5, 0.5) is Gain.UNCLEAR, "a small mean alone does not make it as good"
    assert compared(-0.004, -0.001) is Gain.AS_GOOD, "sure, but a trifle"
    assert gain_word({"verdict": Gain.WORSE}) == "WORSE"


def count(period: Used, word: Verdict, *, is_floor: bool) -> dict:
    when = {"from": "2020-01-03", "to": "2020-04-02", "compiler": "they"}
    figures = {"count": 9, "mean": 9.0 if word is Verdict.INSIDE else 3.0}
    return {"period": period, "verdict": word, "is_floor": is_floor, **when, **figures}


def test_what_the_fit_has_seen_in_part_passes_no_test() -> None:
    rows = [count(Used.PARTLY, Verdict.INSIDE, is_floor=False) for _ in range(3)]
    rows += [count(Used.TESTED, Verdict.OUTSIDE, is_floor=False)]
    rows += [count(Used.TESTED, Verdict.INSIDE, is_floor=True)]
    told = tempo_tested(rows)
    assert "0 of one count inside; 1 of one lower bound reached" in told
    assert "three counts): wherever they lie, they pass no test" in told
    assert [count_verdict(row) for row in rows[3:]] == ["OUTSIDE", "reached"]
    rows[-1]["mean"] = 6.0
    assert count_verdict(rows[-1]) == "in reach, mean below"
    assert "In 1 of these the model's mean lies below the bound" in tempo_tested(rows)
