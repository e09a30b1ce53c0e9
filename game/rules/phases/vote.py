"""Phase 4, before the deeds: what Baghdad puts to parliament.

A vote needs a quorum, which Kurds and most Sunnis can deny. A vote that fails changes nothing; one
that passes lets off some of the steam behind it, unless it binds.
"""

import numpy as np

from ..luck import Draw
from ..picking import where
from ..seats import Seat
from ..turn import Turn


def vote(turn: Turn) -> None:
    """Counts the votes; from here on, a government whose vote failed has done nothing."""
    state, p, out = turn.state, turn.p.politics, turn.outcome
    binding = turn.did(Seat.IRAQ, "order_out")
    games = where(binding | turn.did(Seat.IRAQ, "resolution"))
    if not games.size:
        return
    binding = binding.take(games)
    luck = turn.draw(Draw.VOTE, games) - 0.5
    present = state.iraq_momentum.take(games) + luck * p.quorum_width
    failed = present < np.where(binding, np.float32(p.quorum_binding), np.float32(p.quorum))
    out.vote_failed[games] = failed
    state.iraq_momentum[games[~failed & ~binding]] -= p.vote_vents
    turn.deeds = turn.deeds.copy()
    turn.deeds[Seat.IRAQ, games[failed]] = 0
