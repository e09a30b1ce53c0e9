"""What a player is given: luck of its own; and a player under other rules."""

from dataclasses import replace

import numpy as np
import pytest

from game.players.base import Dice
from game.players.doctrine import DoctrinePlayer
from game.rules.luck import PlayerDraw, game_keys, player_draw, seat_keys
from game.rules.seats import SEATS, Seat
from tests.common import setting
from tests.players.test_cases_utility import doctrine
from tests.support import book_with


@pytest.mark.parametrize("seat", SEATS)
def test_a_seats_dice_are_its_own_of_this_very_turn(seat: Seat) -> None:
    """Each draw comes of the seat's keys and of the turn's slots, as `luck` defines it."""
    state = setting("the_article").open_games(game_keys(5, range(8)))
    state.turn = 3
    dice = Dice.of(state, seat)
    assert dice.turn == 3
    for what in PlayerDraw:
        defined = player_draw(seat_keys(state.key, seat), 3, what)
        assert np.array_equal(dice.draw(what), defined)


def test_a_player_under_other_rules_keeps_its_doctrine_and_its_manner() -> None:
    """… unless another doctrine is named."""
    book = setting("the_article").rulebook
    dull, eager = doctrine(Seat.US), doctrine(Seat.US, temper=4.0)
    for as_people in (False, True):
        player = DoctrinePlayer(dull, book, as_people=as_people)
        sharper = book_with({"choice.sharpness": 0.5}, book)
        same, other = player.under(sharper), player.under(sharper, eager)
        assert (same.doctrine, other.doctrine) == (dull, eager)
        assert same.is_as_people is other.is_as_people is as_people
        assert (same.deed_temper, other.deed_temper) == ((0.5, 2.0) if as_people else (1.0, 4.0))


def test_players_of_other_options_are_not_alike() -> None:
    """Players are alike where they weigh the same: one more deed, and they are not."""
    book = setting("the_article").rulebook
    hold, *others = book.deeds[Seat.US]
    more = replace(book, deeds=((hold, *others, replace(hold, id="wait")), *book.deeds[1:]))
    one = DoctrinePlayer(doctrine(Seat.US), book)
    assert one.structure == DoctrinePlayer(doctrine(Seat.US, temper=2.0), book).structure
    assert one.structure != one.under(more).structure
    assert one.structure != DoctrinePlayer(doctrine(Seat.US, words={"deny": {}}), book).structure
