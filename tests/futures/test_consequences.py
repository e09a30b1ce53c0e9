"""What the staff expects of orders, recomputed one future after the other by the rules alone."""

from functools import cache

import numpy as np
import pytest

from game.futures.beliefs import imagine, recalled
from game.futures.cast import cast
from game.futures.consequences import (
    TURNS,
    Ahead,
    consequences,
    estimate_of,
    finished,
    look_ahead,
    may_be_said,
    rival_of,
    said,
    voices,
    whole_orders,
)
from game.players.base import Choice, Dice, Options, assemble, decide
from game.rules.endings import Ending, marks
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import HOLD, PARTS, Order
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.state import credibility
from game.session.match import Match
from game.views.effects import FEWEST_GAMES
from tests.common import scenario
from tests.futures.by_hand import go_on

US, IRAN, MILITIA, IRAQ = SEATS
FUTURES = 6
HARM = {
    US: ("attacks",),
    IRAN: ("iran_dead",),
    MILITIA: ("militia_dead",),
    IRAQ: ("iraqi_dead", "civilians_dead"),
}


@cache
def standing() -> Match:
    """A game in which Washington has killed a commander, so that two seats owe it an answer."""
    match = Match(scenario("the_article"), {}, 7)
    for seat in SEATS:
        deed = match.scenario.setting.rulebook.deed(US, "kill_commander") if seat is US else 0
        assert not match.commit(seat, Order(deed=deed))
    match.advance()
    return match


def asked(seat: Seat) -> tuple[Observation, Options, Dice]:
    match = standing()
    return match.observation(seat), match.options(seat), Dice.of(match.state, seat)


@cache
def by_hand(seat: Seat, order: Order, theory: str = "") -> Ahead:
    """The futures of an order, played turn by turn; where a theory is named, under that one."""
    match = standing()
    setting, players = match.scenario.setting, cast(match.scenario, {})
    if theory:
        setting = setting.dealt(setting.rulebook.theory(theory))
    seen, _, dice = asked(seat)
    keys = imagined_keys(dice.keys, dice.turn, FUTURES)[:, 0]
    same = np.zeros(FUTURES, np.intp)
    start, news = imagine(setting, seen, same, keys), recalled(seen, same)
    choices = {by: decide(who, setting, start, news, by) for by, who in players.items()}
    choices[seat] = Choice(*(np.full(FUTURES, getattr(order, part), np.intp) for part in PARTS))
    state, outcome = resolve(setting, start, assemble(choices, FUTURES))
    paid, ending_now = outcome.answered[seat].astype(np.float32), state.ending
    later = go_on(setting, players, (state, outcome), TURNS - 1)
    state = later[-1][0] if later else state
    return Ahead(
        attacks=state.attacks - start.attacks,
        harm=sum(getattr(state, name) - getattr(start, name) for name in HARM[seat]),
        war=np.where(state.ending == Ending.GENERAL_WAR, 100, state.brink * 100),
        believes=100 * credibility(state.kept[:, seat], state.broken[:, seat]),
        anger=100 * state.anger[:, seat],
        score=marks(setting, state)[seat],
        ending=state.ending,
        ending_now=ending_now,
        paid=paid,
    )


def some_orders(seat: Seat) -> list[Order]:
    """A blow with a word, and two other deeds."""
    book, draft = standing().scenario.setting.rulebook, HOLD
    if seat is US:
        draft = Order(word=book.word("threaten"), word_to=int(IRAN), word_rung=6)
    _, legal, _ = asked(seat)
    orders = whole_orders(book, legal, draft)
    return [orders[0], orders[len(orders) // 2], orders[-1]]


@pytest.mark.parametrize("seat", SEATS)
def test_futures_are_those_of_the_rules(seat: Seat) -> None:
    match, (seen, _, dice), orders = standing(), asked(seat), some_orders(seat)
    keys = imagined_keys(dice.keys, dice.turn, FUTURES)[:, 0]
    players = cast(match.scenario, {})
    work = look_ahead(match.scenario.setting, seen, orders, players, keys, TURNS)
    for order, ahead in zip(orders, finished(work), strict=True):
        expected = by_hand(seat, order)
        for name in Ahead.__slots__:
            found, wanted = getattr(ahead, name), getattr(expected, name)
            assert found.shape == wanted.shape
            assert np.allclose(found, wanted, atol=1e-3), name


def test_no_future_outlasts_the_calendar() -> None:
    """It rests after each turn but the last."""
    match, (seen, _, dice) = standing(), asked(US)
    turns = match.scenario.setting.turns
    keys = imagined_keys(dice.keys, dice.turn, 1)[:, 0]
    players = cast(match.scenario, {})
    work = look_ahead(match.scenario.setting, seen, [HOLD], players, keys, turns + 5)
    assert len(list(work)) == turns - match.state.turn - 1
    assert len(list(look_ahead(match.scenario.setting, seen, [HOLD], players, keys, 1))) == 0


@pytest.mark.parametrize("seat", [IRAN, MILITIA], ids=lambda seat: seat.name)
def test_an_order_is_held_against_holding_future_by_future(seat: Seat) -> None:
    """The mean of the differences with its error, where 90 of 100 of them lie, and what holding
    comes to; whom it pays, and what would."""
    match = standing()
    book = match.scenario.setting.rulebook
    (seen, legal, dice), wanted = asked(seat), some_orders(seat)
    draft = wanted[0]
    every = consequences(match.scenario, seen, legal, draft, dice, FUTURES)
    held = by_hand(seat, HOLD)
    owed = [rival for rival in SEATS if seen.debt[seat, rival, 0] > 0]
    assert owed
    for order in wanted:
        (told,) = (one for one in every if one.deed == order.deed)
        ahead, about = by_hand(seat, order), rival_of(book, seen, order)
        assert told.about is about
        lines = {
            "believes": (ahead.believes[about], held.believes[about]),
            "anger": (ahead.anger[about], held.anger[about]),
            "harm": (ahead.harm, held.harm),
            "war": (ahead.war, held.war),
            "score": (ahead.score, held.score),
        }
        for change in told.changes:
            with_it, without = lines[change.measure]
            moved = np.sort(with_it - without)
            assert change.level == pytest.approx(without.mean(), abs=1e-3)
            assert change.change.mean == pytest.approx(moved.mean(), abs=1e-3)
            error = moved.std(ddof=1) / FUTURES**0.5
            assert change.change.error == pytest.approx(error, abs=1e-3)
            assert change.band == pytest.approx((moved[0], moved[-1]), abs=1e-3)
        paid = ahead.paid[owed]
        assert told.pays == pytest.approx(paid.max(axis=0).mean())
        if told.pays:
            assert told.pays_to is owed[int(paid.mean(axis=1).argmax())]
        else:
            assert told.pays_to is None
        force = book.deeds[seat][order.deed].group == "force"
        never = {rival for rival in owed if not ahead.paid[rival].any()}
        assert {rival for rival, _ in told.unpaid} == (never if force else set())
        assert told.ends[:3] == pytest.approx(
            [
                (codes > Ending.CALENDAR).mean()
                for codes in (ahead.ending_now, ahead.ending, held.ending)
            ]
        )


def test_a_voice_tells_what_its_theory_expects() -> None:
    """Of the attacks to come, against holding, with the same luck."""
    seen, legal, dice = asked(IRAN)
    heard = voices(standing().scenario, seen, legal, HOLD, dice, FUTURES)
    for order in some_orders(IRAN):
        for voice, theory in zip(heard[order.deed], ("deterrence", "spiral"), strict=True):
            with_it, without = (by_hand(IRAN, each, theory).attacks for each in (order, HOLD))
            assert voice.theory == theory
            assert voice.attacks.mean == pytest.approx((with_it - without).mean(), abs=1e-3)


def test_a_mean_has_its_error() -> None:
    found = estimate_of(np.array([1.0, 2.0, 3.0, 6.0]))
    assert found.mean == 3
    assert found.error == pytest.approx((14 / 3) ** 0.5 / 2)
    assert estimate_of(np.array([1.0, 3.0])).error == pytest.approx(1)
    assert np.isnan(estimate_of(np.array([1.0])).error)
    assert np.isnan(estimate_of(np.arange(FEWEST_GAMES - 1.0)).low)
    assert not np.isnan(estimate_of(np.arange(FEWEST_GAMES + 0.0)).low)


# ------------------------------------------------------------------------------ what an order says


def test_what_of_a_draft_may_be_said() -> None:
    """A word or a message that lacks its target, its rung, or leave to be said, is left out; the
    other stays, and so does the deed."""
    match = standing()
    book, (_, legal, _) = match.scenario.setting.rulebook, asked(US)
    deed = book.deed(US, "harden")
    threat = Order(deed=deed, word=book.word("threaten"), word_to=int(IRAN), word_rung=5)
    assert may_be_said(book, legal, threat) == threat
    mute = Order(deed=deed)
    for lacking in ({"word_to": -1}, {"word_rung": 0}):
        draft = Order(deed=deed, **({"word": threat.word, "word_to": 1, "word_rung": 5} | lacking))
        assert may_be_said(book, legal, draft) == mute
    plain = Order(deed=deed, word=book.word("appeal"))
    assert may_be_said(book, legal, plain) == plain
    sent = Order(deed=deed, whisper=book.whisper("demand"), whisper_to=int(IRAN))
    assert may_be_said(book, legal, sent) == sent
    assert may_be_said(book, legal, Order(deed=deed, whisper=sent.whisper)) == mute
    silent = Options(legal.deed, np.zeros_like(legal.word), np.zeros_like(legal.whisper))
    both = Order(deed=deed, word=plain.word, whisper=sent.whisper, whisper_to=int(IRAN))
    assert may_be_said(book, silent, both) == mute
    only_sent = Options(legal.deed, np.zeros_like(legal.word), legal.whisper)
    assert may_be_said(book, only_sent, both) == sent


def test_the_place_goes_with_its_own_deed_alone() -> None:
    match = standing()
    book, (_, legal, _) = match.scenario.setting.rulebook, asked(US)
    strike = book.deed(US, "strike_depots")
    draft = Order(deed=strike, site=book.site("jurf"))
    orders = whole_orders(book, legal, draft)
    assert [order.deed for order in orders] == np.flatnonzero(legal.deed[:, 0]).tolist()
    assert {order.deed: order.site for order in orders if order.site != -1} == {strike: draft.site}


def test_what_changes_the_figures_of_all_deeds() -> None:
    """What is said, and the place where one is named; not which deed is picked."""
    assert said(Order(deed=3)) == said(Order(deed=5)) == said(HOLD)
    assert said(Order(deed=3, site=2)) != said(Order(deed=5, site=2))
    assert said(Order(deed=3, site=2)) != said(Order(deed=3, site=4))
    spoken = [
        Order(word=1), Order(word=2), Order(word=2, word_to=1), Order(word=2, word_rung=1),
        Order(whisper=1), Order(whisper=1, whisper_to=1), HOLD,
    ]  # fmt: skip
    assert len({said(order) for order in spoken}) == len(spoken)


def test_by_whom_an_order_is_judged() -> None:
    """By whom the deed touches hardest, else by whom it speaks to, in public first, else by whom it
    owes the gravest answer, else by the usual one."""
    match = standing()
    book, seen = match.scenario.setting.rulebook, match.observation(US)
    strike = Order(deed=book.deed(US, "strike_depots"), word_to=int(IRAQ), whisper_to=int(IRAN))
    touched = book.deeds[US][strike.deed].against
    assert rival_of(book, seen, strike) is max(touched, key=lambda to: touched[to])
    alike = Order(deed=book.deed(US, "kill_commander"), word_to=int(IRAQ))
    assert book.deeds[US][alike.deed].against == {IRAN: 7, MILITIA: 7, IRAQ: 4}
    assert rival_of(book, seen, alike) is IRAN, "of equals the first"
    both = Order(word=book.word("condemn"), word_to=int(IRAQ), whisper_to=int(MILITIA))
    assert rival_of(book, seen, both) is IRAQ
    assert rival_of(book, seen, Order(whisper_to=int(MILITIA))) is MILITIA
    seen.debt[US] = 0
    assert rival_of(book, seen, HOLD) is IRAN
    seen.debt[US, MILITIA], seen.debt[US, IRAQ] = 3, 6
    assert rival_of(book, seen, HOLD) is IRAQ
