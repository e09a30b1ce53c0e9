"""A match: who may do what when; and it is the very game of the ensemble."""

from dataclasses import replace

import numpy as np
import pytest

from game.players.base import decide
from game.players.uniform import Uniform
from game.rules.digest import game_digests
from game.rules.endings import Ending
from game.rules.legal import Part
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.session.match import Match, MatchError
from game.views.news import news
from tests.common import SCENARIOS, arrays, bits, cast, difference, film, scenario, setting

SCENARIO = scenario("turn_zero")
BOOK = SCENARIO.setting.rulebook


def match(*people: Seat, seed: int = 4, game: int = 0) -> Match:
    """A match in which those seats are people's."""
    players = {s: p for s, p in cast("turn_zero", "default").items() if s not in people}
    return Match(SCENARIO, players, seed, game)


def order(seat: Seat, deed: str = "hold") -> Order:
    return Order(deed=BOOK.deed(seat, deed))


ILLEGAL = Order(deed=99)


def snapshot(played: Match) -> object:
    return bits(played.state), len(played.played), played.waiting_for


# --- committing, taking back, advancing


def test_a_turn_waits_for_every_person() -> None:
    played = match(Seat.US, Seat.IRAQ)
    assert played.people == (Seat.US, Seat.IRAQ)
    assert played.waiting_for == (Seat.US, Seat.IRAQ)
    assert played.commit(Seat.IRAQ, order(Seat.IRAQ)) == []
    assert played.waiting_for == (Seat.US,)
    before = snapshot(played)
    with pytest.raises(MatchError, match="no orders yet from US"):
        played.advance()
    assert snapshot(played) == before
    assert played.commit(Seat.US, order(Seat.US, "harden")) == []
    assert played.waiting_for == ()
    outcome = played.advance()
    assert outcome is played.last_outcome
    assert played.state.turn == 1
    assert played.waiting_for == (Seat.US, Seat.IRAQ), "the next turn needs orders of its own"
    orders = played.played[0].orders
    assert orders.deed[Seat.US, 0] == BOOK.deed(Seat.US, "harden")
    assert played.played[0].outcome is outcome


def test_a_commitment_can_be_replaced_until_the_turn_is_played() -> None:
    played = match(Seat.US)
    played.commit(Seat.US, order(Seat.US, "harden"))
    played.commit(Seat.US, order(Seat.US, "sanction"))
    played.advance()
    assert played.played[0].orders.deed[Seat.US, 0] == BOOK.deed(Seat.US, "sanction")


def test_a_commitment_can_be_taken_back() -> None:
    played = match(Seat.US)
    played.commit(Seat.US, order(Seat.US))
    played.take_back(Seat.US)
    assert played.waiting_for == (Seat.US,)
    with pytest.raises(MatchError):
        played.advance()
    played.take_back(Seat.US)  # there is nothing to take back: nothing happens
    played.take_back(Seat.IRAN)
    assert played.waiting_for == (Seat.US,)


def test_an_illegal_order_is_refused_and_changes_nothing() -> None:
    played = match(Seat.US)
    before = snapshot(played)
    (refusal,) = played.commit(Seat.US, ILLEGAL)
    assert (refusal.seat, refusal.part) == (Seat.US, Part.DEED)
    assert refusal.reason
    assert snapshot(played) == before


def test_a_refused_order_leaves_the_commitment_before_it() -> None:
    played = match(Seat.US)
    played.commit(Seat.US, order(Seat.US, "harden"))
    assert played.commit(Seat.US, ILLEGAL)
    assert played.waiting_for == ()
    played.advance()
    assert played.played[0].orders.deed[Seat.US, 0] == BOOK.deed(Seat.US, "harden")


def test_every_wrong_part_is_named_at_once() -> None:
    played = match(Seat.MILITIA)
    refused = played.commit(Seat.MILITIA, Order(word=99, whisper=99, site=3))
    assert {refusal.part for refusal in refused} == {Part.SITE, Part.WORD, Part.WHISPER}


# --- what cannot be asked for


def test_a_computer_s_seat_takes_no_orders() -> None:
    played = match(Seat.US)
    with pytest.raises(MatchError, match="a computer plays IRAN"):
        played.commit(Seat.IRAN, order(Seat.IRAN))


def finished(*people: Seat) -> Match:
    played = match(*people)
    while played.ending is Ending.NONE:
        for seat in people:
            played.commit(seat, order(seat))
        played.advance()
    return played


def test_a_game_that_is_over_goes_no_further() -> None:
    played = finished(Seat.US)
    before = snapshot(played)
    with pytest.raises(MatchError, match="the game is over"):
        played.commit(Seat.US, order(Seat.US))
    with pytest.raises(MatchError, match="the game is over"):
        played.advance()
    assert snapshot(played) == before
    assert len(played.played) == played.state.turn <= SCENARIO.setting.turns


# --- what a seat is shown


def test_before_the_first_turn_there_is_no_news() -> None:
    played = match(Seat.US)
    assert played.last_outcome is None
    assert played.account(Seat.US) is None
    assert played.observation(Seat.US).turn == 0


@pytest.mark.parametrize("seat", SEATS)
def test_after_a_turn_there_is(seat: Seat) -> None:
    played = match()
    played.advance()
    account = played.account(seat)
    assert account.seat is seat
    assert account.turn == 1
    assert news(SCENARIO, account)
    assert played.observation(seat).turn == 1
    legal = played.options(seat)
    assert legal.deed[0, 0], "hold may always be ordered"


def test_the_record_of_a_turn_stays_as_it_was() -> None:
    played = match()
    played.advance()
    record = bits(played.played[0])
    played.advance()
    assert bits(played.played[0]) == record
    assert not difference(played.played[0].before, SCENARIO.setting.open_games(played.state.key))
    assert played.played[1].before.turn == 1


# --- the same game as in an ensemble


def committing(played: Match, people: dict[Seat, Uniform]) -> Match:
    """Plays to the end; people's orders are those that the players given would give."""
    while played.ending is Ending.NONE:
        for seat, somebody in people.items():
            made = decide(
                somebody, played.scenario.setting, played.state, played.last_outcome, seat
            )
            assert played.commit(seat, made.order()) == []
        played.advance()
    return played


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("game", [0, 3, 41])
def test_a_match_is_the_game_of_its_number(scenario_id: str, game: int) -> None:
    ensemble = film(scenario_id, "default", 12, range(42))
    played = Match(scenario(scenario_id), cast(scenario_id, "default"), 12, game)
    while played.ending is Ending.NONE:
        played.advance()
        moment, turn = ensemble[played.state.turn], played.state.turn
        alone = np.array([game])
        assert game_digests(played.state)[0] == game_digests(moment.state)[game], turn
        found = difference(moment.outcome, played.last_outcome, alone)
        assert not found, f"turn {turn}: {found}"
    assert played.state.ending[0] == ensemble[-1].state.ending[game]


@pytest.mark.parametrize("people", [(Seat.US,), (Seat.IRAN, Seat.MILITIA), SEATS])
def test_hot_seat_people_who_play_alike_play_the_same_game(people: tuple[Seat, ...]) -> None:
    """The very orders of the ensemble's players, committed by hand, seat by seat."""
    rest = {s: p for s, p in cast("turn_zero", "uniform").items() if s not in people}
    played = committing(Match(SCENARIO, rest, 12, 7), {seat: Uniform() for seat in people})
    last = film("turn_zero", "uniform", 12, range(8))[-1].state
    alone = last.take(np.array([7]))
    alone.turn = played.state.turn
    assert not difference(alone, played.state)


def test_the_order_of_committing_does_not_matter() -> None:
    ends = []
    for first_to_last in (SEATS, SEATS[::-1]):
        played = match(*SEATS)
        deeds = dict(
            zip(SEATS, ("strike_fighters", "seek_talks", "harass", "mediate"), strict=True)
        )
        for seat in first_to_last:
            assert played.commit(seat, order(seat, deeds[seat])) == []
        played.advance()
        ends.append(bits((played.state, played.last_outcome)))
    assert ends[0] == ends[1]


def test_two_matches_do_not_touch() -> None:
    one, other = match(), match()
    before = bits(other.state)
    one.advance()
    assert bits(other.state) == before
    for (path, ours), (_, theirs) in zip(arrays(one.state), arrays(other.state), strict=True):
        assert not np.shares_memory(ours, theirs), path


def test_another_seed_or_number_is_another_game() -> None:
    games = [finished() for _ in range(2)]
    assert not difference(games[0].state, games[1].state)
    for other in (match(seed=5), match(game=1)):
        while other.ending is Ending.NONE:
            other.advance()
        assert difference(games[0].state, other.state)


def test_a_match_leaves_its_scenario_as_it_was() -> None:
    before = bits(setting("turn_zero"))
    finished(Seat.US)
    assert bits(setting("turn_zero")) == before
    assert replace(SCENARIO) == SCENARIO
