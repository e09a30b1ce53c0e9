"""How often a deal or a truce is ended by fire that its seat never ordered: imagined futures in
which the seat holds and the others go on as their seats usually do.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from game.content.scenario import Scenario
from game.engine.play import play_on
from game.players.base import Dice, Options
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.rulebook import Rulebook
from game.rules.seats import Seat
from game.rules.state import Bools, State
from game.views.pledges import TRUCE, Pledge

from .beliefs import Grounds, imagine_on, recalled
from .cast import cast
from .consequences import repeated

FUTURES = 128
"""Imagined for each pledge."""
TURNS = 4
"""How far the staff looks: about as long as most deals run."""


class _Try(NamedTuple):
    """A pledge to be tried."""

    whisper: int
    rival: Seat | None
    order: Order
    """What the seat does in the first turn."""


def pledges(
    scenario: Scenario,
    seen: Observation,
    legal: Options,
    dice: Dice,
    grounds: Grounds,
    futures: int = FUTURES,
) -> list[Pledge]:
    """What may become of every deal and truce that the seat may make now, or that holds.

    Args:
        scenario: what is played.
        seen: what the seat sees (B = 1).
        legal: what it may order.
        dice: the seat's own luck; the futures' is made from it, apart from the game's.
        grounds: what the staff has made of the game so far.
        futures: imagined for each.
    """
    setting, seat = scenario.setting, seen.seat
    tried = list(_tries(setting.rulebook, seen, legal))
    if not tried or seen.turn >= setting.turns:
        return []
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    same = np.zeros(futures * len(tried), np.intp)
    state = imagine_on(setting, seen, same, np.tile(keys, len(tried)), grounds)
    for place, one in enumerate(tried):
        _sign(setting.rulebook, seen, state, one, slice(place * futures, (place + 1) * futures))
    last = min(seen.turn + TURNS, setting.turns)
    order = repeated([one.order for one in tried], futures)
    rest = repeated([Order()] * len(tried), futures)
    own, theirs = (np.zeros(same.size, np.bool_) for _ in range(2))
    outcome, rollout = recalled(seen, same), cast(scenario, {})
    for turn in range(seen.turn, last):
        held = {turn: {seat: order if turn == seen.turn else rest}}
        played = play_on(setting, rollout, state, outcome, until=turn + 1, given=held, at_once=True)
        before, state, outcome = state, played.state, played.outcome
        fell = (before.mil_truce > 0) & (state.mil_truce <= 0)
        blow = (outcome.blow[Seat.US, Seat.MILITIA] > 0) | (outcome.strike_militia_killed > 0)
        for place, one in enumerate(tried):
            cut = slice(place * futures, (place + 1) * futures)
            ours, others = _ended(one, seat, outcome.breach, fell, blow, cut)
            fresh = ~(own[cut] | theirs[cut])
            own[cut] |= ours & fresh
            theirs[cut] |= others & ~ours & fresh
    return [
        Pledge(
            one.whisper,
            one.rival,
            last - seen.turn,
            float(own[place * futures : (place + 1) * futures].mean()),
            float(theirs[place * futures : (place + 1) * futures].mean()),
        )
        for place, one in enumerate(tried)
    ]


def _tries(book: Rulebook, seen: Observation, legal: Options) -> Iterator[_Try]:
    """Deals that hold or may be signed, and the truce that holds or may be declared."""
    for rival in seen.seat.rivals:
        holds = int(seen.deal[rival, 0])
        for code, whisper in enumerate(book.whispers):
            open_now = not holds and bool(legal.whisper[code, rival, 0])
            if whisper.deal is not None and (code == holds or open_now):
                yield _Try(code, rival, Order())
    truce = seen.columns.get("mil_truce")
    if truce is not None and truce[0] > 0:
        yield _Try(TRUCE, None, Order())
    elif seen.seat is Seat.MILITIA:
        for number, deed in enumerate(book.deeds[seen.seat]):
            if deed.effects.get("mil_truce", 0) > 0 and legal.deed[number, 0]:
                yield _Try(TRUCE, None, Order(deed=number))


def _sign(book: Rulebook, seen: Observation, state: State, one: _Try, games: slice) -> None:
    """Puts a deal in force that is to be tried; one that holds already goes on."""
    if one.rival is None or int(seen.deal[one.rival, 0]) == one.whisper:
        return
    deal = book.whispers[one.whisper].deal
    assert deal is not None
    for pair in ((seen.seat, one.rival), (one.rival, seen.seat)):
        state.deal[(*pair, games)] = one.whisper
        state.deal_days[(*pair, games)] = deal.days


def _ended(
    one: _Try, seat: Seat, breach: Bools, fell: Bools, blow: Bools, games: slice
) -> tuple[Bools, Bools]:
    """Where a pledge ended in a turn from the seat's side, and where from the other."""
    if one.rival is None:
        return fell[games] & ~blow[games], fell[games] & blow[games]
    return breach[seat, one.rival, games], breach[one.rival, seat, games]
