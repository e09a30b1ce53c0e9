"""What one seat has to fear of another: credibility x assurance x readiness x what is staked.

A threat restrains only whom it gives something to lose: who is struck whatever it does has no
reason to behave (Schelling 1966; Kydd and McManus, JCR 61, 2017). So fear of the next blow is the
belief that a rival answers when its line is crossed, times the belief that it spares whoever does
not cross it; forces made ready and a name that is bound to the line make it greater.
"""

from typing import Any

import numpy as np

from .parameters import Dread


def dread(p: Dread | Any, credibility: Any, assurance: Any, ready: Any, stake: Any) -> Any:
    """(B,) how much a seat fears a rival, before what that rival can do to it is counted.

    Args:
        p: the rulebook's numbers.
        credibility: the belief that the rival answers when its line is crossed.
        assurance: the belief that it spares whoever behaves.
        ready: how far the rival's forces are made ready, as the seat takes them to be.
        stake: how far the rival bound itself to its line.
    """
    bound = 1 + p.stake_weight * (stake - p.usual_stake)
    armed = p.unready + p.ready_weight * ready
    fear = credibility * assurance * p.assurance_weight * armed * bound
    return np.minimum(np.maximum(fear, 0), p.most)
