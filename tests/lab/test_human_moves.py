"""How well the doctrines foretell what people ordered in kept matches."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.content.load import doctrine_ids
from game.lab.happened import of_match
from game.lab.human_moves import HumanMove, human_moves, human_scores
from game.lab.measures import MEASURES
from game.players.base import decide, options
from game.players.doctrine import DoctrinePlayer
from game.players.library import player
from game.rules.seats import Seat
from game.session.view import MatchView

HOLD = ["", "hold", "", "", "", ""]


@pytest.fixture
def match(run, home) -> Path:
    """A finished practice game in which somebody held as Washington all along."""
    play = ["play", "turn_zero", "--seat", "US", "--seed", "7", "--text"]
    run(*play, typed=["", "", *HOLD * 3, "n", "n"])
    (path,) = (home / "matches").glob("*.match")
    return path


def move(match: int, deed: str, odds: float, seat: Seat = Seat.US) -> HumanMove:
    return HumanMove(
        match, seat, 1, deed, ("hold", "harden", "aid", "sanction"), "own", {"own": odds}
    )


def said(text: str) -> str:
    return " ".join(text.split())


def test_odds_are_those_by_which_the_doctrine_plays(match: Path) -> None:
    """From what the seat saw before each turn, and from nothing else."""
    seen = MatchView.read(match)
    moves = list(human_moves(0, seen))
    assert [(m.turn, m.seat, m.deed) for m in moves] == [(t, Seat.US, "hold") for t in (1, 2, 3)]
    setting = seen.scenario.setting
    who = player(moves[0].own, Seat.US, seen.scenario)
    assert isinstance(who, DoctrinePlayer)
    first = seen.played[0].before
    games = first.take(np.zeros(4000, np.intp))
    games.key = np.random.default_rng(1).integers(0, 2**63, 4000).astype(first.key.dtype)
    chosen = decide(who, setting, games, None, Seat.US)
    assert (chosen.deed == 0).mean() == pytest.approx(moves[0].odds[moves[0].own], abs=0.03)
    may = options(setting, first, Seat.US).deed[:, 0]
    assert len(moves[0].legal) == may.sum()


def test_only_what_people_ordered_themselves_is_scored(match: Path) -> None:
    """What the clock gave for them is no choice of theirs."""
    seen = MatchView.read(match)
    rows = seen.match_state.ordered
    place = next(k for k, row in enumerate(rows) if (row.turn, row.seat) == (2, Seat.US))
    rows[place] = rows[place].model_copy(update={"given_by": "clock"})
    assert [m.turn for m in human_moves(0, seen)] == [1, 3]


def test_a_folder_is_scored_seat_by_seat(run, match: Path, tmp_path) -> None:
    target = tmp_path / "s.json"
    result = run("score", str(match.parent), "--json", str(target), "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["matches"] == [match.name]
    assert [row["seat"] for row in data["seats"]] == ["US", "all"]
    (us, every) = data["seats"]
    assert us["moves"] == every["moves"] == 3
    assert us["own"] == us["doctrines"]["proportionate_reply"]
    assert set(us["doctrines"]) == {n for n, of in doctrine_ids().items() if of is Seat.US}
    assert us["gain"]["uniform"]["low"] is None, "one match tells of no luck"
    assert "Played by people: one match, three moves." in said(result.out)
    alone = run("score", str(match), "--text")
    assert alone.status == 0, alone.err
    assert f"own {us['own']:.2f}".replace("-", "\N{MINUS SIGN}") in said(alone.out)


def test_matches_that_are_not_over_tell_nothing(run, match: Path) -> None:
    run("play", "turn_zero", "--seat", "IRAN", "--text", typed=["", "", *HOLD])
    result = run("score", str(match.parent), "--text")
    assert result.status == 0
    assert "it is not over" in said(result.out)
    assert "IRAN:" not in result.out


def test_a_folder_without_people_is_refused(run, tmp_path) -> None:
    (tmp_path / "broken.match").write_text("letters", encoding="utf-8")
    result = run("score", str(tmp_path))
    assert (result.status, result.out) == (2, "")
    assert "no match here that is over has moves of people" in said(result.err)
    assert "broken.match" in said(result.err)
    alone = run("score", str(tmp_path / "broken.match"))
    assert (alone.status, alone.out) == (2, "")
    assert said(alone.err).count("broken.match") == 1


def test_base_rates_leave_out_the_move_that_they_foretell() -> None:
    moves = [move(0, "hold", 0.5), move(0, "hold", 0.5), move(1, "harden", 0.1)]
    (us, every) = human_scores(moves)
    held, other = (1 + 0.5) / (2 + 2), 0.5 / (2 + 2)
    assert us["rates"] == pytest.approx(np.mean(np.log([held, held, other])), abs=1e-4)
    assert us["uniform"] == pytest.approx(np.log(0.25), abs=1e-4)
    assert us["own"] == pytest.approx(np.mean(np.log([0.5, 0.5, 0.1])), abs=1e-4)
    assert every["own"] == us["own"]


def test_seats_do_not_share_their_rates() -> None:
    moves = [move(k, "hold", 0.5) for k in range(4)]
    with_others = human_scores([*moves, *(replace(m, seat=Seat.IRAN, deed="aid") for m in moves)])
    assert with_others[0]["rates"] == human_scores(moves)[0]["rates"]


def test_moves_of_one_match_hang_together() -> None:
    """The interval is of matches: as wide whether each of them shows one move or ten alike."""
    once = [move(k, "hold", odds) for k, odds in enumerate((0.9, 0.2, 0.5, 0.8, 0.3, 0.6))]
    (us, _), (ten, _) = (human_scores(rows) for rows in (once, once * 10))
    for row in (us, ten):
        gain = row["gain"]["uniform"]
        assert gain["low"] < gain["mean"] < gain["high"]
    assert ten["gain"]["uniform"] == us["gain"]["uniform"]


def test_a_match_is_a_record_for_a_forecast(run, match: Path, tmp_path) -> None:
    forecast, target = tmp_path / "f.json", tmp_path / "s.json"
    asked = ["forecast", "turn_zero", "--games", "100", "--out", str(forecast), "--text"]
    assert run(*asked).status == 0
    result = run("score", str(forecast), str(match), "--json", str(target), "--text")
    assert result.status == 0, result.err
    data = json.loads(target.read_text(encoding="utf-8"))
    assert len(data["moves"]) == 12
    us = [row["deed"] for row in data["moves"] if row["seat"] == "US"]
    assert us == ["hold"] * 3
    seen = MatchView.read(match)
    came = of_match(seen)
    dead = [row for row in data["counts"] if row["measure"] == "us_killed" and row["turn"]]
    assert [row["count"] for row in dead] == [int(t.outcome.us_killed[0]) for t in seen.played]
    for name in MEASURES:
        by_turn = [came.count(name, days) for days in came.grid]
        assert came.count(name, came.covered) == sum(n for n in by_turn if n is not None)
