"""Cases of how people choose: less sharply than by the book, and with habits."""

from math import exp, log

import pytest

from game.content.doctrine import PEOPLE
from game.content.lens import through
from game.players.base import options
from game.players.doctrine import DoctrinePlayer
from game.players.habits import BY_THE_BOOK, HABITS, SILENCES
from game.players.library import player, usual
from game.players.reasons import Reasons, reasons
from game.rules.observe import observe
from game.rules.outcome import Outcome
from game.rules.parameters import Manner
from game.rules.rulebook import Fire
from game.rules.seats import Seat
from tests.common import scenario
from tests.players.test_cases_utility import doctrine, near, worth
from tests.support import IRAN, IRAQ, MILITIA, US, Position, still, turn, with_deed

SEEN = {"choice.sharpness": 0.25, "choice.word_sharpness": 0.5}


def weighs(
    before: Position,
    seat: Seat,
    manner: dict[str, float],
    *,
    as_people: bool = True,
    outcome: Outcome | None = None,
    **changes: object,
) -> Reasons:
    """What a doctrine that cares for nothing but what is given makes of the position, as people
    choose who have these numbers, and no habits else."""
    none = {f"choice.{name}": value for name, value in BY_THE_BOOK._asdict().items()}
    book = through(before.book, none | SEEN | manner)
    chooser = DoctrinePlayer(doctrine(seat, **changes), book, as_people=as_people)
    seen = observe(before.setting, before.state, outcome, seat)
    legal = options(before.setting, before.state, seat)
    return reasons(chooser, before.setting, seen, legal, 0)


def odds(told: Reasons, option: str) -> float:
    (found,) = (reason for reason in told.deeds if reason.option == option)
    return found.probability


def test_11_25_people_choose_less_sharply_than_the_book() -> None:
    """By the book, a deed worth 2 more is e^2 times likelier; with people, e^(2 x sharpness)."""
    deeds = {"harden": {"base": 2.0}}
    book = weighs(still(), US, {}, as_people=False, deeds=deeds)
    people = weighs(still(), US, {}, deeds=deeds)
    assert odds(book, "harden") / odds(book, "aid") == pytest.approx(exp(2), rel=0.02)
    assert odds(people, "harden") / odds(people, "aid") == pytest.approx(exp(0.5), rel=0.02)


@pytest.mark.parametrize(
    ("seat", "habit"),
    [
        (US, "choice.hold_us"),
        (IRAN, "choice.hold_iran"),
        (MILITIA, "choice.hold_militia"),
        (IRAQ, "choice.hold_iraq"),
    ],
)
def test_11_26_holding_is_a_habit_of_every_seat(seat: Seat, habit: str) -> None:
    """A habit is the logarithm of odds, whatever the temper and the sharpness."""
    for temper in (1.0, 3.0):
        told = weighs(still(), seat, {habit: log(3)}, temper=temper)
        others = [reason for reason in told.deeds if reason.option != "hold"]
        assert odds(told, "hold") / others[0].probability == pytest.approx(3, rel=0.02)
        assert worth(told.deeds, "hold") == near({"habit": log(3) / (0.25 * temper)})
    for other in {US, IRAN, MILITIA, IRAQ} - {seat}:
        assert worth(weighs(still(), other, {habit: log(3)}).deeds, "hold") == {}


def test_11_27_fire_and_barrages_are_habits_of_the_militias() -> None:
    """The habit of fire bears on harassment and on barrages, that of barrages on these too."""
    told = weighs(still(), MILITIA, {"choice.fire": 1.0, "choice.barrage": -0.5})
    assert worth(told.deeds, "harass") == near({"habit": 1.0 / 0.25})
    assert worth(told.deeds, "barrage") == near({"habit": 0.5 / 0.25})


def test_11_28_consolidation_is_a_habit_of_washington() -> None:
    """It gathers its bases likelier, or seldomer, than the worth of it says."""
    told = weighs(still(), US, {"choice.consolidate": -1.0})
    assert worth(told.deeds, "consolidate") == near({"habit": -1.0 / 0.25})


def test_11_29_missiles_answer_a_debt() -> None:
    """Tehran's habit of missiles holds while it owes an answer, and only then."""
    debt = still(debt={"IRAN>US": 8}, debt_days={"IRAN>US": 10})
    for before, is_owed in ((still(), False), (debt, True)):
        told = weighs(before, IRAN, {"choice.missile_on_debt": 1.0})
        habit = worth(told.deeds, "missile_strike").get("habit", 0)
        assert habit == near(4.0 if is_owed else 0)


def test_11_30_strikes_answer_a_death() -> None:
    """Washington's habit of striking the militia holds after a turn in which an American died, and
    only then."""
    salvo = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=2, rung=4)
    deadly = with_deed(still(rules={"force.toll_cap": 1}), MILITIA, "barrage", fire=salvo)
    after, out = turn(deadly, MILITIA="barrage@embassy")
    assert out.us_killed[0]
    for before, outcome, is_bereaved in ((after, out, True), (still(), None, False)):
        told = weighs(before, US, {"choice.strike_on_death": 1.0}, outcome=outcome)
        for deed in ("strike_depots", "strike_fighters"):
            habits = [r.parts.get("habit", 0) for r in told.deeds if r.option == deed]
            assert habits == near([4.0 if is_bereaved else 0])


@pytest.mark.parametrize(
    ("seat", "habit"),
    [
        (US, "choice.silent_us"),
        (IRAN, "choice.silent_iran"),
        (MILITIA, "choice.silent_militia"),
        (IRAQ, "choice.silent_iraq"),
    ],
)
def test_11_31_silence_is_a_habit_of_every_seat(seat: Seat, habit: str) -> None:
    """Silence has its own logarithm of odds, by the sharpness of words."""
    told = weighs(still(), seat, {habit: log(2)})
    assert worth(told.words, "silence") == near({"habit": log(2) / 0.5})


def test_11_32_silence_is_likelier_by_its_habit() -> None:
    """Silence has its own logarithm of odds, by the sharpness of words; every word that the seat
    may say is among its words, those that the doctrine does not name seldom."""
    manner = {"choice.silent_us": log(2), "choice.unnamed_word": -2.0}
    told = weighs(still(), US, manner, words={"appeal": {"base": 0.0}})
    chance = {reason.option: reason.probability for reason in told.words}
    assert chance["silence"] / chance["appeal"] == pytest.approx(2, rel=0.02)
    assert chance["threaten"] / chance["appeal"] == pytest.approx(exp(-2 * 0.5), rel=0.02)
    named = weighs(still(), US, {}, as_people=False, words={"appeal": {"base": 0.0}})
    assert {reason.option for reason in named.words} == {"silence", "appeal"}


def test_11_33_a_coin_has_no_habits() -> None:
    """With a temper of 0 every deed is as likely."""
    told = weighs(still(), US, {"choice.hold_us": 3.0}, temper=0.0)
    for reason in told.deeds:
        assert reason.probability == near(1 / len(told.deeds))


def test_every_number_of_choice_is_used() -> None:
    """The rulebook's numbers of choice are the two sharpnesses, what an unnamed word is worth, and
    the habits, each once."""
    habits = [habit.parameter for habit in (*HABITS, *SILENCES)]
    others = ("sharpness", "word_sharpness", "unnamed_word")
    assert sorted((*others, *habits)) == sorted(Manner._fields)


def test_a_name_says_the_manner() -> None:
    """A bare name is by the book; `people:` before it is as people choose, and is its name."""
    chosen = scenario("turn_zero")
    book = player("restraint", US, chosen)
    people = player(f"{PEOPLE}restraint", US, chosen)
    assert isinstance(book, DoctrinePlayer)
    assert isinstance(people, DoctrinePlayer)
    assert (book.name, people.name) == ("restraint", "people:restraint")
    assert book.deed_temper == near(book.doctrine.temper)
    assert people.deed_temper < book.deed_temper
    named = chosen.roles[IRAN].doctrine
    assert (usual(chosen, IRAN), usual(chosen, IRAN, people=True)) == (named, f"people:{named}")
