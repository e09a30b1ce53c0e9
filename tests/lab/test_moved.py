"""What moved: verdicts, orders, and figures by the interval of their difference."""

import numpy as np
import pytest

from game.lab.changes import fingerprint, since
from game.lab.record import Used
from game.lab.run_comparison import compare_runs
from game.lab.samples import BLOCK, change, sample
from game.lab.scores import BASELINES
from game.lab.tables import Question
from game.rules.seats import SEATS
from game.views.handbook.measured import edited, outdated

SPLIT, TURNS = 16, 40


def result(share: float, *, seed: int, luck: int, verdict: str = "inside", lens: float = 0) -> dict:
    """A run in which one figure is a share of 2,000 games, and nothing else differs but by luck."""
    games = np.random.default_rng(luck).random(2000)
    happened = sample(games < share, np.ones(2000))
    gain = {"verdict": "better"}
    side = {"baselines": {name: {"gain": gain} for name in BASELINES}}
    steady = {seat.name: [-1.0, None] * (TURNS // 2) for seat in SEATS}
    leant = {seat.name: [-1.0 - lens, None] * (TURNS // 2) for seat in SEATS}
    scored = {"log": -1.0, "difference": {"verdict": "not clear"}}
    other = {"log": -1.0 - lens, "difference": {"verdict": "not clear"}}
    return {
        "seed": seed,
        "in_sample_turns": SPLIT,
        "propositions": [
            {
                "number": 4,
                "measure": "by_barrage",
                "name": "deaths by rockets that a barrage caused",
                "figure": share,
                "verdict": verdict,
                "sample": happened,
            }
        ],
        "tempo": [],
        "strike": [
            {
                "lens": "spiral",
                "mean": 0.5,
                "low": -1,
                "high": 1,
                "without": 8.0,
                "over_fit": None,
                "by_others": None,
                "sample": happened,
            }
        ],
        "scores": {question: {use: {"all": side} for use in Used} for question in Question},
        "by_turn": dict.fromkeys(("players", *BASELINES), steady),
        "lenses": [
            {"lens": "balanced", "by_turn": steady, **dict.fromkeys(Used, scored)},
            {"lens": "spiral", "by_turn": leant, **dict.fromkeys(Used, other)},
        ],
    }


def test_the_same_luck_shows_what_other_luck_hides() -> None:
    before = result(0.50, seed=1, luck=1)
    same = compare_runs(before, result(0.51, seed=1, luck=1))
    other = compare_runs(before, result(0.51, seed=2, luck=2))
    assert same.is_paired
    assert same.figures[0].is_clear
    assert not any(row.is_clear for row in other.figures)


def test_nothing_moved_where_nothing_changed() -> None:
    again = compare_runs(result(0.5, seed=1, luck=1), result(0.5, seed=1, luck=1))
    assert (again.figures, again.verdicts, again.orders) == ([], [], [])


def test_luck_alone_marks_no_more_than_it_should() -> None:
    """Two runs of one model with other luck: the interval holds zero in 19 of 20."""
    marked = 0
    for luck in range(200):
        shown = [np.random.default_rng([luck, run]).random(40 * BLOCK) < 0.3 for run in range(2)]
        old, new = (sample(flags, np.ones(flags.size)) for flags in shown)
        found = change(old, new, paired=False)
        marked += not found.low <= 0 <= found.high
    assert 2 <= marked <= 20


def test_a_difference_of_ratios_has_its_interval() -> None:
    luck = np.random.default_rng(3)
    flags, cases = luck.random((2, 4000)) < [[0.6], [0.5]]
    columns = (flags & cases, cases, flags & ~cases, ~cases)
    found = change(sample(*columns), sample(*columns), paired=True)
    assert found.before == found.now == pytest.approx(0, abs=0.05)
    assert found.low == found.high == 0
    assert change(sample(*(c[:200] for c in columns)), sample(*columns), paired=True) is None


def test_flips_and_orders_are_told_in_plain_words() -> None:
    before = result(0.5, seed=1, luck=1, lens=0.1)
    found = compare_runs(before, result(0.7, seed=1, luck=1, verdict="outside", lens=-0.1))
    assert ("4: deaths by rockets that a barrage caused", "inside", "outside") in found.verdicts
    assert found.orders[0][1:] == (["balanced", "spiral"], ["spiral", "balanced"])
    sizes = [row.size for row in found.figures if row.is_clear]
    assert sizes == sorted(sizes, reverse=True)
    assert found.by_chance == pytest.approx(0.05 * found.compared)
    assert any("strike of March" in row.name for row in found.figures)
    assert any("lens spiral" in row.name for row in found.figures)


def test_a_word_that_only_more_games_sharpened_is_not_told() -> None:
    before = result(0.5, seed=1, luck=1)
    assert (
        compare_runs(before, result(0.5, seed=1, luck=1, verdict="too close to call")).verdicts
        == []
    )
    assert compare_runs(before, result(0.7, seed=1, luck=1, verdict="too close to call")).verdicts


def test_a_parameter_changed_by_hand_is_named() -> None:
    today = fingerprint()
    assert since(today).describe("the fit") == []
    before = today["parameters"] | {"minds.anger_half_life": 7.0}
    told = since(today | {"parameters": before}).describe("the fit")
    now = today["parameters"]["minds.anger_half_life"]
    assert told[0] == f"Changed by hand since the fit: minds.anger_half_life 7 -> {now:g}."
    assert outdated(today) == []
    assert "minds.anger_half_life 7 ->" in outdated(today | {"parameters": before})[0]
    assert [str(row) for row in edited({"a.b": 1.0}, {})] == ["a.b 1 -> none"]


def test_other_rules_and_another_record_are_told_apart() -> None:
    today = fingerprint()
    assert since(today | {"model": "other"}) == ((), True, False)
    assert since(today | {"record": "other"}) == ((), False, True)
    gone = since(today | {"parameters": today["parameters"] | {"minds.gone": 1.0}})
    assert gone.rules, "a parameter that is gone is a change of the rules"
    assert outdated(today | {"figures": "other"}) == [
        "Other numbers of the rulebook have changed since."
    ]
