"""How the others see a seat, and what a turn has at stake: to the letter, from figures by hand."""

from dataclasses import replace

import pytest

from game.rules.observe import Observation, observe
from game.rules.seats import SEATS, Seat
from game.rules.state import NO_LINE
from game.views.effects import Estimate, Range
from game.views.regard import Blow, Guess, Lapse, Regard, Seen, change, headline
from game.views.regard import sentences as regard_sentences
from game.views.stakes import Debt, least_answer, owes, price, sentences, stakes
from tests.views.handmade import BOOK, SCENARIO, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS


def guess(mean: float, before: float | None = None) -> Guess:
    return Guess(mean, Range(mean - 10, mean + 10), mean if before is None else before)


def effect(mean: float, half: float = 1.0) -> Estimate:
    return Estimate(mean, half / 2, mean - half, mean + half)


# ------------------------------------------------------------------------------- how they see it


@pytest.mark.parametrize(
    ("believes", "pressure", "one", "many"),
    [
        (59.6, 59.6, "believes that you answer, and wants to strike back",
         "believe that you answer, and want to strike back"),
        (59.4, 59.4, "is not sure that you answer, and is angry",
         "are not sure that you answer, and are angry"),
        (35, 45, "is not sure that you answer, and is angry",
         "are not sure that you answer, and are angry"),
        (34.4, 44, "doubts that you answer, and bears you a grudge",
         "doubt that you answer, and bear you a grudge"),
        (0, 30, "doubts that you answer, and bears you a grudge",
         "doubt that you answer, and bear you a grudge"),
        (100, 29, "believes that you answer, and has little quarrel with you",
         "believe that you answer, and have little quarrel with you"),
    ],
)  # fmt: skip
def test_how_a_rival_sees_a_seat(believes: float, pressure: float, one: str, many: str) -> None:
    """By the figures as they are printed; the militias are many, a capital is one."""
    for rival, told in ((IRAN, one), (MILITIA, many)):
        assert headline(Regard(rival, guess(believes), guess(pressure))) == told


@pytest.mark.parametrize(
    ("mean", "before", "told"),
    [(54, 40, "+14"), (40, 54, "−14"), (50, 50, "no change"), (51.9, 50, "no change"),
     (52, 50, "+2"), (48, 50, "−2"), (48.1, 50, "no change"), (52.4, 49.6, "+2")],
)  # fmt: skip
def test_how_a_figure_moved(mean: float, before: float, told: str) -> None:
    """Less than two points of 100 are none; what is told is what the printed figures moved by."""
    assert change(guess(mean, before)) == told


@pytest.mark.parametrize(
    ("fear", "anger", "told"),
    [
        (effect(1.9), effect(-1.9), "Neither, as far as it shows."),
        (effect(1.9), effect(2), "Anger, and no fear to speak of."),
        (effect(-5), effect(2), "Anger, and no fear to speak of."),
        (effect(2), effect(1.9), "Fear, and no anger to speak of."),
        (effect(2), effect(-5), "Fear, and no anger to speak of."),
        (effect(9), effect(4), "More fear than anger."),
        (effect(4), effect(9), "More anger than fear."),
        (effect(5), effect(4), "Either may be the larger."),
        (effect(6), effect(4), "Either may be the larger."),
        (effect(-5), effect(1), "More anger than fear."),
    ],
)
def test_what_a_blow_raised_more(fear: Estimate, anger: Estimate, told: str) -> None:
    """Less than two points of 100 are none; where both rose, the one whose width is clear of the
    other's."""
    assert Blow(IRAN, 3, "Strike Iran", fear, anger).verdict == told


def test_all_of_it_line_by_line() -> None:
    regards = (Regard(IRAN, guess(61, 50), guess(29, 40)), Regard(MILITIA, guess(40), guess(70)))
    blow = Blow(MILITIA, 3, "Strike depots", effect(4), effect(-1.6))
    assert regard_sentences(Seen(regards, (blow,), ())) == [
        "Tehran believes that you answer, and has little quarrel with you.",
        "Belief that you answer: 61 of 100 (51 to 71), +11.",
        "Pressure to strike back: 29 of 100 (19 to 39), −11.",
        "The militias are not sure that you answer, and want to strike back.",
        "Belief that you answer: 40 of 100 (30 to 50), no change.",
        "Pressure to strike back: 70 of 100 (60 to 80), no change.",
        "What “Strike depots” in turn 3 did to the militias: fear +4, anger −2. Fear, and no anger"
        " to speak of.",
    ]


# ---------------------------------------------------------------------------- what is at stake


@pytest.mark.parametrize(
    ("believes", "score", "told"),
    [
        (-12.4, -3.2, "let it pass: belief in you −12, score −3"),
        (-12.4, 0.4, "let it pass: belief in you −12"),
        (3, 0.6, "let it pass: belief in you +3, score +1"),
        (0.4, -2, "let it pass: little is lost, score −2"),
        (0, 0, "let it pass: little is lost"),
    ],
)
def test_what_letting_a_debt_pass_costs(believes: float, score: float, told: str) -> None:
    assert price(Lapse(IRAN, effect(believes), score)) == told
    assert price(None) == ""


@pytest.mark.parametrize(("rung", "slack", "least"), [(7, 2, 5), (7, 1.5, 6), (2, 1, 1), (1, 3, 1)])
def test_the_rung_from_which_on_an_act_is_an_answer(rung: int, slack: float, least: int) -> None:
    """Some rungs below the crossing, by the rulebook's slack; never below the first."""
    minds = BOOK.parameters.minds._replace(answer_slack=slack)
    book = replace(BOOK, parameters=BOOK.parameters._replace(minds=minds))
    assert least_answer(book, rung) == least


def test_who_owes_whom_in_a_clause() -> None:
    debts = {
        Debt(US, MILITIA, 5, 3): (US, "You owe the militias an answer"),
        Debt(US, IRAN, 5, 3): (IRAN, "Washington owes you a blow"),
        Debt(MILITIA, US, 6, 3): (US, "The militias owe you a blow"),
        Debt(IRAQ, US, 6, 3): (US, "Baghdad owes you an answer"),
    }
    for debt, (reader, told) in debts.items():
        assert owes(debt, reader) == told
    assert Debt(US, IRAN, 5, 1).turns_note == "one day left"
    assert Debt(US, IRAN, 5, 14).turns_note == "14 days left"
    assert Debt(US, IRAN, 5, 0).turns_note == "due now"


def seen(seat: Seat, *, rung: int = 0, **columns: object) -> Observation:
    start = position()
    start.state.line[:], start.state.debt[:] = NO_LINE, 0
    outcome = turn_of(rung=rung).outcome
    return observe(SCENARIO.setting, start.with_(**columns).state, outcome, seat)


def test_the_strip_to_the_letter() -> None:
    """Debts by their days, then the graver first; the dead since the game opened, by whose mark;
    the war and the score with what they were."""
    opening = SCENARIO.setting.opening
    dead = {"us_dead": 2, "coalition_dead": 1, "militia_dead": 4, "civilians_dead": 3}
    now = seen(
        US,
        **{column: float(getattr(opening, column)[0]) + more for column, more in dead.items()},
        rung=6,
        brink=0.314,
        line={"US>IRAN": 7, "IRAN>US": 5},
        debt={"US>MILITIA": 5, "US>IRAN": 7, "US>IRAQ": 2, "IRAN>US": 6, "MILITIA>IRAN": 9},
        debt_days={"US>MILITIA": 14, "US>IRAN": 14, "US>IRAQ": 3, "IRAN>US": 0, "MILITIA>IRAN": 2},
    )
    before = seen(US, brink=0.2)
    found = stakes(SCENARIO.setting, now, before, 8)
    assert (found.rung, found.highest, found.war, found.war_before) == (6, 8, 31, 20)
    assert found.lines == ((5, IRAN), (7, US))
    assert [(d.debtor, d.offender, d.rung, d.days) for d in found.owed] == [
        (US, IRAQ, 2, 3),
        (US, IRAN, 7, 14),
        (US, MILITIA, 5, 14),
    ]
    assert [(d.debtor, d.offender, d.rung, d.days) for d in found.due] == [(IRAN, US, 6, 0)]
    told = sentences(found, US, (Lapse(IRAN, effect(-9), 0),))
    score, was = found.score, found.score - found.moved
    assert score != was
    assert told == [
        "The last turn reached rung 6, strike on the militia.",
        "Nearness of war: 31 of 100, it was 20.",
        "You owe Baghdad an answer at rung 2 (political or economic pressure): three days left.",
        "You owe Tehran an answer at rung 7 (strike on leaders): 14 days left; let it pass: belief"
        " in you −9.",
        "You owe the militias an answer at rung 5 (attack that kills): 14 days left.",
        "Tehran owes you a blow: due now.",
        "The dead: Americans and partners 3, Iraqis 7, Iranians 0.",
        f"Your score: {score} of 100, it was {was}.",
    ]
    first = stakes(SCENARIO.setting, before, None, 0)
    assert (first.war_before, first.moved, first.owed, first.due) == (20, 0, (), ())
    assert sentences(first, US)[1:3] == [
        "Nearness of war: 20 of 100.",
        "You owe nobody an answer.",
    ]
