"""Phase 4, second half: rockets, missiles, strikes and arrests.

Rounds, hits and casualties are heavy-tailed: most attacks kill nobody, deaths come from rare big
salvos and from luck; protection, warning and distance from people make them rarer. A strike on the
militia trades its rockets, men and leaders against how well they hide, and Iraqi soldiers, police
and civilians who stand beside them die of it too, more of them where the targets are well hidden.

Only the games in which something is fired are looked at: `games` holds their numbers.
"""

from typing import NamedTuple

import numpy as np

from ..luck import Draw
from ..outcome import Source
from ..picking import cells, flat, where
from ..seats import SEATS, Rung, Seat
from ..state import Codes, Floats
from ..tables import SITE_STEPS, TOLL_STEPS
from ..turn import Turn
from .chance import american_credibility, splinter_fires, third_party_fires


def force(turn: Turn) -> None:
    """All fire and strikes of the turn, at the same time."""
    _warnings(turn)
    _places(turn)
    _fire(turn, _fire_rows(turn))
    _strikes(turn)
    _arrests(turn)


def _warnings(turn: Turn) -> None:
    """Who was told what was coming, and whether it leaked."""
    state, p, out = turn.state, turn.p.force, turn.outcome
    out.warned[Source.IRAN] = turn.whispered(Seat.IRAN, "notice", Seat.US)
    games = where(turn.whispered(Seat.IRAN, "notice", Seat.IRAQ))
    if games.size:
        out.warned[Source.IRAN, games] = turn.draw(Draw.NOTICE_PASSED, games) < p.pass_on_odds
    games = where(turn.whispered(Seat.IRAQ, "tip_off", Seat.US))
    if games.size:
        in_time = turn.draw(Draw.TIP_OFF, games) < p.tip_off_odds * state.iraq_forces.take(games)
        out.warned[Source.MILITIA, games] = in_time
        out.warned[Source.SPLINTER, games] = in_time
        leaks = turn.draw(Draw.TIP_OFF_LEAKED, games) < p.tip_off_leak * state.iraq_lean.take(games)
        fires = turn.tables.fire_row[Seat.MILITIA].take(turn.deed(Seat.MILITIA).take(games)) > 0
        out.tip_off_known[games] = leaks & fires
    games = where(turn.whispered(Seat.US, "notice", Seat.IRAQ) & turn.strikes())
    if games.size:
        leak_odds = p.leak_odds + p.leak_by_lean * state.iraq_lean.take(games)
        out.leaked[games] = turn.draw(Draw.NOTICE_LEAKED, games) < leak_odds


def _places(turn: Turn) -> None:
    """Where each seat's deed takes place: the site that was ordered, or one drawn by habit."""
    tables, orders, games = turn.tables, turn.orders, turn.state.games
    rows = np.empty((4, games), np.intp)
    for seat in SEATS:
        rows[seat] = tables.deed_row[seat].take(orders.deed[seat])
    placed = cells(rows >= 0)
    if not placed.size:
        return
    by = placed // games
    game = placed - by * games
    row = flat(rows).take(placed)
    row += (row == 0) * _bases_held(turn, game)
    drawn = _site(turn, row, turn.draw(Draw.DEED_SITE + by, game))
    ordered = flat(orders.site).take(placed)
    flat(turn.outcome.deed_site)[placed] = np.where(ordered >= 0, ordered, drawn)


def _bases_held(turn: Turn, games: Codes) -> Codes:
    """The row of the site table with the American bases still held."""
    exposure = np.maximum(turn.state.us_exposure.take(games), 0)
    held: Codes = turn.tables.site_level.take(np.ceil(exposure * 100).astype(np.intp))
    return held


def _site(turn: Turn, row: Codes, luck: Floats) -> Codes:
    """A site drawn from rows of the site table."""
    return turn.tables.site_draw.take(row * SITE_STEPS + (luck * SITE_STEPS).astype(np.intp))


def _fire_rows(turn: Turn) -> Codes:
    """(4 sources, B) the fire-table row of everybody who fires at American sites; 0 for none."""
    tables, out = turn.tables, turn.outcome
    rows = np.empty((4, turn.state.games), np.intp)
    for source, seat in ((Source.MILITIA, Seat.MILITIA), (Source.IRAN, Seat.IRAN)):
        rows[source] = tables.fire_row[seat].take(turn.deed(seat))
        out.fire_site[source] = np.where(rows[source] > 0, out.deed_site[seat], -1)
    for source, fires, row, slot in (
        (Source.SPLINTER, splinter_fires(turn), tables.splinter_row, Draw.SPLINTER_SITE),
        (
            Source.THIRD_PARTY,
            third_party_fires(turn),
            tables.third_party_row,
            Draw.THIRD_PARTY_SITE,
        ),
    ):
        np.multiply(fires, row, out=rows[source])
        games = where(fires)
        if games.size:
            place = _site(turn, _bases_held(turn, games), turn.draw(slot, games))
            out.fire_site[source][games] = place
    return rows


class _Salvos(NamedTuple):
    """Salvos at American sites, (n,) each."""

    cell: Codes
    """The salvo's flat position in the (4 sources, B) arrays of the outcome."""
    source: Codes
    game: Codes
    row: Codes
    """Its row in the fire table."""

    def take(self, which: Codes) -> "_Salvos":
        """Some of them."""
        return _Salvos(*(array.take(which) for array in self))


def _fire(turn: Turn, rows: Codes) -> None:
    """Every salvo of the turn: rounds, hits, and what the hits do."""
    cell = cells(rows > 0)
    source = cell // turn.state.games
    salvos = _Salvos(cell, source, cell - source * turn.state.games, flat(rows).take(cell))
    rounds = _rounds(turn, salvos)
    # Splinters may find the stock empty: then there was no attack.
    fired = where(rounds > 0)
    salvos, rounds = salvos.take(fired), rounds.take(fired)
    turn.salvos = cell = salvos.cell
    if not cell.size:
        return
    source = salvos.source
    spread = turn.draw(Draw.FIRE_HITS + source, salvos.game) + 0.5
    share = np.minimum(turn.tables.fire.accuracy.take(salvos.row) * spread, 1)
    hits = np.floor(rounds * share)
    flat(turn.outcome.fire_hits)[cell] = hits
    hitting = where(hits > 0)
    if hitting.size:
        hurting, hits = salvos.take(hitting), hits.take(hitting)
        _deaths(turn, hurting, hits)
        _wounds(turn, hurting, hits)
    _fire_rung(turn, salvos)
    _count_the_dead(turn)


def _rounds(turn: Turn, salvos: _Salvos) -> Floats:
    """How often each fires and with how much; nobody fires what he does not have."""
    state, out, table = turn.state, turn.outcome, turn.tables.fire
    cell, source, game, row = salvos
    further = table.per_week.take(row) * max(0.0, turn.weeks - 1 / 7)
    further *= np.where(source <= Source.SPLINTER, _tempo(turn).take(game), np.float32(1))
    attacks = np.floor(further + turn.draw(Draw.FIRE_ATTACKS + source, game)) + 1
    luck = turn.draw(Draw.FIRE_ROUNDS + source, game)
    salvo = table.rounds_low.take(row) + np.floor(table.rounds_span.take(row) * luck)
    flat(out.fire_rounds)[cell] = attacks * salvo
    drawn = np.zeros((4, state.games), np.float32)
    flat(drawn)[cell] = table.arsenal.take(row)
    # Splinters fire the militia's rockets, when the militia has taken its own.
    for by, stock in (
        (Source.MILITIA, state.mil_rockets),
        (Source.SPLINTER, state.mil_rockets),
        (Source.IRAN, state.iran_missiles),
    ):
        wanted = out.fire_rounds[by] * drawn[by]
        spent = np.minimum(wanted, np.floor(stock))
        out.fire_rounds[by] += spent - wanted
        np.subtract(stock, spent, out=stock)
    rounds: Floats = flat(out.fire_rounds).take(cell)
    # A rulebook may give a salvo no rounds: that divides by nothing.
    needed = np.ceil(rounds / np.maximum(salvo, np.float32(1e-6)))
    flat(out.fire_attacks)[cell] = np.minimum(attacks, needed)
    flat(out.fire_site)[cell[rounds <= 0]] = -1
    return rounds


def _tempo(turn: Turn) -> Floats:
    """(B,) how hard a campaign is driven: anger at Washington quickens it, a credible answer slows
    it. Which of the two a strike moves more is what the game is about.
    """
    p, anger = turn.p.force, turn.state.anger[Seat.MILITIA, Seat.US]
    tempo = 1 + p.tempo_by_anger * anger - p.tempo_by_fear * american_credibility(turn)
    quickened: Floats = np.maximum(tempo, np.float32(p.tempo_least))
    return quickened


def _deaths(turn: Turn, salvos: _Salvos, hits: Floats) -> None:
    """Whether anybody dies, how many, and who."""
    state, p, out, tables = turn.state, turn.p.force, turn.outcome, turn.tables
    exposed = tables.site_people.take(flat(out.fire_site).take(salvos.cell))
    exposed *= 1 - p.warning_saves * flat(out.warned).take(salvos.cell)
    exposed *= 1 - p.protection_saves * state.us_protection.take(salvos.game)
    exposed *= 1 - p.guard_saves * state.iraq_guard.take(salvos.game)
    odds = hits * tables.fire.lethality.take(salvos.row) * exposed
    luck = turn.draw(Draw.FIRE_LETHAL + salvos.source, salvos.game)
    deadly = salvos.take(where(luck * (1 + odds) < odds))
    if not deadly.cell.size:
        return
    site = flat(out.fire_site).take(deadly.cell)
    quantile = turn.draw(Draw.FIRE_TOLL + deadly.source, deadly.game) * TOLL_STEPS
    step = np.floor(quantile)
    killed = tables.toll.take(step.astype(np.intp)) * tables.fire.toll.take(deadly.row)
    killed = np.maximum(np.floor(killed), 1)
    # What the toll's draw holds beyond its quantile is still uniform: it splits the dead.
    split = quantile - step
    iraqis = np.floor(killed * tables.site_iraqis.take(site) + split)
    split = split * 64
    split -= np.floor(split)
    partners = np.floor((killed - iraqis) * tables.site_partners.take(site) + split)
    flat(out.fire_iraqi_killed)[deadly.cell] = iraqis
    flat(out.fire_coalition_killed)[deadly.cell] = partners
    flat(out.fire_us_killed)[deadly.cell] = killed - iraqis - partners


def _wounds(turn: Turn, salvos: _Salvos, hits: Floats) -> None:
    state, p, out, tables = turn.state, turn.p.force, turn.outcome, turn.tables
    site = flat(out.fire_site).take(salvos.cell)
    hurt = hits * tables.fire.wounding.take(salvos.row) * tables.site_people.take(site)
    hurt *= 1 - p.warning_spares_wounds * flat(out.warned).take(salvos.cell)
    hurt *= 1 - p.protection_spares_wounds * state.us_protection.take(salvos.game)
    hurt *= 1 - tables.site_iraqis.take(site)
    luck = turn.draw(Draw.FIRE_WOUNDED + salvos.source, salvos.game)
    flat(out.fire_us_wounded)[salvos.cell] = np.floor(hurt * 2 * luck + luck)


def _fire_rung(turn: Turn, salvos: _Salvos) -> None:
    out, cell = turn.outcome, salvos.cell
    dead = flat(out.fire_us_killed).take(cell) + flat(out.fire_coalition_killed).take(cell)
    rung = turn.tables.fire.rung.take(salvos.row)
    np.maximum(rung, (dead > 0) * np.float32(Rung.DEADLY_ATTACK), out=rung)
    massacre = dead >= turn.p.force.mass_casualties
    np.maximum(rung, massacre * np.float32(Rung.MASS_CASUALTIES), out=rung)
    flat(out.fire_rung)[cell] = rung


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
    games = where(wounded > 0)
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
    games = where(turn.strikes())
    if not games.size:
        return
    deed = turn.deed(Seat.US).take(games)
    hidden = state.mil_concealment.take(games)
    effect = (1 - p.concealment_saves * hidden) * (1 - p.leak_saves * out.leaked.take(games))
    luck = turn.draw(_STRIKE_DRAWS, games)
    effect *= luck[0] * 1.2 + 0.4
    killed = np.floor(table.fighters.take(deed) * effect + 0.5)
    rockets = np.minimum(table.rockets.take(deed) * effect, p.strike_rockets_most)
    rockets *= state.mil_rockets.take(games)
    leaders = np.minimum(table.leaders.take(deed) * effect, state.mil_leaders.take(games))
    risk = 1 + p.collateral_by_concealment * hidden
    out.strike_iraqi_killed[games] = _bystanders(table.collateral.take(deed) * risk, luck[1])
    out.strike_civilians_killed[games] = _bystanders(table.civilians.take(deed) * risk, luck[2])
    out.strike_militia_killed[games] = np.minimum(killed, np.floor(state.mil_fighters.take(games)))
    out.strike_rockets[games] = np.floor(rockets)
    out.strike_leaders[games] = leaders
    state.mil_fighters -= out.strike_militia_killed
    state.militia_dead += out.strike_militia_killed
    state.mil_rockets -= out.strike_rockets
    state.mil_leaders -= out.strike_leaders
    state.iraqi_dead += out.strike_iraqi_killed
    state.civilians_dead += out.strike_civilians_killed


_STRIKE_DRAWS = np.array([[Draw.STRIKE_LUCK], [Draw.COLLATERAL], [Draw.CIVILIANS]])


def _bystanders(expected: Floats, luck: Floats) -> Floats:
    """Whole deaths, skewed: mostly fewer than expected, sometimes three times as many."""
    # The draw's last bits are uniform, too: they round, so that small risks are not lost.
    last_bits = luck * 4096
    last_bits -= np.floor(last_bits)
    dead: Floats = np.floor(expected * 3 * luck * luck + last_bits)
    return dead


def _arrests(turn: Turn) -> None:
    """Baghdad's own hand on the militia: it needs authority and forces, and friends look away."""
    state, p, out = turn.state, turn.p.force, turn.outcome
    wanted = turn.tables.detains.take(turn.deed(Seat.IRAQ))
    games = where(wanted > 0)
    if not games.size:
        return
    reach = state.iraq_authority.take(games) + state.iraq_forces.take(games)
    reach *= 1 - p.arrests_by_lean * state.iraq_lean.take(games)
    luck = turn.draw(Draw.ARRESTS, games) + 0.5
    caught = np.floor(wanted.take(games) * reach * luck)
    out.detained[games] = np.minimum(caught, np.floor(state.mil_fighters.take(games)))
    state.iraq_detained += out.detained
    state.mil_fighters -= out.detained
