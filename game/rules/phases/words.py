"""Phase 1: words are posted, whispers delivered.

A threat draws a line and stakes the speaker's name on keeping it (Fearon 1994, 1997: a public
threat ties hands; a private one is cheaper to make and to drop). A justification builds the case for
force while it lasts. A claim's effect on attribution waits for the evidence phase.
"""

import numpy as np

from ..luck import Draw
from ..seats import SEATS, Seat
from ..state import NO_LINE
from ..turn import Turn, tamed


def words(turn: Turn) -> None:
    """Posts the words and delivers the whispers."""
    for seat in SEATS:
        _side_effects(turn, seat)
        _toward_others(turn, seat)
    _justification(turn)
    _guidance(turn)
    _whispered_effects(turn)


def _side_effects(turn: Turn, seat: Seat) -> None:
    word = turn.orders.word[seat]
    for column, amounts in turn.tables.word_effects[seat]:
        values = getattr(turn.state, column)
        values += amounts.take(word)


def _toward_others(turn: Turn, seat: Seat) -> None:
    """Lines drawn, reassurance given, offence taken, private assurances."""
    state, orders, table = turn.state, turn.orders, turn.tables.word
    word, to, whisper_to = orders.word[seat], orders.word_to[seat], orders.whisper_to[seat]
    draws_line = table.line.take(word)
    soothes, offends = table.soothes.take(word), table.offends.take(word)
    stakes = table.stake.take(word)
    lets_go = (soothes > 0) * turn.p.words.reassure_lowers_stake
    private_stake = turn.tables.whisper_stake.take(orders.whisper[seat])
    private_soothes = turn.tables.whisper_soothes.take(orders.whisper[seat])
    for other in seat.rivals:
        spoken = np.equal(to, other).astype(np.float32)
        whispered = np.equal(whisper_to, other).astype(np.float32)
        threatened = spoken * draws_line
        line, stake = state.line[seat, other], state.stake[seat, other]
        line += threatened * (orders.word_rung[seat] - line)
        stake += threatened * (np.maximum(stakes, stake) - stake)
        stake -= spoken * lets_go * stake
        stake += whispered * private_stake * (1 - stake) * (line < NO_LINE)
        anger = state.anger[other, seat]
        anger -= anger * (spoken * soothes + whispered * private_soothes)
        turn.outcome.harm[other, seat] += spoken * offends


def _justification(turn: Turn) -> None:
    """The American case rises with a fresh justification; changing it shows, and costs."""
    state, table, p = turn.state, turn.tables.word, turn.p.words
    word = turn.orders.word[Seat.US]
    gain = table.case.take(word)
    used_force = turn.tables.force[Seat.US].take(turn.deed(Seat.US))
    recent = np.maximum(used_force, state.us_force_days <= p.recent_days)
    earnest = (gain > 0) * recent
    shifted = earnest * (state.us_claim > 0) * np.not_equal(state.us_claim, word)
    fresh = earnest * np.not_equal(state.us_claim, word)
    state.us_case += fresh * gain * (1 - state.us_case) - shifted * p.shift_cost
    tamed(state.us_case)
    proof = turn.draw(Draw.PROOF)
    state.us_evidence += fresh * (proof * proof * p.proof_scale - state.us_evidence)
    state.us_claim += fresh * (word - state.us_claim)


def _guidance(turn: Turn) -> None:
    """Tehran's whisper to the militia stands until the next one; silence lets it fade."""
    state, orders = turn.state, turn.orders
    given = turn.tables.guidance.take(orders.whisper[Seat.IRAN])
    spoken = np.equal(orders.whisper_to[Seat.IRAN], Seat.MILITIA) & ~np.isnan(given)
    state.mil_guidance *= 0
    state.mil_guidance += np.nan_to_num(given) * spoken


def _whispered_effects(turn: Turn) -> None:
    orders = turn.orders
    for sender, receiver, column, amounts in turn.tables.whisper_effects:
        values = getattr(turn.state, column)
        heard = np.equal(orders.whisper_to[sender], receiver)
        values += amounts.take(orders.whisper[sender]) * heard
