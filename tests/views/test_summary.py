"""The story of a game in half a page, to the letter."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from game.rules.endings import Ending
from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause
from game.rules.state import COLUMNS
from game.views.names import rung_name
from game.views.played import PlayedGame
from game.views.summary import (
    at_the_start,
    day,
    killed_in,
    often,
    parting,
    put_in,
    short_day,
    summary,
    the_dead,
)
from tests.views.handmade import BOOK, SCENARIO, game_of, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
TURNS = SCENARIO.turns
DEAD_IN_ORDER = (
    "us_dead",
    "coalition_dead",
    "iran_dead",
    "militia_dead",
    "iraqi_dead",
    "civilians_dead",
)
DEAD = tuple(name for name in COLUMNS if name.endswith("_dead"))


def rose(number: int = 1, /, given: dict[str, Any] | None = None, **columns: float) -> Any:
    """A turn in which counts rose by so much above seven."""
    before = position(**dict.fromkeys(columns, 7))
    after = {name: 7 + count for name, count in columns.items()}
    return turn_of(given, number=number, before=before, after=after)


def frame(game: PlayedGame) -> str:
    return summary(game)[0]


def test_days_and_how_often() -> None:
    assert day(date(2020, 1, 3)) == "3 January 2020"
    assert short_day(date(2020, 1, 3)) == "3 January"
    assert [often(n) for n in (0, 1, 2, 3, 11)] == [
        "never", "once", "twice", "three times", "11 times",
    ]  # fmt: skip
    assert at_the_start("a b C") == "A b C"


# --- the frame


def test_a_game_that_is_on_is_told_from_its_first_day_to_the_next_turn_s() -> None:
    for played in (1, 2):
        game = game_of(*[turn_of() for _ in range(played)])
        lasted = ("one", "two")[played - 1]
        assert frame(game) == (
            f"The game lasted {lasted} of 12 turns, from {day(TURNS[0].date)} to "
            f"{day(TURNS[played].date)}. It is not over: what follows is the story so far. There "
            "were no attacks on Americans and their partners; nobody was killed."
        )


def test_a_whole_game_lasts_all_its_turns() -> None:
    whole = [turn_of() for _ in TURNS]
    whole[-1] = turn_of(after={})
    whole[-1].after.ending[:] = Ending.CALENDAR
    assert frame(game_of(*whole)).startswith(
        f"The game lasted all 12 turns, from {day(TURNS[0].date)} to {day(SCENARIO.end)}. "
        f"{BOOK.endings[Ending.CALENDAR - 1].sentence} There were no attacks"
    )


@pytest.mark.parametrize("ending", [e for e in Ending if e])
def test_the_ending_is_told_in_its_own_sentence(ending: Ending) -> None:
    turn = turn_of()
    turn.after.ending[:] = ending
    assert f". {BOOK.endings[ending - 1].sentence} There were" in frame(game_of(turn))


def test_a_game_that_a_facilitator_ended_says_why() -> None:
    assert ". It was ended early: the bell rang. There" in frame(
        game_of(turn_of(), ended_early="the bell rang")
    )
    assert ". It was ended early. There" in frame(game_of(turn_of(), ended_early=""))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            {"attacks": 1},
            "There was one attack on Americans and their partners; nobody was killed.",
        ),
        (
            {"attacks": 2},
            "There were two attacks on Americans and their partners; nobody was killed.",
        ),
        (
            {"attacks": 2, "us_dead": 1},
            "There were two attacks on Americans and their partners. One American was killed.",
        ),
        (
            {"coalition_dead": 1},
            "There were no attacks on Americans and their partners. One partner's soldier was "
            "killed.",
        ),
        ({"iran_dead": 2}, "partners. Two Iranians were killed."),
        (
            {"militia_dead": 1, "iraqi_dead": 1},
            "One militiaman and one Iraqi soldier or policeman were killed.",
        ),
        (
            {
                "us_dead": 2,
                "coalition_dead": 2,
                "militia_dead": 25,
                "iraqi_dead": 2,
                "civilians_dead": 1,
            },
            "Two Americans, two partners' soldiers, 25 militiamen, two Iraqi soldiers and police "
            "and one civilian were killed.",
        ),
    ],
)
def test_attacks_and_dead_are_counted_from_the_turns(counts: dict[str, float], told: str) -> None:
    """What was there before a turn began is not the turn's."""
    assert frame(game_of(rose(**counts))).endswith(told)


def test_the_dead_of_every_turn_add_up() -> None:
    game = game_of(rose(us_dead=1, civilians_dead=2), rose(2, us_dead=3), rose(3, iran_dead=1))
    counts = dict(the_dead(game))
    assert counts.pop("Americans") == 4
    assert counts.pop("Civilians") == 2
    assert counts.pop("Iranians") == 1
    assert set(counts.values()) == {0}
    assert [killed_in(game, turn) for turn in (1, 2, 3)] == [3, 3, 1]


@pytest.mark.parametrize(
    ("news", "told"),
    [
        ({"attacks": 1}, "of one attack."),
        ({"attacks": 2}, "of two attacks."),
        ({"us_dead": 1}, "of one American killed."),
        (
            {"attacks": 1, "us_dead": 2, "civilians_dead": 1},
            "of one attack, and of two Americans and one civilian killed.",
        ),
    ],
)
def test_what_a_facilitator_put_in_is_told_apart(news: dict[str, int], told: str) -> None:
    """Between the end of one turn and the beginning of the next only a facilitator has a hand."""
    raised = {
        name: float(getattr(position().state, name)[0]) + count for name, count in news.items()
    }
    game = game_of(turn_of(), turn_of(before=position(**raised), after={}))
    told_of = frame(game)
    assert told_of.endswith(f"Beside these, what the facilitator put in tells {told}")
    assert "There were no attacks on Americans and their partners; nobody was killed." in told_of
    for name, (label, count) in zip(("attacks", *DEAD_IN_ORDER), put_in(game), strict=True):
        assert count == news.get(name, 0), label


DEAD_IN_ORDER = (
    "us_dead",
    "coalition_dead",
    "iran_dead",
    "militia_dead",
    "iraqi_dead",
    "civilians_dead",
)


def test_every_column_of_dead_is_told() -> None:
    assert set(DEAD_IN_ORDER) == set(DEAD)
    for name in DEAD:
        assert sum(count for _, count in the_dead(game_of(rose(**{name: 1})))) == 1


# --- force, and the height of the crisis


def force(*turns: dict[str, Any]) -> str:
    return summary(game_of(*[turn_of(given) for given in turns]))[1].split(". ")[0].rstrip(".")


def test_who_ordered_force_how_often() -> None:
    strike, harass = {"US": "strike_depots"}, {"MILITIA": "harass"}
    assert force({}) == "Nobody ordered any use of force"
    assert force(strike) == "Force was ordered once, by Washington alone"
    assert force(harass, {}, harass) == "Force was ordered twice, by the militias alone"
    assert force(strike | harass, harass, harass) == (
        "Force was ordered four times: by Washington once and the militias three times, Tehran and "
        "Baghdad never"
    )
    everybody = strike | harass | {"IRAN": "shipping", "IRAQ": "arrest"}
    assert force(everybody) == (
        "Force was ordered four times: by Washington once, Tehran once, the militias once and "
        "Baghdad once"
    )


def test_fire_of_the_running_campaign_is_told_beside_what_was_ordered() -> None:
    """The militias fire on without an order of the turn: no use of force, but no peace either."""
    fire = {"fire_attacks": {Source.MILITIA: 1}}
    ordered = turn_of({"MILITIA": "harass"}, **fire)
    running = "The militias' running campaign fired in "
    told = summary(game_of(ordered, turn_of(**fire)))[1]
    assert told.startswith(
        "Force was ordered once, by the militias alone. "
        f"{running}one turn in which they had ordered no fire."
    )
    assert f"{running}two turns in which" in summary(game_of(turn_of(**fire), turn_of(**fire)))[1]
    splinter = turn_of(fire_attacks={Source.SPLINTER: 1})
    assert running not in " ".join(summary(game_of(ordered, turn_of(), splinter)))


def height(*rungs: int) -> str:
    """What is told of the height of the crisis in turns that reached these rungs."""
    turns = [
        turn_of(rung=rung, fire_attacks={Source.MILITIA: 1}, fire_rung={Source.MILITIA: rung})
        for rung in rungs
    ]
    _, told = summary(game_of(*turns))[1].split("had ordered no fire.")
    return told.strip()


def test_a_height_is_told_with_its_day_and_its_gravest_event() -> None:
    what = "the militias fired no rounds at an undisclosed place, none on target; nobody was killed"
    days = [short_day(turn.date) for turn in TURNS]
    assert height(0, 2) == ""
    assert height(3) == (
        f"The crisis stood highest in turn 1 ({days[0]}), on rung 3, harassment without "
        f"casualties: {what}."
    )
    assert height(3, 3).endswith(f"It stood as high again in turn 2 ({days[1]}).")
    assert height(4, 3) == (
        f"The crisis stood highest in turn 1 ({days[0]}), on rung 4, attack on forces: {what}. "
        "In the turn after that the worst was rung 3, harassment without casualties."
    )
    assert height(3, 5, 5, 0, 4) == (
        f"The crisis stood highest in turn 2 ({days[1]}), on rung 5, attack that kills: {what}. "
        f"It stood as high again in turn 3 ({days[2]}). In the two turns after that the worst was "
        "rung 4, attack on forces."
    )
    assert height(5, 0, 5, 5).endswith(
        f"It stood as high again in turn 3 ({days[2]}) and turn 4 ({days[3]})."
    )


def test_names_keep_their_capital_after_a_colon() -> None:
    turn = turn_of({"US": "strike_depots"}, rung=6)
    assert "strike on the militia: American aircraft struck" in summary(game_of(turn))[1]


# --- deterrence


def deterrence(*turns: Any) -> str:
    return summary(game_of(*turns))[2]


def test_lines_that_were_crossed_are_counted() -> None:
    assert deterrence(turn_of()) == "No seat saw a line of its own crossed."
    crossing = turn_of(crossed={(US, IRAN): True, (IRAQ, US): True})
    assert deterrence(crossing) == "Seats saw lines of their own crossed twice."
    owed = "What was owed for crossed lines, some of it from before the game, was answered "
    answer, lapse = {"answered": {(US, IRAN): True}}, {"lapsed": {(US, IRAN): True}}
    assert deterrence(crossing, turn_of(**answer)).endswith(f"{owed}once and let pass never.")
    assert deterrence(crossing, turn_of(**lapse)).endswith(f"{owed}never and let pass once.")
    assert deterrence(crossing, turn_of(**(answer | lapse)), turn_of(**lapse)).endswith(
        f"{owed}once and let pass twice."
    )


def test_the_relation_that_changed_most_is_told_with_its_figures() -> None:
    """Belief is kept / (kept + broken); a change below five of a hundred is told as none."""
    before = position(
        kept={"IRAN>US": 3}, broken={"IRAN>US": 1}, anger={"IRAN>US": 0.2, "US>IRAN": 0.5}
    )
    after = {
        "kept": {"IRAN>US": 1},
        "broken": {"IRAN>US": 3},
        "anger": {"IRAN>US": 0.24, "US>IRAN": 0.6},
    }
    told = deterrence(turn_of(before=before, after=after))
    start = "What changed most is how Tehran saw Washington: belief "
    assert f"{start}that Washington answers fell from 75 to 25 of 100, fear fell from " in told
    assert told.endswith("of 100 and anger stayed near 24 of 100.")
    risen = {"anger": {"US>IRAN": 0.75}}
    told = deterrence(turn_of(before=before, after=risen))
    assert "how Washington saw Tehran: " in told
    assert told.endswith("and anger rose from 50 to 75 of 100.")
    hardly = {"anger": {"US>IRAN": 0.54}}
    assert "What changed most" not in deterrence(turn_of(before=before, after=hardly))


# --- who did it


def unsigned(truth: Cause, *, us: Cause, iraq: Cause) -> Any:
    """A turn with an unsigned attack, and whom two seats suspect most."""
    turn = turn_of(signal={US: us})
    turn.after.culprit[:] = truth
    turn.after.suspicion[:] = 0.1
    turn.after.suspicion[US, us] = turn.after.suspicion[IRAQ, iraq] = 0.7
    return turn


def beliefs(*turns: Any) -> str:
    return summary(game_of(*turns))[3]


@pytest.mark.parametrize(
    ("us", "iraq", "told"),
    [
        (
            Cause.MILITIA,
            Cause.MILITIA,
            "Washington and Baghdad both suspected the right one most.",
        ),
        (
            Cause.TEHRAN,
            Cause.SPLINTER,
            "Washington and Baghdad both suspected somebody else most.",
        ),
        (
            Cause.MILITIA,
            Cause.SPLINTER,
            "Washington suspected the right one most, Baghdad somebody else.",
        ),
        (
            Cause.TEHRAN,
            Cause.MILITIA,
            "Baghdad suspected the right one most, Washington somebody else.",
        ),
    ],
)
def test_one_attack_and_who_was_suspected(us: Cause, iraq: Cause, told: str) -> None:
    assert beliefs(unsigned(Cause.MILITIA, us=us, iraq=iraq), turn_of()) == (
        "In one turn fire fell on Americans, and who had fired could not be seen. Who really did "
        f"it: the militias on their own, once. {told}"
    )


def test_many_attacks_and_who_was_suspected() -> None:
    turns = [
        unsigned(Cause.MILITIA, us=Cause.MILITIA, iraq=Cause.TEHRAN),
        turn_of(),
        unsigned(Cause.MILITIA, us=Cause.MILITIA, iraq=Cause.MILITIA),
        unsigned(Cause.SPLINTER, us=Cause.TEHRAN, iraq=Cause.TEHRAN),
    ]
    assert beliefs(*turns) == (
        "In three turns fire fell on Americans, and who had fired could not be seen. Who really "
        "did the worst of each turn: the militias on their own, twice; a splinter cell, "
        "once. The one whom Washington suspected most had really done it twice; the one whom "
        "Baghdad suspected most, once."
    )


def test_claims_of_attacks_are_counted() -> None:
    turn = unsigned(Cause.MILITIA, us=Cause.MILITIA, iraq=Cause.MILITIA)
    claim = turn_of({"MILITIA": ("hold", "claim")})
    assert "could not be seen. " in beliefs(turn)
    assert "could not be seen; an attack was openly claimed once. " in beliefs(turn, claim)
    assert "could not be seen; an attack was openly claimed twice. " in beliefs(turn, claim, claim)


def test_without_an_unsigned_attack_nobody_was_suspected() -> None:
    assert not any("who had fired" in paragraph for paragraph in summary(game_of(turn_of())))


# --- history


def dated(*events: tuple[int, int]) -> PlayedGame:
    """A turn of a game whose history has events on these days of it, on these rungs."""
    (first, *_) = SCENARIO.events
    made = tuple(
        replace(first, date=TURNS[0].date + timedelta(days), rung=rung) for days, rung in events
    )
    scenario = replace(SCENARIO, events=made)
    return replace(game_of(turn_of(rung=5), turn_of(rung=2)), scenario=scenario)


@pytest.mark.parametrize(
    ("rung", "told"), [(4, "higher"), (5, "as high"), (6, "less high"), (0, "higher")]
)
def test_history_is_held_against_the_game(rung: int, told: str) -> None:
    text = summary(dated((0, 0), (1, rung)))[-1]
    when = TURNS[0].date + timedelta(1 if rung else 0)
    assert text == (
        f"In history the same days reached rung {rung}, {rung_name(rung)}, on {day(when)}; this "
        f"game went {told}."
    )


def test_days_without_an_event_are_not_history() -> None:
    assert not any("In history" in paragraph for paragraph in summary(dated()))
    later = (TURNS[2].date - TURNS[0].date).days
    assert not any("In history" in paragraph for paragraph in summary(dated((later, 8))))


# --- where games part


@pytest.mark.parametrize(
    "part", ["deed", "word", "word_to", "word_rung", "whisper", "whisper_to", "site"]
)
def test_games_part_with_any_part_of_an_order(part: str) -> None:
    same = game_of(turn_of(), turn_of(), turn_of())
    other = [turn_of() for _ in range(3)]
    for turn in other[1:]:
        array = getattr(turn.orders, part)
        array[IRAN] += 1
    assert parting(same, game_of(*other)) == 2
    assert parting(game_of(*other), same) == 2
    assert parting(same, game_of(turn_of())) is None
    assert np.all(same.turns[0].orders.deed == 0)


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        (("hold", "hold"), "two turns"),
        (("hold", "harass"), "one turn"),
        (("harass", "barrage"), ""),
    ],
)
def test_fire_that_nobody_had_ordered(orders: tuple[str, str], told: str) -> None:
    """The militias' own fire, in turns in which they ordered none; cells' fire is not theirs."""
    fired = {"fire_attacks": {Source.MILITIA: 2}}
    turns = [turn_of({"MILITIA": given}, number=n, **fired) for n, given in enumerate(orders, 1)]
    quiet = turn_of(number=3, fire_attacks={Source.SPLINTER: 1})
    text = " ".join(summary(game_of(*turns, quiet)))
    said = f"The militias' running campaign fired in {told} in which they had ordered no fire"
    assert (said in text) == bool(told)
    assert ("running campaign" in text) == bool(told)
