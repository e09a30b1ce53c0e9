"""The pages of what a seat may order: deeds, words, private messages."""

from collections.abc import Iterable, Iterator, Mapping

from game.rules.rulebook import Deal, Deed, Fire, Rulebook, Strike, Whisper, Word
from game.rules.seats import Cause, Seat
from game.views.names import CAUSE_NAMES, SEAT_NAMES, SEAT_TITLES, counted, sentence
from game.views.occasions import best_and_worst

from .amounts import plain, rounds
from .page import Page
from .parts import Rows, changes, hundredths, named_rung, requirements, rows_under, unless_zero
from .places import HOSTS

GROUPS = ("force", "posture", "politics", "economy")
"""The groups of deeds, in the order in which they are listed."""
VISIBILITY = {
    "public": "in the open: everybody sees who did it",
    "deniable": "seen, but unsigned: each seat judges for itself who did it",
    "covert": "hidden: the others do not see it",
}
WORD_OCCASIONS: dict[str, str] = {
    "news": "when an attack that nobody signed is fresh news",
    "blow": "when American force is recent",
    "deed": "when an attack that nobody signed, or American force, is recent",
    "force": "when the speaker has just used force in the open",
}
"""When a word counts."""
OTHERWISE = "without that it is heard, and moves nothing"


HOW_OFTEN = {
    True: "as often as the campaign runs, which the order moves; a turn may have no attack",
    False: "once, beside the attacks of the campaign where it is the militias'",
}


def deed(book: Rulebook, deed: Deed, out: Page) -> None:
    """A deed's page."""
    out.title(f"{deed.name} ({deed.seat.name.lower()}.{deed.id})")
    out.say(deed.sentence)
    out.figures(
        [
            ("Seat", SEAT_TITLES[deed.seat]),
            ("Group", deed.group),
            ("Rung", named_rung(deed.rung)),
            ("Seen", VISIBILITY[deed.visibility]),
            ("In the news", deed.report.format(site="…")),
            *_named(
                "Touches", ((seat, f"at rung {named_rung(r)}") for seat, r in deed.against.items())
            ),
            *_named("Moves the anger of", _feelings(deed.harm)),
        ]
    )
    requirements(out, "Possible only while", deed.requires)
    changes(out, "Costs", {column: -cost for column, cost in deed.costs.items()})
    changes(out, "Effects at once", deed.effects)
    changes(out, "Effects for each week of the turn", deed.weekly)
    _occasion(deed, out)
    _campaign(deed, out)
    _read_as(deed, out)
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
            f"{hundredths(deed.investigates)}."
        )
    if deed.reveals:
        out.say(
            f"\nOdds that whoever does it, and nobody else, learns who made the last attack: "
            f"{hundredths(deed.reveals)}."
        )
    if deed.mediates:
        out.say("\nWhile it is done, offers of deals lose no days.")
    if deed.detains:
        out.say(f"\nMilitiamen taken into custody, expected: {plain(deed.detains)}.")


AS_IT_BEARS = "Effects as far as the moment bears them, half now and half next turn"


def _occasion(deed: Deed, out: Page) -> None:
    """What works only as far as the moment bears it."""
    changes(out, AS_IT_BEARS, deed.timely)
    if deed.timely:
        best, worst = best_and_worst(deed)
        out.bullets(
            [
                sentence(f"{verdict}: {', '.join(reasons)}")
                for verdict, reasons in (("Speaks for it", best), ("Speaks against it", worst))
                if reasons
            ]
        )


def _campaign(deed: Deed, out: Page) -> None:
    """What it does to the militias' campaign, and what readiness does for it."""
    if deed.effort is not None:
        asks = f"asks for {hundredths(deed.effort)} of what the campaign can be at the most"
        out.say(f"\nThe campaign: it {asks}.")
    if deed.curbs:
        most = f"in time it ends {hundredths(deed.curbs)} of it, as far as Baghdad is obeyed"
        out.say(f"\nThe campaign: {most}.")
    if deed.heavy:
        out.say("\nHeavy: done in full only by forces that were made ready; most of that is spent.")


def _read_as(deed: Deed, out: Page) -> None:
    """What it tells the others of its doer's resolve."""
    rows_under(
        out,
        "What it tells of resolve, beside any line that it answers",
        (
            (SEAT_TITLES[seat], f"{'firm' if by > 0 else 'giving way'}, weight {plain(abs(by))}")
            for seat, by in deed.resolve.items()
            if by
        ),
    )


def fire(fire: Fire, out: Page) -> None:
    """The figures of a way of firing at American sites."""
    out.heading("The fire")
    out.figures(
        [
            ("Rounds in one attack", rounds(fire)),
            ("How often it is fired", HOW_OFTEN[fire.campaign]),
            ("Rounds that land where people are", hundredths(fire.accuracy)),
            ("Odds that one hit kills somebody unprotected", hundredths(fire.lethality)),
            ("Scale of the deaths once somebody dies", plain(fire.toll)),
            ("People hurt for each hit, unprotected", plain(fire.wounding)),
            ("Share of its rounds that comes out of the stock", plain(fire.arsenal)),
            ("Rung of an attack that kills nobody", named_rung(fire.rung)),
        ]
    )


def _strike(strike: Strike, out: Page) -> None:
    out.heading("The strike, at full effect and ordinary luck")
    out.figures(
        [
            ("Militiamen killed", plain(strike.fighters)),
            ("Rockets destroyed", hundredths(strike.rockets)),
            ("Leadership lost", hundredths(strike.leaders)),
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
    if word.occasion:
        rows.append(("Counts only", f"{WORD_OCCASIONS[word.occasion]}; {OTHERWISE}"))
    if word.accuses:
        rows.append(("Washington's case", "gains where it is true, loses if it comes out as false"))
    rows += unless_zero(
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
        changes(out, f"Effects, said by {SEAT_NAMES[seat]}", effects)
    for seat, requires in word.requires.items():
        requirements(out, f"{SEAT_TITLES[seat]} may say it only while", requires)


def whisper(whisper: Whisper, out: Page) -> None:
    """A private message's page."""
    out.title(f"{whisper.name} ({whisper.id})")
    out.say(whisper.sentence.format(to="a seat"))
    rows: Rows = [("In the news of the two", whisper.report.format(speaker="…", to="…"))]
    rows += [("May go", f"from {SEAT_NAMES[by]} to {SEAT_NAMES[to]}") for by, to in whisper.links]
    if whisper.guidance is not None:
        asked = {-1: "to hold back", 0: "nothing: a free hand", 1: "to strike"}
        rows.append(("Asks of the militias", asked.get(int(whisper.guidance), "")))
    rows += unless_zero(
        [
            ("Takes from the receiver's anger", whisper.soothes),
            ("Ties the sender's hands", whisper.stake),
        ]
    )
    out.figures(rows)
    if whisper.deal is not None:
        _terms(whisper.deal, out)


def _terms(deal: Deal, out: Page) -> None:
    """What a deal asks of its two parties."""
    spared = [
        (
            SEAT_TITLES[party],
            f"must not touch {SEAT_NAMES[seat]} at rung {named_rung(rung)} or above",
        )
        for party, rungs in deal.forbears.items()
        for seat, rung in rungs.items()
    ]
    warned = [("Both", "have notice of the other's signed blows, and of attacks that it expects")]
    rows = [("Holds for", counted(deal.days, "day")), *spared, *(warned if deal.warns else [])]
    rows_under(out, "The deal", rows)
    changes(out, "For each week that it holds", deal.weekly)
    changes(out, "Once everybody learns of it", deal.exposed)


def _named(title: str, rows: Iterable[tuple[Seat, str]]) -> Rows:
    return [(f"{title} {SEAT_NAMES[seat]}", told) for seat, told in rows]


def _feelings(harm: Mapping[Seat, float]) -> Iterator[tuple[Seat, str]]:
    for seat, amount in harm.items():
        yield seat, f"{amount * 100:+g} of 100, casualties aside"
