"""Phase 2: principal and agent.

Orders are given at the same time, so the militia acts on the guidance that it had when it gave
them; what Tehran whispers this turn stands from the next one on, until it whispers again. It binds
nobody. A militia that follows it grows used to being led; one that shirks or overshoots loosens
Tehran's grip, of which Tehran itself has only an estimate, and pays in favour, on which its
supplies depend, when Tehran finds out, which a weak network makes less likely (Salehyan 2010; Byman
and Kreps 2010).
"""

from ..luck import Draw
from ..picking import where
from ..seats import Seat
from ..turn import Turn


def agency(turn: Turn) -> None:
    """Compares what the militia does with what Tehran asked of it."""
    state, p, out = turn.state, turn.p.agency, turn.outcome
    attacks = turn.uses_force(Seat.MILITIA)
    told_to_hold, told_to_strike = state.mil_guidance < 0, state.mil_guidance > 0
    overshoots = told_to_hold & attacks
    out.shirked = overshoots | (told_to_strike & ~attacks)
    obeys = (told_to_hold | told_to_strike) & ~out.shirked
    games = where(out.shirked)
    if games.size:
        network = state.iran_network.take(games)
        noticed = turn.draw(Draw.MONITOR, games) < p.monitoring * network
        # An attack that Tehran forbade is loud; one that it asked for in vain is easy to excuse.
        noticed |= overshoots.take(games) & (turn.draw(Draw.LOUD, games) < network)
        out.caught[games] = noticed
    state.iran_grip += p.grip_gained_by_obeying * obeys - p.grip_lost_by_defiance * out.shirked
