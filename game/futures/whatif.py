"""The same luck, another choice: what one order did, measured.

Games are played to one turn; there, one seat's deed is set to one choice in the one line and to
another in the other. All else, the luck of every later turn included, stays the same, so that most
of the luck cancels out of the difference between the two lines.

A few of the games are then played on from that turn by other numbers that may be as right as the
game's own (`other_numbers`), in both lines: how far the difference hangs on them. What came before
the turn stays as it was.
"""

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from game.content.dealt import undrawn
from game.content.lens import BALANCED, load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import expect, is_compiled, play, play_on
from game.players.base import Choice, Player, holding_choice
from game.players.library import HISTORY
from game.rules.endings import Ending
from game.rules.legal import deed_mask, why_not_deed
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys, State
from game.views.effects import FEWEST_GAMES

from .cast import cast
from .other_numbers import Numbers, games_by_others, rows_of
from .parallel import spread
from .side_by_side import after_turns, turns_played
from .statistics import Paired

Players = Mapping[Seat, Player]

MARK_STEP = 0.01
_AS_DEAR = 1000
"""Games in one batch that take as long as so few in one of their own, without machine code."""
MEASURES: dict[str, float] = {
    "attacks": 1.0,
    "us_dead": 1.0,
    "iraqi_dead": 1.0,
    "highest_rung": 1.0,
    "over": 1.0,
} | {f"mark_{seat.name}": MARK_STEP for seat in SEATS}
"""What is compared, and the step in which it is counted. Attacks, the dead and the rung are counted
as long as the game goes on in both lines; `over` is 1 where it ended before its calendar.
"""


COUNTED = ("attacks", "us_dead", "iraqi_dead")
"""What is added up turn by turn."""


@dataclass(frozen=True, slots=True)
class Question:
    """What if a seat had ordered something else in one turn?"""

    turn: int
    """Counted from 1."""
    seat: Seat
    deed: str
    instead: str
    horizon: int
    """Turns over which the lines are compared, the turn itself included."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question asked of many games. It can be sent to another process: it holds names only."""

    scenario: str | Path
    question: Question
    games: int
    seed: int
    lens: str = BALANCED
    players: tuple[tuple[Seat, str], ...] = ()
    """Players other than the scenario's own, from the turn on."""
    before: str = HISTORY
    """Who plays until then: "history", or "" for the same players as afterwards."""


@dataclass(slots=True)
class Effect:
    """What the choice did, by measure: the deed minus what was done instead of it."""

    asked: int = 0
    """Games played to the turn."""
    pairs: dict[str, Paired] = field(
        default_factory=lambda: {name: Paired(step) for name, step in MEASURES.items()}
    )
    """Over the games in which both deeds were legal and the game was still on."""

    @property
    def games(self) -> int:
        """Games in which the question could be asked."""
        return self.pairs["attacks"].games

    def merge(self, other: "Effect") -> None:
        """Adds another chunk's."""
        self.asked += other.asked
        for name, paired in self.pairs.items():
            paired.merge(other.pairs[name])


def effect(
    setting: Setting, before: Players, after: Players, question: Question, keys: Keys
) -> Effect:
    """The effect over a batch of games from their opening.

    Args:
        setting: the scenario's rules, seen through a lens or not.
        before: who plays until the question's turn.
        after: who plays from then on; in the turn itself the seat's deed is set in both lines.
        question: what is asked.
        keys: (B,) the games' luck.
    """
    state, outcome = _to_turn(setting, before, question, keys)
    result = Effect(asked=state.games)
    games = _can_be_asked(setting, state, question)
    if not games.size:
        return result
    measured = _lines(setting, after, question, state.take(games), _taken(outcome, games))
    for name, paired in result.pairs.items():
        paired.add(*measured[name])
    return result


def effect_by_others(
    scene: "Scene", question: Question, keys: Keys, rows: Mapping[int, Numbers | None]
) -> Effect:
    """The effect by some rows of numbers, each over the same games.

    Args:
        scene: the rules and who plays.
        question: what is asked.
        keys: (B,) the games' luck.
        rows: the numbers by the row that they are counted in; None for the game's own.
    """
    result, setting = Effect(), scene.setting
    state, outcome = _to_turn(setting, scene.before, question, keys)
    games = _can_be_asked(setting, state, question)
    if not games.size:
        return result
    state, outcome = state.take(games), _taken(outcome, games)
    for row, numbers in rows.items():
        world, after, there = setting, scene.after, state
        if numbers is not None:
            world, after, there = scene.by(numbers, state)
        for name, (with_it, without) in _lines(world, after, question, there, outcome).items():
            result.pairs[name].add_other(row, with_it, without)
    return result


def _taken(outcome: Outcome | None, games: Codes) -> Outcome | None:
    return None if outcome is None else outcome.take(games)


def _to_turn(
    setting: Setting, before: Players, question: Question, keys: Keys
) -> tuple[State, Outcome | None]:
    """The games at the question's turn, and what happened in the turn before it."""
    played = play(setting, before, keys, until=question.turn - 1)
    return played.state, played.outcome if question.turn > 1 else None


def _can_be_asked(setting: Setting, state: State, question: Question) -> Codes:
    book = setting.rulebook
    legal = deed_mask(setting, state, question.seat)
    both = legal[book.deed(question.seat, question.deed)]
    both &= legal[book.deed(question.seat, question.instead)]
    return np.flatnonzero(both & (state.ending == 0))


def _set_deed(setting: Setting, question: Question, games: int) -> Choice:
    """The seat's deed, in the first half of the games the one and in the second the other; its
    words and messages, which would have gone with another deed, are left out in both lines, so that
    only the deed differs.
    """
    choice, book = holding_choice(games), setting.rulebook
    choice.deed[: games // 2] = book.deed(question.seat, question.deed)
    choice.deed[games // 2 :] = book.deed(question.seat, question.instead)
    return choice


def _lines(
    setting: Setting, players: Players, question: Question, state: State, outcome: Outcome | None
) -> dict[str, tuple[Floats, Floats]]:
    """Plays both lines of the games over the horizon, as one batch, and measures each from the turn
    on: with the deed, and without it.
    """
    games = state.games
    both = np.tile(np.arange(games), 2)
    state, outcome = state.take(both), _taken(outcome, both)
    played = play_on(
        setting,
        players,
        state,
        outcome,
        until=state.turn + question.horizon,
        given={state.turn: {question.seat: _set_deed(setting, question, state.games)}},
        keep=("new_rung", *COUNTED),
    )
    on = turns_played(played.state, state.turn)
    both_on = np.tile(np.minimum(on[:games], on[games:]), 2)
    measured: dict[str, Floats] = {}
    for name in COUNTED:
        before = getattr(state, name)
        measured[name] = after_turns(played.kept[name], before, both_on) - before
    highest = np.maximum.accumulate(played.kept["new_rung"])
    measured["highest_rung"] = after_turns(highest, np.zeros_like(state.attacks), both_on)
    measured["over"] = (played.state.ending > Ending.CALENDAR).astype(np.float32)
    for seat, points in zip(SEATS, played.scores, strict=True):
        measured[f"mark_{seat.name}"] = points
    return {name: (values[:games], values[games:]) for name, values in measured.items()}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a question is asked in."""

    setting: Setting
    """The rules, seen through a lens or not; nothing is drawn."""
    before: Players
    """Who plays until the turn."""
    after: Players
    """Who plays from then on."""
    drawn: Setting | None = None
    """The rules with what a scenario draws; None where which theory holds is settled."""
    fixed: frozenset[str] = frozenset()
    """Parameters that other numbers leave alone: those that the lens names."""

    def by(self, numbers: Numbers, state: State) -> tuple[Setting, Players, State]:
        """The rules, who plays from the turn on, and the games, by other numbers."""
        setting = numbers.setting(self.setting, self.fixed)
        after = numbers.cast(setting, self.after)
        theory = None if self.drawn is None else numbers.world(self.drawn)
        if theory is None:
            return setting, after, state
        world = replace(state, theory=np.full_like(state.theory, theory))
        return setting.dealt(theory), after, world


@cache
def scene_of(what_if: WhatIf) -> Scene:
    """The scenario under the lens; read once in each process."""
    lens = load_lens(what_if.lens)
    drawn = seen_through(load_scenario(what_if.scenario), lens)
    scenario = undrawn(drawn)
    after = cast(scenario, dict(what_if.players), people=True)
    before = _before(what_if, scenario, after)
    return Scene(scenario.setting, before, after, drawn.setting, frozenset(lens.parameters))


def _before(what_if: WhatIf, scenario: Scenario, after: Players) -> Players:
    if not what_if.before:
        return after
    return cast(scenario, dict.fromkeys(SEATS, what_if.before))


@dataclass(frozen=True, slots=True)
class _Work:
    """A question cut into pieces, for another process."""

    what_if: WhatIf
    pieces: tuple[tuple[bool, range], ...]
    """Each is some of the games by the game's own numbers (False), or some rows of numbers."""


def _run_piece(work: _Work, first: int, _: int) -> Effect:
    """One piece."""
    what_if, (by_others, some) = work.what_if, work.pieces[first]
    scene, question = scene_of(what_if), what_if.question
    _expect(what_if)
    if not by_others:
        keys = game_keys(what_if.seed, some)
        return effect(scene.setting, scene.before, scene.after, question, keys)
    few = games_by_others(scene.after.values(), what_if.games)
    keys = game_keys(what_if.seed, range(few))
    every = rows_of(what_if.games)
    return effect_by_others(scene, question, keys, {row: every[row] for row in some})


def run(
    what_if: WhatIf, *, chunk: int, workers: int, scheduler: str | None = None, others: bool = True
) -> Generator[Effect, None, None]:
    """The effects of chunks in the order of their games, as they are done, then what becomes of
    them by other numbers; see `spread`.

    Args:
        what_if: what is asked.
        chunk: games worked on at once.
        workers: processes.
        scheduler: see `spread`.
        others: whether other numbers are asked, too; of too few games nobody can say anything.
    """
    _expect(what_if)
    scene = scene_of(what_if)
    pieces = [(False, some) for some in _cut(what_if.games, chunk)]
    hands = workers if len(pieces) > 1 else 1  # so little is done before another process is there
    if others and what_if.games >= FEWEST_GAMES:
        rows = len(rows_of(what_if.games))
        pieces += [(True, some) for some in _cut(rows, -(-rows // hands))]
    yield from spread(
        _run_piece,
        _Work(what_if, tuple(pieces)),
        len(pieces),
        chunk=1,
        workers=hands,
        scheduler=scheduler,
        threads=is_compiled(scene.before) and is_compiled(scene.after),
    )


def _cut(count: int, size: int) -> list[range]:
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def _expect(what_if: WhatIf) -> None:
    question, lines = what_if.question, 2 * what_if.question.horizon
    by_others = len(rows_of(what_if.games)) * _AS_DEAR * lines
    expect(what_if.games * (question.turn + lines) + by_others)


def obstacles(what_if: WhatIf, games: int = 64) -> list[str]:
    """Why the question cannot be asked in some of the first games, the commonest reason first;
    empty where nothing stands in its way.
    """
    scene, question = scene_of(what_if), what_if.question
    setting, before = scene.setting, scene.before
    book = setting.rulebook
    keys = game_keys(what_if.seed, range(min(games, what_if.games)))
    state, _ = _to_turn(setting, before, question, keys)
    told: Counter[str] = Counter()
    for game in range(state.games):
        alone = state.take(slice(game, game + 1))
        if alone.ending[0]:
            told["the game is over by then"] += 1
            continue
        for name in dict.fromkeys((question.deed, question.instead)):
            deed = book.deed(question.seat, name)
            told.update(
                f"{name}: {reason}" for reason in why_not_deed(setting, alone, question.seat, deed)
            )
    return [reason for reason, _ in told.most_common()]
