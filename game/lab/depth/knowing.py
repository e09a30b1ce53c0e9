"""What it is worth to know what is hidden: the theory, the others' agendas, who fired."""

from collections.abc import Iterator

import numpy as np

from game.rules.luck import game_keys
from game.rules.seats import Seat
from game.rules.state import Bools, Codes

from .answers import Answers, Known, Study
from .judging import judge, picked
from .measure import Estimated, Goal, Measure, by_group
from .readers import Hands
from .sides import Position, Side
from .situations import hidden_facts
from .world import Values, World

KNOWING_LUCK, TRIAL_LUCK = 80_000, 81_000
LASTING = {
    "theory": {Seat.US: Goal(low=1.5), Seat.IRAN: Goal(low=1.5)},
    "agenda": dict.fromkeys(Seat, Goal(low=0.5)),
}
"""What is drawn for a whole game, and what to know it should be worth to whom."""
FIRED = {Seat.US: Goal(low=0.5), Seat.IRAQ: Goal(low=0.5)}
LAST_LESSONS = 2
"""How often a reader learns that is told a fact, and the one that is not, beside it."""
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
    """In a whole game: the mark of a player that is told a fact, less that of the best that is not.
    Both are the seat's reader after its last lessons, in which one is told the fact. Where the
    other was better in other games, it plays as that one does.
    """
    answers, games = study.answers(seat), study.world.effort.games

    def played(side: Side) -> tuple[Values, Values]:
        trial, proof = (answers.marks(side, games, luck) for luck in (TRIAL_LUCK, KNOWING_LUCK))
        return trial.astype(np.float64), proof.astype(np.float64)

    whole = np.ones(games, np.bool_)
    untold = [study.sides[seat], answers.hands, _told(answers, None, whole)]
    blind = max(map(played, untold), key=lambda two: two[0].mean())
    opened = [_opened(study.world, seat, luck, games) for luck in (TRIAL_LUCK, KNOWING_LUCK)]
    gains = []
    for name in names:
        trial_gain, proof_gain = np.zeros(games), np.zeros(games)
        for code in sorted(set(study.valued(seat).hidden[name].tolist())):
            trial, proof = (of[name] == code for of in opened)
            if not trial.any():
                continue
            told = played(_told(answers, (name, code), trial))
            if told[0][trial].mean() > blind[0][trial].mean():
                trial_gain[trial] = (told[0] - blind[0])[trial]
                proof_gain[proof] = (told[1] - blind[1])[proof]
        gains.append((float(trial_gain.mean()), proof_gain))
    return Estimated.mean(max(gains, key=lambda two: two[0])[1])


def _told(answers: Answers, known: Known | None, trial: Bools) -> Hands:
    """The reader after its last lessons, in which it may be told a fact."""
    games = answers.study.world.effort.games

    def mark(hands: Hands) -> float:
        return float(answers.marks(hands, games, TRIAL_LUCK)[trial].mean())

    hands = answers.hands
    for _ in range(LAST_LESSONS):
        hands = max(answers.taught(hands, known), key=mark)
    return hands


def _opened(world: World, seat: Seat, luck: int, games: int) -> dict[str, Codes]:
    """What a seat does not know of games at their opening."""
    keys = game_keys(world.effort.seed + luck, range(games))
    return hidden_facts(Position(world.setting.open_games(keys), None), seat)
