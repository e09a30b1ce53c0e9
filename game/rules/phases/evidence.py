"""Phase 5: who did it.

An attack that nobody signed leaves evidence, which each seat reads for itself, with its own eyes
and its own expectations; words shift the odds; beliefs follow Bayes' rule (the problem of Baliga,
Bueno de Mesquita and Wolitzky 2020: deterrence with imperfect attribution). Nobody is ever told
the truth, Baghdad's investigators included.
"""

from typing import Any

import numpy as np

from ..games import Games, clip01, draw, total
from ..luck import Draw, estimate_draws
from ..moment import Moment
from ..outcome import Source
from ..seats import SEATS, Cause, Seat
from ..state import COLUMNS, ESTIMATED, IRAN, IRAQ, MILITIA, US, Bools, Codes, Floats
from ..tables import Tables
from .campaign import attacks_a_week
from .doing import unsigned_attacks


def evidence(g: Games, t: Tables, now: Moment) -> None:
    """Reads the evidence of the turn's worst unsigned attack, hears the words, updates beliefs."""
    gravity = [grave(g, t, source) for source in Source]
    worst = np.maximum(np.maximum(gravity[0], gravity[1]), np.maximum(gravity[2], gravity[3]))
    for some, *by_source, most in g.only(worst > 0, *gravity, worst):
        source = first_of(by_source, most)
        some.culprit = culprit(some, source)
        read_evidence(some, now, source)
    news = (unsigned_attacks(g, t) > 0) | (g.quiet_days <= 0)
    for speaker in SEATS:
        told = t.tells[speaker].take(g.word[speaker])
        for some, word in g.only(told & news, g.word[speaker]):
            hear(some, t, speaker, word)
    reveal(g, t, now)
    investigate(g, t, now)
    accuse(g, t, now, news)
    watch(g, t, now)


def grave(g: Games, t: Tables, source: Source) -> Floats:
    """(B,) how much an unsigned attack is talked of: by its dead, then by its hits; 0 for none."""
    dead = g.fire_us_killed[source] + g.fire_coalition_killed[source] + g.fire_iraqi_killed[source]
    gravity = (dead * 100 + g.fire_hits[source] + 1) * (g.fire_rounds[source] > 0)
    if source is Source.IRAN:
        gravity = gravity * (1 - t.signed[IRAN].take(g.done[IRAN]))
    return gravity


def first_of(rows: list[Floats], value: Floats) -> Codes:
    """(B,) the first of four rows that holds the value."""
    third = np.where(rows[2] == value, 2, 3)
    first: Codes = np.where(rows[0] == value, 0, np.where(rows[1] == value, 1, third))
    return first


def culprit(g: Games, source: Codes) -> Codes:
    """(B,) the hidden cause behind whoever fired."""
    by_militia = np.where(g.mil_guidance > 0, int(Cause.TEHRAN), int(Cause.MILITIA))
    cells_or_others = np.where(
        source == Source.SPLINTER, int(Cause.SPLINTER), int(Cause.THIRD_PARTY)
    )
    by_others = np.where(source == Source.IRAN, int(Cause.TEHRAN), cells_or_others)
    cause: Codes = np.where(source == Source.MILITIA, by_militia, by_others)
    return cause


def prior(g: Games, now: Moment, seat: Seat, cause: Cause) -> Floats:
    """(B,) what a seat expects before it looks: base rates, leaned by where it stands."""
    p = now.p.evidence
    base = (p.prior_tehran, p.prior_militia, p.prior_splinter, p.prior_third_party)[cause]
    expects: Floats
    if seat is US and cause is Cause.TEHRAN:
        expects = base * p.lean_us_to_tehran
    elif seat is IRAQ and cause >= Cause.SPLINTER:
        expects = base * (1 + p.lean_iraq_to_others * g.iraq_lean)
    else:
        expects = base
    return expects


def acuity(g: Games, now: Moment, seat: Seat, cause: Cause) -> Floats:
    """(B,) odds that a seat's evidence points to the true cause. A facade blurs what Washington and
    Baghdad see of Tehran and the militias.
    """
    p = now.p.evidence
    sees = (p.sees_us, p.sees_iran, p.sees_militia, p.sees_iraq)[seat]
    blurred = seat in (US, IRAQ) and cause is not Cause.THIRD_PARTY
    clear: Floats = sees * (1 - p.facade_blurs * g.mil_facade) if blurred else sees
    return clear


def read_evidence(g: Games, now: Moment, source: Codes) -> None:
    """The signal points to the true cause as often as the seat's acuity says, else to another."""
    cause = g.culprit.astype(np.intp)
    for seat in SEATS:
        sees = [acuity(g, now, seat, each) for each in Cause]
        # A facade blurs Tehran, militia and cells alike.
        clear = np.where(cause == Cause.THIRD_PARTY, sees[Cause.THIRD_PARTY], sees[Cause.TEHRAN])
        misled = draw(g, now, Draw.SIGNAL + seat) >= clear
        other = cause + 1 + (draw(g, now, Draw.MISREAD + seat) * 3).astype(np.intp)
        signal = np.where(misled, other, cause) & 3  # round from the last cause to the first
        seen = [signal == each for each in Cause]
        belief = [
            np.where(seen[each], sees[each], (1 - sees[each]) / 3) * prior(g, now, seat, each)
            for each in Cause
        ]
        belief = know_own_hand(g, seat, source, belief)
        whole = total(belief)
        held = [share / whole for share in belief]
        pointed_at = np.zeros_like(whole)
        for each in Cause:
            g.suspicion[seat, each] = held[each]
            pointed_at = np.where(seen[each], held[each], pointed_at)
        # Evidence for what a seat knows to be untrue, or needs no evidence of, tells it nothing.
        g.signal[seat] = np.where((pointed_at == 0) | (pointed_at == 1), -1, signal)


def know_own_hand(g: Games, seat: Seat, source: Codes, belief: list[Floats]) -> list[Floats]:
    """Whoever fired needs no evidence, and whoever did not knows that as well. Whether the militia
    did what Tehran asked of it is another matter: Tehran must guess like everybody else.
    """
    if seat not in (IRAN, MILITIA):
        return belief
    tehran, militia, splinter, third_party = belief
    asked = g.mil_guidance > 0
    own = source == (Source.IRAN if seat is IRAN else Source.MILITIA)
    others = 1 - own.astype(np.float32)
    if seat is IRAN:
        tehran = tehran * asked
    else:
        militia = militia * 0
    on_orders = own if seat is IRAN else own & asked
    return [
        tehran * others + on_orders,
        militia * others + (own & ~on_orders),
        splinter * others,
        third_party * others,
    ]


def hear(g: Games, t: Tables, speaker: Seat, word: Codes) -> None:
    """Claims and denials shift the odds that the others hold, in the turn of an attack and the
    next: to say the same again later is no news.
    """
    factors = [t.odds[speaker][cause].take(word) for cause in Cause]
    for seat in speaker.rivals:
        believe(g, seat, [g.suspicion[seat, cause] * factors[cause] for cause in Cause])


def believe(g: Games, seat: Seat, belief: list[Floats]) -> None:
    """Sets what a seat believes, the shares made to add up to 1."""
    whole = total(belief)
    for cause in Cause:
        g.suspicion[seat, cause] = belief[cause] / whole


def investigate(g: Games, t: Tables, now: Moment) -> None:
    """Baghdad's investigators publish a finding; everybody weighs it, Washington's case too."""
    p, chances = now.p.evidence, t.investigates.take(g.done[IRAQ])
    fresh = (g.new_attacks > 0) | (g.quiet_days <= p.fresh_days)
    for some, odds in g.only((chances > 0) & (g.culprit >= 0) & fresh, chances):
        cause, luck = some.culprit.astype(np.intp), draw(some, now, Draw.INVESTIGATION)
        # Beyond the odds of being right, the same draw, stretched, picks the wrong cause.
        beyond = (luck - odds) / np.maximum(1 - odds, 1e-6) * 3
        wrong = np.minimum(np.maximum(beyond, 0), 2).astype(np.intp)
        named = np.where(luck < odds, cause, (cause + 1 + wrong) & 3)
        some.finding = named
        for seat in SEATS:
            weight = (
                p.finding_weight if seat is IRAQ else p.finding_weight * p.finding_weight_abroad
            )
            belief = [some.suspicion[seat, each] * (1 + weight * (named == each)) for each in Cause]
            believe(some, seat, belief)
        cleared = named >= Cause.SPLINTER  # the militia is
        some.us_case = clip01(some.us_case + np.where(cleared, -p.finding_case, p.finding_case))


def reveal(g: Games, t: Tables, now: Moment) -> None:
    """Who breaks into others' systems may learn from them who fired; he alone."""
    p = now.p.evidence
    for seat in SEATS:
        odds = t.reveals[seat].take(g.done[seat])
        for some, chances in g.only((odds > 0) & (g.culprit >= 0), odds):
            right = draw(some, now, Draw.REVEALED) < chances
            for_sure = some.culprit.astype(np.intp)
            some.revealed[seat] = np.where(right, for_sure, -1)
            weights = [
                some.suspicion[seat, each]
                * np.where(right & (for_sure == each), p.revealed_weight, 1)
                for each in Cause
            ]
            believe(some, seat, weights)


def accuse(g: Games, t: Tables, now: Moment, news: Bools) -> None:
    """Once the truth of Washington's accusation comes out, it makes its case where it was right;
    where it was wrong, the accused gains by it.
    """
    p, accused = now.p.words, g.word_to[US]
    speaks = t.word.accuses.take(g.word[US]) > 0
    for some, tehran in g.only(speaks & news & (accused != IRAQ), accused == IRAN):
        cause = some.culprit
        right = (cause == Cause.TEHRAN) | (~tehran & (cause == Cause.MILITIA))
        aired = draw(some, now, Draw.AIRED) < p.aired_odds
        found_out = ~right & aired
        some.aired = found_out
        proved = right & aired
        case = some.us_case + p.accusation_case * (proved - 1.0 * found_out)
        some.us_case = clip01(case)
        some.iraq_momentum += p.accusation_momentum * found_out


def watch(g: Games, t: Tables, now: Moment) -> None:
    """Every seat's estimates of what it cannot see follow the truth, late and blurred. How hard the
    militias' factions drive their campaign nobody sees, not even their leaders: all judge it by the
    attacks.
    """
    p, kept = now.p.evidence, now.decays.estimate
    widths = (
        p.estimate_width_us,
        p.estimate_width_iran,
        p.estimate_width_militia,
        p.estimate_width_iraq,
    )
    truth = {column: getattr(g, column) for column in ESTIMATED}
    for seat, width in zip(SEATS, widths, strict=True):
        told = truth | {"mil_effort": effort_told(g, t, now, seat)}
        shown = np.stack([told[column] for column in ESTIMATED])
        errors = estimate_draws(g.key, now.estimate_slots, seat)[: len(ESTIMATED)]
        seen = shown * (1 - width + 2 * width * errors)
        estimate = g.estimates[seat] * kept + seen * (1 - kept)
        g.estimates[seat] = np.minimum(estimate, _MOST)


def effort_told(g: Games, t: Tables, now: Moment, seat: Seat) -> Floats:
    """(B,) the effort of which the attacks that a seat lays to the campaign would be the usual
    number, with the rockets that it takes the militias to have. They alone know which attacks were
    theirs.
    """
    own = seat is MILITIA
    attacks = g.fire_attacks[Source.MILITIA] if own else unsigned_attacks(g, t)
    rockets = g.mil_rockets if own else g.estimates[seat][_ROCKETS]
    full = attacks_a_week(now.p.campaign, 1, rockets, g.iraq_guard) * now.weeks
    return np.where(full >= _LEAST_PACE, attacks / np.maximum(full, _LEAST_PACE), 0)


_ROCKETS = ESTIMATED.index("mil_rockets")
_LEAST_PACE = 0.01
"""Attacks in a turn: where no rockets are left, none tells of a campaign."""
_MOST = np.array([[COLUMNS[column].high] for column in ESTIMATED], np.float32)
"""(10, 1) what each estimated column can be at the most."""


def blame(g: Games, now: Moment, seat: Seat) -> tuple[Any, Any]:
    """How far a seat lays an unsigned attack at Tehran's and at the militia's door, 0 to 1 each."""
    p, by = now.p.minds, g.suspicion
    ordered, alone = by[seat, Cause.TEHRAN], by[seat, Cause.MILITIA]
    splinter = by[seat, Cause.SPLINTER]
    tehran = ordered + p.sponsor_blame * alone
    militia = ordered * p.agent_blame + alone + p.splinter_blame * splinter
    return tehran, militia
