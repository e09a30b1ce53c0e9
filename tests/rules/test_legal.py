"""Masks, reasons and refusals agree, in any state that there can be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.players.base import Dice, assemble, options
from game.players.uniform import Uniform
from game.rules.legal import (
    HIGHEST_LINE,
    LOWEST_LINE,
    IllegalOrderError,
    Part,
    deed_mask,
    refusals,
    site_mask,
    whisper_mask,
    why_not_deed,
    why_not_whisper,
    why_not_word,
    word_mask,
)
from game.rules.observe import observe
from game.rules.orders import holding
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import PAIRS, SEATS, Seat
from game.rules.state import COLUMNS, array_names
from tests.support import US, Position, one_game, still, turn

BOOK = still().book
GAMES = 6
THRESHOLDS = {
    name: sorted(
        {
            float(bound)
            for deeds in BOOK.deeds
            for deed in deeds
            for r in deed.requires
            if r.column == name
            for bound in (r.at_least, r.at_most)
            if bound is not None
        }
        | ({site.held_above for site in BOOK.sites} if name == "us_exposure" else set())
    )
    for name in COLUMNS
}
"""What the rules compare each column with: the values where an error would show."""
SOME = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    """Several games, each column anywhere in its range, often exactly at a threshold."""
    columns = {}
    for name, bounds in THRESHOLDS.items():
        if not bounds:
            continue
        spec = COLUMNS[name]
        value = st.floats(spec.low, spec.high, width=32) | st.sampled_from(bounds)
        columns[name] = np.array([draw(value) for _ in range(GAMES)], np.float32)
    position = still(games=GAMES, **columns)
    bits = draw(st.lists(st.booleans(), min_size=12 * GAMES, max_size=12 * GAMES))
    for k, pair in enumerate(PAIRS):
        position.state.channel[pair] = bits[k * GAMES : (k + 1) * GAMES]
    return position


@SOME
@given(positions())
def test_a_mask_is_true_exactly_where_nothing_is_said_against_it(position: Position) -> None:
    """A deed, word or whisper is masked exactly where `why_not` gives a reason."""
    setting, state = position.setting, position.state
    alone = [position.take(slice(game, game + 1)).state for game in range(GAMES)]
    for seat in SEATS:
        deeds, words = deed_mask(setting, state, seat), word_mask(setting, state, seat)
        whispers = whisper_mask(setting, state, seat)
        assert deeds.shape == (len(BOOK.deeds[seat]), GAMES)
        assert deeds[0].all()
        assert words[0].all()
        assert not whispers[0].any()
        assert not whispers[:, seat].any()
        for game in range(GAMES):
            one = alone[game]
            for deed in range(len(BOOK.deeds[seat])):
                assert deeds[deed, game] == (why_not_deed(setting, one, seat, deed) == ())
            for word in range(len(BOOK.words)):
                assert words[word, game] == (why_not_word(setting, one, seat, word) == ())
            for whisper in range(1, len(BOOK.whispers)):
                for to in SEATS:
                    reasons = why_not_whisper(setting, one, seat, whisper, to)
                    assert whispers[whisper, to, game] == (reasons == ())


@SOME
@given(positions(), st.data())
def test_an_order_is_refused_exactly_where_it_is_masked(
    position: Position, data: st.DataObject
) -> None:
    """The referee refuses what the mask rules out, names it, and refuses nothing else."""
    setting, state = position.setting, position.state
    seat = data.draw(st.sampled_from(SEATS))
    orders = holding(GAMES)
    deed = data.draw(st.integers(0, len(BOOK.deeds[seat]) - 1))
    word = data.draw(st.integers(0, len(BOOK.words) - 1))
    whisper = data.draw(st.integers(1, len(BOOK.whispers) - 1))
    to = data.draw(st.sampled_from(SEATS))
    orders.deed[seat], orders.word[seat] = deed, word
    orders.word_to[seat] = seat.rivals[0] if BOOK.words[word].to_seat else NO_SEAT
    orders.word_rung[seat] = LOWEST_LINE if BOOK.words[word].to_rung else 0
    orders.whisper[seat], orders.whisper_to[seat] = whisper, to
    found = refusals(setting, state, orders)
    expected = {
        Part.DEED: ~deed_mask(setting, state, seat)[deed],
        Part.WORD: ~word_mask(setting, state, seat)[word],
        Part.WHISPER_TO: ~whisper_mask(setting, state, seat)[whisper, to],
    }
    for part, masked in expected.items():
        games = [refusal.game for refusal in found if refusal.part is part]
        assert games == np.flatnonzero(masked).tolist()
    assert {refusal.part for refusal in found} <= set(expected)
    assert all(refusal.seat is seat and refusal.reason for refusal in found)
    names = {
        Part.DEED: BOOK.deeds[seat][deed].id,
        Part.WORD: BOOK.words[word].id,
        Part.WHISPER_TO: BOOK.whispers[whisper].id,
    }
    assert all(refusal.name == names[refusal.part] for refusal in found)


@SOME
@given(positions(), st.data())
def test_a_site_is_refused_exactly_where_it_is_masked(
    position: Position, data: st.DataObject
) -> None:
    """A deed may name a site exactly where `site_mask` says so."""
    setting, state = position.setting, position.state
    seat = data.draw(st.sampled_from(SEATS))
    deed = data.draw(st.integers(0, len(BOOK.deeds[seat]) - 1))
    mask = site_mask(setting, state, seat, deed)
    assert mask.shape == (len(BOOK.sites), GAMES)
    if BOOK.deeds[seat][deed].at is None:
        assert not mask.any()
    for site in range(len(BOOK.sites)):
        orders = holding(GAMES)
        orders.deed[seat], orders.site[seat] = deed, site
        found = refusals(setting, state, orders)
        refused = [r.game for r in found if r.part is Part.SITE]
        assert refused == np.flatnonzero(~mask[site]).tolist()
        assert all(r.name == BOOK.sites[site].id for r in found if r.part is Part.SITE)
    orders.site[seat] = ANY_SITE
    assert not [r for r in refusals(setting, state, orders) if r.part is Part.SITE]


@SOME
@given(positions(), st.integers(0, 2**32))
def test_what_the_masks_allow_is_played(position: Position, seed: int) -> None:
    """Orders picked at random from the masks are never refused, and the turn is adjudicated."""
    setting, state = position.setting, position.state
    state.key = state.key + np.uint64(seed)
    choices = {
        seat: Uniform().decide(
            setting,
            observe(setting, state, None, seat),
            options(setting, state, seat),
            Dice.of(state, seat),
        )
        for seat in SEATS
    }
    orders = assemble(choices, GAMES)
    assert refusals(setting, state, orders) == []
    after, _ = turn(position, orders)
    assert after.turn == state.turn + 1


@SOME
@given(positions(), st.data())
def test_one_bad_order_stops_the_whole_turn(position: Position, data: st.DataObject) -> None:
    """Where one order of one game is not legal, nothing is done in any game, and the first is
    named."""
    kept = position.state.copy()
    game = data.draw(st.integers(0, GAMES - 1))
    seat = data.draw(st.sampled_from(SEATS))
    orders = holding(GAMES)
    orders.word[seat, game] = next(k for k, word in enumerate(BOOK.words) if seat not in word.seats)
    with pytest.raises(IllegalOrderError) as refused:
        turn(position, orders)
    assert (refused.value.refusal.game, refused.value.refusal.seat) == (game, seat)
    assert str(refused.value).startswith(f"{seat.name}'s word")
    for name in array_names():
        assert np.array_equal(getattr(position.state, name), getattr(kept, name))


@SOME
@given(positions(), st.data())
def test_the_first_refusal_is_the_first_of_all(position: Position, data: st.DataObject) -> None:
    """`first_only` gives the first of the list that is given without it."""
    orders = holding(GAMES)
    for seat in SEATS:
        for game in range(GAMES):
            orders.deed[seat, game] = data.draw(st.integers(0, len(BOOK.deeds[seat]) - 1))
    every = refusals(position.setting, position.state, orders)
    first = refusals(position.setting, position.state, orders, first_only=True)
    assert first == every[:1]


@pytest.mark.parametrize("rung", range(-1, 12))
def test_the_rungs_of_a_line(rung: int) -> None:
    """A line may be drawn from pressure up to mass casualties."""
    before = still()
    orders = holding(1)
    orders.word[US], orders.word_to[US] = BOOK.word("threaten"), Seat.IRAN
    orders.word_rung[US] = rung
    refused = refusals(before.setting, before.state, orders)
    assert bool(refused) == (not 2 <= rung <= 9)
    assert (LOWEST_LINE, HIGHEST_LINE) == (2, 9)


@pytest.mark.parametrize("word", [w.id for w in BOOK.words])
def test_targets_of_words(word: str) -> None:
    """A word names a rival exactly where its data says that it names one."""
    takes = {w.id: w.to_seat for w in BOOK.words}[word]
    rung = 5 if {w.id: w.to_rung for w in BOOK.words}[word] else 0
    before = still()
    speakers = {w.id: w.seats for w in BOOK.words}[word]
    for seat in speakers:
        for to in (-2, -1, 0, 1, 2, 3, 4):
            orders = holding(1)
            orders.word[seat], orders.word_to[seat] = BOOK.word(word), to
            orders.word_rung[seat] = rung
            good = to in seat.rivals if takes else to == NO_SEAT
            found = refusals(before.setting, before.state, orders)
            assert [r.part for r in found] == ([] if good else [Part.WORD_TO])


def test_legality_looks_at_no_ended_game() -> None:
    """In a game that has ended any known order may stand, and does nothing."""
    before = one_game(games=3, mil_rockets=0, iraq_order_days=5)
    before.state.ending[1] = 2
    orders = holding(3)
    orders.deed[Seat.MILITIA, 1] = BOOK.deed(Seat.MILITIA, "barrage")
    orders.word[US, 1] = BOOK.word("claim")
    after, out = turn(before, orders)
    assert out.attacks[1] == 0
    assert after.ending[1] == 2
    for name in array_names():
        assert np.array_equal(getattr(before, name)[..., 1], getattr(after, name)[..., 1])
