"""How probable the model finds what was really ordered, turn by turn, along the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.futures.follow import Agreement, Moment, follow
from game.players.base import Options, options
from game.players.doctrine import DoctrinePlayer
from game.players.features import Features
from game.players.quantal import probabilities
from game.players.utility import PARTS, apart, total
from game.rules.observe import Observation, observe
from game.rules.outcome import Outcome, Source
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Floats

from . import roster
from .record import Recorded, recorded

Odds = NDArray[np.float64]
PARTICLES = 1024


@dataclass(frozen=True, slots=True)
class Move:
    """One seat's deed in one turn, and what the model gave for it."""

    turn: int
    """From 1."""
    seat: Seat
    deed: int
    """What it really did: its number among the seat's deeds."""
    odds: Odds
    """(deeds,) the model's probability of each."""
    legal: Odds
    """(deeds,) the probability of each under a uniform choice among what was legal."""
    word: int
    """The number of what it said in public."""
    word_odds: Odds
    """(words,) the model's probability of each, given the deed."""
    word_legal: Odds
    """(words,) the probability of each under a uniform choice among what the seat may say."""
    agreed: float
    """The share of games in which the luck of the turn before was as the record says."""
    against: str = ""
    """The part of the utility, by the names of `utility.PARTS`, that spoke most for the likeliest
    deed and against what was done; empty where it was not asked for, or the two are one.
    """

    @property
    def probability(self) -> float:
        """The model's probability of what was done."""
        return float(self.odds[self.deed])


def moves(
    scenario: Scenario,
    *,
    seed: int,
    particles: int = PARTICLES,
    turns: int | None = None,
    doctrines: Mapping[Seat, str] | None = None,
    players: Mapping[Seat, DoctrinePlayer] | None = None,
    reasons: bool = False,
) -> tuple[Move, ...]:
    """Every seat's move in every turn, in order.

    Args:
        scenario: seen through a lens or not.
        seed: the luck.
        particles: games that follow the record at once.
        turns: only the first turns; all of them if None.
        doctrines: others than the scenario's own, for some seats.
        players: whose odds they are; those who follow the doctrines if None.
        reasons: whether to say what spoke against each move.
    """
    setting, last = scenario.setting, turns or len(scenario.turns)
    players = players or roster.doctrines(scenario, doctrines)
    script, agrees = roster.history(scenario), agreement(recorded(scenario))
    found: list[Move] = []
    path = follow(setting, script, agrees, games=particles, seed=seed)
    for moment in path:
        if moment.state.turn == last:
            break
        orders = scenario.historical_orders[moment.state.turn]
        for seat, player in players.items():
            deed, word = int(orders.deed[seat, 0]), int(orders.word[seat, 0])
            move = _move(setting, moment, seat, player, (deed, word))
            if reasons:
                move = replace(move, against=_against(setting, moment, player, move))
            found.append(move)
    return tuple(found)


def agreement(record: tuple[Recorded, ...]) -> Agreement:
    """Games agree with the record where Americans were attacked in a turn, and killed in it, if
    and only if the record says so, and where no vote failed that history's parliament passed.

    Where nobody was attacked, as far as is known, and the campaign left no game such a turn, those
    agree whose dead and votes do: an attack may be unknown, a dead American is not.
    """

    def agrees(turn: int, outcome: Outcome) -> Bools:
        said = record[turn - 1]
        rockets = outcome.attacks - outcome.fire_attacks[Source.IRAN]
        known: Bools = ((outcome.us_killed > 0) == (said.us_killed > 0)) & ~outcome.vote_failed
        whole: Bools = known & ((rockets > 0) == (said.attacks > 0))
        return whole if said.attacks or whole.any() else known

    return agrees


def _move(
    setting: Setting, moment: Moment, seat: Seat, player: DoctrinePlayer, done: tuple[int, int]
) -> Move:
    state, (deed, word) = moment.state, done
    seen, may = observe(setting, state, moment.outcome, seat), options(setting, state, seat)
    features = Features(setting, seen)
    odds = deed_odds(player, seen, features, may)
    features.set_own_deed(np.full(state.games, deed, np.intp))
    return Move(
        turn=state.turn + 1,
        seat=seat,
        deed=deed,
        odds=odds.mean(axis=1, dtype=np.float64),
        legal=_blind(may.deed),
        word=word,
        word_odds=_word_odds(setting, player, features, may),
        word_legal=_blind(may.word),
        agreed=moment.agreed,
    )


def deed_odds(
    player: DoctrinePlayer, seen: Observation, features: Features, may: Options
) -> Floats:
    """(deeds, B) what a player gives to each of its seat's deeds.

    Args:
        player: who weighs them.
        seen: what its seat sees.
        features: of the same.
        may: what it may order.
    """
    utility = total(player.deed_worth(seen, features), len(may.deed), seen.us_killed)
    return probabilities(utility, may.deed, player.deed_temper)


def _blind(may: Bools) -> Odds:
    """(options,) the probability of each, by a uniform choice in every game."""
    odds: Odds = (may / may.sum(axis=0)).mean(axis=1, dtype=np.float64)
    return odds


def _against(setting: Setting, moment: Moment, player: DoctrinePlayer, move: Move) -> str:
    likeliest = int(move.odds.argmax())
    if likeliest == move.deed:
        return ""
    seen = observe(setting, moment.state, moment.outcome, move.seat)
    worth = player.deed_worth(seen, Features(setting, seen))
    parts = apart(worth, move.odds.size, seen.us_killed)
    lead = {
        name: float((part[likeliest] - part[move.deed]).mean(dtype=np.float64))
        for name, part in parts.items()
    }
    return max(PARTS, key=lead.__getitem__)


def _word_odds(setting: Setting, player: DoctrinePlayer, features: Features, may: Options) -> Odds:
    utility = total(player.word_worth(features), player.words.size, may.deed[0])
    said = probabilities(utility, player.may_say(may), player.word_temper)
    odds = np.zeros(len(setting.rulebook.words))
    odds[player.words] = said.mean(axis=1, dtype=np.float64)
    return odds


def of_seat(all_moves: tuple[Move, ...], seat: Seat) -> Iterator[Move]:
    """One seat's moves, in order."""
    return (move for move in all_moves if move.seat is seat)
