"""Phase 7: what an answer does, and what a blow out of the blue.

Whoever answers a crossed line confirms that it spares those who keep it; whoever strikes
unprovoked, or strikes the wrong one, takes that away. So an answer is borne better than a blow, at
home and by the one who is struck. Whether it ends a campaign, and whether giving way invites more,
hangs on the world's theory.
"""

import numpy as np

from ..games import Games, clip01
from ..moment import Moment
from ..seats import PAIRS, Cause, Rung
from ..state import IRAN, MILITIA, US, Bools, Floats
from ..tables import Tables
from .doing import by_theory, gave_way, uses_force


def answers(g: Games, t: Tables, now: Moment, mistaken: Bools) -> None:
    """Assurance, harm, applause and the price of a lapse; debts have been settled before, and
    `mistaken`, as `wrong_one` had it, was worked out before that.
    """
    for actor, victim in PAIRS:
        hit = g.blow[actor, victim] >= now.p.contingency.blow_rung
        answer = g.answered[actor, victim] & hit
        if (actor, victim) == (US, MILITIA):
            answer = answer & ~mistaken
        assure(g, now, actor, victim, hit, answer)
        if (actor, victim) in ((US, MILITIA), (US, IRAN)):
            weight = (0.5 + g.stake[actor, victim]) * (0.4 + g.promptness[actor, victim])
            washington_is_judged(g, now, hit & ~answer, answer * weight)
        if (actor, victim) == (IRAN, US):
            tehran_is_judged(
                g, now, hit & ~answer & (g.blow[IRAN, US] >= Rung.STATES_STRIKE), answer
            )
    right = g.answered[US, MILITIA] & (g.blow[US, MILITIA] >= Rung.MILITIA_STRUCK)
    attribute(g, t, now, right & mistaken, right & ~mistaken)
    the_street_judges(g, t, now)
    lapses(g, now)
    weakness_invites(g, t, now)


def wrong_one(g: Games) -> Bools:
    """(B,) true where Washington holds the militias to account for what others did."""
    return g.debt_cause >= Cause.SPLINTER


def assure(g: Games, now: Moment, actor: int, victim: int, hit: Bools, answer: Bools) -> None:
    """Being spared, and being struck for a reason, confirm that one is spared for behaving."""
    p, pair = now.p.contingency, (victim, actor)
    spared = ~hit & (g.debt[actor, victim] <= 0)
    gain = (1 - now.decays.assurance) * spared + p.assurance_by_answer * answer
    g.assurance[pair] += (1 - g.assurance[pair]) * gain
    for some, for_reason in g.only(hit, answer):
        some.assurance[pair] *= np.where(for_reason, 1, 1 - p.trust_broken)
        felt = np.where(for_reason, p.harm_of_answer, p.harm_unprovoked)
        some.harm[pair] *= np.where(some.harm[pair] > 0, felt, 1)


def washington_is_judged(g: Games, now: Moment, blow: Bools, answer: Floats) -> None:
    """An answer is applauded at home, the more was staked and the sooner it comes; a blow
    unprovoked is paid for abroad.
    """
    p = now.p.contingency
    g.us_support += p.answer_support * answer - p.blow_support * blow
    g.us_coalition -= p.blow_coalition * blow
    g.iraq_momentum += p.blow_momentum * blow * (1 - g.iraq_momentum)


def tehran_is_judged(g: Games, now: Moment, blow: Bools, answer: Bools) -> None:
    """Missiles that answer are applauded at home; unprovoked, they rally Washington's friends."""
    p = now.p.contingency
    g.iran_cohesion += p.answer_cohesion * answer
    g.us_support += p.blow_by_iran * blow
    g.us_coalition += p.blow_by_iran * blow
    g.iran_pressure += p.blow_by_iran * blow
    g.iraq_momentum -= p.blow_by_iran * blow
    g.iraq_lean -= p.blow_by_iran * blow


def the_street_judges(g: Games, t: Tables, now: Moment) -> None:
    """Heavy fire that answers is cheered; out of the blue it is feared for what it brings."""
    p = now.p.contingency
    answered = g.answered[MILITIA, US] & uses_force(g, t, MILITIA)
    heavy = (t.heavy[MILITIA].take(g.done[MILITIA]) > 0) & uses_force(g, t, MILITIA)
    g.mil_standing += p.answer_standing * answered - p.blow_standing * (heavy & ~answered)


def attribute(g: Games, t: Tables, now: Moment, wrong: Bools, right: Bools) -> None:
    """Whether the militias were the right ones comes out, and the campaign of those who were struck
    for their own deed falters.
    """
    p = now.p.contingency
    g.right_answer, g.wrong_answer = right, wrong
    g.us_case += p.right_case * right * (1 - g.us_case) - p.wrong_case * wrong
    g.us_support += p.right_support * right - p.wrong_support * wrong
    g.us_coalition -= p.wrong_coalition * wrong
    g.iraq_momentum += p.wrong_momentum * wrong * (1 - g.iraq_momentum)
    g.mil_effort *= 1 - by_theory(g, t.theory.answer_ends) * right


def lapses(g: Games, now: Moment) -> None:
    """A staked line that is let pass costs at home."""
    p = now.p.contingency
    by_iran = g.lapsed[IRAN, US] * g.stake[IRAN, US]
    by_militia = g.lapsed[MILITIA, US] * g.stake[MILITIA, US]
    g.iran_cohesion -= p.lapse_cohesion * by_iran
    g.mil_standing -= p.lapse_standing * by_militia


def weakness_invites(g: Games, t: Tables, now: Moment) -> None:
    """Where fear restrains, a staked American line that is let pass invites more of the campaign,
    and so does an action that gives way to the militias.
    """
    invites = now.p.campaign.weakness_invites * by_theory(g, t.theory.fear_restrains)
    let_pass = g.lapsed[US, MILITIA] * g.stake[US, MILITIA]
    weakness = let_pass + gave_way(g, t, US, MILITIA)
    g.mil_effort += clip01(invites * weakness) * (1 - g.mil_effort)
