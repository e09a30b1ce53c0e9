"""What a whole order is likely to bring against holding: the deed, the word and the message counted
together, over imagined futures with the same luck, so that most of the luck cancels out.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from game.content.scenario import Scenario
from game.engine.play import go_on, play_on
from game.players.base import Choice, Dice, Options, Player
from game.rules.endings import Ending
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import HOLD, PARTS, Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys, credibility
from game.views.consequences import MEASURES, USUAL, Change, Consequences, Ends, Voice
from game.views.effects import Estimate, Range
from game.views.stakes import least_answer

from .beliefs import Grounds, imagine_on, recalled
from .cast import cast
from .statistics import estimate

TURNS = 3
"""How far the staff looks ahead, the coming turn included."""
FUTURES = 240
"""Imagined for each order."""
HEARD = 64
"""… and for each of the two voices."""
NO_GROUNDS = Grounds()
"""Nothing is made of what happened so far: the others are as at the opening, blurred."""
HAWK, DOVE = "deterrence", "spiral"
"""The theories of the rulebook from which the two voices argue."""
Result = TypeVar("Result")


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
    score: Floats
    """The seat's own at the end, of 100."""
    ending: Codes
    """How the game has ended at the end, as an `Ending`."""
    ending_now: Codes
    """The same after the first turn."""
    paid: Floats
    """(4, futures) 1 where a debt of the seat to a seat is paid in the first turn, else 0."""


def look_ahead(
    setting: Setting,
    seen: Observation,
    orders: Sequence[Order],
    rollout: Mapping[Seat, Player],
    keys: Keys,
    turns: int = TURNS,
    grounds: Grounds = NO_GROUNDS,
    *,
    at_once: bool = False,
    rests: bool = True,
) -> Generator[None, None, list[Ahead]]:
    """The futures of each order, all with the same luck. It rests after each turn, for who may lose
    interest meanwhile.

    Args:
        setting: the scenario's rules.
        seen: what the seat sees of one game (B = 1).
        orders: whole orders of the seat for the coming turn; they must be legal.
        rollout: who plays the four seats in the futures, that order aside.
        keys: (futures,) the luck of the futures.
        turns: how far to look ahead; no further than the calendar goes.
        grounds: what the staff has made of the game so far.
        at_once: whether somebody waits; see `play_on`.
        rests: whether it rests; who waits anyway has it sooner without.
    """
    seat, futures = seen.seat, keys.size
    same = np.zeros(futures * len(orders), np.intp)
    state = imagine_on(setting, seen, same, np.tile(keys, len(orders)), grounds)
    own = repeated(orders, futures)
    now, before = state.turn, state
    last = play_on(
        setting,
        rollout,
        state,
        recalled(seen, same),
        until=now + 1,
        given={now: {seat: own}},
        at_once=at_once,
    )
    paid = last.array("answered")[seat].astype(np.float32)
    ending_now = last.array("ending").astype(np.intp)
    end = min(now + turns, setting.turns)
    for until in range(now + 2, end + 1) if rests else (end,):
        if rests:
            yield
        go_on(setting, last, rollout, until=until)
    at_war = last.array("ending") == Ending.GENERAL_WAR
    kept, broken = last.array("kept")[:, seat], last.array("broken")[:, seat]
    arrays = Ahead(
        attacks=last.array("attacks") - before.attacks,
        harm=_harm(last.array, seat) - _harm(partial(getattr, before), seat),
        war=np.where(at_war, 100, last.array("brink") * 100).astype(np.float32),
        believes=credibility(kept, broken) * 100,
        anger=last.array("anger")[:, seat] * 100,
        score=last.scores[seat],
        ending=last.array("ending").astype(np.intp),
        ending_now=ending_now,
        paid=paid,
    )
    return [_cut(arrays, k * futures, (k + 1) * futures) for k in range(len(orders))]


def finished(work: Generator[None, None, Result]) -> Result:
    """What work with rests comes to, for who waits for it anyway."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Result = end.value
            return found


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


def repeated(orders: Sequence[Order], futures: int) -> Choice:
    """Each order in so many futures, one order's futures after the other's."""
    return Choice(
        *(np.repeat(np.array([getattr(o, p) for o in orders], np.intp), futures) for p in PARTS)
    )


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
    grounds: Grounds = NO_GROUNDS,
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
        grounds: what the staff has made of the game so far.
    """
    known = scenario, seen, legal, draft, dice, futures, turns, grounds
    return finished(weigh(*known, rests=False))


def weigh(
    scenario: Scenario,
    seen: Observation,
    legal: Options,
    draft: Order,
    dice: Dice,
    futures: int,
    turns: int = TURNS,
    grounds: Grounds = NO_GROUNDS,
    *,
    at_once: bool = False,
    rests: bool = True,
) -> Generator[None, None, list[Consequences]]:
    """As `consequences`, with rests; see `look_ahead`."""
    setting = scenario.setting
    orders = [HOLD, *whole_orders(setting.rulebook, legal, draft)]
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    rollout = cast(scenario, {})
    held, *ahead = yield from look_ahead(
        setting, seen, orders, rollout, keys, turns, grounds, at_once=at_once, rests=rests
    )
    return _against_holding(setting.rulebook, seen, orders[1:], ahead, held)


def whole_orders(book: Rulebook, legal: Options, draft: Order) -> list[Order]:
    """Each legal deed with what the draft says, as far as that may be said now."""
    spoken = may_be_said(book, legal, draft)
    return [
        replace(spoken, deed=int(deed), site=draft.site if deed == draft.deed else HOLD.site)
        for deed in np.flatnonzero(legal.deed[:, 0])
    ]


def may_be_said(book: Rulebook, legal: Options, draft: Order) -> Order:
    """A draft without a word or message that is incomplete, or not legal."""
    word = whisper = draft
    spoken = book.words[draft.word]
    incomplete = (spoken.to_seat and draft.word_to == NO_SEAT) or (
        spoken.to_rung and not draft.word_rung
    )
    if incomplete or not legal.word[draft.word, 0]:
        word = HOLD
    sent = draft.whisper and draft.whisper_to != NO_SEAT
    if not sent or not legal.whisper[draft.whisper, draft.whisper_to, 0]:
        whisper = HOLD
    return replace(
        draft,
        word=word.word,
        word_to=word.word_to,
        word_rung=word.word_rung,
        whisper=whisper.whisper,
        whisper_to=whisper.whisper_to,
    )


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


def _against_holding(
    book: Rulebook, seen: Observation, orders: Sequence[Order], ahead: Sequence[Ahead], held: Ahead
) -> list[Consequences]:
    about = [rival_of(book, seen, order) for order in orders]
    owed = [rival for rival in SEATS if seen.debt[seen.seat, rival, 0] > 0]
    pairs = {
        "believes": [
            (a.believes[to], held.believes[to]) for a, to in zip(ahead, about, strict=True)
        ],
        "anger": [(a.anger[to], held.anger[to]) for a, to in zip(ahead, about, strict=True)],
        "harm": [(a.harm, held.harm) for a in ahead],
        "war": [(a.war, held.war) for a in ahead],
        "score": [(a.score, held.score) for a in ahead],
    }
    changes = zip(*(_changes(name, pairs[name]) for name in MEASURES), strict=True)
    return [
        Consequences(
            order.deed,
            to,
            told,
            *_pays(found, owed),
            _unpaid(book, seen, order, found, owed),
            _ends(book, found, held),
        )
        for order, to, told, found in zip(orders, about, changes, ahead, strict=True)
    ]


def _ends(book: Rulebook, found: Ahead, held: Ahead) -> Ends:
    """How often the game is over before its calendar, and how most of those games end."""
    now, later, hold = (
        float((codes > Ending.CALENDAR).mean())
        for codes in (found.ending_now, found.ending, held.ending)
    )
    times = np.bincount(found.ending, minlength=len(Ending))[Ending.CALENDAR + 1 :]
    how = book.endings[Ending.CALENDAR + int(times.argmax())].name if times.any() else ""
    return Ends(now, later, hold, how)


def _pays(found: Ahead, owed: Sequence[Seat]) -> tuple[float, Seat | None]:
    """The share of futures in which what is owed is paid at once, and to whom most often."""
    if not owed or not found.paid.any():
        return 0.0, None
    shares = found.paid.mean(axis=1)
    return float(found.paid.max(axis=0).mean()), max(owed, key=lambda to: float(shares[to]))


def _unpaid(
    book: Rulebook, seen: Observation, order: Order, found: Ahead, owed: Sequence[Seat]
) -> tuple[tuple[Seat, int], ...]:
    """The debts that a use of force pays in no future, each with the least rung that pays it."""
    if book.deeds[seen.seat][order.deed].group != "force":
        return ()
    return tuple(
        (rival, least_answer(book, float(seen.debt[seen.seat, rival, 0])))
        for rival in owed
        if not found.paid[rival].any()
    )


def _changes(measure: str, pairs: Sequence[tuple[Floats, Floats]]) -> list[Change]:
    """One measure of many orders against holding: (futures,) each of the order and of holding."""
    moved = np.array([order for order, _ in pairs], np.float64)
    moved -= np.array([hold for _, hold in pairs], np.float64)
    ends = np.quantile(moved, (0.05, 0.95), axis=1, method="inverted_cdf").T.tolist()
    return [
        Change(measure, float(hold.mean()), estimate_of(one), Range(*band))
        for one, (_, hold), band in zip(moved, pairs, ends, strict=True)
    ]


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
    grounds: Grounds = NO_GROUNDS,
) -> dict[int, tuple[Voice, Voice]]:
    """What a hawk and a dove expect of every legal deed with the draft's words, by deed: each holds
    its own theory for true. Arguments as for `consequences`.
    """
    return finished(hear(scenario, seen, legal, draft, dice, futures, turns, grounds))


def hear(
    scenario: Scenario,
    seen: Observation,
    legal: Options,
    draft: Order,
    dice: Dice,
    futures: int,
    turns: int = TURNS,
    grounds: Grounds = NO_GROUNDS,
    *,
    at_once: bool = False,
) -> Generator[None, None, dict[int, tuple[Voice, Voice]]]:
    """As `voices`, with rests; see `look_ahead`."""
    setting, rollout = scenario.setting, cast(scenario, {})
    orders = [HOLD, *whole_orders(setting.rulebook, legal, draft)]
    keys = imagined_keys(dice.keys, dice.turn, futures)[:, 0]
    heard: list[list[Voice]] = []
    for theory in (HAWK, DOVE):
        world = setting.dealt(setting.rulebook.theory(theory))
        held, *ahead = yield from look_ahead(
            world, seen, orders, rollout, keys, turns, Grounds(grounds.minds), at_once=at_once
        )
        yield
        changes = _changes("harm", [(found.attacks, held.attacks) for found in ahead])
        heard.append([Voice(theory, one.change) for one in changes])
    return {order.deed: (hawk, dove) for order, hawk, dove in zip(orders[1:], *heard, strict=True)}
