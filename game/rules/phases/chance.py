"""Phase 3: what nobody ordered.

Whether splinter cells and third parties fire is worked out here as well; the force phase asks for
it when the deeds of posture are done. Hazards are odds for each week, turned into a chance for the
turn by x / (1 + x).
"""

import numpy as np

from ..luck import Draw
from ..picking import where
from ..seats import Seat
from ..state import Bools, Floats, credibility
from ..turn import Turn


def chance(turn: Turn) -> None:
    """Anniversaries, protests, discredited justifications, and reports that catch up."""
    _anniversary(turn)
    _protest(turn)
    _discredit(turn)
    _reports(turn)


def splinter_fires(turn: Turn) -> Bools:
    """(B,) cells that fire on their own: more of them when grip, leaders or fear are weak."""
    state, p = turn.state, turn.p.chance
    hazard = (
        (1 - p.splinter_restrained_by_grip * state.iran_grip)
        * (1 - p.splinter_restrained_by_leaders * state.mil_leaders)
        * (1 - p.splinter_restrained_by_chain * state.iraq_chain)
        * (1 - p.splinter_restrained_by_fear * american_credibility(turn))
        * (1 + p.splinter_stirred_by_anger * state.anger[Seat.MILITIA, Seat.US])
        * (1 + p.splinter_after_leaderless * (1 - state.mil_leaders))
        * (1 - p.splinter_restrained_by_truce * (state.mil_truce > 0))
    )
    hazard *= p.splinter_hazard * turn.weeks
    armed = state.mil_rockets >= 1
    return _happens(turn.draw(Draw.SPLINTER), hazard) & armed


def american_credibility(turn: Turn) -> Floats:
    """(B,) the militia's belief that Washington answers when its line is crossed."""
    pair = Seat.MILITIA, Seat.US
    return credibility(turn.state.kept[pair], turn.state.broken[pair])


def third_party_fires(turn: Turn) -> Bools:
    """(B,) ISIS and others use the room that a distracted state leaves them."""
    state, p = turn.state, turn.p.chance
    hazard = 1 + p.third_party_room * (1 - state.iraq_forces)
    hazard *= p.third_party_hazard * turn.weeks
    return _happens(turn.draw(Draw.THIRD_PARTY), hazard)


def _happens(draw: Floats, hazard: Floats) -> Bools:
    return draw * (1 + hazard) < hazard


def _anniversary(turn: Turn) -> None:
    charge = turn.setting.anniversaries[turn.state.turn]
    if charge:
        anger = turn.state.anger[Seat.MILITIA, Seat.US]
        anger += turn.p.chance.anniversary_anger * charge * (1 - anger)


def _protest(turn: Turn) -> None:
    state, p = turn.state, turn.p.chance
    hazard = p.protest_hazard * turn.weeks * (p.protest_ceiling - state.iraq_authority)
    turn.outcome.protest = _happens(turn.draw(Draw.PROTEST), hazard)
    state.iraq_unrest += turn.outcome.protest * p.protest_size


def _discredit(turn: Turn) -> None:
    """A justification that leans on proof it does not have is found out sooner or later."""
    state, p = turn.state, turn.p.chance
    # What is said for the first time is looked into from the next turn on.
    stood = turn.before.us_claim
    games = where((stood > 0) & (stood == state.us_claim))
    if not games.size:
        return
    word = state.us_claim.take(games).astype(np.intp)
    hazard = turn.tables.word.doubt.take(word) * (1 - state.us_evidence.take(games))
    found_out = games[_happens(turn.draw(Draw.DISCREDIT, games), hazard * turn.weeks)]
    turn.outcome.discredited[found_out] = True
    state.us_case[found_out] *= 1 - p.discredit_case
    state.us_support[found_out] -= p.discredit_support
    state.us_coalition[found_out] -= p.discredit_coalition
    state.us_claim[found_out] = 0


def _reports(turn: Turn) -> None:
    """Wounded whom the first figures left out come into the reports over the following days."""
    state = turn.state
    revealed = np.ceil(state.us_wounded_unreported * (1 - turn.decays.report))
    state.us_wounded_unreported -= revealed
    state.us_wounded += revealed
    turn.outcome.revised = revealed
