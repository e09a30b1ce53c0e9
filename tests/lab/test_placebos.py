"""Placebo players: they know what they are said to know, and a figure that one shows is empty."""

import numpy as np
import pytest

from game.lab.claims import Apart, apart, claims
from game.lab.moves import moves, of_seat
from game.lab.placebos import Placebo, placebo_players
from game.lab.propositions import OF_GAMES, placebo_findings
from game.lab.record import SCENARIO, covering
from game.lab.scores import baseline
from game.lab.told import told
from game.lab.trajectories import TrajectoryJob, simulate_trajectories
from game.lab.verdicts import Verdict
from game.lab.wording import placebo_word, tally_placebos
from game.rules.seats import SEATS

TURNS = 12


@pytest.fixture(scope="module")
def odds() -> dict:
    """By placebo, the moves of the first turns of the record as it foretells them."""
    scenario = covering()
    return {
        who: moves(
            scenario, seed=2, particles=64, turns=TURNS, players=placebo_players(scenario, who)
        )
        for who in Placebo
    }


def test_a_uniform_player_takes_any_legal_deed_alike(odds) -> None:
    for move in odds[Placebo.UNIFORM]:
        assert move.odds == pytest.approx(move.legal, abs=1e-4)


def test_a_lottery_is_each_seat_s_base_rates_whatever_happens(odds) -> None:
    """Among what is open its odds are the base rates, in calm weeks and in the crisis."""
    for seat in SEATS:
        known = told(covering())[seat].deeds
        fitted = np.concatenate([known[:16], np.zeros_like(known[:1])])
        rates = baseline("rates", fitted, np.ones(fitted.shape), 16)[-1]
        for move in of_seat(odds[Placebo.LOTTERY], seat):
            settled = (move.legal == 0) | (move.legal == move.legal.max())
            if settled.all():
                drawn = rates * (move.legal > 0)
                assert move.odds == pytest.approx(drawn / drawn.sum(), abs=0.01)


def test_without_passions_only_passions_are_gone(odds) -> None:
    """Before anything has happened the odds are nearly the doctrines'; after the killing Tehran
    owes no answer.
    """
    whole = moves(covering(), seed=2, particles=64, turns=14)
    players = placebo_players(covering(), Placebo.PASSIONLESS)
    calm = moves(covering(), seed=2, particles=64, turns=14, players=players)
    missile = covering().setting.rulebook.deed(SEATS[1], "missile_strike")
    by_turn = [[m.odds[missile] for m in of_seat(done, SEATS[1])] for done in (whole, calm)]
    assert by_turn[0][13] > 5 * by_turn[1][13]
    for player in players.values():
        assert (player.doctrine.anger, player.doctrine.fear, player.doctrine.duty) == (0, 0, 0)
        assert player.doctrine.values, "what it wants is left"
        assert player.is_as_people, "and the habits of people"


def test_a_placebo_s_games_do_not_depend_on_the_workers() -> None:
    job = TrajectoryJob(SCENARIO, 1100, 3, "balanced", 6, Placebo.LOTTERY)
    one, two = (simulate_trajectories(job, workers=workers) for workers in (1, 2))
    assert (one.attacks == two.attacks).all()
    other = simulate_trajectories(TrajectoryJob(SCENARIO, 1100, 3, "balanced", 6))
    assert (one.attacks != other.attacks).any()


def test_every_claim_of_free_games_is_asked_of_every_placebo() -> None:
    shown = {
        who: simulate_trajectories(TrajectoryJob(SCENARIO, 64, 1, "balanced", placebo=who))
        for who in Placebo
    }
    rows = placebo_findings(covering(), shown)
    assert set(rows) == {claim.measure for claim in claims() if claim.measure in OF_GAMES}
    assert all(set(row) == set(Placebo) for row in rows.values())


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        ([(Verdict.OUTSIDE, 5), (Verdict.INSIDE, 5)], Apart.EMPTY),
        ([(Verdict.OUTSIDE, 5), (Verdict.OPEN, 5)], Apart.UNSURE),
        ([(Verdict.OUTSIDE, 5), (Verdict.OPEN, 0)], Apart.APART),
        ([], Apart.UNTESTED),
    ],
)
def test_one_placebo_inside_makes_a_figure_empty(shown: list, word: Apart) -> None:
    assert apart(shown) is word


def row(verdict: Verdict, word: Apart, **placebos: Verdict) -> dict:
    return {
        "verdict": verdict,
        "apart": word,
        "is_open": False,
        "name": "some figure",
        "placebos": {who: {"verdict": v, "cases": 1, "figure": 0} for who, v in placebos.items()},
    }


def test_the_empty_ones_are_counted_apart_and_named() -> None:
    rows = [
        row(Verdict.INSIDE, Apart.APART, uniform=Verdict.OUTSIDE),
        row(Verdict.INSIDE, Apart.EMPTY, uniform=Verdict.INSIDE, lottery=Verdict.INSIDE),
        row(Verdict.OUTSIDE, Apart.EMPTY, uniform=Verdict.INSIDE, lottery=Verdict.OUTSIDE),
        row(Verdict.INSIDE, Apart.UNTESTED),
    ]
    said = tally_placebos(rows)
    assert "Of two figures inside, 1 are shown by the game's players and by no placebo" in said
    assert "1 are empty" in said
    assert "Of all 3 that placebos were asked, 2 are empty." in said
    assert said.endswith("Missed by the players and shown by a placebo: some figure.")
    assert placebo_word(rows[1]) == "EMPTY (uniform and lottery show it too)"
    assert placebo_word(rows[2]) == "EMPTY (uniform shows it too)"
    assert placebo_word(rows[0]) == "no placebo shows it"
