"""How an ensemble is cut and spread changes nothing but the time."""

from functools import cache

import numpy as np
import pytest

from game.content.lens import BALANCED, lens_ids
from game.futures.ensemble import Ensemble, Gathering, run_chunks
from game.rules.digest import game_digests
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from tests.common import SCENARIOS, cast, film, scenario, setting
from tests.futures.test_tally import table

GAMES = 150


@cache
def results(
    scenario_id: str, chunk: int, workers: int = 1, players: tuple[tuple[Seat, str], ...] = ()
) -> tuple[str, dict[str, object]]:
    """The hash and all tables of an ensemble."""
    gathering = Gathering(setting(scenario_id).turns, GAMES)
    ensemble = Ensemble(scenario_id, GAMES, 5, players)
    for part in run_chunks(ensemble, chunk=chunk, workers=workers):
        gathering.add(part)
    return gathering.state_hash, table(gathering.tally)


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_chunks_do_not_matter(scenario_id: str) -> None:
    whole = results(scenario_id, 4096)
    assert whole[1]["games"] == GAMES
    assert results(scenario_id, 17) == whole


def test_games_one_by_one_are_the_same_games() -> None:
    ensemble, sums = Ensemble("turn_zero", 24, 5), []
    for chunk in (1, 4096):
        gathering = Gathering(setting("turn_zero").turns, 24)
        for part in run_chunks(ensemble, chunk=chunk):
            gathering.add(part)
        sums.append((gathering.state_hash, table(gathering.tally)))
    assert sums[0] == sums[1]


@pytest.mark.parametrize(("scenario_id", "chunk"), [("turn_zero", 17), ("the_article", 40)])
def test_the_workers_do_not_matter(scenario_id: str, chunk: int) -> None:
    assert results(scenario_id, chunk, 2) == results(scenario_id, 4096)


def test_more_workers_than_chunks_do_not_matter() -> None:
    assert results("turn_zero", 4096, 2) == results("turn_zero", 4096)


def test_other_players_and_other_seeds_are_other_games() -> None:
    everyone = tuple((seat, "uniform") for seat in SEATS)
    assert results("turn_zero", 4096, 1, everyone) != results("turn_zero", 4096)
    one = Gathering(3, GAMES)
    for part in run_chunks(Ensemble("turn_zero", GAMES, 6)):
        one.add(part)
    assert one.state_hash != results("turn_zero", 4096)[0]


def test_named_players_are_those_of_the_library() -> None:
    everyone = tuple((seat, "uniform") for seat in SEATS)
    last = film("turn_zero", "uniform", 5, range(GAMES))[-1].state
    told = results("turn_zero", 4096, 1, everyone)[1]
    assert told["endings"] == np.bincount(last.ending, minlength=7).tolist()


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_game_k_alone_is_row_k(scenario_id: str) -> None:
    """A match, played to its end, ends with the digest of its row."""
    (chunk,) = run_chunks(Ensemble(scenario_id, GAMES, 5))
    for game in (0, 1, GAMES - 1):
        match = Match(scenario(scenario_id), cast(scenario_id, "people"), 5, game)
        while not match.ending:
            match.advance()
        assert game_digests(match.state)[0] == chunk.digests[game]


def test_digests_of_ended_games_are_those_of_their_last_turn() -> None:
    """However long the other games of their batch go on."""
    moments = film("the_article", "uniform", 1, range(512))
    final = moments[-1].state
    early = np.flatnonzero(final.ended_turn < setting("the_article").turns)
    assert early.size > 3
    for game in early[:5].tolist():
        then = moments[int(final.ended_turn[game])].state
        before = moments[int(final.ended_turn[game]) - 1].state
        assert game_digests(final)[game] == game_digests(then)[game]
        assert game_digests(final)[game] != game_digests(before)[game]


def test_rows_are_what_the_tables_count() -> None:
    ensemble, tables = Ensemble("turn_zero", GAMES, 5, rows=True), []
    for chunk in (40, 4096):
        parts = list(run_chunks(ensemble, chunk=chunk))
        tables.append(
            {
                name: np.concatenate([getattr(part.rows, name) for part in parts], axis=-1)
                for name in ("ending", "attacks", "us_dead", "us_wounded", "highest_rung", "marks")
            }
        )
    for name, values in tables[0].items():
        assert (values == tables[1][name]).all(), name
    told = results("turn_zero", 4096)[1]
    assert told["endings"] == np.bincount(tables[0]["ending"], minlength=7).tolist()
    assert told["us_dead"] == np.bincount(tables[0]["us_dead"].astype(int)).tolist()


@pytest.mark.parametrize("lens", lens_ids())
def test_a_lens_changes_the_games_and_the_cut_still_does_not_matter(lens: str) -> None:
    ensemble, hashes = Ensemble("the_article", 60, 5, lens=lens), []
    for chunk in (17, 4096):
        gathering = Gathering(12, 60)
        for part in run_chunks(ensemble, chunk=chunk):
            gathering.add(part)
        hashes.append(gathering.state_hash)
    assert hashes[0] == hashes[1]
    plain = Gathering(12, 60)
    for part in run_chunks(Ensemble("the_article", 60, 5)):
        plain.add(part)
    assert (hashes[0] == plain.state_hash) == (lens == BALANCED)


def test_a_part_of_the_games_has_its_own_hash() -> None:
    """Interrupted, an ensemble has the hash and the tables of the games that it has."""
    ensemble = Ensemble("turn_zero", GAMES, 5)
    parts = list(run_chunks(ensemble, chunk=50))
    some, fifty = Gathering(3, GAMES), Gathering(3, 50)
    some.add(parts[0])
    for part in run_chunks(Ensemble("turn_zero", 50, 5)):
        fifty.add(part)
    assert some.state_hash == fifty.state_hash
    assert table(some.tally) == table(fifty.tally)


def test_chunks_come_in_the_order_of_their_games() -> None:
    ensemble = Ensemble("turn_zero", GAMES, 5)
    for workers in (1, 2):
        parts = list(run_chunks(ensemble, chunk=40, workers=workers))
        assert [part.first for part in parts] == [0, 40, 80, 120]
        assert [part.digests.size for part in parts] == [40, 40, 40, 30]


def test_no_games_are_no_trouble() -> None:
    assert list(run_chunks(Ensemble("turn_zero", 0, 5), workers=2)) == []


def test_adding_a_part_twice_over_leaves_the_part_as_it_was() -> None:
    (part,) = run_chunks(Ensemble("turn_zero", 20, 5))
    before = table(part.tally)
    gathering = Gathering(3, 20)
    gathering.add(part)
    assert table(part.tally) == before
