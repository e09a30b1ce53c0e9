"""What the referee looks up: the rulebook as arrays, so that adjudication is look-ups and exactly
rounded arithmetic. `tabulate` makes them.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from .parameters import Dread, Occasions
from .rulebook import (
    Host,
    Reach,
    Requirement,
)
from .seats import Seat
from .state import Bools, Codes, Floats

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
    ending_marks: tuple[tuple[Floats, ...], ...]
    """By seat, for each ending: (agendas,) what it does to the mark."""
