"""Salvos at American sites: `_fire` of `rules.phases.force`, one salvo at a time."""

import numpy as np

from game.rules.luck import Draw
from game.rules.outcome import Source
from game.rules.seats import Rung
from game.rules.tables import TOLL_STEPS

from ..block import HALF, ONE, ZERO, Block, F, Now, draw
from ..jit import compiled
from ..layout import (
    ANGER,
    ATTACKS,
    ATTACKS_SO_FAR,
    COALITION_DEAD,
    FIRE_ATTACKS,
    FIRE_COALITION_KILLED,
    FIRE_HITS,
    FIRE_IRAQI_KILLED,
    FIRE_ROUNDS,
    FIRE_RUNG,
    FIRE_SITE,
    FIRE_US_KILLED,
    FIRE_US_WOUNDED,
    IRAN_MISSILES,
    IRAQ_GUARD,
    IRAQI_DEAD,
    MIL_ROCKETS,
    US_DEAD,
    US_KILLED,
    US_PROTECTION,
    US_WOUNDED,
    US_WOUNDED_REPORTED,
    US_WOUNDED_UNREPORTED,
    WARNED,
)
from ..tables import (
    ACCURACY,
    ARSENAL,
    FIRE_TABLE_RUNG,
    LETHALITY,
    PER_WEEK,
    ROUNDS_LOW,
    ROUNDS_SPAN,
    TOLL,
    WOUNDING,
    Look,
)
from .chance import AT_WASHINGTON, american_credibility

_SPLINTER, _THIRD_PARTY, _IRAN = int(Source.SPLINTER), int(Source.THIRD_PARTY), int(Source.IRAN)
_ATTACKS, _ROUNDS, _HITS = int(Draw.FIRE_ATTACKS), int(Draw.FIRE_ROUNDS), int(Draw.FIRE_HITS)
_LETHAL, _TOLL, _WOUNDED = int(Draw.FIRE_LETHAL), int(Draw.FIRE_TOLL), int(Draw.FIRE_WOUNDED)
_REPORTING = int(Draw.REPORTING)
_DEADLY, _MASSACRE = F(Rung.DEADLY_ATTACK), F(Rung.MASS_CASUALTIES)
_TOLL_STEPS = F(TOLL_STEPS)
_LEAST_SALVO = F(1e-6)


@compiled
def salvo(block: Block, look: Look, now: Now, source: int, row: int, g: int) -> None:
    """One source's fire: rounds, hits, and what the hits do."""
    floats = block.floats
    rounds = _rounds(block, look, now, source, row, g)
    if rounds <= 0:
        # Splinters may find the stock empty: then there was no attack.
        block.codes[FIRE_SITE + source, g] = -1
        return
    spread = draw(block, now, _HITS + source, g) + HALF
    hits = np.floor(rounds * min(look.fire[ACCURACY, row] * spread, ONE))
    floats[FIRE_HITS + source, g] = hits
    if hits > 0:
        _deaths(block, look, now, source, row, hits, g)
        _wounds(block, look, now, source, row, hits, g)
    dead = floats[FIRE_US_KILLED + source, g] + floats[FIRE_COALITION_KILLED + source, g]
    rung = look.fire[FIRE_TABLE_RUNG, row]
    if dead > 0:
        rung = max(rung, _DEADLY)
    if dead >= F(now.p.force.mass_casualties):
        rung = max(rung, _MASSACRE)
    floats[FIRE_RUNG + source, g] = rung


@compiled
def _rounds(block: Block, look: Look, now: Now, source: int, row: int, g: int) -> np.float32:
    floats = block.floats
    further = look.fire[PER_WEEK, row] * F(max(0.0, now.weeks - 1 / 7))
    if source <= _SPLINTER:
        further *= _tempo(block, now, g)
    attacks = np.floor(further + draw(block, now, _ATTACKS + source, g)) + ONE
    luck = draw(block, now, _ROUNDS + source, g)
    each = look.fire[ROUNDS_LOW, row] + np.floor(look.fire[ROUNDS_SPAN, row] * luck)
    rounds = attacks * each
    if source != _THIRD_PARTY:
        stock = IRAN_MISSILES if source == _IRAN else MIL_ROCKETS
        wanted = rounds * look.fire[ARSENAL, row]
        spent = min(wanted, np.floor(floats[stock, g]))
        rounds += spent - wanted
        floats[stock, g] -= spent
    floats[FIRE_ROUNDS + source, g] = rounds
    floats[FIRE_ATTACKS + source, g] = min(attacks, np.ceil(rounds / max(each, _LEAST_SALVO)))
    return rounds


@compiled
def _tempo(block: Block, now: Now, g: int) -> np.float32:
    p, anger = now.p.force, block.floats[ANGER + AT_WASHINGTON, g]
    tempo = ONE + F(p.tempo_by_anger) * anger - F(p.tempo_by_fear) * american_credibility(block, g)
    return max(tempo, F(p.tempo_least))


@compiled
def _spared(value: np.float32, share: float, warned: bool) -> np.float32:
    """What a warning leaves of a value; a double in between, as numpy makes it of a truth value."""
    return F(np.float64(value) * (1.0 - share)) if warned else value


@compiled
def _deaths(
    block: Block, look: Look, now: Now, source: int, row: int, hits: np.float32, g: int
) -> None:
    floats, p = block.floats, now.p.force
    site = block.codes[FIRE_SITE + source, g]
    exposed = look.site_people[site]
    exposed = _spared(exposed, p.warning_saves, block.flags[WARNED + source, g])
    exposed *= ONE - F(p.protection_saves) * floats[US_PROTECTION, g]
    exposed *= ONE - F(p.guard_saves) * floats[IRAQ_GUARD, g]
    odds = hits * look.fire[LETHALITY, row] * exposed
    if not draw(block, now, _LETHAL + source, g) * (ONE + odds) < odds:
        return
    quantile = draw(block, now, _TOLL + source, g) * _TOLL_STEPS
    step = np.floor(quantile)
    killed = max(np.floor(look.toll[int(step)] * look.fire[TOLL, row]), ONE)
    # What the toll's draw holds beyond its quantile is still uniform: it splits the dead.
    split = quantile - step
    iraqis = np.floor(killed * look.site_iraqis[site] + split)
    split *= F(64)
    split -= np.floor(split)
    partners = np.floor((killed - iraqis) * look.site_partners[site] + split)
    floats[FIRE_IRAQI_KILLED + source, g] = iraqis
    floats[FIRE_COALITION_KILLED + source, g] = partners
    floats[FIRE_US_KILLED + source, g] = killed - iraqis - partners


@compiled
def _wounds(
    block: Block, look: Look, now: Now, source: int, row: int, hits: np.float32, g: int
) -> None:
    floats, p = block.floats, now.p.force
    site = block.codes[FIRE_SITE + source, g]
    hurt = hits * look.fire[WOUNDING, row] * look.site_people[site]
    hurt = _spared(hurt, p.warning_spares_wounds, block.flags[WARNED + source, g])
    hurt *= ONE - F(p.protection_spares_wounds) * floats[US_PROTECTION, g]
    hurt *= ONE - look.site_iraqis[site]
    luck = draw(block, now, _WOUNDED + source, g)
    floats[FIRE_US_WOUNDED + source, g] = np.floor(hurt * F(2) * luck + luck)


@compiled
def summed(block: Block, row: int, g: int) -> np.float32:
    """The sum over the four sources, in their order."""
    floats = block.floats
    return floats[row, g] + floats[row + 1, g] + floats[row + 2, g] + floats[row + 3, g]


@compiled
def count_the_dead(block: Block, now: Now, g: int) -> None:
    """Adds up all fire; the first reports of the wounded are incomplete."""
    floats = block.floats
    attacks = summed(block, FIRE_ATTACKS, g)
    if attacks <= 0:
        return
    killed = summed(block, FIRE_US_KILLED, g)
    floats[US_KILLED, g] = killed
    floats[ATTACKS, g] = attacks
    floats[US_DEAD, g] += killed
    floats[ATTACKS_SO_FAR, g] += attacks
    floats[COALITION_DEAD, g] += summed(block, FIRE_COALITION_KILLED, g)
    floats[IRAQI_DEAD, g] += summed(block, FIRE_IRAQI_KILLED, g)
    wounded = summed(block, FIRE_US_WOUNDED, g)
    reported = ZERO
    if wounded > 0:
        share = F(2 * now.p.force.reported_at_once) * draw(block, now, _REPORTING, g)
        reported = min(np.floor(wounded * share + HALF), wounded)
    floats[US_WOUNDED_REPORTED, g] = reported
    floats[US_WOUNDED, g] += reported
    floats[US_WOUNDED_UNREPORTED, g] += wounded - reported
