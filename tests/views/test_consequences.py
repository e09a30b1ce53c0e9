"""What an order is likely to bring, in words, to the letter."""

import math

import pytest

from game.rules.seats import SEATS, Seat
from game.views.consequences import (
    MEASURES,
    NOTHING,
    Change,
    Consequences,
    Ends,
    heading,
    sentences,
    told,
)
from game.views.effects import Estimate, Range

US, IRAN, MILITIA, IRAQ = SEATS


def moved(
    measure: str, mean: float, half: float = 0.2, band: tuple[float, float] | None = None
) -> Change:
    """A measure that moved, with luck's interval and where nine of ten futures lie."""
    change = Estimate(mean, half / 2, mean - half, mean + half)
    return Change(measure, 50, change, Range(*(band or (mean - 4, mean + 4))))


def still(measure: str) -> Change:
    return moved(measure, 0, 1, (0, 0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (moved("anger", 10), "+10 (+6 to +14)"),
        (moved("anger", -10, band=(-12, -3)), "−10 (−12 to −3)"),
        (moved("harm", 1.26, band=(0, 3)), "+1.3 (0.0 to +3.0)"),
        (moved("war", 9, band=(0, 0)), "+9 (mostly none)"),
        (moved("war", 9, band=(2, 2)), "+9 (mostly +2)"),
        (moved("war", 2, band=(2, 2)), "+2"),
        (moved("score", 12, band=(-3, 8)), "+12 (mostly −3 to +8)"),
        # luck may have made it, or it does not show in print
        (moved("anger", 10, 11), "no difference seen"),
        (moved("anger", 0.4), "no difference seen"),
        (moved("anger", 0.5), "+0 (−4 to +4)"),
        (moved("harm", 0.04, 0.01), "no difference seen"),
        (moved("harm", 0.06, 0.01, (0, 1)), "+0.1 (0.0 to +1.0)"),
    ],
)
def test_a_change_in_a_few_words(change: Change, words: str) -> None:
    assert told(change) == words.replace("+0 ", "0 ")


def brought(**fields: object) -> Consequences:
    changes = fields.pop("changes", tuple(map(still, MEASURES)))
    return Consequences(**({"deed": 1, "about": IRAN, "pays": 0.0, "changes": changes} | fields))


def test_a_few_games_tell_nothing() -> None:
    few = Estimate(10, 1, math.nan, math.nan)
    assert told(Change("anger", 50, few, Range(6, 14))) == "no difference seen"


def test_an_order_in_sentences() -> None:
    changes = (
        moved("believes", 5),
        moved("anger", -6),
        moved("harm", 1.5, band=(0.5, 2.5)),
        still("war"),
        still("score"),
    )
    whole = brought(
        changes=changes,
        about=MILITIA,
        pays=0.4,
        pays_to=IRAN,
        unpaid=((MILITIA, 5),),
        ends=Ends(0.31, 0.31, 0.1, "Mutual restraint"),
    )
    assert sentences(whole, US) == [
        "Belief of the militias that you answer: +5 (+1 to +9).",
        "Pressure of the militias to strike back: −6 (−10 to −2).",
        "Attacks on you: +1.5 (+0.5 to +2.5).",
        "In 40 of 100 futures it pays what you owe Tehran.",
        "It does not pay what you owe the militias: that takes an act against the militias of rung"
        " 5 or more that is known to be yours.",
        "The game may be over with this turn in 31 of 100 futures (10 where you hold); most often:"
        " Mutual restraint.",
        "In the rest no difference that the staff can see.",
    ]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, [NOTHING]),
        ({"pays": 0.995, "pays_to": US},
         ["It pays what you owe Washington.", "Otherwise no difference that the staff can see."]),
        ({"pays": 0.99, "pays_to": US},
         ["In 99 of 100 futures it pays what you owe Washington.",
          "Otherwise no difference that the staff can see."]),
        ({"ends": Ends(0.04, 0.1, 0.1, "General war")},
         ["The game may be over within the turns that the staff looks ahead in 10 of 100 futures;"
          " most often: General war.",
          "Otherwise no difference that the staff can see."]),
        ({"ends": Ends(0.05, 0.2, 0.0, "General war")},
         ["The game may be over with this turn in 5 of 100 futures, within the turns that the staff"
          " looks ahead in 20 (0 where you hold); most often: General war.",
          "Otherwise no difference that the staff can see."]),
        ({"ends": Ends(0.04, 0.09, 0.3, "General war")}, [NOTHING]),
        ({"unpaid": ((IRAN, 6),)},
         ["It does not pay what you owe Tehran: that takes an act against Tehran of rung 6 or"
          " more that is known to be yours.",
          "Otherwise no difference that the staff can see."]),
        ({"changes": tuple(moved(name, 9) for name in MEASURES)},
         ["Belief of Tehran that you answer: +9 (+5 to +13).",
          "Pressure of Tehran to strike back: +9 (+5 to +13).",
          "Iraqis killed: +9.0 (+5.0 to +13.0).", "Nearness of war: +9 (+5 to +13).",
          "Your score: +9 (+5 to +13)."]),
    ],
)  # fmt: skip
def test_what_there_is_to_say(fields: dict[str, object], lines: list[str]) -> None:
    assert sentences(brought(**fields), IRAQ) == lines


def test_measures_by_name() -> None:
    found = brought()
    assert [found.of(name).measure for name in MEASURES] == list(MEASURES)
    harm = ("attacks on you", "Iranians killed", "your men killed", "Iraqis killed")
    assert tuple(heading("harm", seat) for seat in SEATS) == harm
    assert heading("war", Seat.US) == "nearness of war"
