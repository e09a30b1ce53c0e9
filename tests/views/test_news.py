"""News in full sentences, for every kind of happening, in every seat's own place."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from itertools import product

import pytest

from game.rules.account import Account, SeenDeed, Spoken, StrikeToll, Whispered, account
from game.rules.observe import Sighting
from game.rules.outcome import Source
from game.rules.seats import PAIRS, SEATS, Cause, Seat
from game.rules.state import NO_LINE
from game.views.names import CAPITALS, CAUSE_NAMES, SEAT_NAMES, counted, listed, number, sentence
from game.views.news import news, news_items
from tests.common import SCENARIOS, random_film, scenario, setting


@cache
def told(scenario_id: str) -> list[tuple[Account, list[str]]]:
    """Every seat's account of every turn of random games, 600 turns or more, with the news made of
    it.
    """
    rules, read = setting(scenario_id), scenario(scenario_id)
    games = max(50, 600 // rules.turns)
    found = []
    for moment in random_film(scenario_id, games)[1:]:
        for game in range(games):
            for seat in SEATS:
                learnt = account(rules, moment.outcome, seat, game)
                found.append((learnt, news(read, learnt)))
    return found


@cache
def complaints(line: str) -> tuple[str, ...]:
    """What is wrong with a line of news."""
    return tuple(_complaints(line))


def _complaints(line: str) -> Iterator[str]:
    if not re.match(r"[A-Z0-9“]", line):
        yield "no capital or figure at its start"
    if not re.search(r"[.!?]”?$", line):
        yield "no full stop at its end"
    if re.search(r"[{}<>_|\\]|\bNone\b|\bnan\b|\bSeat\b|True|False", line):
        yield "a piece of code in it"
    if re.search(r"\s\s|\s[.,;:!?]|^\s|\s$", line):
        yield "a space too many"
    if re.search(r"\.\.|,,|[,;:]\.|\.,", line):
        yield "two stops in a row"
    if line.count("“") != line.count("”") or line.count("(") != line.count(")"):
        yield "a quotation or bracket that is not closed"
    if re.search(r"\b(?:US|IRAN|MILITIA|IRAQ)\b", line):
        yield "a seat by its code"
    if re.search(r"(?<!\w)-\d", line):
        yield "a negative number"
    if re.search(
        r"\b(?:[Oo]ne|1) (?:\w+ )?(?:rounds|Americans|rockets|men|attacks|Iraqis)\b", line
    ):
        yield "one of many"
    if re.search(r"\b(?:you|You|militias|[Tt]wo|[Tt]hree) (?:was|has|is)\b", line):
        yield "a verb in the wrong number"
    if re.search(r"\bno (?:round|attack)s?\b.*\b(?:one|two|three|\d+) on target", line):
        yield "hits without rounds"
    if re.search(r"\bnone rounds|no rounds fired", line):
        yield "an attack of nothing"


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_all_news_is_in_sentences(scenario_id: str) -> None:
    wrong: Counter[str] = Counter()
    lines = 0
    for learnt, lines_told in told(scenario_id):
        assert lines_told, "there is always something to read"
        for line in lines_told:
            lines += 1
            for complaint in complaints(line):
                wrong[f"{complaint}, for {learnt.seat.name}: {line}"] += 1
    assert lines > 5000
    assert not wrong, "\n".join(text for text, _ in wrong.most_common(10))


def test_the_complaints_find_what_is_wrong() -> None:
    for line in (
        "an attack.", "An attack", "An {attack}.", "Attack on al_asad.", "None was killed at None.",
        "Two  spaces.", "A space .", "Two stops..", "“Not closed.", "IRAN spoke.",
        "One rounds fired.",
        "You was told.", "Minus -3 men.", "An attack on Taji: no rounds fired, none on target.",
    ):  # fmt: skip
        assert complaints(line), line
    assert not (complaints("“Hold”: 31 rounds fired, one on target; nobody was killed."))


SOME_SEATS_ONLY = {
    "disobeyed": (Seat.IRAN,), "found_out": (Seat.MILITIA,), "tip_off_known": (Seat.MILITIA,),
    "notice_leaked": (Seat.MILITIA,), "asked": (Seat.IRAN, Seat.MILITIA),
    "revealed": (Seat.US, Seat.IRAN),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [f.name for f in fields(Account) if f.name not in ("seat", "turn")]
)
@pytest.mark.parametrize("seat", SEATS)
def test_random_games_tell_of_every_kind_of_happening(name: str, seat: Seat) -> None:
    """Without this, the test above might look at few kinds of sentences."""
    happened = any(
        getattr(learnt, name) not in (0, False, None, ())
        for scenario_id in ("the_article", "the_road_not_taken")
        for learnt, _ in told(scenario_id)
        if learnt.seat is seat
    )
    assert happened == (seat in SOME_SEATS_ONLY.get(name, SEATS))


# --- what exactly is said


def blank(seat: Seat) -> Account:
    """A turn in which nothing reached the seat."""
    return Account(
        seat=seat, turn=1, deeds=(), own_deed=0, words=(), whispers=(), deals=(), sightings=(),
        strike=None, cabinet_formed=False, right_answer=False, wrong_answer=False, aired=False,
        asked=0, revealed=None, others_answered=(), others_lapsed=(),
        us_wounded_reported=0, revised=0, protest=False, discredited=False, finding=None,
        detained=0, released=0, show_of_force=False, vote_failed=False, disobeyed=False,
        found_out=False, tip_off_known=False, notice_leaked=False, evidence=None, crossed=(),
        answered=(), lapsed=(), attacks=0, us_killed=0, rung=0,
    )  # fmt: skip


def news_of(seat: Seat, **happened: object) -> list[str]:
    learnt = blank(seat)
    told_of = {f.name: getattr(learnt, f.name) for f in fields(Account)} | happened
    return news(scenario("the_article"), Account(**told_of))


def attack(**seen: int | Source | None) -> Sighting:
    site = setting("the_article").rulebook.site("k1")
    plain = {
        "site": site, "attacks": 1, "rounds": 1, "hits": 0, "us_killed": 0, "coalition_killed": 0,
        "iraqi_killed": 0, "rung": 3, "by": None,
    }  # fmt: skip
    return Sighting(**(plain | seen))


def test_nothing_is_news_too() -> None:
    assert news_of(Seat.US) == ["Nothing happened that reached you."]


def test_an_attack() -> None:
    place = setting("the_article").rulebook.sites[attack().site].name
    (line,) = news_of(Seat.US, sightings=(attack(),))
    assert line == f"An attack on {place}: one rocket or bomb, none on target; nobody was killed."
    (line,) = news_of(
        Seat.US, sightings=(attack(rounds=31, hits=12, us_killed=1, iraqi_killed=2, rung=5),)
    )
    assert line == (
        f"An attack on {place}: 31 rockets or bombs, 12 on target; "
        "one American and two Iraqis were killed."
    )
    (line,) = news_of(Seat.US, sightings=(attack(attacks=3, rounds=9, hits=1, us_killed=1),))
    assert line == (
        f"Three attacks, the worst of them on {place}: nine rockets or bombs in all, "
        "one on target; one American was killed."
    )


@pytest.mark.parametrize(
    ("seat", "by", "told_as"),
    [
        (Seat.MILITIA, Source.MILITIA, "by your men"),
        (Seat.IRAN, Source.IRAN, "by your forces"),
        (Seat.US, Source.IRAN, "by Iran"),
    ],
)
def test_who_fired_where_it_is_known(seat: Seat, by: Source, told_as: str) -> None:
    line, *_ = news_of(seat, sightings=(attack(by=by),))
    assert f"An attack {told_as} on " in line


def test_a_strike_is_counted_by_each_in_its_own_way() -> None:
    toll = StrikeToll(site=0, militia_killed=25, iraqi_killed=1, civilians_killed=2, rockets=None)
    strike = (signed_deed(Seat.US, "strike_depots"),)
    for seat in SEATS:
        deed, dead, buried = news_of(seat, strike=toll, deeds=strike)
        assert "American aircraft struck militia weapons depots" in deed
        assert "one soldier or policeman and two civilians" in dead
        assert ("does not confirm" in dead) == (seat is not Seat.IRAQ)
        assert ("your own command" in dead) == (seat is Seat.US)
        assert ("your strike" in dead) == (seat is Seat.US)
        assert ("Your officials" in dead) == (seat is Seat.IRAQ)
        assert buried == (
            "You bury 25 men." if seat is Seat.MILITIA else "The militias bury 25 men."
        )
    lines = news_of(Seat.MILITIA, strike=replace(toll, rockets=1), deeds=strike)
    assert lines[-1] == "The strike destroyed one rocket of yours."


def signed_deed(actor: Seat, deed_id: str) -> SeenDeed:
    book = setting("the_article").rulebook
    index = book.deed(actor, deed_id)
    return SeenDeed(actor, index, book.deeds[actor][index].report, 0)


@pytest.mark.parametrize("seat", SEATS)
def test_signed_missiles_are_told_once_before_what_they_did_and_before_other_fire(
    seat: Seat,
) -> None:
    lines = news_of(
        seat,
        deeds=(signed_deed(Seat.US, "sanction"), signed_deed(Seat.IRAN, "missile_strike")),
        sightings=(attack(rounds=3), attack(by=Source.IRAN, rounds=16, hits=11)),
    )
    assert "Iran fired ballistic missiles" in lines[0]
    assert lines[1] == "16 missiles fired, 11 on target; nobody was killed."
    assert lines[2].startswith("An attack on ")
    assert "sanctions" in lines[3]
    assert len(lines) == 4


def test_unsigned_missiles_are_told_beside_somebody_elses_signed_force() -> None:
    """Only Iran's own signed missiles are told with their toll."""
    strike, own = signed_deed(Seat.US, "strike_depots"), attack(by=Source.IRAN)
    lines = news_of(Seat.IRAN, deeds=(strike,), sightings=(own,))
    assert "American aircraft struck" in lines[0]
    assert lines[1].startswith("An attack by your forces on ")
    quiet = signed_deed(Seat.IRAN, "seek_talks")
    lines = news_of(Seat.IRAN, deeds=(quiet,), sightings=(own,))
    assert lines[0].startswith("An attack by your forces on ")


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_no_toll_is_told_before_its_strike(scenario_id: str) -> None:
    strikes = [lines for learnt, lines in told(scenario_id) if learnt.strike is not None]
    assert strikes
    for lines in strikes:
        first = next(i for i, line in enumerate(lines) if "American" in line)
        toll = next(
            i for i, line in enumerate(lines) if re.search("(Baghdad|officials) (say|count)", line)
        )
        assert first < toll, lines


@pytest.mark.parametrize(
    ("seat", "happened", "line"),
    [
        (Seat.US, {"us_wounded_reported": 1}, "One American is reported wounded."),
        (Seat.US, {"us_wounded_reported": 39}, "39 Americans are reported wounded."),
        (Seat.IRAQ, {"detained": 14}, "Your forces took 14 militiamen into custody."),
        (Seat.IRAQ, {"released": 1}, "One detained militiaman was set free."),
        (
            Seat.IRAN,
            {"finding": Cause.SPLINTER},
            "Baghdad's investigators point to a splinter cell.",
        ),
        (
            Seat.US,
            {"crossed": (Seat.IRAN,)},
            "In the eyes of the world, Iran crossed your line at rung 5 (attack that kills): you "
            "owe an answer.",
        ),
        (
            Seat.US,
            {"lapsed": (Seat.MILITIA,)},
            "In the eyes of the world, you let pass what the militias had done: your line at rung "
            "5 (attack that kills) counts for less.",
        ),
    ],
)
def test_a_line(seat: Seat, happened: dict[str, object], line: str) -> None:
    assert news_of(seat, **happened) == [line]


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        ({"us_wounded_reported": 2}, "Two Americans are reported wounded."),
        (
            {"revised": 1},
            "One more American was reported wounded in earlier attacks: first figures had been "
            "incomplete.",
        ),
        (
            {"revised": 2},
            "Two more Americans were reported wounded in earlier attacks: first figures had been "
            "incomplete.",
        ),
        ({"protest": True}, "A wave of protest filled the streets of Iraqi cities."),
        (
            {"discredited": True},
            "The reason that Washington gave for its use of force did not hold: nobody could name "
            "the facts behind it.",
        ),
        (
            {"vote_failed": True},
            "The vote came to nothing: too few members of parliament were in the hall.",
        ),
        (
            {"finding": Cause.TEHRAN},
            "Baghdad's investigators point to the militias on Tehran's order, or Tehran itself.",
        ),
        ({"detained": 1}, "Iraqi forces took one militiaman into custody."),
        ({"detained": 2}, "Iraqi forces took two militiamen into custody."),
        (
            {"show_of_force": True},
            "Armed militiamen drove to the gates of the Green Zone and asked for their men.",
        ),
        ({"released": 2}, "Two detained militiamen were set free."),
        (
            {"cabinet_formed": True},
            "Iraq has a government with full powers again: the caretaker has handed over.",
        ),
    ],
)
def test_what_is_public_is_told_alike_to_every_seat(happened: dict[str, object], line: str) -> None:
    """But for those of whom it tells: they read "you"."""
    for seat in SEATS:
        assert news_of(seat, **happened) == [OF_ITSELF.get((seat, line), line)]


OF_ITSELF = {
    (
        Seat.US,
        "The reason that Washington gave for its use of force did not hold: nobody could name "
        "the facts behind it.",
    ): "The reason that you gave for your use of force did not hold: nobody could name the facts "
    "behind it.",
    (
        Seat.IRAN,
        "Baghdad's investigators point to the militias on Tehran's order, or Tehran itself.",
    ): "Baghdad's investigators point to you, or the militias on your order.",
    (
        Seat.MILITIA,
        "Baghdad's investigators point to the militias on Tehran's order, or Tehran itself.",
    ): "Baghdad's investigators point to your men on Tehran's order, or Tehran itself.",
    (
        Seat.IRAQ,
        "Baghdad's investigators point to the militias on Tehran's order, or Tehran itself.",
    ): "Your investigators point to the militias on Tehran's order, or Tehran itself.",
    (
        Seat.MILITIA,
        "Iraqi forces took one militiaman into custody.",
    ): "Iraqi forces took one of your men into custody.",
    (
        Seat.MILITIA,
        "Iraqi forces took two militiamen into custody.",
    ): "Iraqi forces took two of your men into custody.",
    (
        Seat.IRAQ,
        "Iraqi forces took one militiaman into custody.",
    ): "Your forces took one militiaman into custody.",
    (
        Seat.IRAQ,
        "Iraqi forces took two militiamen into custody.",
    ): "Your forces took two militiamen into custody.",
    (
        Seat.MILITIA,
        "Armed militiamen drove to the gates of the Green Zone and asked for their men.",
    ): "Your armed men drove to the gates of the Green Zone and asked for their comrades.",
    (
        Seat.MILITIA,
        "Two detained militiamen were set free.",
    ): "Two detained men of yours were set free.",
}
"""What a seat reads of itself, by what the others read."""


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("scenario_id", ["the_article", "ten_days_in_january"])
def test_nobody_reads_of_itself_as_of_somebody_else(scenario_id: str, seat: Seat) -> None:
    """Whole random games: what a seat does, loses and says is told it as "you"."""
    of_itself = {
        Seat.US: r"(?i)^washington |that washington gave|the american strike",
        Seat.IRAN: r"(?i)^tehran (warned|told|said|claimed|praised|denied|accused|condemned)",
        Seat.MILITIA: r"(?i)^the militias (bury|warned|told|said|claimed|praised|denied)",
        Seat.IRAQ: r"(?i)^baghdad (says|counts|warned|told|said|denied|accused)|baghdad's inv",
    }[seat]
    lines = [line for learnt, lines in told(scenario_id) if learnt.seat is seat for line in lines]
    assert lines
    assert not [line for line in lines if re.search(of_itself, line)]


def test_news_of_a_turn_comes_in_its_order() -> None:
    lines = news_of(
        Seat.MILITIA, us_wounded_reported=1, revised=1, protest=True, discredited=True,
        vote_failed=True, finding=Cause.MILITIA, detained=1, show_of_force=True, released=1,
        found_out=True, notice_leaked=True, tip_off_known=True,
    )  # fmt: skip
    assert [line.split()[0] for line in lines] == [
        "One", "One", "A", "The", "The", "Baghdad's", "Iraqi", "Your", "One", "Tehran", "A", "You",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        (
            {"disobeyed": True},
            "Your officers report that the militias did not do as you had asked.",
        ),
        (
            {"found_out": True},
            "Tehran knows that you did not do as it had asked, and is displeased.",
        ),
        (
            {"notice_leaked": True},
            "A friend warned you that the Americans were coming.",
        ),
        (
            {"tip_off_known": True},
            "You learnt that officers in Baghdad had warned the Americans of your fire.",
        ),
    ],
)
def test_what_one_seat_learns_in_private(happened: dict[str, object], line: str) -> None:
    assert news_of(Seat.MILITIA, **happened) == [line]


def test_whether_the_right_one_was_struck_is_read_by_everybody() -> None:
    for seat, washington, struck in (
        (Seat.US, "you", "the militias"),
        (Seat.MILITIA, "Washington", "you"),
        (Seat.IRAQ, "Washington", "the militias"),
    ):
        (right,) = news_of(seat, right_answer=True)
        about = f"what {washington} struck {struck} for"
        assert right == f"It became known that {struck} had done {about}."
        (wrong,) = news_of(seat, wrong_answer=True)
        assert wrong.startswith(f"It became known that {struck} had not done {about}:")
        (false,) = news_of(seat, aired=True)
        whose = "your" if seat is Seat.US else "Washington's"
        assert false == f"It came out that {whose} accusation was false."


def test_everybody_watches_whether_lines_are_kept() -> None:
    kept = news_of(Seat.IRAQ, others_answered=((Seat.US, Seat.MILITIA),))
    assert kept == ["In the eyes of the world, Washington answered the militias: a line was kept."]
    passed = news_of(Seat.MILITIA, others_lapsed=((Seat.US, Seat.MILITIA),))
    assert passed == ["Washington let pass what you had done: all have seen a line not kept."]


def test_tehran_reads_whether_it_was_heeded_as_far_as_it_can_tell() -> None:
    assert news_of(Seat.IRAN, asked=-1) == [
        "As far as your officers can tell, the militias ordered what you had last asked: to hold "
        "back."
    ]
    (caught,) = news_of(Seat.IRAN, asked=-1, disobeyed=True)
    assert "did not do as you had asked" in caught


def test_who_broke_into_systems_reads_what_they_told() -> None:
    assert news_of(Seat.US, revealed=Cause.SPLINTER) == [
        "What your people read in broken systems points to a splinter cell."
    ]


def test_the_campaign_keeps_its_own_pace() -> None:
    """Fire is told by what was fired: an order may bring none, and none may be needed."""
    book = setting("the_article").rulebook
    harass = book.deed(Seat.MILITIA, "harass")
    (nothing,) = news_of(Seat.MILITIA, own_deed=harass)
    assert (
        nothing == "Your action, “Harassing fire”: no attack came of it before the turn was over."
    )
    fired = (attack(by=Source.MILITIA, attacks=2, rounds=5),)
    told = news_of(Seat.MILITIA, own_deed=book.deed(Seat.MILITIA, "recruit"), sightings=fired)
    assert told[0].startswith("Two attacks by your men")
    assert told[1].startswith("You had ordered no fire")
    assert "two attacks" in told[1]
    assert len(news_of(Seat.MILITIA, own_deed=harass, sightings=fired)) == 1


def test_words_and_deeds_that_do_not_agree_are_told_to_the_world() -> None:
    book = setting("the_article").rulebook
    drawn = book.deed(Seat.US, "draw_down")
    deed = SeenDeed(Seat.US, drawn, book.deeds[Seat.US][drawn].report, -1)
    threat = Spoken(Seat.US, book.word("threaten"), Seat.MILITIA, 5)
    for seat, who in ((Seat.US, "you"), (Seat.IRAQ, "Washington")):
        lines = news_of(seat, deeds=(deed,), words=(threat,))
        told = f"What was said and what was done do not agree: {who} threatened the militias"
        assert sum(line.startswith(told) for line in lines) == 1
    calm = Spoken(Seat.US, book.word("threaten"), Seat.IRAQ, 5)
    assert not any("agree" in line for line in news_of(Seat.IRAQ, deeds=(deed,), words=(calm,)))


@pytest.mark.parametrize("cause", Cause)
def test_own_evidence_is_told_to_whoever_does_not_know_better(cause: Cause) -> None:
    """The militias know their own hand; of others they speak as of somebody's else."""
    for seat in (Seat.US, Seat.IRAN, Seat.IRAQ):
        named = CAUSE_NAMES[cause]
        if (seat, cause) == (Seat.IRAN, Cause.TEHRAN):
            named = "the militias on your order"
        assert news_of(seat, evidence=cause) == [
            f"Your own evidence on the last attack points to {named}."
        ]
    if cause in (Cause.TEHRAN, Cause.MILITIA):
        assert news_of(Seat.MILITIA, evidence=cause) == news_of(Seat.MILITIA)
    else:
        assert news_of(Seat.MILITIA, evidence=cause) == [
            f"Your own people lay the last attack at the door of {CAUSE_NAMES[cause]}."
        ]


DEAD = [
    ({}, "nobody was killed"),
    ({"us_killed": 1}, "one American was killed"),
    ({"us_killed": 2}, "two Americans were killed"),
    ({"coalition_killed": 1}, "one soldier of a partner was killed"),
    ({"coalition_killed": 2}, "two soldiers of partners were killed"),
    ({"iraqi_killed": 1}, "one Iraqi was killed"),
    ({"iraqi_killed": 2}, "two Iraqis were killed"),
    (
        {"us_killed": 1, "coalition_killed": 1},
        "one American and one soldier of a partner were killed",
    ),
    (
        {"us_killed": 2, "coalition_killed": 1, "iraqi_killed": 1},
        "two Americans, one soldier of a partner and one Iraqi were killed",
    ),
]


@pytest.mark.parametrize(("counts", "dead"), DEAD)
def test_the_dead_of_an_attack(counts: dict[str, int], dead: str) -> None:
    place = setting("the_article").rulebook.sites[attack().site].name
    (line,) = news_of(Seat.IRAN, sightings=(attack(**counts),))
    assert line == f"An attack on {place}: one rocket or bomb, none on target; {dead}."


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        ({"rounds": 1}, "An attack by your men on {at}: one round fired, none on target"),
        (
            {"rounds": 2, "hits": 1},
            "An attack by your men on {at}: two rounds fired, one on target",
        ),
        (
            {"rounds": 2, "hits": 2, "attacks": 2},
            "Two attacks by your men, the worst of them on {at}: two rounds fired in all, two on "
            "target",
        ),
    ],
)
def test_ones_own_fire(seen: dict[str, int], line: str) -> None:
    """One and many attacks; and a place is a place, the first of the list too."""
    sites = setting("the_article").rulebook.sites
    for where in (0, 3):
        fired = (attack(site=where, by=Source.MILITIA, **seen),)
        harass = setting("the_article").rulebook.deed(Seat.MILITIA, "harass")
        (told_of,) = news_of(Seat.MILITIA, own_deed=harass, sightings=fired)
        assert told_of == line.format(at=sites[where].name) + "; nobody was killed."


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        (
            {},
            "One bomb of your men went off beside a convoy near {at}, none hit; nobody was killed.",
        ),
        (
            {"rounds": 2, "hits": 1, "us_killed": 1},
            "Two bombs of your men went off beside convoys near {at}, one hit; one American was "
            "killed.",
        ),
        (
            {"attacks": 2, "rounds": 2},
            "Two bombs of your men went off beside convoys, the worst of them near {at}, none hit; "
            "nobody was killed.",
        ),
    ],
)
def test_ones_own_bombs(seen: dict[str, int], line: str) -> None:
    book = setting("the_article").rulebook
    laid = book.deed(Seat.MILITIA, "roadside_bombs")
    (told_of,) = news_of(
        Seat.MILITIA, own_deed=laid, sightings=(attack(by=Source.MILITIA, **seen),)
    )
    assert told_of == line.format(at=book.sites[attack().site].name)


@pytest.mark.parametrize(
    ("counts", "toll"),
    [
        (
            {},
            "Your officials count no Iraqi soldier, policeman or civilian among the dead of the "
            "American strike.",
        ),
        (
            {"iraqi_killed": 1},
            "Your officials say that the American strike killed one soldier or policeman.",
        ),
        (
            {"iraqi_killed": 2, "civilians_killed": 1},
            "Your officials say that the American strike killed two soldiers and police and one "
            "civilian.",
        ),
        (
            {"civilians_killed": 2},
            "Your officials say that the American strike killed two civilians.",
        ),
    ],
)
def test_the_toll_of_a_strike_as_baghdad_counts_it(counts: dict[str, int], toll: str) -> None:
    nobody = StrikeToll(site=0, militia_killed=0, iraqi_killed=0, civilians_killed=0, rockets=None)
    lines = news_of(
        Seat.IRAQ, strike=replace(nobody, **counts), deeds=(signed_deed(Seat.US, "strike_depots"),)
    )
    assert lines[1:] == [toll]


def test_what_the_militias_lost_is_told_where_they_lost_it() -> None:
    toll = StrikeToll(site=0, militia_killed=1, iraqi_killed=0, civilians_killed=0, rockets=2)
    strike = (signed_deed(Seat.US, "strike_depots"),)
    *_, buried, rockets = news_of(Seat.MILITIA, strike=toll, deeds=strike)
    assert buried == "You bury one man."
    assert rockets == "The strike destroyed two rockets of yours."
    for lost in (None, 0):
        lines = news_of(Seat.MILITIA, strike=replace(toll, rockets=lost), deeds=strike)
        assert lines[-1] == buried


def test_a_debt_that_was_paid_is_told_with_its_line() -> None:
    assert news_of(Seat.US, answered=(Seat.IRAN,)) == [
        "In the eyes of the world, you answered Iran: your line at rung 5 (attack that kills) was "
        "kept."
    ]


def test_a_line_whose_rung_nobody_knows_is_told_without_it() -> None:
    opening = setting("the_article").opening
    seat, rival = next(pair for pair in PAIRS if opening.line[(*pair, 0)] == NO_LINE)
    assert news_of(seat, crossed=(rival,)) == [
        f"In the eyes of the world, {SEAT_NAMES[rival]} crossed your line: you owe an answer."
    ]


def test_the_line_is_the_one_toward_that_rival_by_a_word_that_draws_one() -> None:
    """A rival's threats and words that draw no line do not count."""
    book = setting("the_article").rulebook
    threat, blame = book.word("threaten"), book.word("condemn")
    said = replace(
        blank(Seat.US),
        words=(
            Spoken(Seat.US, threat, Seat.IRAN, 6),
            Spoken(Seat.US, threat, Seat.MILITIA, 4),
            Spoken(Seat.IRAN, threat, Seat.US, 3),
            Spoken(Seat.US, blame, Seat.IRAN, 0),
        ),
    )
    crossed = replace(blank(Seat.US), turn=2, crossed=(Seat.IRAN,))
    assert news(scenario("the_article"), crossed, (said,)) == [
        "In the eyes of the world, Iran crossed your line at rung 6 (strike on the militia): you "
        "owe an answer."
    ]
    lapsed = replace(blank(Seat.US), turn=5, lapsed=(Seat.IRAN,))
    twice = (said, crossed, replace(crossed, turn=3), replace(blank(Seat.US), turn=4))
    (line,) = news(scenario("the_article"), lapsed, twice)
    assert "what Iran had done in turn 3: your line at rung 6 " in line
    (unknown,) = news(scenario("the_article"), lapsed, (replace(blank(Seat.US), turn=4),))
    assert "what Iran had done: your line" in unknown


def test_words_are_told_as_their_reader_stands_to_them() -> None:
    book = setting("the_article").rulebook
    threat = Spoken(Seat.US, book.word("threaten"), Seat.IRAN, 5)
    rest = "an act of rung 5 (attack that kills) or higher would be answered."
    assert [news_of(seat, words=(threat,)) for seat in SEATS] == [
        [f"You warned Iran: {rest}"],
        [f"Washington warned you: {rest}"],
        [f"Washington warned Iran: {rest}"],
        [f"Washington warned Iran: {rest}"],
    ]
    hidden = Spoken(None, book.word("deny"), None, 0)
    assert news_of(Seat.US, words=(hidden,)) == [
        "Somebody denied any part in the attacks on the Americans."
    ]


@pytest.mark.parametrize(("where", "name"), [(0, True), (3, True), (-1, False)])
def test_a_deed_is_told_with_its_place(where: int, name: bool) -> None:
    book = setting("the_article").rulebook
    seen = replace(signed_deed(Seat.US, "strike_depots"), site=where)
    (line,) = news_of(Seat.IRAN, deeds=(seen,))
    place = book.sites[where].name if name else "an undisclosed place"
    assert line == sentence(seen.report.format(site=place))


def test_every_item_says_what_it_is() -> None:
    """Kind, place, hand and rung, for whoever draws the news on a map."""
    book = setting("the_article").rulebook
    strike, missiles = (
        signed_deed(Seat.US, "strike_depots"),
        signed_deed(Seat.IRAN, "missile_strike"),
    )
    unsigned = SeenDeed(None, None, "Something happened at {site}.", 4)
    learnt = replace(
        blank(Seat.MILITIA),
        deeds=(strike, missiles, signed_deed(Seat.IRAQ, "guard"), unsigned),
        strike=StrikeToll(site=0, militia_killed=1, iraqi_killed=0, civilians_killed=0, rockets=2),
        sightings=(
            attack(by=Source.IRAN, rung=8),
            attack(by=Source.MILITIA, rung=4, site=3),
            attack(rung=3, site=0),
        ),
        us_wounded_reported=1,
        protest=True,
        words=(Spoken(Seat.US, book.word("appeal"), None, 0),),
        whispers=(Whispered(Seat.IRAN, Seat.MILITIA, book.whisper("free_hand")),),
        found_out=True,
        crossed=(Seat.US,),
    )
    rung_of = {s.report: book.deeds[s.seat][s.deed].rung for s in (strike, missiles)}
    assert [item[1:] for item in news_items(scenario("the_article"), learnt)] == [
        ("strike", 0, Seat.US, rung_of[strike.report]),
        ("toll", -1, None, 0),
        ("toll", -1, None, 0),
        ("toll", -1, None, 0),
        ("strike", 0, Seat.IRAN, rung_of[missiles.report]),
        ("fire", attack().site, Seat.IRAN, 8),
        ("fire", 3, Seat.MILITIA, 4),
        ("fire", 0, None, 3),
        ("toll", -1, None, 0),
        ("deed", -1, None, 0),
        ("deed", 0, Seat.IRAQ, 0),
        ("deed", 4, None, 0),
        ("politics", -1, None, 0),
        ("word", -1, Seat.US, 0),
        ("whisper", -1, Seat.IRAN, 0),
        ("private", -1, None, 0),
        ("line", -1, None, 0),
    ]


def test_a_debt_is_told_with_its_line_and_its_turn() -> None:
    """The line is the one that was drawn last before the crossing."""
    threat = scenario("the_article").setting.rulebook.word("threaten")
    drawn = replace(
        blank(Seat.US),
        words=(Spoken(Seat.US, threat, Seat.IRAN, 7), Spoken(Seat.US, threat, Seat.MILITIA, 4)),
    )
    crossed = replace(blank(Seat.US), turn=2, crossed=(Seat.IRAN,))
    lapsed = replace(blank(Seat.US), turn=4, lapsed=(Seat.IRAN,))
    told = news(scenario("the_article"), lapsed, (drawn, crossed))
    assert told == [
        "In the eyes of the world, you let pass what Iran had done in turn 2: your line at rung 7 "
        "(strike on leaders) counts for less."
    ]
    [before] = news(scenario("the_article"), lapsed, (drawn,))
    assert "what Iran had done before turn 1" in before


def test_the_reader_is_called_you() -> None:
    lines = [
        line for learnt, lines in told("the_article") for line in lines
        if learnt.seat is Seat.US and any(spoken.seat is Seat.US for spoken in learnt.words)
    ]  # fmt: skip
    assert any(line.startswith("You ") for line in lines)
    for learnt, lines in told("the_article")[:4000]:
        own = CAPITALS[learnt.seat]
        for spoken in learnt.words:
            if spoken.seat is learnt.seat and learnt.seat is not Seat.MILITIA:
                assert not any(line.startswith(f"{own} warned") for line in lines)


def test_every_deed_is_told_in_sentences_to_every_seat() -> None:
    rules = setting("the_article").rulebook
    for reader, actor in product(SEATS, SEATS):
        for index, deed in enumerate(rules.deeds[actor]):
            known = actor is reader or deed.signed
            for site in (-1, 0, len(rules.sites) - 1):
                seen = SeenDeed(
                    actor if known else None, index if known else None, deed.report, site
                )
                (line,) = news_of(reader, deeds=(seen,))
                assert not complaints(line), line


def test_every_word_is_told_in_sentences_to_every_seat() -> None:
    for reader, (index, word) in product(SEATS, enumerate(setting("the_article").rulebook.words)):
        for speaker in word.seats:
            for to in speaker.rivals if word.to_seat else (None,):
                for rung in range(2, 10) if word.to_rung else (0,):
                    (line,) = news_of(reader, words=(Spoken(speaker, index, to, rung),))
                    assert not complaints(line), line


def test_every_whisper_is_told_in_sentences_to_the_two() -> None:
    for index, whisper in enumerate(setting("the_article").rulebook.whispers):
        for by, to in whisper.links:
            for reader in (by, to):
                (line,) = news_of(reader, whispers=(Whispered(by, to, index),))
                assert not complaints(line), line
                assert "you" in line.lower()


# --- the words it is made of


def test_numbers_in_words() -> None:
    assert [number(n) for n in (0, 1, 10, 11, 1000)] == ["no", "one", "ten", "11", "1,000"]
    assert counted(1, "man", "men") == "one man"
    assert counted(2, "man", "men") == "two men"
    assert counted(0, "round") == "no rounds"


def test_sentences_and_lists() -> None:
    assert sentence("so it was") == "So it was."
    assert sentence("Was it?") == "Was it?"
    assert sentence("31 men") == "31 men."
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_everything_has_a_name() -> None:
    assert CAPITALS.keys() == set(SEATS)
    assert CAUSE_NAMES.keys() == set(Cause)


def test_tehrans_own_unsigned_deed_says_what_happened() -> None:
    book = setting("the_article").rulebook
    index = book.deed(Seat.IRAN, "shipping")
    deed = book.deeds[Seat.IRAN][index]
    (line,) = news_of(
        Seat.IRAN, deeds=(SeenDeed(Seat.IRAN, index, deed.report, book.site("abqaiq")),)
    )
    assert line == (
        "Your action, “Harass shipping and oil”: Ships or oil works near Abqaiq were attacked; "
        "nobody signed for it."
    )
