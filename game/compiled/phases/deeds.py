"""Phase 4, first half: the votes in parliament, then posture, politics and economy."""

import numpy as np

from game.rules.luck import Draw
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from ..block import HALF, ONE, Block, F, Now, draw, held
from ..jit import compiled
from ..layout import DONE, IRAQ_MOMENTUM, VOTE_FAILED
from ..tables import ORDER_OUT, RESOLUTION, Effects, Look

_IRAQ = int(Seat.IRAQ)
_VOTE = int(Draw.VOTE)
_COLUMNS = len(COLUMNS)


@compiled
def vote(block: Block, games: int, look: Look, now: Now) -> None:
    """Counts the votes; from here on, a government whose vote failed has done nothing."""
    floats, p = block.floats, now.p.politics
    for g in range(games):
        deed = block.codes[DONE + _IRAQ, g]
        binding = deed == look.named[ORDER_OUT]
        if not (binding or deed == look.named[RESOLUTION]):
            continue
        luck = draw(block, now, _VOTE, g) - HALF
        present = floats[IRAQ_MOMENTUM, g] + luck * F(p.quorum_width)
        if present < (F(p.quorum_binding) if binding else F(p.quorum)):
            block.flags[VOTE_FAILED, g] = True
            block.codes[DONE + _IRAQ, g] = 0
        elif not binding:
            floats[IRAQ_MOMENTUM, g] -= F(p.vote_vents)


@compiled
def deeds(block: Block, games: int, look: Look, now: Now) -> None:
    """Adds every deed's costs and effects to the columns."""
    add(block, games, look.deed_effects, DONE, F(now.weeks))
    hold_to_ranges(block, games, look)


@compiled
def add(block: Block, games: int, effects: Effects, codes: int, weeks: np.float32) -> None:
    """Adds to columns what each game's code stands for; `codes` is the row of the first seat's."""
    for k in range(effects.row.size):
        column, amounts = block.floats[effects.row[k]], effects.amount[k]
        code, times = block.codes[codes + effects.seat[k]], weeks if effects.weekly[k] else ONE
        for g in range(games):
            column[g] += amounts[np.uintp(code[g])] * times


@compiled
def hold_to_ranges(block: Block, games: int, look: Look) -> None:
    """Holds every column to its range."""
    for column in range(_COLUMNS):
        values, low, high = block.floats[column], look.low[column], look.high[column]
        for g in range(games):
            values[g] = held(values[g], low, high)
