"""Phase 4, second half: rockets, missiles, strikes and arrests.

Rounds, hits and casualties are heavy-tailed: most attacks kill nobody, deaths come from rare big
salvos and from luck; protection, warning and distance from people make them rarer. A strike on the
militia trades its rockets, men and leaders against how well they hide, and Iraqi soldiers, police
and civilians who stand beside them die of it too, more of them where the targets are well hidden.
"""

import numpy as np

from ..luck import Draw
from ..outcome import Source
from ..seats import SEATS, Rung, Seat
from ..state import Bools, Codes, Floats
from ..tables import SITE_STEPS, TOLL_STEPS
from ..turn import Turn
from .chance import splinter_fires, third_party_fires


def force(turn: Turn) -> None:
    """All fire and strikes of the turn, at the same time."""
    _warnings(turn)
    _sites(turn)
    rows = _fire_rows(turn)
    _american_strike(turn)
    _fire(turn, rows)
    _arrests(turn)


def _warnings(turn: Turn) -> None:
    """Who was told what was coming, and whether it leaked."""
    state, orders, p, out = turn.state, turn.orders, turn.p.force, turn.outcome
    book = turn.setting.rulebook
    notice, tip_off = book.whisper("notice"), book.whisper("tip_off")

    def gave(seat: Seat, whisper: int, to: Seat) -> Bools:
        return np.equal(orders.whisper[seat], whisper) & np.equal(orders.whisper_to[seat], to)

    passed_on = turn.draw(Draw.NOTICE_PASSED) < p.pass_on_odds
    out.warned[Source.IRAN] = gave(Seat.IRAN, notice, Seat.US) | (
        gave(Seat.IRAN, notice, Seat.IRAQ) & passed_on
    )
    tipped = gave(Seat.IRAQ, tip_off, Seat.US)
    warned = tipped & (turn.draw(Draw.TIP_OFF) < p.tip_off_odds * state.iraq_forces)
    out.warned[Source.MILITIA] = warned
    out.warned[Source.SPLINTER] = warned
    out.tip_off_known = tipped & (turn.draw(Draw.NOTICE_LEAKED) < p.tip_off_leak * state.iraq_lean)
    strikes = turn.tables.strikes[Seat.US].take(turn.deed(Seat.US)) > 0
    leak_odds = p.leak_odds + p.leak_by_lean * state.iraq_lean
    out.leaked = strikes & gave(Seat.US, notice, Seat.IRAQ) & (
        turn.draw(Draw.NOTICE_LEAKED) < leak_odds
    )


def _fire_rows(turn: Turn) -> Codes:
    """(4 sources, B) the fire-table row of everybody who fires at American sites."""
    rows = np.empty((4, turn.state.games), np.intp)
    rows[Source.MILITIA] = turn.tables.fire_row[Seat.MILITIA].take(turn.deed(Seat.MILITIA))
    rows[Source.SPLINTER] = splinter_fires(turn)
    rows[Source.SPLINTER] *= turn.tables.splinter_row
    rows[Source.THIRD_PARTY] = third_party_fires(turn)
    rows[Source.THIRD_PARTY] *= turn.tables.third_party_row
    rows[Source.IRAN] = turn.tables.fire_row[Seat.IRAN].take(turn.deed(Seat.IRAN))
    return rows


def _sites(turn: Turn) -> None:
    """Where each seat's deed takes place: the site that was ordered, or one drawn by habit."""
    tables = turn.tables
    steps = (turn.draws(Draw.DEED_SITE) * SITE_STEPS).astype(np.intp)
    held = _bases_held(turn)
    for seat in SEATS:
        row = tables.deed_row[seat].take(turn.deed(seat))
        site = tables.site_draw.take((row + (row == 0) * held) * SITE_STEPS + steps[seat])
        ordered = turn.orders.site[seat]
        site += (ordered >= 0) * (ordered - site)
        turn.outcome.deed_site[seat] = np.where(row >= 0, site, -1)


def _bases_held(turn: Turn) -> Codes:
    return turn.tables.site_level.take((turn.state.us_exposure * 100).astype(np.intp))


def _fire_sites(turn: Turn, firing: Bools) -> Codes:
    """(4 sources, B) where the fire falls."""
    sites = np.empty(firing.shape, np.intp)
    held = _bases_held(turn) * SITE_STEPS
    for source, slot in (
        (Source.SPLINTER, Draw.SPLINTER_SITE), (Source.THIRD_PARTY, Draw.THIRD_PARTY_SITE)
    ):
        step = (turn.draw(slot) * SITE_STEPS).astype(np.intp)
        sites[source] = turn.tables.site_draw.take(held + step)
    sites[Source.MILITIA] = turn.outcome.deed_site[Seat.MILITIA]
    sites[Source.IRAN] = turn.outcome.deed_site[Seat.IRAN]
    return np.where(firing, sites, -1)


def _fire(turn: Turn, rows: Codes) -> None:
    out, table = turn.outcome, turn.tables.fire
    firing = rows > 0
    out.fire_site = _fire_sites(turn, firing)
    further = table.per_week.take(rows) * max(0.0, turn.weeks - 1 / 7)
    out.fire_attacks = np.floor(further + turn.draws(Draw.FIRE_ATTACKS)) + firing
    out.fire_attacks *= firing
    salvo = table.rounds_low.take(rows)
    salvo += np.floor(table.rounds_span.take(rows) * turn.draws(Draw.FIRE_ROUNDS))
    out.fire_rounds = _drawn_from_stock(turn, out.fire_attacks * salvo)
    spread = turn.draws(Draw.FIRE_HITS) + 0.5
    out.fire_hits = np.floor(out.fire_rounds * table.accuracy.take(rows) * spread)
    _casualties(turn, rows)
    _fire_rung(turn, rows)


def _drawn_from_stock(turn: Turn, rounds: Floats) -> Floats:
    """Nobody fires what he does not have; splinters fire the militia's rockets."""
    state = turn.state
    for source, stock in (
        (Source.MILITIA, state.mil_rockets),
        (Source.SPLINTER, state.mil_rockets),
        (Source.IRAN, state.iran_missiles),
    ):
        np.minimum(rounds[source], np.floor(stock), out=rounds[source])
        stock -= rounds[source]
    return rounds


def _casualties(turn: Turn, rows: Codes) -> None:
    state, p, out, table = turn.state, turn.p.force, turn.outcome, turn.tables.fire
    sites = out.fire_site
    people = turn.tables.site_people.take(sites)
    guarded = 1 - p.guard_saves * state.iraq_guard
    exposed = people * (1 - p.warning_saves * out.warned)
    exposed *= (1 - p.protection_saves * state.us_protection) * guarded
    odds = out.fire_hits * table.lethality.take(rows) * exposed
    lethal = turn.draws(Draw.FIRE_LETHAL) * (1 + odds) < odds
    quantile = turn.draws(Draw.FIRE_TOLL) * TOLL_STEPS
    step = np.floor(quantile)
    killed = np.floor(turn.tables.toll.take(step.astype(np.intp)) * table.toll.take(rows))
    np.maximum(killed, 1, out=killed)
    killed *= lethal
    # What the toll's draw holds beyond its quantile is still uniform: it splits the dead.
    split = quantile - step
    iraqis = np.floor(killed * turn.tables.site_iraqis.take(sites) + split)
    split = split * 64
    split -= np.floor(split)
    partners = np.floor((killed - iraqis) * turn.tables.site_partners.take(sites) + split)
    out.fire_iraqi_killed = iraqis
    out.fire_coalition_killed = partners
    out.fire_us_killed = killed - iraqis - partners
    hurt = people * (1 - p.warning_spares_wounds * out.warned)
    hurt *= 1 - p.protection_spares_wounds * state.us_protection
    hurt *= out.fire_hits * table.wounding.take(rows)
    luck = turn.draws(Draw.FIRE_WOUNDED)
    out.fire_us_wounded = np.floor(hurt * 2 * luck * (1 - turn.tables.site_iraqis.take(sites)) + luck)
    out.fire_us_wounded *= out.fire_hits > 0
    _count_the_dead(turn)


def _count_the_dead(turn: Turn) -> None:
    state, p, out = turn.state, turn.p.force, turn.outcome
    out.us_killed = out.fire_us_killed.sum(axis=0)
    wounded = out.fire_us_wounded.sum(axis=0)
    # First reports of large numbers are the least complete (the Asad figures rose for weeks).
    reported = np.floor(wounded * p.reported_at_once * turn.draw(Draw.REPORTING) * 2 + 0.5)
    np.minimum(reported, wounded, out=reported)
    out.us_wounded_reported = reported
    state.us_dead += out.us_killed
    state.us_wounded += reported
    state.us_wounded_unreported += wounded - reported
    state.coalition_dead += out.fire_coalition_killed.sum(axis=0)
    state.iraqi_dead += out.fire_iraqi_killed.sum(axis=0)
    out.attacks = out.fire_attacks.sum(axis=0)
    state.attacks += out.attacks


def _fire_rung(turn: Turn, rows: Codes) -> None:
    out = turn.outcome
    dead = out.fire_us_killed + out.fire_coalition_killed
    base = turn.tables.fire.rung.take(rows)
    rung = np.maximum(base, (dead > 0) * np.float32(Rung.DEADLY_ATTACK))
    massacre = (dead >= turn.p.force.mass_casualties) * np.float32(Rung.MASS_CASUALTIES)
    out.fire_rung = np.maximum(rung, massacre)


def _american_strike(turn: Turn) -> None:
    state, p, out = turn.state, turn.p.force, turn.outcome
    deed, table = turn.deed(Seat.US), turn.tables.strike[Seat.US]
    fighters = table.fighters.take(deed)
    striking = turn.tables.strikes[Seat.US].take(deed)
    effect = (1 - p.concealment_saves * state.mil_concealment) * (1 - p.leak_saves * out.leaked)
    effect *= turn.draw(Draw.STRIKE_LUCK) * 1.2 + 0.4
    out.strike_militia_killed = np.minimum(
        np.floor(fighters * effect + 0.5 * striking), np.floor(state.mil_fighters)
    )
    lost = np.minimum(table.rockets.take(deed) * effect, 0.9)
    out.strike_rockets = np.floor(lost * state.mil_rockets)
    out.strike_leaders = np.minimum(table.leaders.take(deed) * effect, state.mil_leaders)
    risk = 1 + p.collateral_by_concealment * state.mil_concealment
    luck = turn.draw(Draw.COLLATERAL)
    out.strike_iraqi_killed = np.floor(table.collateral.take(deed) * risk * 3 * luck * luck + 0.4 * striking)
    luck = turn.draw(Draw.CIVILIANS)
    out.strike_civilians_killed = np.floor(table.civilians.take(deed) * risk * 3 * luck * luck + 0.2 * striking)
    state.mil_fighters -= out.strike_militia_killed
    state.militia_dead += out.strike_militia_killed
    state.mil_rockets -= out.strike_rockets
    state.mil_leaders -= out.strike_leaders
    state.iraqi_dead += out.strike_iraqi_killed
    state.civilians_dead += out.strike_civilians_killed


def _arrests(turn: Turn) -> None:
    """Baghdad's own hand on the militia: it needs authority and forces, and friends look away."""
    state, out = turn.state, turn.outcome
    wanted = turn.tables.detains.take(turn.deed(Seat.IRAQ))
    reach = (state.iraq_authority + state.iraq_forces) * (1 - 0.5 * state.iraq_lean)
    luck = turn.draws(Draw.MISREAD)[Seat.IRAQ] + 0.5
    out.detained = np.minimum(np.floor(wanted * reach * luck), np.floor(state.mil_fighters))
    state.iraq_detained += out.detained
    state.mil_fighters -= out.detained
