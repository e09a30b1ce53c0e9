"""What a whole order is likely to bring against holding: the deed, the word and the message counted
together, over imagined futures with the same luck, so that most of the luck cancels out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from game.content.scenario import Scenario
from game.engine.play import play_on
from game.players.base import Choice, Dice, Options, Player
from game.rules.endings import Ending
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import HOLD, PARTS, Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats, Keys, credibility
from game.views.consequences import MEASURES, USUAL, Change, Consequences, Voice
from game.views.effects import Estimate, Range

from .beliefs import imagine, recalled
from .cast import cast
from .statistics import estimate

TURNS = 3
"""How far the staff looks ahead, the coming turn included."""
FUTURES = 240
"""Imagined for each order."""
HEARD = 64
"""… and for each of the two voices."""
HAWK, DOVE = "deterrence", "spiral"
"""The theories of the rulebook from which the two voices argue."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the futures after one order brought, (futures,) each unless a shape is given."""

    attacks: Floats
    """New attacks on Americans and partners."""
    harm: Floats
    """What the seat counts as harm to itself; see `views.consequences.HARM`."""
    war: Floats
    """Nearness of war at the end, of 100; 100 where there is war."""
    believes: Floats
    """(4, futures) each seat's belief that the seat answers, of 100."""
    anger: Floats
    """(4, futures) each seat's anger at it, of 100."""
    paid: Floats
    """1 where a debt of the seat is paid in the first turn, else 0."""


def look_ahead(
    setting: Setting,
    seen: Observation,
    orders: Sequence[Order],
    rollout: Mapping[Seat, Player],
    keys: Keys,
    turns: int = TURNS,
) -> list[Ahead]:
    """The futures of each order, all with the same luck.

    Args:
        setting: the scenario's rules.
        seen: what the seat sees of one game (B = 1).
        orders: whole orders of the seat for the coming turn; they must be legal.
        rollout: who plays the four seats in the futures, that order aside.
        keys: (futures,) the luck of the futures.
        turns: how far to look ahead; no further than the calendar goes.
    """
    seat, futures = seen.seat, keys.size
    same = np.zeros(futures * len(orders), np.intp)
    state = imagine(setting, seen, same, np.tile(keys, len(orders)))
    own = Choice(
        *(np.repeat(np.array([getattr(o, p) for o in orders], np.intp), futures) for p in PARTS)
    )
    now = state.turn
    last = play_on(
        setting,
        rollout,
        state,
        recalled(seen, same),
        until=now + turns,
        given={now: {seat: own}},
        keep=("answered",),
    )
    answered = last.kept["answered"][0].astype(np.bool_)
    at_war = last.array("ending") == Ending.GENERAL_WAR
    kept, broken = last.array("kept")[:, seat], last.array("broken")[:, seat]
    arrays = Ahead(
        attacks=last.array("attacks") - state.attacks,
        harm=_harm(last.array, seat) - _harm(partial(getattr, state), seat),
        war=np.where(at_war, 100, last.array("brink") * 100).astype(np.float32),
        believes=credibility(kept, broken) * 100,
        anger=last.array("anger")[:, seat] * 100,
        paid=answered[seat].any(axis=0).astype(np.float32),
    )
    return [_cut(arrays, k * futures, (k + 1) * futures) for k in range(len(orders))]


def _harm(column: Callable[[str], Floats], seat: Seat) -> Floats:
    """What a seat has suffered so far, by the columns of a state."""
    names = {
        Seat.US: ("attacks",),
        Seat.IRAN: ("iran_dead",),
        Seat.MILITIA: ("militia_dead",),
        Seat.IRAQ: ("iraqi_dead", "civilians_dead"),
    }[seat]
    first, *others = (column(name) for name in names)
    return sum(others, first)


def _cut(whole: Ahead, first: int, last: int) -> Ahead:
    return replace(
        whole, **{name: getattr(whole, name)[..., first:last] for name in Ahead.__slots__}
    )


def consequences(
    scenario: Scenario,
    seen: Observation,
    legal: Options,
    draft: Order,
    dice: Dice,
    futures: int,
    turns: int = TURNS,
) -> list[Consequences]:
    """Every legal deed with the draft's word and message, against holding in silence.

    Args:
        scenario: what is played.
        seen: what the seat sees (B = 1).
        legal: what it may order.
        draft: the orders in the making; what is incomplete or not legal of them is left out.
        dice: the seat's own luck; the futures' is made from it, apart from the game's.
        futures: imagined for each order.
        turns: how far to look ahead.
    """
    setting = scenario.setting
    orders = [HOLD, *whole_orders(setting.rulebook, legal, draft)]
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    held, *ahead = look_ahead(setting, seen, orders, cast(scenario, {}), keys, turns)
    book = setting.rulebook
    return [
        _against(order, found, held, seen, rival_of(book, seen, order))
        for order, found in zip(orders[1:], ahead, strict=True)
    ]


def whole_orders(book: Rulebook, legal: Options, draft: Order) -> list[Order]:
    """Each legal deed with what the draft says, as far as that may be said now."""
    word, whisper = draft, draft
    spoken = book.words[draft.word]
    incomplete = (spoken.to_seat and draft.word_to == NO_SEAT) or (
        spoken.to_rung and not draft.word_rung
    )
    if incomplete or not legal.word[draft.word, 0]:
        word = HOLD
    sent = draft.whisper and draft.whisper_to != NO_SEAT
    if not sent or not legal.whisper[draft.whisper, draft.whisper_to, 0]:
        whisper = HOLD
    said = replace(
        word, deed=0, site=HOLD.site, whisper=whisper.whisper, whisper_to=whisper.whisper_to
    )
    return [
        replace(said, deed=int(deed), site=draft.site if deed == draft.deed else HOLD.site)
        for deed in np.flatnonzero(legal.deed[:, 0])
    ]


def said(draft: Order) -> tuple[int, ...]:
    """What of a draft changes the figures of all deeds, and the place that is named, if any."""
    site = (draft.deed, draft.site) if draft.site != ANY_SITE else ()
    words = (draft.word, draft.word_to, draft.word_rung, draft.whisper, draft.whisper_to)
    return (*words, *site)


def rival_of(book: Rulebook, seen: Observation, order: Order) -> Seat:
    """The rival whose belief and anger an order is judged by: whom the deed touches hardest, else
    whom it speaks to, else to whom the seat owes an answer, else the usual one.
    """
    seat = seen.seat
    touched = {to: rung for to, rung in book.deeds[seat][order.deed].against.items() if to != seat}
    if touched:
        return max(touched, key=lambda to: (touched[to], -to))
    for spoken_to in (order.word_to, order.whisper_to):
        if spoken_to != NO_SEAT:
            return Seat(spoken_to)
    owed = [rival for rival in seat.rivals if seen.debt[seat, rival, 0] > 0]
    return max(owed, key=lambda rival: float(seen.debt[seat, rival, 0]), default=USUAL[seat])


def _against(
    order: Order, found: Ahead, held: Ahead, seen: Observation, about: Seat
) -> Consequences:
    pairs = {
        "believes": (found.believes[about], held.believes[about]),
        "anger": (found.anger[about], held.anger[about]),
        "harm": (found.harm, held.harm),
        "war": (found.war, held.war),
    }
    owes = any(seen.debt[seen.seat, rival, 0] > 0 for rival in SEATS)
    pays = float(found.paid.mean()) if owes else 0.0
    return Consequences(
        order.deed, about, tuple(_change(name, *pairs[name]) for name in MEASURES), pays
    )


def _change(measure: str, order: Floats, hold: Floats) -> Change:
    moved = order.astype(np.float64) - hold.astype(np.float64)
    low, high = np.quantile(moved, (0.05, 0.95), method="inverted_cdf")
    return Change(measure, float(hold.mean()), estimate_of(moved), Range(float(low), float(high)))


def estimate_of(moved: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Estimate:
    """The mean of paired differences, (futures,), with its standard error and 95 % interval."""
    mean = float(moved.mean())
    error = float(moved.std(ddof=1) / np.sqrt(moved.size)) if moved.size > 1 else float("nan")
    return estimate(mean, error, moved.size)


def voices(
    scenario: Scenario,
    seen: Observation,
    legal: Options,
    draft: Order,
    dice: Dice,
    futures: int,
    turns: int = TURNS,
) -> dict[int, tuple[Voice, Voice]]:
    """What a hawk and a dove expect of every legal deed with the draft's words, by deed: each holds
    its own theory for true. Arguments as for `consequences`.
    """
    setting, rollout = scenario.setting, cast(scenario, {})
    orders = [HOLD, *whole_orders(setting.rulebook, legal, draft)]
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    heard: list[list[Voice]] = []
    for theory in (HAWK, DOVE):
        world = setting.dealt(setting.rulebook.theory(theory))
        held, *ahead = look_ahead(world, seen, orders, rollout, keys, turns)
        heard.append(
            [Voice(theory, _change("harm", found.attacks, held.attacks).change) for found in ahead]
        )
    return {order.deed: (hawk, dove) for order, hawk, dove in zip(orders[1:], *heard, strict=True)}
