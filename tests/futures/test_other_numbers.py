"""Effects by other numbers: of the game's own rules and players, and of a moment as it was."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.lens import load_lens
from game.futures.cast import cast
from game.futures.force import DETERS, Asked, Effects, gather, in_doubt, run_others
from game.futures.other_numbers import (
    DIALS,
    FEWEST,
    MOST_GAMES,
    Numbers,
    games_by_others,
    other_numbers,
    rows_of,
)
from game.futures.plan import Planner
from game.futures.whatif import Effect, Question, WhatIf, run
from game.futures.widths import OWN
from game.players.doctrine import DoctrinePlayer
from game.rules.seats import SEATS, Seat
from game.views.effects import Way
from tests.common import scenario
from tests.futures.test_force import asked, effects
from tests.played import simulated

STRIKE = Question(turn=2, seat=Seat.US, deed="strike_fighters", instead="hold", horizon=2)
MARCH = Question(turn=10, seat=Seat.US, deed="strike_depots", instead="hold", horizon=3)
SAME = dict.fromkeys(SEATS, dict.fromkeys(DIALS, 1.0))


def answer(question: Question, name: str = "turn_zero", games: int = 80, **how: object) -> Effect:
    total = Effect()
    lens = str(how.pop("lens", "balanced"))
    cut = {"chunk": 4096, "workers": 1} | how
    for part in run(WhatIf(name, question, games, 3, lens), **cut):
        total.merge(part)
    return total


# --- how many, and what they change


def test_more_games_are_worth_more_sets() -> None:
    assert len(other_numbers(1)) == FEWEST
    assert len(other_numbers(10**6)) == 24
    assert other_numbers(10**6)[:FEWEST] == other_numbers(1)
    assert list(rows_of(1)) == list(range(FEWEST + 1))
    assert rows_of(1)[OWN] is None


def test_games_of_players_who_look_ahead_are_few() -> None:
    told = scenario("the_article")
    usual, ahead = cast(told, {}), cast(told, {Seat.IRAN: "planner-novice"})
    assert games_by_others(usual.values(), 10) == 10
    assert games_by_others(usual.values(), 4000) == MOST_GAMES
    for games in (200, 1000, 20_000):
        few = games_by_others(ahead.values(), games)
        assert 2 <= few <= MOST_GAMES
        assert few * len(rows_of(games)) <= games / 2
    assert games_by_others(ahead.values(), 1) == 1


def test_a_lens_keeps_its_own_numbers() -> None:
    lens = load_lens("deterrence")
    setting = scenario("the_article").setting
    changed = other_numbers(1)[0].setting(setting, lens.parameters).rulebook.parameters
    before = setting.rulebook.parameters
    for name, value in other_numbers(1)[0].parameters.items():
        group, key = name.split(".")
        found = getattr(getattr(changed, group), key)
        kept = getattr(getattr(before, group), key)
        assert found == (kept if name in lens.parameters else value)


def test_only_players_with_dials_are_turned() -> None:
    told = scenario("the_article")
    players = cast(told, {Seat.IRAN: "planner-novice", Seat.IRAQ: "uniform"})
    numbers = other_numbers(1)[0]
    turned = numbers.cast(told.setting, players)
    assert turned[Seat.IRAN] is players[Seat.IRAN]
    assert isinstance(turned[Seat.IRAN], Planner)
    assert turned[Seat.IRAQ] is players[Seat.IRAQ]
    for seat in (Seat.US, Seat.MILITIA):
        one, other = players[seat], turned[seat]
        assert isinstance(one, DoctrinePlayer)
        assert isinstance(other, DoctrinePlayer)
        assert other.structure == one.structure, "nothing has to be compiled again"
        for dial, factor in numbers.players[seat].items():
            assert getattr(other.doctrine, dial) == getattr(one.doctrine, dial) * factor


@pytest.mark.parametrize(("luck", "theory"), [(0.0, "deterrence"), (0.99, "spiral")])
def test_the_world_follows_any_theory_that_has_odds(luck: float, theory: str) -> None:
    numbers, drawn = Numbers({}, SAME, luck), scenario("the_article").setting
    world = numbers.world(drawn)
    assert world is not None
    assert drawn.rulebook.theories[world].id == theory
    assert numbers.world(drawn.undrawn()) == 0, "one that is known stays"


# --- what-ifs


def test_chunks_and_workers_change_no_width() -> None:
    whole = answer(STRIKE)
    assert all(paired.difference.left_open for paired in whole.pairs.values())
    assert answer(STRIKE, chunk=17) == whole
    assert answer(STRIKE, chunk=40, workers=2) == whole


def test_an_effect_that_the_free_numbers_drive_has_their_width() -> None:
    """Whether the strike of March brought fewer attacks or more is theirs to say, not luck's."""
    change = answer(MARCH, "the_article", 1200).pairs["attacks"].difference
    assert change.left_open is not None
    assert change.left_open.high - change.left_open.low > 2 * (change.high - change.low)
    assert change.way is Way.OPEN


def test_what_does_nothing_does_nothing_by_any_numbers() -> None:
    for paired in answer(Question(2, Seat.US, "hold", "hold", 2)).pairs.values():
        assert paired.difference[:4] == (0, 0, 0, 0)
        assert paired.difference.left_open == (0, 0)
        assert paired.difference.way is Way.SAME


def test_the_first_row_is_the_game_s_own_numbers() -> None:
    """Of as many games as are played by others, it finds what the question itself found."""
    found = answer(STRIKE, games=MOST_GAMES)
    for paired in found.pairs.values():
        assert paired.others.rows[OWN] == paired.sum_a - paired.sum_b
        assert paired.others.games == paired.games


# --- uses of force


@pytest.fixture(scope="module")
def question() -> Asked:
    return asked(simulated("ten_days_in_january", 4), futures=40, lenses=("balanced", "spiral"))


def by_others(question: Asked, wanted: set[tuple[int, int]], workers: int = 1) -> Effects:
    total = effects(question)
    for part in run_others(question, wanted, workers=workers):
        gather(total, part)
    return total


def test_every_use_under_the_first_theory_has_both_widths(question: Asked) -> None:
    found = effects(question)
    wanted = in_doubt(found)
    assert {(0, moment) for moment in range(len(question.moments))} <= wanted
    measured = by_others(question, wanted)
    for (theory, moment, seat), effect in measured.items():
        change = effect.pairs[DETERS[seat]].difference
        assert (change.left_open is not None) == ((theory, moment) in wanted)
        if change.is_told_by_sign:
            assert change.left_open is not None, "no sign is told by luck's width alone"
        for name, paired in effect.pairs.items():
            assert paired.games == found[theory, moment, seat].pairs[name].games


def test_workers_change_no_width(question: Asked) -> None:
    wanted = {(0, 0), (1, 1)}
    assert by_others(question, wanted, workers=2) == by_others(question, wanted)


def test_the_own_row_is_what_the_futures_found(question: Asked) -> None:
    for (theory, moment, _), effect in by_others(question, {(0, 0), (1, 1)}).items():
        for paired in effect.pairs.values():
            if (theory, moment) in {(0, 0), (1, 1)}:
                assert paired.others.rows[OWN] == paired.sum_a - paired.sum_b
            else:
                assert not paired.others.rows


def test_a_deed_in_place_of_itself_has_no_width(question: Asked) -> None:
    game = simulated("ten_days_in_january", 4)
    moment = question.moments[0]
    deed = int(moment.orders.deed[moment.users[0], 0])
    alone = replace(moment, users=moment.users[:1])
    itself = replace(asked(game, futures=40), moments=(alone,), instead=deed)
    (effect,) = by_others(itself, {(0, 0)}).values()
    for paired in effect.pairs.values():
        assert paired.difference[:4] == (0, 0, 0, 0)
        assert paired.difference.left_open == (0, 0)
    assert np.isfinite(effect.pairs["mark"].mean_a)
