"""A doctrine as steps and numbers that compiled code can read."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from game.content.doctrine import SHARES
from game.players.doctrine import DoctrinePlayer
from game.players.features import SHORT_TURN_DAYS
from game.players.quantal import STEPS_PER_UNIT, WEIGHTS
from game.players.utility import CROSSING, UNSIGNED, Aim, Gain, Inclinations
from game.rules import state
from game.rules.seats import Seat
from game.rules.state import Codes, Floats

from .rows import (
    ALWAYS,
    ANGER,
    ATTACKS,
    COLUMNS,
    DEBT,
    FEAR,
    LINE,
    NOTHING,
    STAKE,
    STRUCK,
    US_KILLED,
    WITH_FIRE,
    WITH_FORCE,
    WITH_STRIKE,
    sources,
)
from .seat_rules import known_columns
from .steps import ABOVE_NONE, BELOW_NONE, DUTY, GAIN, HIGHEST, LOST, PASSION, SHARE, TERM


class Program(NamedTuple):
    """A doctrine in a turn of so many days. Its options are all deeds, then the words that it
    knows, then the whispers.
    """

    seat: int
    line: int
    """The rung that its threats name."""
    temper: np.float32
    """In steps of the table of weights."""
    weights: Floats
    """That table, of `players.quantal`."""
    sources: Codes
    """(7, 4); see `rows.sources`."""
    columns: int
    """How many it counts."""
    forms: Codes
    """(features, 2) how each is made, and of which row; see `steps.form`."""
    form_numbers: Floats
    """(features, 2)"""
    options: Codes
    """(4,) where deeds, words and whispers start, and where they end."""
    mask: Codes
    """(options,) the row that tells where it is legal, among those of its kind."""
    number: Codes
    """(options,) its number in the rulebook."""
    to: Codes
    """(options,) whom a whisper goes to."""
    base: Floats
    """(options,) what its utility starts from."""
    first: Codes
    """(options + 1,) where the steps of each start, and where the last end."""
    codes: Codes
    """(steps, 4) what is added, and from which rows; see `steps.weigh`."""
    numbers: Floats
    """(steps, 4)"""


class Translation(NamedTuple):
    """A doctrine's program, and the columns that it counts from `rows.COLUMNS` on."""

    columns: tuple[str, ...]
    program: Program
    least: tuple[int, int, int]
    """How many deeds its seat must have, and how many words and whispers there must be."""


T = TypeVar("T", bound=np.generic)
Step = tuple[int, tuple[int, ...], tuple[float, ...]]
"""An option, the codes of what is added to its utility, and the numbers."""

_known: WeakKeyDictionary[DoctrinePlayer, dict[int, Translation]] = WeakKeyDictionary()


def translated(player: DoctrinePlayer, days: int) -> Translation:
    """A player's doctrine for a turn of so many days, worked out once."""
    by_days = _known.setdefault(player, {})
    if days not in by_days:
        by_days[days] = _translated(player, days)
    return by_days[days]


def _translated(player: DoctrinePlayer, days: int) -> Translation:
    doctrine, utility = player.doctrine, player.deed_utility
    kinds = (utility.inclinations, player.word_inclinations, player.whisper_inclinations)
    sizes = [len(kind.base) for kind in kinds]
    options = np.cumsum([0, *sizes]).astype(np.intp)
    features = [name for kind in kinds for _, name, _ in kind.terms]
    rows = _Rows(doctrine.seat, days, features, utility.gains)
    steps = _terms(rows, kinds[0], 0)
    steps += [step for gain in utility.gains for step in _gain(rows, gain, days)]
    steps += [step for aim in utility.aims for step in _aim(player, aim)]
    rows.set_own_deed()
    steps += _terms(rows, kinds[1], int(options[1])) + _terms(rows, kinds[2], int(options[2]))
    # Each option's stay in order: sums are the same bits only then.
    steps.sort(key=lambda step: step[0])
    deeds, nobody = np.arange(sizes[0], dtype=np.intp), np.zeros(sizes[0] + sizes[1], np.intp)
    said_to = player.whispers * len(Seat) + np.maximum(player.receivers, 0)
    return Translation(
        tuple(rows.columns),
        Program(
            seat=int(doctrine.seat),
            line=int(doctrine.line),
            temper=np.float32(doctrine.temper * STEPS_PER_UNIT),
            weights=WEIGHTS,
            sources=sources(doctrine.seat, len(rows.columns)),
            columns=len(rows.columns),
            forms=_table([(form, row) for form, row, _ in rows.forms], 2, np.intp),
            form_numbers=_table([(most, 1 / most) for _, _, most in rows.forms], 2, np.float32),
            options=options,
            mask=np.concatenate([deeds, player.words, said_to]),
            number=np.concatenate([deeds, player.words, player.whispers]),
            to=np.concatenate([nobody, player.receivers]),
            base=np.concatenate([kind.base[:, 0] for kind in kinds]),
            first=np.searchsorted([option for option, _, _ in steps], np.arange(options[3] + 1)),
            codes=_table([codes for _, codes, _ in steps], 4, np.intp),
            numbers=_table([numbers for _, _, numbers in steps], 4, np.float32),
        ),
        (sizes[0], int(player.words.max()) + 1, int(player.whispers.max()) + 1),
    )


def _table(rows: Sequence[tuple[float, ...]], width: int, kind: type[T]) -> NDArray[T]:
    table = np.zeros((len(rows), width), kind)
    for row, values in zip(table, rows, strict=True):
        row[: len(values)] = values
    return table


_FORMS: dict[str, tuple[int, int | str, float]] = {
    "struck": (SHARE, "highest struck", 10),
    "killed": (SHARE, US_KILLED, 3),
    "attacked": (ABOVE_NONE, ATTACKS, 1),
    "debt": (ABOVE_NONE, "highest debt", 1),
    "angry": (HIGHEST, ANGER, 1),
    "afraid": (HIGHEST, FEAR, 1),
    "leaderless": (LOST, "mil_leaders", 1),
    "quiet": (SHARE, "quiet_days", 30),
    "truce": (ABOVE_NONE, "mil_truce", 1),
    "order": (ABOVE_NONE, "iraq_order_days", 1),
    "told_to_strike": (ABOVE_NONE, "mil_guidance", 1),
    "told_to_hold": (BELOW_NONE, "mil_guidance", 1),
    "highest struck": (HIGHEST, STRUCK, 1),
    "highest debt": (HIGHEST, DEBT, 1),
}
"""`players.features.FORMULAS`, and two steps on the way: how it is made, of which row, feature or
column, and for a share, of what.
"""


class _Rows:
    """Which row of the block holds what: the columns that count, and the features."""

    def __init__(
        self, seat: Seat, days: int, features: Sequence[str], gains: Sequence[Gain]
    ) -> None:
        exact, estimated = known_columns(seat)
        known = {*exact, *(name for _, name in estimated)}
        wanted = [str(_FORMS.get(name, (0, name))[1]) for name in features]
        wanted += [gain.column for gain in gains]
        self.columns = [name for name in dict.fromkeys(wanted) if name in known]
        self.forms: list[tuple[int, int, float]] = []
        self._rows = {name: COLUMNS + k for k, name in enumerate(self.columns)}
        self._rows["short"] = ALWAYS if days <= SHORT_TURN_DAYS else NOTHING

    def column(self, name: str) -> int | None:
        """The row of a column; None where the seat has no idea of it."""
        return self._rows[name] if name in self.columns else None

    def feature(self, name: str) -> int:
        """The row of a feature; KeyError where there is none of that name."""
        if name not in self._rows:
            # A column of which the seat has no idea reads 0.
            self._rows[name] = NOTHING if name in SHARES else self._formed(*_FORMS[name])
        return self._rows[name]

    def _formed(self, form: int, source: int | str, most: float) -> int:
        if isinstance(source, str):
            source = self.feature(source) if source in _FORMS else self._rows.get(source, NOTHING)
        self.forms.append((form, source, most))
        return COLUMNS + len(self.columns) + len(self.forms) - 1

    def set_own_deed(self) -> None:
        """From here on the own deed of the turn is known."""
        self._rows |= {
            "with_force": WITH_FORCE,
            "with_fire": WITH_FIRE,
            "with_strike": WITH_STRIKE,
        }


def _terms(rows: _Rows, inclinations: Inclinations, before: int) -> list[Step]:
    """`Inclinations.add`; so many options stand before the first."""
    return [
        (before + option, (TERM, rows.feature(name)), (float(weight),))
        for option, name, weight in inclinations.terms
    ]


def _gain(rows: _Rows, gain: Gain, days: int) -> list[Step]:
    """`utility._add_gain`, as far as it can be worked out before the game is seen."""
    row, delta = rows.column(gain.column), gain.once + gain.weekly * days / 7
    if row is None or not delta:
        return []
    spec, worth = state.COLUMNS[gain.column], abs(gain.worth)
    end, sign = (spec.high, 1) if delta > 0 else (spec.low, -1)
    good = (delta > 0) == (gain.worth > 0)
    return [(gain.deed, (GAIN, row), (end, sign, abs(delta), worth if good else -worth))]


def _aim(player: DoctrinePlayer, aim: Aim) -> list[Step]:
    """`DeedUtility._add_passions`, as far as it can be worked out before the game is seen."""
    utility, duty, weight = player.deed_utility, player.doctrine.duty, aim.rung / 10
    dread = utility.fear * weight * (1.0 if aim.signed else UNSIGNED)
    passion = (PASSION, ANGER + aim.seat, FEAR + aim.seat, LINE + aim.seat)
    steps: list[Step] = [
        (aim.deed, passion, (aim.rung, utility.anger * weight, dread, CROSSING - 1))
    ]
    if duty and aim.signed:
        answers = float(aim.rung + utility.slack)
        steps.append((aim.deed, (DUTY, DEBT + aim.seat, STAKE + aim.seat), (answers, duty)))
    return steps
