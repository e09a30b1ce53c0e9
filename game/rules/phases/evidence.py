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
from ..state import ESTIMATED, Codes, Floats
from ..turn import Turn, tamed


def evidence(turn: Turn) -> None:
    """Reads the evidence of the turn's worst unsigned attack, hears the words, updates beliefs."""
    attacked = _find_culprit(turn)
    if attacked.size:
        for seat in SEATS:
            _read_evidence(turn, seat, attacked)
    for seat in SEATS:
        _hear_words(turn, seat)
    _investigate(turn)
    _watch(turn)


def _find_culprit(turn: Turn) -> Codes:
    """Sets the hidden cause of the worst unsigned attack; returns the games that had one."""
    state, out = turn.state, turn.outcome
    games = np.flatnonzero(out.attacks)
    gravity = out.fire_us_killed[:, games] + out.fire_coalition_killed[:, games]
    gravity *= 100
    gravity += out.fire_hits[:, games]
    gravity += out.fire_attacks[:, games] > 0
    gravity[Source.IRAN] *= 1 - turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN)[games])
    causes = np.empty(gravity.shape, np.int8)
    causes[Source.MILITIA] = np.where(
        state.mil_guidance[games] > 0, Cause.TEHRAN, Cause.MILITIA
    )
    causes[Source.SPLINTER] = Cause.SPLINTER
    causes[Source.THIRD_PARTY] = Cause.THIRD_PARTY
    causes[Source.IRAN] = Cause.TEHRAN
    worst = gravity.argmax(axis=0)
    index = np.arange(games.size)
    unsigned = gravity[worst, index] > 0
    attacked = games[unsigned]
    state.culprit[attacked] = causes[worst, index][unsigned]
    return attacked


def _priors(turn: Turn, seat: Seat, games: Codes) -> tuple[Floats | float, ...]:
    """What a seat expects before it looks: the base rates, leaned by where it stands."""
    p = turn.p.evidence
    lean_tehran = p.lean_us_to_tehran if seat is Seat.US else 1.0
    others: Floats | float = 1.0
    if seat is Seat.IRAQ:
        others = 1 + p.lean_iraq_to_others * turn.state.iraq_lean.take(games)
    return (
        p.prior_tehran * lean_tehran,
        p.prior_militia,
        p.prior_splinter * others,
        p.prior_third_party * others,
    )


def _acuity(turn: Turn, seat: Seat, games: Codes) -> tuple[Floats | float, ...]:
    """Odds that a seat's evidence points to the true cause, for each cause. Who fires knows it."""
    p = turn.p.evidence
    sees = (p.sees_us, p.sees_iran, p.sees_militia, p.sees_iraq)[seat]
    if seat is Seat.MILITIA:
        return (p.sees_own, p.sees_own, sees, sees)
    if seat is Seat.IRAN:
        return (p.sees_own, sees, sees, sees)
    clear = 1 - p.facade_blurs * turn.state.mil_facade.take(games)
    return (sees * clear, sees * clear, sees * clear, sees)


def _read_evidence(turn: Turn, seat: Seat, games: Codes) -> None:
    """The signal points to the true cause as often as the seat's acuity says, else to another."""
    state = turn.state
    culprit = state.culprit.take(games).astype(np.intp)
    acuity = np.empty((len(Cause), games.size), np.float32)
    for cause, sharpness in enumerate(_acuity(turn, seat, games)):
        acuity[cause] = sharpness
    member = np.full(games.size, seat)
    right = turn.draw_grouped(Draw.SIGNAL, member, games) < acuity[culprit, np.arange(games.size)]
    wrong = (turn.draw_grouped(Draw.MISREAD, member, games) * 3).astype(np.intp)
    signal = np.where(right, culprit, (culprit + 1 + wrong) % 4)
    turn.outcome.signal[seat, games] = signal
    belief = (1 - acuity) / 3
    belief[signal, np.arange(games.size)] = acuity[signal, np.arange(games.size)]
    for cause, prior in enumerate(_priors(turn, seat, games)):
        belief[cause] *= prior
    state.suspicion[seat][:, games] = belief / _total(belief)


def _total(belief: Floats) -> Floats:
    return belief[0] + belief[1] + belief[2] + belief[3]


def _hear_words(turn: Turn, speaker: Seat) -> None:
    """Claims, denials and accusations shift the odds that the others hold."""
    state, tables = turn.state, turn.tables
    games = np.flatnonzero(tables.tells.take(turn.orders.word[speaker]))
    if not games.size:
        return
    word = turn.orders.word[speaker].take(games)
    factor = tables.odds.take(word, axis=1)
    for seat in speaker.rivals:
        belief = state.suspicion[seat][:, games] * factor
        state.suspicion[seat][:, games] = belief / _total(belief)
    state.mil_facade[games] += tables.word.facade.take(word)


def _investigate(turn: Turn) -> None:
    """Baghdad's investigators publish a finding; everybody weighs it, Washington's case too."""
    state, p, out = turn.state, turn.p.evidence, turn.outcome
    odds = turn.tables.investigates.take(turn.deed(Seat.IRAQ))
    games = np.flatnonzero((odds > 0) & (state.culprit >= 0))
    if not games.size:
        return
    odds = odds.take(games)
    culprit = state.culprit.take(games).astype(np.intp)
    draw = turn.draw(Draw.INVESTIGATION, games)
    # Beyond the odds of being right, the same draw, stretched, picks which wrong cause is named.
    wrong = ((draw - odds) / (1 - odds) * 3).astype(np.intp) % 3
    named = np.where(draw < odds, culprit, (culprit + 1 + wrong) % 4)
    out.finding[games] = named
    for seat in SEATS:
        believes = p.finding_weight * (1 if seat is Seat.IRAQ else 0.5)
        belief = state.suspicion[seat][:, games]
        belief[named, np.arange(games.size)] *= 1 + believes
        state.suspicion[seat][:, games] = belief / _total(belief)
    clears_militia = named >= Cause.SPLINTER
    case = state.us_case.take(games) + np.where(clears_militia, -p.finding_case, p.finding_case)
    state.us_case[games] = tamed(case.astype(np.float32))


def _watch(turn: Turn) -> None:
    """Every seat's estimates of what it cannot see follow the truth, late and blurred."""
    state, p = turn.state, turn.p.evidence
    widths = (
        p.estimate_width_us, p.estimate_width_iran, p.estimate_width_militia,
        p.estimate_width_iraq,
    )
    weight = 1 - turn.decays.estimate
    state.estimates *= turn.decays.estimate
    everyone = np.arange(state.games)
    for seat in SEATS:
        luck = turn.draw_grouped(Draw.ESTIMATE, np.full(state.games, seat), everyone)
        blur = luck * (2 * widths[seat] * weight) + (1 - widths[seat]) * weight
        for k, column in enumerate(ESTIMATED):
            state.estimates[seat, k] += getattr(state, column) * blur


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
