"""Phase 6: home support, coalition, Baghdad's authority, parliament's momentum, the street.

Couplings that need a mechanism stand here; what a deed does to a column by itself is data.
"""

import numpy as np

from ..luck import Draw
from ..seats import Seat
from ..state import Floats
from ..turn import Turn, drift
from .evidence import blame


def politics(turn: Turn) -> None:
    """Lets the turn's deeds work on the four publics."""
    state = turn.state
    strikes = turn.tables.strikes[Seat.US].take(turn.deed(Seat.US))
    _washington(turn)
    _baghdad(turn, strikes)
    _vote(turn)
    _custody(turn)
    _street(turn)
    _tehran(turn)
    state.us_force_days += turn.days
    used = turn.tables.force[Seat.US].take(turn.deed(Seat.US))
    state.us_force_days -= used * state.us_force_days


def _washington(turn: Turn) -> None:
    """Dead and wounded wear support down; force rallies it as far as the case for it carries."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    used = turn.tables.force[Seat.US].take(turn.deed(Seat.US))
    state.us_support -= p.support_per_dead * out.us_killed
    state.us_support -= p.support_per_wounded * (out.us_wounded_reported + out.revised)
    swing = state.us_case - 0.5
    state.us_support += used * swing * np.where(swing > 0, p.support_rally, p.support_blunder)
    partners_dead = out.fire_coalition_killed.sum(axis=0)
    state.us_coalition -= p.coalition_per_dead * partners_dead
    state.us_coalition -= p.coalition_by_force * used * (1 - state.us_case)
    drift(state.us_case, 0.5, turn.decays.case)
    drift(state.us_support, 0.5, turn.decays.support)
    drift(state.us_coalition, 0.7, turn.decays.coalition)


def _baghdad(turn: Turn, strikes: Floats) -> None:
    """Foreign force on Iraqi soil costs the government authority and feeds the vote to expel."""
    state, p, out, orders = turn.state, turn.p.politics, turn.outcome, turn.orders
    notice = turn.setting.rulebook.whisper("notice")
    told = np.equal(orders.whisper[Seat.US], notice) & np.equal(
        orders.whisper_to[Seat.US], Seat.IRAQ
    )
    breach = strikes * (1 - p.notice_softens * told)
    dead = out.strike_iraqi_killed + out.strike_civilians_killed
    state.iraq_authority -= p.breach_authority * breach
    push = p.breach_momentum * breach + p.dead_momentum * dead
    state.iraq_momentum += push * (0.5 + state.iraq_lean) * (1 - state.iraq_momentum)
    drift(state.iraq_momentum, 0.1, turn.decays.momentum)
    rest = 0.5 - p.authority_by_unrest * state.iraq_unrest - 0.1 * state.iraq_caretaker
    state.iraq_authority -= rest
    state.iraq_authority *= turn.decays.authority
    state.iraq_authority += rest
    drift(state.iraq_unrest, 0.2, turn.decays.unrest)


def _vote(turn: Turn) -> None:
    """A vote needs a quorum, which Kurds and most Sunnis can deny; a vote that fails is undone."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    resolves = turn.did(Seat.IRAQ, "resolution")
    orders_out = turn.did(Seat.IRAQ, "order_out")
    present = state.iraq_momentum + (turn.draw(Draw.VOTE) - 0.5) * p.quorum_width
    needed = p.quorum * (1 + 0.5 * orders_out)
    out.vote_failed = (resolves | orders_out) & (present < needed)
    state.iraq_resolution -= out.vote_failed & resolves
    state.iraq_order_days -= (out.vote_failed & orders_out) * state.iraq_order_days


def _custody(turn: Turn) -> None:
    """Arrests bring armed men to the gates, and those arrested are out within days."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    odds = p.show_of_force_odds * (0.5 + state.mil_standing) * (1.5 - state.iraq_authority)
    out.show_of_force = (out.detained > 0) & (turn.draw(Draw.SHOW_OF_FORCE) < odds)
    state.iraq_authority -= p.show_of_force_authority * out.show_of_force
    share = 1 - turn.decays.release + p.release_by_show * out.show_of_force
    share = np.minimum(share * (1.5 - state.iraq_authority), 1.0)
    out.released = np.minimum(np.ceil(state.iraq_detained * share), state.iraq_detained)
    state.iraq_detained -= out.released
    state.mil_fighters += out.released


def _street(turn: Turn) -> None:
    """Whoever takes the credit for an attack takes its prestige, whoever fired; the dead make
    martyrs; Iraqis killed by rockets are held against whom Baghdad suspects."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    fired = (out.attacks > 0) * (1 + out.us_killed + out.fire_coalition_killed.sum(axis=0))
    credit = turn.tables.word.credit.take(turn.orders.word[Seat.MILITIA])
    state.mil_standing += p.standing_per_claim * credit * np.minimum(fired, 3)
    state.mil_standing += p.standing_by_martyrs * (
        out.strike_militia_killed * 0.01 + out.strike_leaders
    )
    _, blamed = blame(turn, Seat.IRAQ)
    state.mil_standing -= p.standing_by_iraqi_dead * out.fire_iraqi_killed.sum(axis=0) * blamed
    drift(state.mil_standing, 0.4, turn.decays.standing)


def _tehran(turn: Turn) -> None:
    """Sanctions wear cohesion down; the rally after a blow from outside is the deed's own effect."""
    state, p = turn.state, turn.p.politics
    state.iran_cohesion -= p.pressure_bites * turn.weeks * state.iran_pressure
    drift(state.iran_cohesion, 0.5, turn.decays.cohesion)
