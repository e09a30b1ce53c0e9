"""The planner: no peeking, no cut that matters, better than by rote."""

from functools import cache

import numpy as np
import pytest

from game.engine.plain import turn_by_turn as play
from game.engine.play import play_on
from game.futures.beliefs import imagine, recalled
from game.futures.cast import PLANNERS, cast
from game.futures.plan import (
    STRENGTHS,
    Planner,
    futures_of,
)
from game.players.base import Choice, Dice, assemble, decide, only, options
from game.players.doctrine import DoctrinePlayer
from game.rules.endings import marks
from game.rules.legal import deed_mask, refusals
from game.rules.luck import game_keys, imagined_keys
from game.rules.observe import observe
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from tests.common import Moment, difference, random_film, scenario, setting
from tests.futures.by_hand import go_on, orders_with
from tests.properties.anything import any_state, told_otherwise, without_looking

GAMES = 6
BETTER_GAMES = 60
WINS = ("turn_zero", Seat.IRAN)
"""The scenario and seat in which the quick planner has to beat its doctrine."""


@cache
def planner(scenario_id: str, seat: Seat, strength: str = "novice") -> Planner:
    made = cast(scenario(scenario_id), {seat: f"planner-{strength}"})[seat]
    assert isinstance(made, Planner)
    return made


def moments(scenario_id: str) -> list[Moment]:
    return random_film(scenario_id, GAMES)[:-1]


def ask(scenario_id: str, moment: Moment, seat: Seat) -> Choice:
    return decide(planner(scenario_id, seat), setting(scenario_id), *moment, seat)


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("scenario_id", ["turn_zero", "after_taji"])
def test_what_a_seat_cannot_know_changes_no_bit_of_its_choice(scenario_id: str, seat: Seat) -> None:
    rules = setting(scenario_id)
    for moment in moments(scenario_id):
        luck = np.random.default_rng(moment.state.turn)
        choice = ask(scenario_id, moment, seat)
        state = without_looking(moment.state, seat, luck, same_luck=True)
        outcome = moment.outcome and told_otherwise(rules, moment.outcome, seat, luck)
        assert not difference(choice, ask(scenario_id, Moment(state, outcome), seat))


@pytest.mark.parametrize("seat", SEATS)
def test_what_it_thinks_of_each_deed_rests_on_what_it_sees(seat: Seat) -> None:
    """The values behind the choice, too, are the same to the last bit."""
    rules, moment = setting("turn_zero"), moments("turn_zero")[1]
    state = without_looking(moment.state, seat, np.random.default_rng(5), same_luck=True)
    assert moment.outcome is not None
    values = [
        planner("turn_zero", seat).values(
            rules,
            observe(rules, games, moment.outcome, seat),
            options(rules, games, seat),
            Dice.of(games, seat),
        )
        for games in (moment.state, state)
    ]
    assert values[0].tobytes() == values[1].tobytes()


@pytest.mark.parametrize("seat", SEATS)
def test_the_cut_of_the_batch_does_not_matter(seat: Seat) -> None:
    for moment in moments("turn_zero"):
        whole = ask("turn_zero", moment, seat)
        for games in (slice(0, 1), slice(5, 6), slice(1, 4)):
            outcome = None if moment.outcome is None else moment.outcome.take(games)
            part = Moment(moment.state.take(games), outcome)
            assert not difference(whole, ask("turn_zero", part, seat), games)


@pytest.mark.parametrize("seat", SEATS)
def test_a_cut_within_the_planner_does_not_matter(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few futures are played together, the values are the same."""
    moment = moments("turn_zero")[1]
    whole = ask("turn_zero", moment, seat)
    monkeypatch.setattr("game.futures.plan._AT_ONCE", 1)
    assert not difference(whole, ask("turn_zero", moment, seat))


@pytest.mark.parametrize("seat", SEATS)
def test_illegal_orders_are_never_given(seat: Seat) -> None:
    rules, somebody = setting("turn_zero"), planner("turn_zero", seat)
    positions = [*moments("turn_zero")]
    positions += [
        Moment(any_state(rules, np.random.default_rng(seed), 12, seed % rules.turns), None)
        for seed in range(4)
    ]
    for moment in positions:
        choice = decide(somebody, rules, *moment, seat)
        games = np.arange(moment.state.games)
        assert deed_mask(rules, moment.state, seat)[choice.deed, games].all()
        assert refusals(rules, moment.state, assemble({seat: choice}, games.size)) == []


@pytest.mark.parametrize("seat", SEATS)
def test_deeds_that_are_not_legal_are_worth_less_than_any_that_is(seat: Seat) -> None:
    rules, moment = setting("turn_zero"), moments("turn_zero")[0]
    legal = options(rules, moment.state, seat)
    values = planner("turn_zero", seat).values(
        rules,
        observe(rules, *moment, seat),
        legal,
        Dice.of(moment.state, seat),
    )
    assert (values[~legal.deed] == -1).all()
    assert (values[legal.deed] >= 0).all()
    assert (values <= 100).all()


# --- what it imagines from


LAST_TURN = ("struck", "deed", "word", "whispered", "attacks", "us_killed", "rung")


@pytest.mark.parametrize("seat", SEATS)
def test_last_turn_is_recalled_as_it_was_seen(seat: Seat) -> None:
    """In the futures the seat remembers of last turn all that it saw, and nothing more."""
    rules, remembered = setting("the_article"), 0
    for moment in random_film("the_article", 32)[:-1]:
        seen = observe(rules, *moment, seat)
        games = np.array([3, 0, 0, 31, 17])
        last = recalled(seen, games)
        if moment.outcome is None:
            assert last is None
            continue
        again = observe(rules, moment.state.take(games), last, seat)
        for name in LAST_TURN:
            was, now = getattr(seen, name)[..., games], getattr(again, name)
            assert (now == was).all(), name
            remembered += bool(was.any())
    assert remembered > 30


@pytest.mark.parametrize("seat", SEATS)
def test_what_happened_before_the_worlds_eyes_is_known(seat: Seat) -> None:
    """Lines, debts and the days that are left to answer them are not imagined."""
    rules, owing = setting("the_article"), 0
    for moment in random_film("the_article", 32)[:-1]:
        seen, games = observe(rules, *moment, seat), np.arange(32)
        imagined = imagine(rules, seen, games, game_keys(5, games))
        for name in ("line", "debt", "debt_days"):
            assert (getattr(imagined, name) == getattr(moment.state, name)).all(), name
        owing += (imagined.debt > 0).sum()
    assert owing > 100


@pytest.mark.parametrize("seat", SEATS)
def test_the_first_step_speaks_with_the_deed(seat: Seat) -> None:
    """In each future the seat's own player says and whispers what it would with the deed that is
    tried; what others know of the deed does not change their orders of that turn."""
    rules, moment, games = setting("the_article"), random_film("the_article", 32)[3], 400
    seen, legal = observe(rules, *moment, seat), deed_mask(rules, moment.state, seat)[:, 0]
    players = cast(scenario("the_article"), {})
    deeds, voice = np.flatnonzero(legal), players[seat]
    pairs = (np.zeros(deeds.size * games, np.intp), np.repeat(deeds, games))
    keys = np.tile(game_keys(7, range(games)), deeds.size)
    state, outcome = imagine(rules, seen, pairs[0], keys), recalled(seen, pairs[0])
    step = play_on(rules, players, state, outcome, until=4, forced={seat: pairs[1]})
    orders = step.outcome.orders
    ahead = futures_of(rules, seen, players, pairs, keys, 1)
    assert (ahead == marks(rules, step.state)[seat]).all()
    assert (orders.deed[seat] == pairs[1]).all()
    with_it = voice.decide(
        rules,
        observe(rules, state, recalled(seen, pairs[0]), seat),
        only(options(rules, state, seat), pairs[1]),
        Dice.of(state, seat),
    )
    assert (orders.word[seat] == with_it.word).all()
    assert (orders.whisper[seat] == with_it.whisper).all()
    by_deed = orders.word[seat].reshape(deeds.size, games)
    # What it says hangs on what it does; the balancer in Baghdad says the same with every deed.
    assert len({words.tobytes() for words in by_deed}) > 1 or seat is Seat.IRAQ
    for rival in seat.rivals:
        same = orders.deed[rival].reshape(deeds.size, games)
        assert (same == same[0]).all()


@pytest.mark.parametrize("seat", SEATS)
def test_it_speaks_as_its_doctrine_would_with_the_deed_that_it_chose(seat: Seat) -> None:
    rules = setting("turn_zero")
    for moment in moments("turn_zero"):
        choice = ask("turn_zero", moment, seat)
        voice = cast(scenario("turn_zero"), {})[seat]
        said = voice.decide(
            rules,
            observe(rules, *moment, seat),
            only(options(rules, moment.state, seat), choice.deed),
            Dice.of(moment.state, seat),
        )
        assert not difference(choice, said)


def test_the_names_of_the_planner() -> None:
    made = scenario("turn_zero")
    for name, strength in PLANNERS.items():
        for seat in SEATS:
            players = cast(made, {seat: name})
            assert players[seat].name == f"planner-{strength}"
            others = [players[other] for other in seat.rivals]
            assert all(isinstance(other, DoctrinePlayer) for other in others)
    assert set(PLANNERS) == {"planner", *(f"planner-{name}" for name in STRENGTHS)}
    assert set(cast(made, {}, [Seat.IRAN])) == {Seat.IRAN}


def own_marks(scenario_id: str, seat: Seat, named: dict[Seat, str]) -> np.ndarray:
    rules, keys = setting(scenario_id), game_keys(23, range(BETTER_GAMES))
    *_, (final, _) = play(rules, cast(scenario(scenario_id), named), keys)
    return marks(rules, final)[seat].astype(float)


def test_the_quick_planner_beats_its_doctrine() -> None:
    """With the same luck, over sixty games: more than two standard errors better."""
    scenario_id, seat = WINS
    planned = own_marks(scenario_id, seat, {seat: "planner-novice"})
    better = planned - own_marks(scenario_id, seat, {})
    assert better.mean() > 2 * better.std(ddof=1) / BETTER_GAMES**0.5


def one(k: int = 3, turn: int = 1) -> Moment:
    state, outcome = moments("turn_zero")[turn]
    games = slice(k, k + 1)
    return Moment(state.take(games), None if outcome is None else outcome.take(games))


# --- by hand: the futures played one deed after the other, by the rules and players alone


def futures_by_hand(
    moment: Moment, seat: Seat, deed: int, futures: int, turns: int, scenario_id: str = "turn_zero"
) -> np.ndarray:
    """(futures,) the own mark after one deed, in imagined futures."""
    rules, players = setting(scenario_id), cast(scenario(scenario_id), {})
    seen, same = observe(rules, *moment, seat), np.zeros(futures, np.intp)
    dice = Dice.of(moment.state, seat)
    start = imagine(rules, seen, same, imagined_keys(dice.keys, moment.state.turn, futures)[:, 0])
    first = start, recalled(seen, same)
    given = orders_with(rules, players, first, seat, deed)
    shots = [resolve(rules, start, given)]
    shots += go_on(rules, players, shots[0], turns - 1)
    final = shots[-1][0]
    return marks(rules, final)[seat]


@pytest.mark.parametrize("turns", [1, 2, 12])
@pytest.mark.parametrize("seat", SEATS)
def test_futures_are_what_the_rules_and_the_players_bring(seat: Seat, turns: int) -> None:
    """The mark of every future of every deed, no future going beyond the calendar."""
    moment, futures, varied = one(turn=1), 16, 0
    rules, players = setting("turn_zero"), cast(scenario("turn_zero"), {})
    seen, dice = observe(rules, *moment, seat), Dice.of(moment.state, seat)
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    same = np.zeros(futures, np.intp)
    for deed in np.flatnonzero(deed_mask(rules, moment.state, seat)[:, 0]).tolist():
        pairs = (same, np.full(futures, deed))
        found = futures_of(rules, seen, players, pairs, keys, turns)
        assert (found == futures_by_hand(moment, seat, deed, futures, turns)).all(), deed
        varied += len(set(found.tolist())) > 1
    assert varied > 3


@pytest.mark.parametrize("seat", [Seat.US, Seat.MILITIA])
def test_a_planner_s_value_is_the_mean_mark_of_its_futures(seat: Seat) -> None:
    """To a hundredth of a point in each future; it orders the deed with the highest."""
    name, strength = "the_article", STRENGTHS["novice"]
    rules, moment = setting(name), moments(name)[1]
    legal = options(rules, moment.state, seat)
    values = planner(name, seat).values(
        rules, observe(rules, *moment, seat), legal, Dice.of(moment.state, seat)
    )
    assert moment.outcome is not None
    game = GAMES - 1
    alone = Moment(moment.state.take(slice(game, None)), moment.outcome.take(slice(game, None)))
    for deed in np.flatnonzero(legal.deed[:, game]).tolist():
        found = futures_by_hand(alone, seat, deed, strength.futures, strength.turns, name)
        mean = float(np.mean(np.round(found.astype(float) * 100))) / 100
        assert values[deed, game] == pytest.approx(mean, abs=2e-4), deed
    assert (ask(name, moment, seat).deed == values.argmax(axis=0)).all()


def test_how_hard_planners_think() -> None:
    told = {name: (s.futures, s.turns, s.speaks) for name, s in STRENGTHS.items()}
    assert told == {
        "novice": (8, 1, False),
        "seasoned": (48, 4, False),
        "master": (96, 8, True),
    }


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_a_master_says_only_what_it_may_and_loses_nothing_by_it(seat: Seat) -> None:
    """It ends with words and a message that are legal, and by its own futures no worse than those
    of its doctrine with the same deed."""
    rules = setting("turn_zero")
    state = rules.open_games(game_keys(3, range(2)))
    seen, legal, dice = (
        observe(rules, state, None, seat),
        options(rules, state, seat),
        Dice.of(state, seat),
    )
    mind = planner("turn_zero", seat, "master")
    chosen = mind.decide(rules, seen, legal, dice)
    orders = assemble({seat: chosen}, 2)
    assert not refusals(rules, state, orders)
    voice = mind.voice.decide(rules, seen, only(legal, chosen.deed), dice)
    worth = [mind.worth(rules, seen, said, np.arange(2), dice) for said in (chosen, voice)]
    assert (worth[0] >= worth[1] - 1e-4).all()
