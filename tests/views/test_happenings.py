"""What a debrief tells of a turn, to the letter; and what was veiled from whom at the time."""

from typing import Any

import pytest

from game.rules.account import account
from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Seat
from game.views.happenings import HIDDEN, UNSIGNED, happenings, lowered, spoken, whispered
from game.views.news import NewsItem, news_items
from game.views.weapons import are_bombs
from tests.views.handmade import BOOK, SCENARIO, position, site, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
K1, TAJI, EMBASSY = site("k1"), site("taji"), site("embassy")
PLACES = {where: BOOK.sites[where].name for where in (K1, TAJI, EMBASSY)}


def fire(source: Source, where: int = K1, **counts: float) -> dict[str, Any]:
    """Fields of an outcome: fire by one source, one attack of one round unless told otherwise."""
    counts = {"attacks": 1, "rounds": 1, "site": where} | counts
    return {f"fire_{name}": {source: count} for name, count in counts.items()}


def texts(given: dict[str, Any] | None = None, **happened: Any) -> list[str]:
    return [h.text for h in happenings(SCENARIO, turn_of(given, **happened))]


def test_of_a_turn_in_which_nothing_happened_nothing_is_told() -> None:
    turn = turn_of()
    assert happenings(SCENARIO, turn) == []
    assert spoken(SCENARIO, turn) == []
    assert whispered(SCENARIO, turn) == []


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({}, "fired one round at {at}, none on target; nobody was killed."),
        ({"rounds": 2, "hits": 1}, "fired two rounds at {at}, one on target; nobody was killed."),
        (
            {"rounds": 31, "hits": 12, "us_killed": 1, "rung": 5},
            "fired 31 rounds at {at}, 12 on target; one American was killed.",
        ),
        (
            {"us_killed": 2, "hits": 1},
            "fired one round at {at}, one on target; two Americans were killed.",
        ),
        (
            {"us_killed": 1, "iraqi_killed": 1},
            "fired one round at {at}, none on target; one American and one Iraqi were killed.",
        ),
        (
            {"coalition_killed": 1},
            "fired one round at {at}, none on target; one partner's soldier was killed.",
        ),
        (
            {"coalition_killed": 2, "iraqi_killed": 2},
            "fired one round at {at}, none on target; two partners' soldiers and two Iraqis were "
            "killed.",
        ),
        (
            {"us_wounded": 1},
            "fired one round at {at}, none on target; nobody was killed, one American wounded.",
        ),
        (
            {"us_killed": 1, "us_wounded": 2},
            "fired one round at {at}, none on target; one American was killed, two Americans "
            "wounded.",
        ),
        (
            {"attacks": 2, "rounds": 9, "hits": 2},
            "fired nine rounds in two attacks, the worst of them on {at}, two on target; nobody "
            "was killed.",
        ),
    ],
)
def test_fire_is_told_to_the_letter(counts: dict[str, float], text: str) -> None:
    for where, name in PLACES.items():
        (line,) = texts(**fire(Source.MILITIA, where, **counts))
        assert line == "The militias " + text.format(at=name)


@pytest.mark.parametrize(
    ("source", "given", "who", "veil"),
    [
        (Source.MILITIA, {"MILITIA": "harass"}, "The militias", UNSIGNED),
        (Source.SPLINTER, {}, "A splinter cell, on its own,", UNSIGNED),
        (Source.THIRD_PARTY, {}, "Somebody else, such as ISIS,", UNSIGNED),
        (Source.IRAN, {"IRAN": "deniable_strike"}, "Iran", UNSIGNED),
        (Source.IRAN, {"IRAN": "missile_strike"}, "Iran", ""),
        # What one source signs does not sign for another.
        (Source.SPLINTER, {"IRAN": "missile_strike"}, "A splinter cell, on its own,", UNSIGNED),
        (Source.MILITIA, {"IRAN": "missile_strike"}, "The militias", UNSIGNED),
    ],
)
def test_who_fired_is_told_with_what_was_known_of_it(
    source: Source, given: dict[str, Any], who: str, veil: str
) -> None:
    one, *unfired = happenings(SCENARIO, turn_of(given, **fire(source, rung=4)))
    assert all("led to no attack" in other.text for other in unfired)
    assert one.text.startswith(f"{who} fired one round at ")
    assert (one.rung, one.veil) == (4, veil)


@pytest.mark.parametrize("guidance", [-1, 0, 1])
def test_fire_that_tehran_asked_for_is_told_so(guidance: int) -> None:
    (ours,) = texts(asked=guidance, **fire(Source.MILITIA))
    assert ours.startswith("The militias, as Tehran had asked, fired") == (guidance > 0)
    for source in (Source.SPLINTER, Source.THIRD_PARTY, Source.IRAN):
        (others,) = texts(asked=guidance, **fire(source))
        assert "as Tehran had asked" not in others


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({}, "set off one bomb beside a convoy near {at}, none on target; nobody was killed."),
        (
            {"rounds": 2, "hits": 1},
            "set off two bombs beside convoys near {at}, one on target; nobody was killed.",
        ),
        (
            {"attacks": 2, "rounds": 3},
            "set off three bombs beside convoys in two attacks, the worst of them near {at}, none "
            "on target; nobody was killed.",
        ),
    ],
)
def test_bombs_go_off(counts: dict[str, float], text: str) -> None:
    (line,) = texts({"MILITIA": "roadside_bombs"}, **fire(Source.MILITIA, TAJI, **counts))
    assert line == "The militias " + text.format(at=PLACES[TAJI])
    others = texts({"MILITIA": "roadside_bombs"}, **fire(Source.SPLINTER, TAJI, **counts))
    assert others[1:] == ["An order of the militias led to no attack: roadside bombs."]
    assert "bomb" not in others[0]


def test_the_gravest_comes_first() -> None:
    happened = fire(Source.MILITIA, rung=3)
    for name, counts in fire(Source.SPLINTER, rung=5).items():
        happened[name] = happened[name] | counts
    told_of = happenings(SCENARIO, turn_of({"US": "sanction"}, protest=True, **happened))
    rungs = [h.rung for h in told_of]
    assert rungs == [5, 3, BOOK.deeds[US][BOOK.deed(US, "sanction")].rung, 0]


# --- deeds


@pytest.mark.parametrize("seat", SEATS)
def test_every_deed_is_told_by_how_open_it_was(seat: Seat) -> None:
    """Open deeds as the news had them, deniable ones with the name behind them, covert ones as
    what was ordered; fire that came of an order, and holding, are told elsewhere.
    """
    capital = ("Washington", "Tehran", "the militias", "Baghdad")[seat]
    start = capital[0].upper() + capital[1:]
    for deed in BOOK.deeds[seat]:
        found = happenings(SCENARIO, turn_of({seat.name: deed.id}, deed_site={seat: EMBASSY}))
        if deed.id == "hold":
            assert found == []
            continue
        (one,) = found
        if deed.fire is not None:
            name = deed.name[0].lower() + deed.name[1:]
            assert one == (0, f"An order of {capital} led to no attack: {name}.", HIDDEN)
            continue
        report = deed.report.format(site=PLACES[EMBASSY]).removesuffix(".")
        assert one.rung == deed.rung
        if deed.visibility == "covert":
            name = deed.name[0].lower() + deed.name[1:]
            assert one[1:] == (f"{start}, unseen by the others: {name}.", HIDDEN)
        elif deed.visibility == "deniable":
            assert one[1:] == (f"{report} (it was {capital}).", UNSIGNED)
        elif deed.strike is not None:
            assert one[1:] == (f"{report}; nobody was killed.", "")
        else:
            assert one[1:] == (f"{report}.", "")


def test_an_abbreviation_keeps_its_capitals() -> None:
    assert [lowered(n) for n in ("Arm the militias", "UN appeal", "A", "")] == [
        "arm the militias", "UN appeal", "a", "",
    ]  # fmt: skip


def test_a_deed_of_no_place_is_at_an_undisclosed_one() -> None:
    (line,) = texts({"US": "strike_fighters"})
    assert "at an undisclosed place and elsewhere; nobody" in line


@pytest.mark.parametrize(
    ("after", "happened", "toll"),
    [
        ({}, {}, "nobody was killed"),
        ({"iran_dead": 1}, {}, "one Iranian was killed"),
        ({"iran_dead": 2}, {}, "two Iranians were killed"),
        ({}, {"strike_militia_killed": 1}, "one militiaman was killed"),
        ({}, {"strike_iraqi_killed": 1}, "one Iraqi soldier or policeman was killed"),
        (
            {"iran_dead": 1},
            {
                "strike_militia_killed": 25,
                "strike_iraqi_killed": 2,
                "strike_civilians_killed": 1,
                "strike_rockets": 1,
            },
            "one Iranian, 25 militiamen, two Iraqi soldiers and police and one civilian were "
            "killed, one rocket destroyed",
        ),
        ({}, {"strike_rockets": 2}, "nobody was killed, two rockets destroyed"),
    ],
)
def test_a_strike_is_told_with_its_toll(
    after: dict[str, float], happened: dict[str, float], toll: str
) -> None:
    buried = position(iran_dead=7)
    rise = {name: 7 + count for name, count in after.items()}
    turn = turn_of({"US": "strike_depots"}, before=buried, after=rise, **happened)
    (one,) = happenings(SCENARIO, turn)
    assert one.text.split("; ")[-1] == toll + "."


# --- chance and politics, and a table of what is veiled from whom

EVERYBODY = frozenset(SEATS)
NOBODY = frozenset[Seat]()
BY_CHANCE: list[tuple[str, Any, str, frozenset[Seat]]] = [
    ("shirked", True, "The militias did not do what Tehran had asked.", NOBODY),
    ("caught", True, "Tehran found out.", frozenset({IRAN, MILITIA})),
    (
        "leaked",
        True,
        "Washington's notice of its strike reached the militias.",
        frozenset({MILITIA}),
    ),
    (
        "tip_off_known",
        True,
        "The militias learnt that Baghdad had warned the Americans.",
        frozenset({MILITIA}),
    ),
    (
        "discredited",
        True,
        "The reason that Washington gave for its force did not hold.",
        EVERYBODY,
    ),
    ("vote_failed", True, "A vote in parliament came to nothing.", EVERYBODY),
    (
        "show_of_force",
        True,
        "Armed militiamen drove to the gates of the Green Zone.",
        EVERYBODY,
    ),
    ("protest", True, "A wave of protest filled the streets of Iraqi cities.", EVERYBODY),
    (
        "finding",
        Cause.TEHRAN,
        "Baghdad's investigators point to the militias on Tehran's order, or Tehran itself.",
        EVERYBODY,
    ),
    (
        "finding",
        Cause.SPLINTER,
        "Baghdad's investigators point to a splinter cell.",
        EVERYBODY,
    ),
    ("detained", 1, "Taken into custody: one militiaman.", EVERYBODY),
    ("detained", 2, "Taken into custody: two militiamen.", EVERYBODY),
    ("released", 1, "Set free again: one militiaman.", EVERYBODY),
    ("released", 14, "Set free again: 14 militiamen.", EVERYBODY),
    ("revised", 1, "Added to the wounded of earlier attacks: one American.", EVERYBODY),
    ("revised", 2, "Added to the wounded of earlier attacks: two Americans.", EVERYBODY),
]


def read_by(given: dict[str, Any] | None, seat: Seat, **happened: Any) -> list[NewsItem]:
    """What reached a seat of a turn, its own deed and holding aside."""
    learnt = account(SCENARIO.setting, turn_of(given, **happened).outcome, seat)
    idle = account(SCENARIO.setting, turn_of().outcome, seat)
    usual = news_items(SCENARIO, idle)
    return [item for item in news_items(SCENARIO, learnt) if item not in usual]


@pytest.mark.parametrize(("name", "value", "text", "readers"), BY_CHANCE)
def test_what_nobody_ordered_is_told_and_to_whom(
    name: str, value: Any, text: str, readers: frozenset[Seat]
) -> None:
    (one,) = happenings(SCENARIO, turn_of(**{name: value}))
    assert one == (0, text, "" if readers == EVERYBODY else HIDDEN)
    told_to = {seat for seat in SEATS if read_by(None, seat, **{name: value})}
    assert told_to == readers


@pytest.mark.parametrize("actor", SEATS)
def test_a_deed_reaches_those_who_may_know_of_it(actor: Seat) -> None:
    """Open: everybody learns whose it was. Deniable: the others learn that it happened. Covert:
    they learn nothing. Its own seat always knows.
    """
    for deed in BOOK.deeds[actor]:
        if deed.id == "hold" or deed.fire is not None:
            continue
        for reader in SEATS:
            found = read_by({actor.name: deed.id}, reader, deed_site={actor: TAJI})
            about = [item for item in found if item.kind in ("deed", "strike")]
            if reader is not actor and deed.visibility == "covert":
                assert about == [], deed.id
                continue
            (one,) = about
            signed = reader is actor or deed.visibility == "public"
            assert (one.by, one.site) == (actor if signed else None, TAJI)
            assert one.rung == (deed.rung if signed else 0)
            report = deed.report.format(site=PLACES[TAJI])
            if reader is not actor:
                assert one.text == report
            elif deed.visibility == "covert":
                assert one.text == f"Your action, “{deed.name}”: nobody saw it."
            else:
                assert one.text == f"Your action, “{deed.name}”: {report}"


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_that_held_is_told_so(seat: Seat) -> None:
    hold = BOOK.deeds[seat][0]
    mine = news_items(SCENARIO, account(SCENARIO.setting, turn_of().outcome, seat))
    (own,) = (item for item in mine if item.by is seat)
    assert own.text == (f"You held: {hold.report}" if hold.signed else "You held.")
    for other in seat.rivals:
        theirs = news_items(SCENARIO, account(SCENARIO.setting, turn_of().outcome, other))
        assert [i.text for i in theirs if i.by is seat] == [hold.report] * hold.signed


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("deed", [d.id for d in BOOK.deeds[IRAN] if d.fire is not None])
def test_fire_is_placed_by_those_who_may_know(source: Source, deed: str) -> None:
    signed = BOOK.deeds[IRAN][BOOK.deed(IRAN, deed)].signed
    hands = {Source.MILITIA: MILITIA, Source.IRAN: IRAN}
    for reader in SEATS:
        found = read_by({"IRAN": deed, "MILITIA": "harass"}, reader, **fire(source, rung=4))
        (seen,) = (item for item in found if item.kind == "fire")
        knows = reader is hands.get(source) or (source is Source.IRAN and signed)
        assert seen.by == (hands[source] if knows else None)
        assert (seen.site, seen.rung) == (K1, 4)


def test_bombs_are_bombs_to_those_who_laid_them() -> None:
    bombs = {"MILITIA": "roadside_bombs"}
    assert are_bombs(BOOK.deeds[MILITIA][BOOK.deed(MILITIA, "roadside_bombs")].fire)
    for reader in SEATS:
        (seen,) = (i for i in read_by(bombs, reader, **fire(Source.MILITIA)) if i.kind == "fire")
        assert ("bomb of your men" in seen.text) == (reader is MILITIA)
        assert ("rocket or bomb" in seen.text) == (reader is not MILITIA)
        (other,) = (i for i in read_by(bombs, reader, **fire(Source.SPLINTER)) if i.kind == "fire")
        assert "your men" not in other.text


# --- what was said


def test_what_was_said_in_public_is_told_by_everybody_s_name() -> None:
    turn = turn_of(
        {
            "US": ("hold", "threaten>IRAN:5", "notice>IRAQ"),
            "IRAN": ("hold", "condemn>US", "strike>MILITIA"),
            "MILITIA": ("hold", "claim_facade"),
            "IRAQ": ("hold", "appeal", "tip_off>US"),
        }
    )
    assert spoken(SCENARIO, turn) == [
        "Washington warned Iran: an act of rung 5 (attack that kills) or higher would be answered.",
        "Tehran condemned the United States.",
        "A name that nobody had heard before claimed the attack (it was the militias).",
        "Baghdad took the matter to the United Nations and to allies.",
    ]
    assert whispered(SCENARIO, turn) == [
        "Washington told the Iraqi government in private what was about to happen, and where.",
        "Tehran told the militias in private to hit the Americans.",
        "Baghdad warned the United States in private of an attack that Iraqi officers expected.",
    ]


def test_a_message_reaches_its_two_ends_and_nobody_else() -> None:
    given = {"IRAN": ("hold", "strike>MILITIA")}
    texts_by_reader = {
        reader: [i.text for i in read_by(given, reader) if i.kind == "whisper"] for reader in SEATS
    }
    assert texts_by_reader == {
        US: [],
        IRAN: ["You told the militias in private to hit the Americans."],
        MILITIA: ["Tehran told you in private to hit the Americans."],
        IRAQ: [],
    }


def test_a_word_under_a_new_name_is_placed_by_its_speaker_alone() -> None:
    for reader in SEATS:
        (item,) = (
            i for i in read_by({"MILITIA": ("hold", "claim_facade")}, reader) if i.kind == "word"
        )
        assert item.by == (MILITIA if reader is MILITIA else None)
        assert item.text == "A name that nobody had heard before claimed the attack."
