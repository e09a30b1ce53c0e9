"""What did each use of force do? Asked of one played game, with the same luck and without it.

A use of force is compared with holding in its place, from that turn's real state and with all
other orders of that turn as they were, everything that was said included. The luck of the turn
itself stays what it was: under the game's own rules the deed does at once just what it did in the
game. What comes later is not taken as given. It is played on many times, each time with other luck,
the same in both lines, by whoever played the game, as far as they can be asked again
(`cast.heirs`). So the answer is about this deed in this game, and about the futures that it opened,
of which the game saw one.

Attacks, force and rungs are counted in the turns after the deed's own, so that no deed is its own
consequence; the dead from its own turn on, so that whom it killed is counted; and all of it as long
as the game goes on in both lines, so that an ending is not taken for peace.

Some of the futures are then played by other numbers that may be as right as the game's own
(`other_numbers`): the moment stays as it was, the theory that the game had drawn included, and the
deed's own turn and what comes after it follow the other numbers.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product

import numpy as np

from game.engine.play import expect, is_compiled, play_on
from game.players.base import Player, choice_of
from game.rules.luck import imagined_keys
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.rulebook import ANY_SITE, Deed, Rulebook
from game.rules.seats import PAIRS, SEATS, Rung, Seat
from game.rules.setting import Setting
from game.rules.state import Floats, State

from .other_numbers import Numbers, rows_of
from .parallel import spread
from .side_by_side import after_turns, turns_played
from .statistics import Paired
from .whatif import MARK_STEP

MEASURES: dict[str, float] = {
    "attacks": 1.0,
    "force_against": 1.0,
    "own_force": 1.0,
    "us_dead": 1.0,
    "all_dead": 1.0,
    "highest_rung": 1.0,
    "mark": MARK_STEP,
}
"""What is compared, and the step in which it is counted, all but the mark as long as the game goes
on in both lines. `force_against` is how often the other
seats used force against this one, `own_force` how often it used more of its own, `mark` its mark at
the end of the horizon."""
DETERS = {
    Seat.US: "attacks",
    Seat.IRAN: "force_against",
    Seat.MILITIA: "force_against",
    Seat.IRAQ: "attacks",
}
"""What each seat's force is held against: what it would deter."""
DEAD = ("us_dead", "coalition_dead", "iran_dead", "militia_dead", "iraqi_dead", "civilians_dead")
"""The columns that make up `all_dead`."""
HORIZON = 3
"""Turns after the deed's own that are compared, where nothing else is asked for."""
_LINES = 36_000
_MOST, _FEWEST = 1_000, 100
_AS_DEAR = 1_000
"""Games in one batch that take as long as so few in one of their own, without machine code."""
ALSO_BY_OTHERS = 160
"""Futures of a moment that are played by other numbers, too."""
_ROWS_FOR = 0
"""Games that say how many other numbers are asked: the fewest, for there are many deeds."""
HOLD = 0
"""The deed that stands in the other line."""
_AFTERWARDS = 20_000
"""Turns beyond every calendar: this luck is apart from what planners imagined in the game."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn in which force was used: one game (B = 1)."""

    before: State
    orders: Orders
    users: tuple[Seat, ...]
    """The seats whose deed is asked about."""


@dataclass(frozen=True, slots=True)
class Theory:
    """The rules as one lens sees them, and who plays the futures."""

    setting: Setting
    players: Mapping[Seat, Player]
    fixed: frozenset[str] = frozenset()
    """Parameters that other numbers leave alone: those that the lens names."""

    def by(self, numbers: Numbers) -> "Theory":
        """The same theory by other numbers."""
        setting = numbers.setting(self.setting, self.fixed)
        return Theory(setting, numbers.cast(setting, self.players), self.fixed)


@dataclass(frozen=True, slots=True)
class Asked:
    """What each use of force did, under each theory. It can be sent to another process."""

    theories: tuple[Theory, ...]
    moments: tuple[Moment, ...]
    futures: int
    """Played of each moment under each theory."""
    horizon: int = HORIZON
    instead: int = HOLD

    @property
    def games(self) -> int:
        """Futures of all theories and moments together."""
        return len(self.theories) * len(self.moments) * self.futures


def futures_for(theories: int, moments: Sequence[Moment]) -> int:
    """How many futures of each moment keep the whole at a few seconds; a round number."""
    lines = theories * sum(1 + len(moment.users) for moment in moments)
    return min(_MOST, max(_FEWEST, _LINES // max(1, lines) // 50 * 50))


@dataclass(slots=True)
class Effect:
    """What one deed did under one theory, by measure: the game with it minus the game without."""

    pairs: dict[str, Paired] = field(
        default_factory=lambda: {name: Paired(step) for name, step in MEASURES.items()}
    )

    def merge(self, other: "Effect") -> None:
        """Adds another part's."""
        for name, paired in self.pairs.items():
            paired.merge(other.pairs[name])


Effects = dict[tuple[int, int, Seat], Effect]
"""By theory and moment, as numbers of `Asked`, and seat."""


@dataclass(slots=True)
class Part:
    """The effects over some of the futures."""

    games: int
    effects: Effects


def run_part(asked: Asked, first: int, games: int) -> Part:
    """The effects over the futures numbered from `first` on, counted through all theories and
    moments.
    """
    effects: Effects = defaultdict(Effect)
    units = list(product(range(len(asked.theories)), range(len(asked.moments))))
    end = first + games
    for number in range(first // asked.futures, -(-end // asked.futures)):
        theory, moment = units[number]
        start = number * asked.futures
        span = range(max(first, start) - start, min(end, start + asked.futures) - start)
        found = _effects(asked, asked.theories[theory], asked.moments[moment], span)
        for seat, effect in found.items():
            effects[theory, moment, seat].merge(effect)
    return Part(games, dict(effects))


def run(asked: Asked, *, chunk: int = 0, workers: int = 1) -> Generator[Part, None, None]:
    """The effects of chunks, in order, as they are done.

    Args:
        asked: what to compare.
        chunk: futures played by one worker at a time; 0 for one theory's and moment's.
        workers: processes; neither changes any result.
    """
    expect(2 * asked.games * asked.horizon)
    threads = all(is_compiled(theory.players) for theory in asked.theories)
    return spread(
        run_part,
        asked,
        asked.games,
        chunk=chunk or asked.futures,
        workers=workers,
        threads=threads,
    )


@dataclass(frozen=True, slots=True)
class _Others:
    """Moments to be asked of by other numbers, for another process."""

    asked: Asked
    rows: tuple[tuple[int, int], ...]
    """Of each theory, by its number, and each row of numbers: one is played at a time."""
    moments: Mapping[int, tuple[int, ...]]
    """By theory: which moments are asked of."""


def run_others(
    asked: Asked, wanted: Collection[tuple[int, int]], *, workers: int = 1
) -> Generator[Part, None, None]:
    """The effects of some moments by other numbers, as they are done.

    Args:
        asked: what to compare.
        wanted: theories and moments, as numbers of `Asked`.
        workers: processes; they change no result.
    """
    moments: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for theory, moment in sorted(wanted):
        moments[theory] += (moment,)
    rows = tuple(product(moments, rows_of(_ROWS_FOR)))
    expect(_AS_DEAR * len(rows) * len(wanted) * asked.horizon)
    threads = all(is_compiled(asked.theories[theory].players) for theory in moments)
    work = _Others(asked, rows, dict(moments))
    return spread(_run_row, work, len(rows), chunk=1, workers=workers, threads=threads)


def _run_row(work: _Others, first: int, _: int) -> Part:
    asked, (number, row) = work.asked, work.rows[first]
    numbers, theory = rows_of(_ROWS_FOR)[row], asked.theories[number]
    if numbers is not None:
        theory = theory.by(numbers)
    effects: Effects = {}
    futures = range(min(ALSO_BY_OTHERS, asked.futures))
    for moment in work.moments[number]:
        for seat, lines in _measured(asked, theory, asked.moments[moment], futures).items():
            effect = effects[number, moment, seat] = Effect()
            for name, paired in effect.pairs.items():
                paired.add_other(row, *lines[name])
    return Part(len(futures) * len(work.moments[number]), effects)


def games_by_others(asked: Asked) -> int:
    """Futures that are played by other numbers where everything is in doubt."""
    futures = min(ALSO_BY_OTHERS, asked.futures)
    return len(asked.theories) * len(asked.moments) * len(rows_of(_ROWS_FOR)) * futures


def in_doubt(effects: Effects) -> set[tuple[int, int]]:
    """Theories and moments whose effects other numbers are asked of: all of the first theory, and
    of the others those of which it could be told, as far as luck goes, that force deterred or not.
    """
    return {
        (theory, moment)
        for (theory, moment, seat), effect in effects.items()
        if theory == 0 or effect.pairs[DETERS[seat]].difference.is_clear
    }


def gather(total: Effects, part: Part) -> None:
    """Adds a part to what there is."""
    for key, effect in part.effects.items():
        total.setdefault(key, Effect()).merge(effect)


def _effects(asked: Asked, theory: Theory, moment: Moment, span: range) -> dict[Seat, Effect]:
    """The effects of one moment's deeds over some of its futures."""
    found = {}
    for seat, lines in _measured(asked, theory, moment, span).items():
        effect = found[seat] = Effect()
        for name, paired in effect.pairs.items():
            paired.add(*lines[name])
    return found


def _measured(
    asked: Asked, theory: Theory, moment: Moment, span: range
) -> dict[Seat, dict[str, tuple[Floats, Floats]]]:
    """By the seat whose deed it is, every measure over some of a moment's futures: with the deed
    and without it.

    All lines are played at once: the first is the game as it was, then one for each deed without
    it.
    """
    setting, lines = theory.setting, 1 + len(moment.users)
    rows = np.arange(lines).repeat(len(span))
    at_once, news_of_it = _turn_itself(asked, setting, moment)
    state, outcome = at_once.take(rows), news_of_it.take(rows)
    keys = imagined_keys(moment.before.key, _AFTERWARDS + moment.before.turn, span.stop)
    state.key = np.tile(keys[span.start :, 0], lines)
    played = play_on(
        setting,
        theory.players,
        state,
        outcome,
        until=state.turn + asked.horizon,
        keep=("new_rung", "deed", "attacks", *DEAD),
    )
    kept, before, nothing = played.kept, moment.before, np.zeros_like(state.attacks)
    deeds = kept["deed"]
    force = np.zeros((4, *kept["attacks"].shape), np.float32)
    for (by, at), flag in _aimed(setting.rulebook).items():
        force[at] += flag.take(deeds[:, by])
    own_force = [flag.take(deeds[:, seat]) for seat, flag in enumerate(_any(setting.rulebook))]
    # (T, B) after each turn, what stood before the first of them, and what is not the lines' own.
    everybody = {
        "attacks": (kept["attacks"], state.attacks, state.attacks),
        "us_dead": (kept["us_dead"], state.us_dead, before.us_dead),
        "all_dead": (
            _dead(kept.__getitem__),
            _dead(partial(getattr, state)),
            _dead(partial(getattr, before)),
        ),
        "highest_rung": (np.maximum.accumulate(kept["new_rung"]), nothing, nothing),
    }
    points, on = played.scores, turns_played(played.state, state.turn).reshape(lines, -1)
    found = {}
    for line, seat in enumerate(moment.users, 1):
        counted = everybody | {
            "force_against": (force[seat].cumsum(axis=0), nothing, nothing),
            "own_force": (own_force[seat].cumsum(axis=0), nothing, nothing),
        }
        both_on = np.tile(np.minimum(on[0], on[line]), lines)
        by_line = {
            name: (after_turns(each_turn, start, both_on) - since).reshape(lines, -1)
            for name, (each_turn, start, since) in counted.items()
        } | {"mark": points[seat].reshape(lines, -1)}
        found[seat] = {name: (by_line[name][0], by_line[name][line]) for name in MEASURES}
    return found


def _dead(count: Callable[[str], Floats]) -> Floats:
    """All who have been killed, whoever they were."""
    total: Floats = np.sum([count(name) for name in DEAD], axis=0, dtype=np.float32)
    return total


def _turn_itself(asked: Asked, setting: Setting, moment: Moment) -> tuple[State, Outcome]:
    """The deed's own turn in every line, with the luck that it had."""
    lines = np.zeros(1 + len(moment.users), np.intp)
    orders = moment.orders.take(lines)
    for line, seat in enumerate(moment.users, 1):
        if orders.deed[seat, line] != asked.instead:
            orders.deed[seat, line] = asked.instead
            orders.site[seat, line] = ANY_SITE
    given = {seat: choice_of(orders, seat) for seat in SEATS}
    before = moment.before.take(lines)
    played = play_on(setting, {}, before, None, until=before.turn + 1, given={before.turn: given})
    return played.state, played.outcome


_AIMED_AT = {Seat.US: Seat.IRAN, Seat.IRAN: Seat.US, Seat.MILITIA: Seat.US}
"""At whom force is aimed that names nobody: fire at bases, ships, networks."""


def _aimed(book: Rulebook) -> dict[tuple[Seat, Seat], Floats]:
    """For each ordered pair of seats, 1 for each of the first one's deeds that is force against
    the second.
    """
    return {
        (by, at): np.array([_is_against(deed, at) for deed in book.deeds[by]], np.float32)
        for by, at in PAIRS
    }


def _any(book: Rulebook) -> list[Floats]:
    """For each seat, 1 for each of its deeds that is force."""
    return [np.array([deed.group == "force" for deed in own], np.float32) for own in book.deeds]


def _is_against(deed: Deed, at: Seat) -> bool:
    if deed.group != "force":
        return False
    if deed.against:
        return deed.against.get(at, 0) >= Rung.HARASSMENT
    return _AIMED_AT.get(deed.seat) is at
