"""What each use of force did: nothing where nothing was done, and the truth where it is known."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.lens import load_lens, seen_through
from game.futures.force import (
    MEASURES,
    Asked,
    Effects,
    Moment,
    Theory,
    futures_for,
    gather,
    run,
    run_part,
)
from game.futures.inquiry import Findings, Progress, inquire
from game.futures.turning import decisive, swings
from game.players.library import default_players
from game.rules.endings import marks
from game.rules.seats import SEATS, Seat
from game.views.played import PlayedGame
from game.views.uses import users_of_force, uses_of_force
from tests.common import bits
from tests.played import course, simulated
from tests.support import still


def moments(game: PlayedGame) -> tuple[Moment, ...]:
    book = game.scenario.setting.rulebook
    return tuple(
        Moment(turn.before, turn.orders, tuple(users))
        for turn in game.turns
        if (users := users_of_force(book, turn.orders))
    )


def asked(game: PlayedGame, futures: int = 40, lenses: tuple[str, ...] = ("balanced",)) -> Asked:
    theories = []
    for lens in lenses:
        scenario = seen_through(game.plain, load_lens(lens))
        theories.append(Theory(scenario.setting, default_players(scenario)))
    return Asked(tuple(theories), moments(game), futures, 3)


def effects(question: Asked, chunk: int = 0, workers: int = 1) -> Effects:
    total = Effects()
    for part in run(question, chunk=chunk, workers=workers):
        gather(total, part)
    return total


@pytest.fixture(scope="module")
def game() -> PlayedGame:
    found = simulated("ten_days_in_january", 7)
    assert len(uses_of_force(found)) >= 3
    return found


def test_chunks_and_workers_do_not_matter(game: PlayedGame) -> None:
    question = asked(game, futures=30, lenses=("balanced", "spiral"))
    whole = effects(question, chunk=question.games)
    assert len(whole) == 2 * len(uses_of_force(game))
    assert {e.pairs["attacks"].games for e in whole.values()} == {30}
    for chunk in (1, 7, 30, 31):
        assert effects(question, chunk=chunk) == whole
    assert effects(question, workers=2) == whole


def test_a_deed_in_place_of_itself_does_nothing_at_all() -> None:
    harass = {"MILITIA": "harass"}
    played = course(harass, harass, position=still(days=3, mil_rockets=600))
    (deed,) = {int(t.orders.deed[Seat.MILITIA, 0]) for t in played.turns}
    question = replace(asked(played), instead=deed)
    for effect in effects(question).values():
        for name, paired in effect.pairs.items():
            assert paired.difference == (0, 0, 0, 0), name
            assert paired.more == paired.less == 0


def test_the_dead_of_the_deed_itself_are_counted_as_they_were() -> None:
    """Nobody plays on and no cell has a rocket, so that the whole difference is what the strike
    did in the game.
    """
    played = course({"US": "strike_fighters"}, position=still(days=3, mil_rockets=0))
    (turn,) = played.turns
    killed = turn.after.militia_dead[0] + turn.after.iraqi_dead[0] + turn.after.civilians_dead[0]
    assert killed > 0
    question = asked(played)
    nobody = tuple(replace(theory, players={}) for theory in question.theories)
    (effect,) = effects(replace(question, theories=nobody)).values()
    paired = effect.pairs["all_dead"]
    assert paired.difference.mean == killed
    assert paired.difference.error == 0
    assert effect.pairs["attacks"].difference == (0, 0, 0, 0)


def test_the_last_turn_has_nothing_after_it(game: PlayedGame) -> None:
    question = asked(game)
    last = [i for i, m in enumerate(question.moments) if m.before.turn == len(game.turns) - 1]
    for (_, moment, _), effect in effects(question).items():
        if moment in last:
            for name in ("attacks", "force_against", "own_force", "highest_rung"):
                assert effect.pairs[name].sum_a == effect.pairs[name].sum_b == 0


def test_the_mark_of_the_seat_itself_is_compared() -> None:
    """Fire counts as resistance shown, so the militia's mark is lower without it."""
    played = course({"US": "strike_depots", "MILITIA": "harass"}, position=still(days=3))
    question = asked(played)
    nobody = tuple(replace(theory, players={}) for theory in question.theories)
    found = effects(replace(question, theories=nobody))
    own = found[0, 0, Seat.MILITIA].pairs["mark"]
    assert own.difference.mean > 0
    assert found[0, 0, Seat.US].pairs["own_force"].difference == (0, 0, 0, 0)


def test_the_game_itself_is_left_alone(game: PlayedGame) -> None:
    question = asked(game, futures=5)
    before = bits(question.moments)
    run_part(question, 0, question.games)
    assert bits(question.moments) == before


def test_more_lines_mean_fewer_futures() -> None:
    few = moments(simulated("turn_zero"))
    assert futures_for(1, few) == 1000
    assert futures_for(1000, few) == 100
    assert futures_for(5, few * 4) % 50 == 0


def finished(work: "object") -> tuple[list[Progress], Findings]:
    told = []
    try:
        while True:
            told.append(next(work))  # type: ignore[call-overload]
    except StopIteration as done:
        return told, done.value


def test_an_inquiry_tells_how_far_it_is_and_then_everything(game: PlayedGame) -> None:
    lenses = [load_lens("balanced"), load_lens("spiral")]
    told, found = finished(inquire(game, lenses, futures=20))
    assert [p.done for p in told] == sorted({p.done for p in told})
    assert told[-1].done == told[-1].of
    assert [u.use for u in found.uses] == uses_of_force(game)
    assert all(len(u.effects) == 2 for u in found.uses)
    assert [s.turn for s in found.swings] == [t.number for t in game.turns]
    for use in found.uses:
        assert use.turns_after == min(3, len(game.scenario.turns) - use.use.turn)
        assert list(use.effects[0].pairs) == list(MEASURES)


def test_an_inquiry_can_be_left() -> None:
    work = inquire(simulated(), [load_lens("balanced")], futures=10)
    next(work)
    work.close()
    assert list(work) == []


# --- the decisive turn


def test_swings_add_up_from_the_opening_to_the_marks(game: PlayedGame) -> None:
    setting = game.scenario.setting
    found = list(swings(setting, default_players(game.scenario), game.remembered, 25))
    final = marks(setting, game.final)[:, 0]
    for seat in SEATS:
        total = sum(swing.pairs[seat].difference.mean for swing in found)
        assert total == pytest.approx(final[seat] - found[0].pairs[seat].mean_b, abs=0.01)
        assert found[-1].pairs[seat].mean_a == pytest.approx(final[seat], abs=0.01)


def test_the_decisive_turn_is_the_one_in_which_something_happened() -> None:
    played = course({}, {}, {"US": "kill_commander"}, {}, position=still(days=3))
    found = list(swings(played.scenario.setting, {}, played.remembered, 4))
    assert decisive(found).turn == 3
    for swing in found:
        assert (swing.weight > 0) == (swing.turn == 3)
        assert swing.error == 0, "nobody plays on, so luck decides nothing"


def test_the_first_of_equal_turns_is_decisive() -> None:
    played = course({}, {}, position=still(days=3))
    found = list(swings(played.scenario.setting, {}, played.remembered, 4))
    assert np.all([swing.weight == 0 for swing in found])
    assert decisive(found).turn == 1
