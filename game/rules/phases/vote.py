"""Phase 4, before the deeds: what Baghdad puts to parliament.

A vote needs a quorum, which Kurds and most Sunnis can deny. A vote that fails changes nothing; one
that passes lets off some of the steam behind it, unless it binds.
"""

import numpy as np

from ..games import Games, draw
from ..luck import Draw
from ..moment import Moment
from ..state import IRAQ
from ..tables import Tables


def vote(g: Games, t: Tables, now: Moment) -> None:
    """Counts the votes; from here on, a government whose vote failed has done nothing."""
    p = now.p.politics
    binds, resolves = g.done[IRAQ] == t.order_out, g.done[IRAQ] == t.resolution
    for some, binding in g.only(binds | resolves, binds):
        present = some.iraq_momentum + (draw(some, now, Draw.VOTE) - 0.5) * p.quorum_width
        failed = present < np.where(binding, p.quorum_binding, p.quorum)
        some.vote_failed = failed
        some.iraq_momentum -= p.vote_vents * (~failed & ~binding)
        some.done[IRAQ] = np.where(failed, 0, some.done[IRAQ])
