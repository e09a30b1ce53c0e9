"""American strikes on the militia: `_strikes` of `rules.phases.force`, of one game."""

import numpy as np

from game.rules.luck import Draw

from ..block import ONE, Block, F, Now, draw
from ..jit import compiled
from ..layout import (
    CIVILIANS_DEAD,
    IRAQI_DEAD,
    LEAKED,
    MIL_CONCEALMENT,
    MIL_FIGHTERS,
    MIL_LEADERS,
    MIL_ROCKETS,
    MILITIA_DEAD,
    STRIKE_CIVILIANS_KILLED,
    STRIKE_IRAQI_KILLED,
    STRIKE_LEADERS,
    STRIKE_MILITIA_KILLED,
    STRIKE_ROCKETS,
)
from ..tables import CIVILIANS, COLLATERAL, FIGHTERS, LEADERS, ROCKETS, Look

_LUCK, _COLLATERAL, _CIVILIANS = (
    int(Draw.STRIKE_LUCK),
    int(Draw.COLLATERAL),
    int(Draw.CIVILIANS),
)


@compiled
def strike(block: Block, look: Look, now: Now, deed: int, g: int) -> None:
    """What one strike destroys and whom it kills."""
    floats, p, table = block.floats, now.p.force, look.strike
    hidden = floats[MIL_CONCEALMENT, g]
    leaked = 1.0 if block.flags[LEAKED, g] else 0.0
    # A double, as numpy makes it of a truth value.
    effect = np.float64(ONE - F(p.concealment_saves) * hidden) * (1.0 - p.leak_saves * leaked)
    effect *= np.float64(draw(block, now, _LUCK, g) * F(1.2) + F(0.4))
    killed = np.floor(np.float64(table[FIGHTERS, deed]) * effect + 0.5)
    killed = min(killed, np.float64(np.floor(floats[MIL_FIGHTERS, g])))
    share = min(np.float64(table[ROCKETS, deed]) * effect, p.strike_rockets_most)
    rockets = np.floor(share * np.float64(floats[MIL_ROCKETS, g]))
    leaders = min(np.float64(table[LEADERS, deed]) * effect, np.float64(floats[MIL_LEADERS, g]))
    risk = ONE + F(p.collateral_by_concealment) * hidden
    iraqis = _bystanders(table[COLLATERAL, deed] * risk, draw(block, now, _COLLATERAL, g))
    civilians = _bystanders(table[CIVILIANS, deed] * risk, draw(block, now, _CIVILIANS, g))
    floats[STRIKE_IRAQI_KILLED, g] = iraqis
    floats[STRIKE_CIVILIANS_KILLED, g] = civilians
    floats[STRIKE_MILITIA_KILLED, g] = F(killed)
    floats[STRIKE_ROCKETS, g] = F(rockets)
    floats[STRIKE_LEADERS, g] = F(leaders)
    floats[MIL_FIGHTERS, g] -= F(killed)
    floats[MILITIA_DEAD, g] += F(killed)
    floats[MIL_ROCKETS, g] -= F(rockets)
    floats[MIL_LEADERS, g] -= F(leaders)
    floats[IRAQI_DEAD, g] += iraqis
    floats[CIVILIANS_DEAD, g] += civilians


@compiled
def _bystanders(expected: np.float32, luck: np.float32) -> np.float32:
    last_bits = luck * F(4096)
    last_bits -= np.floor(last_bits)
    return np.floor(expected * F(3) * luck * luck + last_bits)
