"""The propositions on trajectories made by hand, whose answers are known."""

import tomllib
from dataclasses import fields, replace

import numpy as np
import pytest

from game.futures.widths import Crossed
from game.lab import adopt
from game.lab.claims import Claim, Standing, claims, found
from game.lab.counting import Counted
from game.lab.crisis import happenings
from game.lab.moments import agreement, moments, simulated, unprovoked
from game.lab.posterior_uncertainty import drawn
from game.lab.propositions import OF_GAMES, findings
from game.lab.record import SCENARIO
from game.lab.strike import Strike
from game.lab.trajectories import Trajectories
from game.lab.verdicts import Verdict
from game.views.effects import Range
from tests.common import scenario

TURNS = 40
SHARES = ("leaderless", "momentum", "exposure", "rung")


def blank(games: int = 1) -> Trajectories:
    trajectories = Trajectories(
        **{
            f.name: np.zeros(
                (TURNS, games),
                np.float32 if f.name in SHARES else np.int32,
            )
            for f in fields(Trajectories)
        }
    )
    trajectories.on[:] = 1
    trajectories.exposure[:] = 1
    return trajectories


def counted(measure: str, trajectories: Trajectories):
    return OF_GAMES[measure](scenario(SCENARIO), trajectories)


def test_every_claim_has_its_measure_and_every_measure_its_claim() -> None:
    named = [claim.measure for claim in claims()]
    assert len(set(named)) == len(named)
    assert set(OF_GAMES) <= set(named)
    shown = findings(scenario(SCENARIO), blank(), Strike((), 0, Crossed()))
    assert [f.claim.measure for f in shown] == named
    assert len({claim.name for claim in claims()}) == len(named)
    assert {claim.number for claim in claims()} == set(range(1, 10)), "the tenth is of the moves"
    assert all(claim.source for claim in claims())


def test_attacks_resume_or_do_not() -> None:
    trajectories = blank(2)
    trajectories.strike[2] = 1
    trajectories.attacks[2] = 1, 1  # the strike's own turn is before or after it: nobody knows
    trajectories.attacks[3, 0] = 1
    assert (counted("resumed", trajectories).happened, counted("resumed", trajectories).cases) == (
        1,
        2,
    )


def test_a_death_is_answered_in_time_or_not() -> None:
    trajectories = blank(3)
    trajectories.deadly_to_americans[4] = 1
    trajectories.strike[5, 0] = 1
    trajectories.kill[6, 1] = 1  # two weeks later
    assert (
        counted("answered", trajectories).happened,
        counted("answered", trajectories).cases,
    ) == (1, 3)


def test_force_without_a_death_is_unprovoked() -> None:
    trajectories = blank(2)
    trajectories.strike[5] = 1
    trajectories.us_killed[4, 0] = 1
    assert unprovoked(scenario(SCENARIO), trajectories)[5].tolist() == [0, 1]
    trajectories.attacks[4] = 1
    told = counted("unanswered", trajectories)
    assert (told.happened, told.cases) == (0, 1), "the deadly turn is left out"


def test_force_is_held_against_calm_turns() -> None:
    """One death answered, one calm turn of attacks not: all the difference there can be."""
    trajectories = blank(1)
    trajectories.deadly_to_americans[4] = trajectories.us_killed[4] = trajectories.attacks[4] = 1
    trajectories.strike[5] = 1
    trajectories.attacks[18] = 1
    assert counted("answered_rise", trajectories).measured()[0] == 1
    trajectories.strike[19] = 1
    assert counted("answered_rise", trajectories).measured()[0] == 0


def test_a_killing_has_what_comes_before_and_after() -> None:
    """In the first game all goes as in January 2020; in the second a killing comes alone."""
    trajectories = blank(2)
    trajectories.us_killed[8, 0] = 1
    trajectories.kill[11] = 1
    for name in ("us_justified", "iran_threatened", "iran_protested"):
        getattr(trajectories, name)[11, 0] = 1
    trajectories.missile[13, 0] = trajectories.iran_justified[13, 0] = 1
    trajectories.sanction[13, 0] = 1
    trajectories.condemned[12, 0] = 1
    for measure in ("killings_provoked", "killings_justified", "revenged", "threatened"):
        assert (counted(measure, trajectories).happened, counted(measure, trajectories).cases) == (
            1,
            2,
        ), measure
    for measure in ("missiles_provoked", "missiles_justified", "let_be", "stepped_down"):
        assert counted(measure, trajectories).happened == 1, measure
        assert counted(measure, trajectories).cases == 1, measure
    for measure in ("revenged_rise", "spoke_rise", "protested_rise"):
        assert counted(measure, trajectories).measured()[0] == 0.5, measure
    assert counted("sanctioned_rise", trajectories).measured()[0] == 1


def test_a_deadly_barrage_is_held_against_a_harmless_one_and_lesser_fire() -> None:
    trajectories = blank(1)
    for turn in (4, 18, 30):
        trajectories.attacks[turn] = 1
    trajectories.barrage[4] = trajectories.barrage[18] = 1
    trajectories.deadly_to_americans[4] = trajectories.us_killed[4] = 1
    trajectories.strike[5] = trajectories.us_justified[5] = 1
    figures = {
        "deadly_barrages": 1,
        "barrages_answered": 0.5,
        "answered_at_once": 1,
        "strikes_rise": 1,
        "reasons_rise": 1,
        "force_provoked_rise": 1 - 1 / 39,  # the turn after the strike has the death behind it, too
    }
    for measure, figure in figures.items():
        assert counted(measure, trajectories).measured()[0] == pytest.approx(figure), measure


def test_missiles_after_a_killing_are_held_against_those_after_strikes() -> None:
    trajectories = blank(1)
    trajectories.us_killed[8] = 1
    trajectories.kill[11] = trajectories.missile[13] = trajectories.iran_justified[13] = 1
    trajectories.strike[22] = 1
    assert counted("beyond_strikes", trajectories).measured()[0] == 1
    assert counted("iran_reasons_rise", trajectories).measured()[0] == 1
    before = counted("killings_provoked_rise", trajectories).measured()[0]
    assert before == pytest.approx(1 - 4 / 39), "four other turns have the death behind them, too"
    trajectories.missile[23] = 1
    assert counted("beyond_strikes", trajectories).measured()[0] == 0


@pytest.mark.parametrize(
    ("name", "turn", "spoilt"),
    [
        ("strike_iran", 15, "stepped_down"),
        ("strike", 15, "let_be"),
        ("missile_killed", 13, "let_be"),
    ],
)
def test_what_goes_on_is_no_stepping_down(name: str, turn: int, spoilt: str) -> None:
    trajectories = blank(1)
    trajectories.missile[13] = 1
    assert counted(spoilt, trajectories).happened == 1
    getattr(trajectories, name)[turn] = 1
    assert counted(spoilt, trajectories).happened == 0
    again = blank(1)
    again.missile[[13, 20]] = 1
    assert counted("stepped_down", again).measured()[0] == 0.5, "not after the first"


def test_claims_move_to_facades_after_a_loss_only() -> None:
    trajectories = blank(1)
    trajectories.claims[1] = 1
    trajectories.leaderless[2:] = 0.3
    trajectories.facade[5] = 1
    trajectories.claims[6] = 1
    after = counted("facades_after", trajectories)
    assert (after.happened, after.cases) == (1, 2)
    rise = counted("facades_rise", trajectories)
    figure, interval = rise.measured()
    assert figure == pytest.approx(0.5) == (interval.low + interval.high) / 2


def test_figures_that_drift_are_those_of_later_turns() -> None:
    trajectories = blank(2)
    trajectories.missile[3] = 1
    trajectories.missile_wounded[3] = 20
    trajectories.revised[4, 0] = 7
    assert (counted("drifted", trajectories).happened, counted("drifted", trajectories).cases) == (
        1,
        2,
    )


def claim(says: Range, happened: int | None = 1, cases: int | None = 1) -> Claim:
    return Claim(
        number=1,
        text="",
        measure="any",
        name="",
        figure="",
        history="",
        source="here",
        happened=happened,
        cases=cases,
        value=None,
        says=says,
        standing=Standing.KNOWN,
        cites=(),
        is_open=False,
    )


def test_what_the_rules_knew_is_told_with_the_parameters_that_cite_it() -> None:
    """Whoever cites an event of the record for a number cannot be tested on it."""
    with adopt.PARAMETERS.open("rb") as file:
        sheet = tomllib.load(file)
    cited = {name for claim in claims() for name in claim.cites}
    for name in cited:
        group, key = name.split(".")
        assert sheet[group][key]["source"] != "judgement", name
    assert {"politics.show_of_force_odds", "force.warning_saves"} <= cited
    for claim in claims():
        assert not (claim.cites and claim.standing is Standing.TESTED), claim.measure
    assert any(claim.standing is Standing.FITTED for claim in claims())


def test_what_any_figure_would_meet_is_no_pass() -> None:
    anything = replace(claim(Range(0.05, 0.95), None, None), is_open=True)
    assert found(anything, shares(500, 1000)).verdict is Verdict.OPEN


def test_the_crisis_is_counted_as_the_timeline_has_it() -> None:
    trajectories = blank(200)
    trajectories.strike[5] = trajectories.strike[20] = trajectories.kill[10] = trajectories.missile[
        13
    ] = 1
    trajectories.missile_wounded[13] = 110
    trajectories.rung[13] = 8
    rows = {row["measure"]: row for row in happenings(scenario(SCENARIO), trajectories)}
    history = {"attacks": 39, "strikes": 2, "deaths": 2, "killings": 1, "missiles": 1}
    history |= {"killed": 4, "wounded": 110, "rung": 8}
    assert {name: row["history"] for name, row in rows.items()} == history
    assert {name for name, row in rows.items() if row["verdict"] == Verdict.OUTSIDE} == {
        "attacks",
        "deaths",
        "killed",
    }


def test_draws_of_the_fit_have_its_ranges() -> None:
    fit = adopt.load_adopted(adopt.CALIBRATION)
    points = drawn(fit, 4000, 1)
    for row, column in zip(fit["parameters"].values(), points.T, strict=True):
        assert row["prior_low"] <= column.min() <= column.max() <= row["prior_high"]
        inside = (column >= row["low_5"]) & (column <= row["high_95"])
        # Where an end of the range is the prior's own, nothing lies beyond it.
        beyond = (row["low_5"] > row["prior_low"]) + (row["high_95"] < row["prior_high"])
        assert inside.mean() == pytest.approx(1 - 0.05 * beyond, abs=0.02)
        assert (column < row["median"]).mean() == pytest.approx(0.5, abs=0.03)


def shares(happened: int, games: int) -> Counted:
    flags = np.arange(games) < happened
    return Counted(flags.astype(np.int64), np.ones(games, np.int64))


def test_more_games_only_sharpen_a_word() -> None:
    half = claim(Range(0.5, 1.0))
    words = [found(half, shares(round(0.53 * n), n)).verdict for n in (20, 200, 2000, 20000)]
    assert words == [Verdict.OPEN, Verdict.OPEN, Verdict.INSIDE, Verdict.INSIDE]
    words = [found(half, shares(round(0.47 * n), n)).verdict for n in (20, 200, 2000, 20000)]
    assert words == [Verdict.OPEN, Verdict.OPEN, Verdict.OUTSIDE, Verdict.OUTSIDE]


def test_a_word_asks_the_words_and_history() -> None:
    nothing = found(claim(Range(0, 1)), Counted(np.zeros(9), np.zeros(9)))
    assert nothing.verdict is Verdict.OPEN, "nothing is judged that no case shows"
    assert found(claim(Range(0, 1)), shares(900, 1000)).verdict is Verdict.INSIDE
    often = claim(Range(0, 1), 0, 10)
    assert found(often, shares(900, 1000)).verdict is Verdict.OUTSIDE, "history contradicts it"
    assert found(claim(Range(0.95, 1)), shares(900, 1000)).verdict is Verdict.OUTSIDE
    sign = claim(Range(0.5, 1), None, None)
    assert found(sign, shares(900, 1000)).verdict is Verdict.INSIDE
    assert sign.is_weak
    assert not claim(Range(0.5, 1), 25, 27).is_weak


def test_cases_of_one_game_count_as_one_where_they_go_together() -> None:
    """Ten cases a game, all alike within it: as wide as one case a game."""
    flags = np.arange(400) < 200
    apart = shares(200, 400).measured()[1]
    ten = np.full(400, 10)
    together = Counted(flags * ten, ten).measured()[1]
    assert together == pytest.approx(apart, abs=2e-3)
    mixed = Counted(np.random.default_rng(1).binomial(10, 0.5, 400), ten).measured()[1]
    assert mixed.high - mixed.low < (apart.high - apart.low) / 2


def test_the_record_itself_agrees_with_the_moments() -> None:
    trajectories = blank(3)
    trajectories.attacks[:6, :2] = 1
    trajectories.attacks[:3, 0] = 2  # nine by the ninth of December; the second game has six
    trajectories.attacks[7:10, :2] = 1
    trajectories.attacks[11:16, :2] = 2
    trajectories.deadly_to_americans[8, :2] = trajectories.us_killed[8, :2] = 1
    trajectories.strike[9, :2] = trajectories.kill[11, :2] = 1
    seen = scenario(SCENARIO)
    shown = dict(zip([m.id for m in moments()], simulated(seen, trajectories)[:, 0], strict=True))
    assert shown["afp_december"] == pytest.approx(9)
    assert shown["force"] == 2
    assert shown["unprovoked"] == 0
    best, second, calm = agreement(seen, trajectories)
    assert best > 0.9
    assert best > second > calm
