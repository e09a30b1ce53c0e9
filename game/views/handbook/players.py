"""The pages of who plays, and for what: seats, agendas, objectives, endings, doctrines, lenses
and worlds.
"""

from collections.abc import Mapping

from game.content.doctrine import PEOPLE, Doctrine
from game.content.lens import Lens
from game.content.numbers_schema import NumberRow
from game.rules.rulebook import Agenda, EndingText, MarkPart, Rulebook, Theory
from game.rules.seats import Seat
from game.rules.state import COLUMNS
from game.views.names import SEAT_NAMES, SEAT_TITLES
from game.views.situation import since_turn_1

from .amounts import label, level, plain
from .orders import GROUPS
from .page import Entry, Page
from .parts import named_rung, rows_under


def seat(book: Rulebook, seat: Seat, out: Page) -> None:
    """Everything that one seat can do and wants."""
    out.title(f"{SEAT_TITLES[seat]} ({seat.name})")
    for group in GROUPS:
        entries = [
            Entry(d.id, d.id, d.sentence, f"Rung {d.rung}")
            for d in book.deeds[seat]
            if d.group == group
        ]
        if entries:
            out.heading(f"Actions: {group}")
            out.entries(entries, first=None)
    out.heading("Public statements")
    out.say(", ".join(w.id for w in book.words if seat in w.seats) + ".")
    out.heading("Messages")
    out.say(
        ", ".join(
            f"{w.id} to {SEAT_TITLES[to]}"
            for w in book.whispers
            for by, to in w.links
            if by is seat
        )
        + "."
    )
    out.heading("Objectives, with their points")
    out.figures([(p.name, f"{p.points:.3g}") for p in book.objectives(seat, 0)])
    if len(book.agendas[seat]) > 1:
        entries = [Entry(a.id, a.id, a.text, "") for a in book.agendas[seat]]
        out.heading("Agendas: what it may want most, in secret")
        out.entries(entries, first=None)


def agenda(book: Rulebook, agenda: Agenda, out: Page) -> None:
    """The page of what a seat may want most."""
    out.title(f"{agenda.name} ({agenda.seat.name.lower()}.{agenda.id})")
    out.say(agenda.text)
    number = book.agendas[agenda.seat].index(agenda)
    out.heading("What its score of 100 is made of")
    out.figures([(p.name, f"{p.points:.3g}") for p in book.objectives(agenda.seat, number)])
    out.heading("What an ending does to its score")
    out.figures(
        (text.name, f"{book.ending_mark(agenda.seat, number, end):+g}")
        for end, text in enumerate(book.endings, start=1)
    )
    told = {deed.id: deed.name for deed in book.deeds[agenda.seat]}
    rows_under(
        out,
        "What it adds to a computer player's worth of an action",
        (
            (told.get(name, f"{name} (others)"), f"{by:+g}")
            for name, by in agenda.inclination.items()
        ),
    )


def world(theory: Theory, numbers: Mapping[str, NumberRow], out: Page) -> None:
    """The page of a world in which one theory holds."""
    out.title(f"{theory.name} (world.{theory.id})")
    out.say(theory.sentence)
    out.figures([("Source", theory.source)])
    out.heading("Its numbers")
    values = theory.values._asdict()
    out.figures([(row.meaning, plain(values[name])) for name, row in numbers.items()])


def objective(book: Rulebook, part: MarkPart, out: Page) -> None:
    """The page of one objective, with what it counts for under each agenda of its seat."""
    out.title(f"{part.name} ({part.seat.name.lower()}.{part.id})")
    out.say(f"An objective of {SEAT_NAMES[part.seat]}: {worth(part)}.")
    out.figures(
        [
            ("Points of 100, unless an agenda says otherwise", f"{part.points:.3g}"),
            ("Figure", f"{part.column}: {_meaning(part)}"),
        ]
    )
    agendas = book.agendas[part.seat]
    weighed = [book.parts(part.seat, number) for number, _ in enumerate(agendas)]
    points = [sum(one.points for one in parts if one.id == part.id) for parts in weighed]
    rows = ((agenda.name, f"{counts:.3g}") for agenda, counts in zip(agendas, points, strict=True))
    rows_under(out, "By what the seat wants most", rows if len(agendas) > 1 else ())


def ending(ending: EndingText, out: Page) -> None:
    """An ending's page."""
    out.title(f"{ending.name} ({ending.id})")
    out.say(ending.sentence)
    out.figures(
        [(f"Mark of {SEAT_NAMES[seat]}", f"{points:+g}") for seat, points in ending.marks.items()]
    )


def doctrine(doctrine: Doctrine, out: Page) -> None:
    """The page of a computer player."""
    out.title(f"{doctrine.name} ({doctrine.id})")
    out.say(doctrine.behaviour)
    out.say(
        f"By its bare name, {doctrine.id}, it plays by the book, nearly always for what its school "
        f"holds to be best. As {PEOPLE}{doctrine.id} it has the same aims, and chooses as the "
        "record shows people to choose: mostly holding, rarely forceful, not always for the best. "
        "The page choosing tells more."
    )
    out.figures(
        [
            ("Plays", SEAT_TITLES[doctrine.seat]),
            ("School", doctrine.school),
            ("Weakness", doctrine.weakness),
            ("Draws its line at", f"rung {named_rung(doctrine.line)}"),
            ("Prefers the better option", f"{plain(doctrine.temper)} (0 is a coin)"),
            (
                "Moved by anger, fear, duty and deals",
                ", ".join(
                    plain(dial)
                    for dial in (doctrine.anger, doctrine.fear, doctrine.duty, doctrine.bond)
                ),
            ),
        ]
    )
    rows_under(
        out,
        "What it holds figures to be worth",
        ((column, f"{worth:+g} for {label(column)}") for column, worth in doctrine.values.items()),
    )
    rows_under(
        out,
        "How it weighs the actions of a group that it does not name",
        (
            (group, ", ".join(f"{feature} {weight:+g}" for feature, weight in weights.items()))
            for group, weights in doctrine.groups.items()
        ),
    )


def lens(lens: Lens, out: Page) -> None:
    """The page of a theory's lens: what it claims, and the numbers that it changes."""
    out.title(f"{lens.name} ({lens.id})")
    out.say(lens.claim)
    out.aside(f"{lens.theory.rstrip('.')}.")
    rows = ((name, plain(value)) for name, value in lens.parameters.items())
    rows_under(out, "What it sets otherwise than the rulebook", rows)


def _meaning(part: MarkPart) -> str:
    """What the figure is; of one that counts from turn 1 nothing before it."""
    meaning = COLUMNS[part.column].meaning
    return meaning.partition(", the time before turn 1")[0] if part.since_opening else meaning


def scale(part: MarkPart) -> str:
    """What an objective is measured by, and where it brings all of its points, and none."""
    spec = COLUMNS[part.column]
    measured = label(part.column)
    if part.since_opening:
        measured = since_turn_1(measured)
    return f"{measured}: all at {level(spec, part.best)}, none at " + level(spec, part.worst)


def worth(part: MarkPart) -> str:
    """Where an objective brings all of its points, and where none."""
    spec = COLUMNS[part.column]
    since = " since turn 1" if part.since_opening else ""
    return (
        f"all of its points at {level(spec, part.best)}, none at "
        f"{level(spec, part.worst)}{since}, in proportion between"
    )
