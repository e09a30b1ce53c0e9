"""The handbook's pages of rows made by hand, to the letter."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from game.rules.rulebook import Deal, EndingText, Fire, MarkPart, Requirement, Strike
from game.rules.seats import SEATS, Rung
from game.rules.state import COLUMNS
from game.views.handbook import essays, figures, orders, players, reference, terms
from game.views.handbook.amounts import change, level
from game.views.handbook.essays import Essay
from tests.support import idle
from tests.views.handmade import BOOK
from tests.views.pages import Written

US, IRAN, MILITIA, IRAQ = SEATS
BLOW = replace(
    BOOK.deeds[MILITIA][BOOK.deed(MILITIA, "harass")],
    id="blow",
    name="Blow",
    sentence="Do all at once.",
    report="It happened at {site}.",
    rung=4,
    against={US: 6},
    harm={US: 0.1, IRAQ: -0.05},
    requires=(
        Requirement("mil_rockets", "too few", at_least=8.0),
        Requirement("brink", "too near", at_least=0.1, at_most=0.9),
    ),
    costs={"mil_standing": 0.02, "mil_rockets": 5},
    effects={"mil_rockets": 25},
    weekly={"mil_fighters": -1000},
    timely={"brink": 0.05},
    occasion={"calm": 0.5, "quiet": -0.25, "base": 0.1},
    effort=0.5,
    curbs=0.25,
    heavy=True,
    resolve={US: 0.3, IRAQ: -0.2, IRAN: 0.0},
    at="US",
    fire=Fire(
        rounds_low=3,
        rounds_high=9,
        accuracy=0.2,
        lethality=0.05,
        toll=2.5,
        wounding=0.4,
        rung=4,
        arsenal=0.5,
        campaign=True,
    ),
    strike=Strike(fighters=30, rockets=0.4, leaders=0.05, collateral=2.0, civilians=0.5),
    investigates=0.6,
    reveals=0.35,
    mediates=True,
    detains=12.0,
)
SAY = replace(
    BOOK.words[BOOK.word("threaten")],
    id="say",
    name="Say",
    sentence="Tell {to} of {rung}.",
    report="{speaker} told {to} of {rung}",
    seats=(US, IRAQ),
    to_seat=True,
    to_rung=True,
    occasion="news",
    accuses=True,
    stake=0.7,
    credit=0.2,
    facade=0.3,
    case=0.4,
    doubt=0.05,
    soothes=0.15,
    offends=0.02,
    odds={IRAQ: (2.0, 1.0, 0.5, 1.0)},
    effects={US: {"us_support": -0.01}},
    requires={IRAQ: (Requirement("iraq_authority", "too weak", at_least=0.3),)},
)
DEAL = replace(
    BOOK.whispers[BOOK.whisper("relief_for_quiet")],
    id="give",
    name="Give",
    sentence="Propose to {to}: both give.",
    report="{speaker} proposed to {to}",
    links=((US, IRAN), (IRAN, US)),
    soothes=0.1,
    stake=0.2,
    guidance=None,
    deal=Deal(
        days=28,
        forbears={US: {IRAN: 2}, IRAN: {US: 3}},
        weekly={"iran_pressure": -0.025},
        exposed={"us_support": -0.03},
        warns=True,
    ),
)
SMALL = replace(
    BOOK,
    sites=tuple(site for site in BOOK.sites if site.id in ("embassy", "taji", "jurf")),
    deeds=tuple((own[0], *([BLOW] if own[0].seat is MILITIA else [])) for own in BOOK.deeds),
    words=(BOOK.words[0], SAY),
    whispers=(BOOK.whispers[0], DEAL),
)


def written(show: Callable[..., None], *about: Any) -> list[str]:
    page = Written()
    show(*about, page)
    return page.lines


def test_a_deed_that_does_everything() -> None:
    assert written(orders.deed, SMALL, BLOW) == [
        "= Blow (militia.blow)",
        "Do all at once.",
        "Seat: Militias",
        "Group: force",
        "Rung: 4, attack on forces",
        "Seen: seen, but unsigned: each seat judges for itself who did it",
        "In the news: It happened at ….",
        "Touches the United States: at rung 6, strike on the militia",
        "Moves the anger of the United States: +10 of 100, casualties aside",
        "Moves the anger of the Iraqi government: -5 of 100, casualties aside",
        "# Possible only while",
        "mil_rockets: at least 8 rockets; else: too few",
        "brink: at least 10 of 100 and at most 90 of 100; else: too near",
        "# Costs",
        "mil_standing: -2 of 100: standing on the street",
        "mil_rockets: -5 rockets: rockets",
        "# Effects at once",
        "mil_rockets: +25 rockets: rockets",
        "# Effects for each week of the turn",
        "mil_fighters: -1000 people: fighters",
        "# Effects as far as the moment bears them, half now and half next turn",
        "brink: +5 of 100: nearness of war",
        "- Speaks for it: no American blow for weeks.",
        "- Speaks against it: no attack for days.",
        "The campaign: it asks for 50 of 100 of what the campaign can be at the most.",
        "The campaign: in time it ends 25 of 100 of it, as far as Baghdad is obeyed.",
        "Heavy: done in full only by forces that were made ready; most of that is spent.",
        "# What it tells of resolve, beside any line that it answers",
        "United States: firm, weight 0.3",
        "Iraqi government: giving way, weight 0.2",
        "# Where",
        "It may name an American base: the American embassy; Camp Taji.",
        "# The fire",
        "Rounds in one attack: 3 to 9",
        "How often it is fired: as often as the campaign runs, which the order moves; a turn may"
        " have no attack",
        "Rounds that land where people are: 20 of 100",
        "Odds that one hit kills somebody unprotected: 5 of 100",
        "Scale of the deaths once somebody dies: 2.5",
        "People hurt for each hit, unprotected: 0.4",
        "Share of its rounds that comes out of the stock: 0.5",
        "Rung of an attack that kills nobody: 4, attack on forces",
        "# The strike, at full effect and ordinary luck",
        "Militiamen killed: 30",
        "Rockets destroyed: 40 of 100",
        "Leadership lost: 5 of 100",
        "Iraqi soldiers and police killed: 2",
        "Civilians killed: 0.5",
        "Odds that the investigation finds who really did it: 60 of 100.",
        "Odds that whoever does it, and nobody else, learns who made the last attack: 35 of 100.",
        "While it is done, offers of deals lose no days.",
        "Militiamen taken into custody, expected: 12.",
    ]


def test_a_deed_that_does_nothing() -> None:
    plain = replace(BOOK.deeds[US][0], sentence="Wait.", resolve={})
    assert written(orders.deed, SMALL, plain) == [
        "= Hold (us.hold)",
        "Wait.",
        "Seat: United States",
        "Group: posture",
        "Rung: 0, calm",
        "Seen: hidden: the others do not see it",
        "In the news: Nothing was announced.",
    ]


def test_a_word_that_says_everything_and_one_that_says_nothing() -> None:
    assert written(orders.word, SAY) == [
        "= Say (say)",
        "Tell a seat of that it names.",
        "Said by: United States, Iraqi government",
        "In the news: … told … of …",
        "Names: a seat and a rung",
        "Counts only: when an attack that nobody signed is fresh news; without that it is heard,"
        " and moves nothing",
        "Washington's case: gains where it is true, loses if it comes out as false",
        "Ties the speaker's hands: 70 of 100",
        "Takes an attack's prestige: 20 of 100",
        "Makes a new name known: 30 of 100",
        "Adds to the American case for force: 40 of 100",
        "Weekly odds of being discredited without proof: 5 of 100",
        "Takes from the anger of the seat it names: 15 of 100",
        "Adds to the anger of the seat it names: 2 of 100",
        "Said by the Iraqi government: odds that it was the militias on Tehran's order, or Tehran"
        " itself: times 2",
        "Said by the Iraqi government: odds that it was the militias on their own: times 1",
        "Said by the Iraqi government: odds that it was a splinter cell: times 0.5",
        "Said by the Iraqi government: odds that it was somebody else, such as ISIS: times 1",
        "# Effects, said by the United States",
        "us_support: -1 of 100: support at home",
        "# Iraqi government may say it only while",
        "iraq_authority: at least 30 of 100; else: too weak",
    ]
    nothing = dict.fromkeys(
        ("stake", "credit", "facade", "case", "doubt", "soothes", "offends"), 0.0
    )
    empty: dict[str, Any] = {"odds": {}, "effects": {}, "requires": {}, "occasion": ""}
    bare = replace(SAY, to_seat=False, to_rung=False, accuses=False, **nothing, **empty)
    assert written(orders.word, bare) == [
        "= Say (say)",
        "Tell a seat of that it names.",
        "Said by: United States, Iraqi government",
        "In the news: … told … of …",
    ]


def test_a_message_and_the_deal_that_it_offers() -> None:
    assert written(orders.whisper, DEAL) == [
        "= Give (give)",
        "Propose to a seat: both give.",
        "In the news of the two: … proposed to …",
        "May go: from the United States to Iran",
        "May go: from Iran to the United States",
        "Takes from the receiver's anger: 10 of 100",
        "Ties the sender's hands: 20 of 100",
        "# The deal",
        "Holds for: 28 days",
        "United States: must not touch Iran at rung 2, political or economic pressure or above",
        "Iran: must not touch the United States at rung 3, harassment without casualties or above",
        "Both: have notice of the other's signed blows, and of attacks that it expects",
        "# For each week that it holds",
        "iran_pressure: -2.5 of 100: weight of sanctions",
        "# Once everybody learns of it",
        "us_support: -3 of 100: support at home",
    ]
    for guidance, asked in ((-1, "to hold back"), (0, "nothing: a free hand"), (1, "to strike")):
        plain = replace(DEAL, deal=None, soothes=0.0, stake=0.0, guidance=float(guidance))
        assert written(orders.whisper, plain)[5:] == [f"Asks of the militias: {asked}"]


def test_the_page_of_an_ending_tells_what_it_is_worth() -> None:
    text = EndingText("over", "Over", "It is over.", {US: 4.0, IRAN: -12.5})
    assert written(players.ending, text) == [
        "= Over (over)",
        "It is over.",
        "Mark of the United States: +4",
        "Mark of Iran: -12.5",
    ]


def test_an_objective_counts_by_agenda() -> None:
    (part, *_) = (part for part in BOOK.marks if part.since_opening and part.seat is US)
    told = written(players.objective, BOOK, part)
    spec = COLUMNS[part.column]
    assert told[0] == f"= {part.name} (us.{part.id})"
    assert " since turn 1, in proportion between." in told[1]
    assert told[2:4] == [
        f"Points of 100, unless an agenda says otherwise: {part.points:g}",
        f"Figure: {part.column}: {spec.meaning}",
    ]
    agendas = BOOK.agendas[US]
    assert told[4] == "# By what the seat wants most"
    assert told[5:] == [
        f"{agenda.name}: {agenda.points.get(part.id, part.points if not agenda.points else 0):g}"
        for agenda in agendas
    ]
    alone = replace(BOOK, agendas=(agendas[:1], *BOOK.agendas[1:]))
    assert len(written(players.objective, alone, part)) == 4
    plain = MarkPart(**{**_fields(part), "since_opening": False})
    assert "since turn 1" not in written(players.objective, BOOK, plain)[1]


def _fields(part: MarkPart) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


@pytest.mark.parametrize(
    ("column", "lines"),
    [
        ("brink", [
            "# Moved by",
            "militia.blow: +5 of 100 as far as the moment bears it",
            "# Asked for by",
            "militia.blow: at least 10 of 100 and at most 90 of 100",
        ]),
        ("mil_rockets", [
            "# Moved by",
            "militia.blow: -5 rockets, +25 rockets",
            "# Asked for by",
            "militia.blow: at least 8 rockets",
        ]),
        ("mil_fighters", ["# Moved by", "militia.blow: -1000 people a week"]),
        ("us_support", [
            "# Moved by",
            "say: -1 of 100, said by the United States",
            "give: -3 of 100 once the deal is known",
        ]),
        ("iran_pressure", ["# Moved by", "give: -2.5 of 100 a week while the deal holds"]),
        ("iraq_authority", ["# Asked for by", "say: at least 30 of 100"]),
    ],
)  # fmt: skip
def test_a_figure_names_what_moves_it_and_who_asks_for_it(column: str, lines: list[str]) -> None:
    bare = idle(replace(SMALL, marks=(), reaches=()))
    told = written(figures.column, bare, column, COLUMNS[column])
    first = next(number for number, line in enumerate(told) if line.startswith("# "))
    also = ("- ", "# Moved also by")  # what the referee does by itself
    kept = [line for line in told[first:] if not line.startswith(also)]
    assert kept == (lines if lines[0] == "# Moved by" else ["# Moved by", *lines])


def test_whose_score_and_whose_reach_a_figure_counts_for() -> None:
    (part, *_) = (part for part in BOOK.marks if part.seat is US)
    (reach, *_) = (reach for reach in BOOK.reaches if "mil_rockets" in reach.columns)
    book = replace(SMALL, marks=(part,), reaches=(reach,))
    told = written(figures.column, book, part.column, COLUMNS[part.column])
    assert told[-2] == "# Counts for the scores of"
    assert told[-1].startswith(f"United States: {part.name}: all of its points at ")
    told = written(figures.column, book, "mil_rockets", COLUMNS["mil_rockets"])
    assert told[-2] == "# Counts for what one seat can do to another"
    weight = f"{reach.columns['mil_rockets']:.3g} for each unit (rockets)"
    assert told[-1] == f"Militias to United States: {weight}"
    told = written(figures.column, book, "iraq_unrest", COLUMNS["iraq_unrest"])
    assert not any(line.startswith("# Counts") for line in told)


def test_what_is_added_has_its_sign() -> None:
    told = [change("brink", amount) for amount in (0.05, -0.05, 0.0)]
    assert told == ["+5 of 100", "-5 of 100", "0 of 100"]


def test_who_sees_a_figure() -> None:
    def seen(column: str) -> list[str]:
        told = written(figures.column, SMALL, column, COLUMNS[column])
        return [line for line in told if line.startswith(("Seen exactly", "Estimated", "From"))]

    assert seen("brink") == ["From: 0 of 100 to 100 of 100", "Seen exactly by: everybody"]
    assert seen("mil_rockets") == [
        "From: 0 rockets to 5,000 rockets",
        "Seen exactly by: Militias",
        "Estimated by: every other seat",
    ]
    assert seen("mil_favour")[1:] == ["Seen exactly by: Iran, Militias"]


def test_the_quick_reference_in_short() -> None:
    said = replace(SAY, seats=(US, MILITIA), effects={MILITIA: {"mil_standing": 0.02}})
    book = replace(SMALL, words=(BOOK.words[0], said))
    told = written(reference.write, book, MILITIA)
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in told if line[0] != "#"]
    assert lines[1] == (
        "Blow, rung 4: Unsigned, heavy, lowers the campaign. 3 to 9 rounds an attack; Do all at"
        " once; + nearness of war; + rockets; − fighters; − standing on the street;"
        " cuts the militias' campaign, as far as you are obeyed; may show who made the last attack."
        " Best: no American blow for weeks. Against you: no attack for days."
    )
    (told,) = (line for line in lines if line.startswith("Say: "))
    assert told == (
        "Say: draws a line and stakes your name on it; calms them; stands half of your ready forces"
        " down; angers them; builds the case for force; takes an attack's prestige; makes a new"
        " name known; + standing on the street; needs a fresh unsigned attack"
    )
    (message,) = (line for line in written(reference.write, book, IRAN) if line[:5] == "Give:")
    assert message == "Give: to the United States; both give"


def test_the_ladder_with_the_rung_that_was_asked_for() -> None:
    told = written(lambda page: terms.ladder(page, Rung.ATTACK))
    assert told[0] == "= The ladder: rung 4, attack on forces"
    steps = told[2:-1]
    assert len(steps) == len(Rung)
    assert steps[4] == "4 | Attack on forces. (this one)"
    assert [line for line in steps if "this one" in line] == steps[4:5]
    assert written(terms.ladder)[0] == "= The ladder"


def test_an_essay_is_written_as_it_is_marked() -> None:
    body = "One line\nand its rest.\n\n## A part\n- a point\n- another\n\nThe end."
    essay = Essay("one", "guide", "One", body, ("A book.",), ("ladder",))
    assert written(essays.write, essay) == [
        "= One",
        "One line and its rest.",
        "# A part",
        "- a point",
        "- another",
        "The end.",
        "# To read",
        "- A book.",
        "# See also",
        "ladder | ladder",
    ]
    assert written(essays.write, replace(essay, sources=(), see=()))[-1] == "The end."


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("brink", 0.255, "25.5 of 100"),
        ("rung", 6, "rung 6"),
        ("us_troops", 999, "999 people"),
        ("us_troops", 1000, "1,000 people"),
        ("iraq_caretaker", 1, "1"),
    ],
)
def test_a_value_with_its_unit(column: str, value: float, told: str) -> None:
    assert level(COLUMNS[column], value) == told
