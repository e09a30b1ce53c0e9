"""The pages of figures and parameters: what they mean, who sees them, what moves them."""

from collections.abc import Iterator, Mapping

from game.content.numbers_schema import ParameterRow
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS
from game.rules.state import ESTIMATED, ColumnSpec
from game.views.names import SEAT_NAMES, SEAT_TITLES, sentence
from game.views.situation import LABELS

from .amounts import change, level, plain
from .mechanisms import mechanisms
from .page import Entry, Page
from .parts import bounds, rows_under
from .players import worth

PAIRS: dict[str, str] = {
    "kept": "how many times the other seat has kept its line or a deal, as this seat saw it; older "
    "ones and those with less at stake count for less",
    "broken": "how many times the other seat has let its line be crossed or broken a deal, as this "
    "seat saw it, weighed the same way",
    "anger": "what this seat holds against the other: it rises with harm and fades with time",
    "assurance": "how far this seat believes that the other spares it if it behaves: won by being "
    "spared, and by blows that answer something; lost by blows out of the blue. "
    "The page spared tells more",
    "line": "the rung that this seat has warned the other not to reach; 11 is none",
    "stake": "how far this seat bound itself to that line in public",
    "private_stake": "how far this seat bound itself to that line in private, toward the other",
    "debt": "the highest crossing by the other that this seat has not answered; 0 is none",
    "debt_days": "days that this seat has left to answer the other",
    "channel": "whether this seat can pass a private message to the other",
    "offer": "the deal that this seat has offered the other, by its message's number; 0 is none",
    "offer_days": "days for which that offer still stands",
    "deal": "the deal in force between the two, by its message's number; 0 is none",
    "deal_days": "days that this deal has left",
    "deal_known": "whether everybody has learnt of this deal",
}
"""What the figures of pairs mean, in the words of a reader who has no i and j."""


def _unit(name: str, spec: ColumnSpec) -> str:
    """In what a figure is told."""
    if name == "mil_effort":
        return "share, told as so many of 100; the room tells how many attacks a week it makes"
    return "share, told as so many of 100" if spec.unit == "share" else spec.unit


def column(book: Rulebook, name: str, spec: ColumnSpec, out: Page) -> None:
    """A figure's page: what it means, who sees it, what moves it."""
    out.title(f"{LABELS[name]} ({name})" if name in LABELS else name)
    out.say(sentence(spec.meaning))
    out.figures(
        [
            ("Unit", _unit(name, spec)),
            ("From", f"{level(spec, spec.low)} to {level(spec, spec.high)}"),
            ("Seen exactly by", _viewers(spec)),
            *([("Estimated by", _estimating(spec))] if name in ESTIMATED else []),
        ]
    )
    moved = list(_movers(book, name))
    rows_under(out, "Moved by", moved)
    if told := mechanisms().get(name):
        out.heading("Moved also by" if moved else "Moved by")
        out.bullets(sentence(line) for line in told)
    rows_under(out, "Asked for by", _askers(book, name))
    rows_under(
        out,
        "Counts for the scores of",
        (
            (SEAT_TITLES[part.seat], f"{part.name}: {worth(part)}")
            for part in book.marks
            if part.column == name
        ),
    )
    rows_under(
        out,
        "Counts for what one seat can do to another",
        (
            (
                f"{SEAT_TITLES[reach.of]} to {SEAT_TITLES[reach.on]}",
                f"{reach.columns[name]:.3g} "
                f"for each unit ({'1 of 1' if spec.unit == 'share' else spec.unit})",
            )
            for reach in book.reaches
            if name in reach.columns
        ),
    )


def pair_column(name: str, spec: ColumnSpec, out: Page) -> None:
    """The page of a figure that each seat has of each other."""
    out.title(f"{name}, between two seats")
    out.say(sentence(PAIRS.get(name, spec.meaning)))
    out.figures(
        [
            ("Unit", spec.unit),
            ("From", f"{level(spec, spec.low)} to {level(spec, spec.high)}"),
            ("Stands", "for every seat and every other seat"),
        ]
    )


def parameters(group: str, rows: Mapping[str, ParameterRow], out: Page) -> None:
    """All parameters of one group."""
    out.title(f"Parameters: {group}")
    out.entries(
        [Entry(n, n, sentence(row.meaning), _value(row)) for n, row in rows.items()], first=None
    )
    out.aside(f"A parameter's own page tells its range and its source: {group}.NAME")


def parameter(name: str, row: ParameterRow, out: Page) -> None:
    """A parameter's page."""
    out.title(name)
    out.say(sentence(row.meaning))
    low, high = row.range
    out.figures(
        [
            ("Value", _value(row)),
            ("May be", f"from {plain(low)} to {plain(high)}"),
            ("Source", row.source),
        ]
    )


def _estimating(spec: ColumnSpec) -> str:
    return "every other seat" if spec.seen_by else "every seat"


def _viewers(spec: ColumnSpec) -> str:
    if len(spec.seen_by) == len(SEATS):
        return "everybody"
    return ", ".join(SEAT_TITLES[seat] for seat in spec.seen_by) or "nobody"


def _movers(book: Rulebook, name: str) -> Iterator[tuple[str, str]]:
    for seat in SEATS:
        for deed in book.deeds[seat]:
            parts = [
                change(name, sign * amounts[name]) + when
                for amounts, sign, when in (
                    (deed.costs, -1, ""),
                    (deed.effects, 1, ""),
                    (deed.weekly, 1, " a week"),
                    (deed.timely, 1, " as far as the moment bears it"),
                )
                if name in amounts
            ]
            if parts:
                yield f"{seat.name.lower()}.{deed.id}", ", ".join(parts)
    for word in book.words:
        for seat, effects in word.effects.items():
            if name in effects:
                yield word.id, f"{change(name, effects[name])}, said by {SEAT_NAMES[seat]}"
    for whisper in book.whispers:
        if whisper.deal is not None and name in whisper.deal.weekly:
            given = change(name, whisper.deal.weekly[name])
            yield whisper.id, f"{given} a week while the deal holds"
        if whisper.deal is not None and name in whisper.deal.exposed:
            yield whisper.id, f"{change(name, whisper.deal.exposed[name])} once the deal is known"


def _askers(book: Rulebook, name: str) -> Iterator[tuple[str, str]]:
    for deeds in book.deeds:
        for deed in deeds:
            for requirement in deed.requires:
                if requirement.column == name:
                    yield f"{deed.seat.name.lower()}.{deed.id}", bounds(requirement)
    for word in book.words:
        for requires in word.requires.values():
            for requirement in requires:
                if requirement.column == name:
                    yield word.id, bounds(requirement)


def _value(row: ParameterRow) -> str:
    return f"{plain(row.value)} {row.unit}"
