"""Phase 9: how near the brink the turn went, and whether the game is over."""

import numpy as np

from ..endings import Ending
from ..luck import Draw
from ..picking import where
from ..seats import Rung, Seat
from ..turn import Turn


def endings(turn: Turn) -> None:
    """Sets the turn's rung, moves the brink, and ends games that are over."""
    _climb(turn)
    _brink(turn)
    _end(turn)


def _climb(turn: Turn) -> None:
    state, out, orders = turn.state, turn.outcome, turn.orders
    rung = out.fire_rung.max(axis=0)
    for seat in Seat:
        np.maximum(rung, turn.tables.rung[seat].take(orders.deed[seat]), out=rung)
        np.maximum(rung, orders.word[seat] > 0, out=rung)
    out.rung = rung
    state.rung[:] = rung
    np.maximum(state.highest_rung, rung, out=state.highest_rung)


def _brink(turn: Turn) -> None:
    """The threat that leaves something to chance (Schelling 1960): each exchange between states
    brings war nearer, and at every exchange luck decides whether it slips.
    """
    state, p, rung = turn.state, turn.p.endings, turn.outcome.rung
    exchange = rung >= Rung.STATES_STRIKE
    step = p.brink_by_leaders * (rung >= Rung.LEADERS_STRUCK)
    step += (p.brink_by_exchange - p.brink_by_leaders) * exchange
    step += (p.brink_by_massacre - p.brink_by_exchange) * (rung >= Rung.MASS_CASUALTIES)
    state.brink *= turn.decays.brink
    state.brink += step * (1 - state.brink)
    games = where(exchange)
    slips = turn.draw(Draw.WAR, games) < p.war_odds * state.brink.take(games)
    war = games[slips]
    turn.outcome.ending[war] = Ending.GENERAL_WAR
    for rungs in (turn.outcome.rung, state.rung, state.highest_rung):
        rungs[war] = Rung.GENERAL_WAR


def _end(turn: Turn) -> None:
    """The first ending that applies, gravest first."""
    state, p, out = turn.state, turn.p.endings, turn.outcome
    due = (state.iraq_order_days > 0) & (state.iraq_order_days <= 1)
    expelled = due & (state.iraq_momentum >= p.expulsion_momentum)
    lapsed_order = due & ~expelled
    state.iraq_order_days -= lapsed_order * state.iraq_order_days
    at_peace = (state.quiet_days >= p.settled_days) & (state.mil_truce > 0)
    quiet = where(at_peace)
    at_peace[quiet] = ~(state.debt.take(quiet, axis=-1) > 0).any(axis=(0, 1))
    last = turn.state.turn + 1 >= turn.setting.turns
    for ending, reached in (
        (Ending.COLLAPSE, state.iraq_authority <= p.collapse_authority),
        (Ending.EXPULSION, expelled),
        (Ending.WITHDRAWAL, state.us_troops <= p.withdrawal_troops),
        (Ending.RESTRAINT, at_peace),
        (Ending.CALENDAR, np.full(state.games, last)),
    ):
        out.ending += ((out.ending == 0) & reached) * np.int8(ending)
