"""The ten propositions as data: each figure, where it lies, and what the placebos show of it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from game.content.scenario import Scenario
from game.rules.seats import SEATS
from game.views.effects import Range

from .claims import Claim, Finding, Standing, apart, told_apart
from .moves import Move
from .placebos import Placebo
from .propositions import OF_STRIKES, findings, placebo_findings
from .record import Used
from .scores import RATES, UNIFORM, Difference, Scores, difference
from .strike import Strike
from .tables import PLAYERS, Known, Question, answers, by_turn, gain, periods
from .trajectories import Trajectories
from .verdicts import Verdict, judged


class Basis(NamedTuple):
    """Of how much the figures are."""

    games: int
    pairs: int
    """Of games with the strike of March and without it."""


def finding_rows(
    scenario: Scenario,
    shown: Trajectories,
    blind: Mapping[Placebo, Trajectories],
    strike: Strike | None,
    basis: Basis,
) -> Iterator[dict[str, Any]]:
    """Every claim's finding, beside what the placebos show of it."""
    placebos = placebo_findings(scenario, blind)
    for finding in findings(scenario, shown, strike):
        others = placebos.get(finding.claim.measure, {})
        yield _finding_row(finding, basis) | {
            "placebos": {str(who): _placebo_row(found) for who, found in others.items()},
            "apart": told_apart(finding.claim, others.values()),
        }


def _placebo_row(found: Finding) -> dict[str, Any]:
    return {
        "figure": round(found.figure, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "cases": found.cases,
        "verdict": found.verdict,
    }


def _finding_row(finding: Finding, basis: Basis) -> dict[str, Any]:
    claim = finding.claim
    pairs = claim.measure in OF_STRIKES
    return {
        "number": claim.number,
        "text": claim.text,
        "measure": claim.measure,
        "name": claim.name,
        "counted": claim.figure,
        "figure": round(finding.figure, 4),
        "low": round(finding.low, 4),
        "high": round(finding.high, 4),
        "cases": finding.cases,
        "basis": f"{basis.pairs:,} pairs" if pairs else f"{basis.games:,} games",
        "history": claim.value if claim.value is not None else _history_share(claim),
        "history_happened": claim.happened,
        "history_cases": claim.cases,
        "says": list(claim.says),
        "allowed": _ends(claim.allowed),
        "verdict": finding.verdict,
        "is_weak_test": claim.is_weak,
        "is_open": claim.is_open,
        "standing": claim.standing,
        "cites": list(claim.cites),
        "note": claim.history,
        "source": claim.source,
        "sample": finding.sample,
    }


def _ends(allowed: Range | None) -> list[float] | None:
    return None if allowed is None else [round(value, 4) for value in allowed]


def _history_share(claim: Claim) -> float | None:
    return round((claim.happened or 0) / claim.cases, 4) if claim.cases else None


def tenth(
    own: Sequence[Move], passionless: Sequence[Move], known: Known, split: int
) -> list[dict[str, Any]]:
    """The tenth proposition: history's moves are likelier than under a uniform choice."""
    rows = []
    of, without = (
        [answers(who, known, seat, Question.DEEDS, split) for seat in SEATS]
        for who in (own, passionless)
    )
    for period, which in periods(split).items():
        found = gain(of, which, UNIFORM)
        better = by_turn([seat[PLAYERS].log - seat[UNIFORM].log for seat in of])[which]
        cases, likelier = int(np.isfinite(better).sum()), int((better > 0).sum())
        where = "up to January" if period is Used.FITTED else "from February"
        rows.append(
            {
                "number": 10,
                "text": "The article's own sequence of moves is not a freak: each historical move "
                "has a clearly higher probability under the players than under a uniform choice.",
                "measure": f"likelier_{period}",
                "name": f"gain over a blind choice, {where}",
                "counted": f"log score of a historical move over a uniform choice, {where}; "
                f"{likelier} of {cases} known moves are likelier",
                "figure": round(found.mean, 4),
                "low": round(found.low, 4),
                "high": round(found.high, 4),
                "cases": cases,
                "basis": f"{cases} moves",
                "history": None,
                "history_happened": None,
                "history_cases": None,
                "says": [0.0, None],
                "allowed": None,
                "verdict": judged(Range(found.low, found.high), Range(0.0, math.inf)),
                "is_weak_test": False,
                "is_open": False,
                "standing": Standing.FITTED if period is Used.FITTED else Standing.KNOWN,
                "cites": [],
                "note": "the words say each, which is more than the model can bear out; what is "
                "asked is the mean, to which a surprising move counts as any other",
                "source": "the scenario's historical orders",
                "sample": None,
                **_tenth_of_placebos(of, without, which, cases),
            }
        )
    return rows


def _tenth_of_placebos(
    of: Sequence[Mapping[str, Scores]],
    without: Sequence[Mapping[str, Scores]],
    which: slice,
    cases: int,
) -> dict[str, Any]:
    """A blind choice gains nothing over itself; the lottery's odds are the base rates."""
    gains = {
        Placebo.PASSIONLESS: gain(without, which, UNIFORM),
        Placebo.LOTTERY: difference(
            by_turn([seat[RATES].log - seat[UNIFORM].log for seat in of])[which]
        ),
    }
    words = {who: judged(Range(g.low, g.high), Range(0.0, math.inf)) for who, g in gains.items()}
    gains[Placebo.UNIFORM], words[Placebo.UNIFORM] = Difference(0.0, 0.0, 0.0), Verdict.OUTSIDE
    return {
        "placebos": {
            str(who): {
                "figure": round(gains[who].mean, 4),
                "low": round(gains[who].low, 4),
                "high": round(gains[who].high, 4),
                "cases": cases,
                "verdict": words[who],
            }
            for who in Placebo
        },
        "apart": apart([(words[who], cases) for who in Placebo]),
    }
