"""The propositions: what each claims, and what is found of it."""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from game.views.effects import Range

from .counting import Counted
from .intervals import exact
from .record import DATA
from .samples import Sample
from .verdicts import Verdict, is_weak, judged, ordinary


class Standing(StrEnum):
    """How a figure of history was known to the rules that it is held against."""

    FITTED = "fitted"
    """Its cases are among those that the fit was held against."""
    KNOWN = "known"
    """The rules were written with it in view."""
    TESTED = "tested"
    """Neither."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the model must reproduce."""

    number: int
    text: str
    measure: str
    name: str
    """What short tables call its figure."""
    figure: str
    """What is counted."""
    history: str
    source: str
    happened: int | None
    """In how many of history's `cases` it was so; None where there is no count."""
    cases: int | None
    value: float | None
    """History's figure, where it is one number."""
    says: Range
    """Where the figure must lie for the words to be true of the model."""
    standing: Standing
    cites: tuple[str, ...]
    """The parameters whose source is the very event, by "group.name"."""
    is_open: bool
    """Nothing is known of it, and next to any figure would do: none is a pass."""

    @property
    def allowed(self) -> Range | None:
        """The shares that history's cases allow: their exact 95 % interval; None without cases."""
        return None if self.cases is None else exact(self.happened or 0, self.cases)

    @property
    def region(self) -> Range:
        """Where a figure must lie: the words are true of it, and history does not contradict it."""
        history = self.allowed or Range(-math.inf, math.inf)
        return Range(max(self.says.low, history.low), min(self.says.high, history.high))

    @property
    def is_weak(self) -> bool:
        """History has so few cases that it could hardly contradict any figure."""
        return self.value is None and is_weak(self.allowed)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the model shows for a claim."""

    claim: Claim
    figure: float
    low: float
    """The figure's 95 % interval; for a claim with `value`, the middle 90 % of the cases."""
    high: float
    cases: int
    """How many simulated cases it rests on."""
    verdict: Verdict
    sample: Sample
    """The figure's sums, block by block; for a claim with `value`, of its mean."""


class Apart(StrEnum):
    """What placebos say of a figure as a test of the players."""

    APART = "no placebo shows it"
    """Each is outside, or has no case of it."""
    UNSURE = "a placebo may show it"
    """None is inside, but of one it is too close to call."""
    EMPTY = "empty"
    """One is inside: the figure tests nothing of what the players know."""
    UNTESTED = "no placebo was asked"


def apart(shown: Iterable[tuple[Verdict, int]]) -> Apart:
    """What placebos say of a figure, from each one's verdict and the cases that it rests on."""
    rows = list(shown)
    if not rows:
        return Apart.UNTESTED
    if any(verdict is Verdict.INSIDE for verdict, _ in rows):
        return Apart.EMPTY
    close = any(verdict is Verdict.OPEN and cases for verdict, cases in rows)
    return Apart.UNSURE if close else Apart.APART


def told_apart(claim: Claim, placebos: Iterable[Finding]) -> Apart:
    """What placebos' findings for a claim say of it."""
    if claim.is_open:
        return Apart.UNTESTED
    return apart((finding.verdict, finding.cases) for finding in placebos)


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim of the ten propositions that games can show, in the file's order."""
    with (DATA / "propositions.toml").open("rb") as file:
        rows = tomllib.load(file)["proposition"]
    return tuple(
        Claim(
            number=row["number"],
            text=row["text"],
            measure=row["measure"],
            name=row["name"],
            figure=row["figure"],
            history=row["history"],
            source=row["source"],
            happened=row.get("happened"),
            cases=row.get("cases"),
            value=row.get("value"),
            says=Range(*row["says"]),
            standing=Standing(row["standing"]),
            cites=tuple(row["cites"]),
            is_open=row.get("is_open", False),
        )
        for row in rows
    )


def found(claim: Claim, counted: Counted) -> Finding:
    """A claim held against what was counted for it; nothing is judged that no case shows."""
    figure, interval = counted.measured()
    if not counted.cases or claim.is_open:
        verdict = Verdict.OPEN
    elif claim.value is not None:
        verdict = ordinary(claim.value, counted.values)
    else:
        verdict = judged(interval, claim.region)
    return Finding(claim, figure, *interval, counted.cases, verdict, counted.sample)
