"""Everything that `main.py validate` measures, as data."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.content.lens import BALANCED, lens_ids, load_lens, seen_through
from game.content.load import doctrine_ids
from game.content.scenario import Scenario
from game.rules.seats import SEATS, Seat

from .film import Film, Shooting, film
from .intervals import middle
from .moves import PARTICLES, Move, moves, of_seat
from .propositions import Finding, findings, march_strike
from .record import SCENARIO, Count, counts, covering, in_sample_turns, shares_of_turns
from .scores import BASELINES, UNIFORM, Difference, Scores, baseline, by_turn, difference, scored

IN, OUT = "in_sample", "out_of_sample"
Tell = Callable[[str], None]
"""Told what is being done."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to play for it."""

    lens: str = BALANCED
    games: int = 8000
    pairs: int = 4000
    particles: int = PARTICLES
    seed: int = 1
    workers: int = 1


def validate(plan: Plan, tell: Tell) -> dict[str, Any]:
    """Measures everything.

    Args:
        plan: how much to play, through which lens; its workers change nothing but the time.
        tell: is told of every step.

    Raises:
        ContentError: the lens has mistakes.
    """
    scenario = covering()
    split = in_sample_turns(scenario)
    tell("the historical moves, as the players see them")
    lens_moves = {
        lens: _moves(scenario, lens, plan) for lens in dict.fromkeys((plan.lens, *lens_ids()))
    }
    own = lens_moves[plan.lens]
    tell("whole simulated autumns")
    shown = film(Shooting(SCENARIO, plan.games, plan.seed, plan.lens), workers=plan.workers)
    tell("the strike of March, with the same luck and without it")
    strike = march_strike(plan.lens, plan.pairs, plan.seed, workers=plan.workers)
    tell("the other schools")
    return {
        "lens": plan.lens,
        "games": plan.games,
        "pairs": plan.pairs,
        "particles": plan.particles,
        "seed": plan.seed,
        "in_sample_turns": split,
        "tempo": [_tempo(scenario, shown, count) for count in counts()],
        "propositions": [
            *(_told(f) for f in findings(scenario, shown, strike)),
            *_tenth(own, split, plan.seed),
        ],
        "scores": {
            period: {
                name: _scores(own, seats, rows, split, plan.seed)
                for name, seats in (*((s.name, (s,)) for s in SEATS), ("all", SEATS))
            }
            for period, rows in _periods(split)
        },
        "lenses": _lenses(lens_moves, plan, split),
        "schools": _schools(scenario, plan, split),
    }


def _periods(split: int) -> tuple[tuple[str, slice], tuple[str, slice]]:
    return (IN, slice(0, split)), (OUT, slice(split, None))


def _moves(
    scenario: Scenario, lens: str, plan: Plan, doctrines: Mapping[Seat, str] | None = None
) -> tuple[Move, ...]:
    seen = seen_through(scenario, load_lens(lens))
    return moves(seen, seed=plan.seed, particles=plan.particles, doctrines=doctrines)


# --- the tempo of attacks


def _tempo(scenario: Scenario, shown: Film, count: Count) -> dict[str, Any]:
    """A published count beside what the games show for its period."""
    shares = np.array(shares_of_turns(scenario, count.start, count.end))
    values = (shown.attacks * shares[:, None]).sum(axis=0)
    likely = middle(values)
    return {
        "from": str(count.start),
        "to": str(count.end),
        "compiler": count.compiler,
        "scope": count.scope,
        "count": count.count,
        "is_floor": count.is_floor,
        "period": IN if count.is_in_sample else OUT,
        "mean": round(float(values.mean()), 2),
        "low_5": round(likely.low, 2),
        "high_95": round(likely.high, 2),
        "is_inside": bool(
            count.count <= likely.high if count.is_floor else likely.holds(count.count)
        ),
        "source": count.source,
    }


# --- the propositions


def _told(finding: Finding) -> dict[str, Any]:
    claim = finding.claim
    return {
        "number": claim.number,
        "text": claim.text,
        "measure": claim.measure,
        "counted": claim.figure,
        "figure": round(finding.figure, 4),
        "low": round(finding.low, 4),
        "high": round(finding.high, 4),
        "cases": finding.cases,
        "history": claim.value if claim.value is not None else _history_share(finding),
        "history_cases": claim.cases,
        "says": list(claim.says),
        "allowed": [_finite(value) for value in finding.allowed],
        "is_met": bool(finding.is_met),
        "note": claim.history,
        "source": claim.source,
    }


def _finite(value: float) -> float | None:
    """JSON has no infinity: None."""
    return round(value, 4) if math.isfinite(value) else None


def _history_share(finding: Finding) -> float | None:
    claim = finding.claim
    return round((claim.happened or 0) / claim.cases, 4) if claim.cases else None


def _tenth(own: Sequence[Move], split: int, seed: int) -> list[dict[str, Any]]:
    """The tenth proposition: history's moves are likelier than under a uniform choice."""
    rows = []
    for period, which in _periods(split):
        kept = [move for seat in SEATS for move in list(_seat(own, seat))[which]]
        gain = _gain(own, SEATS, which, UNIFORM, split, seed)
        likelier = sum(move.probability > move.legal[move.deed] for move in kept)
        where = "up to January" if period == IN else "from February"
        rows.append(
            {
                "number": 10,
                "text": "The article's own sequence of moves is not a freak: each historical move "
                "has a clearly higher probability under the players than under a uniform choice.",
                "measure": f"likelier_{period}",
                "counted": f"log score of a historical move over a uniform choice, {where}; "
                f"{likelier} of {len(kept)} moves are likelier",
                "figure": round(gain.mean, 4),
                "low": round(gain.low, 4),
                "high": round(gain.high, 4),
                "cases": len(kept),
                "history": None,
                "history_cases": None,
                "says": [0.0, None],
                "allowed": [None, None],
                "is_met": gain.low > 0,
                "note": "a move that surprises the model counts here as any other",
                "source": "the scenario's historical orders",
            }
        )
    return rows


# --- scores


def _seat(all_moves: Sequence[Move], seat: Seat) -> list[Move]:
    return list(of_seat(tuple(all_moves), seat))


def _own_scores(all_moves: Sequence[Move], seat: Seat) -> Scores:
    kept = _seat(all_moves, seat)
    return scored(kept, [move.odds for move in kept])


def _simple_scores(all_moves: Sequence[Move], seat: Seat, name: str, split: int) -> Scores:
    kept = _seat(all_moves, seat)
    return scored(kept, baseline(name, kept, kept[:split]))


def _gain(
    all_moves: Sequence[Move],
    seats: Sequence[Seat],
    which: slice,
    name: str,
    split: int,
    seed: int,
) -> Difference:
    """The players' log score less a baseline's, for each move."""
    better = [
        _own_scores(all_moves, seat).log - _simple_scores(all_moves, seat, name, split).log
        for seat in seats
    ]
    return difference(by_turn(better)[which], seed=seed)


def _scores(
    all_moves: Sequence[Move], seats: Sequence[Seat], which: slice, split: int, seed: int
) -> dict[str, Any]:
    own = [_own_scores(all_moves, seat) for seat in seats]
    told: dict[str, Any] = {
        "moves": int(by_turn([s.log for s in own])[which].size),
        "players": _means(own, which),
        "baselines": {},
    }
    for name in BASELINES:
        simple = [_simple_scores(all_moves, seat, name, split) for seat in seats]
        gain = _gain(all_moves, seats, which, name, split, seed)
        told["baselines"][name] = _means(simple, which) | {"gain": _interval(gain)}
    return told


def _means(scores: Sequence[Scores], which: slice) -> dict[str, float]:
    return {
        "log": round(float(np.mean([s.log[which] for s in scores])), 4),
        "brier": round(float(np.mean([s.brier[which] for s in scores])), 4),
    }


def _interval(gain: Difference) -> dict[str, Any]:
    return {
        "mean": round(gain.mean, 4),
        "low": round(gain.low, 4),
        "high": round(gain.high, 4),
        "is_clear": bool(gain.is_clear),
    }


def _lenses(
    lens_moves: Mapping[str, Sequence[Move]], plan: Plan, split: int
) -> list[dict[str, Any]]:
    """Every lens, and its difference from the one that is validated."""
    logs = {
        lens: by_turn([_own_scores(done, seat).log for seat in SEATS])
        for lens, done in lens_moves.items()
    }
    briers = {
        lens: by_turn([_own_scores(done, seat).brier for seat in SEATS])
        for lens, done in lens_moves.items()
    }
    rows = []
    for lens, log in logs.items():
        row: dict[str, Any] = {"lens": lens}
        for period, which in _periods(split):
            off = difference((log - logs[plan.lens])[which], seed=plan.seed)
            row[period] = {
                "log": round(float(log[which].mean()), 4),
                "brier": round(float(briers[lens][which].mean()), 4),
                "difference": _interval(off),
            }
        rows.append(row)
    return rows


def _schools(scenario: Scenario, plan: Plan, split: int) -> list[dict[str, Any]]:
    """Every doctrine of every seat, under the lens that is validated."""
    by_seat = {s: [name for name, of in doctrine_ids().items() if of is s] for s in SEATS}
    rows = []
    for place in range(max(len(names) for names in by_seat.values())):
        asked = {s: names[place] for s, names in by_seat.items() if place < len(names)}
        done = _moves(scenario, plan.lens, plan, asked)
        for seat, name in asked.items():
            log = _own_scores(done, seat).log
            row: dict[str, Any] = {
                "seat": seat.name,
                "doctrine": name,
                "is_default": scenario.roles[seat].doctrine == name,
            }
            for period, which in _periods(split):
                row[period] = round(float(log[which].mean()), 4)
            rows.append(row)
    return sorted(rows, key=lambda row: (Seat[row["seat"]], -row[OUT]))
