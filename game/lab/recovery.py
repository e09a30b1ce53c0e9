"""Whether the fit finds what is there: parameters fitted to records that the model itself made.

Sets of parameters are drawn from the prior, and the model plays one autumn by each: its orders, its
attacks and its dead are then a record whose true parameters are known (`made_records`). Each is
fitted as the real one is (`calibrate`). Where the intervals are honest, 90 of 100 of them hold the
truth (Cook, Gelman and Rubin 2006; Talts and others 2018).

The rules' parameters and how people choose are looked at apart, as they are fitted in turn: in the
records of the one, the other is what the rulebook says, and known. The rules are judged by the same
sets of parameters for all records: what each set gives to every record is worked out in one go.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.engine.play import expect
from game.futures.parallel import spread
from game.players.base import options
from game.players.features import Features
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.views.names import counted, number
from game.views.phrasebook import share

from .choices import DEEDS, Z95, Faced, by_name, facing, fit, priors_of
from .importance import LEAST, effective, normalised, quantile
from .intervals import exact
from .made_records import Made, follow_records, make_records
from .moments import misfit, simulated
from .moves import deed_odds
from .priors import named, priors
from .record import covering, under
from .roster import doctrines
from .trajectories import record_trajectories

Values = NDArray[np.float64]
CHUNK = 4
LEVEL = 0.9
"""Of the intervals that are looked at."""
PROMISED = (0.85, 0.95)
"""How many of them should hold the truth, with some leave for luck."""
LITTLE = 0.1
"""An interval that is shortened by less tells next to nothing."""
RULES, CHOICES = "rules", "choices"
STUDIES = (RULES, CHOICES)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look. It can be sent to another process, and names a run."""

    seed: int = 1
    records: int = 100
    """Of each study."""
    draws: int = 400
    """Sets of the rules' parameters that are weighed for each record."""
    games: int = 256
    """Autumns simulated for each set."""
    particles: int = 16
    """Games that follow each record, for each set."""


class Records(NamedTuple):
    """Records with the truth behind them."""

    truth: Values
    """(R, parameters); of choices the sharpness as its logarithm."""
    made: Made


class Judged(NamedTuple):
    """Some rows of a study. Of the rules, for each set of parameters the log likelihood that it
    gives to every record's counts and moves; of choices, for each record every constant's centre
    and standard deviation.
    """

    one: Values
    other: Values


@dataclass(frozen=True, slots=True)
class _Work:
    """What another process needs."""

    effort: Effort
    study: str
    made: Made
    points: Values
    """Of the rules, the sets of parameters; of choices, the numbers of the records, (n, 1)."""


Parts = dict[tuple[str, int], Judged]
"""What was judged, by the study and the first row of a chunk."""
Keep = Callable[[str, int, Judged], None]
"""Told of a study, the first row of a chunk, and what became of it."""


# --- the records


def records_of(study: str, effort: Effort) -> Records:
    """Draws sets of parameters from the prior, and has the model play a record by each."""
    luck = np.random.default_rng([effort.seed, STUDIES.index(study)])
    # Another stream than that of the games which the records are held against.
    seed = effort.seed + 1 + STUDIES.index(study)
    if study == RULES:
        truth = _from_priors(effort.records, luck)
        return Records(truth, make_records([named(priors(), point) for point in truth], seed))
    rows = priors_of(DEEDS)
    spread_out = luck.standard_normal((effort.records, len(rows)))
    truth = np.array([r.mean for r in rows]) + spread_out * np.array([r.sd for r in rows])
    return Records(truth, make_records([by_name(DEEDS, point) for point in truth], seed))


def _from_priors(count: int, luck: np.random.Generator) -> Values:
    """(count, parameters) sets of the rules' parameters."""
    along = luck.random((count, len(priors())))
    return np.stack([p.value(column) for p, column in zip(priors(), along.T, strict=True)], axis=1)


# --- the fits


def judge_all(
    study: str, effort: Effort, made: Made, known: Parts, keep: Keep, *, workers: int = 1
) -> tuple[Values, Judged]:
    """All rows of a study, and what was judged for each.

    Args:
        study: one of `STUDIES`.
        effort: how hard to look.
        made: the records.
        known: what an interrupted run has judged already.
        keep: is told of every chunk that is judged anew.
        workers: processes; they change nothing but the time.
    """
    if study == RULES:
        points = _from_priors(effort.draws, np.random.default_rng([effort.seed, 9]))
    else:
        points = np.arange(effort.records, dtype=np.float64)[:, None]
    firsts = range(0, len(points), CHUNK)
    missing = [first for first in firsts if (study, first) not in known]
    todo = [row for first in missing for row in range(first, min(first + CHUNK, len(points)))]
    work = _Work(effort, study, made, points[np.array(todo, np.intp)])
    parts = dict(known)
    # Only the last chunk can be short, and it is the last of those missing, if at all.
    done = spread(judge, work, len(todo), chunk=CHUNK, workers=workers)
    for first, part in zip(missing, done, strict=True):
        keep(study, first, part)
        parts[study, first] = part
    return points, Judged(
        *(np.concatenate([parts[study, first][k] for first in firsts]) for k in range(2))
    )


def judge(work: _Work, first: int, count: int) -> Judged:
    """Some rows of a study."""
    points = work.points[first : first + count]
    if work.study == RULES:
        return _judge_rules(work.effort, work.made, points)
    chosen = points[:, 0].astype(np.intp)
    return _judge_choices(work.effort, work.made.some(int(chosen[0]), chosen.size))


def _judge_rules(effort: Effort, made: Made, points: Values) -> Judged:
    scenario = covering()
    expect(effort.draws * effort.games * made.turns)
    counts, moves = [], []
    for point in points:
        there = under(scenario, named(priors(), point))
        keys = game_keys(effort.seed, range(effort.games))
        shown = simulated(there, record_trajectories(there, doctrines(there), keys, made.turns))
        off = misfit(shown[:, :, None] - made.values[:, None, :])
        counts.append(np.log(np.exp(-off / 2).mean(axis=0) + LEAST))
        moves.append(_moves_agree(there, made, effort))
    return Judged(np.stack(counts), np.stack(moves))


def _moves_agree(scenario: Scenario, made: Made, effort: Effort) -> Values:
    """(R,) the log likelihood of each record's moves: see `moves`, for all records at once."""
    setting, players = scenario.setting, doctrines(scenario)
    group = np.repeat(np.arange(made.records), effort.particles)
    summed = np.zeros(made.records)
    path = follow_records(setting, made, each=effort.particles, seed=effort.seed)
    for turn, state, outcome in path:
        for seat, player in players.items():
            seen, may = observe(setting, state, outcome, seat), options(setting, state, seat)
            odds = deed_odds(player, seen, Features(setting, seen), may)
            done = odds[made.orders["deed"][turn, seat][group], np.arange(group.size)]
            given = done.reshape(made.records, -1).mean(axis=1, dtype=np.float64)
            summed += np.log(np.maximum(given, LEAST))
    return summed


def _judge_choices(effort: Effort, made: Made) -> Judged:
    fits = [fit(DEEDS, choices, weeks_before=False) for choices in _faced(made, effort)]
    return Judged(
        np.stack([found.centre for found in fits]),
        np.stack([np.sqrt(np.diag(found.covariance)) for found in fits]),
    )


def _faced(made: Made, effort: Effort) -> list[list[Faced]]:
    """Every choice of each record, by the rules as they are."""
    scenario = covering()
    setting, players = scenario.setting, doctrines(scenario)
    each = effort.particles
    found: list[list[Faced]] = [[] for _ in range(made.records)]
    for turn, state, outcome in follow_records(setting, made, each=each, seed=effort.seed):
        for seat, player in players.items():
            seen, may = observe(setting, state, outcome, seat), options(setting, state, seat)
            features = Features(setting, seen)
            names = [deed.id for deed in setting.rulebook.deeds[seat]]
            worth = list(player.deed_worth(seen, features))
            whole = facing(DEEDS, player, features, names, worth, may.deed, np.zeros(len(names)))
            for record, choices in enumerate(found):
                own = slice(record * each, (record + 1) * each)
                done = np.zeros(len(names))
                done[made.orders["deed"][turn, seat, record]] = 1
                choices.append(
                    whole._replace(
                        done=done, worth=whole.worth[:, own], habit=whole.habit[:, :, own]
                    )
                )
    return found


# --- what came of it


def measured(effort: Effort, known: Parts, keep: Keep, *, workers: int = 1) -> dict[str, Any]:
    """Both studies: see `judge_all`."""
    rules, choices = (records_of(study, effort) for study in STUDIES)
    points, judged = judge_all(RULES, effort, rules.made, known, keep, workers=workers)
    _, chosen = judge_all(CHOICES, effort, choices.made, known, keep, workers=workers)
    return {
        "records": effort.records,
        "draws": effort.draws,
        "games": effort.games,
        "particles": effort.particles,
        "seed": effort.seed,
        RULES: recovered_rules(rules, points, judged),
        CHOICES: recovered_choices(choices, chosen),
    }


class _Intervals(NamedTuple):
    """What the fits of all records say of one parameter, on the scale of its prior."""

    name: str
    truth: Values
    """(R,)."""
    low: Values
    middle: Values
    high: Values
    before: float
    """How long the interval is that the prior gives."""


def recovered_rules(records: Records, points: Values, judged: Judged) -> dict[str, Any]:
    """How often the intervals of the rules' parameters hold the truth."""
    weights = np.stack([normalised(row) for row in (judged.one + judged.other).T])
    found = []
    for k, prior in enumerate(priors()):
        on_scale = np.array([prior.share(value) for value in points[:, k]])
        low, middle, high = (
            np.array([quantile(on_scale, weight, level) for weight in weights])
            for level in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
        )
        truth = np.array([prior.share(value) for value in records.truth[:, k]])
        found.append(_Intervals(prior.name, truth, low, middle, high, LEVEL))
    worth = float(np.median([effective(weight) for weight in weights]))
    return _together(found) | {"effective_draws": round(worth, 1)}


def recovered_choices(records: Records, judged: Judged) -> dict[str, Any]:
    """How often the intervals of the constants of choice hold the truth."""
    found = []
    rows = zip(by_name(DEEDS, records.truth[0]), priors_of(DEEDS), strict=True)
    for k, (name, prior) in enumerate(rows):
        middle, half = judged.one[:, k], Z95 * judged.other[:, k]
        truth, before = records.truth[:, k], 2 * Z95 * prior.sd
        found.append(_Intervals(name, truth, middle - half, middle, middle + half, before))
    return _together(found)


def _together(found: list[_Intervals]) -> dict[str, Any]:
    rows = [_row(one) for one in found]
    return {
        "covered": round(float(np.mean([row["covered"] for row in rows])), 4),
        "parameters": rows,
    }


def _row(one: _Intervals) -> dict[str, Any]:
    held = (one.low <= one.truth) & (one.truth <= one.high)
    likely = exact(int(held.sum()), held.size)
    return {
        "name": one.name,
        "covered": round(float(held.mean()), 4),
        "low": round(likely.low, 4),
        "high": round(likely.high, 4),
        "narrowed": round(1 - float((one.high - one.low).mean()) / one.before, 3),
        "correlation": round(_correlation(one.truth, one.middle), 3),
    }


def _correlation(truth: Values, found: Values) -> float:
    """0 where all medians are one and the same."""
    if not found.std() or not truth.std():
        return 0.0
    return float(np.corrcoef(truth, found)[0, 1])


def describe_recovery(found: Mapping[str, Any]) -> str:
    """What the coverage comes to, in sentences."""
    told = [
        f"Of {counted(found['records'], 'record')} that the model made itself, the 90 % intervals "
        f"hold the true value of {_coverage(found[RULES], 'of the rules')}; and of as many others, "
        f"that of {_coverage(found[CHOICES], 'of how people choose')}."
    ]
    rows = [*found[RULES]["parameters"], *found[CHOICES]["parameters"]]
    # Luck alone moves the coverage of a single parameter: only what it cannot explain is named.
    off = [row for row in rows if row["high"] < LEVEL or row["low"] > LEVEL]
    if off:
        named_ = "; ".join(f"{row['name']} {share(row['covered'])}" for row in off)
        told.append(
            f"Further off than luck explains, taken singly: {named_}; of {len(rows)} about "
            f"{number(max(1, round(len(rows) * 0.05)))} would be so by luck."
        )
    blind = [row["name"] for row in rows if row["narrowed"] < LITTLE]
    if blind:
        told.append(
            f"Of {len(blind)} of these {len(rows)} such a record says next to nothing, as the "
            f"interval is less than a tenth shorter than before: {', '.join(blind)}. These "
            "intervals hold the truth because they are wide, not because the fit has found it."
        )
    return " ".join(told)


def _coverage(study: Mapping[str, Any], which: str) -> str:
    low, high = PROMISED
    word = "as they promise" if low <= study["covered"] <= high else "not as they promise"
    parameters = counted(len(study["parameters"]), "parameter")
    return f"{parameters} {which} in {share(study['covered'])}, {word}"
