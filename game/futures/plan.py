"""The planner, the players' strongest opponent: it looks ahead over many imagined futures.

Hidden states that fit what the seat has seen, each deed in turn, the same luck for all of them,
doctrines for everybody afterwards. What a person's staff tells (`consequences`) is made likewise.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.engine.play import play_on
from game.players.base import Choice, Dice, Options, Player, only
from game.players.doctrine import addressee
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import PARTS
from game.rules.rulebook import NO_SEAT
from game.rules.seats import Rung, Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Codes, Floats, Keys

from .beliefs import imagine, recalled

Players = Mapping[Seat, Player]
Said = Callable[[Setting, Observation, Options, Choice], Iterator[tuple[Choice, Bools]]]
"""Gives other choices, and where, (B,), they are legal."""


def _statements(
    setting: Setting, seen: Observation, legal: Options, chosen: Choice
) -> Iterator[tuple[Choice, Bools]]:
    """A choice with each public statement, made to whom it is usually made; a threat draws the line
    at which an attack kills.
    """
    for index, may in enumerate(legal.word):
        word = np.full_like(chosen.word, index)
        rung = int(Rung.DEADLY_ATTACK) * int(setting.tables.word_to_rung[index])
        said = {
            "word": word,
            "word_to": addressee(setting, seen, word),
            "word_rung": np.full_like(word, rung),
        }
        yield replace(chosen, **said), may


def _messages(
    setting: Setting, seen: Observation, legal: Options, chosen: Choice
) -> Iterator[tuple[Choice, Bools]]:
    """A choice with each message to each receiver, and with none."""
    none = np.zeros_like(chosen.whisper)
    silent = {"whisper": none, "whisper_to": np.full_like(none, NO_SEAT)}
    yield replace(chosen, **silent), np.ones(none.size, np.bool_)
    for whisper, receivers in enumerate(legal.whisper):
        for receiver, may in enumerate(receivers):
            if setting.tables.links[seen.seat, receiver, whisper]:
                sent = {
                    "whisper": np.full_like(none, whisper),
                    "whisper_to": np.full_like(none, receiver),
                }
                yield replace(chosen, **sent), may


def futures_of(
    setting: Setting,
    seen: Observation,
    rollout: Players,
    pairs: tuple[Codes, Codes],
    keys: Keys,
    turns: int,
) -> Floats:
    """(n,) the seat's own mark at the end of one future for each pair of a game and a deed.

    Args:
        setting: the scenario's rules.
        seen: what the seat saw of B games.
        rollout: who plays the four seats in the futures, the seat's own deed of the first turn
            aside; it speaks and whispers as its player does with that deed.
        pairs: (n,) the game, and (n,) the deed that the seat orders there first.
        keys: (n,) the luck of each future.
        turns: how far to look ahead; no further than the calendar goes.
    """
    game, deed = pairs
    state = imagine(setting, seen, game, keys)
    played = play_on(
        setting,
        rollout,
        state,
        recalled(seen, game),
        until=state.turn + turns,
        forced={seen.seat: deed},
    )
    marks: Floats = played.scores[seen.seat]
    return marks


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard the planner thinks."""

    futures: int
    """Imagined for each deed."""
    turns: int
    """How far it looks ahead."""
    speaks: bool = False
    """Whether it weighs what it says, and to whom it whispers, as well."""


STRENGTHS: dict[str, Strength] = {
    "novice": Strength(futures=8, turns=1),
    "seasoned": Strength(futures=48, turns=4),
    "master": Strength(futures=96, turns=8, speaks=True),
}
_AT_ONCE = 16_384
"""Futures played together at the most."""


class Planner:
    """Looks ahead over its own deeds and orders the one with the best mean mark; speaks and
    whispers as its doctrine would with that deed. A master then weighs, with that deed, every
    public statement, and with both every message: notice, guidance, offers of deals and signatures.
    """

    def __init__(self, rollout: Players, seat: Seat, strength: str = "seasoned") -> None:
        """`rollout` plays all four seats in its futures; its own seat's doctrine is its voice."""
        self._rollout = rollout
        self._seat = seat
        self._strength = STRENGTHS[strength]
        self.name = f"planner-{strength}"

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """The deed with the best outlook in each game, and the words that go with it."""
        values = self.values(setting, observation, legal, dice)
        deed: Codes = values.argmax(axis=0)
        chosen = self.voice.decide(setting, observation, only(legal, deed), dice)
        if self._strength.speaks:
            for said in (_statements, _messages):
                chosen = self._best(setting, observation, legal, dice, chosen, said)
        return chosen

    @property
    def voice(self) -> Player:
        """Whose words and messages go with its deeds."""
        return self._rollout[self._seat]

    def _best(
        self,
        setting: Setting,
        seen: Observation,
        legal: Options,
        dice: Dice,
        chosen: Choice,
        said: Said,
    ) -> Choice:
        """The best of what may be said with a choice, by its mean mark; itself where none is
        better.
        """
        offered = [(chosen, np.ones(chosen.deed.size, np.bool_))]
        offered += [(other, may) for other, may in said(setting, seen, legal, chosen) if may.any()]
        option, game = np.nonzero(np.stack([may for _, may in offered]))
        parts = [np.stack([getattr(other, name) for other, _ in offered]) for name in PARTS]
        orders = Choice(*(each[option, game] for each in parts))
        worth = np.full((len(offered), chosen.deed.size), -1.0)
        worth[option, game] = self.worth(setting, seen, orders, game, dice)
        best = worth.argmax(axis=0)  # of equals the first: what was chosen stays
        return Choice(*(each[best, np.arange(best.size)] for each in parts))

    def worth(
        self, setting: Setting, seen: Observation, orders: Choice, games: Codes, dice: Dice
    ) -> NDArray[np.float64]:
        """(n,) the mean mark over the futures after the seat's whole orders, (n,), in some of the B
        games, (n,), that it saw.
        """
        futures = self._strength.futures
        keys = imagined_keys(dice.keys, dice.turn, futures)
        marks = np.empty(games.size)
        for some in _parts(games.size, futures):
            game = np.repeat(games[some], futures)
            state = imagine(setting, seen, game, keys[:, games[some]].T.reshape(-1))
            now = state.turn
            ordered = (np.repeat(getattr(orders, name)[some], futures) for name in PARTS)
            played = play_on(
                setting,
                self._rollout,
                state,
                recalled(seen, game),
                until=now + self._strength.turns,
                given={now: {seen.seat: Choice(*ordered)}},
            )
            marks[some] = _mean(played.scores[seen.seat], futures)
        return marks

    def values(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Floats:
        """(deeds, B) the mean mark over the futures after each deed; -1 where it is not legal."""
        futures = self._strength.futures
        values = np.full(legal.deed.shape, -1, np.float32)
        keys = imagined_keys(dice.keys, dice.turn, futures)
        for some in _parts(legal.deed.shape[1], futures * legal.deed.shape[0]):
            deeds, where = np.nonzero(legal.deed[:, some])
            games = some.start + where
            pairs = (np.repeat(games, futures), np.repeat(deeds, futures))
            luck = keys[:, games].T.reshape(-1)
            marks = futures_of(
                setting, observation, self._rollout, pairs, luck, self._strength.turns
            )
            values[deeds, games] = _mean(marks, futures)
        return values


def _parts(games: int, futures: int) -> Iterator[slice]:
    """Of so many games, each with so many futures, what is played together."""
    block = max(1, _AT_ONCE // futures)
    return (slice(first, first + block) for first in range(0, games, block))


def _mean(marks: Floats, futures: int) -> NDArray[np.float64]:
    """(n,) of (n x futures,) marks: a sum of hundredths in whole numbers is the same however the
    futures are cut.
    """
    hundredths = np.rint(marks * 100).astype(np.int64).reshape(-1, futures)
    mean: NDArray[np.float64] = hundredths.sum(axis=1) / (100 * futures)
    return mean
