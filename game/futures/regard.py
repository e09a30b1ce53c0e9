"""How the others see a seat, as its own staff can make it out.

The staff imagines worlds that fit the opening and carries them through what the seat has seen: in
every turn the orders that it knows of are given again under the rules, with luck of the imagined
world, and what is public is taken as it was. Only the minds of the others are left to imagination.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.engine.play import play_on
from game.players.base import Choice
from game.rules.account import Account
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import PARTS
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Floats, Keys, State, credibility
from game.views.effects import Estimate, Range
from game.views.regard import Blow, Cause, Guess, Lapse, Regard, Seen

from .beliefs import CARRIED, Grounds, Minds, imagine_on, known_orders, recalled
from .causes import causes
from .consequences import estimate_of

WORLDS = 90
IMAGINED = 8
"""Times as many are imagined of the last turn, for some to come near to how it went."""
_POINTS = 100.0


class Past(NamedTuple):
    """One turn as a seat lived through it."""

    seen: Observation
    """What it saw before it gave orders."""
    learnt: Account


class _Moment(NamedTuple):
    """What each rival thinks of the seat, (4, worlds) each, of 100."""

    believes: Floats
    anger: Floats


class Lived(NamedTuple):
    """What the imagined worlds came to, carried through every turn that was played."""

    moments: tuple[_Moment, ...]
    """Before each of those turns."""
    blows: tuple[Blow, ...]
    minds: Minds | None
    """After the last of them; None before the first turn."""
    causes: tuple[Cause, ...] = ()
    """What moved the figures that the seat sees in the last of them."""


def live(
    setting: Setting, past: Sequence[Past], keys: Keys, now: Observation | None = None
) -> Lived:
    """Carries imagined worlds through what a seat has seen.

    Args:
        setting: the scenario's rules and its public opening.
        past: every turn played, as the seat lived through it (B = 1).
        keys: (worlds,) luck of the imagined worlds.
        now: what the seat sees after them, for what moved its figures; None where nobody asks.
    """
    last = max((k for k, turn in enumerate(past) if _is_force(setting, turn.learnt)), default=-1)
    minds: Minds | None = None
    moments: list[_Moment] = []
    blows: tuple[Blow, ...] = ()
    found: tuple[Cause, ...] = ()
    for place, turn in enumerate(past):
        state = _world(setting, turn.seen, keys, minds)
        moments.append(_moment(state, turn.seen.seat))
        after = _lived(setting, turn, state, known_orders(turn.learnt))
        if place == last:
            blows = _blows(setting, turn, state, _moment(after, turn.seen.seat))
        if now is not None and place == len(past) - 1:
            many = imagined_keys(keys, turn.seen.turn, IMAGINED).ravel()
            worlds = _world(setting, turn.seen, many, minds)
            learnt = [one.learnt for one in past]
            found = tuple(causes(setting, turn.seen, learnt, now, worlds))
        minds = {name: getattr(after, name) for name in CARRIED}
    return Lived(tuple(moments), blows, minds, found)


def regard(setting: Setting, lived: Lived, now: Observation, keys: Keys) -> Seen:
    """How each rival sees the seat now, and what its last use of force did.

    Args:
        setting: the scenario's rules and its public opening.
        lived: the turns that were played, by worlds of the same keys.
        now: what the seat sees before the coming turn.
        keys: (worlds,) luck of the imagined worlds.
    """
    state = _world(setting, now, keys, lived.minds)
    moments = [*lived.moments, _moment(state, now.seat)]
    regards = tuple(_regard(rival, moments) for rival in now.seat.rivals)
    lapses = tuple(_lapses(setting, now, state))
    return Seen(regards, lived.blows, lapses, lived.causes)


def _is_force(setting: Setting, learnt: Account) -> bool:
    return (
        learnt.seat is not None
        and setting.rulebook.deeds[learnt.seat][learnt.own_deed].group == "force"
    )


def _world(setting: Setting, seen: Observation, keys: Keys, minds: Minds | None) -> State:
    """Worlds that fit what the seat sees, with the minds of the others as they were carried on."""
    return imagine_on(setting, seen, np.zeros(keys.size, np.intp), keys, Grounds(minds))


def _lived(setting: Setting, turn: Past, state: State, orders: dict[Seat, Choice]) -> State:
    """The worlds after one turn of these orders."""
    heard = recalled(turn.seen, np.zeros(state.games, np.intp))
    spread = {
        seat: Choice(*(getattr(own, part).repeat(state.games) for part in PARTS))
        for seat, own in orders.items()
    }
    now = state.turn
    return play_on(setting, {}, state, heard, until=now + 1, given={now: spread}).state


def _blows(setting: Setting, turn: Past, state: State, struck: _Moment) -> tuple[Blow, ...]:
    """What the seat's deed of a turn did to each rival, with the same luck, against holding."""
    seat = turn.seen.seat
    orders = known_orders(turn.learnt)
    deed = setting.rulebook.deeds[seat][turn.learnt.own_deed].name
    orders[seat] = replace(orders[seat], deed=np.zeros(1, np.intp), site=np.full(1, -1, np.intp))
    held = _moment(_lived(setting, turn, state, orders), seat)
    return tuple(
        Blow(
            rival,
            turn.learnt.turn,
            deed,
            _paired(struck.believes[rival], held.believes[rival]),
            _paired(struck.anger[rival], held.anger[rival]),
        )
        for rival in seat.rivals
    )


def _lapses(setting: Setting, now: Observation, state: State) -> list[Lapse]:
    """What letting each debt of the seat pass would cost, beside owing nothing."""
    seat, found = now.seat, []
    if now.turn >= setting.turns:
        return []
    for rival in seat.rivals:
        if now.debt[seat, rival, 0] <= 0:
            continue
        due, free = state.copy(), state.copy()
        due.debt_days[seat, rival], free.debt[seat, rival] = 0, 0
        free.debt_days[seat, rival] = 0
        ends = [play_on(setting, {}, one, None, until=now.turn + 1) for one in (due, free)]
        let, owed = (_moment(end.state, seat).believes[rival] for end in ends)
        score = float((ends[0].scores[seat] - ends[1].scores[seat]).mean())
        found.append(Lapse(rival, _paired(let, owed), score))
    return found


def _moment(state: State, seat: Seat) -> _Moment:
    believes = credibility(state.kept[:, seat], state.broken[:, seat])
    return _Moment(believes * _POINTS, state.anger[:, seat] * _POINTS)


def _regard(rival: Seat, moments: Sequence[_Moment]) -> Regard:
    now, before = moments[-1], moments[-2] if len(moments) > 1 else moments[-1]
    return Regard(
        rival,
        _guess(now.believes[rival], before.believes[rival]),
        _guess(now.anger[rival], before.anger[rival]),
    )


def _guess(values: Floats, before: Floats) -> Guess:
    low, high = np.quantile(values, (0.05, 0.95), method="inverted_cdf")
    return Guess(float(values.mean()), Range(float(low), float(high)), float(before.mean()))


def _paired(a: Floats, b: Floats) -> Estimate:
    moved: NDArray[np.float64] = a.astype(np.float64) - b.astype(np.float64)
    return estimate_of(moved)
