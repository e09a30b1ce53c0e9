"""Whether the fit finds what is there: parameters fitted to records that the model itself made.

Sets of parameters are drawn from the prior, and the model plays one autumn by each: its orders, its
attacks and its dead are then a record whose true parameters are known. Each is fitted as the real
one is, by the counts and by the moves (`calibrate`), with the same sets of parameters for all
records: what each set gives to every record is judged in one go. Where the intervals are honest, 90
of 100 of them hold the truth (Cook, Gelman and Rubin 2006; Talts and others 2018).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.engine.play import expect, play, play_on
from game.futures.parallel import spread
from game.players.base import Choice, Dice, Options, options
from game.players.doctrine import DoctrinePlayer
from game.players.features import Features
from game.rules.luck import game_keys
from game.rules.observe import Observation, observe
from game.rules.orders import PARTS
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import ANY_SITE
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Floats, State
from game.views.names import counted
from game.views.phrasebook import share

from .importance import effective, normalised, quantile
from .intervals import exact
from .moments import misfit, moments, simulated
from .moves import deed_odds
from .priors import Prior, named, priors
from .record import covering, in_sample_turns, under
from .roster import doctrines
from .trajectories import KEPT, record_trajectories, watched

Values = NDArray[np.float64]
CHUNK = 4
TRIES = 4
"""Games that are played for a record: the first that is still on at the end becomes it."""
FAINTEST = 1e-12
"""The least that a set of parameters can agree with anything: keeps its logarithm finite."""
LEVELS = (0.5, 0.9)
"""Of the intervals that are looked at."""
PROMISED = (0.85, 0.95)
"""How many of the 90 % intervals should hold the truth, with some leave for luck."""
LITTLE = 0.1
"""An interval that is shortened by less tells next to nothing."""
KEPT_OF_RECORDS = tuple(dict.fromkeys((*KEPT, *PARTS, "vote_failed", "us_killed", "fire_attacks")))


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look. It can be sent to another process, and names a run."""

    seed: int = 1
    records: int = 100
    draws: int = 400
    """Sets of parameters that are weighed for each record."""
    games: int = 256
    """Autumns simulated for each set."""
    particles: int = 16
    """Games that follow each record, for each set."""


@dataclass(frozen=True, slots=True)
class Made:
    """Records that the model made; R of them, T turns each."""

    truth: Values
    """(R, parameters)."""
    values: Values
    """(moments, R) what they say of each moment, errors of compilers included."""
    orders: dict[str, NDArray[np.intp]]
    """By part (T, 4, R)."""
    fired: Bools
    """(T, R) whether Americans were attacked by rockets."""
    killed: Bools
    """(T, R) whether any was killed."""
    failed: Bools
    """(T, R) whether a vote failed."""


class Judged(NamedTuple):
    """What some sets of parameters give to every record, (n, R) each."""

    free: Values
    """Log likelihood of the counts."""
    path: Values
    """Log likelihood of the moves."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What another process needs."""

    effort: Effort
    made: Made
    points: Values


Keep = Callable[[int, Judged], None]
"""Told of the first draw of a chunk, and what became of it."""


# --- records


def make_records(effort: Effort) -> Made:
    """Plays a record by each of some sets of parameters drawn from the prior."""
    scenario = covering()
    turns = in_sample_turns(scenario)
    truth = _drawn(effort.records, np.random.default_rng([effort.seed, 1]))
    shown = [
        _record(scenario, point, turns, effort.seed, place) for place, point in enumerate(truth)
    ]
    kept = {name: np.concatenate([row[name] for row in shown], axis=-1) for name in shown[0]}
    rockets = kept["fire_attacks"].sum(axis=1) - kept["fire_attacks"][:, Source.IRAN]
    values = simulated(scenario, watched(scenario, kept))
    return Made(
        truth,
        with_errors(values, np.random.default_rng([effort.seed, 2])),
        {part: kept[part].astype(np.intp) for part in PARTS},
        rockets > 0,
        kept["us_killed"] > 0,
        kept["vote_failed"] > 0,
    )


def _drawn(count: int, luck: np.random.Generator) -> Values:
    """(count, parameters) from the prior."""
    share = luck.random((count, len(priors())))
    return np.stack([p.value(column) for p, column in zip(priors(), share.T, strict=True)], axis=1)


def _record(
    scenario: Scenario, point: Values, turns: int, seed: int, place: int
) -> dict[str, NDArray[Any]]:
    """One game's arrays, with an axis of one game left."""
    there = under(scenario, named(priors(), point))
    # Another stream than that of the games which the records are held against.
    keys = game_keys(seed + 1, range(place * TRIES, (place + 1) * TRIES))
    played = play(there.setting, doctrines(there), keys, until=turns, keep=KEPT_OF_RECORDS)
    on = np.flatnonzero(played.kept["ending"][-1] == 0)
    chosen = on[:1] if on.size else np.array([0])
    return {name: array[..., chosen] for name, array in played.kept.items()}


def with_errors(values: Values, luck: np.random.Generator) -> Values:
    """What compilers would have written: each moment is as far off as the calibration takes the
    real one to be. A mere lower bound is taken to reach what there was.

    Args:
        values: (moments, R) what there was.
        luck: of the errors.
    """
    written = values.copy()
    for place, moment in enumerate(moments()):
        if np.isinf(moment.above):
            continue
        off = np.abs(luck.standard_normal(values.shape[1]))
        less = luck.random(values.shape[1]) < moment.above / (moment.below + moment.above)
        # Where a game shows more than the record, the record shows less than the game.
        written[place] += np.where(less, -off * moment.above, off * moment.below)
    return written


# --- the fit of all records at once


def judge_all(
    effort: Effort, made: Made, known: Mapping[int, Judged], keep: Keep, *, workers: int = 1
) -> tuple[Values, Judged]:
    """The sets of parameters, and what each gives to every record.

    Args:
        effort: how hard to look.
        made: the records.
        known: what an interrupted run has judged already, by the first draw of a chunk.
        keep: is told of every chunk that is judged anew.
        workers: processes; they change nothing but the time.
    """
    points = _drawn(effort.draws, np.random.default_rng([effort.seed, 3]))
    firsts = range(0, effort.draws, CHUNK)
    missing = [first for first in firsts if first not in known]
    todo = [draw for first in missing for draw in range(first, min(first + CHUNK, effort.draws))]
    work = _Work(effort, made, points[np.array(todo, np.intp)])
    parts = dict(known)
    # Only the last chunk can be short, and it is the last of those missing, if at all.
    done = spread(judge, work, len(todo), chunk=CHUNK, workers=workers)
    for first, part in zip(missing, done, strict=True):
        keep(first, part)
        parts[first] = part
    return points, Judged(
        *(np.concatenate([parts[first][k] for first in firsts]) for k in range(2))
    )


def judge(work: _Work, first: int, count: int) -> Judged:
    """What some of the sets of parameters give to every record."""
    effort, made = work.effort, work.made
    scenario = covering()
    turns = made.fired.shape[0]
    expect(effort.draws * effort.games * turns)
    free, path = [], []
    for point in work.points[first : first + count]:
        there = under(scenario, named(priors(), point))
        keys = game_keys(effort.seed, range(effort.games))
        shown = simulated(there, record_trajectories(there, doctrines(there), keys, turns))
        free.append(_counts_agree(shown, made.values))
        path.append(_moves_agree(there, made, effort))
    return Judged(np.stack(free), np.stack(path))


def _counts_agree(shown: Values, values: Values) -> Values:
    """(R,) the log likelihood of each record's counts; (moments, games) and (moments, R) given."""
    off = misfit(shown[:, :, None] - values[:, None, :])
    agreed: Values = np.log(np.exp(-off / 2).mean(axis=0) + FAINTEST)
    return agreed


def _moves_agree(scenario: Scenario, made: Made, effort: Effort) -> Values:
    """(R,) the log likelihood of each record's moves: see `moves`, for all records at once."""
    setting, players = scenario.setting, doctrines(scenario)
    turns, records = made.fired.shape
    each = effort.particles
    group = np.repeat(np.arange(records), each)
    games = records * each
    script = {seat: _Recorded(made, group) for seat in SEATS}
    state, outcome = setting.open_games(game_keys(effort.seed, range(games))), None
    total_log = np.zeros(records)
    for turn in range(turns):
        for seat, player in players.items():
            odds = _odds(setting, state, outcome, seat, player)
            done = odds[made.orders["deed"][turn, seat][group], np.arange(games)]
            total_log += np.log(
                np.maximum(done.reshape(records, each).mean(axis=1, dtype=np.float64), FAINTEST)
            )
        played = play_on(setting, script, state, outcome, until=turn + 1)
        state, outcome = played.state, played.outcome
        chosen = _chosen(_agrees(made, turn, outcome, group), state.ending == 0, records)
        state, outcome = state.take(chosen), outcome.take(chosen)
        state.key = game_keys(effort.seed, range((turn + 1) * games, (turn + 2) * games))
    return total_log


def _odds(
    setting: Setting, state: State, outcome: Outcome | None, seat: Seat, player: DoctrinePlayer
) -> Floats:
    """(deeds, B) what a player gives to each deed."""
    seen, may = observe(setting, state, outcome, seat), options(setting, state, seat)
    return deed_odds(player, seen, Features(setting, seen), may)


def _agrees(made: Made, turn: int, outcome: Outcome, group: NDArray[np.intp]) -> Bools:
    """(B,) which games went as their record says: see `moves.agreement`."""
    rockets = outcome.attacks - outcome.fire_attacks[Source.IRAN]
    fits: Bools = (rockets > 0) == made.fired[turn, group]
    fits &= (outcome.us_killed > 0) == made.killed[turn, group]
    fits &= outcome.vote_failed == made.failed[turn, group]
    return fits


def _chosen(fits: Bools, on: Bools, records: int) -> NDArray[np.intp]:
    """(B,) the games that go on: of each record those that fit, repeated as evenly as whole numbers
    allow; where none fits, those that are on; where none is, all.
    """
    each = fits.size // records
    chosen = np.empty(fits.size, np.intp)
    for first in range(0, fits.size, each):
        own = slice(first, first + each)
        for mask in (fits[own] & on[own], on[own], np.ones(each, bool)):
            kept = np.flatnonzero(mask)
            if kept.size:
                break
        chosen[own] = first + kept[np.arange(each) * kept.size // each]
    return chosen


class _Recorded:
    """Gives each game the orders of its record, where they are legal."""

    name = "recorded"

    def __init__(self, made: Made, group: NDArray[np.intp]) -> None:
        self._made, self._group = made, group

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """The record's orders of this turn, a part left out where it is not legal."""
        turn, seat, games = observation.turn, observation.seat, np.arange(self._group.size)
        part = {name: array[turn, seat][self._group] for name, array in self._made.orders.items()}
        choice = Choice.holding(games.size)
        may = legal.deed[part["deed"], games]
        choice.deed = np.where(may, part["deed"], choice.deed)
        choice.site = np.full(games.size, ANY_SITE, np.intp)
        may = legal.word[part["word"], games]
        for name in ("word", "word_to", "word_rung"):
            setattr(choice, name, np.where(may, part[name], getattr(choice, name)))
        may = (part["whisper"] > 0) & legal.whisper[part["whisper"], part["whisper_to"], games]
        for name in ("whisper", "whisper_to"):
            setattr(choice, name, np.where(may, part[name], getattr(choice, name)))
        return choice


# --- what came of it


def recovered(effort: Effort, made: Made, points: Values, judged: Judged) -> dict[str, Any]:
    """How often the intervals hold the truth, for every parameter and over all of them."""
    log = judged.free + judged.path
    weights = np.stack([normalised(column) for column in log.T])
    rows = [
        _parameter(prior, made.truth[:, k], points[:, k], weights)
        for k, prior in enumerate(priors())
    ]
    pooled = {
        str(level): round(float(np.mean([row["covered"][str(level)] for row in rows])), 4)
        for level in LEVELS
    }
    return {
        "records": effort.records,
        "draws": effort.draws,
        "games": effort.games,
        "particles": effort.particles,
        "seed": effort.seed,
        "effective_draws": round(float(np.median([effective(row) for row in weights])), 1),
        "pooled": pooled,
        "parameters": rows,
    }


def _parameter(prior: Prior, truth: Values, values: Values, weights: Values) -> dict[str, Any]:
    def ends(level: float) -> Values:
        """(R, 2)."""
        sides = ((1 - level) / 2, (1 + level) / 2)
        return np.array([[quantile(values, row, side) for side in sides] for row in weights])

    held = {}
    for level in LEVELS:
        low, high = ends(level).T
        held[level] = (low <= truth) & (truth <= high)
    widest = max(LEVELS)
    likely = exact(int(held[widest].sum()), truth.size)
    width = np.mean([prior.share(high) - prior.share(low) for low, high in ends(widest)])
    medians = np.array([quantile(values, weight, 0.5) for weight in weights])
    return {
        "name": prior.name,
        "covered": {str(level): round(float(flags.mean()), 4) for level, flags in held.items()},
        "low": round(likely.low, 4),
        "high": round(likely.high, 4),
        "narrowed": round(1 - float(width) / widest, 3),
        "correlation": round(float(np.corrcoef(truth, medians)[0, 1]), 3),
    }


def describe_recovery(found: Mapping[str, Any]) -> str:
    """What the coverage comes to, in sentences."""
    level = max(LEVELS)
    rows, pooled = found["parameters"], found["pooled"][str(level)]
    low, high = PROMISED
    # Luck alone moves the coverage of a single parameter: only what it cannot explain is named.
    off = [row for row in rows if row["high"] < level or row["low"] > level]
    told = (
        f"Of {counted(found['records'], 'record')} that the model made itself, the 90 % intervals "
        f"hold the true value in {share(pooled)}, over all {counted(len(rows), 'parameter')}: "
        f"{'as they promise' if low <= pooled <= high else 'not as they promise'}. "
    )
    if off:
        named = "; ".join(f"{row['name']} {share(row['covered'][str(level)])}" for row in off)
        told += f"More than luck off: {named}. "
    blind = [row["name"] for row in rows if row["narrowed"] < LITTLE]
    if blind:
        told += (
            f"But of {len(blind)} of {len(rows)} such a record says next to nothing, as the "
            f"interval is less than a tenth shorter than before: {', '.join(blind)}. Such "
            "an interval holds the truth because it is wide, not because the fit has found it."
        )
    return told.strip()
