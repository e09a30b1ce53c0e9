"""What moved the figures that a seat sees in a turn, as its own staff can make it out.

The staff imagines many worlds that fit what the seat saw before the turn, gives the orders that it
knows of again in all of them, puts in the fire and the dead that it saw, and keeps the worlds in
which the turn then went most as it went. In these it takes one cause away after the other, from
the first to the last and from the last to the first, the luck staying the same: so the parts of a
change add up to the change. What still moves when all of them are gone, the days moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from game.engine.once_more import once_more
from game.players.base import Choice
from game.rules.account import Account
from game.rules.games import Games
from game.rules.observe import Observation, Sighting
from game.rules.occasions import fresh
from game.rules.orders import PARTS
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import ANY_SITE, NO_SEAT, Deed, Rulebook
from game.rules.seats import SEATS, Seat
from game.rules.seats import Cause as Who
from game.rules.setting import Setting
from game.rules.state import COLUMNS, Bools, Floats, State
from game.views.regard import Cause

from .beliefs import known_orders

NEAREST = 32
"""Worlds that are kept."""
_FLAG = 20.0
"""Points of a figure as which it counts when something happened in a world that did not happen."""
_FLAGS = (
    "protest", "discredited", "vote_failed", "cabinet_formed", "show_of_force",
    "right_answer", "wrong_answer", "aired",
)  # fmt: skip
_COUNTED: Sequence[tuple[str, Sequence[tuple[str, int]]]] = (
    ("us_killed", (("us_dead", 1),)),
    ("new_attacks", (("attacks", 1),)),
    ("us_wounded_reported", (("us_wounded", 1),)),
    ("strike_militia_killed", (("militia_dead", 1), ("mil_fighters", -1))),
    ("strike_iraqi_killed", (("iraqi_dead", 1),)),
    ("strike_civilians_killed", (("civilians_dead", 1),)),
    ("detained", (("iraq_detained", 1), ("mil_fighters", -1))),
)
"""What is counted of a turn's force, and the figures that it is added to or taken from."""
_BY_SOURCE = {"fire_coalition_killed": "coalition_dead", "fire_iraqi_killed": "iraqi_dead"}
"""The same of what is counted by who fired."""
_HIDDEN_HANDS = (Source.SPLINTER, Source.THIRD_PARTY, Source.MILITIA, Source.IRAN)
"""Who is taken to have fired what nobody signed, in turn: no figure that the seat sees hangs on it.
"""


class _Part(NamedTuple):
    """Something that can be taken away from a turn."""

    told: Cause
    """Without the figure."""
    seat: Seat | None = None
    """Whose order it was."""
    undone: dict[str, int] = {}  # noqa: RUF012 - never written to
    """What of that order is replaced by what."""
    fire: tuple[Sighting, ...] = ()
    """What was fired for it."""
    pairs: tuple[tuple[Seat, Seat], ...] = ()
    """Whose debt lapsed, toward whom; or who has a deal."""


def causes(
    setting: Setting,
    seen: Observation,
    learnt: Sequence[Account],
    now: Observation,
    worlds: State,
) -> list[Cause]:
    """What each cause that the seat knows of moved of each figure that it sees exactly.

    Args:
        setting: the scenario's rules.
        seen: what the seat saw before the turn (B = 1).
        learnt: what it learnt of the turns so far, this one last.
        now: what it sees after it.
        worlds: before the turn, as they fit what it saw; the more, the nearer some come. What they
            hold of the turn before is completed.
    """
    *earlier, last = learnt
    turn = _Turn(setting, last)
    _remember(setting, worlds, [_Turn(setting, one) for one in earlier[-2:]])
    if last.right_answer or last.wrong_answer:  # it has come out whom the debt was owed for
        worlds.debt_cause[:] = Who.SPLINTER if last.wrong_answer else Who.MILITIA
    parts = _parts(setting.rulebook, turn, worlds, earlier[-1] if earlier else None)
    near = _nearest(turn, parts, now, worlds)
    count = len(parts)
    steps = np.tri(count + 1, count, -1, dtype=np.bool_)
    there = np.concatenate([steps, ~steps[1:-1]])  # from the first on, then from the last on
    after, _ = _replay(turn, parts, near, there)
    return list(_moved(parts, seen, now, after, near.games))


class _Turn:
    """A turn as far as the seat knows of it."""

    def __init__(self, setting: Setting, learnt: Account) -> None:
        self.setting, self.learnt = setting, learnt
        self.unsigned = _unsigned(setting.rulebook, learnt)
        self.orders = known_orders(learnt)
        for seat, deed in self.unsigned:
            self.orders[seat].deed[:] = deed


def _remember(setting: Setting, worlds: State, earlier: Sequence[_Turn]) -> None:
    """What is known to have been done in the turn before, and how fresh it was."""
    if not earlier:
        return
    done = [{seat: int(own.deed[0]) for seat, own in turn.orders.items()} for turn in earlier]
    for seat in SEATS:
        worlds.last_deed[seat] = done[-1][seat]
        is_same = np.array([len(done) > 1 and done[0][seat] == done[1][seat]])
        worlds.last_fresh[seat] = fresh(is_same, setting.moments[worlds.turn - 1].renewed)


def _unsigned(book: Rulebook, learnt: Account) -> list[tuple[Seat, int]]:
    """Actions that were seen and that nobody signed for, with who can have done them."""
    reports = [one.report for one in learnt.deeds if one.seat is None]
    return [
        (seat, number)
        for seat in SEATS
        for number, deed in enumerate(book.deeds[seat])
        if seat is not learnt.seat and deed.visibility == "deniable" and deed.report in reports
    ]


def _moved(
    parts: Sequence[_Part], seen: Observation, now: Observation, after: State, worlds: int
) -> Iterator[Cause]:
    """The figures' parts, from what the worlds came to with more and more of the causes."""
    count = len(parts)
    for column in sorted(seen.exact):
        means = getattr(after, column).astype(np.float64).reshape(-1, worlds).mean(axis=1)
        forward, back = means[: count + 1], means[count + 1 :]
        # With all causes but the first, the first two, …; ends that both orders share stand once.
        back = np.concatenate([forward[-1:], back, forward[:1]]) if count else forward
        by = (np.diff(forward) - np.diff(back)) / 2 if count else ()
        for part, moved in zip(parts, by, strict=True):
            if moved:
                yield part.told._replace(column=column, by=float(moved))
        days = float(forward[0]) - float(seen.columns[column][0])
        if column == "outlook":
            to_come = float((now.columns[column] - now.columns["attacks"])[0])
            yield Cause(None, "", column, to_come, "to_come")
        elif days:
            yield Cause(None, "", column, days, "days")


# ------------------------------------------------------------------------------------- the causes


def _parts(book: Rulebook, turn: _Turn, worlds: State, earlier: Account | None) -> list[_Part]:
    """All that the seat knows to have borne on the turn."""
    learnt = turn.learnt
    hidden = [] if earlier is None else _unsigned(book, earlier)
    parts: list[_Part] = []
    for who, own in turn.orders.items():
        parts += _ordered(book, turn, who, own)
        if before := int(worlds.last_deed[who, 0]):
            told = Cause(who, book.deeds[who][before].name, "", 0.0, "earlier")
            if (who, before) in hidden:
                told = Cause(None, "", "", 0.0, "earlier_unsigned")
            parts.append(_Part(told, who))
    taken = [one for part in parts for one in part.fire]
    loose = [one for one in learnt.sightings if one not in taken]
    for kind, is_own in (("own_fire", True), ("fire", False)):
        if fire := tuple(one for one in loose if (one.by is not None) == is_own):
            parts.append(_Part(Cause(None, "", "", 0.0, kind), fire=fire))
    for kind in _BEFALLS:
        if getattr(learnt, kind):
            parts.append(_Part(Cause(None, "", "", 0.0, kind)))
    parts += _pledged(learnt, worlds)
    return parts


def _ordered(book: Rulebook, turn: _Turn, seat: Seat, own: Choice) -> Iterator[_Part]:
    """What a seat did, said and sent."""
    order = own.order()
    if order.deed:
        deed, learnt = book.deeds[seat][order.deed], turn.learnt
        fired = tuple(one for one in learnt.sightings if _is_of(learnt, seat, deed, one))
        told = Cause(seat, deed.name, "", 0.0)
        if (seat, order.deed) in turn.unsigned:
            told = Cause(None, "", "", 0.0, "unsigned")
        yield _Part(told, seat, {"deed": 0, "site": ANY_SITE}, fired)
    if order.word:
        undone = {"word": 0, "word_to": NO_SEAT, "word_rung": 0}
        yield _Part(Cause(seat, book.words[order.word].name, "", 0.0), seat, undone)
    if order.whisper:
        undone = {"whisper": 0, "whisper_to": NO_SEAT}
        yield _Part(Cause(seat, book.whispers[order.whisper].name, "", 0.0), seat, undone)


def _pledged(learnt: Account, worlds: State) -> Iterator[_Part]:
    """Crossings that were left unanswered for too long, and the seat's own deals."""
    seat = learnt.seat
    own = [] if seat is None else [(seat, rival) for rival in learnt.lapsed]
    for debtor, offender in (*own, *learnt.others_lapsed):
        yield _Part(Cause(debtor, "", "", 0.0, "lapsed"), pairs=((debtor, offender),))
    if seat is not None:
        for other in seat.rivals:
            if worlds.deal[seat, other, 0]:
                both = (seat, other), (other, seat)
                yield _Part(Cause(other, "", "", 0.0, "deal"), pairs=both)


def _is_of(learnt: Account, seat: Seat, deed: Deed, fired: Sighting) -> bool:
    """Whether fire was part of a known action."""
    hand = {Source.IRAN: Seat.IRAN, Source.MILITIA: Seat.MILITIA}
    is_known = deed.signed or seat is learnt.seat
    return fired.by in hand and hand[fired.by] is seat and deed.fire is not None and is_known


# ------------------------------------------------------------------------------- the turn once more


def _nearest(turn: _Turn, parts: Sequence[_Part], now: Observation, worlds: State) -> State:
    """The worlds in which the turn goes most as the seat saw it go."""
    whole = np.ones((1, len(parts)), np.bool_)
    after, outcome = _replay(turn, parts, worlds, whole)
    learnt = turn.learnt
    off: Floats = np.zeros(worlds.games, np.float32)
    for name in now.exact:
        if COLUMNS[name].unit == "share":
            off += 100 * np.abs(getattr(after, name) - now.columns[name][0])
    for name in _FLAGS:
        off += _FLAG * (getattr(outcome, name) != getattr(learnt, name))
    off += np.abs(outcome.released - learnt.released)
    found = -1 if learnt.finding is None else int(learnt.finding)
    off += _FLAG * (outcome.finding != found)
    return worlds.take(np.argsort(off, kind="stable")[:NEAREST])


def _replay(
    turn: _Turn, parts: Sequence[_Part], worlds: State, there: Bools
) -> tuple[State, Outcome]:
    """The turn in all worlds, one after the other with each row of the causes that are there."""
    state = worlds.take(np.tile(np.arange(worlds.games), len(there)))
    gone = ~there.repeat(worlds.games, axis=0)
    given = {
        seat: Choice(*(getattr(own, part).repeat(state.games) for part in PARTS))
        for seat, own in turn.orders.items()
    }
    for part, without in zip(parts, gone.T, strict=True):
        if part.undone and part.seat is not None:
            changed = {
                name: np.where(without, value, getattr(given[part.seat], name))
                for name, value in part.undone.items()
            }
            given[part.seat] = replace(given[part.seat], **changed)
        elif part.seat is not None:  # done in the turn before
            state.last_deed[part.seat] *= ~without
        for pair in part.pairs:
            names = ("debt", "debt_days") if part.told.kind == "lapsed" else ("deal", "deal_days")
            for name in names:
                getattr(state, name)[pair] *= ~without
    return once_more(turn.setting, state, given, _AsSeen(parts, turn.learnt, gone))


class _AsSeen:
    """Puts into a turn what the seat knows to have befallen, and leaves out what is taken away."""

    def __init__(self, parts: Sequence[_Part], learnt: Account, gone: Bools) -> None:
        self._parts, self._learnt = parts, learnt
        self._gone = gone.T
        """(causes, games)."""
        self._before: Floats | None = None

    def __call__(self, phase: str, g: Games) -> None:
        if phase == "agency":
            self._before = g.columns.copy()
        elif phase == "chance":
            self._chance(g)
        elif phase == "force":
            self._fire(g)
            self._count(g)

    def _chance(self, g: Games) -> None:
        """What befell is as if it had not where it is taken away; late reports are as they came."""
        for part, without in zip(self._parts, self._gone, strict=True):
            if part.told.kind in ("protest", "discredited"):
                happened = getattr(g, part.told.kind)
                back = without & happened
                for row, name in enumerate(COLUMNS):
                    if name in _BEFALLS[part.told.kind] and self._before is not None:
                        column = getattr(g, name)
                        setattr(g, name, np.where(back, self._before[row], column))
                setattr(g, part.told.kind, happened & ~without)
        g.us_wounded = g.us_wounded + (self._learnt.revised - g.revised)
        g.revised = self._learnt.revised

    def _fire(self, g: Games) -> None:
        """Every salvo that was seen, each where its cause is there; and no other."""
        kept = {name: getattr(g, name).sum(axis=0) for name in _BY_SOURCE}
        for name in _FIRE:
            getattr(g, name)[:] = -1 if name == "fire_site" else 0
        known = {one.by for one in self._learnt.sightings}
        hands = iter([hand for hand in _HIDDEN_HANDS if hand not in known])
        killed, attacks, reported = (np.zeros(g.us_killed.size, np.float32) for _ in range(3))
        first = True
        for part, without in zip(self._parts, self._gone, strict=True):
            for one in part.fire:
                source = next(hands) if one.by is None else one.by
                there = (~without).astype(np.float32)
                for name, value in _salvo(one).items():
                    getattr(g, name)[source] = value * there
                g.fire_site[source] = np.where(without, -1, one.site)
                killed += one.us_killed * there
                attacks += one.attacks * there
                if first:  # nobody tells the wounded by salvo; the gravest comes first
                    reported += self._learnt.us_wounded_reported * there
                    g.fire_us_wounded[source] = reported
                    first = False
        for name, column in _BY_SOURCE.items():
            setattr(g, column, getattr(g, column) + getattr(g, name).sum(axis=0) - kept[name])
        self._put(g, "us_killed", killed)
        self._put(g, "new_attacks", attacks)
        self._put(g, "us_wounded_reported", reported)

    def _count(self, g: Games) -> None:
        """The toll of a strike and the arrests, where they were ordered."""
        toll, done = self._learnt.strike, g.strike_militia_killed
        struck = self._ordered(Seat.US, done.size) if toll is not None else False
        for name in ("militia_killed", "iraqi_killed", "civilians_killed"):
            value = getattr(toll, name) if toll is not None else 0
            self._put(g, f"strike_{name}", value * struck)
        self._put(g, "detained", self._learnt.detained * self._ordered(Seat.IRAQ, done.size))

    def _ordered(self, seat: Seat, games: int) -> Any:
        """(B,) whether the seat's known action is there."""
        for part, without in zip(self._parts, self._gone, strict=True):
            if part.seat is seat and "deed" in part.undone:
                return ~without
        return np.zeros(games, np.bool_)

    def _put(self, g: Games, name: str, value: Any) -> None:
        """What was counted in place of what luck had brought."""
        counted = np.asarray(value, np.float32)
        for column, sign in dict(_COUNTED)[name]:
            setattr(g, column, getattr(g, column) + sign * (counted - getattr(g, name)))
        setattr(g, name, counted)


_BEFALLS = {
    "protest": ("iraq_unrest",),
    "discredited": ("us_case", "us_support", "us_coalition", "us_claim"),
}
"""The figures that chance moves by each of these."""
_FIRE = (
    "fire_attacks", "fire_rounds", "fire_hits", "fire_site", "fire_us_killed", "fire_us_wounded",
    "fire_coalition_killed", "fire_iraqi_killed", "fire_rung",
)  # fmt: skip


def _salvo(one: Sighting) -> dict[str, float]:
    """The outcome's fields of fire that was seen."""
    seen = ("attacks", "rounds", "hits", "us_killed", "coalition_killed", "iraqi_killed", "rung")
    return {f"fire_{name}": float(getattr(one, name)) for name in seen}
