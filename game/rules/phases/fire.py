"""Phase 4, second half: what a salvo at an American site does.

Rounds, hits and casualties are heavy-tailed: most attacks kill nobody, deaths come from rare big
salvos and from luck; protection, warning and distance from people make them rarer.
"""

from typing import Any

import numpy as np

from ..games import Games, draw, total
from ..luck import Draw
from ..moment import Moment
from ..outcome import Source
from ..seats import Rung
from ..state import Codes, Floats
from ..tables import TOLL_STEPS, Tables
from .chance import happens

STOCKS = {
    Source.MILITIA: "mil_rockets",
    Source.SPLINTER: "mil_rockets",
    Source.IRAN: "iran_missiles",
}
"""The column that each source's rounds come out of; a third party has its own."""


def salvo(
    g: Games,
    t: Tables,
    now: Moment,
    source: Source,
    kind: Any,
    at: Codes,
    attacks: Any,
    beside: Any = 0,
) -> None:
    """One source's fire at one site: with how much, and what it hits.

    Args:
        g: the games in which it fires.
        t: the rulebook's tables.
        now: the turn.
        source: who fires.
        kind: (B,) how, as a row of the fire table; or one for all games.
        at: (B,) the site.
        attacks: (B,) how often, by the strength with which it is done; or one for all.
        beside: (B,) attacks of the campaign beside those; or none for all.
    """
    luck = draw(g, now, Draw.FIRE_ROUNDS + source)
    rounds = np.floor(attacks * salvo_size(t, kind, luck))
    if source is Source.MILITIA:
        rounds = rounds + beside * salvo_size(t, t.campaign_row, luck)
    salvos = np.ceil(attacks) + beside
    each = rounds / np.maximum(salvos, 1)
    if source in STOCKS:  # nobody fires what he does not have
        stock = getattr(g, STOCKS[source])
        wanted = rounds * t.fire.arsenal.take(kind)
        spent = np.minimum(wanted, np.floor(stock))
        rounds = rounds + (spent - wanted)  # what is missing is not fired
        setattr(g, STOCKS[source], stock - spent)
    # Cells may find the stock empty: then there was no attack.
    for some, fired, meant, size, how, where in g.only(rounds > 0, rounds, salvos, each, kind, at):
        some.fire_rounds[source] = fired
        # A rulebook may give a salvo no rounds: that divides by nothing.
        some.fire_attacks[source] = np.minimum(meant, np.ceil(fired / np.maximum(size, 1e-6)))
        some.fire_site[source] = where
        share = t.fire.accuracy.take(how) * (draw(some, now, Draw.FIRE_HITS + source) + 0.5)
        hits = np.floor(fired * np.minimum(share, 1))
        some.fire_hits[source] = hits
        for hit, rounds_home, by, there in some.only(hits > 0, hits, how, where):
            kill(hit, t, now, source, by, there, rounds_home)
            wound(hit, t, now, source, by, there, rounds_home)
        rate(some, t, now, source, how)


def salvo_size(t: Tables, kind: Any, luck: Floats) -> Any:
    """Rounds of one attack of a kind."""
    return t.fire.rounds_low.take(kind) + np.floor(t.fire.rounds_span.take(kind) * luck)


def kill(
    g: Games, t: Tables, now: Moment, source: Source, kind: Codes, at: Codes, hits: Floats
) -> None:
    """Whether anybody dies, how many, and who."""
    p = now.p.force
    exposed = t.site_people.take(at) * (1 - p.warning_saves * g.warned[source])
    exposed = exposed * (1 - p.protection_saves * g.us_protection)
    exposed = exposed * (1 - p.guard_saves * g.iraq_guard)
    odds = hits * t.fire.lethality.take(kind) * exposed
    luck = draw(g, now, Draw.FIRE_LETHAL + source)
    for some, how, where in g.only(happens(luck, odds), kind, at):
        quantile = draw(some, now, Draw.FIRE_TOLL + source) * TOLL_STEPS
        step = np.floor(quantile)
        dead = np.floor(t.toll.take(step.astype(np.intp)) * t.fire.toll.take(how))
        dead = np.maximum(dead, 1)
        # What the toll's draw holds beyond its quantile is still uniform: it splits the dead.
        split = quantile - step
        iraqis = np.floor(dead * t.site_iraqis.take(where) + split)
        split = split * 64 - np.floor(split * 64)
        partners = np.floor((dead - iraqis) * t.site_partners.take(where) + split)
        some.fire_iraqi_killed[source] = iraqis
        some.fire_coalition_killed[source] = partners
        some.fire_us_killed[source] = dead - iraqis - partners


def wound(
    g: Games, t: Tables, now: Moment, source: Source, kind: Codes, at: Codes, hits: Floats
) -> None:
    """How many Americans are hurt, in truth."""
    p = now.p.force
    hurt = hits * t.fire.wounding.take(kind) * t.site_people.take(at)
    hurt = hurt * (1 - p.warning_spares_wounds * g.warned[source])
    hurt = hurt * (1 - p.protection_spares_wounds * g.us_protection)
    hurt = hurt * (1 - t.site_iraqis.take(at))
    luck = draw(g, now, Draw.FIRE_WOUNDED + source)
    # Mostly about as many as expected or fewer; now and then several times as many.
    cube = luck * luck * luck
    spread = 2 * luck * (1 - p.wounds_tail) + 8 * cube * cube * luck * p.wounds_tail
    g.fire_us_wounded[source] = np.floor(hurt * spread + luck)


def rate(g: Games, t: Tables, now: Moment, source: Source, kind: Codes) -> None:
    """The rung of a salvo: of its kind, higher when it comes often or kills, highest when it kills
    many.
    """
    dead = g.fire_us_killed[source] + g.fire_coalition_killed[source]
    often = g.fire_attacks[source] >= now.p.campaign.serious_per_week * np.maximum(now.weeks, 1)
    rung = np.maximum(t.fire.rung.take(kind), often * np.float32(Rung.ATTACK))
    rung = np.maximum(rung, (dead > 0) * np.float32(Rung.DEADLY_ATTACK))
    massacre = (dead >= now.p.force.mass_casualties) * np.float32(Rung.MASS_CASUALTIES)
    g.fire_rung[source] = np.maximum(rung, massacre)


def count_the_dead(g: Games, now: Moment) -> None:
    """Adds up the turn's fire."""
    g.new_attacks = total(g.fire_attacks)
    for (some,) in g.only(g.new_attacks > 0):
        some.us_killed = total(some.fire_us_killed)
        some.us_dead += some.us_killed
        some.attacks += some.new_attacks
        some.coalition_dead += total(some.fire_coalition_killed)
        some.iraqi_dead += total(some.fire_iraqi_killed)
        # First reports are incomplete, those of large numbers most of all (al-Asad's rose for
        # weeks).
        wounded = total(some.fire_us_wounded)
        share = 2 * now.p.force.reported_at_once * draw(some, now, Draw.REPORTING)
        reported = np.minimum(np.floor(wounded * share + 0.5), wounded)
        some.us_wounded_reported = reported
        some.us_wounded += reported
        some.us_wounded_unreported += wounded - reported
