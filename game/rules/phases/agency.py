"""Phase 2: principal and agent.

Orders are given at the same time, so the militia acts on the guidance that it had when it gave
them; what Tehran whispers this turn stands from the next one on, until it whispers again. It binds
nobody. A militia that follows it grows used to being led; one that shirks or overshoots loosens
Tehran's grip, of which Tehran itself has only an estimate, and pays in favour, on which its
supplies depend, when Tehran finds out, which a weak network makes less likely (Salehyan 2010; Byman
and Kreps 2010).
"""

import numpy as np

from ..games import Games, draw
from ..luck import Draw
from ..moment import Moment
from ..state import MILITIA
from ..tables import Tables
from .doing import uses_force


def agency(g: Games, t: Tables, now: Moment) -> None:
    """Compares what the militia does with what Tehran asked of it."""
    p = now.p.agency
    attacks = uses_force(g, t, MILITIA)
    told_to_hold, told_to_strike = g.mil_guidance < 0, g.mil_guidance > 0
    overshoots = told_to_hold & attacks
    shirks = overshoots | (told_to_strike & ~attacks)
    obeys = (told_to_hold | told_to_strike) & ~shirks
    g.asked = told_to_strike.astype(np.float32) - told_to_hold
    g.shirked = shirks
    for some, loud in g.only(shirks, overshoots):
        noticed = draw(some, now, Draw.MONITOR) < p.monitoring * some.iran_network
        # An attack that Tehran forbade is loud; one that it asked for in vain is easy to excuse.
        heard = loud & (draw(some, now, Draw.LOUD) < some.iran_network)
        some.caught = noticed | heard
    g.iran_grip += p.grip_gained_by_obeying * obeys - p.grip_lost_by_defiance * shirks
