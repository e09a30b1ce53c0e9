"""What it is worth to know what is hidden: the theory, the others' agendas, who fired."""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from game.rules.luck import game_keys
from game.rules.seats import Seat
from game.rules.state import Codes

from .answers import Study
from .judging import judge, picked
from .measure import Estimated, Goal, Measure, by_group
from .readers import reader
from .sides import Position, Side
from .situations import Valued, hidden_facts
from .world import Values, World

KNOWING_LUCK, TRIAL_LUCK = 80_000, 81_000
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
    """In a whole game: the mark of a player that is told some facts, less that of the better of
    the seat's own and the reader, who are not. Told is a reader, of all facts or of one, wherever
    that was better in other games.
    """
    answers, games = study.answers(seat), study.world.effort.games

    def played(side: Side) -> tuple[Values, Values]:
        trial, proof = (answers.marks(side, games, luck) for luck in (TRIAL_LUCK, KNOWING_LUCK))
        return trial.astype(np.float64), proof.astype(np.float64)

    blind = max(
        map(played, (study.sides[seat], answers.reader.side)), key=lambda two: two[0].mean()
    )
    opened = [_opened(study.world, seat, luck, games) for luck in (TRIAL_LUCK, KNOWING_LUCK)]
    gains = []
    for facts in (names, *([name] for name in names if len(names) > 1)):
        trial_gain, proof_gain = np.zeros(games), np.zeros(games)
        for known in _combinations(study.valued(seat), facts):
            told = played(_told(study, seat, known))
            trial, proof = (np.all([of[n] == known[n] for n in facts], axis=0) for of in opened)
            if trial.any() and told[0][trial].mean() > blind[0][trial].mean():
                trial_gain[trial] = (told[0] - blind[0])[trial]
                proof_gain[proof] = (told[1] - blind[1])[proof]
        gains.append((float(trial_gain.mean()), proof_gain))
    return Estimated.mean(max(gains, key=lambda two: two[0])[1])


def _combinations(valued: Valued, names: list[str]) -> Iterator[dict[str, int]]:
    codes = [sorted(set(valued.hidden[name].tolist())) for name in names]
    for combination in product(*codes):
        yield dict(zip(names, combination, strict=True))


def _opened(world: World, seat: Seat, luck: int, games: int) -> dict[str, Codes]:
    """What a seat does not know of games at their opening."""
    keys = game_keys(world.effort.seed + luck, range(games))
    return hidden_facts(Position(world.setting.open_games(keys), None), seat)


def _told(study: Study, seat: Seat, known: Mapping[str, int]) -> Side:
    world, setting = study.world, study.world.setting
    voice = world.schools[seat][0]
    return reader(study.valued(seat), voice, setting.rulebook, setting.turns, known)
