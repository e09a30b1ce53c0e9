"""The rulebook as the referee reads it: deeds, words, whispers, sites, marks and parameters.

`content` builds these from data files; nothing here reads a file. Texts ride along so that a
refusal can name its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from .parameters import Parameters, TheoryNumbers
from .seats import Seat

Group = Literal["force", "posture", "politics", "economy"]
Visibility = Literal["public", "deniable", "covert"]
Host = Literal["US", "MILITIA", "IRAN", "GULF"]
WordOccasion = Literal["news", "blow", "deed", "force"]
WORD_OCCASIONS: tuple[WordOccasion, ...] = ("news", "blow", "deed", "force")
DEEDS_BY_NAME: dict[Seat, tuple[str, ...]] = {Seat.IRAQ: ("resolution", "order_out")}
WHISPERS_BY_NAME = ("notice", "tip_off")
"""What the referee knows by its id, beside each seat's hold: no rulebook can do without."""
ANY_SITE = -1
NO_SEAT = -1


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition on one column; `because` completes "not now: …"."""

    column: str
    because: str
    at_least: float | None = None
    at_most: float | None = None


class Fire(NamedTuple):
    """One way of firing at American sites; one row of the fire table."""

    campaign: bool = False
    """How often it is fired is for the militias' campaign to say, not for the order."""
    rounds_low: float = 0.0
    rounds_high: float = 0.0
    """Rounds in one attack lie between these."""
    accuracy: float = 0.0
    """Share of rounds that land where people are."""
    lethality: float = 0.0
    """Odds that one hit kills somebody unprotected."""
    toll: float = 0.0
    """Scale of the deaths once somebody dies: 1 means that the median is one."""
    wounding: float = 0.0
    """People hurt for each hit, unprotected."""
    rung: float = 0.0
    """Rung of an attack that kills nobody."""
    arsenal: float = 1.0
    """1 where its rounds come out of the stock of rockets or missiles, 0 where they do not."""


class Strike(NamedTuple):
    """One way of striking the militia; one row of the strike table."""

    fighters: float = 0.0
    """Militiamen killed, at full effect and ordinary luck."""
    rockets: float = 0.0
    """Share of the rockets destroyed."""
    leaders: float = 0.0
    """Share of the leadership lost."""
    collateral: float = 0.0
    """Iraqi soldiers and police killed, expected."""
    civilians: float = 0.0
    """Civilians killed, expected."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of capability that one seat may order."""

    id: str
    seat: Seat
    name: str
    sentence: str
    group: Group
    rung: int
    visibility: Visibility
    report: str
    """How the news tells it; `{site}` stands for the place."""
    against: dict[Seat, int] = field(default_factory=dict)
    """The rung at which it touches each seat."""
    harm: dict[Seat, float] = field(default_factory=dict)
    """Insult and damage to each seat beside casualties, in units of anger."""
    costs: dict[str, float] = field(default_factory=dict)
    effects: dict[str, float] = field(default_factory=dict)
    weekly: dict[str, float] = field(default_factory=dict)
    timely: dict[str, float] = field(default_factory=dict)
    """Added as far as the moment bears it: half of it at once, half in the next turn."""
    occasion: dict[str, float] = field(default_factory=dict)
    """What the moment bears: a base and so much for each feature; see `occasions`."""
    resolve: dict[Seat, float] = field(default_factory=dict)
    """What it tells each seat of the doer's resolve: above 0 enters its record of lines kept, below
    0 that of lines let pass."""
    requires: tuple[Requirement, ...] = ()
    at: Host | None = None
    """Whose sites it may name; None where it names none."""
    fire: Fire | None = None
    strike: Strike | None = None
    investigates: float = 0.0
    """Odds that an investigation finds the true cause."""
    detains: float = 0.0
    """Militiamen arrested, expected."""
    effort: float | None = None
    """The militias' own deeds: how hard a campaign is asked for, 0 to 1; None leaves it to its own
    course."""
    curbs: float = 0.0
    """Share of the militias' campaign that it ends, at full reach."""
    heavy: bool = False
    """Done in full only by forces that were made ready."""
    reveals: float = 0.0
    """Odds that the doer learns who made the last attack."""
    mediates: bool = False
    """Offers of deals lose no days while it is done."""

    @property
    def signed(self) -> bool:
        """Whether it is done in the open, so that everybody sees who did it."""
        return self.visibility == "public"


@dataclass(frozen=True, slots=True)
class Word:
    """One public signal."""

    id: str
    name: str
    sentence: str
    """What is said; `{to}` and `{rung}` stand for its target and line."""
    report: str
    """How the news tells it; `{speaker}`, `{to}` and `{rung}` stand for who, to whom, what line."""
    seats: tuple[Seat, ...]
    to_seat: bool = False
    to_rung: bool = False
    stake: float = 0.0
    """How far it ties the speaker's hands, 0 to 1."""
    odds: dict[Seat, tuple[float, ...]] = field(default_factory=dict)
    """By speaker: what hearing it does to the odds of each `Cause` of an attack."""
    credit: float = 0.0
    """Share of an attack's prestige that its speaker takes."""
    facade: float = 0.0
    accuses: bool = False
    """It lays the last attack at its target's door."""
    case: float = 0.0
    """What the justification adds to the case."""
    doubt: float = 0.0
    """How much proof it needs: weekly odds of being discredited without any."""
    soothes: float = 0.0
    """Share of the target's anger that it takes away."""
    offends: float = 0.0
    """Harm done to the target's honour."""
    effects: dict[Seat, dict[str, float]] = field(default_factory=dict)
    """By speaker: what it adds to columns, where there is occasion for it."""
    occasion: WordOccasion | None = None
    """What must have happened for it to count: fire that nobody signed for (news), American force
    (blow), either (deed), or the speaker's own open force (force)."""
    requires: dict[Seat, tuple[Requirement, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deal:
    """What two seats agree on when both whisper the same."""

    days: int
    """How long it is in force."""
    forbears: dict[Seat, dict[Seat, int]] = field(default_factory=dict)
    """By party: the lowest rung at which it must not touch each seat."""
    weekly: dict[str, float] = field(default_factory=dict)
    """What is given while it holds, by column, for each week."""
    exposed: dict[str, float] = field(default_factory=dict)
    """What it does to columns once everybody learns of it."""
    warns: bool = False
    """Each party has notice of the other's signed blows, and of attacks that it expects."""


@dataclass(frozen=True, slots=True)
class Whisper:
    """One private message to one seat."""

    id: str
    name: str
    sentence: str
    report: str
    """How the news tells it to the two; `{speaker}` and `{to}` stand for them."""
    links: tuple[tuple[Seat, Seat], ...]
    """Who may send it to whom; empty for the whisper that is none."""
    guidance: float | None = None
    soothes: float = 0.0
    stake: float = 0.0
    deal: Deal | None = None
    """The deal that it offers, or signs where the receiver offers the same."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place that a deed can name."""

    id: str
    name: str
    latitude: float
    longitude: float
    host: Host
    people: float = 1.0
    """How densely Americans and partners stand there; 1 is a large base."""
    iraqis: float = 0.0
    """Share of those hit who are Iraqi."""
    partners: float = 0.0
    """Share of those hit who are partners' soldiers."""
    honour: float = 0.0
    """What an attack on this place adds to American anger."""
    habit: float = 1.0
    """How often it is chosen when nobody names a site."""
    held_above: float = 0.0
    """American sites only: given up once exposure falls to this share."""


@dataclass(frozen=True, slots=True)
class MarkPart:
    """One objective of a seat: `points` where the column is at `best`, none at `worst`. Without
    points, it counts under an agenda only.
    """

    seat: Seat
    id: str
    name: str
    column: str
    worst: float
    best: float
    points: float
    since_opening: bool = False
    """Measured as the change since the game opened."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one seat wants most, which the others are not told."""

    seat: Seat
    id: str
    name: str
    text: str
    """To its player."""
    odds: float = 1.0
    """How often it is drawn, beside the others of its seat."""
    points: dict[str, float] = field(default_factory=dict)
    """By objective, in any unit; those left out count for nothing. Empty: as the objectives say."""
    inclination: dict[str, float] = field(default_factory=dict)
    """What it adds to a computer player's utility of a deed, or of every other deed of a group."""
    endings: dict[str, float] = field(default_factory=dict)
    """What an ending does to its mark, by the ending's id, where that is not what it usually does
    to the seat's.
    """
    source: tuple[str, ...] = ()
    """Ids in the record: where it is known from."""


@dataclass(frozen=True, slots=True)
class EndingText:
    """An ending's name and story, and what it does to each seat's marks."""

    id: str
    name: str
    sentence: str
    marks: dict[Seat, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """What seat `of` can do to seat `on`: base plus coefficients of columns, from 0 to 1."""

    of: Seat
    on: Seat
    base: float
    columns: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theory:
    """One account of what force does; in a drawn world nobody is told which one holds."""

    id: str
    name: str
    sentence: str
    """To a student."""
    source: str
    values: TheoryNumbers


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that adjudication needs beside the state; the texts included."""

    deeds: tuple[tuple[Deed, ...], ...]
    """By seat; index 0 is always hold."""
    words: tuple[Word, ...]
    """Index 0 is silence."""
    whispers: tuple[Whisper, ...]
    """Index 0 is none."""
    sites: tuple[Site, ...]
    marks: tuple[MarkPart, ...]
    agendas: tuple[tuple[Agenda, ...], ...]
    """By seat, one at least."""
    endings: tuple[EndingText, ...]
    reaches: tuple[Reach, ...]
    splinter_fire: Fire
    third_party_fire: Fire
    theories: tuple[Theory, ...]
    """Index 0 is the one that holds where none is drawn."""
    parameters: Parameters

    def deed(self, seat: Seat, deed_id: str) -> int:
        """The index of a seat's deed; KeyError where there is none."""
        return _index(self.deeds[seat], deed_id)

    def word(self, word_id: str) -> int:
        """The index of a word; KeyError where there is none."""
        return _index(self.words, word_id)

    def whisper(self, whisper_id: str) -> int:
        """The index of a whisper; KeyError where there is none."""
        return _index(self.whispers, whisper_id)

    def site(self, site_id: str) -> int:
        """The index of a site; KeyError where there is none."""
        return _index(self.sites, site_id)

    def theory(self, theory_id: str) -> int:
        """The index of a theory; KeyError where there is none."""
        return _index(self.theories, theory_id)

    def agenda(self, seat: Seat, agenda_id: str) -> int:
        """The index of a seat's agenda; KeyError where there is none."""
        return _index(self.agendas[seat], agenda_id)

    def parts(self, seat: Seat, agenda: int) -> tuple[MarkPart, ...]:
        """All objectives of a seat with their points under one of its agendas, 100 in all."""
        own = [part for part in self.marks if part.seat is seat]
        weights = self.agendas[seat][agenda].points or {part.id: part.points for part in own}
        whole = sum(weights.values())
        points = {name: round(100 * weight / whole, 6) for name, weight in weights.items()}
        return tuple(replace(part, points=points.get(part.id, 0.0)) for part in own)

    def ending_mark(self, seat: Seat, agenda: int, ending: int) -> float:
        """What an ending, counted from 1, does to a seat's mark under one of its agendas."""
        text = self.endings[ending - 1]
        return self.agendas[seat][agenda].endings.get(text.id, text.marks.get(seat, 0.0))

    def objectives(self, seat: Seat, agenda: int) -> tuple[MarkPart, ...]:
        """Those of them that count."""
        return tuple(part for part in self.parts(seat, agenda) if part.points)


def _index(rows: Sequence[Deed | Word | Whisper | Site | Theory | Agenda], wanted: str) -> int:
    for index, row in enumerate(rows):
        if row.id == wanted:
            return index
    raise KeyError(wanted)
