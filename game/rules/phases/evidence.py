"""Phase 5: who did it.

An attack that nobody signed leaves evidence, which each seat reads for itself, with its own eyes
and its own expectations; words shift the odds; beliefs follow Bayes' rule (the problem of Baliga,
Bueno de Mesquita and Wolitzky 2020: deterrence with imperfect attribution). Nobody is ever told
the truth, Baghdad's investigators included.
"""

import numpy as np

from ..luck import Draw, estimate_draws
from ..outcome import Source
from ..picking import flat, put, where
from ..seats import SEATS, Cause, Seat
from ..state import COLUMNS, ESTIMATED, Bools, Codes, Floats
from ..turn import Turn, tamed

_EACH_SEAT = np.array(SEATS)[:, None]


def evidence(turn: Turn) -> None:
    """Reads the evidence of the turn's worst unsigned attack, hears the words, updates beliefs."""
    attacked, source = _find_culprit(turn)
    if attacked.size:
        _read_evidence(turn, attacked, source)
    news = (turn.unsigned_attacks() > 0) | (turn.state.quiet_days <= 0)
    for seat in SEATS:
        _hear_words(turn, seat, news)
    _investigate(turn)
    _watch(turn)


def _find_culprit(turn: Turn) -> tuple[Codes, Codes]:
    """Sets the hidden cause of the worst unsigned attack; returns the games that had one, and who
    fired there.
    """
    state, cause = turn.state, np.empty((4, turn.state.games), np.int8)
    cause[Source.MILITIA] = np.where(state.mil_guidance > 0, Cause.TEHRAN, Cause.MILITIA)
    cause[Source.SPLINTER] = Cause.SPLINTER
    cause[Source.THIRD_PARTY] = Cause.THIRD_PARTY
    cause[Source.IRAN] = Cause.TEHRAN
    gravity = _gravity(turn)
    attacked = where(gravity.max(axis=0) > 0)
    source = gravity.take(attacked, axis=1).argmax(axis=0)
    state.culprit[attacked] = flat(cause).take(source * state.games + attacked)
    return attacked, source


def _gravity(turn: Turn) -> Floats:
    """(4 sources, B) how much each unsigned attack is talked of: by its dead, then by its hits."""
    out, salvos = turn.outcome, turn.salvos
    grave = flat(out.fire_us_killed).take(salvos) + flat(out.fire_coalition_killed).take(salvos)
    grave += flat(out.fire_iraqi_killed).take(salvos)
    grave *= 100
    grave += flat(out.fire_hits).take(salvos)
    grave += 1
    gravity = np.zeros((4, turn.state.games), np.float32)
    flat(gravity)[salvos] = grave
    gravity[Source.IRAN] *= 1 - turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN))
    return gravity


def _priors(turn: Turn, games: Codes) -> Floats:
    """(4 seats, 4 causes, n) what a seat expects before it looks: base rates, leaned by where it
    stands.
    """
    p = turn.p.evidence
    priors = np.empty((4, len(Cause), games.size), np.float32)
    priors[:, Cause.TEHRAN] = p.prior_tehran
    priors[:, Cause.MILITIA] = p.prior_militia
    priors[:, Cause.SPLINTER] = p.prior_splinter
    priors[:, Cause.THIRD_PARTY] = p.prior_third_party
    priors[Seat.US, Cause.TEHRAN] = p.prior_tehran * p.lean_us_to_tehran
    others = 1 + p.lean_iraq_to_others * turn.state.iraq_lean.take(games)
    priors[Seat.IRAQ, Cause.SPLINTER] *= others
    priors[Seat.IRAQ, Cause.THIRD_PARTY] *= others
    return priors


def _acuity(turn: Turn, games: Codes) -> Floats:
    """(4 seats, 4 causes, n) odds that a seat's evidence points to the true cause. A facade blurs
    what Washington and Baghdad see.
    """
    p = turn.p.evidence
    acuity = np.empty((4, len(Cause), games.size), np.float32)
    clear = 1 - p.facade_blurs * turn.state.mil_facade.take(games)
    for seat, sees in ((Seat.US, p.sees_us), (Seat.IRAQ, p.sees_iraq)):
        acuity[seat] = sees * clear
        acuity[seat, Cause.THIRD_PARTY] = sees
    acuity[Seat.IRAN] = p.sees_iran
    acuity[Seat.MILITIA] = p.sees_militia
    return acuity


def _read_evidence(turn: Turn, games: Codes, source: Codes) -> None:
    """The signal points to the true cause as often as the seat's acuity says, else to another."""
    acuity = _acuity(turn, games)
    # Flat positions in (4 seats, 4 causes, n): each seat's row of the first cause, and the game.
    first = _EACH_SEAT * (4 * games.size) + np.arange(games.size)
    signal = np.empty(first.shape, np.intp)
    signal[:] = turn.state.culprit.take(games)
    luck = turn.draw(Draw.SIGNAL + _EACH_SEAT, games)
    misled = where(flat(luck >= flat(acuity).take(first + signal * games.size)))
    by = misled // games.size
    luck = turn.draw(Draw.MISREAD + by, games.take(misled - by * games.size))
    flat(signal)[misled] += 1 + (luck * 3).astype(np.intp)
    signal &= 3  # round from the last cause to the first
    belief: Floats = np.divide(1 - acuity, 3, dtype=np.float32)
    pointed_at = first + signal * games.size
    flat(belief)[pointed_at] = flat(acuity).take(pointed_at)
    belief *= _priors(turn, games)
    _know_own_hand(turn, games, source, belief)
    for seat in SEATS:
        belief[seat] /= _total(belief[seat])
    put(turn.state.suspicion, games, belief)
    # Evidence for what a seat knows to be untrue, or needs no evidence of, tells it nothing.
    told = flat(belief).take(pointed_at)
    signal[(told == 0) | (told == 1)] = -1
    put(turn.outcome.signal, games, signal)


def _know_own_hand(turn: Turn, games: Codes, source: Codes, belief: Floats) -> None:
    """Whoever fired needs no evidence, and whoever did not knows that as well. Whether the militia
    did what Tehran asked of it is another matter: Tehran must guess like everybody else.
    """
    asked = turn.state.mil_guidance.take(games) > 0
    belief[Seat.IRAN, Cause.TEHRAN] *= asked
    belief[Seat.MILITIA, Cause.MILITIA] = 0
    for seat, own in ((Seat.IRAN, Source.IRAN), (Seat.MILITIA, Source.MILITIA)):
        did = source == own
        belief[seat] *= ~did
        ordered = did if seat is Seat.IRAN else did & asked
        belief[seat, Cause.TEHRAN] += ordered
        belief[seat, Cause.MILITIA] += did & ~ordered


def _total(belief: Floats) -> Floats:
    total: Floats = belief[0] + belief[1] + belief[2] + belief[3]
    return total


def _hear_words(turn: Turn, speaker: Seat, news: Bools) -> None:
    """Claims and denials shift the odds that the others hold, in the turn of an attack and the
    next: to say the same again later is no news.
    """
    state, tables = turn.state, turn.tables
    games = where(tables.tells[speaker].take(turn.orders.word[speaker]) & news)
    if not games.size:
        return
    word = turn.orders.word[speaker].take(games)
    factor = np.array([odds.take(word) for odds in tables.odds[speaker]])
    for seat in speaker.rivals:
        belief = state.suspicion[seat].take(games, axis=1)
        belief *= factor
        belief /= _total(belief)
        put(state.suspicion[seat], games, belief)


def _investigate(turn: Turn) -> None:
    """Baghdad's investigators publish a finding; everybody weighs it, Washington's case too."""
    state, p, out = turn.state, turn.p.evidence, turn.outcome
    odds = turn.tables.investigates.take(turn.deed(Seat.IRAQ))
    fresh = (out.attacks > 0) | (state.quiet_days <= p.fresh_days)
    games = where((odds > 0) & (state.culprit >= 0) & fresh)
    if not games.size:
        return
    odds = odds.take(games)
    culprit = state.culprit.take(games).astype(np.intp)
    draw = turn.draw(Draw.INVESTIGATION, games)
    # Beyond the odds of being right, the same draw, stretched, picks which wrong cause is named.
    wrong = ((draw - odds) / np.maximum(1 - odds, 1e-6) * 3).astype(np.intp) % 3
    named = np.where(draw < odds, culprit, (culprit + 1 + wrong) % 4)
    out.finding[games] = named
    at_named = named * games.size + np.arange(games.size)
    for seat in SEATS:
        believes = p.finding_weight * (1 if seat is Seat.IRAQ else p.finding_weight_abroad)
        belief = state.suspicion[seat].take(games, axis=1)
        flat(belief)[at_named] *= 1 + believes
        belief /= _total(belief)
        put(state.suspicion[seat], games, belief)
    clears_militia = named >= Cause.SPLINTER
    case = state.us_case.take(games) + np.where(clears_militia, -p.finding_case, p.finding_case)
    state.us_case[games] = tamed(case.astype(np.float32))


def _watch(turn: Turn) -> None:
    """Every seat's estimates of what it cannot see follow the truth, late and blurred."""
    state, p = turn.state, turn.p.evidence
    widths = (
        p.estimate_width_us,
        p.estimate_width_iran,
        p.estimate_width_militia,
        p.estimate_width_iraq,
    )
    weight = 1 - turn.decays.estimate
    truth = np.array([getattr(state, column) for column in ESTIMATED])
    errors = estimate_draws(state.key, state.turn)[:, : len(ESTIMATED)]
    state.estimates = state.estimates * np.float32(turn.decays.estimate)
    for seat, width in zip(SEATS, widths, strict=True):
        error = errors[seat]
        error *= 2 * width * weight
        error += (1 - width) * weight
        error *= truth
        state.estimates[seat] += error
    np.minimum(state.estimates, _MOST, out=state.estimates)


_MOST = np.array([[COLUMNS[column].high] for column in ESTIMATED], np.float32)
"""(7, 1) what each estimated column can be at the most."""


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
