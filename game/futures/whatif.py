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

import numpy as np

from game.content.dealt import undrawn
from game.content.lens import BALANCED, load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import expect, is_compiled, play, play_on
from game.players.base import Choice, Player, holding_choice
from game.players.library import HISTORY
from game.rules.legal import deed_mask, why_not_deed
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys, State

from .cast import cast
from .parallel import spread
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
    both = np.tile(games, 2)
    state, outcome = state.take(both), None if outcome is None else outcome.take(both)
    measured = _lines(setting, after, question, state, outcome)
    for name, paired in result.pairs.items():
        paired.add(measured[name][: games.size], measured[name][games.size :])
    return result


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
) -> dict[str, Floats]:
    """Plays both lines over the horizon, as one batch, and measures them from the turn on."""
    played = play_on(
        setting,
        players,
        state,
        outcome,
        until=state.turn + question.horizon,
        given={state.turn: {question.seat: _set_deed(setting, question, state.games)}},
        keep=("new_rung",),
    )
    measured: dict[str, Floats] = {
        name: played.array(name) - getattr(state, name)
        for name in ("attacks", "us_dead", "iraqi_dead")
    }
    measured["highest_rung"] = played.kept["new_rung"].max(axis=0)
    for seat, points in zip(SEATS, played.scores, strict=True):
        measured[f"mark_{seat.name}"] = points
    return measured


@cache
def _cast(what_if: WhatIf) -> tuple[Setting, Players, Players]:
    """The setting under the lens, who plays before and who plays after; once in each process."""
    scenario = undrawn(seen_through(load_scenario(what_if.scenario), load_lens(what_if.lens)))
    after = cast(scenario, dict(what_if.players), people=True)
    return scenario.setting, _before(what_if, scenario, after), after


def _before(what_if: WhatIf, scenario: Scenario, after: Players) -> Players:
    if not what_if.before:
        return after
    return cast(scenario, dict.fromkeys(SEATS, what_if.before))


def run_part(what_if: WhatIf, first: int, games: int) -> Effect:
    """The effect over the games numbered from `first` on."""
    setting, before, after = _cast(what_if)
    _expect(what_if)
    keys = game_keys(what_if.seed, range(first, first + games))
    return effect(setting, before, after, what_if.question, keys)


def run(
    what_if: WhatIf, *, chunk: int, workers: int, scheduler: str | None = None
) -> Generator[Effect, None, None]:
    """The effects of chunks in the order of their games, as they are done; see `spread`."""
    _expect(what_if)
    _, before, after = _cast(what_if)
    return spread(
        run_part,
        what_if,
        what_if.games,
        chunk=chunk,
        workers=workers,
        scheduler=scheduler,
        threads=is_compiled(before) and is_compiled(after),
    )


def _expect(what_if: WhatIf) -> None:
    expect(what_if.games * (what_if.question.turn + 2 * what_if.question.horizon))


def obstacles(what_if: WhatIf, games: int = 64) -> list[str]:
    """Why the question cannot be asked in some of the first games, the commonest reason first;
    empty where nothing stands in its way.
    """
    setting, before, _ = _cast(what_if)
    question, book = what_if.question, setting.rulebook
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
