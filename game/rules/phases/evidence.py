"""Phase 5: who did it.

An attack that nobody signed leaves evidence, which each seat reads for itself, with its own eyes
and its own expectations; words shift the odds; beliefs follow Bayes' rule (the problem of Baliga,
Bueno de Mesquita and Wolitzky 2020: deterrence with imperfect attribution). Nobody is ever told
the truth, Baghdad's investigators included.
"""

import numpy as np

from ..luck import Draw
from ..outcome import Source
from ..seats import SEATS, Cause, Seat
from ..state import ESTIMATED, Bools, Floats
from ..turn import Turn, tamed


def evidence(turn: Turn) -> None:
    """Reads the evidence of the turn's worst unsigned attack, hears the words, updates beliefs."""
    attacked = _find_culprit(turn)
    if attacked.any():
        _read_evidence(turn, attacked)
    _hear_words(turn)
    _investigate(turn)
    _watch(turn)


def _find_culprit(turn: Turn) -> Bools:
    """Sets the hidden cause of the worst unsigned attack; true where there was one."""
    state, out = turn.state, turn.outcome
    unsigned = 1 - turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN))
    gravity = out.fire_us_killed * 100 + out.fire_coalition_killed * 100 + out.fire_hits
    gravity += out.fire_attacks > 0
    gravity[Source.IRAN] *= unsigned
    cause = np.where(state.mil_guidance > 0, np.int8(Cause.TEHRAN), np.int8(Cause.MILITIA))
    worst = gravity[Source.MILITIA].copy()
    for source, its_cause in (
        (Source.SPLINTER, Cause.SPLINTER),
        (Source.THIRD_PARTY, Cause.THIRD_PARTY),
        (Source.IRAN, Cause.TEHRAN),
    ):
        graver = gravity[source] > worst
        cause[graver] = its_cause
        np.maximum(worst, gravity[source], out=worst)
    attacked = worst > 0
    state.culprit = np.where(attacked, cause, state.culprit)
    return attacked


def _priors(turn: Turn, seat: Seat) -> list[Floats | float]:
    """What a seat expects before it looks: the base rates, leaned by where it stands."""
    p = turn.p.evidence
    lean_tehran = p.lean_us_to_tehran if seat is Seat.US else 1.0
    others: Floats | float = 1.0
    if seat is Seat.IRAQ:
        others = 1 + p.lean_iraq_to_others * turn.state.iraq_lean
    return [
        p.prior_tehran * lean_tehran, p.prior_militia, p.prior_splinter * others,
        p.prior_third_party * others,
    ]


def _acuity(turn: Turn, seat: Seat) -> list[Floats | float]:
    """Odds that a seat's evidence points to the true cause, for each cause. Who fires knows it."""
    p = turn.p.evidence
    clear = 1 - p.facade_blurs * turn.state.mil_facade
    sees = (p.sees_us, p.sees_iran, p.sees_militia, p.sees_iraq)[seat]
    if seat is Seat.MILITIA:
        return [p.sees_own, p.sees_own, sees, sees]
    if seat is Seat.IRAN:
        return [p.sees_own, sees, sees, sees]
    return [sees * clear, sees * clear, sees * clear, sees]


def _read_evidence(turn: Turn, attacked: Bools) -> None:
    state = turn.state
    culprit = state.culprit.astype(np.intp)
    index = np.arange(state.games)
    for seat in SEATS:
        acuity = np.empty((4, state.games), np.float32)
        for cause, sharpness in enumerate(_acuity(turn, seat)):
            acuity[cause] = sharpness
        true_acuity = acuity[np.maximum(culprit, 0), index]
        right = turn.draws(Draw.SIGNAL)[seat] < true_acuity
        other = (culprit + 1 + (turn.draws(Draw.MISREAD)[seat] * 3).astype(np.intp)) % 4
        signal = np.where(right, culprit, other)
        turn.outcome.signal[seat] = np.where(attacked, signal, -1)
        belief = np.empty((4, state.games), np.float32)
        for cause, prior in enumerate(_priors(turn, seat)):
            points_here = np.equal(signal, cause)
            likelihood = (1 - acuity[cause]) / 3
            likelihood += points_here * (acuity[cause] - likelihood)
            belief[cause] = likelihood * prior
        belief /= _total(belief)
        state.suspicion[seat] += attacked * (belief - state.suspicion[seat])


def _total(belief: Floats) -> Floats:
    return belief[0] + belief[1] + belief[2] + belief[3]


def _hear_words(turn: Turn) -> None:
    """Claims, denials and accusations shift the odds that the others hold."""
    state, orders, tables = turn.state, turn.orders, turn.tables
    for speaker in SEATS:
        factor = tables.odds.take(orders.word[speaker], axis=1)
        for seat in speaker.rivals:
            state.suspicion[seat] *= factor
            state.suspicion[seat] /= _total(state.suspicion[seat])
    for speaker in (Seat.MILITIA, Seat.IRAN):
        state.mil_facade += tables.word.facade.take(orders.word[speaker])


def _investigate(turn: Turn) -> None:
    """Baghdad's investigators publish a finding; everybody weighs it, Washington's case too."""
    state, p, out = turn.state, turn.p.evidence, turn.outcome
    chance = turn.tables.investigates.take(turn.deed(Seat.IRAQ))
    looking = (chance > 0) & (state.culprit >= 0)
    games = np.flatnonzero(looking)
    if not games.size:
        return
    culprit = state.culprit[games].astype(np.intp)
    draw = turn.draw(Draw.INVESTIGATION)[games]
    right = draw < chance[games]
    # Beyond the odds of being right, the same draw, stretched, picks which wrong cause is named.
    wrong = (draw - chance[games]) / (1 - chance[games]) * 3
    named = np.where(right, culprit, (culprit + 1 + wrong.astype(np.intp) % 3) % 4)
    out.finding[games] = named
    for seat in SEATS:
        believes = p.finding_weight * (1 if seat is Seat.IRAQ else 0.5)
        belief = state.suspicion[seat][:, games]
        for cause in Cause:
            belief[cause] *= 1 + believes * np.equal(named, cause)
        state.suspicion[seat][:, games] = belief / _total(belief)
    clears_militia = named >= Cause.SPLINTER
    state.us_case[games] += np.where(clears_militia, -p.finding_case, p.finding_case)
    tamed(state.us_case)


def _watch(turn: Turn) -> None:
    """Every seat's estimates of what it cannot see follow the truth, late and blurred."""
    state, p = turn.state, turn.p.evidence
    widths = (p.estimate_width_us, p.estimate_width_iran, p.estimate_width_militia,
              p.estimate_width_iraq)
    weight = 1 - turn.decays.estimate
    for seat in SEATS:
        blur = turn.draws(Draw.ESTIMATE)[seat] * (2 * widths[seat]) + (1 - widths[seat])
        blur *= weight
        for k, column in enumerate(ESTIMATED):
            estimate = state.estimates[seat, k]
            estimate *= 1 - weight
            estimate += getattr(state, column) * blur


def blame(turn: Turn, seat: Seat) -> tuple[Floats, Floats]:
    """How far a seat lays an unsigned attack at Tehran's and at the militia's door, 0 to 1 each."""
    p = turn.p.minds
    belief = turn.state.suspicion[seat]
    tehran = belief[Cause.TEHRAN] + p.sponsor_blame * belief[Cause.MILITIA]
    militia = (
        belief[Cause.TEHRAN] * p.agent_blame
        + belief[Cause.MILITIA]
        + p.splinter_blame * belief[Cause.SPLINTER]
    )
    return tehran, militia

