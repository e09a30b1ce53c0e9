"""What moved between two runs of `validate`: verdicts, orders, and figures beyond their luck."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from game.rules.seats import SEATS, Seat
from game.views.effects import Way

from .samples import Change, change
from .scores import BASELINES, RATES, Values, difference
from .tables import ALL, PLAYERS, SIDES, periods
from .verdicts import Verdict
from .wording import ASKED, CALLED, WHEN, WHOLE, shown, strike_effect

Data = Mapping[str, Any]
BY_CHANCE = 0.05
"""The share of figures that did not move, and whose interval leaves zero out all the same."""


class FigureChange(NamedTuple):
    """One figure in both runs, and the interval of its difference."""

    name: str
    before: float
    now: float
    low: float
    high: float
    size: float
    """How far: in shares, in log score, or for a count in shares of itself."""

    @property
    def is_clear(self) -> bool:
        """More than luck: the interval of the difference leaves zero out."""
        return self.low > 0 or self.high < 0

    @property
    def is_tiny(self) -> bool:
        """It prints the same, or differs by less than half of the last digit that is printed."""
        digit = 1.0 if abs(self.now) >= WHOLE else 0.01
        return shown(self.before) == shown(self.now) or abs(self.now - self.before) < digit / 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs."""

    is_paired: bool
    """The runs have the same luck, so that most of it falls out."""
    verdicts: list[tuple[str, str, str]]
    """What a figure is of, its word before, its word now."""
    orders: list[tuple[str, list[str], list[str]]]
    """Rankings that changed: of what, before, now."""
    figures: list[FigureChange]
    """Those that print differently: the clear ones first, then by size."""
    compared: int
    """How many figures were held against each other."""
    untold: list[str]
    """Figures with too few games or cases to say."""

    @property
    def by_chance(self) -> float:
        """How many of the figures would be called clear if nothing had changed but the luck."""
        return BY_CHANCE * self.compared

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "is_paired": self.is_paired,
            "verdicts": [
                {"of": of, "before": before, "now": now} for of, before, now in self.verdicts
            ],
            "orders": [{"of": of, "before": old, "now": new} for of, old, new in self.orders],
            "figures": [
                {
                    "name": row.name,
                    "before": round(row.before, 5),
                    "now": round(row.now, 5),
                    "difference_low": round(row.low, 5),
                    "difference_high": round(row.high, 5),
                    "is_clear": row.is_clear,
                }
                for row in self.figures
            ],
            "compared": self.compared,
            "clear_by_chance": round(self.by_chance, 1),
            "untold": self.untold,
        }


def compare_runs(before: Data, now: Data) -> Comparison:
    """Holds two results of `validate` against each other."""
    paired = before["seed"] == now["seed"]
    figures, untold = [], []
    for name, found, unit in (*_counted(before, now, paired), *_scored(before, now)):
        if found is None:
            untold.append(name)
        else:
            figures.append(FigureChange(name, *found, abs(found.now - found.before) / unit))
    told = [row for row in figures if not row.is_tiny]
    clear = {row.name for row in figures if row.is_clear}
    told.sort(key=lambda row: (not row.is_clear, -row.size))
    return Comparison(
        paired,
        list(_words(before, now, clear)),
        list(_orders(before, now)),
        told,
        len(figures),
        untold,
    )


# --- figures that are counted over games


def _counted(before: Data, now: Data, paired: bool) -> Iterator[tuple[str, Change | None, float]]:
    """Name, change, and what a change of one is measured in."""
    kinds = (
        ("propositions", lambda row: row["measure"], lambda row: row["name"], "figure"),
        ("tempo", _window, _window, "mean"),
        ("happens", lambda row: row["measure"], _happening, "mean"),
        ("strike", lambda row: row["lens"], _of_strike, ""),
    )
    for table, key, name, own in kinds:
        old = {key(row): row for row in before.get(table, [])}
        for row in now.get(table, []):
            kept = old.get(key(row))
            if kept is None or not (row["sample"] and kept["sample"]):
                continue
            found = change(kept["sample"], row["sample"], paired=paired)
            # Attacks and wounded are of any number: their changes are told in shares of themselves.
            whole = abs(kept[own]) if own and abs(kept[own]) > 1 else 1.0
            yield name(row), found, whole


def _window(row: Data) -> str:
    compiler = row["compiler"].removesuffix(" tally").removesuffix(".csv")
    return f"attacks, {_day(row['from'])} to {_day(row['to'])} ({compiler})"


def _happening(row: Data) -> str:
    return f"{row['name']}, in a game"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b}"


def _of_strike(row: Data) -> str:
    return f"attacks that the strike of March adds, lens {row['lens']}"


# --- figures of the historical moves: the moves are the same, so their turns are pairs


def _scored(before: Data, now: Data) -> Iterator[tuple[str, Change | None, float]]:
    """As `_counted`; the particles' luck is part of what differs from turn to turn."""
    split = now["in_sample_turns"]
    if before["in_sample_turns"] != split:
        return
    for period, which in periods(split).items():
        for side, seats in SIDES.items():
            old, new = (_over_rates(result, seats)[which] for result in (before, now))
            yield f"gain over base rates, {_who(side)}, {WHEN[period]}", _turns(old, new), 1.0
        kept = {row["lens"]: row["by_turn"] for row in before["lenses"]}
        for row in now["lenses"]:
            if row["lens"] in kept:
                old, new = (_listed(v)[which] for v in (kept[row["lens"]], row["by_turn"]))
                yield f"log score of the lens {row['lens']}, {WHEN[period]}", _turns(old, new), 1.0


def _over_rates(result: Data, seats: tuple[Seat, ...]) -> Values:
    """(turns, seats) the players' log score less that of base rates, for a move."""
    log = result["by_turn"]
    return _listed(log[PLAYERS], seats) - _listed(log[RATES], seats)


def _listed(by_seat: Data, seats: tuple[Seat, ...] = SEATS) -> Values:
    """(turns, seats) log scores; NaN where nothing is known."""
    return np.array([by_seat[seat.name] for seat in seats], np.float64).T


def _who(side: str) -> str:
    return "all seats" if side == ALL else side


def _turns(old: Values, new: Values) -> Change | None:
    """None where too few turns are known to say."""
    off = difference(new - old)
    if not math.isfinite(off.low):
        return None
    return Change(float(np.nanmean(old)), float(np.nanmean(new)), off.low, off.high)


# --- words and orders


class _Word(NamedTuple):
    """What is said of a figure."""

    of: str
    word: str
    figure: str = ""
    """Its name in the table of figures; empty where it has none."""


def _words(before: Data, now: Data, clear: set[str]) -> Iterator[tuple[str, str, str]]:
    """The words that changed, but for those that only another number of games sharpened."""
    old = {row.of: row.word for row in _verdicts(before)}
    for row in _verdicts(now):
        was = old.get(row.of, row.word)
        was_open = {Verdict.OPEN, Way.UNCLEAR} & {was, row.word}
        sharpened = was_open and row.figure and row.figure not in clear
        if was != row.word and not sharpened:
            yield row.of, was, row.word


def _verdicts(result: Data) -> Iterator[_Word]:
    for row in result["propositions"]:
        yield _Word(f"{row['number']}: {row['name']}", row["verdict"], row["name"])
    for row in result["tempo"]:
        yield _Word(_window(row), row["verdict"], _window(row))
    for row in result.get("happens", []):
        yield _Word(_happening(row), row["verdict"], _happening(row))
    for row in result["strike"]:
        yield _Word(_of_strike(row), strike_effect(row).way, _of_strike(row))
    for period, when in WHEN.items():
        for question, asked in result["scores"].items():
            for side, row in asked[period].items():
                for baseline in BASELINES:
                    gain = row["baselines"][baseline]["gain"]
                    of = f"{ASKED[question]}, {_who(side)} against {CALLED[baseline]}, {when}"
                    yield _Word(of, gain["verdict"])
        first = result["lenses"][0]["lens"]
        for row in result["lenses"][1:]:
            of = f"the lens {row['lens']} against {first}, {when}"
            yield _Word(of, row[period]["difference"]["verdict"])


def _orders(before: Data, now: Data) -> Iterator[tuple[str, list[str], list[str]]]:
    for period, when in WHEN.items():
        old, new = (
            [r["lens"] for r in sorted(d["lenses"], key=lambda row: -row[period]["log"])]
            for d in (before, now)
        )
        if set(old) == set(new) and old != new:
            yield f"lenses by score {when}, best first", old, new
