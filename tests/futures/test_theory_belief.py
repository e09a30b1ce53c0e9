"""The staff's belief over the theories: by Bayes' rule, from what the seat saw, and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from game.content.dealt import undrawn
from game.content.scenario import Scenario
from game.engine import play as engine
from game.futures import theory_belief
from game.futures.beliefs import imagine
from game.futures.theory_belief import (
    Following,
    beliefs_in,
    glances,
    staff_beliefs,
    theory_beliefs,
)
from game.players.base import Choice, Dice, Options, decide_all, holding_choice
from game.players.library import default_players
from game.players.utility import Worth
from game.rules.legal import deed_mask
from game.rules.luck import game_keys, imagined_keys
from game.rules.observe import UNSEEN, Observation, observe
from game.rules.orders import Order, Orders
from game.rules.outcome import Outcome
from game.rules.resolve import PHASES, resolve
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, State
from game.views.theory_belief import (
    ATTACKS,
    DEED,
    KILLED,
    Evidence,
    TheoryBelief,
    believed,
    held,
    leaning,
    moved,
    said,
)
from tests.common import scenario, unlocked
from tests.played import simulated

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


def test_every_seat_that_is_asked_for_has_its_own_staff() -> None:
    """To the end of the game; and none where everybody knew which theory held."""
    whole = simulated("ten_days_in_january", 4)
    game = replace(whole, turns=whole.turns[:2])
    read, staffs = game.scenario, (Seat.US, Seat.IRAQ)
    found = beliefs_in(game, staffs)
    assert tuple(found) == staffs
    for seat, belief in found.items():
        seen = glances(read.setting, seat, game.turns, game.final)
        *_, last = staff_beliefs(read, seen, Dice.of(game.opening, seat))
        assert (belief, belief.turn) == (last, 2)
    assert found[Seat.US] != found[Seat.IRAQ]
    assert beliefs_in(replace(game, scenario=undrawn(read)), staffs) == {}


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


# --- by hand: one turn, by the rules alone


class Indifferent:
    """Likes every deed as much as any other; where it may choose, it takes the first."""

    name, deed_temper = "indifferent", 1.0

    def deed_worth(self, *_: object) -> Iterator[Worth]:
        return iter(())

    def decide(self, _setting: Setting, _seen: Observation, legal: Options, _dice: Dice) -> Choice:
        choice = holding_choice(legal.deed.shape[1])
        choice.deed[:] = legal.deed.argmax(axis=0)
        return choice


def struck() -> tuple[list[Turn], State]:
    """A turn with an open strike and fire that nobody signs for."""
    setting = scenario("the_article").setting
    book, opened = setting.rulebook, setting.open_games(game_keys(5, range(1)))
    orders = Orders.of(
        {
            Seat.US: Order(deed=book.deed(Seat.US, "strike_depots")),
            Seat.IRAN: Order(),
            Seat.MILITIA: Order(deed=book.deed(Seat.MILITIA, "harass")),
            Seat.IRAQ: Order(),
        }
    )
    after, outcome = resolve(setting, opened, orders, checked=True)
    return [Turn(opened, orders, outcome)], after


@pytest.mark.parametrize("seat", [Seat.IRAN, Seat.US], ids=lambda seat: seat.name)
def test_a_theory_weighs_what_its_games_foretold_of_what_was_seen(seat: Seat) -> None:
    """Of a rival's deed the share of the legal ones that it can have been, one in fifty at least;
    counts by their roots, with a noise of 0.3; estimates with one of 15 in 100 and of a fiftieth of
    their range, or of what was seen; each by a normal law, one in a hundred at least.
    """
    (turns, now), read = struck(), with_odds(EVEN)
    setting, players = read.setting, dict.fromkeys(SEATS, Indifferent())
    (glance,), dice = glances(setting, seat, turns, now), Dice.of(turns[0].before, seat)
    before, after = list(theory_beliefs(setting, players, [glance], dice, FEW))  # type: ignore[arg-type]
    keys = imagined_keys(dice.keys, 20_000, FEW)[:, 0]
    told = {(one.what, k): one for one in after.evidence for k in (DETERS, PROVOKES)}
    whole = {}
    for theory in (DETERS, PROVOKES):
        world = imagine(setting, glance.before, np.zeros(FEW, np.intp), keys)
        world.theory[:] = theory
        weight, orders = np.ones(FEW), {seat: turns[0].orders.order(seat)}
        orders[seat] = turns[0].orders.order(seat)
        for rival in seat.rivals:
            deeds, seen = setting.rulebook.deeds[rival], int(glance.after.deed[rival, 0])
            unsigned = [k for k, deed in enumerate(deeds) if not deed.signed]
            can_be = unsigned if seen == UNSEEN else [seen]
            legal = deed_mask(setting, world, rival)
            assert legal[can_be[0]].all()
            chance = np.maximum(legal[can_be].sum(axis=0) / legal.sum(axis=0), 0.02)
            orders[rival] = Order(deed=can_be[0])
            foretell(told[f"{DEED}{rival.name}", theory], theory, weight, chance, chance)
            weight = weight * chance
        played, outcome = resolve(setting, world, Orders.of(orders).take(np.zeros(FEW, np.intp)))
        foretold = observe(setting, played, outcome, seat)
        for what in (ATTACKS, KILLED, *(name for name in ESTIMATED if name != "mil_effort")):
            values, seen = (figure(one, what) for one in (foretold, glance.after))
            if what in (ATTACKS, KILLED):
                off = (np.sqrt(values + 0.4) - np.sqrt(seen + 0.4)) / 0.3
            else:
                reach = min(COLUMNS[what].high - COLUMNS[what].low, max(seen[0], 1))
                off = (values - seen) / (0.15 * seen + 0.02 * reach)
            fit = np.maximum(np.exp(-off * off / 2), 0.01)
            foretell(told[what, theory], theory, weight, values, fit)
            weight = weight * fit
        whole[theory] = weight.mean()
    share = whole[DETERS] / (whole[DETERS] + whole[PROVOKES])
    assert before.shares == EVEN
    assert after.shares == pytest.approx((0, share, 1 - share))


def figure(seen: Observation, what: str) -> np.ndarray:
    """What somebody sees of it, in every game."""
    own = {ATTACKS: seen.attacks, KILLED: seen.us_killed}
    return np.asarray(own[what] if what in own else seen.columns[what], float)


def foretell(
    told: Evidence, theory: int, weight: np.ndarray, values: np.ndarray, fit: np.ndarray
) -> None:
    """The evidence tells the mean in games that weigh so much, and the logarithm of their fit."""
    assert told.turn == 1
    assert told.foretold[theory] == pytest.approx(np.average(values, weights=weight))
    assert told.weight[theory] == pytest.approx(np.log(np.average(fit, weights=weight)))


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
