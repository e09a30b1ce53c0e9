"""Phase 7: credibility, debts and anger.

Credibility c[i, j] = alpha / (alpha + beta) is i's belief that j answers when its line is crossed.
A crossing opens a debt; answering in time adds to alpha, letting it pass adds to beta, both
weighted by the stake. All of that happens before the world's eyes (Fearon 1994: the audience is
what binds): blows are those that were signed; fire that nobody signed the world lays at the
militias' door without knowing, and at Tehran's too when somebody dies of it.

Harm is felt in private, by each seat's own suspicion: anger a[i, j] rises with the harm that i
blames on j and decays by half-life. So each use of force raises both fear and anger: which wins is
the game.
"""

import numpy as np

from ..outcome import Source
from ..picking import cells, flat
from ..seats import SEATS, Seat
from ..state import Codes, Floats
from ..turn import Turn, tamed
from .evidence import blame


def minds(turn: Turn) -> None:
    """Settles harm, blows, debts, records and anger, in that order."""
    for actor in SEATS:
        _signed_deeds(turn, actor)
    _unsigned_fire(turn)
    _casualties_of_strikes(turn)
    _fade_records(turn)
    _settle_debts(turn)
    _feel(turn)


def _signed_deeds(turn: Turn, actor: Seat) -> None:
    """What each deed does to whom, beside its casualties."""
    out, p, tables = turn.outcome, turn.p, turn.tables
    deed = turn.deed(actor)
    for victim, rungs in tables.against[actor]:
        out.blow[actor, victim] = rungs.take(deed)
    for victim, amounts in tables.harm[actor]:
        harm = amounts.take(deed)
        if victim is Seat.IRAQ and actor in (Seat.US, Seat.IRAN):
            told = turn.whispered(actor, "notice", victim)
            if told.any():
                harm *= 1 - p.politics.notice_softens * told
        out.harm[victim, actor] += harm


def _unsigned_fire(turn: Turn) -> None:
    """Harm from fire at American sites falls on whom the harmed suspect; as a blow it counts where
    the world lays it.
    """
    if not turn.salvos.size:
        return
    out, p = turn.outcome, turn.p.minds
    signed = turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN))
    harms, rungs = _harm_of_fire(turn), out.fire_rung.copy()
    by_iran, openly = harms[Source.IRAN] * signed, rungs[Source.IRAN] * signed
    harms[Source.IRAN] -= by_iran
    rungs[Source.IRAN] -= openly
    rung = rungs.max(axis=0)
    by_missiles = out.fire_iraqi_killed[Source.IRAN] * signed
    out.harm[Seat.IRAQ, Seat.IRAN] += by_missiles * p.harm_per_iraqi
    iraqis = (out.fire_iraqi_killed.sum(axis=0) - by_missiles) * p.harm_per_iraqi
    for victim, harm in ((Seat.US, harms.sum(axis=0)), (Seat.IRAQ, iraqis)):
        tehran, militia = blame(turn, victim)
        out.harm[victim, Seat.IRAN] += harm * tehran
        out.harm[victim, Seat.MILITIA] += harm * militia
    out.harm[Seat.US, Seat.IRAN] += by_iran
    _add_blow(turn, Seat.MILITIA, rung)
    _add_blow(turn, Seat.IRAN, np.maximum(openly, rung * (rung >= p.sponsor_rung)))


def _harm_of_fire(turn: Turn) -> Floats:
    """(4 sources, B) what each source's fire does to Washington."""
    out, p, salvos = turn.outcome, turn.p.minds, turn.salvos
    harm = turn.tables.site_honour.take(flat(out.fire_site).take(salvos))
    harm += p.harm_attack
    harm += p.harm_per_dead * flat(out.fire_us_killed).take(salvos)
    harm += p.harm_per_partner * flat(out.fire_coalition_killed).take(salvos)
    harm += p.harm_per_wounded * _reported_wounded(turn)
    harms = np.zeros((4, turn.state.games), np.float32)
    flat(harms)[salvos] = harm
    return harms


def _reported_wounded(turn: Turn) -> Floats:
    """Wounded by salvo, as far as the turn's reports have them."""
    out, salvos = turn.outcome, turn.salvos
    game = salvos % turn.state.games
    total = np.maximum(out.fire_us_wounded.sum(axis=0), 1).take(game)
    share = out.us_wounded_reported.take(game) / total
    reported: Floats = flat(out.fire_us_wounded).take(salvos) * share
    return reported


def _add_blow(turn: Turn, actor: Seat, rung: Floats) -> None:
    blow = turn.outcome.blow[actor, Seat.US]
    np.maximum(blow, rung, out=blow)


def _casualties_of_strikes(turn: Turn) -> None:
    p, out = turn.p.minds, turn.outcome
    militia = (
        p.harm_per_militiaman * out.strike_militia_killed + p.harm_leaders * out.strike_leaders
    )
    out.harm[Seat.MILITIA, Seat.US] += militia
    out.harm[Seat.IRAN, Seat.US] += p.harm_patron_share * militia
    out.harm[Seat.IRAQ, Seat.US] += p.harm_per_iraqi * (
        out.strike_iraqi_killed + out.strike_civilians_killed
    )
    out.harm[Seat.MILITIA, Seat.IRAQ] += p.harm_per_detained * out.detained
    out.harm[Seat.MILITIA, Seat.IRAQ] += p.harm_of_tip_off * out.tip_off_known


def _settle_debts(turn: Turn) -> None:
    """Answers first, then the window, then new crossings: a debt cannot be paid in advance.

    `out.blow` is [actor, victim]; debts and lines are [debtor, offender].
    """
    state, p, out = turn.state, turn.p.minds, turn.outcome
    suffered = out.blow.transpose(1, 0, 2)
    out.crossed = (suffered > 0) & (suffered >= state.line)
    # Flat positions of (debtor, offender, game), and of (offender, debtor, game).
    open_ = cells((state.debt > 0) | out.crossed)
    if not open_.size:
        return
    pair = open_ // state.games
    mirrored = open_ + _TO_MIRROR.take(pair) * state.games
    debt, days = flat(state.debt).take(open_), flat(state.debt_days).take(open_)
    given, received = flat(out.blow).take(open_), flat(out.blow).take(mirrored)
    crossed = flat(out.crossed).take(open_)
    owing = debt > 0
    answered = owing & (given > 0) & (given >= debt - p.answer_slack)
    days -= turn.days
    lapsed = owing & ~answered & (days <= 0)
    flat(out.answered)[open_] = answered
    flat(out.lapsed)[open_] = lapsed
    kept, passed = answered.nonzero()[0], lapsed.nonzero()[0]
    _remember(turn, state.kept, pair.take(kept), open_.take(kept))
    _remember(turn, state.broken, pair.take(passed), open_.take(passed))
    _lose_face(turn, pair.take(passed), open_.take(passed))
    debt *= ~(answered | lapsed)
    # A further crossing raises a debt that is open, but buys no more time to answer it.
    newly = crossed & (debt == 0)
    debt = np.maximum(debt, crossed * received)
    flat(state.debt)[open_] = debt
    flat(state.debt_days)[open_] = np.where(
        newly, np.float32(p.answer_window), np.maximum(days, 0) * (debt > 0)
    )


_TO_MIRROR = np.array([(j * 4 + i) - (i * 4 + j) for i in SEATS for j in SEATS], np.intp)
"""(16,) how many rows the pair (j, i) stands below the pair (i, j)."""


def _remember(turn: Turn, record: Floats, pair: Codes, cell: Codes) -> None:
    """Everybody watches whether a line was kept; whom it was drawn for watches most closely, and
    alone knows what was staked on it in private.
    """
    state, p = turn.state, turn.p.minds
    public = flat(state.stake).take(cell)
    private = flat(state.private_stake).take(cell) * (1 - public)
    debtor, offender = pair // 4, pair % 4
    of_debtor = cell + (debtor - pair) * state.games
    for witness in SEATS:
        weight = p.record_weight * (p.record_unstaked + public + private * (offender == witness))
        share = (weight * turn.tables.closeness[witness].take(pair)).astype(np.float32)
        # A debtor may settle with two offenders in one turn: add.at counts both.
        np.add.at(flat(record[witness]), of_debtor, share)


def _lose_face(turn: Turn, pair: Codes, cell: Codes) -> None:
    """At home, Washington pays for a line that it let pass."""
    washington = (pair < 4).nonzero()[0]
    game = cell.take(washington) - pair.take(washington) * turn.state.games
    stake = flat(turn.state.stake).take(cell.take(washington))
    np.subtract.at(turn.state.us_support, game, stake * turn.p.minds.lapse_support)


def _fade_records(turn: Turn) -> None:
    """Old records count for less, so that a reputation can be lost and won again."""
    turn.state.kept = _faded(turn.state.kept, turn.decays.record)
    turn.state.broken = _faded(turn.state.broken, turn.decays.record)


def _faded(record: Floats, kept: float) -> Floats:
    faded = record * np.float32(kept)
    faded += np.float32(1 - kept)
    return faded


def _feel(turn: Turn) -> None:
    gain, anger = turn.p.minds.anger_gain, turn.state.anger
    # Pair by pair: most do no harm to each other in a turn.
    for seat in SEATS:
        for rival in seat.rivals:
            harm = turn.outcome.harm[seat, rival]
            if harm.any():
                rise = np.minimum(harm * gain, 1)
                # It adds less to an anger that is great already; what soothes counts in full.
                rise *= 1 - anger[seat, rival] * (rise > 0)
                anger[seat, rival] += rise
    anger *= turn.decays.anger
    tamed(anger)
