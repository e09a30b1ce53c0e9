"""The player of history gives its orders where they are legal, and leaves out what is not."""

import numpy as np
import pytest

from game.players.base import assemble, decide
from game.players.scripted import Scripted
from game.rules.legal import refusals
from game.rules.luck import game_keys
from game.rules.orders import PARTS, Orders, holding
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Seat
from game.rules.state import State
from tests.common import SCENARIOS, difference, scenario, setting, unlocked

RULES = setting("the_article")
BOOK = RULES.rulebook


def script() -> Orders:
    """A drone strike in the open, a threat, and a warning to Baghdad; a strike by Iran's leave."""
    orders = holding(1)
    orders.deed[Seat.US] = BOOK.deed(Seat.US, "strike_depots")
    orders.site[Seat.US] = next(i for i, site in enumerate(BOOK.sites) if site.host == "MILITIA")
    orders.word[Seat.US] = BOOK.word("threaten")
    orders.word_to[Seat.US], orders.word_rung[Seat.US] = Seat.IRAN, 5
    orders.whisper[Seat.US], orders.whisper_to[Seat.US] = BOOK.whisper("notice"), Seat.IRAQ
    orders.deed[Seat.MILITIA] = BOOK.deed(Seat.MILITIA, "harass")
    orders.site[Seat.MILITIA] = BOOK.site("k1")
    return orders


def opening(games: int = 2) -> State:
    return unlocked(RULES.open_games(game_keys(1, range(games))))


def ordered(state: State, seat: Seat) -> Orders:
    choice = decide(Scripted((script(),)), RULES, state, None, seat)
    orders = assemble({seat: choice}, state.games)
    assert refusals(RULES, state, orders) == []
    return orders


def test_what_is_legal_is_ordered_as_it_was() -> None:
    for seat in SEATS:
        orders = ordered(opening(), seat)
        for part in PARTS:
            given, wanted = getattr(orders, part)[seat], getattr(script(), part)[seat, 0]
            assert (given == wanted).all(), f"{seat.name}'s {part}"


def test_a_deed_that_is_not_legal_is_left_out_with_its_site() -> None:
    state = opening()
    state.us_troops[1] = 0
    orders = ordered(state, Seat.US)
    assert orders.deed[Seat.US].tolist() == [script().deed[Seat.US, 0], 0]
    assert orders.site[Seat.US].tolist() == [script().site[Seat.US, 0], ANY_SITE]
    assert (orders.word[Seat.US] == script().word[Seat.US]).all(), "the word stays"
    assert (orders.whisper[Seat.US] == script().whisper[Seat.US]).all(), "the whisper stays"


def test_a_base_that_has_been_handed_over_is_left_out() -> None:
    """… at the very share of them at which the next to go is this one."""
    state, base = opening(3), BOOK.site("k1")
    state.us_exposure[1:] = 0.3, RULES.tables.site_held[base]
    orders = ordered(state, Seat.MILITIA)
    assert (orders.deed[Seat.MILITIA] == script().deed[Seat.MILITIA]).all(), "the deed stays"
    assert orders.site[Seat.MILITIA].tolist() == [base, ANY_SITE, ANY_SITE]


def test_a_whisper_without_a_channel_is_left_out() -> None:
    state = opening()
    state.channel[Seat.US, Seat.IRAQ, 1] = 0
    orders = ordered(state, Seat.US)
    assert orders.whisper[Seat.US].tolist() == [BOOK.whisper("notice"), 0]
    assert orders.whisper_to[Seat.US].tolist() == [Seat.IRAQ, NO_SEAT]


def test_a_word_that_is_not_legal_is_left_out_with_its_target() -> None:
    orders = script()
    orders.word[Seat.IRAQ] = BOOK.word("justify_imminent")  # not Baghdad's to say
    choice = decide(Scripted((orders,)), RULES, opening(), None, Seat.IRAQ)
    assert (choice.word == 0).all()
    assert (choice.word_to == NO_SEAT).all()
    assert (choice.word_rung == 0).all()


def test_after_its_last_turn_it_holds() -> None:
    state = opening()
    state.turn = 1
    choice = decide(Scripted((script(),)), RULES, state, None, Seat.US)
    assert not difference(assemble({Seat.US: choice}, 2), holding(2))


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_history_is_legal_in_its_first_turn(scenario_id: str) -> None:
    read = scenario(scenario_id)
    state = read.setting.open_games(game_keys(1, range(1)))
    first = read.historical_orders[0]
    assert refusals(read.setting, state, first) == []
    choices = {
        seat: decide(Scripted(read.historical_orders), read.setting, state, None, seat)
        for seat in SEATS
    }
    assert not difference(assemble(choices, 1), first)
    assert len(read.historical_orders) == read.setting.turns
    assert any((np.asarray(orders.deed) > 0).any() for orders in read.historical_orders)
