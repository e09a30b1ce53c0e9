"""The words: for regions, for numbers of the record, for gains; one rule each."""

import numpy as np
import pytest

from game.lab.monthly import describe_months
from game.lab.record import Used
from game.lab.verdicts import Gain, Verdict, compared, judged, ordinary
from game.lab.wording import (
    count_verdict,
    describe_scores,
    describe_silence,
    describe_variants,
    gain_digits,
    gain_interval,
    gain_told,
    gain_word,
    strike_word,
    tempo_tested,
)
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
    assert compared(0.8, 0.9, 3) is Gain.FEW, "three turns agree by accident"
    assert compared(0.8, 0.9, 10) is Gain.BETTER
    assert compared(-0.5, 0.5) is Gain.UNCLEAR, "a small mean alone does not make it as good"
    assert compared(-0.004, -0.001) is Gain.AS_GOOD, "sure, but a trifle"
    assert gain_word({"verdict": Gain.WORSE, "low": -0.5, "high": -0.1}) == "WORSE"
    assert gain_word({"verdict": Gain.BETTER, "low": 0.002, "high": 0.3}) == "barely better"


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


def gained(moves: int, mean: float, low: float, high: float, turns: int = 0) -> dict:
    gain = {"mean": mean, "low": low, "high": high, "verdict": compared(low, high, turns)}
    return {Used.TESTED: {"all": {"moves": moves, "baselines": {"rates": {"gain": gain}}}}}


def test_a_gain_that_silence_makes_is_told_as_such() -> None:
    whole, told = gained(80, 0.15, 0.02, 0.28), gained(60, 0.05, -0.1, 0.2)
    text = describe_silence({"deeds": whole, "told": told})
    assert "in 20 of the 80 turns" in text
    assert "over the 60 of which a source tells it is +0.05" in text
    assert "on the silent ones alone it comes to +0.45 a turn, 75 of 100 of the whole gain" in text
    assert text.endswith("the gain cannot be told from none.")
    sure = describe_silence({"deeds": whole, "told": gained(60, 0.15, 0.01, 0.3)})
    assert sure.endswith("the gain stays above zero.")
    worse = describe_silence({"deeds": whole, "told": gained(60, -0.1, -0.2, 0.1)})
    assert "of the whole gain" not in worse, "more than all of it has no share"
    every = describe_silence({"deeds": whole, "told": whole})
    assert every == "In none of these turns is silence of the sources taken for holding."


def test_a_seat_s_gain_is_told_without_silence_too() -> None:
    """… and of fewer than ten turns there is no interval."""
    whole, told = gained(80, 0.15, 0.02, 0.28), gained(60, 0.05, -0.1, 0.2)
    for scores, side, row in (
        (whole, "IRAN", gained(16, 0.30, 0.25, 0.35)),
        (told, "IRAN", gained(2, 0.89, 0.88, 0.90, turns=2)),
        (whole, "US", gained(17, 0.30, -0.1, 0.7)),
        (told, "US", gained(12, 0.30, -0.1, 0.7)),
    ):
        scores[Used.TESTED][side] = row[Used.TESTED]["all"]
    text = describe_silence({"deeds": whole, "told": told})
    assert "a source tells: IRAN +0.89, too few turns to tell (two turns)." in text
    few = told[Used.TESTED]["IRAN"]["baselines"]["rates"]["gain"]
    assert (gain_interval(few), gain_told(few)) == ("-", "+0.89")
    for scores in (whole, told):
        for row in scores[Used.TESTED].values():
            row["baselines"] |= dict.fromkeys(("so_far", "window"), row["baselines"]["rates"])
    text = describe_scores({"deeds": whole, "told": told}, 20)
    assert "These are 20 comparisons: where nothing differs, about one in twenty" in text


def test_a_gain_beside_zero_is_printed_alike_everywhere() -> None:
    """In a sentence, in a table and on the card, with the digit that its word hangs on."""
    text = describe_silence({"deeds": gained(80, 0.14, 0.002, 0.28), "told": gained(60, 0, -1, 1)})
    assert "+0.140 [+0.002, +0.280], barely better" in text
    assert gain_digits({"low": 0.002, "high": 0.28}) == 3
    assert gain_digits({"low": 0.02, "high": 0.28}) == gain_digits({"low": 0.0, "high": 1.0}) == 2


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (
            -0.05,
            0.32,
            "Whether the players foretell what was done better than base rates or worse: "
            "the sign is not known from these weeks. The gain is +0.14 [−0.05, +0.32], and its "
            "interval holds zero.",
        ),
        (
            0.05,
            0.32,
            "From February on the players foretell what was done better than base rates do.",
        ),
        (
            -0.32,
            -0.05,
            "From February on the players foretell what was done WORSE than base rates do.",
        ),
    ],
)
def test_whether_the_players_beat_base_rates_is_said_plainly(low, high, told) -> None:
    """First of all that is said of the gains; the card has the same sentence."""
    whole = gained(80, 0.14 if high > 0 else -0.2, low, high)
    row = whole[Used.TESTED]["all"]
    row["baselines"] |= dict.fromkeys(("so_far", "window"), row["baselines"]["rates"])
    assert describe_scores({"deeds": whole, "told": whole}, 20).startswith(f"{told} Of what was")


def test_what_choosing_among_variants_did_is_told() -> None:
    """How well all of them did that anybody looked at, and where the kept one stands among them."""
    rows = [("a", -0.2, "all", False), ("b", 0.3, "all", False), ("c", 0.1, "known", True)]
    rows += [("d", 0.12, "known", False)]
    keys = ("name", "gain", "scored_on", "kept")
    named = [dict(zip(keys, row, strict=True)) for row in rows]
    text = describe_variants({"number": 9, "without_figure": 5, "named": named})
    assert text.startswith("Nine variants of the choice model were tried")
    assert "of five of them no figure was kept" in text
    assert "Over all four others the gain over base rates goes from −0.20 to +0.30." in text
    assert "this one: c. Its gain was +0.10; two of them had more." in text
    assert "two variants that were scored on the same turns as it, it goes from +0.10" in text
    assert "no interval here allows for that" in text


def struck(fit: tuple[float, float], others: tuple[float, float], error: float = 0.0) -> dict:
    """A row of the strike of March that lowered attacks by half an attack, luck aside."""
    ends = ("low_5", "high_95")
    return {
        **{"mean": -0.5, "low": -0.6, "high": -0.4, "without": 5.0},
        "over_fit": dict(zip(ends, fit, strict=True)),
        "by_others": dict(zip(ends, others, strict=True)) | {"error": error},
    }


def test_the_strike_s_word_is_by_all_numbers_that_nobody_knows() -> None:
    """As a what-if of the same strike has it, and not by the fitted ones alone."""
    assert strike_word(struck((-0.8, -0.2), (-1.0, -0.1))) == "fewer"
    assert strike_word(struck((-0.8, -0.2), (-1.0, 0.2))) == "sign not known"
    assert strike_word(struck((-0.8, -0.2), (-1.0, -0.1), error=0.2)) == "sign not known"


def months_scored(ours: list[float], constant: list[float], varied: list[float]) -> dict:
    names = ("model", "constant_rate", "gamma_poisson")
    rows = [
        {"low_5": 0, "high_95": 9, "count": 5, "crps": dict(zip(names, scores, strict=True))}
        for scores in zip(ours, constant, varied, strict=True)
    ]
    means = {name: float(np.mean([row["crps"][name] for row in rows])) for name in names}
    return {"rows": rows, "crps": means, "honesty": 0.3}


def test_it_is_said_plainly_where_simple_guesses_do_as_well() -> None:
    alike = describe_months(months_scored([1.0, 3.0, 2.0], [3.0, 1.0, 1.9], [2.0, 1.0, 3.1]))
    assert "The model is not better than either of these simple guesses; three months" in alike
    worse = describe_months(months_scored([2.0, 2.1, 2.2], [1.0, 1.1, 1.2], [2.0, 2.2, 2.1]))
    assert "not better than either of these simple guesses, and worse than a constant rate" in worse
    few = [[2.0, 3.4, 1.6, 3.0, 2.5], [1.0, 1.0, 1.0, 1.0, 2.5], [2.0, 3.4, 1.6, 3.0, 2.5]]
    unsure = describe_months(months_scored(*few))
    assert "and worse than" not in unsure, "2.7 standard errors of five months are too few"
    better = describe_months(months_scored([1.0, 1.1, 1.2], [2.0, 2.1, 2.2], [1.0, 1.2, 1.1]))
    assert "The model is better than a constant rate; three months cannot tell it" in better
