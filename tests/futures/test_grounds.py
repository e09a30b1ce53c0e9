"""What a staff has made of the game so far is where it looks ahead from; and how long a deal may
last whose seat keeps quiet.
"""

from functools import cache

import numpy as np
import pytest

from game.desktop.room.leaves.estimating import Question, consider
from game.futures.beliefs import Grounds, imagine_on, recalled
from game.futures.cast import cast
from game.futures.consequences import TURNS, consequences
from game.futures.pledges import pledges
from game.futures.regard import WORLDS, live, regard
from game.futures.seen import Seen
from game.players.base import Dice, assemble, decide, holding_choice
from game.rules.luck import imagined_keys
from game.rules.orders import HOLD, Order
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.state import credibility
from game.session.match import Match
from game.views.pledges import Pledge, made_by, told
from tests.common import scenario

US, IRAN, MILITIA, IRAQ = SEATS
PLAYED = 4


@cache
def seen_by(seat: Seat) -> Seen:
    """A game that has gone on for some turns in which the seat held, owing answers."""
    chosen = scenario("the_article")
    match = Match(chosen, cast(chosen, {}, [other for other in SEATS if other is not seat]), 7)
    for _ in range(PLAYED):
        match.commit(seat, HOLD)
        match.advance()
    return Seen(match, seat)


def grounds_of(seen: Seen) -> tuple[Grounds, Dice, np.ndarray]:
    dice = Dice.of(seen.match.state, seen.seat)
    keys = imagined_keys(dice.keys, dice.turn, WORLDS)[:, 0]
    return Grounds(live(seen.scenario.setting, seen.past, keys).minds), dice, keys


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_the_staff_looks_ahead_from_how_the_others_see_the_seat(seat: Seat) -> None:
    """One basis for the panel of orders and for "How they see you", and it is near the truth."""
    seen = seen_by(seat)
    setting, state = seen.scenario.setting, seen.match.state
    grounds, _, keys = grounds_of(seen)
    told = regard(setting, live(setting, seen.past, keys), seen.now, keys)
    worlds = imagine_on(setting, seen.now, np.zeros(WORLDS, np.intp), keys, grounds)
    for one in told.regards:
        pair = one.rival, seat
        believed = 100 * credibility(worlds.kept[pair], worlds.broken[pair]).mean()
        true = 100 * credibility(state.kept[pair], state.broken[pair])[0]
        assert believed == pytest.approx(one.believes.mean, abs=1e-3)
        assert believed == pytest.approx(true, abs=3)
        assert 100 * worlds.anger[pair].mean() == pytest.approx(one.pressure.mean, abs=1e-3)


def test_what_the_window_shows_is_reckoned_from_there() -> None:
    """By the minds that were carried on and by the staff's own odds of the theories."""
    seen = seen_by(US)
    grounds, dice, _ = grounds_of(seen)
    asked = Question(
        seen.scenario, seen.now, seen.options, dice, HOLD, seen.past, True, True, seen.glances
    )
    parts = [part for part in consider(asked) if part is not None]
    belief = next(part.belief for part in reversed(parts) if part.belief is not None)
    assert belief.shares != belief.course[0], "the turns have told something"
    found = next(part for part in parts if part.consequences is not None)
    known = seen.scenario, seen.now, seen.options, HOLD, dice, found.futures, TURNS
    assert found.consequences == consequences(*known, grounds._replace(odds=belief.shares))
    assert found.consequences != consequences(*known)


def test_worlds_are_imagined_by_the_odds_that_the_staff_gives_them() -> None:
    seen = seen_by(US)
    _, _, keys = grounds_of(seen)
    for theory in (1, 2):
        odds = [float(place == theory) for place in range(3)]
        worlds = imagine_on(
            seen.scenario.setting, seen.now, np.zeros(WORLDS, np.intp), keys, Grounds(odds=odds)
        )
        assert (worlds.theory == theory).all()


def test_how_often_a_deal_is_broken_by_fire_that_nobody_ordered() -> None:
    """By the rules, turn by turn: the militias hold, and their men fire all the same."""
    seen = seen_by(MILITIA)
    chosen, setting, futures = seen.scenario, seen.scenario.setting, 12
    grounds, dice, _ = grounds_of(seen)
    book = setting.rulebook
    code = book.whisper("pay_for_quiet")
    (deal,) = [
        one
        for one in pledges(chosen, seen.now, seen.options, dice, grounds, futures)
        if one.rival is IRAQ
    ]
    keys, same = imagined_keys(dice.keys, dice.turn, futures)[:, 0], np.zeros(futures, np.intp)
    state = imagine_on(setting, seen.now, same, keys, grounds)
    for pair in ((MILITIA, IRAQ), (IRAQ, MILITIA)):
        state.deal[pair], state.deal_days[pair] = code, book.whispers[code].deal.days
    outcome, players = recalled(seen.now, same), cast(chosen, {})
    own, theirs = (np.zeros(futures, np.bool_) for _ in range(2))
    for _ in range(deal.turns):
        choices = {by: decide(who, setting, state, outcome, by) for by, who in players.items()}
        choices[MILITIA] = holding_choice(futures)
        state, outcome = resolve(setting, state, assemble(choices, futures))
        fresh = ~(own | theirs)
        own |= outcome.breach[MILITIA, IRAQ] & fresh
        theirs |= outcome.breach[IRAQ, MILITIA] & ~outcome.breach[MILITIA, IRAQ] & fresh
    assert (deal.whisper, deal.own, deal.theirs) == (code, own.mean(), theirs.mean())
    assert deal.own > 0, "nobody ordered any of it"


def test_a_pledge_is_told_to_whoever_would_make_it() -> None:
    book = scenario("the_article").setting.rulebook
    quiet, pay = book.whisper("quiet_for_quiet"), book.whisper("pay_for_quiet")
    lasting = "If you hold, as your staff sees it: it lasts four turns in nearly all futures."
    for seat, pledge, words in (
        (
            MILITIA,
            Pledge(pay, IRAQ, 4, 0.78, 0.049),
            "If you hold, as your staff sees it: within four turns in 78 of 100 futures men of "
            "yours fire without an order, which breaks it.",
        ),
        (
            IRAN,
            Pledge(quiet, US, 2, 0.09, 0.9),
            "If you hold, as your staff sees it: within two turns in 9 of 100 futures fire that "
            "nobody signed is laid at your door, which breaks it, and in 90 of 100 "
            "futures Washington breaks it.",
        ),
        (US, Pledge(quiet, IRAN, 4, 0, 0), lasting),
    ):
        assert told(seat, pledge) == words
    truce = Pledge(0, None, 4, 0, 0)
    order = Order(deed=book.deed(MILITIA, "truce"), whisper=pay, whisper_to=int(IRAQ))
    lines = made_by(book, MILITIA, order, [Pledge(pay, IRAQ, 4, 0, 0), truce])
    assert lines == [f"The truce. {lasting}", f"The deal “pay for quiet”. {lasting}"]
    assert made_by(book, MILITIA, HOLD, [truce]) == []
