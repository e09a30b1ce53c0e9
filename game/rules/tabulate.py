"""The rulebook made into tables.

Whatever needs powers or exponentials (half-lives, heavy tails) is computed once, rounded to six
decimals, and is from then on the same number on every machine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .occasions import stance
from .parameters import TheoryNumbers
from .rulebook import (
    WORD_OCCASIONS,
    Deal,
    Deed,
    Fire,
    Rulebook,
    Site,
    Strike,
    Whisper,
)
from .seats import PAIRS, SEATS, Seat
from .state import NO_LINE, Codes, Floats
from .tables import (
    HOSTS,
    SITE_STEPS,
    TOLL_STEPS,
    ColumnEffects,
    FireTable,
    StrikeTable,
    Tables,
    WordTable,
)


def tables_of(book: Rulebook) -> Tables:
    """Compiles a rulebook."""
    return Tables(
        **_deeds(book),
        **_fires(book),
        **_words(book),
        **_whispers(book),
        **_sites(book),
        theory=TheoryNumbers._make(
            map(_floats, zip(*(theory.values for theory in book.theories), strict=True))
        ),
        reach=book.reaches,
        mark_points=tuple(_points(book, seat) for seat in SEATS),
        ending_marks=tuple(_ending_marks(book, seat) for seat in SEATS),
    )


def _ending_marks(book: Rulebook, seat: Seat) -> tuple[Floats, ...]:
    agendas, endings = range(len(book.agendas[seat])), range(1, len(book.endings) + 1)
    return tuple(
        _floats(book.ending_mark(seat, agenda, end) for agenda in agendas) for end in endings
    )


def _points(book: Rulebook, seat: Seat) -> tuple[Floats, ...]:
    by_agenda = [book.parts(seat, agenda) for agenda in range(len(book.agendas[seat]))]
    return tuple(_floats(part.points for part in parts) for parts in zip(*by_agenda, strict=True))


def _deeds(book: Rulebook) -> dict[str, Any]:
    iraqs = book.deeds[Seat.IRAQ]
    blame = book.parameters.minds.unsigned_blame
    return {
        "once": tuple(_effects(deeds, _at_once) for deeds in book.deeds),
        "weekly": tuple(_effects(deeds, lambda d: d.weekly) for deeds in book.deeds),
        "timely": tuple(_effects(deeds, lambda d: d.timely) for deeds in book.deeds),
        "occasions": tuple(_effects(deeds, lambda d: d.occasion) for deeds in book.deeds),
        "resolve": tuple(_by_victim(deeds, lambda d: d.resolve) for deeds in book.deeds),
        "stance": tuple(_floats(map(stance, deeds)) for deeds in book.deeds),
        "heavy": tuple(_floats(d.heavy for d in deeds) for deeds in book.deeds),
        "reveals": tuple(_floats(d.reveals for d in deeds) for deeds in book.deeds),
        "effort": _floats(d.effort or 0.0 for d in book.deeds[Seat.MILITIA]),
        "asks_effort": np.array([d.effort is not None for d in book.deeds[Seat.MILITIA]]),
        "curbs": _floats(d.curbs for d in iraqs),
        "dread": _single(book.parameters.dread),
        "bearing": _single(book.parameters.occasions),
        "against": tuple(
            _by_victim(deeds, lambda d: d.against if d.signed else {}) for deeds in book.deeds
        ),
        "harm": tuple(_blamed(deeds, blame) for deeds in book.deeds),
        "rung": tuple(
            _floats(0 if d.fire or d.visibility == "covert" else d.rung for d in deeds)
            for deeds in book.deeds
        ),
        "signed": tuple(_floats(d.signed for d in deeds) for deeds in book.deeds),
        "force": tuple(_floats(d.group == "force" for d in deeds) for deeds in book.deeds),
        "investigates": _floats(d.investigates for d in iraqs),
        "detains": _floats(d.detains for d in iraqs),
        "mediates": np.array([d.mediates for d in iraqs]),
        "resolution": book.deed(Seat.IRAQ, "resolution"),
        "order_out": book.deed(Seat.IRAQ, "order_out"),
        "deed_requires": tuple(
            tuple((i, r) for i, d in enumerate(deeds) for r in d.requires) for deeds in book.deeds
        ),
    }


def _fires(book: Rulebook) -> dict[str, Any]:
    fires, rows = _fire_rows(book)
    force = book.parameters.force
    return {
        "fire": _fire_table(fires),
        "fire_row": rows,
        "splinter_row": len(fires) - 2,
        "third_party_row": len(fires) - 1,
        "campaign_row": next((i for i, f in enumerate(fires) if f.campaign), 0),
        "strike": tuple(
            StrikeTable(
                *(
                    _floats(getattr(d.strike or Strike(), name) for d in deeds)
                    for name in Strike._fields
                )
            )
            for deeds in book.deeds
        ),
        "strikes": tuple(_floats(d.strike is not None for d in deeds) for deeds in book.deeds),
        "toll": _toll(force.toll_tail, force.toll_cap),
    }


def _words(book: Rulebook) -> dict[str, Any]:
    words = book.words
    odds = [[w.odds.get(seat, (1.0,) * 4) for w in words] for seat in SEATS]
    return {
        "word": WordTable(
            *(
                _floats(w.to_rung if name == "line" else getattr(w, name) for w in words)
                for name in WordTable._fields
            )
        ),
        "odds": np.array(odds, np.float32).transpose(0, 2, 1).copy(),
        "tells": np.array([[seat in w.odds for w in words] for seat in SEATS]),
        "word_effects": tuple(
            _column_effects([w.effects.get(seat, {}) for w in words]) for seat in SEATS
        ),
        "word_occasion": np.array(
            [WORD_OCCASIONS.index(w.occasion) + 1 if w.occasion else 0 for w in words], np.intp
        ),
        "word_requires": tuple(
            tuple((i, r) for i, w in enumerate(words) for r in w.requires.get(seat, ()))
            for seat in SEATS
        ),
        "speaks": np.array([[seat in w.seats for w in words] for seat in SEATS]),
        "word_to_seat": np.array([w.to_seat for w in words]),
        "word_to_rung": np.array([w.to_rung for w in words]),
    }


def _whispers(book: Rulebook) -> dict[str, Any]:
    whispers = book.whispers
    return {
        "notice": book.whisper("notice"),
        "tip_off": book.whisper("tip_off"),
        "guidance": _floats(w.guidance or 0.0 for w in whispers),
        "guides": np.array([w.guidance is not None for w in whispers]),
        "whisper_soothes": _floats(w.soothes for w in whispers),
        "whisper_stake": _floats(w.stake for w in whispers),
        "links": np.array([[[(i, j) in w.links for w in whispers] for j in SEATS] for i in SEATS]),
        **_deals(whispers),
    }


def _deals(whispers: Sequence[Whisper]) -> dict[str, Any]:
    terms = [w.deal or Deal(days=0) for w in whispers]
    linked = {link for w in whispers if w.deal for link in w.links}
    return {
        "deal_pairs": tuple((i, j) for i, j in PAIRS if i < j and (i, j) in linked),
        "deals": np.array([w.deal is not None for w in whispers]),
        "deal_days": _floats(d.days for d in terms),
        "deal_weekly": _column_effects([d.weekly for d in terms]),
        "deal_exposed": _column_effects([d.exposed for d in terms]),
        "deal_warns": np.array([d.warns for d in terms]),
        "forbears": tuple(
            tuple(
                (spared, _floats(d.forbears.get(party, {}).get(spared, NO_LINE) for d in terms))
                for spared in SEATS
                if any(spared in d.forbears.get(party, {}) for d in terms)
            )
            for party in SEATS
        ),
    }


def _sites(book: Rulebook) -> dict[str, Any]:
    sites = book.sites
    us_draw, level = _american_sites(sites)
    us_rows = us_draw.shape[0] // SITE_STEPS
    other_draws = [
        _draw_row([i for i, s in enumerate(sites) if s.host == host], sites) for host in HOSTS[1:]
    ]
    row_of = {None: -1, "US": 0} | {host: us_rows + k for k, host in enumerate(HOSTS[1:])}
    at = {None: -1} | {host: k for k, host in enumerate(HOSTS)}
    return {
        "site_people": _floats(s.people for s in sites),
        "site_iraqis": _floats(s.iraqis for s in sites),
        "site_partners": _floats(s.partners for s in sites),
        "site_honour": _floats(s.honour for s in sites),
        "site_draw": np.concatenate([us_draw, *other_draws]),
        "site_level": level,
        "site_held": _floats(s.held_above if s.host == "US" else -1.0 for s in sites),
        "site_host": np.array([HOSTS.index(s.host) for s in sites], np.intp),
        "deed_row": tuple(np.array([row_of[d.at] for d in deeds], np.intp) for deeds in book.deeds),
        "deed_at": tuple(np.array([at[d.at] for d in deeds], np.intp) for deeds in book.deeds),
    }


def _at_once(deed: Deed) -> dict[str, float]:
    amounts = dict(deed.effects)
    for column, cost in deed.costs.items():
        amounts[column] = amounts.get(column, 0.0) - cost
    return amounts


def _single(numbers: Any) -> Any:
    """A group of numbers in float32."""
    return type(numbers)(*map(np.float32, numbers))


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float32)


def _column_effects(amounts: Sequence[dict[str, float]]) -> ColumnEffects:
    columns = dict.fromkeys(column for row in amounts for column in row)
    return tuple((column, _floats(row.get(column, 0.0) for row in amounts)) for column in columns)


def _effects(deeds: Sequence[Deed], amounts: Callable[[Deed], dict[str, float]]) -> ColumnEffects:
    return _column_effects([amounts(deed) for deed in deeds])


def _by_victim(
    deeds: Sequence[Deed], amounts: Callable[[Deed], Mapping[Seat, float]]
) -> tuple[tuple[Seat, Floats], ...]:
    rows = [amounts(deed) for deed in deeds]
    return tuple(
        (seat, _floats(row.get(seat, 0.0) for row in rows))
        for seat in SEATS
        if any(seat in row for row in rows)
    )


def _blamed(deeds: Sequence[Deed], unsigned_blame: float) -> tuple[tuple[Seat, Floats], ...]:
    signed = _floats(d.signed for d in deeds)
    blame = signed + (1 - signed) * unsigned_blame
    return tuple((victim, harm * blame) for victim, harm in _by_victim(deeds, lambda d: d.harm))


def _fire_rows(book: Rulebook) -> tuple[list[Fire], tuple[Codes, ...]]:
    """All fire rows (none first, splinter and third party last) and each seat's deed -> row."""
    fires = [Fire()]
    by_seat = []
    for deeds in book.deeds:
        row_of = np.zeros(len(deeds), np.intp)
        for index, deed in enumerate(deeds):
            if deed.fire is not None:
                row_of[index] = len(fires)
                fires.append(deed.fire)
        by_seat.append(row_of)
    return [*fires, book.splinter_fire, book.third_party_fire], tuple(by_seat)


def _fire_table(fires: Sequence[Fire]) -> FireTable:
    return FireTable(
        campaign=_floats(f.campaign for f in fires),
        rounds_low=_floats(f.rounds_low for f in fires),
        rounds_span=_floats(f.rounds_high - f.rounds_low + (f.rounds_high > 0) for f in fires),
        accuracy=_floats(f.accuracy for f in fires),
        lethality=_floats(f.lethality for f in fires),
        toll=_floats(f.toll for f in fires),
        wounding=_floats(f.wounding for f in fires),
        rung=_floats(f.rung for f in fires),
        arsenal=_floats(f.arsenal for f in fires),
    )


def _toll(tail: float, cap: float) -> Floats:
    """Whole deaths at each quantile of a Pareto law with exponent `tail`, at most `cap`."""
    quantiles = [(step + 0.5) / TOLL_STEPS for step in range(TOLL_STEPS)]
    return _floats(min(cap, round((1 - q) ** (-1 / tail), 6)) for q in quantiles)


def _draw_row(candidates: Sequence[int], sites: Sequence[Site]) -> Codes:
    """SITE_STEPS site numbers, each candidate as often as its habit says."""
    if not candidates:
        return np.full(SITE_STEPS, -1, np.intp)
    weights = np.array([sites[i].habit for i in candidates], np.float64)
    edges = np.round(np.add.accumulate(weights) / weights.sum() * SITE_STEPS, 6)
    steps = np.arange(SITE_STEPS) + 0.5
    return np.array(candidates, np.intp)[np.searchsorted(edges, steps)]


def _american_sites(sites: Sequence[Site]) -> tuple[Codes, Codes]:
    """Draw rows for each set of bases still held, flat, and exposure in hundredths -> row."""
    american = [i for i, s in enumerate(sites) if s.host == "US"]
    level = np.zeros(101, np.intp)
    rows: list[tuple[int, ...]] = []
    draws: list[Codes] = []
    for hundredth in range(101):
        held = tuple(i for i in american if sites[i].held_above < hundredth / 100) or tuple(
            i for i in american if sites[i].held_above <= 0
        )
        if held not in rows:
            rows.append(held)
            draws.append(_draw_row(held, sites))
        level[hundredth] = rows.index(held)
    return np.concatenate(draws), level
