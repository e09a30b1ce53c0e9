"""Turns and games made by hand, so that what is told of them is known to the letter.

    turn = turn_of({"US": "strike_depots@jurf"}, fire_attacks={Source.MILITIA: 1}, revised=2)

What happened is written down, not adjudicated: no rule has a say in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from game.rules.outcome import Outcome, nothing
from game.rules.seats import SEATS
from game.views.played import PlayedGame, Remark, Turn
from tests.common import scenario, unlocked
from tests.support import Position, one_game, orders

SCENARIO = scenario("the_article")
BOOK = SCENARIO.setting.rulebook
Given = Mapping[str, Any]


def site(site_id: str) -> int:
    return BOOK.site(site_id)


def position(**columns: Any) -> Position:
    """The opening of The Article, with some columns set as for `support.one_game`."""
    return one_game("the_article", **columns)


def turn_of(
    given: Given | None = None,
    *,
    number: int = 1,
    before: Position | None = None,
    after: Given | None = None,
    **happened: Any,
) -> Turn:
    """A turn in which just this happened.

    Args:
        given: the orders, written as for `support.orders`.
        number: which turn, from 1.
        before: the game before it; the opening if None.
        after: columns that the turn changed, as for `support.one_game`.
        happened: fields of the Outcome: a number, or numbers by seat, source or pair.
    """
    before = before or position()
    ordered = orders(before, **(given or {}))
    later = before.with_(**(after or {}))
    return Turn(before.state, ordered, outcome(ordered, number, **happened), later.state)


def outcome(ordered: Any, number: int = 1, **happened: Any) -> Outcome:
    """What happened in a turn: fields as for `turn_of`."""
    made = unlocked(nothing(number, ordered))
    for name, value in happened.items():
        array = getattr(made, name)
        for where, amount in value.items() if isinstance(value, Mapping) else [(..., value)]:
            array[where] = amount
    return made


def game_of(*turns: Turn, remarks: Sequence[Remark] = (), **fields: Any) -> PlayedGame:
    """A game of such turns, each numbered by its place and opening where the one before ended."""
    linked: list[Turn] = []
    for number, turn in enumerate(turns, 1):
        made = replace(turn.outcome, turn=number)
        linked.append(replace(turn, outcome=made))
    return PlayedGame(
        "A game",
        SCENARIO,
        SCENARIO,
        linked[0].before,
        tuple(linked),
        {seat: seat.name for seat in SEATS},
        seed=1,
        remarks=tuple(remarks),
        **fields,
    )
