"""How the others see a seat, recomputed turn by turn by the rules; and all that a seat saw."""

from functools import cache

import numpy as np
import pytest

from game.futures.beliefs import imagine, known_orders
from game.futures.regard import Past, live, regard
from game.futures.seen import Seen, in_order
from game.players.base import assemble
from game.rules.account import account
from game.rules.endings import marks
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.orders import Order, Orders
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.state import State, credibility
from game.session.match import Match
from game.views.news import NewsItem
from tests.common import difference, scenario

US, IRAN, MILITIA, IRAQ = SEATS
WORLDS = 6
KEYS = game_keys(3, range(WORLDS))
SAME = np.zeros(WORLDS, np.intp)


@cache
def struck() -> Match:
    """Two turns: a threat and fire that nobody signs, then a strike with a message."""
    match = Match(scenario("the_article"), {}, 7)
    book = match.scenario.setting.rulebook
    threat = Order(word=book.word("threaten"), word_to=int(IRAN), word_rung=5)
    fire = Order(deed=book.deed(MILITIA, "harass"))
    strike = Order(
        deed=book.deed(US, "strike_depots"),
        site=book.site("jurf"),
        whisper=book.whisper("notice"),
        whisper_to=int(IRAQ),
    )
    for given in ({US: threat, MILITIA: fire}, {US: strike}):
        for seat in SEATS:
            assert not match.commit(seat, given.get(seat, Order()))
        match.advance()
    return match


def past_of(match: Match, seat: Seat) -> tuple[Past, ...]:
    rules, outcome, past = match.scenario.setting, None, []
    for turn in match.played:
        seen = observe(rules, turn.before, outcome, seat)
        outcome = turn.outcome
        past.append(Past(seen, account(rules, outcome, seat)))
    return tuple(past)


def minds(state: State, seat: Seat) -> tuple[np.ndarray, np.ndarray]:
    """What each rival believes of the seat and feels, of 100."""
    kept, broken = state.kept[:, seat], state.broken[:, seat]
    return 100 * credibility(kept, broken), 100 * state.anger[:, seat]


def spread(orders: Orders) -> Orders:
    return orders.take(SAME)


@pytest.mark.parametrize("seat", [US, IRAN], ids=lambda seat: seat.name)
def test_the_worlds_are_carried_through_what_the_seat_saw(seat: Seat) -> None:
    match = struck()
    setting, past = match.scenario.setting, past_of(match, seat)
    now = match.observation(seat)
    found = regard(setting, live(setting, past, KEYS), now, KEYS)
    carried: State | None = None
    moments, blows = [], {}
    for seen in [*(turn.seen for turn in past), now]:
        world = imagine(setting, seen, SAME, KEYS)
        if carried is not None:
            for rival in seat.rivals:
                for name in ("kept", "broken", "anger"):
                    getattr(world, name)[rival] = getattr(carried, name)[rival]
        moments.append(minds(world, seat))
        if seen is now:
            break
        learnt = past[len(moments) - 1].learnt
        orders = assemble(known_orders(learnt), 1)
        carried, _ = resolve(setting, world, spread(orders))
        if setting.rulebook.deeds[seat][learnt.own_deed].group == "force":
            orders.deed[seat], orders.site[seat] = 0, -1
            held, _ = resolve(setting, world, spread(orders))
            blows = {
                rival: [
                    float((a[rival] - b[rival]).mean())
                    for a, b in zip(minds(carried, seat), minds(held, seat), strict=True)
                ]
                for rival in seat.rivals
            }
    (before, was_angry), (after, is_angry) = moments[-2:]
    for one in found.regards:
        for guess, then, values in (
            (one.believes, before, after),
            (one.pressure, was_angry, is_angry),
        ):
            row = np.sort(values[one.rival])
            assert guess.mean == pytest.approx(row.mean(), abs=1e-3)
            assert guess.before == pytest.approx(then[one.rival].mean(), abs=1e-3)
            assert guess.band == pytest.approx((row[0], row[-1]), abs=1e-3)
    told = {blow.rival: [blow.fear.mean, blow.anger.mean] for blow in found.blows}
    assert told.keys() == blows.keys() == (set(seat.rivals) if seat is US else set())
    for rival, moved in blows.items():
        assert told[rival] == pytest.approx(moved, abs=1e-3)
    assert {(blow.turn, blow.deed) for blow in found.blows} <= {(2, "Strike depots")}


def test_the_last_of_several_blows_is_told() -> None:
    match = Match(scenario("the_article"), {}, 7)
    for deed in ("strike_depots", "strike_fighters", "hold"):
        number = match.scenario.setting.rulebook.deed(US, deed)
        for seat in SEATS:
            assert not match.commit(seat, Order(deed=number if seat is US else 0))
        match.advance()
    setting = match.scenario.setting
    lived = live(setting, past_of(match, US), KEYS)
    found = regard(setting, lived, match.observation(US), KEYS)
    assert [(blow.rival, blow.turn, blow.deed) for blow in found.blows] == [
        (rival, 2, "Strike fighters") for rival in US.rivals
    ]


def test_what_letting_a_debt_pass_costs() -> None:
    """Letting it pass on its last day, against owing nothing, with the same luck."""
    match = struck()
    setting, past = match.scenario.setting, past_of(match, US)[:0]
    now = Match(match.scenario, {}, 7).observation(US)
    owed = [rival for rival in US.rivals if now.debt[US, rival, 0] > 0]
    found = {
        lapse.rival: lapse for lapse in regard(setting, live(setting, past, KEYS), now, KEYS).lapses
    }
    assert set(found) == set(owed)
    assert owed
    for rival in owed:
        due, free = (imagine(setting, now, SAME, KEYS) for _ in range(2))
        due.debt_days[US, rival] = 0
        free.debt[US, rival] = free.debt_days[US, rival] = 0
        still = spread(Orders.of({seat: Order() for seat in SEATS}))
        ends = [resolve(setting, one, still)[0] for one in (due, free)]
        let, never = (minds(end, US)[0][rival] for end in ends)
        moved = float((let - never).mean())
        assert found[rival].believes.mean == pytest.approx(moved, abs=1e-3)
        let, never = (marks(setting, end)[US] for end in ends)
        assert found[rival].score == pytest.approx(float((let - never).mean()), abs=1e-3)
        assert found[rival].score < 0


def test_orders_as_far_as_a_seat_knows_them() -> None:
    """Its own, what was signed or said in the open, and what was sent to it."""
    match = struck()
    first, second = (turn.outcome for turn in match.played)
    rules, book = match.scenario.setting, match.scenario.setting.rulebook
    by_iran = known_orders(account(rules, first, IRAN))
    assert by_iran[US].order() == Order(word=book.word("threaten"), word_to=1, word_rung=5)
    assert by_iran[MILITIA].order() == Order()
    strike = Order(deed=book.deed(US, "strike_depots"), site=book.site("jurf"))
    assert known_orders(account(rules, second, IRAN))[US].order() == strike
    heard = known_orders(account(rules, second, IRAQ))[US].order()
    assert (heard.whisper, heard.whisper_to) == (book.whisper("notice"), int(IRAQ))


# ------------------------------------------------------------------------------- what a seat saw


def test_a_seat_s_own_record_of_a_game() -> None:
    match = struck()
    for seat in SEATS:
        seen, past = Seen(match, seat), past_of(match, seat)
        assert len(seen.observations) == 3
        for one, turn in zip(seen.past, past, strict=True):
            assert not difference(one.seen.anger, turn.seen.anger)
            assert one.learnt == turn.learnt
        assert seen.before is seen.observations[1]
        assert seen.last == seen.accounts[-1]
        assert seen.stakes.highest == max(turn.learnt.rung for turn in past)
        assert len(seen.news) == 2
        assert [voice.seat for voice in seen.voices] == list(SEATS)
        assert seen.reckoning(None)[0].turn == 2
    new = Seen(Match(match.scenario, {}, 7), US)
    assert (new.before, new.last, new.peaks, new.voices) == (None, None, (), ())
    assert (new.reckoning(None), new.stakes.highest) == ([], 0)


def test_news_is_told_words_first_then_deeds_and_force_then_what_came_of_it() -> None:
    """Force stays in the order in which it came; a deed that touches nothing comes last."""
    kinds = ("line", "toll", "deed", "fire", "politics", "strike", "whisper", "word")
    items = [NewsItem(kind, kind, rung=4) for kind in kinds]
    minor = NewsItem("nothing much", "deed")
    told = [item.text for item in in_order([minor, *items])]
    assert told == [
        "word", "whisper", "deed", "toll", "fire", "strike", "line", "politics", "nothing much",
    ]  # fmt: skip
    placed = NewsItem("somewhere", "deed", site=0)
    assert in_order([minor, placed]) == [placed, minor]
