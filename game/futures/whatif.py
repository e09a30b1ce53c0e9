"""The same luck, another choice: what one order did, measured.

Games are played to one turn; there, one seat's deed is set to one choice in the one line and to
another in the other. All else, the luck of every later turn included, stays the same, so that most
of the luck cancels out of the difference between the two lines.
"""

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from game.content.lens import BALANCED, load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.players.base import Player
from game.players.library import HISTORY
from game.rules.endings import marks
from game.rules.legal import deed_mask, why_not_deed
from game.rules.luck import game_keys
from game.rules.orders import Order, Orders
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, State, array_names

from .cast import cast
from .engine import decide_all, expect, resolve
from .parallel import spread
from .play import play_on
from .statistics import Paired

Players = Mapping[Seat, Player]

MARK_STEP = 0.01
MEASURES: dict[str, float] = {
    "attacks": 1.0,
    "us_dead": 1.0,
    "iraqi_dead": 1.0,
    "highest_rung": 1.0,
} | {f"mark_{seat.name}": MARK_STEP for seat in SEATS}
"""What is compared, and the step in which it is counted."""


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
    setting: Setting, before: Players, after: Players, question: Question, state: State
) -> Effect:
    """The effect over a batch of games from their opening.

    Args:
        setting: the scenario's rules, seen through a lens or not.
        before: who plays until the question's turn.
        after: who plays from then on; in the turn itself the seat's deed is set in both lines.
        question: what is asked.
        state: B opened games.
    """
    state, outcome = _to_turn(setting, before, question, state)
    result = Effect(asked=state.games)
    games = _can_be_asked(setting, state, question)
    if not games.size:
        return result
    if games.size < state.games:
        state, outcome = state.take(games), None if outcome is None else outcome.take(games)
    orders = decide_all(after, setting, state, outcome)
    measured = _lines(setting, after, question, state, orders)
    for name, paired in result.pairs.items():
        paired.add(measured[name][: games.size], measured[name][games.size :])
    return result


def _to_turn(
    setting: Setting, before: Players, question: Question, state: State
) -> tuple[State, Outcome | None]:
    """The games at the question's turn, and what happened in the turn before it."""
    outcome: Outcome | None = None
    for _ in range(question.turn - 1):
        state, outcome = resolve(setting, state, decide_all(before, setting, state, outcome))
    return state, outcome


def _can_be_asked(setting: Setting, state: State, question: Question) -> Codes:
    book = setting.rulebook
    legal = deed_mask(setting, state, question.seat)
    both = legal[book.deed(question.seat, question.deed)]
    both &= legal[book.deed(question.seat, question.instead)]
    return np.flatnonzero(both & (state.ending == 0))


def _with(setting: Setting, orders: Orders, question: Question) -> Orders:
    """The orders with the seat's deed set, in the first half of the games to the one and in the
    second to the other; its words and messages, which went with another deed, are left out in both
    lines, so that only the deed differs.
    """
    seat, book, half = question.seat, setting.rulebook, orders.games // 2
    orders.put(seat, Order(deed=book.deed(seat, question.deed)), slice(half))
    orders.put(seat, Order(deed=book.deed(seat, question.instead)), slice(half, None))
    return orders


def _lines(
    setting: Setting, players: Players, question: Question, state: State, orders: Orders
) -> dict[str, Floats]:
    """Plays both lines over the horizon, as one batch, and measures them from the turn on."""
    both = np.tile(np.arange(state.games), 2)
    state, orders = _twice(state), _with(setting, orders.take(both), question)
    opening = {name: getattr(state, name) for name in ("attacks", "us_dead", "iraqi_dead")}
    last = state.turn + question.horizon
    state, outcome = resolve(setting, state, orders)
    highest = outcome.rung
    for after, news in play_on(setting, players, state, outcome, last):
        state, highest = after, np.maximum(highest, news.rung)
    measured: dict[str, Floats] = {
        name: getattr(state, name) - start for name, start in opening.items()
    }
    measured["highest_rung"] = highest
    for seat, points in zip(SEATS, marks(setting, state), strict=True):
        measured[f"mark_{seat.name}"] = points
    return measured


def _twice(state: State) -> State:
    """The games, and the same games once more after them."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(state, name)] * 2, axis=-1) for name in array_names()
    }
    return State(turn=state.turn, **arrays)


@cache
def _cast(what_if: WhatIf) -> tuple[Setting, Players, Players]:
    """The setting under the lens, who plays before and who plays after; once in each process."""
    scenario = seen_through(load_scenario(what_if.scenario), load_lens(what_if.lens))
    after = cast(scenario, dict(what_if.players))
    return scenario.setting, _before(what_if, scenario, after), after


def _before(what_if: WhatIf, scenario: Scenario, after: Players) -> Players:
    if not what_if.before:
        return after
    return cast(scenario, dict.fromkeys(SEATS, what_if.before))


def run_part(what_if: WhatIf, first: int, games: int) -> Effect:
    """The effect over the games numbered from `first` on."""
    setting, before, after = _cast(what_if)
    expect(what_if.games * (what_if.question.turn + 2 * what_if.question.horizon))
    keys = game_keys(what_if.seed, range(first, first + games))
    return effect(setting, before, after, what_if.question, setting.open_games(keys))


def run(
    what_if: WhatIf, *, chunk: int, workers: int, scheduler: str | None = None
) -> Generator[Effect, None, None]:
    """The effects of chunks in the order of their games, as they are done; see `spread`."""
    return spread(
        run_part, what_if, what_if.games, chunk=chunk, workers=workers, scheduler=scheduler
    )


def obstacles(what_if: WhatIf, games: int = 64) -> list[str]:
    """Why the question cannot be asked in some of the first games, the commonest reason first;
    empty where nothing stands in its way.
    """
    setting, before, _ = _cast(what_if)
    question, book = what_if.question, setting.rulebook
    keys = game_keys(what_if.seed, range(min(games, what_if.games)))
    state, _ = _to_turn(setting, before, question, setting.open_games(keys))
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
