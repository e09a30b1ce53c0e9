"""Games that follow the record, moves on it, trajectories of free games."""

import numpy as np
import pytest

from game.content.dealt import undrawn
from game.futures.cast import cast
from game.futures.ensemble import tally_games
from game.futures.follow import follow
from game.lab.cases import cases
from game.lab.moves import agreement, moves, of_seat
from game.lab.record import SCENARIO, recorded
from game.lab.roster import doctrines
from game.lab.trajectories import CHUNK, TrajectoryJob, simulate_trajectories
from game.players.library import HISTORY
from game.rules.luck import game_keys
from game.rules.seats import SEATS, Seat
from tests.common import scenario

GAMES = 96


def test_games_that_go_another_way_are_dropped() -> None:
    covering = scenario(SCENARIO)
    record = recorded(covering)
    script = cast(covering, dict.fromkeys(SEATS, HISTORY))
    path = follow(covering.setting, script, agreement(record), games=GAMES, seed=3)
    killed, keys = 0, set()
    for moment in path:
        turn = moment.state.turn
        if turn:
            killed += record[turn - 1].us_killed > 0
            dead = moment.outcome.us_killed > 0
            assert (dead == (record[turn - 1].us_killed > 0)).all()
            assert 0 < moment.agreed <= 1
        assert moment.state.games == GAMES
        fresh = set(moment.state.key.tolist())
        assert len(fresh) == GAMES, "no two games share their luck"
        assert not fresh & keys, "nor any with an earlier turn"
        keys |= fresh
        if turn == 24:
            break
    assert killed == 2


def test_odds_are_odds_and_the_same_seed_gives_the_same() -> None:
    covering = scenario(SCENARIO)
    done = moves(covering, seed=2, particles=GAMES, turns=6)
    assert [(m.turn, m.seat) for m in done] == [(t, s) for t in range(1, 7) for s in SEATS]
    for move in done:
        assert move.odds.sum() == pytest.approx(1, abs=1e-5)
        assert move.legal.sum() == pytest.approx(1, abs=1e-5)
        assert move.word_odds.sum() == pytest.approx(1, abs=1e-5)
    again = moves(covering, seed=2, particles=GAMES, turns=6)
    assert all((a.odds == b.odds).all() for a, b in zip(done, again, strict=True))
    other = moves(covering, seed=9, particles=GAMES, turns=6)
    assert any((a.odds != b.odds).any() for a, b in zip(done, other, strict=True))


def test_moves_are_those_of_the_scenario() -> None:
    covering = scenario(SCENARIO)
    done = moves(covering, seed=2, particles=16, turns=10)
    book = covering.setting.rulebook
    assert book.deeds[Seat.US][list(of_seat(done, Seat.US))[9].deed].id == "strike_fighters"
    assert book.deeds[Seat.MILITIA][list(of_seat(done, Seat.MILITIA))[8].deed].id == "barrage"


def test_a_film_counts_what_the_tally_counts() -> None:
    shown = simulate_trajectories(TrajectoryJob("the_article", 200, 4, "balanced"))
    known = undrawn(scenario("the_article"))
    tally, _ = tally_games(known.setting, doctrines(known), game_keys(4, range(200)))
    assert shown.games == 200
    assert int(shown.us_killed.sum()) == round(tally.us_dead.mean * 200)
    missiles = (shown.missile > 0).sum()
    assert int(shown.attacks.sum()) <= round(tally.attacks.mean * 200)
    assert (shown.on.sum(axis=1) == tally.playing_by_turn).all()
    assert missiles >= 0
    assert (shown.notice <= shown.missile).all()


def test_workers_and_chunks_change_nothing_in_a_film() -> None:
    asked = TrajectoryJob("turn_zero", CHUNK + 40, 4, "balanced")
    one, two = simulate_trajectories(asked), simulate_trajectories(asked, workers=2)
    for name in ("attacks", "us_killed", "strike", "leaderless", "momentum", "released"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name


@pytest.mark.parametrize("scenario_id", ["turn_zero", "the_article"])
def test_every_scenario_has_its_cases(scenario_id: str) -> None:
    told = cases(scenario(scenario_id), seed=1, particles=48)
    assert len(told) == 4 * len(scenario(scenario_id).turns)
    for case in told:
        assert 0 <= case.probability <= 1
        assert case.likeliest_probability >= case.probability - 1e-9
        assert bool(case.sentence) == case.is_surprising
    known = {(row.turn, row.seat): row.happened for row in scenario(scenario_id).history}
    assert {(c.turn, c.seat): c.happened for c in told if c.happened} == known
    assert any(case.is_surprising for case in told) or scenario_id == "turn_zero"
