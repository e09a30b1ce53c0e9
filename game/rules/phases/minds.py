"""Phase 7: credibility, debts and anger.

Credibility c[i, j] = alpha / (alpha + beta) is i's belief that j answers when its line is crossed. A
crossing opens a debt; answering in time adds to alpha, letting it pass adds to beta, both weighted
by the stake. Anger a[i, j] rises with the harm that i blames on j and decays by half-life. So each
use of force raises both fear and anger: which wins is the game.
"""

import numpy as np

from ..outcome import Source
from ..seats import SEATS, Seat
from ..state import Bools, Codes, Floats
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
        seen = amounts * (tables.signed[actor] + (1 - tables.signed[actor]) * p.minds.unsigned_blame)
        harm = seen.take(deed)
        if victim is Seat.IRAQ and actor in (Seat.US, Seat.IRAN):
            harm *= 1 - p.politics.notice_softens * turn.whispered(actor, "notice", victim)
        out.harm[victim, actor] += harm


def _unsigned_fire(turn: Turn) -> None:
    """Harm from fire at American sites falls on whom the harmed suspect."""
    out, p = turn.outcome, turn.p.minds
    games = np.flatnonzero(out.attacks)
    if not games.size:
        return
    signed = turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN).take(games))
    rungs, harms = out.fire_rung[:, games], _harm_of_fire(turn, games)
    by_iran, openly = harms[Source.IRAN] * signed, rungs[Source.IRAN] * signed
    harms[Source.IRAN] -= by_iran
    rungs[Source.IRAN] -= openly
    rung = rungs.max(axis=0)
    iraqis = out.fire_iraqi_killed[:, games].sum(axis=0) * p.harm_per_iraqi
    for victim, harm in ((Seat.US, harms.sum(axis=0)), (Seat.IRAQ, iraqis)):
        tehran, militia = (belief.take(games) for belief in blame(turn, victim))
        out.harm[victim, Seat.IRAN, games] += harm * tehran
        out.harm[victim, Seat.MILITIA, games] += harm * militia
        if victim is Seat.US:
            seen = np.maximum(openly, rung * (tehran >= p.blame_threshold))
            _add_blow(turn, Seat.IRAN, games, seen)
            _add_blow(turn, Seat.MILITIA, games, rung * (militia >= p.blame_threshold))
    out.harm[Seat.US, Seat.IRAN, games] += by_iran


def _harm_of_fire(turn: Turn, games: Codes) -> Floats:
    """(4 sources, n) what each source's fire does to Washington."""
    out, p = turn.outcome, turn.p.minds
    honour = turn.tables.site_honour.take(out.fire_site[:, games])
    harms = (out.fire_attacks[:, games] > 0) * (p.harm_attack + honour)
    harms += p.harm_per_dead * out.fire_us_killed[:, games]
    harms += p.harm_per_partner * out.fire_coalition_killed[:, games]
    harms += p.harm_per_wounded * out.fire_us_wounded[:, games]
    return harms


def _add_blow(turn: Turn, actor: Seat, games: Codes, rung: Floats) -> None:
    blow = turn.outcome.blow[actor, Seat.US]
    blow[games] = np.maximum(blow.take(games), rung)


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


def _settle_debts(turn: Turn) -> None:
    """Answers first, then the window, then new crossings: a debt cannot be paid in advance.

    `out.blow` is [actor, victim]; debts and lines are [debtor, offender].
    """
    state, p, out = turn.state, turn.p.minds, turn.outcome
    suffered = out.blow.transpose(1, 0, 2)
    out.crossed = (suffered > 0) & (suffered >= state.line)
    pair, games = np.nonzero(((state.debt > 0) | out.crossed).reshape(16, -1))
    if not games.size:
        return
    debtor, offender = pair // 4, pair % 4
    debt, days = state.debt[debtor, offender, games], state.debt_days[debtor, offender, games]
    given = out.blow[debtor, offender, games]
    owing = debt > 0
    answered = owing & (given > 0) & (given >= debt - p.answer_slack)
    days -= turn.days
    lapsed = owing & ~answered & (days <= 0)
    out.answered[debtor, offender, games] = answered
    out.lapsed[debtor, offender, games] = lapsed
    settled = answered | lapsed
    _remember(turn, debtor[settled], offender[settled], games[settled], answered[settled])
    crossed = out.crossed[debtor, offender, games]
    debt *= ~settled
    debt = np.maximum(debt, crossed * suffered[debtor, offender, games])
    state.debt[debtor, offender, games] = debt
    state.debt_days[debtor, offender, games] = np.where(
        crossed, np.float32(p.answer_window), np.maximum(days, 0) * (debt > 0)
    )


def _remember(
    turn: Turn, debtor: Codes, offender: Codes, games: Codes, answered: Bools
) -> None:
    """Everybody watches whether a line was kept; whom it was drawn for watches most closely."""
    state, p = turn.state, turn.p.minds
    stake = state.stake[debtor, offender, games]
    weight = p.record_weight * (0.5 + stake)
    for witness in SEATS:
        closeness = np.where(offender == witness, 1.0, p.bystander_weight) * (debtor != witness)
        share = (weight * closeness).astype(np.float32)
        # A debtor may settle with two offenders in one turn: add.at counts both.
        np.add.at(state.kept[witness], (debtor, games), share * answered)
        np.add.at(state.broken[witness], (debtor, games), share * ~answered)
    washington = (debtor == Seat.US) & ~answered
    np.subtract.at(state.us_support, games[washington], stake[washington] * p.lapse_support)


def _fade_records(turn: Turn) -> None:
    """Old records count for less, so that a reputation can be lost and won again."""
    kept = turn.decays.record
    for record in (turn.state.kept, turn.state.broken):
        record -= 1
        record *= kept
        record += 1


def _feel(turn: Turn) -> None:
    state, p = turn.state, turn.p.minds
    rise = turn.outcome.harm * p.anger_gain
    np.minimum(rise, 1.0, out=rise)
    rise *= 1 - state.anger
    state.anger += rise
    state.anger *= turn.decays.anger
    tamed(state.anger)
