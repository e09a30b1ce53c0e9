"""Phase 7: credibility, debts and anger.

Credibility c[i, j] = alpha / (alpha + beta) is i's belief that j answers when its line is crossed. A
crossing opens a debt; answering in time adds to alpha, letting it pass adds to beta, both weighted
by the stake. Anger a[i, j] rises with the harm that i blames on j and decays by half-life. So each
use of force raises both fear and anger: which wins is the game.
"""

import numpy as np

from ..outcome import Source
from ..seats import PAIRS, SEATS, Seat
from ..state import Floats
from ..turn import Turn, tamed
from .evidence import blame


def minds(turn: Turn) -> None:
    """Settles harm, blows, debts, records and anger, in that order."""
    _signed_deeds(turn)
    _unsigned_fire(turn)
    _casualties_of_strikes(turn)
    for debtor, offender in PAIRS:
        _settle_debt(turn, debtor, offender)
    _fade_records(turn)
    _feel(turn)


def _signed_deeds(turn: Turn) -> None:
    """What each deed done in the open does to whom, beside its casualties."""
    out, p = turn.outcome, turn.p
    notice = turn.setting.rulebook.whisper("notice")
    for actor in SEATS:
        deed = turn.deed(actor)
        signed = turn.tables.signed[actor].take(deed)
        for victim, rungs in turn.tables.against[actor]:
            np.maximum(out.blow[actor, victim], rungs.take(deed), out=out.blow[actor, victim])
        seen = signed + (1 - signed) * p.minds.unsigned_blame
        for victim, amounts in turn.tables.harm[actor]:
            harm = amounts.take(deed) * seen
            if victim is Seat.IRAQ:
                told = np.equal(turn.orders.whisper[actor], notice) & np.equal(
                    turn.orders.whisper_to[actor], victim
                )
                harm *= 1 - p.politics.notice_softens * told
            out.harm[victim, actor] += harm


def _unsigned_fire(turn: Turn) -> None:
    """Harm from fire at American sites falls on whom the harmed suspect."""
    p, out = turn.p.minds, turn.outcome
    signed = turn.tables.signed[Seat.IRAN].take(turn.deed(Seat.IRAN))
    sources = (
        (out.fire_attacks > 0) * (p.harm_attack + turn.tables.site_honour.take(out.fire_site))
        + p.harm_per_dead * out.fire_us_killed
        + p.harm_per_partner * out.fire_coalition_killed
        + p.harm_per_wounded * out.fire_us_wounded
    )
    by_iran = sources[Source.IRAN] * signed
    unsigned = (
        sources[Source.MILITIA] + sources[Source.SPLINTER] + sources[Source.THIRD_PARTY]
        + sources[Source.IRAN] - by_iran
    )
    iraqis = out.fire_iraqi_killed.sum(axis=0) * p.harm_per_iraqi
    rung = np.maximum(
        np.maximum(out.fire_rung[Source.MILITIA], out.fire_rung[Source.SPLINTER]),
        np.maximum(out.fire_rung[Source.THIRD_PARTY], out.fire_rung[Source.IRAN] * (1 - signed)),
    )
    for victim, harm in ((Seat.US, unsigned), (Seat.IRAQ, iraqis)):
        tehran, militia = blame(turn, victim)
        out.harm[victim, Seat.IRAN] += harm * tehran
        out.harm[victim, Seat.MILITIA] += harm * militia
        if victim is Seat.US:
            _mark_blow(turn, Seat.IRAN, rung * (tehran >= p.blame_threshold))
            _mark_blow(turn, Seat.MILITIA, rung * (militia >= p.blame_threshold))
    out.harm[Seat.US, Seat.IRAN] += by_iran
    _mark_blow(turn, Seat.IRAN, out.fire_rung[Source.IRAN] * signed)


def _mark_blow(turn: Turn, actor: Seat, rung: Floats) -> None:
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


def _settle_debt(turn: Turn, debtor: Seat, offender: Seat) -> None:
    """Answers first, then the window, then new crossings: a debt cannot be paid in advance."""
    state, p, out = turn.state, turn.p.minds, turn.outcome
    debt, days = state.debt[debtor, offender], state.debt_days[debtor, offender]
    blow = out.blow[offender, debtor]
    line = state.line[debtor, offender]
    crossed = (blow > 0) & (blow >= line)
    out.crossed[debtor, offender] = crossed
    owing = debt > 0
    if owing.any():
        answered = owing & (out.blow[debtor, offender] >= debt - p.answer_slack) & (
            out.blow[debtor, offender] > 0
        )
        days -= turn.days
        lapsed = owing & ~answered & (days <= 0)
        out.answered[debtor, offender] = answered
        out.lapsed[debtor, offender] = lapsed
        _remember(turn, debtor, offender)
        settled = answered | lapsed
        debt -= settled * debt
    np.maximum(debt, crossed * blow, out=debt)
    days += crossed * (p.answer_window - days)
    np.maximum(days, 0, out=days)


def _remember(turn: Turn, debtor: Seat, offender: Seat) -> None:
    """Everybody watches whether a line was kept; whom it was drawn for watches most closely."""
    state, p, out = turn.state, turn.p.minds, turn.outcome
    answered, lapsed = out.answered[debtor, offender], out.lapsed[debtor, offender]
    stake = state.stake[debtor, offender]
    weight = p.record_weight * (0.5 + stake)
    for witness in debtor.rivals:
        share = 1.0 if witness is offender else p.bystander_weight
        state.kept[witness, debtor] += answered * weight * share
        state.broken[witness, debtor] += lapsed * weight * share
    if debtor is Seat.US:
        state.us_support -= lapsed * stake * p.lapse_support


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
