"""The propositions on films made by hand, whose answers are known."""

from dataclasses import fields

import numpy as np
import pytest

from game.validation.claims import Claim, claims, found
from game.validation.counting import Counted
from game.validation.film import Film
from game.validation.intervals import Range
from game.validation.moments import agreement, moments, simulated, unprovoked
from game.validation.propositions import OF_GAMES, findings
from game.validation.record import SCENARIO
from game.validation.strike import Strike
from game.validation.verdicts import Verdict
from tests.common import scenario

TURNS = 40


def blank(games: int = 1) -> Film:
    film = Film(
        **{
            f.name: np.zeros(
                (TURNS, games),
                np.float32 if f.name in ("leaderless", "momentum", "exposure") else np.int32,
            )
            for f in fields(Film)
        }
    )
    film.on[:] = 1
    film.exposure[:] = 1
    return film


def counted(measure: str, film: Film):
    return OF_GAMES[measure](scenario(SCENARIO), film)


def test_every_claim_has_its_measure_and_every_measure_its_claim() -> None:
    named = [claim.measure for claim in claims()]
    assert len(set(named)) == len(named)
    assert set(OF_GAMES) <= set(named)
    shown = findings(scenario(SCENARIO), blank(), Strike((), 0))
    assert [f.claim.measure for f in shown] == named
    assert len({claim.name for claim in claims()}) == len(named)
    assert {claim.number for claim in claims()} == set(range(1, 10)), "the tenth is of the moves"
    assert all(claim.source for claim in claims())


def test_attacks_resume_or_do_not() -> None:
    film = blank(2)
    film.strike[2] = 1
    film.attacks[2] = 1, 1  # the strike's own turn is before or after it: nobody knows
    film.attacks[3, 0] = 1
    assert (counted("resumed", film).happened, counted("resumed", film).cases) == (1, 2)


def test_a_death_is_answered_in_time_or_not() -> None:
    film = blank(3)
    film.deadly_to_americans[4] = 1
    film.strike[5, 0] = 1
    film.kill[6, 1] = 1  # two weeks later
    assert (counted("answered", film).happened, counted("answered", film).cases) == (1, 3)


def test_force_without_a_death_is_unprovoked() -> None:
    film = blank(2)
    film.strike[5] = 1
    film.us_killed[4, 0] = 1
    assert unprovoked(scenario(SCENARIO), film)[5].tolist() == [0, 1]
    film.attacks[4] = 1
    told = counted("unanswered", film)
    assert (told.happened, told.cases) == (0, 1), "the deadly turn is left out"


def test_claims_move_to_facades_after_a_loss_only() -> None:
    film = blank(1)
    film.claims[1] = 1
    film.leaderless[2:] = 0.3
    film.facade[5] = 1
    film.claims[6] = 1
    after = counted("facades_after", film)
    assert (after.happened, after.cases) == (1, 2)
    rise = counted("facades_rise", film)
    figure, interval = rise.measured()
    assert figure == pytest.approx(0.5) == (interval.low + interval.high) / 2


def test_figures_that_drift_are_those_of_later_turns() -> None:
    film = blank(2)
    film.missile[3] = 1
    film.missile_wounded[3] = 20
    film.revised[4, 0] = 7
    assert (counted("drifted", film).happened, counted("drifted", film).cases) == (1, 2)


def claim(says: Range, happened: int | None = 1, cases: int | None = 1) -> Claim:
    return Claim(1, "", "any", "", "", "", "here", happened, cases, None, says)


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
    film = blank(3)
    film.attacks[:6, :2] = 1
    film.attacks[:3, 0] = 2  # nine by the ninth of December; the second game has six
    film.attacks[7:10, :2] = 1
    film.attacks[11:16, :2] = 2
    film.deadly_to_americans[8, :2] = film.us_killed[8, :2] = 1
    film.strike[9, :2] = film.kill[11, :2] = 1
    seen = scenario(SCENARIO)
    shown = dict(zip([m.id for m in moments()], simulated(seen, film)[:, 0], strict=True))
    assert shown["afp_december"] == pytest.approx(9)
    assert shown["force"] == 2
    assert shown["unprovoked"] == 0
    best, second, calm = agreement(seen, film)
    assert best > 0.9
    assert best > second > calm
