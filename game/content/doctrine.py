"""A doctrine: how one school would play one seat, as data that a teacher can write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from game.rules.occasions import SHARES
from game.rules.rulebook import Agenda, Deed, Group, Rulebook
from game.rules.seats import Seat
from game.rules.state import COLUMNS, ESTIMATED

from .document import Document, read_document
from .history_schema import Line
from .kinds import (
    GroupName,
    Id,
    Name,
    Prose,
    SeatName,
    Sentence,
    Table,
    is_number,
    refuse_all,
)
from .load import DOCTRINES, load_rulebook
from .problems import ContentError, Mistake, Problem
from .reading import checked
from .wording import misnamed, quoted, unknown

FEATURES: dict[str, str] = {
    "base": "always 1",
    "struck": "how hard it was struck last turn, as it sees it (rung / 10)",
    "killed": "Americans killed last turn, up to three (share of three)",
    "bereaved": "1 where Americans were killed last turn",
    "attacked": "1 where Americans were attacked last turn",
    "debt": "1 where it owes somebody an answer",
    "angry": "its greatest anger",
    "afraid": "its greatest fear",
    "leaderless": "share of the militia's leadership that is lost",
    "quiet": "days since the last attack, up to thirty (share of thirty)",
    "short": "1 in a turn of three days or fewer",
    "truce": "1 while a declared truce holds",
    "order": "1 while a binding order to leave stands",
    "told_to_strike": "1 where Tehran told the militia to strike",
    "told_to_hold": "1 where Tehran told the militia to hold back",
    "calm": "days since American force, as a share of three weeks",
    "blamed": "how far it lays the last attack at Tehran's or the militias' own door",
    "us_firm": "1 where Washington stood firm or struck in the open in the turn before",
    "us_soft": "1 where it gave way",
    "iran_firm": "1 where Tehran stood firm",
    "iran_soft": "1 where it gave way",
    "mil_firm": "1 where the militias stood firm",
    "mil_soft": "1 where they gave way",
    "iraq_firm": "1 where Baghdad stood firm",
    "iraq_soft": "1 where it gave way",
    "deal": "1 while a deal of its own is in force",
    "offered": "messages: 1 where the receiver has offered this very deal",
    "with_force": "words and whispers: 1 where its own deed this turn is force",
    "with_fire": "words and whispers: 1 where its own deed this turn is unsigned fire",
    "with_strike": "words and whispers: 1 where its own deed this turn is an open blow",
}
"""What a doctrine's weights can refer to, beside any column that is a share, or 0 or 1."""
AGENDA = "agenda:"
"""Before the id of an agenda: 1 where the seat follows it."""
DEED_FEATURES: tuple[str, ...] = tuple(
    name for name in FEATURES if name != "offered" and not name.startswith("with_")
)
"""Those of them that a deed can be weighed by."""

PEOPLE = "people:"
"""Before the name of a doctrine: not by the book, but as people choose."""
MOST_WEIGHT = 20
MOST_WORTH = 2_000_000
"""Of all valued columns' ranges, times the temper: far from the size at which a forbidden deed
could look like the best.
"""

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Doctrine:
    """One school's way of playing one seat.

    The utility of a deed is the sum of: the worth of what it does to columns (`values`), its own
    weights on features (`deeds`) or those of its group (`groups`), anger and fear of those it
    touches, and the duty to answer. Words and whispers have weights on features only.
    """

    id: str
    seat: Seat
    name: str
    school: str
    behaviour: str
    weakness: str
    temper: float
    """How sharply it prefers the better option; 0 is a coin."""
    line: int
    """The rung that its threats name."""
    anger: float
    fear: float
    duty: float
    bond: float
    """How much a deal that it has signed binds it."""
    values: Weights
    groups: dict[Group, Weights]
    """What weighs the deeds of a group that `deeds` does not name."""
    deeds: dict[str, Weights]
    words: dict[str, Weights]
    whispers: dict[tuple[str, Seat], Weights]

    def weights(self, deed: Deed, agendas: Sequence[Agenda] = ()) -> Weights:
        """Its weights on a deed: the deed's own, else those of its group; and what the agendas that
        its seat may have add to them, where it says nothing of its own about them.
        """
        inclined = {
            AGENDA + agenda.id: agenda.inclination.get(
                deed.id, agenda.inclination.get(deed.group, 0.0)
            )
            for agenda in agendas
        }
        own = self.deeds.get(deed.id, self.groups.get(deed.group, {}))
        weights = {name: weight for name, weight in inclined.items() if weight} | own
        return possible(weights, agendas)


def possible(weights: Weights, agendas: Sequence[Agenda]) -> Weights:
    """The weights but those on agendas that the seat has not got in this scenario."""
    there = {AGENDA + agenda.id for agenda in agendas}
    return {
        name: weight
        for name, weight in weights.items()
        if not name.startswith(AGENDA) or name in there
    }


def _weights(value: object) -> object:
    """Checks `{ option = { feature = weight } }`, all mistakes at once."""
    if not isinstance(value, dict):
        return value
    known = [*FEATURES, *SHARES]
    refuse_all(
        [
            Mistake((feature,), *unknown("feature", feature, known))
            if not _is_feature(feature)
            else Mistake(
                (feature,),
                f"{quoted(feature)} must be a number from {-MOST_WEIGHT} to {MOST_WEIGHT}",
                "write one",
            )
            for feature, weight in value.items()
            if not _is_feature(feature) or not is_number(weight) or abs(weight) > MOST_WEIGHT
        ]
    )
    return value


def _is_feature(name: str) -> bool:
    """Whether it is one; which agendas there are, the rulebook says."""
    return name in FEATURES or name in SHARES or name.startswith(AGENDA)


def _values(value: object) -> object:
    """Checks `{ column = worth }`, all mistakes at once."""
    if isinstance(value, dict):
        refuse_all(_value_mistakes(value))
    return value


def _value_mistakes(values: Mapping[str, object]) -> Iterator[Mistake]:
    for column, worth in values.items():
        if column not in COLUMNS:
            yield Mistake((column,), *unknown("column", column, COLUMNS))
        elif not is_number(worth) or abs(worth) > MOST_WEIGHT:
            what = f"{quoted(column)} must be a number from {-MOST_WEIGHT} to {MOST_WEIGHT}"
            yield Mistake((column,), what, "write one")


FeatureWeights = Annotated[dict[str, float], AfterValidator(_weights)]
Worths = Annotated[dict[str, float], BeforeValidator(_values), Field(max_length=40)]
Dial = Annotated[float, Field(ge=0, le=MOST_WEIGHT)]


class DoctrineSheet(Table):
    """A doctrine's file."""

    id: Id
    seat: SeatName
    name: Name
    school: Sentence
    behaviour: Prose
    weakness: Prose
    temper: Dial
    line: Line
    anger: Dial = 0.0
    fear: Dial = 0.0
    duty: Dial = 0.0
    bond: Dial = 0.0
    values: Worths = {}
    groups: dict[GroupName, FeatureWeights] = {}
    deeds: dict[str, FeatureWeights] = {}
    words: dict[str, FeatureWeights]
    whispers: dict[str, FeatureWeights]


def load_doctrine(
    name_or_path: str | Path, seat: Seat | None = None, book: Rulebook | None = None
) -> Doctrine:
    """Reads a doctrine.

    Args:
        name_or_path: the id of one of the game's own, or the path of a file.
        seat: the seat that it should be for; any if None.
        book: the rules whose deeds and words it names; the game's own if None.

    Raises:
        ContentError: there is none of that name, it has mistakes, or it is another seat's.
    """
    path = _doctrine_path(name_or_path)
    document, sheet = _own_sheet(path) if path.parent == DOCTRINES else _sheet(path)
    found = [
        document.problem(mistake)
        for mistake in _name_mistakes(sheet, book or load_rulebook(), path.stem, seat)
    ]
    if found:
        raise ContentError(found)
    return _compile(sheet)


def _sheet(path: Path) -> tuple[Document, DoctrineSheet]:
    document = read_document(path)
    return document, checked(document, DoctrineSheet)


_own_sheet = cache(_sheet)
"""The game's own doctrines stay as they are while it runs."""


def _doctrine_path(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        return Path(name_or_path)
    known = sorted(path.stem for path in DOCTRINES.glob("*.toml"))
    if name_or_path in known:
        return DOCTRINES / f"{name_or_path}.toml"
    raise ContentError([Problem(DOCTRINES, 0, *unknown("doctrine", name_or_path, known))])


def _name_mistakes(
    sheet: DoctrineSheet, book: Rulebook, stem: str, seat: Seat | None
) -> list[Mistake]:
    own = sheet.seat
    deeds = {d.id: d.group for d in book.deeds[own]}
    words = [w.id for w in book.words if own in w.seats]
    whispers = [f"{w.id}>{to.name}" for w in book.whispers for by, to in w.links if by is own]
    deals = {w.id for w in book.whispers if w.deal is not None}
    found = [
        Mistake((table, name), *unknown(kind, name, known))
        for table, kind, given, known in (
            ("deeds", "deed", sheet.deeds, deeds),
            ("words", "word", sheet.words, words),
            ("whispers", "whisper", sheet.whispers, whispers),
        )
        for name in given
        if name not in known
    ]
    found += [
        Mistake(
            (table, option, feature),
            f"no deed can be weighed by itself, as {feature} would",
            "use it for words and whispers",
        )
        for table, options in (("groups", sheet.groups), ("deeds", sheet.deeds))
        for option, weights in options.items()
        for feature in weights
        if feature.startswith("with_")
    ]
    agendas = [AGENDA + a.id for rules in (book, load_rulebook()) for a in rules.agendas[own]]
    found += _agenda_mistakes(sheet, list(dict.fromkeys(agendas)))
    found += [
        Mistake(
            (table, option, feature),
            "only a message that offers a deal can have been offered",
            f"leave {feature} out",
        )
        for table, options in (
            ("groups", sheet.groups),
            ("deeds", sheet.deeds),
            ("words", sheet.words),
            ("whispers", sheet.whispers),
        )
        for option, weights in options.items()
        for feature in weights
        if feature == "offered" and option.partition(">")[0] not in deals
    ]
    found += [
        Mistake(
            ("values", column),
            f"{own.name} neither sees nor estimates {column}",
            "value a column that it knows of",
        )
        for column in sheet.values
        if own not in COLUMNS[column].seen_by and column not in ESTIMATED
    ]
    worths = {c: abs(v) * (COLUMNS[c].high - COLUMNS[c].low) for c, v in sheet.values.items()}
    if sheet.temper * sum(worths.values()) > MOST_WORTH:
        largest = max(worths, key=lambda column: worths[column])
        found.append(
            Mistake(
                ("values", largest),
                f"with this temper, the whole of {largest} outweighs everything else",
                "write less",
            )
        )
    named, groups = sheet.deeds, sheet.groups
    if unweighed := [d for d, group in deeds.items() if d not in named and group not in groups]:
        found.append(
            Mistake(
                ("deeds",),
                f"deeds without a weight: {', '.join(unweighed)}",
                "give each one, or its group, at least a base, however low",
            )
        )
    if sheet.id != stem:
        found.append(Mistake(("id",), *misnamed(sheet.id, stem)))
    if seat is not None and seat is not own:
        found.append(
            Mistake(
                ("seat",),
                f"this doctrine plays {own.name}, not {seat.name}",
                f"name one for {seat.name}",
            )
        )
    return found


def _agenda_mistakes(sheet: DoctrineSheet, known: list[str]) -> Iterator[Mistake]:
    for kind in ("groups", "deeds", "words", "whispers"):
        for option, weights in getattr(sheet, kind).items():
            for feature in weights:
                if feature.startswith(AGENDA) and feature not in known:
                    yield Mistake((kind, option, feature), *unknown("agenda", feature, known))


def _compile(sheet: DoctrineSheet) -> Doctrine:
    found = {name: getattr(sheet, name) for name in DoctrineSheet.model_fields}
    found["whispers"] = {
        (whisper, Seat[to]): weights
        for (whisper, _, to), weights in (
            (name.partition(">"), weights) for name, weights in sheet.whispers.items()
        )
    }
    return Doctrine(**found)
