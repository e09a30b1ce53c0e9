"""Phase 1: words are posted, whispers delivered.

A threat draws a line and stakes the speaker's name on keeping it (Fearon 1994, 1997: a public
threat ties hands; a private one is cheaper to make and to drop). A justification builds the case for
force while it lasts. A claim's effect on attribution waits for the evidence phase.
"""

import numpy as np

from ..luck import Draw
from ..seats import SEATS, Seat
from ..state import NO_LINE, Bools
from ..turn import Turn, tamed


def words(turn: Turn) -> None:
    """Posts the words and delivers the whispers."""
    for seat in SEATS:
        _side_effects(turn, seat)
        _toward_others(turn, seat)
        _in_private(turn, seat)
    _justification(turn)
    _guidance(turn)


def _side_effects(turn: Turn, seat: Seat) -> None:
    word = turn.orders.word[seat]
    for column, amounts in turn.tables.word_effects[seat]:
        values = getattr(turn.state, column)
        values += amounts.take(word)


def _toward_others(turn: Turn, seat: Seat) -> None:
    """Lines drawn, reassurance given, offence taken. Only games where somebody is spoken to."""
    state, orders, table = turn.state, turn.orders, turn.tables.word
    games = np.flatnonzero(orders.word_to[seat] >= 0)
    if not games.size:
        return
    to, word = orders.word_to[seat].take(games), orders.word[seat].take(games)
    draws_line, soothes = table.line.take(word), table.soothes.take(word)
    line = state.line[seat, to, games]
    line += draws_line * (orders.word_rung[seat].take(games) - line)
    state.line[seat, to, games] = line
    stake = state.stake[seat, to, games]
    stake += draws_line * (np.maximum(table.stake.take(word), stake) - stake)
    stake *= 1 - (soothes > 0) * turn.p.words.reassure_lowers_stake
    state.stake[seat, to, games] = stake
    state.anger[to, seat, games] *= 1 - soothes
    turn.outcome.harm[to, seat, games] += table.offends.take(word)


def _in_private(turn: Turn, seat: Seat) -> None:
    """A private demand binds a little to the line that stands; an assurance soothes."""
    state, orders, tables = turn.state, turn.orders, turn.tables
    games = np.flatnonzero(orders.whisper_to[seat] >= 0)
    if not games.size:
        return
    to, whisper = orders.whisper_to[seat].take(games), orders.whisper[seat].take(games)
    stake = state.stake[seat, to, games]
    drawn = state.line[seat, to, games] < NO_LINE
    stake += tables.whisper_stake.take(whisper) * (1 - stake) * drawn
    state.stake[seat, to, games] = stake
    state.anger[to, seat, games] *= 1 - tables.whisper_soothes.take(whisper)
    for column, receiver, amounts in tables.whisper_effects[seat]:
        heard = games[to == receiver]
        values = getattr(state, column)
        values[heard] += amounts.take(whisper[to == receiver])


def _justification(turn: Turn) -> None:
    """The American case rises with a fresh justification; changing it shows, and costs."""
    state, table, p = turn.state, turn.tables.word, turn.p.words
    word = turn.orders.word[Seat.US]
    fresh = (table.case.take(word) > 0) & np.not_equal(state.us_claim, word)
    games = np.flatnonzero(fresh & (_used_force(turn) | (state.us_force_days <= p.recent_days)))
    if not games.size:
        return
    word = word.take(games)
    case = state.us_case.take(games)
    case += table.case.take(word) * (1 - case)
    case -= (state.us_claim.take(games) > 0) * p.shift_cost
    state.us_case[games] = tamed(case)
    proof = turn.draw(Draw.PROOF, games)
    state.us_evidence[games] = proof * proof * p.proof_scale
    state.us_claim[games] = word


def _used_force(turn: Turn) -> Bools:
    return turn.tables.force[Seat.US].take(turn.deed(Seat.US)) > 0


def _guidance(turn: Turn) -> None:
    """Tehran's whisper stands for the turn in which it is given."""
    orders = turn.orders
    asked = turn.tables.guidance.take(orders.whisper[Seat.IRAN])
    asked *= np.equal(orders.whisper_to[Seat.IRAN], Seat.MILITIA)
    turn.state.mil_guidance = asked
