"""Phase 1: words are posted, whispers delivered.

A threat draws a line and stakes the speaker's name on keeping it (Fearon 1994, 1997: a public
threat ties hands; a private one is cheaper to make and to drop). A justification builds the case
for force while it lasts. A claim's effect on attribution waits for the evidence phase.
"""

import numpy as np

from ..luck import Draw
from ..picking import cells, flat, where
from ..seats import SEATS, Seat
from ..state import NO_LINE, Codes
from ..turn import Turn, add, tamed


def words(turn: Turn) -> None:
    """Posts the words and delivers the whispers."""
    spoken = cells(turn.orders.word_to >= 0)
    whispered = cells(turn.orders.whisper_to >= 0)
    for seat in SEATS:
        add(turn.state, turn.tables.word_effects[seat], turn.orders.word[seat])
    if spoken.size:
        _toward_others(turn, spoken)
    if whispered.size:
        _in_private(turn, whispered)
    turn.state.mil_facade += turn.tables.word.facade.take(turn.orders.word[Seat.MILITIA])
    _justification(turn)


def _pairs(turn: Turn, said: Codes, to: Codes) -> tuple[Codes, Codes]:
    """The flat positions of (speaker, listener) and (listener, speaker) in arrays over pairs.

    `said` are flat positions in the (speaker, B) orders, `to` the listeners.
    """
    games = turn.state.games
    speaker = said // games
    ours = said + (3 * speaker + to) * games
    return ours, ours + 3 * (to - speaker) * games


def _toward_others(turn: Turn, said: Codes) -> None:
    """What is said to a seat by name may draw a line, reassure or offend."""
    orders, table = turn.orders, turn.tables.word
    to, word = flat(orders.word_to).take(said), flat(orders.word).take(said)
    ours, theirs = _pairs(turn, said, to)
    drawn = where(table.line.take(word) > 0)
    _draw_lines(turn, ours.take(drawn), word.take(drawn), said.take(drawn))
    soothing = where(table.soothes.take(word) > 0)
    _reassure(turn, ours.take(soothing), theirs.take(soothing), word.take(soothing))
    flat(turn.outcome.harm)[theirs] = table.offends.take(word)


def _draw_lines(turn: Turn, ours: Codes, word: Codes, said: Codes) -> None:
    """The line stands where the speaker put it; the stake on it never falls by a threat."""
    flat(turn.state.line)[ours] = flat(turn.orders.word_rung).take(said)
    stake = flat(turn.state.stake)
    stake[ours] = np.maximum(turn.tables.word.stake.take(word), stake.take(ours))


def _reassure(turn: Turn, ours: Codes, theirs: Codes, word: Codes) -> None:
    """Less is staked on the speaker's line, and the listener's anger cools."""
    if ours.size:
        for stake in (turn.state.stake, turn.state.private_stake):
            flat(stake)[ours] *= 1 - turn.p.words.reassure_lowers_stake
    flat(turn.state.anger)[theirs] *= 1 - turn.tables.word.soothes.take(word)


def _in_private(turn: Turn, said: Codes) -> None:
    """A private demand binds a little to the line that stands; an assurance soothes. Nothing that a
    third seat can see moves: only the two know.
    """
    state, orders, tables = turn.state, turn.orders, turn.tables
    to, whisper = flat(orders.whisper_to).take(said), flat(orders.whisper).take(said)
    ours, theirs = _pairs(turn, said, to)
    bound = flat(state.private_stake).take(ours)
    drawn = flat(state.line).take(ours) < NO_LINE
    bound += tables.whisper_stake.take(whisper) * (1 - bound) * drawn
    flat(state.private_stake)[ours] = bound
    flat(state.anger)[theirs] *= 1 - tables.whisper_soothes.take(whisper)


def _justification(turn: Turn) -> None:
    """The American case rises with a fresh justification; changing it shows, and costs."""
    state, table, p = turn.state, turn.tables.word, turn.p.words
    word = turn.orders.word[Seat.US]
    fresh = (table.case.take(word) > 0) & np.not_equal(state.us_claim, word)
    games = where(
        fresh & (turn.uses_force_openly(Seat.US) | (state.us_force_days <= p.recent_days))
    )
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
