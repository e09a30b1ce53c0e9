"""The rulebook compiled to arrays, so that adjudication is look-ups and exactly rounded arithmetic.

Whatever needs powers or exponentials (half-lives, heavy tails) is computed here once, rounded to
six decimals, and is from then on the same number on every machine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .parameters import Dread, Occasions, TheoryNumbers
from .rulebook import (
    WORD_OCCASIONS,
    Deal,
    Deed,
    Fire,
    Host,
    Reach,
    Requirement,
    Rulebook,
    Site,
    Strike,
    Whisper,
)
from .seats import PAIRS, SEATS, Seat
from .state import NO_LINE, Bools, Codes, Floats

TOLL_STEPS = 1024
SITE_STEPS = 64
HOSTS: tuple[Host, ...] = ("US", "MILITIA", "IRAN", "GULF")

ColumnEffects = tuple[tuple[str, Floats], ...]
"""Pairs of a column and the amount that each code adds to it."""


class FireTable(NamedTuple):
    """`Fire`, by row: row 0 is no fire at all."""

    campaign: Floats
    rounds_low: Floats
    rounds_span: Floats
    accuracy: Floats
    lethality: Floats
    toll: Floats
    wounding: Floats
    rung: Floats
    arsenal: Floats


class StrikeTable(NamedTuple):
    """`Strike`, by deed of the striking seat."""

    fighters: Floats
    rockets: Floats
    leaders: Floats
    collateral: Floats
    civilians: Floats


class WordTable(NamedTuple):
    """`Word`, by index."""

    stake: Floats
    credit: Floats
    facade: Floats
    accuses: Floats
    case: Floats
    doubt: Floats
    soothes: Floats
    offends: Floats
    line: Floats
    """1 for the word that draws a line."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Every look-up of the referee; float32 unless they are indices."""

    once: tuple[ColumnEffects, ...]
    """By seat: what each deed adds at once, its costs taken off."""
    weekly: tuple[ColumnEffects, ...]
    """By seat: what each deed adds for each week of the turn."""
    timely: tuple[ColumnEffects, ...]
    """By seat: what each deed adds as far as the moment bears it."""
    occasions: tuple[ColumnEffects, ...]
    """By seat: what the moment bears, as pairs of a feature and its weight by deed."""
    stance: tuple[Floats, ...]
    """By seat: 1 for deeds done in the open that stand firm or strike, -1 where they give way."""
    bearing: Occasions
    """The numbers of occasions, in float32."""
    resolve: tuple[tuple[tuple[Seat, Floats], ...], ...]
    """By seat: for each seat that reads anything from its deeds, its resolve by deed."""
    against: tuple[tuple[tuple[Seat, Floats], ...], ...]
    """By seat: for each seat that any of its deeds touches, the rung by deed; signed deeds only."""
    harm: tuple[tuple[tuple[Seat, Floats], ...], ...]
    """By seat: for each seat that any of its deeds insults, the harm by deed, as far as it is
    blamed on the doer."""
    rung: tuple[Floats, ...]
    """By seat: the deed's rung as everybody sees it, fire and strikes aside."""
    signed: tuple[Floats, ...]
    """By seat: 1 for deeds done in the open."""
    force: tuple[Floats, ...]
    """By seat: 1 for deeds of the group force."""
    heavy: tuple[Floats, ...]
    """By seat: 1 for deeds that are done in full only by forces made ready."""
    reveals: tuple[Floats, ...]
    """By seat: odds that the doer learns who made the last attack."""
    effort: Floats
    asks_effort: Bools
    """By the militias' deed: how hard a campaign it asks for, and whether it does."""
    curbs: Floats
    """By Iraq's deed."""
    dread: Dread
    """The numbers of fear, in float32."""
    fire: FireTable
    fire_row: tuple[Codes, ...]
    """By seat: the fire row of each deed; 0 for none."""
    splinter_row: int
    third_party_row: int
    campaign_row: int
    """How the militias fire when no deed says it."""
    strike: tuple[StrikeTable, ...]
    strikes: tuple[Floats, ...]
    """By seat: 1 for deeds that strike the militia."""
    investigates: Floats
    detains: Floats
    mediates: Bools
    """All three by Iraq's deed."""
    word: WordTable
    odds: Floats
    """(4 speakers, 4 causes, words)."""
    tells: Bools
    """(4 speakers, words): it shifts the odds of who did an attack."""
    word_effects: tuple[ColumnEffects, ...]
    """By seat."""
    word_occasion: Codes
    """By word: 0 for always, else its place in `WORD_OCCASIONS`, from 1."""
    notice: int
    tip_off: int
    """Whispers that the referee knows by name."""
    resolution: int
    order_out: int
    """Iraq's deeds that parliament votes on."""
    guidance: Floats
    """By whisper: what it asks of the militia, -1 to 1."""
    guides: Bools
    """By whisper: it asks something of the militia at all."""
    whisper_soothes: Floats
    whisper_stake: Floats
    deal_pairs: tuple[tuple[Seat, Seat], ...]
    """Who may have a deal with each other, each two seats once, in their order."""
    deals: Bools
    """By whisper: it offers or signs a deal."""
    deal_days: Floats
    deal_weekly: ColumnEffects
    deal_exposed: ColumnEffects
    deal_warns: Bools
    """By whisper, all four."""
    forbears: tuple[tuple[tuple[Seat, Floats], ...], ...]
    """By party: for each seat that it may have to spare, the lowest rung that breaks each whisper's
    deal; `NO_LINE` where none does."""
    toll: Floats
    """(TOLL_STEPS,) deaths by quantile, once somebody dies: a Pareto tail, capped."""
    site_people: Floats
    site_iraqis: Floats
    site_partners: Floats
    site_honour: Floats
    site_draw: Codes
    """(rows * SITE_STEPS,) the site that a draw picks in each row: one row for each set of American
    bases still held, then one for each other host."""
    site_level: Codes
    """(101,) exposure in hundredths to the row of `site_draw` with the bases held."""
    deed_row: tuple[Codes, ...]
    """By seat: the row of `site_draw` for each deed; 0 for American bases, whose row depends on
    what is held; -1 for none."""
    site_held: Floats
    """Exposure above which a site is still held; -1 where that does not apply."""
    site_host: Codes
    """By site: index into HOSTS."""
    deed_at: tuple[Codes, ...]
    """By seat: whose sites each deed may name, as an index into HOSTS; -1 for none."""
    deed_requires: tuple[tuple[tuple[int, Requirement], ...], ...]
    """By seat: a deed and one requirement of it."""
    word_requires: tuple[tuple[tuple[int, Requirement], ...], ...]
    speaks: Bools
    """(4, words): who may say it."""
    word_to_seat: Bools
    word_to_rung: Bools
    links: Bools
    """(4 senders, 4 receivers, whispers)."""
    theory: Any
    """`TheoryNumbers`, each (theories,)."""
    reach: tuple[Reach, ...]
    mark_points: tuple[tuple[Floats, ...], ...]
    """By seat, for each of its objectives: (agendas,) its points."""
    ending_marks: Floats
    """(4, endings): what each ending does to a seat's mark; none where the game is on."""

    @classmethod
    def of(cls, book: Rulebook) -> "Tables":
        """Compiles a rulebook."""
        return cls(
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
            ending_marks=np.array(
                [[0.0] + [text.marks.get(seat, 0.0) for text in book.endings] for seat in SEATS],
                np.float32,
            ),
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


def half_life(days: float, half: float) -> float:
    """The share left after `days` with a half-life of `half` days, rounded to six decimals."""
    return round(float(0.5 ** (days / half)), 6)


def mean_left(days: float, half: float) -> float:
    """The share that is left in the mean of `days`, with a half-life of `half` days, rounded to six
    decimals.
    """
    times = days / half * np.log(2)
    return round(float(-np.expm1(-times) / times), 6)


def _at_once(deed: Deed) -> dict[str, float]:
    amounts = dict(deed.effects)
    for column, cost in deed.costs.items():
        amounts[column] = amounts.get(column, 0.0) - cost
    return amounts


def stance(deed: Deed) -> int:
    """1 for a deed done in the open that stands firm or strikes, -1 for one that gives way."""
    shown = sum(deed.resolve.values()) + (deed.group == "force")
    return deed.signed * ((shown > 0) - (shown < 0))


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
