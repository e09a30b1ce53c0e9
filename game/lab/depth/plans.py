"""Ways of playing that a person could write on a card: constant orders, lists, one-line rules.

Each is a doctrine of its own make, so that it is played as fast as any: every deed is weighed by
the same features, and a plan only sets the weights. What a plan does not say, its voice says: the
words and messages of an ordinary doctrine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from game.content.doctrine import AGENDA, DEED_FEATURES, Doctrine, Weights
from game.players.base import Choice, Dice, Options
from game.players.doctrine import DoctrinePlayer
from game.rules.observe import Observation
from game.rules.occasions import SHARES
from game.rules.rulebook import NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.rules.setting import Setting

CONDITIONS = tuple(name for name in DEED_FEATURES if name != "base")
"""What a one-line rule may ask."""
UNASKED = ("base",)
"""All that is weighed by a plan that asks nothing."""
DECISIVE = 60.0
"""Of a utility times the temper: with so much less than the best, nothing is ever chosen."""


def learnable(book: Rulebook, seat: Seat) -> tuple[str, ...]:
    """All that a seat can learn to weigh its deeds by, "base" the first; its agenda among it."""
    return (*DEED_FEATURES, *SHARES, *(AGENDA + agenda.id for agenda in book.agendas[seat]))


def weighed(
    voice: DoctrinePlayer,
    book: Rulebook,
    weights: Mapping[int, Weights],
    features: Sequence[str],
) -> DoctrinePlayer:
    """A doctrine that weighs its deeds by features alone, and always takes the best.

    Args:
        voice: whose words and messages go with its deeds.
        book: the rules.
        weights: by deed, what it is worth by features; a deed that is left out is worth 0.
        features: all that may be weighed; plans with the same ones share their machine code.
    """
    doctrine = voice.doctrine
    sharp = DECISIVE / max(doctrine.temper, 0.1)
    rows = {
        deed.id: {name: weights.get(index, {}).get(name, 0.0) * sharp for name in features}
        for index, deed in enumerate(book.deeds[doctrine.seat])
    }
    blank: Any = _blank(doctrine)
    return DoctrinePlayer(replace(doctrine, **blank, deeds=rows), book)


def leaning(
    voice: DoctrinePlayer, book: Rulebook, weights: Mapping[int, Weights], heed: float
) -> DoctrinePlayer:
    """A doctrine that weighs its deeds as its voice does, and by features besides: so much as
    `heed` says.
    """
    doctrine = voice.doctrine
    names, rows = learnable(book, doctrine.seat), {}
    for index, deed in enumerate(book.deeds[doctrine.seat]):
        own, more = doctrine.weights(deed), weights.get(index, {})
        rows[deed.id] = {
            name: own.get(name, 0.0) + heed * more.get(name, 0.0) for name in (*names, *own)
        }
    return DoctrinePlayer(replace(doctrine, deeds=rows), book)


def _blank(doctrine: Doctrine) -> dict[str, object]:
    """All that a doctrine weighs beside features, set to nothing; its temper stays."""
    blank: dict[str, object] = {}
    for entry in fields(Doctrine):
        value = getattr(doctrine, entry.name)
        if entry.name in ("temper", "deeds", "words", "whispers"):
            continue
        if isinstance(value, float):
            blank[entry.name] = 0.0
        elif isinstance(value, dict):
            blank[entry.name] = {}
    return blank


def preferring(voice: DoctrinePlayer, book: Rulebook, deeds: Sequence[int]) -> DoctrinePlayer:
    """Does the first of these deeds that is legal, else holds; in every turn alike."""
    ranked = [*deeds, 0]
    worth = {deed: {"base": 2.0 * (len(ranked) - place)} for place, deed in enumerate(ranked)}
    return weighed(voice, book, worth, UNASKED)


def at_random(voice: DoctrinePlayer, book: Rulebook) -> DoctrinePlayer:
    """Does any legal deed alike."""
    return weighed(voice, book, {}, UNASKED)


def ruled(
    voice: DoctrinePlayer, book: Rulebook, feature: str, then: int, otherwise: int
) -> DoctrinePlayer:
    """Does one deed where a feature is above one half, and another where it is not; holds where
    that is not legal.
    """
    worth: dict[int, Weights] = {0: {"base": -1.0}}
    worth = {deed: {"base": -4.0} for deed in range(len(book.deeds[voice.doctrine.seat]))} | worth
    worth[otherwise] = {"base": 1.0}
    # Twice the half at which it tips; a feature is 0 or 1, or a share.
    worth[then] = {"base": 1.0 - 40.0, feature: 80.0}
    return weighed(voice, book, worth, ("base", *CONDITIONS))


@dataclass(frozen=True, slots=True)
class Saying:
    """A word and a message that are said in every turn in which they are legal; None leaves them to
    the voice.
    """

    word: tuple[int, int, int] | None = None
    """The word, to whom, and the rung that it names."""
    whisper: tuple[int, int] | None = None
    """The message, and to whom."""


class Constant:
    """A plan for the deeds, with the same word and message every turn."""

    name = "constant"

    def __init__(self, deeds: DoctrinePlayer, saying: Saying) -> None:
        self._deeds = deeds
        self.saying = saying

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """See `Player`."""
        choice = self._deeds.decide(setting, observation, legal, dice)
        if self.saying.word is not None:
            word, to, rung = self.saying.word
            may = legal.word[word]
            choice.word = np.where(may, word, 0)
            choice.word_to = np.where(may, to, NO_SEAT)
            choice.word_rung = np.where(may, rung, 0)
        if self.saying.whisper is not None:
            whisper, to = self.saying.whisper
            may = legal.whisper[whisper, to] if whisper else np.zeros_like(legal.word[0])
            choice.whisper = np.where(may, whisper, 0)
            choice.whisper_to = np.where(may, to, NO_SEAT)
        return choice


def words_of(book: Rulebook, seat: Seat, rungs: Sequence[int]) -> list[tuple[int, int, int]]:
    """Every word that a seat may say, to each seat and at each of some rungs that it may name."""
    found = []
    for index, word in enumerate(book.words):
        if seat in word.seats:
            to = seat.rivals if word.to_seat else (NO_SEAT,)
            named = rungs if word.to_rung else (0,)
            found += [(index, int(other), rung) for other in to for rung in named]
    return found


def whispers_of(book: Rulebook, seat: Seat) -> list[tuple[int, int]]:
    """Every message that a seat may send, no message the first."""
    return [(0, NO_SEAT)] + [
        (index, int(to))
        for index, whisper in enumerate(book.whispers)
        for sender, to in whisper.links
        if sender is seat
    ]
