"""Rows of the table that come out of whole games: whose doctrine decides a mark, how the games end,
whether Washington and Tehran want opposite things, and whether turns stand for days.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from game.rules.endings import Ending
from game.rules.luck import game_keys
from game.rules.moment import moments
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats

from ..intervals import exact
from .measure import Estimated, Goal, Measure
from .plans import preferring
from .ridge import Values
from .sides import Side, Sides, all_along, play_sides
from .world import AT_ONCE, World

SCHOOL_LUCK, ENDING_LUCK, DAY_LUCK = 60_000, 61_000, 62_000
BLOCKS = 20
"""Parts that the games are cut into, to see how far a figure may be off (jackknife)."""
FEWEST = 64
"""Games of each cast."""


def own_shares(world: World) -> list[Measure]:
    """How much of each mark's variance is gone once all but the seat's own doctrine is known (the
    total effect of Sobol, by Jansen 1999): every cast of schools plays the same luck.
    """
    casts = list(product(*(range(len(world.schools[seat])) for seat in SEATS)))
    games = max(FEWEST, world.effort.games // 16)
    shape = tuple(len(world.schools[seat]) for seat in SEATS)
    marks = np.stack([world.marks(_cast(world, cast), SCHOOL_LUCK, games) for cast in casts])
    by_cast: Values = marks.reshape(*shape, 4, games).astype(np.float64)
    rows = []
    for seat in SEATS:
        own = by_cast[..., seat, :]
        found = _jackknifed(
            lambda some, own=own, axis=int(seat): _total_effect(own[..., some], axis), games
        )
        rows.append(Measure("own share", seat, found, Goal(low=0.35)))
    return rows


def _cast(world: World, cast: tuple[int, ...]) -> Sides:
    return {
        seat: all_along(world.setting, world.schools[seat][number])
        for seat, number in zip(SEATS, cast, strict=True)
    }


def _total_effect(marks: Values, axis: int) -> float:
    return float(marks.var(axis=axis).mean() / marks.var())


def opposition(world: World, marks: Floats) -> Measure:
    """How far American and Iranian marks rise together.

    Args:
        world: what is measured.
        marks: (4, games) of the default players.
    """
    us, iran = marks[Seat.US].astype(np.float64), marks[Seat.IRAN].astype(np.float64)
    found = _jackknifed(lambda some: float(np.corrcoef(us[some], iran[some])[0, 1]), us.size)
    return Measure("opposition", None, found, Goal(high=0.0), "correlation of US and IRAN marks")


def _jackknifed(figure: object, games: int) -> Estimated:
    """A figure of games, with its interval by leaving out one block of them after another."""
    assert callable(figure)
    block = np.arange(games) * BLOCKS // games
    whole = figure(np.arange(games))
    without = np.array([figure(np.flatnonzero(block != k)) for k in range(BLOCKS)])
    error = float(np.sqrt((BLOCKS - 1) / BLOCKS * ((without - without.mean()) ** 2).sum()))
    return Estimated.of(float(whole), error)


class Ends:
    """How games end, under the scenario's players and under plans that bring an end about."""

    def __init__(self, world: World) -> None:
        self._world = world

    def rows(self) -> Iterator[Measure]:
        """The calendar's share under default players, then every other ending's best plan."""
        world, games = self._world, self._world.effort.games
        names = {Ending(end): Ending(end).name.lower() for end in range(1, len(Ending))}
        ends = self._endings(world.defaults, ENDING_LUCK, games)
        told = ", ".join(f"{name} {np.mean(ends == end):.3f}" for end, name in names.items())
        calendar = int((ends == Ending.CALENDAR).sum())
        low, high = exact(calendar, games)
        yield Measure(
            "endings: calendar", None, Estimated(calendar / games, low, high), Goal(high=0.8), told
        )
        for ending, (plan, sides) in self._plans().items():
            count = int((self._endings(sides, ENDING_LUCK + 2, games) == ending).sum())
            low, high = exact(count, games)
            found = Estimated(count / games, low, high)
            note = plan if count else "no plan of one seat was found"
            yield Measure(f"endings: {names[ending]} by a plan", None, found, Goal(low=0.25), note)

    def _endings(self, sides: Sides, seed: int, games: int) -> Codes:
        """(games,) numbers of `Ending`."""
        world = self._world

        def work(sides: Sides, first: int, count: int) -> Codes:
            keys = game_keys(world.effort.seed + seed, range(first, first + count))
            ends: Codes = play_sides(world.setting, sides, keys).array("ending").astype(np.intp)
            return ends

        return np.concatenate(world.shared(work, sides, games, AT_ONCE))

    def _plans(self) -> dict[Ending, tuple[str, Sides]]:
        """For each ending but the calendar's, the one seat's plan that brings it about most often
        against the others' default players: one deed for good, or two, the second wherever the
        first is not legal, or both in turns.
        """
        world, games = self._world, self._world.effort.searched
        top: dict[Ending, tuple[float, str, Sides]] = {}
        for seat in SEATS:
            for name, side in self._candidates(seat):
                sides = {**world.defaults, seat: side}
                ends = self._endings(sides, ENDING_LUCK + 1, games)
                for ending in Ending:
                    share = float(np.mean(ends == ending))
                    if ending > Ending.CALENDAR and share > top.get(ending, (-1.0,))[0]:
                        top[ending] = share, f"{seat.name}: {name}", sides
        return {ending: (name, sides) for ending, (_, name, sides) in sorted(top.items())}

    def _candidates(self, seat: Seat) -> Iterator[tuple[str, Side]]:
        setting, voice = self._world.setting, self._world.schools[seat][0]
        book = setting.rulebook
        ids = [deed.id for deed in book.deeds[seat]]
        steady = [preferring(voice, book, [deed]) for deed in range(len(ids))]
        for first in range(len(ids)):
            yield ids[first], all_along(setting, steady[first])
            for second in range(1, len(ids)):
                if second == first:
                    continue
                if first:
                    both = preferring(voice, book, [first, second])
                    yield f"{ids[first]}, else {ids[second]}", all_along(setting, both)
                turns = tuple(steady[(first, second)[turn % 2]] for turn in range(setting.turns))
                yield f"{ids[first]} and {ids[second]} in turns", turns


def by_the_day(world: World) -> list[Measure]:
    """Attacks of a calendar whose turns are split in two, over those of the calendar as it is:
    under default players, who may do twice as much in twice as many turns, by the book and as
    people choose, and where all hold.
    """
    split = world.with_calendar(halved(world.setting))
    rows = []
    players: dict[str, Callable[[World], Sides]] = {
        "default players": lambda world: world.defaults,
        "default players, as people choose": lambda world: world.people,
        "all hold": lambda world: world.holding,
    }
    for name, sides in players.items():
        ours, theirs = (_attacks(each, sides(each)) for each in (world, split))
        ratio = float(theirs.mean() / ours.mean())
        error = ratio * float(
            np.sqrt(
                ours.var() / ours.size / ours.mean() ** 2
                + theirs.var() / theirs.size / theirs.mean() ** 2
            )
        )
        found = Estimated.of(ratio, error)
        note = f"{ours.mean():.1f} and {theirs.mean():.1f} attacks"
        rows.append(Measure(f"by the day: {name}", None, found, Goal(0.95, 1.05), note))
    return rows


def halved(setting: Setting) -> Setting:
    """The same days in twice the turns; a turn of one day stays whole."""
    days: list[int] = []
    charges: list[float] = []
    for length, charge in zip(setting.days, setting.anniversaries, strict=True):
        parts = [length - length // 2, length // 2] if length > 1 else [length]
        days += parts
        charges += [charge, 0.0][: len(parts)]
    return replace(
        setting,
        days=tuple(days),
        anniversaries=tuple(charges),
        moments=moments(setting.rulebook.parameters, days, charges),
    )


def _attacks(world: World, sides: Sides) -> Values:
    """(games,) attacks of whole games that run to the calendar's end."""
    setting = world.setting

    def work(sides: Sides, first: int, count: int) -> Values:
        keys = game_keys(world.effort.seed + DAY_LUCK, range(first, first + count))
        played = play_sides(setting, sides, keys)
        ran = played.array("ending") == Ending.CALENDAR
        attacks: Values = (played.array("attacks") - setting.opening.attacks)[ran]
        return attacks.astype(np.float64)

    return np.concatenate(world.shared(work, sides, world.effort.games, AT_ONCE))
