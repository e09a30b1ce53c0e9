"""What the moment bears of a seat's deeds, in words: by the referee's own rows, from what the seat
sees. With it, how ready the seat is for a heavy deed, and how the deed will be read.
"""

from typing import NamedTuple

import numpy as np

from game.rules.observe import Observation
from game.rules.occasions import feature, fresh, occasion, stance
from game.rules.phases.doing import heavy_share
from game.rules.rulebook import Deed
from game.rules.setting import Setting
from game.rules.state import COLUMNS, READY

from .happenings import lowered
from .names import listed
from .situation import LABELS
from .telling import t

_VERDICTS = ((1.2, "very"), (0.6, "well"), (0.2, "some"), (-0.1, "little"), (-np.inf, "against"))
"""From which share of its usual effect on a deed is told to work how well."""
_MIDDLING = (0.4, 0.6)
"""Shares between which a figure is neither high nor low: it is told as it stands."""
_PROPER = ("Tehran", "Iran", "American", "Washington")
"""With which a figure's name begins that keeps its capital within a sentence."""
_ON = 2
"""Figures that are named of what an action works on."""
_SPEAKS = 0.3
"""What a feature must move the occasion by to be given as a reason."""
_REASONS = 2
_LAST_TURN = ("_firm", "_soft")
"""How the features end that tell of the turn before: of the first turn none is a reason."""


class Occasion(NamedTuple):
    """What the moment bears of one deed."""

    verdict: str
    """Such as "works well now"."""
    reasons: tuple[str, ...]
    """At most two, the weightiest first."""
    renewed: float
    """The share of it that works: less than 1 where the seat did the same in the turn before, and
    few days have passed since."""
    on: tuple[str, ...] = ()
    """The figures that it works on, the most moved first."""

    @property
    def told(self) -> str:
        """In one line."""
        told = self.verdict
        if self.on:
            told = t("occasions.told.on", verdict=told, what=listed(list(self.on)))
        if self.reasons:
            told = t("occasions.told.because", verdict=told, reasons=", ".join(self.reasons))
        if self.renewed < 1:
            told = t("occasions.told.again", told=told, share=round(100 * self.renewed))
        return told


def bears(setting: Setting, seen: Observation, deed: int, game: int = 0) -> Occasion | None:
    """What the moment bears of one of the seat's deeds; None for deeds that need no occasion, and
    after the last turn.

    Args:
        setting: the rules.
        seen: what the seat sees of B games.
        deed: index into the seat's deeds.
        game: which of them.
    """
    whole = setting.rulebook.deeds[seen.seat][deed]
    if not whole.timely or seen.turn >= len(setting.moments):
        return None
    rows = [
        (name, weight, _value(setting, seen, name, game)) for name, weight in whole.occasion.items()
    ]
    share = float(occasion(((weight, value) for _, weight, value in rows), setting.tables.bearing))
    verdict = next(name for least, name in _VERDICTS if share >= least)
    speaks_for = verdict in ("very", "well", "some")
    weighed = [
        (
            _leans(weight, value, speaks_for),
            name,
            _stands(name, value, high=(weight > 0) == speaks_for),
        )
        for name, weight, value in rows
        if name != "base" and (seen.turn or not name.endswith(_LAST_TURN))
    ]
    said: dict[str, str] = {}  # one reason about what a seat did last turn
    for by, name, text in sorted(weighed, key=lambda one: -one[0]):
        if by >= _SPEAKS:
            said.setdefault(_about(name), text)
    reasons = list(said.values())
    again = int(seen.deed[seen.seat, game]) == deed
    renewed = float(fresh(again, setting.moments[seen.turn].renewed))
    told = t(f"occasions.verdict.{verdict}")
    return Occasion(told, tuple(reasons[:_REASONS]), renewed, _works_on(whole))


def _works_on(deed: Deed) -> tuple[str, ...]:
    """The figures that a timely deed moves most, among those that a seat reads."""
    spans = {name: spec.high - spec.low for name, spec in COLUMNS.items()}
    found = sorted(
        (name for name in deed.timely if name in LABELS and "," not in LABELS[name]),
        key=lambda name: -abs(deed.timely[name]) / spans[name],
    )
    return tuple(_within(LABELS[name]) for name in found[:_ON])


def _within(label: str) -> str:
    """A figure's name within a sentence."""
    return label if label.startswith(_PROPER) else lowered(label)


def _stands(name: str, value: float, *, high: bool) -> str:
    """A feature as it stands: high or low, or its figure where it is neither."""
    low, upper = _MIDDLING
    if name in LABELS and low <= value <= upper:
        label = _within(LABELS[name])
        return t("occasions.told.middling", label=label, value=f"{100 * value:.0f}")
    return _phrase(name, high=high)


def _value(setting: Setting, seen: Observation, name: str, game: int) -> float:
    def column(wanted: str) -> np.ndarray:
        return seen.columns.get(wanted, np.zeros_like(seen.attacks))

    p = setting.tables.bearing
    value = np.asarray(feature(name, p, column, seen.debt, seen.stance, seen.seat))
    return float(value if value.ndim == 0 else value[game])


def _leans(weight: float, value: float, speaks_for: bool) -> float:
    """How much a feature, as it stands, adds or takes beside where it would be worst or best."""
    is_high = (weight > 0) == speaks_for
    return abs(weight) * (value if is_high else 1 - value)


def _about(name: str) -> str:
    for ending in _LAST_TURN:
        name = name.removesuffix(ending)
    return name


def _phrase(name: str, *, high: bool) -> str:
    state = "high" if high else "low"
    own = t.all.get(f"occasions.{state}.{name}")
    return own if own is not None else f"{lowered(LABELS[name])}: {state}"


def best_and_worst(deed: Deed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for a deed and what against it, whatever the moment; the weightiest first."""
    rows = sorted(deed.occasion.items(), key=lambda row: -abs(row[1]))
    told = [(weight, _phrase(name, high=True)) for name, weight in rows if name != "base"]
    best = tuple(text for weight, text in told if weight > 0)
    worst = tuple(text for weight, text in told if weight < 0)
    return best, worst


def readiness(setting: Setting, seen: Observation, deed: int, game: int = 0) -> str:
    """How ready the seat is for a heavy deed and how much of it would be done, else empty."""
    column = READY.get(seen.seat)
    if column is None or not setting.rulebook.deeds[seen.seat][deed].heavy:
        return ""
    ready = float(seen.columns[column][game])
    share = heavy_share(setting.rulebook.parameters.force, ready)
    done = round((share - 1) * 100)
    way = "short" if done < 0 else "harder" if done else "full"
    told = t(f"occasions.heavy.{way}", share=done + 100, more=done)
    return t("occasions.told.heavy", ready=f"{ready * 100:.0f}", told=told)


def manner(deed: Deed) -> str:
    """Whether a deed done in the open stands firm or gives way; empty where it does neither."""
    shown = stance(deed)
    return t(f"occasions.told.{'firm' if shown > 0 else 'yields'}") if shown else ""


def moment(setting: Setting, seen: Observation, deed: int, game: int = 0) -> list[str]:
    """All of it, in short lines: the occasion, the readiness, how the deed will be read."""
    borne, whole = bears(setting, seen, deed, game), setting.rulebook.deeds[seen.seat][deed]
    told = "" if borne is None else borne.told
    if told and whole.group == "force":
        told = t("occasions.told.politics", told=told)
    lines = (
        told,
        readiness(setting, seen, deed, game),
        manner(whole),
    )
    return [line for line in lines if line]
