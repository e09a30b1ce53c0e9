"""Phase 4, second half: rockets, missiles, strikes and arrests.

Rounds, hits and casualties are heavy-tailed: most attacks kill nobody, deaths come from rare big
salvos and from luck; protection, warning and distance from people make them rarer. A strike on the
militia trades its rockets, men and leaders against how well they hide, and Iraqi soldiers, police
and civilians who stand beside them die of it too, more of them where the targets are well hidden.

Only the games in which something is fired are looked at: `games` holds their numbers.
"""

import numpy as np

from ..luck import Draw
from ..outcome import Source
from ..seats import SEATS, Rung, Seat
from ..state import Codes, Floats
from ..tables import SITE_STEPS, TOLL_STEPS
from ..turn import Turn
from .chance import splinter_fires, third_party_fires


def force(turn: Turn) -> None:
    """All fire and strikes of the turn, at the same time."""
    _warnings(turn)
    for seat in SEATS:
        _place(turn, seat)
    rows = _fire_rows(turn)
    _strikes(turn)
    source, games = np.nonzero(rows)
    if games.size:
        _fire(turn, rows[source, games], source, games)
    _arrests(turn)


def _warnings(turn: Turn) -> None:
    """Who was told what was coming, and whether it leaked."""
    state, p, out = turn.state, turn.p.force, turn.outcome
    passed = turn.whispered(Seat.IRAN, "notice", Seat.IRAQ)
    games = np.flatnonzero(passed)
    passed[games] = turn.draw(Draw.NOTICE_PASSED, games) < p.pass_on_odds
    out.warned[Source.IRAN] = passed | turn.whispered(Seat.IRAN, "notice", Seat.US)
    games = np.flatnonzero(turn.whispered(Seat.IRAQ, "tip_off", Seat.US))
    if games.size:
        in_time = turn.draw(Draw.TIP_OFF, games) < p.tip_off_odds * state.iraq_forces.take(games)
        out.warned[Source.MILITIA, games] = in_time
        out.warned[Source.SPLINTER, games] = in_time
        leaks = turn.draw(Draw.TIP_OFF_LEAKED, games) < p.tip_off_leak * state.iraq_lean.take(games)
        out.tip_off_known[games] = leaks
    strikes = turn.tables.strikes[Seat.US].take(turn.deed(Seat.US)) > 0
    games = np.flatnonzero(strikes & turn.whispered(Seat.US, "notice", Seat.IRAQ))
    leak_odds = p.leak_odds + p.leak_by_lean * state.iraq_lean.take(games)
    out.leaked[games] = turn.draw(Draw.NOTICE_LEAKED, games) < leak_odds


def _bases_held(turn: Turn, games: Codes) -> Codes:
    """The row of the site table with the American bases still held."""
    hundredths = (turn.state.us_exposure.take(games) * 100).astype(np.intp)
    return turn.tables.site_level.take(hundredths)


def _place(turn: Turn, seat: Seat) -> None:
    """Where a seat's deed takes place: the site that was ordered, or one drawn by habit."""
    tables = turn.tables
    row = tables.deed_row[seat].take(turn.deed(seat))
    games = np.flatnonzero(row >= 0)
    if not games.size:
        return
    row = row.take(games)
    row += (row == 0) * _bases_held(turn, games)
    step = turn.draw_grouped(Draw.DEED_SITE, np.full(games.size, seat), games) * SITE_STEPS
    drawn = tables.site_draw.take(row * SITE_STEPS + step.astype(np.intp))
    ordered = turn.orders.site[seat].take(games)
    turn.outcome.deed_site[seat, games] = np.where(ordered >= 0, ordered, drawn)


def _fire_rows(turn: Turn) -> Codes:
    """(4 sources, B) the fire-table row of everybody who fires at American sites; 0 for none."""
    tables, out = turn.tables, turn.outcome
    rows = np.empty((4, turn.state.games), np.intp)
    rows[Source.MILITIA] = tables.fire_row[Seat.MILITIA].take(turn.deed(Seat.MILITIA))
    rows[Source.IRAN] = tables.fire_row[Seat.IRAN].take(turn.deed(Seat.IRAN))
    out.fire_site[Source.MILITIA] = np.where(rows[0] > 0, out.deed_site[Seat.MILITIA], -1)
    out.fire_site[Source.IRAN] = np.where(rows[3] > 0, out.deed_site[Seat.IRAN], -1)
    for source, fires, row, slot in (
        (Source.SPLINTER, splinter_fires(turn), tables.splinter_row, Draw.SPLINTER_SITE),
        (Source.THIRD_PARTY, third_party_fires(turn), tables.third_party_row,
         Draw.THIRD_PARTY_SITE),
    ):
        np.multiply(fires, row, out=rows[source])
        games = np.flatnonzero(fires)
        step = (turn.draw(slot, games) * SITE_STEPS).astype(np.intp)
        place = tables.site_draw.take(_bases_held(turn, games) * SITE_STEPS + step)
        out.fire_site[source, games] = place
    return rows


def _fire(turn: Turn, row: Codes, source: Codes, games: Codes) -> None:
    """Every salvo of the turn: its row in the fire table, its source, its game, (n,) each."""
    out, table = turn.outcome, turn.tables.fire
    further = table.per_week.take(row) * max(0.0, turn.weeks - 1 / 7)
    attacks = np.floor(further + turn.draw_grouped(Draw.FIRE_ATTACKS, source, games)) + 1
    luck = turn.draw_grouped(Draw.FIRE_ROUNDS, source, games)
    salvo = table.rounds_low.take(row) + np.floor(table.rounds_span.take(row) * luck)
    out.fire_attacks[source, games] = attacks
    out.fire_rounds[source, games] = attacks * salvo
    _draw_from_stocks(turn)
    rounds = out.fire_rounds[source, games]
    spread = turn.draw_grouped(Draw.FIRE_HITS, source, games) + 0.5
    hits = np.floor(rounds * table.accuracy.take(row) * spread)
    out.fire_hits[source, games] = hits
    _deaths(turn, row, source, games, hits)
    _wounds(turn, row, source, games, hits)
    _fire_rung(turn, row, source, games)
    _count_the_dead(turn)


def _draw_from_stocks(turn: Turn) -> None:
    """Nobody fires what he does not have; splinters fire the militia's rockets."""
    state, rounds = turn.state, turn.outcome.fire_rounds
    for source, stock in (
        (Source.MILITIA, state.mil_rockets),
        (Source.SPLINTER, state.mil_rockets),
        (Source.IRAN, state.iran_missiles),
    ):
        np.minimum(rounds[source], np.floor(stock), out=rounds[source])
        stock -= rounds[source]


def _deaths(turn: Turn, row: Codes, source: Codes, games: Codes, hits: Floats) -> None:
    """Whether anybody dies, how many, and who."""
    state, p, out, tables = turn.state, turn.p.force, turn.outcome, turn.tables
    site = out.fire_site[source, games]
    exposed = tables.site_people.take(site)
    exposed *= 1 - p.warning_saves * out.warned[source, games]
    exposed *= 1 - p.protection_saves * state.us_protection.take(games)
    exposed *= 1 - p.guard_saves * state.iraq_guard.take(games)
    odds = hits * tables.fire.lethality.take(row) * exposed
    lethal = turn.draw_grouped(Draw.FIRE_LETHAL, source, games) * (1 + odds) < odds
    quantile = turn.draw_grouped(Draw.FIRE_TOLL, source, games) * TOLL_STEPS
    step = np.floor(quantile)
    killed = np.floor(tables.toll.take(step.astype(np.intp)) * tables.fire.toll.take(row))
    killed = np.maximum(killed, 1) * lethal
    # What the toll's draw holds beyond its quantile is still uniform: it splits the dead.
    split = quantile - step
    iraqis = np.floor(killed * tables.site_iraqis.take(site) + split)
    split = split * 64
    split -= np.floor(split)
    partners = np.floor((killed - iraqis) * tables.site_partners.take(site) + split)
    out.fire_iraqi_killed[source, games] = iraqis
    out.fire_coalition_killed[source, games] = partners
    out.fire_us_killed[source, games] = killed - iraqis - partners


def _wounds(turn: Turn, row: Codes, source: Codes, games: Codes, hits: Floats) -> None:
    state, p, out, tables = turn.state, turn.p.force, turn.outcome, turn.tables
    site = out.fire_site[source, games]
    hurt = hits * tables.fire.wounding.take(row) * tables.site_people.take(site)
    hurt *= 1 - p.warning_spares_wounds * out.warned[source, games]
    hurt *= 1 - p.protection_spares_wounds * state.us_protection.take(games)
    hurt *= 1 - tables.site_iraqis.take(site)
    luck = turn.draw_grouped(Draw.FIRE_WOUNDED, source, games)
    out.fire_us_wounded[source, games] = np.floor(hurt * 2 * luck + luck) * (hits > 0)


def _fire_rung(turn: Turn, row: Codes, source: Codes, games: Codes) -> None:
    out = turn.outcome
    dead = out.fire_us_killed[source, games] + out.fire_coalition_killed[source, games]
    rung = turn.tables.fire.rung.take(row)
    np.maximum(rung, (dead > 0) * np.float32(Rung.DEADLY_ATTACK), out=rung)
    massacre = dead >= turn.p.force.mass_casualties
    np.maximum(rung, massacre * np.float32(Rung.MASS_CASUALTIES), out=rung)
    out.fire_rung[source, games] = rung


def _count_the_dead(turn: Turn) -> None:
    state, p, out = turn.state, turn.p.force, turn.outcome
    out.us_killed = out.fire_us_killed.sum(axis=0)
    out.attacks = out.fire_attacks.sum(axis=0)
    state.us_dead += out.us_killed
    state.attacks += out.attacks
    state.coalition_dead += out.fire_coalition_killed.sum(axis=0)
    state.iraqi_dead += out.fire_iraqi_killed.sum(axis=0)
    # First reports are incomplete, those of large numbers most of all (al-Asad's rose for weeks).
    wounded = out.fire_us_wounded.sum(axis=0)
    games = np.flatnonzero(wounded)
    share = 2 * p.reported_at_once * turn.draw(Draw.REPORTING, games)
    now = wounded.take(games)
    now = np.minimum(np.floor(now * share + 0.5), now)
    out.us_wounded_reported[games] = now
    state.us_wounded += out.us_wounded_reported
    state.us_wounded_unreported += wounded - out.us_wounded_reported


def _strikes(turn: Turn) -> None:
    """American strikes on the militia."""
    state, p, out = turn.state, turn.p.force, turn.outcome
    table = turn.tables.strike[Seat.US]
    games = np.flatnonzero(turn.tables.strikes[Seat.US].take(turn.deed(Seat.US)))
    if not games.size:
        return
    deed = turn.deed(Seat.US).take(games)
    hidden = state.mil_concealment.take(games)
    effect = (1 - p.concealment_saves * hidden) * (1 - p.leak_saves * out.leaked.take(games))
    effect *= turn.draw(Draw.STRIKE_LUCK, games) * 1.2 + 0.4
    killed = np.floor(table.fighters.take(deed) * effect + 0.5)
    rockets = np.minimum(table.rockets.take(deed) * effect, 0.9) * state.mil_rockets.take(games)
    leaders = np.minimum(table.leaders.take(deed) * effect, state.mil_leaders.take(games))
    risk = 1 + p.collateral_by_concealment * hidden
    luck = turn.draw(Draw.COLLATERAL, games)
    out.strike_iraqi_killed[games] = _bystanders(table.collateral.take(deed) * risk, luck)
    luck = turn.draw(Draw.CIVILIANS, games)
    out.strike_civilians_killed[games] = _bystanders(table.civilians.take(deed) * risk, luck)
    out.strike_militia_killed[games] = np.minimum(killed, np.floor(state.mil_fighters.take(games)))
    out.strike_rockets[games] = np.floor(rockets)
    out.strike_leaders[games] = leaders
    state.mil_fighters -= out.strike_militia_killed
    state.militia_dead += out.strike_militia_killed
    state.mil_rockets -= out.strike_rockets
    state.mil_leaders -= out.strike_leaders
    state.iraqi_dead += out.strike_iraqi_killed
    state.civilians_dead += out.strike_civilians_killed


def _bystanders(expected: Floats, luck: Floats) -> Floats:
    """Whole deaths, skewed: mostly fewer than expected, sometimes three times as many."""
    return np.floor(expected * 3 * luck * luck + 0.25)


def _arrests(turn: Turn) -> None:
    """Baghdad's own hand on the militia: it needs authority and forces, and friends look away."""
    state, out = turn.state, turn.outcome
    wanted = turn.tables.detains.take(turn.deed(Seat.IRAQ))
    games = np.flatnonzero(wanted)
    if not games.size:
        return
    reach = state.iraq_authority.take(games) + state.iraq_forces.take(games)
    reach *= 1 - 0.5 * state.iraq_lean.take(games)
    luck = turn.draw(Draw.ARRESTS, games) + 0.5
    caught = np.floor(wanted.take(games) * reach * luck)
    out.detained[games] = np.minimum(caught, np.floor(state.mil_fighters.take(games)))
    state.iraq_detained += out.detained
    state.mil_fighters -= out.detained

