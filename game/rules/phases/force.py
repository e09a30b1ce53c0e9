"""Phase 4, second half: who is warned, where it happens, and what is fired, struck and arrested.

`fire` holds what a salvo at an American site does.
"""

import numpy as np

from ..games import Games, draw, last_bits
from ..luck import Draw
from ..moment import Moment
from ..outcome import Source
from ..seats import SEATS
from ..state import IRAN, IRAQ, MILITIA, READY, US, Codes, Floats
from ..tables import SITE_STEPS, Tables
from .campaign import campaign
from .chance import splinter_attacks, third_party_attacks
from .doing import has_notice, strength, strikes, warns, whispers
from .fire import count_the_dead, salvo


def force(g: Games, t: Tables, now: Moment) -> None:
    """All fire and strikes of the turn, at the same time."""
    warnings(g, t, now)
    places(g, t, now)
    fire(g, t, now)
    for some, deed in g.only(strikes(g, t), g.done[US]):
        strike(some, t, now, deed)
    for some, wanted in g.only(t.detains.take(g.done[IRAQ]) > 0, t.detains.take(g.done[IRAQ])):
        arrest(some, now, wanted)


def warnings(g: Games, t: Tables, now: Moment) -> None:
    """Who was told what was coming, and whether it leaked."""
    p = now.p.force
    g.warned[Source.IRAN] = whispers(g, IRAN, t.notice, US) | (
        warns(g, t, IRAN, US) & (t.signed[IRAN].take(g.done[IRAN]) > 0)
    )
    for (some,) in g.only(whispers(g, IRAN, t.notice, IRAQ)):
        passed_on = draw(some, now, Draw.NOTICE_PASSED) < p.pass_on_odds
        some.warned[Source.IRAN] = some.warned[Source.IRAN] | passed_on
    for (some,) in g.only(whispers(g, IRAQ, t.tip_off, US) | warns(g, t, IRAQ, US)):
        in_time = draw(some, now, Draw.TIP_OFF) < p.tip_off_odds * some.iraq_forces
        some.warned[Source.MILITIA] = in_time
        some.warned[Source.SPLINTER] = in_time
        leaks = draw(some, now, Draw.TIP_OFF_LEAKED) < p.tip_off_leak * some.iraq_lean
        some.tip_off_known = leaks & (t.fire_row[MILITIA].take(some.done[MILITIA]) > 0)
    g.leaked = warns(g, t, US, IRAN) & strikes(g, t)
    for (some,) in g.only(has_notice(g, t, US, IRAQ) & strikes(g, t)):
        odds = p.leak_odds + p.leak_by_lean * some.iraq_lean
        some.leaked = some.leaked | (draw(some, now, Draw.NOTICE_LEAKED) < odds)


def places(g: Games, t: Tables, now: Moment) -> None:
    """Where each seat's deed takes place: the site that was ordered, or one drawn by habit."""
    for seat in SEATS:
        row = t.deed_row[seat].take(g.deed[seat])
        for some, hosts in g.only(row >= 0, row):
            drawn_from = np.where(hosts == 0, bases_held(some, t), hosts)
            drawn = site(t, drawn_from, draw(some, now, Draw.DEED_SITE + seat))
            ordered = some.site[seat]
            some.deed_site[seat] = np.where(ordered >= 0, ordered, drawn)


def bases_held(g: Games, t: Tables) -> Codes:
    """(B,) the row of the site table with the American bases still held."""
    held: Codes = t.site_level.take(np.ceil(np.maximum(g.us_exposure, 0) * 100).astype(np.intp))
    return held


def site(t: Tables, row: Codes, luck: Floats) -> Codes:
    """(B,) a site drawn from a row of the site table."""
    drawn: Codes = t.site_draw.take(row * SITE_STEPS + (luck * SITE_STEPS).astype(np.intp))
    return drawn


def fire(g: Games, t: Tables, now: Moment) -> None:
    """Every salvo of the turn. Cells and third parties make up their minds before anybody fires;
    cells fire the militia's rockets, when the militia has taken its own.
    """
    splinters, others = splinter_attacks(g, now), third_party_attacks(g, now)
    militias(g, t, now)
    for some, attacks in g.only(splinters > 0, splinters):
        at = site(t, bases_held(some, t), draw(some, now, Draw.SPLINTER_SITE))
        salvo(some, t, now, Source.SPLINTER, t.splinter_row, at, attacks)
    for some, attacks in g.only(others > 0, others):
        at = site(t, bases_held(some, t), draw(some, now, Draw.THIRD_PARTY_SITE))
        salvo(some, t, now, Source.THIRD_PARTY, t.third_party_row, at, attacks)
    row = t.fire_row[IRAN].take(g.done[IRAN])
    for some, kind, at, share in g.only(row > 0, row, g.deed_site[IRAN], strength(g, t, now, IRAN)):
        salvo(some, t, now, Source.IRAN, kind, at, share)
    count_the_dead(g, now)
    for seat, column in READY.items():
        spent = now.p.force.ready_spent * t.heavy[seat].take(g.done[seat])
        setattr(g, column, getattr(g, column) * (1 - spent))


def militias(g: Games, t: Tables, now: Moment) -> None:
    """The attacks of the campaign, whatever else the militias do, and a heavy one where it is
    ordered. The campaign's are fired in the way that is ordered, or a few rockets at a time.
    """
    attacks, ordered = campaign(g, t, now), t.fire_row[MILITIA].take(g.done[MILITIA])
    kind = np.where(ordered > 0, ordered, t.campaign_row)
    # A heavy attack is one salvo, beside which the campaign goes on as it is used to; any other
    # order says how the campaign itself fires.
    heavy = (t.fire.campaign.take(kind) <= 0) * strength(g, t, now, MILITIA)
    often = attacks * (heavy <= 0)
    drawn = site(t, bases_held(g, t), draw(g, now, Draw.CAMPAIGN_SITE))
    at = np.where((ordered > 0) & (g.deed_site[MILITIA] >= 0), g.deed_site[MILITIA], drawn)
    for some, how, where, alone, beside in g.only(
        (attacks + heavy) > 0, kind, at, heavy + often, attacks - often
    ):
        salvo(some, t, now, Source.MILITIA, how, where, alone, beside)


def strike(g: Games, t: Tables, now: Moment, deed: Codes) -> None:
    """An American strike on the militia trades its rockets, men and leaders against how well they
    hide. Iraqi soldiers, police and civilians who stand beside them die of it too, more of them
    where the targets are well hidden.
    """
    p, table, hidden = now.p.force, t.strike[US], g.mil_concealment
    effect = (1 - p.concealment_saves * hidden) * (1 - p.leak_saves * g.leaked)
    effect = effect * (draw(g, now, Draw.STRIKE_LUCK) * 1.2 + 0.4) * strength(g, t, now, US)
    killed = np.floor(table.fighters.take(deed) * effect + 0.5)
    share = np.minimum(table.rockets.take(deed) * effect, p.strike_rockets_most)
    risk = 1 + p.collateral_by_concealment * hidden
    g.strike_militia_killed = np.minimum(killed, np.floor(g.mil_fighters))
    g.strike_rockets = np.floor(share * g.mil_rockets)
    g.strike_leaders = np.minimum(table.leaders.take(deed) * effect, g.mil_leaders)
    g.strike_iraqi_killed = bystanders(
        table.collateral.take(deed) * risk, draw(g, now, Draw.COLLATERAL)
    )
    g.strike_civilians_killed = bystanders(
        table.civilians.take(deed) * risk, draw(g, now, Draw.CIVILIANS)
    )
    g.mil_fighters -= g.strike_militia_killed
    g.militia_dead += g.strike_militia_killed
    g.mil_rockets -= g.strike_rockets
    g.mil_leaders -= g.strike_leaders
    g.iraqi_dead += g.strike_iraqi_killed
    g.civilians_dead += g.strike_civilians_killed


def bystanders(expected: Floats, luck: Floats) -> Floats:
    """Whole deaths, skewed: mostly fewer than expected, sometimes three times as many."""
    # A second draw rounds, so that small risks are not lost.
    dead: Floats = np.floor(expected * 3 * luck * luck + last_bits(luck))
    return dead


def arrest(g: Games, now: Moment, wanted: Floats) -> None:
    """Baghdad's own hand on the militia: it needs authority and forces, and friends look away."""
    friends = 1 - now.p.force.arrests_by_lean * g.iraq_lean
    reach = (g.iraq_authority + g.iraq_forces) * friends
    caught = np.floor(wanted * reach * (draw(g, now, Draw.ARRESTS) + 0.5))
    g.detained = np.minimum(caught, np.floor(g.mil_fighters))
    g.iraq_detained += g.detained
    g.mil_fighters -= g.detained
