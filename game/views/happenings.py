"""What really happened in a turn, in sentences, hidden things included; for debriefs."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import NO_SEAT, Deed
from game.rules.seats import SEATS, Cause, Rung, Seat

from .deals import title
from .names import CAPITALS, CAUSE_NAMES, SEAT_NAMES, counted, listed, number, rung_name, sentence
from .played import Turn
from .weapons import went_off


class Happening(NamedTuple):
    """One thing that happened."""

    rung: int
    """Where it stands on the ladder; 0 for what stands nowhere on it."""
    text: str
    """A sentence."""
    veil: str
    """What the public lacked at the time: "unsigned", "hidden", or empty."""


UNSIGNED, HIDDEN = "unsigned", "hidden"
_VEILS = {"public": "", "deniable": UNSIGNED, "covert": HIDDEN}
OWN_FIRE = {Seat.MILITIA: Source.MILITIA, Seat.IRAN: Source.IRAN}
"""The seats that fire at American sites, and as whom."""
_FIRING = {
    Source.MILITIA: "the militias",
    Source.SPLINTER: "a splinter cell, on its own,",
    Source.THIRD_PARTY: "somebody else, such as ISIS,",
    Source.IRAN: "Iran",
}


def happenings(scenario: Scenario, turn: Turn) -> list[Happening]:
    """Everything that happened in one turn, the gravest first; what was said is in `spoken`."""
    found = [
        *_fire(scenario, turn),
        *_deeds(scenario, turn),
        *_deals_made(scenario, turn.outcome),
        *_chance(turn.outcome),
    ]
    return sorted(found, key=lambda happening: -happening.rung)


def spoken(scenario: Scenario, turn: Turn) -> list[str]:
    """What was said in public in one turn, one sentence for each seat that spoke."""
    book, orders = scenario.setting.rulebook, turn.outcome.orders
    told = []
    for seat in SEATS:
        order = orders.order(seat)
        word = book.words[order.word]
        if order.word:
            text = word.report.format(
                speaker=CAPITALS[seat],
                to="" if order.word_to == NO_SEAT else SEAT_NAMES[Seat(order.word_to)],
                rung=f"{order.word_rung} ({rung_name(order.word_rung)})",
            )
            if word.facade:
                text += f" (it was {CAPITALS[seat]})"
            told.append(sentence(text))
    return told


def whispered(scenario: Scenario, turn: Turn) -> list[str]:
    """What was said in private in one turn."""
    whispers, orders = scenario.setting.rulebook.whispers, turn.outcome.orders
    return [
        sentence(
            whispers[order.whisper].report.format(
                speaker=CAPITALS[seat], to=SEAT_NAMES[Seat(order.whisper_to)]
            )
        )
        for seat in SEATS
        if (order := orders.order(seat)).whisper and order.whisper_to != NO_SEAT
    ]


def place(scenario: Scenario, site: int) -> str:
    """A site's name."""
    sites = scenario.setting.rulebook.sites
    return sites[site].name if site >= 0 else "an undisclosed place"


def lowered(name: str) -> str:
    """A name within a sentence, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def is_signed(deed: Deed) -> bool:
    """Whether everybody could see who did it."""
    return deed.visibility == "public"


def _fire(scenario: Scenario, turn: Turn) -> Iterator[Happening]:
    out, book = turn.outcome, scenario.setting.rulebook
    for source in Source:
        attacks = int(out.fire_attacks[source, 0])
        if not attacks:
            continue
        iran = source is Source.IRAN
        signed = iran and is_signed(book.deeds[Seat.IRAN][out.orders.deed[Seat.IRAN, 0]])
        ordered = source is Source.MILITIA and out.asked[0] > 0
        who = "the militias, as Tehran had asked," if ordered else _FIRING[source]
        at = place(scenario, int(out.fire_site[source, 0]))
        bombs = went_off(book, out, source)
        fired = f"set off {_bombs(out, source)}" if bombs else f"fired {_rounds(out, source)}"
        near = "near" if bombs else "at"
        hits = int(out.fire_hits[source, 0])
        on_target = f"{number(hits) if hits else 'none'} on target"
        if attacks == 1:
            text = f"{who} {fired} {near} {at}, {on_target}"
        else:
            text = (
                f"{who} {fired} in {counted(attacks, 'attack')}, the worst of them "
                f"{'near' if bombs else 'on'} {at}, {on_target}"
            )
        rung = int(out.fire_rung[source, 0])
        veil = "" if signed else UNSIGNED
        yield Happening(rung, sentence(f"{text}; {_toll(out, source)}"), veil)


def _rounds(out: Outcome, source: Source) -> str:
    return counted(out.fire_rounds[source, 0], "round")


def _bombs(out: Outcome, source: Source) -> str:
    count = out.fire_rounds[source, 0]
    return counted(count, "bomb beside a convoy", "bombs beside convoys")


def _toll(out: Outcome, source: Source) -> str:
    """Who was killed and hurt by one source's fire."""
    killed = _named(
        (out.fire_us_killed[source, 0], "American", "Americans"),
        (out.fire_coalition_killed[source, 0], "partner's soldier", "partners' soldiers"),
        (out.fire_iraqi_killed[source, 0], "Iraqi", "Iraqis"),
    )
    hurt = int(out.fire_us_wounded[source, 0])
    told = f"{killed} killed" if killed else "nobody was killed"
    return told + (f", {counted(hurt, 'American')} wounded" if hurt else "")


def _named(*counts: tuple[float, str, str]) -> str:
    """Who, with the verb: "two Americans and one Iraqi were"; empty where all counts are zero."""
    told = [counted(count, one, many) for count, one, many in counts if count]
    if not told:
        return ""
    single = sum(int(count) for count, _, _ in counts) == 1
    return f"{listed(told)} {'was' if single else 'were'}"


def _deeds(scenario: Scenario, turn: Turn) -> Iterator[Happening]:
    out = turn.outcome
    for seat in SEATS:
        deed = scenario.setting.rulebook.deeds[seat][out.orders.deed[seat, 0]]
        if out.orders.deed[seat, 0] == 0:
            continue
        if deed.fire is not None:
            if not out.fire_attacks[OWN_FIRE[seat], 0]:
                text = f"an order of {CAPITALS[seat]} led to no attack: {lowered(deed.name)}"
                yield Happening(int(Rung.CALM), sentence(text), HIDDEN)
            continue
        veil = _VEILS[deed.visibility]
        text = deed.report.format(site=place(scenario, int(out.deed_site[seat, 0]))).rstrip(".")
        if deed.visibility == "covert":
            text = f"{CAPITALS[seat]}, unseen by the others: {lowered(deed.name)}"
        elif veil:
            text += f" (it was {CAPITALS[seat]})"
        if deed.strike is not None:
            text += f"; {_strike(turn)}"
        yield Happening(deed.rung, sentence(text), veil)


def _strike(turn: Turn) -> str:
    out = turn.outcome
    killed = _named(
        (turn.after.iran_dead[0] - turn.before.iran_dead[0], "Iranian", "Iranians"),
        (out.strike_militia_killed[0], "militiaman", "militiamen"),
        (out.strike_iraqi_killed[0], "Iraqi soldier or policeman", "Iraqi soldiers and police"),
        (out.strike_civilians_killed[0], "civilian", "civilians"),
    )
    rockets = int(out.strike_rockets[0])
    told = f"{killed} killed" if killed else "nobody was killed"
    return told + (f", {counted(rockets, 'rocket')} destroyed" if rockets else "")


def _deals_made(scenario: Scenario, out: Outcome) -> Iterator[Happening]:
    """What became of deals; a breach as the partner saw it."""
    for first, second in combinations(SEATS, 2):
        at, both = (first, second, 0), ((first, second), (second, first))
        code = int(out.deal_code[at])
        if code < 0:
            continue
        deal = title(scenario.setting.rulebook.whispers[code])
        two = f"{CAPITALS[first]} and {CAPITALS[second]}"
        told = [
            (out.deal_signed[at], f"{two} signed a deal, {deal}", HIDDEN),
            (out.deal_kept[at], f"the deal of {two}, {deal}, ran to its end", HIDDEN),
            (out.deal_leaked[at], f"the deal of {two}, {deal}, leaked", ""),
            *(
                (
                    out.breach[by, partner, 0],
                    f"{CAPITALS[by]} broke the deal {deal}, as it was seen from the side of "
                    f"{CAPITALS[partner]}",
                    HIDDEN,
                )
                for by, partner in both
            ),
        ]
        for happened, text, veil in told:
            if happened:
                yield Happening(int(Rung.CALM), sentence(text), veil)


def _chance(out: Outcome) -> Iterator[Happening]:
    """What nobody ordered, and what came out."""
    for name, text, hidden in (
        ("shirked", "the militias did not do what Tehran had asked", True),
        ("caught", "Tehran found out", True),
        ("leaked", "Washington's notice of its strike reached the militias", True),
        ("tip_off_known", "the militias learnt that Baghdad had warned the Americans", True),
        ("discredited", "the reason that Washington gave for its force did not hold", False),
        ("vote_failed", "a vote in parliament came to nothing", False),
        ("cabinet_formed", "a government with full powers took over in Baghdad", False),
        ("right_answer", "it came out that Washington's answer hit those who had fired", False),
        ("wrong_answer", "it came out that Washington's answer hit those who had not fired", False),
        ("aired", "it came out that Washington's accusation was false", False),
        ("show_of_force", "armed militiamen drove to the gates of the Green Zone", False),
        ("protest", "a wave of protest filled the streets of Iraqi cities", False),
    ):
        if getattr(out, name)[0]:
            yield Happening(int(Rung.CALM), sentence(text), HIDDEN if hidden else "")
    if (finding := int(out.finding[0])) >= 0:
        yield Happening(
            0, sentence(f"Baghdad's investigators point to {CAUSE_NAMES[Cause(finding)]}"), ""
        )
    for seat in SEATS:
        if (cause := int(out.revealed[seat, 0])) >= 0:
            read = f"{CAPITALS[seat]} read in broken systems that the last attack was made by"
            yield Happening(0, sentence(f"{read} {CAUSE_NAMES[Cause(cause)]}"), HIDDEN)
    for name, what, one, many in (
        ("detained", "taken into custody", "militiaman", "militiamen"),
        ("released", "set free again", "militiaman", "militiamen"),
        ("revised", "added to the wounded of earlier attacks", "American", "Americans"),
    ):
        if count := int(getattr(out, name)[0]):
            yield Happening(0, sentence(f"{what}: {counted(count, one, many)}"), "")
