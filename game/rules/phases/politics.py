"""Phase 6: home support, coalition, Baghdad's authority, parliament's momentum, the street.

Couplings that need a mechanism stand here; what a deed does to a column by itself is data.
"""

import numpy as np

from ..luck import Draw
from ..outcome import Source
from ..picking import where
from ..seats import Seat
from ..turn import Turn, drift


def politics(turn: Turn) -> None:
    """Lets the turn's deeds work on the four publics."""
    _washington(turn)
    _baghdad(turn)
    _custody(turn)
    _street(turn)
    _tehran(turn)


def _washington(turn: Turn) -> None:
    """Dead and wounded wear support down; force rallies it as far as the case for it carries."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    state.us_support -= p.support_per_dead * out.us_killed
    state.us_support -= p.support_per_wounded * (out.us_wounded_reported + out.revised)
    state.us_coalition -= p.coalition_per_dead * out.fire_coalition_killed.sum(axis=0)
    state.us_force_days += turn.days
    games = where(turn.uses_force_openly(Seat.US))
    if games.size:
        state.us_force_days[games] = 0
        swing = state.us_case.take(games) - 0.5
        state.us_support[games] += swing * np.where(
            swing > 0, np.float32(p.support_rally), np.float32(p.support_blunder)
        )
        state.us_coalition[games] -= p.coalition_by_force * (0.5 - swing)
    drift(state.us_case, p.case_rest, turn.decays.case)
    drift(state.us_support, p.support_rest, turn.decays.support)
    drift(state.us_coalition, p.coalition_rest, turn.decays.coalition)


def _baghdad(turn: Turn) -> None:
    """Foreign force on Iraqi soil costs the government authority and feeds the vote to expel. That
    Baghdad was told beforehand changes neither: it is a secret between two governments.
    """
    state, p, out = turn.state, turn.p.politics, turn.outcome
    games = where(turn.strikes())
    if games.size:
        dead = out.strike_iraqi_killed.take(games) + out.strike_civilians_killed.take(games)
        push = p.breach_momentum + p.dead_momentum * dead
        room = 1 - state.iraq_momentum.take(games)
        state.iraq_momentum[games] += push * (0.5 + state.iraq_lean.take(games)) * room
        state.iraq_authority[games] -= p.breach_authority
    drift(state.iraq_momentum, p.momentum_rest, turn.decays.momentum)
    rest = p.authority_rest - p.authority_by_unrest * state.iraq_unrest
    rest -= p.authority_by_caretaker * state.iraq_caretaker
    drift(state.iraq_authority, rest, turn.decays.authority)
    drift(state.iraq_unrest, p.unrest_rest, turn.decays.unrest)


def _custody(turn: Turn) -> None:
    """Arrests bring armed men to the gates, and those arrested are out within days."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    games = where(state.iraq_detained > 0)
    if not games.size:
        return
    weakness = p.custody_ceiling - state.iraq_authority.take(games)
    odds = p.show_of_force_odds * (0.5 + state.mil_standing.take(games)) * weakness
    shown = (out.detained.take(games) > 0) & (turn.draw(Draw.SHOW_OF_FORCE, games) < odds)
    out.show_of_force[games] = shown
    state.iraq_authority[games] -= p.show_of_force_authority * shown
    detained = state.iraq_detained.take(games)
    share = (1 - turn.decays.release + p.release_by_show * shown) * weakness
    released = np.minimum(np.ceil(detained * share), detained)
    out.released[games] = released
    state.iraq_detained[games] -= released
    state.mil_fighters[games] += released


def _street(turn: Turn) -> None:
    """Whoever takes the credit for an attack takes its prestige, whoever fired; the dead make
    martyrs; Iraqis killed by rockets that nobody signed for are held against the militias, whatever
    Baghdad's officers believe.
    """
    state, p, out = turn.state, turn.p.politics, turn.outcome
    dead = out.us_killed + out.fire_coalition_killed.sum(axis=0)
    fired = (turn.unsigned_attacks() > 0) * (1 + dead)
    credit = turn.tables.word.credit.take(turn.orders.word[Seat.MILITIA])
    state.mil_standing += p.standing_per_claim * credit * np.minimum(fired, 3)
    state.mil_standing += p.standing_by_martyrs * (
        out.strike_militia_killed * p.martyr_per_militiaman + out.strike_leaders
    )
    signed = turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN))
    dead = out.fire_iraqi_killed.sum(axis=0) - out.fire_iraqi_killed[Source.IRAN] * signed
    state.mil_standing -= p.standing_by_iraqi_dead * dead
    drift(state.mil_standing, p.standing_rest, turn.decays.standing)


def _tehran(turn: Turn) -> None:
    """Sanctions wear cohesion down; the rally after a blow from outside is a deed's own effect."""
    state, p = turn.state, turn.p.politics
    state.iran_cohesion -= p.pressure_bites * turn.weeks * state.iran_pressure
    drift(state.iran_cohesion, p.cohesion_rest, turn.decays.cohesion)
