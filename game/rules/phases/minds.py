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

from ..games import Games, clip01, total
from ..moment import Moment
from ..outcome import Source
from ..seats import PAIRS, SEATS, Cause, Seat
from ..state import IRAN, IRAQ, MILITIA, US, Floats
from ..tables import Tables
from .answers import answers, wrong_one
from .doing import has_notice, signed_rung, unsigned_rung
from .evidence import blame


def minds(g: Games, t: Tables, now: Moment) -> None:
    """Settles harm, blows, debts, records and anger, in that order."""
    for actor in SEATS:
        signed_deeds(g, t, now, actor)
    for (some,) in g.only(total(g.fire_rounds) > 0):
        unsigned_fire(some, t, now)
    casualties_of_strikes(g, now)
    fade_records(g, now)
    show_resolve(g, t)
    mistaken = wrong_one(g)  # a crossing of this turn is not what this turn's blow answers
    for debtor, offender in PAIRS:
        settle_debt(g, t, now, debtor, offender)
    answers(g, t, now, mistaken)
    feel(g, now)


def signed_deeds(g: Games, t: Tables, now: Moment, actor: Seat) -> None:
    """What each deed does to whom, beside its casualties."""
    deed = g.done[actor]
    for victim, rungs in t.against[actor]:
        g.blow[actor, victim] = rungs.take(deed)
    for victim, amounts in t.harm[actor]:
        harm = amounts.take(deed)
        if victim is IRAQ and actor in (US, IRAN):
            told = has_notice(g, t, actor, IRAQ)
            harm = harm * (1 - now.p.politics.notice_softens * told)
        g.harm[victim, actor] += harm


def unsigned_fire(g: Games, t: Tables, now: Moment) -> None:
    """Harm from fire at American sites falls on whom the harmed suspect; as a blow it counts where
    the world lays it.
    """
    p, signed = now.p.minds, t.signed[IRAN].take(g.done[IRAN])
    harms = [harm_of_fire(g, t, now, source) for source in Source]
    by_iran, openly = harms[Source.IRAN] * signed, g.fire_rung[Source.IRAN] * signed
    harms[Source.IRAN] = harms[Source.IRAN] - by_iran
    rung = unsigned_rung(g, t)
    by_missiles = g.fire_iraqi_killed[Source.IRAN] * signed
    g.harm[IRAQ, IRAN] += by_missiles * p.harm_per_iraqi
    lay_blame(g, now, US, total(harms))
    lay_blame(g, now, IRAQ, (total(g.fire_iraqi_killed) - by_missiles) * p.harm_per_iraqi)
    g.harm[US, IRAN] += by_iran
    g.blow[MILITIA, US] = np.maximum(g.blow[MILITIA, US], rung)
    sponsored = rung * (rung >= p.sponsor_rung)
    g.blow[IRAN, US] = np.maximum(g.blow[IRAN, US], np.maximum(openly, sponsored))


def harm_of_fire(g: Games, t: Tables, now: Moment, source: Source) -> Floats:
    """(B,) what one source's fire does to Washington; wounded count as far as they are reported."""
    p, fires = now.p.minds, g.fire_rounds[source] > 0
    reported = g.us_wounded_reported / np.maximum(total(g.fire_us_wounded), 1)
    harm: Floats = fires * (
        t.site_honour.take(np.maximum(g.fire_site[source], 0))
        + p.harm_attack
        + p.harm_per_dead * g.fire_us_killed[source]
        + p.harm_per_partner * g.fire_coalition_killed[source]
        + p.harm_per_wounded * (g.fire_us_wounded[source] * reported)
    )
    return harm


def lay_blame(g: Games, now: Moment, victim: Seat, harm: Floats) -> None:
    """The harm of unsigned fire falls on Tehran and the militias as far as the victim suspects
    them.
    """
    tehran, militia = blame(g, now, victim)
    g.harm[victim, IRAN] += harm * tehran
    g.harm[victim, MILITIA] += harm * militia


def casualties_of_strikes(g: Games, now: Moment) -> None:
    """Men and leaders lost, bystanders killed, men arrested."""
    p = now.p.minds
    militia = p.harm_per_militiaman * g.strike_militia_killed + p.harm_leaders * g.strike_leaders
    iraqis = g.strike_iraqi_killed + g.strike_civilians_killed
    g.harm[MILITIA, US] += militia
    g.harm[IRAN, US] += p.harm_patron_share * militia
    g.harm[IRAQ, US] += p.harm_per_iraqi * iraqis
    g.harm[MILITIA, IRAQ] += p.harm_per_detained * g.detained
    g.harm[MILITIA, IRAQ] += p.harm_of_tip_off * g.tip_off_known


def fade_records(g: Games, now: Moment) -> None:
    """Old records count for less, so that a reputation can be lost and won again."""
    kept = now.decays.record
    g.kept *= kept
    g.kept += 1 - kept
    g.broken *= kept
    g.broken += 1 - kept


def show_resolve(g: Games, t: Tables) -> None:
    """Deeds that give way and deeds that stand firm are read as such by whom they are meant for."""
    for actor in SEATS:
        for victim, amounts in t.resolve[actor]:
            shown = amounts.take(g.done[actor])
            g.kept[victim, actor] += np.maximum(shown, 0)
            g.broken[victim, actor] += np.maximum(-shown, 0)


def settle_debt(g: Games, t: Tables, now: Moment, debtor: Seat, offender: Seat) -> None:
    """Answers first, then the window, then new crossings: a debt cannot be paid in advance."""
    pair, suffered = (debtor, offender), g.blow[offender, debtor]
    crossing = (suffered > 0) & (suffered >= g.line[pair])
    for some, received, crossed in g.only((g.debt[pair] > 0) | crossing, suffered, crossing):
        p, debt, given = now.p.minds, some.debt[pair], some.blow[pair]
        days = some.debt_days[pair] - now.days
        owing = debt > 0
        answered = owing & (given > 0) & (given >= debt - p.answer_slack)
        lapsed = owing & ~answered & (days <= 0)
        remember(some, t, now, debtor, offender, answered, lapsed)
        left = debt * ~(answered | lapsed)
        # A further crossing raises a debt that is open, but buys no more time to answer it.
        newly = crossed & (left == 0)
        raised = np.maximum(left, crossed * received)
        left_of_window = np.minimum(np.maximum(days, 0) / p.answer_window, 1)
        some.promptness[pair] = left_of_window * answered
        if pair == (US, MILITIA):
            openly = received <= signed_rung(some, t, MILITIA, US)
            cause = np.where(openly, int(Cause.MILITIA), some.culprit)
            some.debt_cause = np.where(newly, cause, some.debt_cause)
        some.crossed[pair], some.answered[pair], some.lapsed[pair] = crossed, answered, lapsed
        some.debt_days[pair] = np.where(newly, p.answer_window, np.maximum(days, 0) * (left > 0))
        some.debt[pair] = raised


def remember(
    g: Games, t: Tables, now: Moment, debtor: Seat, offender: Seat, answered: Floats, lapsed: Floats
) -> None:
    """Everybody watches whether a line was kept; whom it was drawn for watches most closely, and
    alone knows what was staked on it in private. At home, Washington pays for a line that it let
    pass.
    """
    p, pair = now.p.minds, (debtor, offender)
    public = g.stake[pair]
    private = g.private_stake[pair] * (1 - public)
    for witness in debtor.rivals:
        staked = public + private if witness is offender else public
        close = 1 if witness is offender else p.bystander_weight
        weight = p.record_weight * close * (p.record_unstaked + staked)
        g.kept[witness, debtor] += weight * answered
        g.broken[witness, debtor] += weight * lapsed
    if debtor is US:
        g.us_support -= public * p.lapse_support * lapsed


def feel(g: Games, now: Moment) -> None:
    """Anger rises with harm, less where it is great already; what soothes counts in full. Then it
    fades.
    """
    rise = np.minimum(g.harm * now.p.minds.anger_gain, 1)
    rise *= 1 - g.anger * (rise > 0)
    g.anger += rise
    g.anger *= now.decays.anger
    g.anger = clip01(g.anger)
