"""Which theory a turn goes by.

No world is all of one piece: in some turns people act as the contrary account has it. So one turn
tells nobody for certain in which world he lives, and whoever wants to know has to watch many.
"""

from typing import Any

import numpy as np

from ..games import draw, last_bits
from ..luck import Draw
from ..moment import Moment
from ..state import Codes
from ..tables import Tables


def theory_of_turn(g: Any, t: Tables, now: Moment) -> Codes:
    """(B,) the number of the theory by which the turn is adjudicated; `g` has the games' `key` and
    `theory`.
    """
    own = g.theory.astype(np.intp)
    luck = last_bits(draw(g, now, Draw.CAMPAIGN))  # whatever the campaign drew
    return np.where(luck < t.theory.strays.take(own), t.contrary.take(own), own)
