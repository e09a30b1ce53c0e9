"""Phase 4, first half: the votes in parliament, then posture, politics and economy."""

from game.rules.luck import Draw
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from ..block import HALF, Block, F, Now, draw, held
from ..jit import compiled
from ..layout import DONE, IRAQ_MOMENTUM, VOTE_FAILED
from ..tables import ORDER_OUT, RESOLUTION, Look

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
    floats, once, weekly, weeks = block.floats, look.once, look.weekly, F(now.weeks)
    for seat in range(4):
        for g in range(games):
            deed = block.codes[DONE + seat, g]
            for k in range(once.start[seat, deed], once.start[seat, deed + 1]):
                floats[once.row[k], g] += once.amount[k]
            for k in range(weekly.start[seat, deed], weekly.start[seat, deed + 1]):
                floats[weekly.row[k], g] += weekly.amount[k] * weeks
    hold_to_ranges(block, games, look)


@compiled
def hold_to_ranges(block: Block, games: int, look: Look) -> None:
    """Holds every column to its range."""
    for column in range(_COLUMNS):
        values, low, high = block.floats[column], look.low[column], look.high[column]
        for g in range(games):
            values[g] = held(values[g], low, high)
