"""A what-if as JSON."""

import math
from collections.abc import Sequence
from typing import Any

from game.futures.statistics import Paired
from game.players.library import HISTORY

from .simulate import Work
from .whatif_question import PLAYERS, Answer, Query
from .whatif_words import verdict


def as_json(query: Query, answers: Sequence[Answer], work: Work, *, whole: bool) -> dict[str, Any]:
    """The answers for programs; what cannot be told of so few games is null."""
    question = query.what_if.question
    return {
        "scenario": query.scenario.id,
        "turn": question.turn,
        "date": query.scenario.turns[question.turn - 1].date.isoformat(),
        "seat": question.seat.name,
        "deed": question.deed,
        "instead": question.instead,
        "horizon": query.last - question.turn + 1,
        "days": query.days,
        "before": HISTORY if query.what_if.before else PLAYERS,
        "players": {seat.name: name for seat, name in query.names.items()},
        "games": work.games,
        "seed": work.seed,
        "partial": not whole,
        "lenses": {answer.lens.id: _lens_json(query, answer) for answer in answers},
    }


def _lens_json(query: Query, answer: Answer) -> dict[str, Any]:
    effect = answer.effect
    return {
        "name": answer.lens.name,
        "theory": answer.lens.theory,
        "games_played": effect.asked,
        "games_asked": effect.games,
        "answer": verdict(query, answer) if effect.games else None,
        "measures": {
            name: _measure_json(paired) for name, paired in effect.pairs.items() if effect.games
        },
    }


def _measure_json(paired: Paired) -> dict[str, Any]:
    change, games = paired.difference, paired.games
    return {
        "with": paired.mean_a,
        "without": paired.mean_b,
        "difference": paired.mean_a - paired.mean_b,
        "standard_error": _number(change.error),
        "interval_95": [change.low, change.high] if change.is_told else None,
        "other_numbers_90": None if change.left_open is None else list(change.left_open),
        "other_numbers_error": None if change.left_open is None else change.left_open_error,
        "way": str(change.way),
        "more": paired.more / games,
        "same": paired.same / games,
        "fewer": paired.less / games,
        "unpaired_ratio": _number(paired.unpaired_ratio),
    }


def _number(value: float) -> float | None:
    """None where nothing varies, or of one game."""
    return value if math.isfinite(value) else None
