"""Everything that `main.py validate` measures, as data."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from game.content.lens import BALANCED, lens_ids, load_lens, seen_through
from game.content.load import doctrine_ids
from game.content.scenario import Scenario
from game.rules.seats import SEATS, Seat

from .adopt import CALIBRATION, load_adopted
from .another_period import GAMES, LEAST, another_period
from .crisis import fitted_moments, happenings, missile_answer
from .intervals import middle
from .monthly import monthly
from .moves import PARTICLES, Move, moves
from .placebos import Placebo, placebo_players
from .posterior_uncertainty import strike_over_fit
from .proposition_rows import Basis, finding_rows, tenth
from .record import (
    SCENARIO,
    Count,
    counts,
    covering,
    in_sample_turns,
    last_fitted_day,
    named_attacks,
    opening_days,
    shares_of_turns,
)
from .samples import sample
from .shortfall import shortfalls
from .strike import MARCH_STRIKE, Strike, march_strike
from .tables import (
    Known,
    lenses,
    schools,
    scores,
    standings,
    turn_by_turn,
)
from .told import told
from .trajectories import Trajectories, TrajectoryJob, simulate_trajectories
from .variants import variants
from .verdicts import ordinary
from .wording import count_verdict, strike_word, verdict

Tell = Callable[[str], None]
"""Told what is being done."""
LAYOUT = 5
"""Counted up whenever the result's keys change, so that another layout is not compared."""
FEW_GAMES, FEW_PAIRS, FEW_PARTICLES = 4000, 4000, 512
"""With fewer, figures are for a first look only."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to play for it."""

    lens: str = BALANCED
    games: int = 8000
    pairs: int = 4000
    particles: int = PARTICLES
    seed: int = 1
    workers: int = 1

    @property
    def games_elsewhere(self) -> int:
        """Of another period."""
        return min(GAMES, max(LEAST, self.games // 10))

    @property
    def is_small(self) -> bool:
        """Too little for figures that anybody should quote."""
        return self.games < FEW_GAMES or self.pairs < FEW_PAIRS or self.particles < FEW_PARTICLES


def validate(plan: Plan, tell: Tell) -> dict[str, Any]:
    """Measures everything.

    Args:
        plan: how much to play, through which lens; its workers change nothing but the time.
        tell: is told of every step.

    Raises:
        ContentError: the lens has mistakes.
    """
    scenario = covering()
    split, known = in_sample_turns(scenario), told(scenario)
    tell("the historical moves, as the players see them")
    names = list(dict.fromkeys((plan.lens, *lens_ids())))
    by_lens = {lens: _moves(scenario, lens, plan) for lens in names}
    own = by_lens[plan.lens]
    tell("whole simulated games")
    shown = _simulated(plan)
    tell("the same games with placebos for players")
    blind = _placebos(plan)
    tell("the strike of March, with the same luck and without it, under every lens")
    strikes = {
        lens: march_strike(lens, plan.pairs, plan.seed, workers=plan.workers) for lens in names
    }
    leeway: dict[str, dict[str, Any]] = {}
    if calibration := load_adopted(CALIBRATION):
        tell("the same strike, over all that the fit leaves possible")
        pairs = max(plan.pairs // 5, 1)
        leeway = {
            lens: strike_over_fit(calibration, lens, pairs, plan.seed, workers=plan.workers)
            for lens in names
        }
    tell("another period, by data alone, and the other schools")
    basis = Basis(plan.games, plan.pairs)
    return _with_words(
        {
            "layout": LAYOUT,
            "lens": plan.lens,
            "games": plan.games,
            "pairs": plan.pairs,
            "particles": plan.particles,
            "seed": plan.seed,
            "in_sample_turns": split,
            "fitted_to": str(last_fitted_day(scenario)),
            "tempo": [_tempo(scenario, shown, count) for count in counts()],
            "months": monthly(scenario, shown, plan.seed),
            "another_period": another_period(plan.lens, plan.seed, plan.games_elsewhere),
            "propositions": [
                *finding_rows(scenario, shown, blind, strikes[plan.lens], basis),
                *tenth(own, _passionless(scenario, plan), known, split),
            ],
            "happens": happenings(scenario, shown),
            "missile_answer": missile_answer(scenario, shown),
            "moments": fitted_moments(scenario, shown),
            "strike": [
                _struck(lens, strike) | {"over_fit": leeway.get(lens)}
                for lens, strike in strikes.items()
            ],
            "strike_month": _month(scenario),
            **_scored(scenario, own, known),
            "by_turn": turn_by_turn(own, known, split),
            "lenses": lenses(by_lens, known, plan.lens, split),
            "schools": schools(
                dict(_at_school(scenario, plan)),
                known,
                {seat: scenario.roles[seat].doctrine for seat in SEATS},
                split,
            ),
        }
    )


def validate_scores(plan: Plan) -> dict[str, Any]:
    """Only how well the players foretell the historical moves: seconds where `validate` takes
    minutes.

    Args:
        plan: its lens, particles and seed.

    Raises:
        ContentError: the lens has mistakes.
    """
    scenario = covering()
    own = _moves(scenario, plan.lens, plan)
    return {
        "lens": plan.lens,
        "particles": plan.particles,
        "seed": plan.seed,
        "in_sample_turns": in_sample_turns(scenario),
        "fitted_to": str(last_fitted_day(scenario)),
        **_scored(scenario, own, told(scenario)),
    }


def validate_propositions(plan: Plan, tell: Tell) -> dict[str, Any]:
    """Only the propositions that free games show, beside the placebos.

    Args:
        plan: its lens, games, seed and workers.
        tell: is told of every step.

    Raises:
        ContentError: the lens has mistakes.
    """
    scenario = covering()
    tell("whole simulated games, and the same with placebos for players")
    shown, blind = _simulated(plan), _placebos(plan)
    basis = Basis(plan.games, plan.pairs)
    rows = list(finding_rows(scenario, shown, blind, None, basis))
    return {"lens": plan.lens, "games": plan.games, "seed": plan.seed} | {
        "propositions": [row | {"word": verdict(row)} for row in rows]
    }


def _scored(scenario: Scenario, own: Sequence[Move], known: Known) -> dict[str, Any]:
    split = in_sample_turns(scenario)
    return {
        "standings": standings(known, split),
        "scores": scores(own, known, split),
        "shortfalls": shortfalls(scenario, own, known, split),
        "variants": variants().as_data(),
    }


def _with_words(result: dict[str, Any]) -> dict[str, Any]:
    """The result with the very words that the tables print."""
    for row in result["propositions"]:
        row["word"] = verdict(row)
    for row in (*result["tempo"], *result["happens"], *result["moments"]):
        row["word"] = count_verdict(row)
    for row in result["strike"]:
        row["word"] = strike_word(row)
    return result


def _moves(
    scenario: Scenario, lens: str, plan: Plan, doctrines: Mapping[Seat, str] | None = None
) -> tuple[Move, ...]:
    seen = seen_through(scenario, load_lens(lens))
    return moves(seen, seed=plan.seed, particles=plan.particles, doctrines=doctrines)


def _passionless(scenario: Scenario, plan: Plan) -> tuple[Move, ...]:
    """The historical moves as the placebo sees them that weighs anything at all."""
    seen = seen_through(scenario, load_lens(plan.lens))
    players = placebo_players(seen, Placebo.PASSIONLESS)
    return moves(seen, seed=plan.seed, particles=plan.particles, players=players)


def _simulated(plan: Plan, placebo: Placebo | None = None) -> Trajectories:
    job = TrajectoryJob(SCENARIO, plan.games, plan.seed, plan.lens, placebo=placebo)
    return simulate_trajectories(job, workers=plan.workers)


def _placebos(plan: Plan) -> dict[Placebo, Trajectories]:
    return {placebo: _simulated(plan, placebo) for placebo in Placebo}


def _at_school(
    scenario: Scenario, plan: Plan
) -> Iterator[tuple[tuple[Seat, str], tuple[Move, ...]]]:
    """Every doctrine of every seat, under the lens that is validated."""
    by_seat = {s: [name for name, of in doctrine_ids().items() if of is s] for s in SEATS}
    for place in range(max(len(names) for names in by_seat.values())):
        asked = {s: names[place] for s, names in by_seat.items() if place < len(names)}
        done = _moves(scenario, plan.lens, plan, asked)
        for seat, name in asked.items():
            yield (seat, name), done


# --- the tempo of attacks


def _tempo(scenario: Scenario, shown: Trajectories, count: Count) -> dict[str, Any]:
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
        "tolerance": count.tolerance,
        "named": count.named,
        "period": count.used,
        "mean": round(float(values.mean()), 2),
        "low_5": round(likely.low, 2),
        "high_95": round(likely.high, 2),
        "verdict": ordinary(
            count.count, values, is_floor=count.is_floor, tolerance=count.tolerance
        ),
        "source": count.source,
        "sample": sample(values, np.ones(values.size)),
    }


def _struck(lens: str, strike: Strike) -> dict[str, Any]:
    """What the strike of March did to the next month's attacks under a lens."""
    found, every = strike.difference, strike.total
    return {
        "lens": lens,
        "pairs": every.games,
        "without": round(every.mean_b, 4),
        "mean": round(found.mean, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "fewer": round(every.less / every.games, 4),
        "more": round(every.more / every.games, 4),
        "same": round(1 - (every.less + every.more) / every.games, 4),
        "by_others": _by_others(strike),
        "sample": strike.sample,
    }


def _by_others(strike: Strike) -> dict[str, Any] | None:
    """What the strike did by other numbers; None where too few games were played to say."""
    found = strike.difference
    if found.left_open is None:
        return None
    return {
        "sets": strike.sets,
        "pairs": strike.others.games,
        "low_5": round(found.left_open.low, 4),
        "high_95": round(found.left_open.high, 4),
        "error": round(found.left_open_error, 4),
    }


def _month(scenario: Scenario) -> dict[str, Any]:
    """The weeks over which the strike's effect is counted, and the attacks that they really had."""
    days = opening_days(scenario)
    first = days[MARCH_STRIKE.turn - 1]
    last = days[MARCH_STRIKE.turn - 1 + MARCH_STRIKE.horizon] - timedelta(days=1)
    return {"from": str(first), "to": str(last), "named": named_attacks(first, last)}
