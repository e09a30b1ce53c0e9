"""What it is worth to know what is hidden: the theory, the others' agendas, who fired."""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from game.rules.luck import game_keys
from game.rules.seats import Seat

from .answers import Study
from .judging import judge, picked
from .measure import Estimated, Goal, Measure, by_group
from .readers import reader
from .sides import Position, Side
from .situations import hidden_facts
from .world import Values

KNOWING_LUCK = 80_000
LASTING = {
    "theory": {Seat.US: Goal(low=1.5), Seat.IRAN: Goal(low=1.5)},
    "agenda": dict.fromkeys(Seat, Goal(low=0.5)),
}
"""What is drawn for a whole game, and what to know it should be worth to whom."""
FIRED = {Seat.US: Goal(low=0.5), Seat.IRAQ: Goal(low=0.5)}
NOT_YET = "not in these rules yet"


def information(study: Study, seat: Seat) -> Iterator[Measure]:
    """The value to a seat of knowing each hidden thing."""
    for fact, goals in LASTING.items():
        if seat in goals:
            name = f"information: {fact}"
            names = [each for each in study.valued(seat).hidden if each.startswith(fact)]
            if names:
                found = _for_a_game(study, seat, names)
                yield Measure(name, seat, found, goals[seat], "known for the whole game")
            else:
                yield Measure(name, seat, None, goals[seat], NOT_YET)
    if seat in FIRED:
        yield _who_fired(study, seat)


def _who_fired(study: Study, seat: Seat) -> Measure:
    """In a situation after an attack: the gain of choosing with the culprit known over choosing by
    what the seat sees.
    """
    every = study.valued(seat)
    seen = np.flatnonzero(every.hidden["culprit"] > 0)
    valued = every.only(seen)
    causes = valued.hidden["culprit"][:, None] == np.arange(1, 5)
    blind, told = judge(valued), judge(valued, causes.astype(np.float64))
    gain = picked(told.means, told.by_sight()) - picked(blind.means, blind.by_sight())
    note = "in one situation, after an attack"
    found = by_group(gain, valued.game)
    return Measure("information: who fired", seat, found, FIRED[seat], note)


def _for_a_game(study: Study, seat: Seat, names: list[str]) -> Estimated:
    """In a whole game: the mark of a reader that is told, less that of one that is not."""
    world, valued = study.world, study.valued(seat)
    answers, games = study.answers(seat), study.world.effort.games
    codes = [sorted(set(valued.hidden[name].tolist())) for name in names]
    blind = answers.marks(answers.reader.side, games, KNOWING_LUCK).astype(np.float64)
    keys = game_keys(world.effort.seed + KNOWING_LUCK, range(games))
    opened = hidden_facts(Position(world.setting.open_games(keys), None), seat)
    told: Values = blind.copy()
    for combination in product(*codes):
        known = dict(zip(names, combination, strict=True))
        here = np.all([opened[name] == code for name, code in known.items()], axis=0)
        if here.any():
            marks = answers.marks(_told(study, seat, known), games, KNOWING_LUCK)
            told[here] = marks[here]
    return Estimated.mean(told - blind)


def _told(study: Study, seat: Seat, known: Mapping[str, int]) -> Side:
    world, setting = study.world, study.world.setting
    voice = world.schools[seat][0]
    return reader(study.valued(seat), voice, setting.rulebook, setting.turns, known)
