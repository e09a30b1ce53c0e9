"""One turn of a calendar as the phases read it: its days, its luck, and the rulebook's numbers.

All of them are float32, as the columns are, so that arithmetic among them rounds in the same way.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .luck import ESTIMATE_STREAM, PLAYER_STREAM, REFEREE_STREAM, slot_constants
from .parameters import Parameters
from .state import Keys


class Decays(NamedTuple):
    """The share that is left after one turn's days, one for each half-life in the parameters."""

    report: np.float32
    case: np.float32
    support: np.float32
    coalition: np.float32
    momentum: np.float32
    authority: np.float32
    standing: np.float32
    unrest: np.float32
    cohesion: np.float32
    release: np.float32
    anger: np.float32
    record: np.float32
    assurance: np.float32
    estimate: np.float32
    network: np.float32
    grip: np.float32
    concealment: np.float32
    protection: np.float32
    guard: np.float32
    facade: np.float32
    pressure: np.float32
    ready: np.float32
    favour: np.float32
    stake: np.float32
    brink: np.float32
    effort: np.float32
    curb: np.float32
    effort_mean: np.float32
    """The share that is left of the distance from its rest, in the turn's mean."""


class Moment(NamedTuple):
    """One turn."""

    p: Any
    """`Parameters`, in float32."""
    decays: Decays
    days: np.float32
    """Its length."""
    weeks: np.float32
    renewed: np.float32
    """How much counts what is done or said again: as much as the days of the turn before renew."""
    bursts: np.float32
    """By what share luck makes the campaign's attacks more or fewer at the most."""
    anniversary: np.float32
    """How charged a day it opens on, 0 to 1."""
    number: np.float32
    """Counted from 1."""
    last: np.float32
    """1 in the calendar's last turn, else 0."""
    slots: Keys
    """(64,) what is added to a game's key for each of the referee's draws."""
    estimate_slots: Keys
    """(64,) … for the errors of intelligence."""
    player_slots: Keys
    """(64,) … and to a seat's own key for what its player draws."""

    @classmethod
    def of(
        cls,
        p: Any,
        decays: Decays,
        turn: int,
        days: int,
        anniversary: float,
        *,
        before: int | None,
        last: bool,
    ) -> "Moment":
        """The turn after so many turns, the latest of `before` days, None where there was none; `p`
        and `decays` as they are kept here.
        """
        return cls(
            p=p,
            decays=decays,
            days=np.float32(days),
            weeks=np.float32(days / 7),
            renewed=np.float32(1 if before is None else min(1, before / p.occasions.renewed_days)),
            bursts=np.float32(min(1, p.campaign.bursts / np.sqrt(days / 7))),
            anniversary=np.float32(anniversary),
            number=np.float32(turn + 1),
            last=np.float32(last),
            slots=slot_constants(REFEREE_STREAM, turn),
            estimate_slots=slot_constants(ESTIMATE_STREAM, turn),
            player_slots=slot_constants(PLAYER_STREAM, turn),
        )


def moments(
    parameters: Parameters, days: Sequence[int], anniversaries: Sequence[float]
) -> tuple[Moment, ...]:
    """Every turn of a calendar."""
    p = _single(parameters)
    by_length = {length: _decays(parameters, length) for length in set(days)}
    return tuple(
        Moment.of(
            p,
            by_length[length],
            turn,
            length,
            charge,
            before=days[turn - 1] if turn else None,
            last=turn + 1 == len(days),
        )
        for turn, (length, charge) in enumerate(zip(days, anniversaries, strict=True))
    )


def half_life(days: float, half: float) -> float:
    """The share left after `days` with a half-life of `half` days, rounded to six decimals."""
    return round(float(0.5 ** (days / half)), 6)


def mean_left(days: float, half: float) -> float:
    """The share that is left in the mean of `days`, with a half-life of `half` days, rounded to six
    decimals.
    """
    times = days / half * np.log(2)
    return round(float(-np.expm1(-times) / times), 6)


def _decays(parameters: Parameters, days: int) -> Decays:
    halves = {
        parameter.removesuffix("_half_life"): value
        for group in parameters
        for parameter, value in group._asdict().items()
        if parameter.endswith("_half_life")
    }
    return Decays(
        **{name: np.float32(half_life(days, half)) for name, half in halves.items()},
        effort_mean=np.float32(mean_left(days, halves["effort"])),
    )


def _single(parameters: Parameters) -> Parameters:
    """The parameters rounded to float32."""
    groups: dict[str, Any] = {
        name: type(group)(*map(np.float32, group)) for name, group in parameters._asdict().items()
    }
    return Parameters(**groups)
