"""The staff's belief over the theories: by Bayes' rule, from what the seat saw, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from game.content.scenario import Scenario
from game.engine import play as engine
from game.futures import theory_belief
from game.futures.theory_belief import Following, glances, staff_beliefs
from game.players.base import Dice, decide_all
from game.players.library import default_players
from game.rules.luck import game_keys
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import PHASES, resolve
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State
from game.views.theory_belief import (
    ATTACKS,
    TheoryBelief,
    believed,
    held,
    leaning,
    moved,
    said,
)
from tests.common import scenario, unlocked

FEW = 48
DETERS, PROVOKES = 1, 2


@dataclass
class Turn:
    before: State
    orders: Orders
    outcome: Outcome


@pytest.fixture(autouse=True)
def plainly() -> None:
    """Some of these change the phases, which compiled code does not know of."""
    engine.use(engine.Way.WHAT_PAYS)


def played(setting: Setting, turns: int = 3, seed: int = 5) -> tuple[list[Turn], State]:
    read = scenario("the_article")
    players = default_players(read)
    state, outcome, found = setting.open_games(game_keys(seed, range(1))), None, []
    for _ in range(turns):
        orders = decide_all(players, setting, state, outcome)
        after, outcome = resolve(setting, state, orders, checked=True)
        found.append(Turn(state, orders, outcome))
        state = after
    return found, state


EVEN = (0, 0.5, 0.5)


def with_odds(odds: tuple[float, ...]) -> Scenario:
    read = scenario("the_article")
    running = np.add.accumulate(odds).astype(np.float32)
    return replace(read, setting=replace(read.setting, theory_odds=running))


def beliefs(
    seat: Seat, turns: Sequence[Turn], now: State, odds: tuple[float, ...] = EVEN
) -> list[TheoryBelief]:
    read = with_odds(odds)
    seen = glances(read.setting, seat, turns, now)
    return list(staff_beliefs(read, seen, Dice.of(turns[0].before, seat), FEW))


@pytest.mark.parametrize("seat", SEATS)
def test_it_peeks_at_nothing(seat: Seat) -> None:
    """Another theory and other agendas behind what happened change no bit of the belief."""
    turns, now = played(scenario("the_article").setting)
    others = []
    for turn in turns:
        state = unlocked(turn.before)
        state.theory[:] = 3 - state.theory
        rivals = list(seat.rivals)
        state.agenda[rivals] = (state.agenda[rivals] + 1) % 3
        others.append(Turn(state, turn.orders, turn.outcome))
    last = unlocked(now)
    last.theory[:] = 3 - last.theory
    last.agenda[list(seat.rivals)] = (last.agenda[list(seat.rivals)] + 1) % 3
    assert beliefs(seat, turns, now) == beliefs(seat, others, last)


def test_a_longer_game_changes_no_earlier_belief() -> None:
    turns, now = played(scenario("the_article").setting)
    whole = beliefs(Seat.US, turns, now)
    assert [belief.turn for belief in whole] == [0, 1, 2, 3]
    part = beliefs(Seat.US, turns[:2], turns[2].before)
    assert part == whole[:3]


def test_who_follows_a_game_weighs_each_turn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And comes to what all turns at once come to, also where one was taken back and played anew,
    or set otherwise.
    """
    (turns, now), read = played(scenario("the_article").setting), with_odds(EVEN)
    _, other = played(scenario("the_article").setting, 2, seed=6)
    staff, weighed = Following(read, Dice.of(turns[0].before, Seat.US), FEW), list[int]()

    def counted(setting: Setting, players: Any, state: State, *given: Any, **more: Any) -> Any:
        weighed.append(state.turn)
        return engine.play_on(setting, players, state, *given, **more)

    def of_turns(given: Sequence[Turn], then: State) -> list[int]:
        weighed.clear()
        told = staff.after(glances(read.setting, Seat.US, given, then))
        which = sorted(set(weighed))
        assert told == beliefs(Seat.US, given or turns, then)[len(given)]
        return which

    monkeypatch.setattr(theory_belief, "play_on", counted)
    assert of_turns([], turns[0].before) == []
    assert of_turns(turns[:1], turns[1].before) == [0]
    assert of_turns(turns[:2], turns[2].before) == [1]
    assert of_turns(turns[:2], turns[2].before) == []
    assert of_turns(turns, now) == [2]
    assert of_turns(turns[:2], turns[2].before) == [0, 1], "the third was taken back"
    assert of_turns(turns[:2], other) == [0, 1], "a figure was set"


def test_it_begins_with_the_odds_and_adds_up() -> None:
    """It begins with the scenario's odds; a theory without odds stays impossible, and a certain one
    certain."""
    turns, now = played(scenario("the_article").setting, 2)
    made = beliefs(Seat.IRAQ, turns, now, (0, 0.75, 0.25))
    assert made[0].shares == (0, 0.75, 0.25)
    for belief in made:
        assert sum(belief.shares) == pytest.approx(1)
        assert belief.shares[0] == 0
    known = beliefs(Seat.IRAQ, turns, now, (0, 0, 1))
    assert all(belief.shares == (0, 0, 1) for belief in known)


def stirred(g: Any, _t: Any, now: Any) -> None:
    """A phase by which force provokes in one world: eight attacks a turn more."""
    g.new_attacks = g.new_attacks + 8 * (g.theory.astype(np.intp) == PROVOKES)
    g.attacks = g.attacks + 8 * (g.theory.astype(np.intp) == PROVOKES)


@pytest.mark.parametrize("truth", [DETERS, PROVOKES])
def test_the_theory_that_foretold_it_gains(truth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the two lead one to expect different numbers of attacks, what came decides; that it was
    the attacks is told. The militia alone knows its own effort too, which may tell it more."""
    monkeypatch.setattr("game.rules.resolve.PHASES", (*PHASES[:-1], stirred, PHASES[-1]))
    turns, now = played(scenario("the_article").setting.dealt(truth))
    for seat in SEATS:
        last = beliefs(seat, turns, now)[-1]
        assert last.shares[truth] > 0.9
        assert last.leading[0] == truth
        strongest = next(moving for moving in last.moved_most if moving.what == ATTACKS)
        assert strongest is last.moved_most[0] or seat is Seat.MILITIA
        assert strongest.toward(*last.leading) > 0
        foretold = strongest.foretold
        assert foretold[PROVOKES] > foretold[DETERS] + 6


def test_it_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence's hundredths add up to 100, the likeliest first; three happenings are told."""
    monkeypatch.setattr("game.rules.resolve.PHASES", (*PHASES[:-1], stirred, PHASES[-1]))
    read = scenario("the_article")
    turns, now = played(read.setting.dealt(PROVOKES))
    made = beliefs(Seat.US, turns, now)
    assert believed(read, made[0]) == (
        "Your staff: 50 in 100 that force deters and 50 in 100 that force provokes."
    )
    told = believed(read, made[-1])
    first = round(100 * made[-1].shares[PROVOKES])
    assert told == (
        f"Your staff: {first} in 100 that force provokes and {100 - first} in 100 that force "
        "deters."
    )
    happenings = moved(read, made[-1], Seat.US)
    assert 1 <= len(happenings) <= 3
    assert "attacks on Americans. Expected: " in happenings[0]
    assert happenings[0].endswith("Speaks strongly for “Force provokes”.")
    assert moved(read, made[-1], Seat.US, before=1) == []


def test_what_a_turn_said_is_what_the_belief_moved_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """The headline has the odds before and after; its lines name what was expected by each theory,
    and all that was seen weighs together as much as the move."""
    monkeypatch.setattr("game.rules.resolve.PHASES", (*PHASES[:-1], stirred, PHASES[-1]))
    read = scenario("the_article")
    turns, now = played(read.setting.dealt(PROVOKES))
    made = beliefs(Seat.US, turns, now)
    assert said(read, made[0], Seat.US) is None
    assert made[-1].course == tuple(belief.shares for belief in made)
    turn = said(read, made[1], Seat.US)
    assert turn is not None
    came_to = round(100 * made[1].shares[PROVOKES])
    assert turn.headline == f"Turn 1 spoke strongly for “Force provokes”, 50 to {came_to} in 100."
    assert turn.spoke[0].toward == PROVOKES
    assert "if force deters" in turn.spoke[0].text
    assert "if force provokes" in turn.spoke[0].text
    for before, after in pairwise(made):
        moves = sum(f.toward(PROVOKES, DETERS) for f in after.evidence if f.turn == after.turn)
        odds = [shares[PROVOKES] / shares[DETERS] for shares in (before.shares, after.shares)]
        assert moves == pytest.approx(np.log(odds[1] / odds[0]))


def test_how_sure_the_staff_is_and_what_it_came_to_are_told() -> None:
    read = scenario("the_article")
    course = ((0, 0.5, 0.5), (0, 0.45, 0.55), (0, 0.2, 0.8))
    sure = [
        leaning(read, TheoryBelief(turn, shares, (), course[: turn + 1]))
        for turn, shares in enumerate(course)
    ]
    assert sure[:2] == ["Your staff cannot tell yet which world this is."] * 2
    assert sure[2] == "Your staff thinks that force provokes."
    last = TheoryBelief(2, course[-1], (), course)
    assert held(read, last, Seat.IRAN, PROVOKES) == (
        "Tehran's staff gave “Force provokes” 50 in 100 at first and 80 at the end, more than the "
        "other from turn 1 on."
    )
    open_still = TheoryBelief(1, course[1], (), course[:2])
    assert held(read, open_still, Seat.US, DETERS).endswith("45 at the end. It could not tell.")
    assert held(read, last, Seat.MILITIA, DETERS) == (
        "The militias' staff gave “Force deters” 50 in 100 at first and 20 at the end. What it saw "
        "misled it."
    )


def test_where_a_theory_is_known_nothing_is_told() -> None:
    read = scenario("the_article")
    known = TheoryBelief(0, (0.0, 0.0, 1.0), ())
    assert believed(read, known) == ""
    assert moved(read, known, Seat.US) == []
