"""The rulebook's pages: everything that it says about one thing, to read and to look up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from game.content.doctrine import Doctrine
from game.content.lens import Lens
from game.content.rulebook_schema import ParameterRow, SiteRow
from game.rules.rulebook import (
    Deed,
    EndingText,
    Fire,
    MarkPart,
    Requirement,
    Rulebook,
    Strike,
    Whisper,
    Word,
)
from game.rules.seats import SEATS, Cause, Rung, Seat
from game.rules.state import COLUMNS, ESTIMATED, ColumnSpec
from game.views.names import CAUSE_NAMES, SEAT_NAMES, SEAT_TITLES, rung_name, sentence
from game.views.situation import LABELS, since_turn_1

from .amounts import change, label, level, plain, rounds
from .mechanisms import mechanisms
from .page import Entry, Page

GROUPS = ("force", "posture", "politics", "economy")
"""The groups of deeds, in the order in which they are listed."""
VISIBILITY = {
    "public": "in the open: everybody sees who did it",
    "deniable": "seen, but unsigned: each seat judges for itself who did it",
    "covert": "hidden: the others do not see it",
}
HOSTS = {
    "US": "an American base",
    "MILITIA": "a site of the militias",
    "IRAN": "a site in Iran",
    "GULF": "a place in the Gulf",
}
LEDGER = (
    (
        "credible",
        "How surely you believe that this seat answers when its line is crossed. It rises when the "
        "seat keeps its word and falls when it lets one pass, more so after a public threat.",
    ),
    ("feared", "Credible, times what this seat can do to you."),
    (
        "your anger",
        "What you hold against this seat: it rises with harm that you blame on it, and fades with "
        "time. Every use of force raises both fear and anger; which of them wins is the game.",
    ),
    ("their line", "The rung that this seat has warned you not to reach."),
    (
        "your line",
        "The rung that you have warned it not to reach. If it does, you owe an answer: act against "
        "it in time, or everybody sees that your line counts for less.",
    ),
)
JUSTIFIES = (
    "for the American case only in a turn in which Washington uses force in the open, or soon "
    "after; without such force it may be said, is heard, and moves the case by nothing"
)
"""When a justification adds to the case for force."""
PAIRS: dict[str, str] = {
    "kept": "how many times the other seat has kept its line, as this seat saw it; older ones and "
    "those with less at stake count for less",
    "broken": "how many times the other seat has let its line be crossed, as this seat saw it, "
    "weighed the same way",
    "anger": "what this seat holds against the other: it rises with harm and fades with time",
    "line": "the rung that this seat has warned the other not to reach; 11 is none",
    "stake": "how far this seat bound itself to that line in public",
    "private_stake": "how far this seat bound itself to that line in private, toward the other",
    "debt": "the highest crossing by the other that this seat has not answered; 0 is none",
    "debt_days": "days that this seat has left to answer the other",
    "channel": "whether this seat can pass a private message to the other",
}
"""What the figures of pairs mean, in the words of a reader who has no i and j."""
Rows = list[tuple[str, str]]


def deed(book: Rulebook, deed: Deed, out: Page) -> None:
    """A deed's page."""
    out.title(f"{deed.name} ({deed.seat.name.lower()}.{deed.id})")
    out.say(deed.sentence)
    out.figures(
        [
            ("Seat", SEAT_TITLES[deed.seat]),
            ("Group", deed.group),
            ("Rung", _rung(deed.rung)),
            ("Seen", VISIBILITY[deed.visibility]),
            ("In the news", deed.report.format(site="…")),
            *_named("Touches", ((seat, f"at rung {_rung(r)}") for seat, r in deed.against.items())),
            *_named("Moves the anger of", _feelings(deed.harm)),
        ]
    )
    _requirements(out, "Possible only while", deed.requires)
    _changes(out, "Costs", {column: -cost for column, cost in deed.costs.items()})
    _changes(out, "Effects at once", deed.effects)
    _changes(out, "Effects for each week of the turn", deed.weekly)
    if deed.at:
        names = "; ".join(site.name for site in book.sites if site.host == deed.at)
        out.heading("Where")
        out.say(f"It may name {HOSTS[deed.at]}: {names}.")
    if deed.fire is not None:
        fire(deed.fire, out)
    if deed.strike is not None:
        _strike(deed.strike, out)
    if deed.investigates:
        out.say(
            f"\nOdds that the investigation finds who really did it: "
            f"{_hundredths(deed.investigates)}."
        )
    if deed.detains:
        out.say(f"\nMilitiamen taken into custody, expected: {plain(deed.detains)}.")


def fire(fire: Fire, out: Page) -> None:
    """The figures of a way of firing at American sites."""
    out.heading("The fire")
    out.figures(
        [
            ("Rounds in one attack", rounds(fire)),
            ("Further attacks a week, after the first day", plain(fire.per_week)),
            ("Rounds that land where people are", _hundredths(fire.accuracy)),
            ("Odds that one hit kills somebody unprotected", _hundredths(fire.lethality)),
            ("Scale of the deaths once somebody dies", plain(fire.toll)),
            ("People hurt for each hit, unprotected", plain(fire.wounding)),
            ("Share of its rounds that comes out of the stock", plain(fire.arsenal)),
            ("Rung of an attack that kills nobody", _rung(fire.rung)),
        ]
    )


def _strike(strike: Strike, out: Page) -> None:
    out.heading("The strike, at full effect and ordinary luck")
    out.figures(
        [
            ("Militiamen killed", plain(strike.fighters)),
            ("Rockets destroyed", _hundredths(strike.rockets)),
            ("Leadership lost", _hundredths(strike.leaders)),
            ("Iraqi soldiers and police killed", plain(strike.collateral)),
            ("Civilians killed", plain(strike.civilians)),
        ]
    )


def word(word: Word, out: Page) -> None:
    """A word's page."""
    out.title(f"{word.name} ({word.id})")
    out.say(word.sentence.format(to="a seat", rung="that it names"))
    names = [n for n, flag in (("a seat", word.to_seat), ("a rung", word.to_rung)) if flag]
    rows: Rows = [
        ("Said by", ", ".join(SEAT_TITLES[seat] for seat in word.seats)),
        ("In the news", word.report.format(speaker="…", to="…", rung="…")),
    ]
    if names:
        rows.append(("Names", " and ".join(names)))
    if word.case:
        rows.append(("Counts", JUSTIFIES))
    rows += _unless_zero(
        [
            ("Ties the speaker's hands", word.stake),
            ("Takes an attack's prestige", word.credit),
            ("Makes a new name known", word.facade),
            ("Adds to the American case for force", word.case),
            ("Weekly odds of being discredited without proof", word.doubt),
            ("Takes from the anger of the seat it names", word.soothes),
            ("Adds to the anger of the seat it names", word.offends),
        ]
    )
    rows += [
        (f"Said by {SEAT_NAMES[seat]}: odds that it was {CAUSE_NAMES[cause]}", f"times {plain(by)}")
        for seat, odds in word.odds.items()
        for cause, by in zip(Cause, odds, strict=True)
    ]
    out.figures(rows)
    for seat, effects in word.effects.items():
        _changes(out, f"Effects, said by {SEAT_NAMES[seat]}", effects)
    for seat, requires in word.requires.items():
        _requirements(out, f"{SEAT_TITLES[seat]} may say it only while", requires)


def whisper(whisper: Whisper, out: Page) -> None:
    """A private message's page."""
    out.title(f"{whisper.name} ({whisper.id})")
    out.say(whisper.sentence.format(to="a seat"))
    rows: Rows = [("In the news of the two", whisper.report.format(speaker="…", to="…"))]
    rows += [("May go", f"from {SEAT_NAMES[by]} to {SEAT_NAMES[to]}") for by, to in whisper.links]
    if whisper.guidance is not None:
        asked = {-1: "to hold back", 0: "nothing: a free hand", 1: "to strike"}
        rows.append(("Asks of the militias", asked.get(int(whisper.guidance), "")))
    rows += _unless_zero(
        [
            ("Takes from the receiver's anger", whisper.soothes),
            ("Ties the sender's hands", whisper.stake),
        ]
    )
    out.figures(rows)


def site(row: SiteRow, out: Page) -> None:
    """A place's page."""
    out.title(f"{row.name} ({row.id})")
    held = f"while more than {_hundredths(row.held_above)} of the bases of December 2019 are held"
    out.figures(
        [
            ("Is", HOSTS[row.host]),
            ("Lies at", f"{row.latitude:.3f} north, {row.longitude:.3f} east"),
            ("Density of Americans and partners, a large base being 1", plain(row.people)),
            ("Of those hit there, Iraqis", _hundredths(row.iraqis)),
            ("Of the rest, partners' soldiers", _hundredths(row.partners)),
            ("Adds to American anger when attacked", _hundredths(row.honour)),
            ("Weight in the choice where nobody names a place", plain(row.habit)),
            *([("Held", held)] if row.held_above else []),
            *([("Position from", row.source)] if row.source else []),
            *([("Confidence in it", row.confidence)] if row.confidence else []),
        ]
    )


def ladder(out: Page, rung: Rung | None = None) -> None:
    """The ladder that all seats talk by; at one of its rungs, where one is given."""
    at = "" if rung is None else f": rung {int(rung)}, {rung_name(rung)}"
    out.title(f"The ladder{at}")
    out.say("Every happening has a rung. A threat names one: from there up it will be answered.")
    out.entries(
        [
            Entry(str(step), sentence(rung_name(step)) + (" (this one)" if step is rung else ""))
            for step in Rung
        ],
        first=0,
    )
    out.aside("After Kahn, On Escalation, 1965, cut down to this crisis.")


def ledger(out: Page) -> None:
    """What the words of the ledger mean."""
    out.title("The ledger of deterrence")
    out.entries([Entry(name, name, text) for name, text in LEDGER], first=None)
    out.aside("After Schelling 1966; Jervis 1976; Fearon 1994; Zagare and Kilgour 2000.")


def column(book: Rulebook, name: str, spec: ColumnSpec, out: Page) -> None:
    """A figure's page: what it means, who sees it, what moves it."""
    out.title(f"{LABELS[name]} ({name})" if name in LABELS else name)
    out.say(sentence(spec.meaning))
    out.figures(
        [
            ("Unit", "share, told as so many of 100" if spec.unit == "share" else spec.unit),
            ("From", f"{level(spec, spec.low)} to {level(spec, spec.high)}"),
            ("Seen exactly by", _viewers(spec)),
            *([("Estimated by", "every other seat")] if name in ESTIMATED else []),
        ]
    )
    moved = list(_movers(book, name))
    _rows(out, "Moved by", moved)
    if told := mechanisms().get(name):
        out.heading("Moved also by" if moved else "Moved by")
        out.bullets(sentence(line) for line in told)
    _rows(out, "Asked for by", _askers(book, name))
    _rows(
        out,
        "Counts for the marks of",
        (
            (SEAT_TITLES[part.seat], f"{part.name}: {_worth(part)}")
            for part in book.marks
            if part.column == name
        ),
    )
    _rows(
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


def ending(ending: EndingText, out: Page) -> None:
    """An ending's page."""
    out.title(f"{ending.name} ({ending.id})")
    out.say(ending.sentence)
    out.figures(
        [(f"Mark of {SEAT_NAMES[seat]}", f"{points:+g}") for seat, points in ending.marks.items()]
    )


def mark_part(part: MarkPart, out: Page) -> None:
    """The page of one objective."""
    out.title(f"{part.name} ({part.seat.name.lower()}.{part.id})")
    out.say(f"An objective of {SEAT_NAMES[part.seat]}: {_worth(part)}.")
    out.figures([("Figure", f"{part.column}: {COLUMNS[part.column].meaning}")])


def doctrine(doctrine: Doctrine, out: Page) -> None:
    """The page of a computer player."""
    out.title(f"{doctrine.name} ({doctrine.id})")
    out.say(doctrine.behaviour)
    out.figures(
        [
            ("Plays", SEAT_TITLES[doctrine.seat]),
            ("School", doctrine.school),
            ("Weakness", doctrine.weakness),
            ("Draws its line at", f"rung {_rung(doctrine.line)}"),
            ("Prefers the better option", f"{plain(doctrine.temper)} (0 is a coin)"),
            (
                "Moved by anger, fear and duty",
                ", ".join(plain(dial) for dial in (doctrine.anger, doctrine.fear, doctrine.duty)),
            ),
        ]
    )
    _rows(
        out,
        "What it holds figures to be worth",
        ((column, f"{worth:+g} for {label(column)}") for column, worth in doctrine.values.items()),
    )


def lens(lens: Lens, out: Page) -> None:
    """The page of a theory's lens: what it claims, and the numbers that it changes."""
    out.title(f"{lens.name} ({lens.id})")
    out.say(lens.claim)
    out.aside(f"{lens.theory.rstrip('.')}.")
    rows = ((name, plain(value)) for name, value in lens.parameters.items())
    _rows(out, "What it sets otherwise than the rulebook", rows)


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
            out.heading(f"Deeds: {group}")
            out.entries(entries, first=None)
    out.heading("Words")
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
    out.figures([(p.name, f"{p.points:g}") for p in book.marks if p.seat is seat])


# --- parts of pages


def _rung(rung: float) -> str:
    return f"{plain(rung)}, {rung_name(rung)}"


def _hundredths(share: float) -> str:
    return f"{plain(share * 100)} of 100"


def _named(title: str, rows: Iterable[tuple[Seat, str]]) -> Rows:
    return [(f"{title} {SEAT_NAMES[seat]}", told) for seat, told in rows]


def _feelings(harm: Mapping[Seat, float]) -> Iterator[tuple[Seat, str]]:
    for seat, amount in harm.items():
        yield seat, f"{amount * 100:+g} of 100, casualties aside"


def _unless_zero(rows: Sequence[tuple[str, float]]) -> Rows:
    return [(name, _hundredths(share)) for name, share in rows if share]


def _changes(out: Page, heading: str, amounts: Mapping[str, float]) -> None:
    _rows(out, heading, ((c, f"{change(c, a)}: {label(c)}") for c, a in amounts.items()))


def _rows(out: Page, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    """Labels and values under a heading; nothing where there are none."""
    if found := list(rows):
        out.heading(heading)
        out.figures(found)


def _requirements(out: Page, heading: str, requires: Sequence[Requirement]) -> None:
    _rows(out, heading, ((r.column, f"{_bounds(r)}; else: {r.because}") for r in requires))


def _bounds(requirement: Requirement) -> str:
    spec = COLUMNS[requirement.column]
    bounds = [
        f"{word} {level(spec, bound)}"
        for word, bound in (("at least", requirement.at_least), ("at most", requirement.at_most))
        if bound is not None
    ]
    return " and ".join(bounds)


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
                )
                if name in amounts
            ]
            if parts:
                yield f"{seat.name.lower()}.{deed.id}", ", ".join(parts)
    for word in book.words:
        for seat, effects in word.effects.items():
            if name in effects:
                yield word.id, f"{change(name, effects[name])}, said by {SEAT_NAMES[seat]}"


def _askers(book: Rulebook, name: str) -> Iterator[tuple[str, str]]:
    for deeds in book.deeds:
        for deed in deeds:
            for requirement in deed.requires:
                if requirement.column == name:
                    yield f"{deed.seat.name.lower()}.{deed.id}", _bounds(requirement)
    for word in book.words:
        for requires in word.requires.values():
            for requirement in requires:
                if requirement.column == name:
                    yield word.id, _bounds(requirement)


def scale(part: MarkPart) -> str:
    """What an objective is measured by, and where it brings all of its points, and none."""
    spec = COLUMNS[part.column]
    measured = label(part.column)
    if part.since_opening:
        measured = since_turn_1(measured)
    return f"{measured}: all at {level(spec, part.best)}, none at " + level(spec, part.worst)


def _worth(part: MarkPart) -> str:
    spec = COLUMNS[part.column]
    since = " since turn 1" if part.since_opening else ""
    return (
        f"{plain(part.points)} points at {level(spec, part.best)}, none at "
        f"{level(spec, part.worst)}{since}, in proportion between"
    )


def _value(row: ParameterRow) -> str:
    return f"{plain(row.value)} {row.unit}"
