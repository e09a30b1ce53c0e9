"""Orders by name and by number: one reads as the other, and what no rulebook has is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.order_codec import order_names, order_of
from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.orders import HOLD, PARTS, Order, Orders
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Seat
from tests.common import setting

BOOK = setting("turn_zero").rulebook
US, IRAN, MILITIA, IRAQ = SEATS

seats = st.sampled_from(SEATS)


@st.composite
def orders(draw: st.DrawFn, seat: Seat) -> Order:
    """Any order that the rulebook has words for."""
    rivals = st.sampled_from([int(rival) for rival in seat.rivals])
    return Order(
        deed=draw(st.integers(0, len(BOOK.deeds[seat]) - 1)),
        word=draw(st.integers(0, len(BOOK.words) - 1)),
        word_to=draw(st.just(NO_SEAT) | rivals),
        word_rung=draw(st.just(0) | st.integers(LOWEST_LINE, HIGHEST_LINE)),
        whisper=draw(st.integers(0, len(BOOK.whispers) - 1)),
        whisper_to=draw(st.just(NO_SEAT) | rivals),
        site=draw(st.just(ANY_SITE) | st.integers(0, len(BOOK.sites) - 1)),
    )


def test_an_order_reads_by_name() -> None:
    order = Order(
        deed=BOOK.deed(US, "strike_depots"),
        word=BOOK.word("threaten"),
        word_to=IRAN,
        word_rung=5,
        whisper=BOOK.whisper("notice"),
        whisper_to=IRAQ,
        site=BOOK.site("jurf"),
    )
    assert order_names(BOOK, US, order) == {
        "deed": "strike_depots",
        "word": "threaten",
        "word_to": IRAN,
        "word_rung": 5,
        "whisper": "notice",
        "whisper_to": IRAQ,
        "site": "jurf",
    }


def test_holding_has_names_and_what_is_left_open_has_none() -> None:
    assert order_names(BOOK, MILITIA, HOLD) == {
        "deed": "hold",
        "word": "silence",
        "word_to": None,
        "word_rung": None,
        "whisper": "none",
        "whisper_to": None,
        "site": None,
    }


def test_the_first_seat_and_the_first_site_are_no_nothing() -> None:
    """Washington is seat 0, and a site is number 0: neither is taken for a part left open."""
    names = order_names(BOOK, IRAN, Order(word_to=US, whisper_to=US, site=0))
    assert (names["word_to"], names["whisper_to"]) == (US, US)
    assert names["site"] == BOOK.sites[0].id


@given(data=st.data(), seat=seats)
def test_names_come_back_as_the_same_order(data: st.DataObject, seat: Seat) -> None:
    order = data.draw(orders(seat))
    assert order_of(BOOK, seat, order_names(BOOK, seat, order)) == order


@given(data=st.data())
def test_a_batch_of_one_holds_the_same_orders(data: st.DataObject) -> None:
    given_by = {seat: data.draw(orders(seat)) for seat in SEATS}
    batch = Orders.of(given_by)
    assert batch.games == 1
    assert {seat: batch.order(seat) for seat in SEATS} == given_by


def test_seats_that_are_left_out_hold() -> None:
    batch = Orders.of({IRAN: Order(deed=2)})
    assert [batch.order(seat) for seat in SEATS] == [HOLD, Order(deed=2), HOLD, HOLD]


def test_an_order_is_put_into_some_games_only() -> None:
    batch = Orders.holding(4, 3)
    batch.put(IRAQ, Order(deed=1, site=2), slice(1, 2))
    assert [batch.order(IRAQ, game) for game in range(3)] == [HOLD, Order(deed=1, site=2), HOLD]


@pytest.mark.parametrize("part", ["deed", "word", "whisper", "site"])
def test_a_name_that_the_rulebook_lacks_is_told(part: str) -> None:
    names = order_names(BOOK, US, HOLD) | {part: "no_such_thing"}
    with pytest.raises(KeyError, match="no_such_thing"):
        order_of(BOOK, US, names)


def test_a_deed_is_looked_up_among_the_seats_own() -> None:
    """The militias' barrage is no deed of Washington's."""
    names = order_names(BOOK, MILITIA, Order(deed=BOOK.deed(MILITIA, "barrage")))
    with pytest.raises(KeyError, match="barrage"):
        order_of(BOOK, US, names)


def test_an_order_cannot_be_changed() -> None:
    """What a match has taken stays what it was."""
    for part in PARTS:
        with pytest.raises(AttributeError):
            setattr(HOLD, part, 1)
