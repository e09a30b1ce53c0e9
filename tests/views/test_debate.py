"""What the hawk and the dove of a staff say of an order, by what the order is."""

import math
from itertools import pairwise

import pytest

from game.rules.observe import observe
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.rules.state import NO_LINE
from game.views.consequences import Consequences, Voice
from game.views.debate import arguments, expected
from game.views.effects import Estimate
from game.views.peaks import t
from tests.support import orders
from tests.views.handmade import BOOK, SCENARIO, position

US, IRAN, MILITIA, IRAQ = SEATS


def voice(mean: float, half: float = 0.2) -> Voice:
    return Voice("deterrence", Estimate(mean, half / 2, mean - half, mean + half))


def told(
    *given: str, seat: Seat = US, about: Seat = IRAN, pays: float = 0.0, **columns: object
) -> tuple[str, str]:
    """What the two say of an order, written as for `support.orders`."""
    start = position()
    start.state.line[:], start.state.debt[:] = NO_LINE, 0
    start = start.with_(**columns)
    seen = observe(SCENARIO.setting, start.state, None, seat)
    order: Order = orders(start, **{seat.name: given}).order(seat)
    found = Consequences(order.deed, about, (), pays)
    hawk, dove = arguments(BOOK, seen, order, found, (voice(-1), voice(2)))
    assert (hawk.side, dove.side) == ("hawk", "dove")
    assert (hawk.attacks, dove.attacks) == ("−1.0", "+2.0")
    assert hawk.expects == t("debate.if_right", told="−1.0")
    return hawk.text, dove.text


OWING = {"debt": {"US>MILITIA": 5}, "debt_days": {"US>MILITIA": 9}}


@pytest.mark.parametrize(
    ("given", "kind", "more"),
    [
        (("hold",), ".hold.1", {}),
        (("hold",), ".hold_owed.1", OWING),
        (("strike_depots",), "_of.strike_depots", {}),
        (("strike_depots",), "_of.strike_depots", {"pays": 0.49} | OWING),
        (("strike_depots",), ".force_owed", {"pays": 0.5} | OWING),
        (("cyber",), "_of.cyber", {}),
        (("harden",), "_of.harden", {}),
        (("harden", "threaten>IRAN:5"), "_of.harden", {}),
        (("hold", "threaten>IRAN:5"), ".threat", OWING),
        (("sanction",), "_of.sanction", {}),
        (("ease",), "_of.ease", {}),
        (("hold", "reassure>IRAN"), ".soft", {}),
        (("hold", "assure>IRAN"), ".soft", {}),
        (("form",), "_of.form", {"seat": IRAQ}),
    ],
)  # fmt: skip
def test_an_order_is_argued_about_as_what_it_is(
    given: tuple[str, ...], kind: str, more: dict[str, object]
) -> None:
    """Force that pays what is owed by that; every action by itself; holding by what is said."""
    pair = told(*given, **more)
    assert [text[:25].lower() for text in pair] == [
        t(f"debate.{side}{kind}", who="the militias", days="Nine days left")[:25].lower()
        for side in ("hawk", "dove")
    ]


@pytest.mark.parametrize("side", ["hawk", "dove"])
def test_no_two_actions_are_argued_about_in_the_same_words(side: str) -> None:
    own = t.below(f"debate.{side}_of")
    deeds = {deed.id for seat in SEATS for deed in BOOK.deeds[seat]} - {"hold"}
    assert own.keys() == deeds
    assert len(set(own.values())) == len(deeds)


@pytest.mark.parametrize(("kind", "columns"), [("hold", {}), ("hold_owed", OWING)])
def test_holding_is_argued_about_in_other_words_from_turn_to_turn(
    kind: str, columns: dict[str, object]
) -> None:
    start = position()
    start.state.line[:], start.state.debt[:] = NO_LINE, 0
    start = start.with_(**columns)
    lines = []
    for turn in range(3):
        start.state.turn = turn
        seen = observe(SCENARIO.setting, start.state, None, US)
        found = Consequences(0, IRAN, (), 0.0)
        lines.append(arguments(BOOK, seen, Order(), found, (voice(-1), voice(2))))
    for side in range(2):
        assert all(a[side].text != b[side].text for a, b in pairwise(lines))


def test_whom_a_debt_is_owed() -> None:
    """The rival that the order is aimed at, if it is owed there; else the first that is owed."""
    both = {"debt": {"US>IRAN": 5, "US>MILITIA": 5}, "debt_days": {"US>IRAN": 9, "US>MILITIA": 1}}
    strike = {"pays": 1.0, "debt": both["debt"], "debt_days": both["debt_days"]}
    assert told("strike_depots", about=MILITIA, **strike)[0].startswith("The militias crossed")
    assert told("strike_depots", about=IRAN, **strike)[0].startswith("Tehran crossed")
    assert told("strike_depots", about=IRAQ, **strike)[0].startswith("Tehran crossed")
    assert told("hold", **both)[0].startswith("One day left, and the debt still stands.")


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (voice(-1), "−1.0"),
        (voice(0.05, 0.01), "+0.1"),
        (voice(0.04, 0.01), "no difference"),
        (voice(0.5, 0.6), "no difference"),
        (Voice("spiral", Estimate(3, 1, math.nan, math.nan)), "no difference"),
    ],
)
def test_what_a_voice_expects(heard: Voice, words: str) -> None:
    assert expected(heard) == words
