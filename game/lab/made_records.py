"""Records that the model itself made, by parameters that are therefore known, and games that follow
them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.engine.play import play, play_on
from game.players.base import Choice, Dice, Options
from game.rules.luck import game_keys
from game.rules.observe import Observation
from game.rules.orders import PARTS
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import ANY_SITE
from game.rules.seats import SEATS
from game.rules.setting import Setting
from game.rules.state import Bools, State

from .moments import moments, simulated
from .record import covering, in_sample_turns, under
from .roster import doctrines
from .trajectories import KEPT, watched

Values = NDArray[np.float64]
TRIES = 4
"""Games that are played for a record: the first that is still on at the end becomes it."""
KEPT_OF_RECORDS = tuple(dict.fromkeys((*KEPT, *PARTS, "vote_failed", "us_killed", "fire_attacks")))


@dataclass(frozen=True, slots=True)
class Made:
    """R records of T turns each."""

    values: Values
    """(moments, R) what they say of each moment, errors of compilers included."""
    orders: Mapping[str, NDArray[np.intp]]
    """By part (T, 4, R)."""
    fired: Bools
    """(T, R) whether Americans were attacked by rockets."""
    killed: Bools
    """(T, R) whether any was killed."""
    failed: Bools
    """(T, R) whether a vote failed."""

    @property
    def records(self) -> int:
        """R."""
        return int(self.fired.shape[1])

    @property
    def turns(self) -> int:
        """T."""
        return int(self.fired.shape[0])

    def some(self, first: int, count: int) -> "Made":
        """Some of the records."""
        own = slice(first, first + count)
        return replace(
            self,
            values=self.values[:, own],
            orders={part: array[..., own] for part, array in self.orders.items()},
            fired=self.fired[:, own],
            killed=self.killed[:, own],
            failed=self.failed[:, own],
        )


# --- how they are made


def make_records(parameters: Sequence[Mapping[str, float]], seed: int) -> Made:
    """Plays an autumn by each set of parameters.

    Args:
        parameters: by name, one set for each record.
        seed: the luck.
    """
    scenario = covering()
    shown = [_record(scenario, named, seed, place) for place, named in enumerate(parameters)]
    kept = {name: np.concatenate([row[name] for row in shown], axis=-1) for name in shown[0]}
    rockets = kept["fire_attacks"].sum(axis=1) - kept["fire_attacks"][:, Source.IRAN]
    return Made(
        with_errors(
            simulated(scenario, watched(scenario, kept)), np.random.default_rng([seed, len(shown)])
        ),
        {part: kept[part].astype(np.intp) for part in PARTS},
        rockets > 0,
        kept["us_killed"] > 0,
        kept["vote_failed"] > 0,
    )


def _record(
    scenario: Scenario, named: Mapping[str, float], seed: int, place: int
) -> dict[str, NDArray[Any]]:
    """One game's arrays, with an axis of one game left."""
    there = under(scenario, named)
    keys = game_keys(seed, range(place * TRIES, (place + 1) * TRIES))
    turns = in_sample_turns(scenario)
    kept = play(there.setting, doctrines(there), keys, until=turns, keep=KEPT_OF_RECORDS).kept
    on = np.flatnonzero(kept["ending"][-1] == 0)
    chosen = on[:1] if on.size else np.array([0])
    return {name: array[..., chosen] for name, array in kept.items()}


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


# --- games that follow them


class Moment(NamedTuple):
    """The games that follow the records, before a turn: those of one record beside each other."""

    turn: int
    """From 0."""
    state: State
    outcome: Outcome | None


def follow_records(setting: Setting, made: Made, *, each: int, seed: int) -> Iterator[Moment]:
    """The moment before every turn of all records at once: see `futures.follow`.

    Args:
        setting: the rules.
        made: the records.
        each: games that follow each of them.
        seed: the luck.
    """
    group = np.repeat(np.arange(made.records), each)
    games = group.size
    script = {seat: _Recorded(made, group) for seat in SEATS}
    state, outcome = setting.open_games(game_keys(seed, range(games))), None
    for turn in range(made.turns):
        yield Moment(turn, state, outcome)
        played = play_on(setting, script, state, outcome, until=turn + 1)
        state, outcome = played.state, played.outcome
        chosen = _chosen(_agrees(made, turn, outcome, group), state.ending == 0, each)
        state, outcome = state.take(chosen), outcome.take(chosen)
        state.key = game_keys(seed, range((turn + 1) * games, (turn + 2) * games))


def _agrees(made: Made, turn: int, outcome: Outcome, group: NDArray[np.intp]) -> Bools:
    """(B,) which games went as their record says: see `moves.agreement`."""
    rockets = outcome.attacks - outcome.fire_attacks[Source.IRAN]
    fits: Bools = (rockets > 0) == made.fired[turn, group]
    fits &= (outcome.us_killed > 0) == made.killed[turn, group]
    fits &= outcome.vote_failed == made.failed[turn, group]
    return fits


def _chosen(fits: Bools, on: Bools, each: int) -> NDArray[np.intp]:
    """(B,) the games that go on: of each record those that fit, repeated as evenly as whole numbers
    allow; where none fits, those that are on; where none is, all.
    """
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
