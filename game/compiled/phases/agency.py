"""Phase 2: principal and agent."""

import numpy as np

from game.rules.luck import Draw
from game.rules.seats import Seat

from ..block import Block, F, Now, draw
from ..jit import compiled
from ..layout import CAUGHT, DONE, IRAN_GRIP, IRAN_NETWORK, MIL_GUIDANCE, SHIRKED
from ..tables import Look

_MILITIA = int(Seat.MILITIA)
_MONITOR, _LOUD = int(Draw.MONITOR), int(Draw.LOUD)


@compiled
def agency(block: Block, games: int, look: Look, now: Now) -> None:
    """Compares what the militia does with what Tehran asked of it."""
    floats, p = block.floats, now.p.agency
    for g in range(games):
        guidance = floats[MIL_GUIDANCE, g]
        attacks = look.force[_MILITIA, block.codes[DONE + _MILITIA, g]] > 0
        overshoots = guidance < 0 and attacks
        shirked = overshoots or (guidance > 0 and not attacks)
        grip = np.float64(floats[IRAN_GRIP, g])
        if shirked:
            network = floats[IRAN_NETWORK, g]
            noticed = draw(block, now, _MONITOR, g) < F(p.monitoring) * network
            noticed = noticed or (overshoots and draw(block, now, _LOUD, g) < network)
            block.flags[SHIRKED, g] = True
            block.flags[CAUGHT, g] = noticed
            floats[IRAN_GRIP, g] = F(grip - p.grip_lost_by_defiance)
        elif guidance != 0:
            floats[IRAN_GRIP, g] = F(grip + p.grip_gained_by_obeying)
