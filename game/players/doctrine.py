"""The player that follows a doctrine: deed first, then the word and the whisper that go with it."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from game.content.doctrine import PEOPLE, Doctrine, Weights, possible
from game.rules.luck import PlayerDraw
from game.rules.observe import Observation
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.setting import Setting
from game.rules.state import Bools, Codes, Floats

from .base import Choice, Dice, Options
from .features import Features, deciding_rival
from .habits import BY_THE_BOOK, silence
from .quantal import WEIGHTS, choose
from .utility import DeedUtility, Inclinations, NumberTable, Worth, total


class Lookups(NamedTuple):
    """The numbers and tables by which a doctrine decides."""

    numbers: Floats
    """Every number of the doctrine, by the places that its utilities name."""
    deed_temper: np.float32
    """How sharply it chooses among deeds, …"""
    word_temper: np.float32
    """… among words, …"""
    temper: np.float32
    """… and among messages."""
    line: Codes
    """(1,) the rung that its threats name."""
    weights: Floats
    """`quantal.WEIGHTS`."""
    words: Codes
    """The words that it knows, as indices."""
    whispers: Codes
    """The messages that it knows, …"""
    receivers: Codes
    """… and to whom."""


class DoctrinePlayer:
    """Follows one doctrine under one rulebook: by the book, or as the record shows people to choose
    (`habits`).
    """

    def __init__(self, doctrine: Doctrine, book: Rulebook, *, as_people: bool = False) -> None:
        self.doctrine, self.is_as_people = doctrine, as_people
        seat, numbers = doctrine.seat, NumberTable()
        manner = book.parameters.choice if as_people else BY_THE_BOOK
        self._deeds = DeedUtility(doctrine, book, numbers, manner)
        # Silence and no message are among the options, whether the doctrine names them or not; of
        # people, every word that the seat may say.
        unnamed = [word.id for word in book.words[1:] if as_people and seat in word.seats]
        others: dict[str, Weights] = {word: {"base": manner.unnamed_word} for word in unnamed}
        words: dict[str, Weights] = {"silence": {}} | others | doctrine.words
        whispers: dict[tuple[str, int], Weights] = {("none", NO_SEAT): {}}
        whispers |= {(name, int(to)): row for (name, to), row in doctrine.whispers.items()}
        agendas = book.agendas[seat]
        messages = [(book.whisper(name), to) for name, to in whispers]
        spoken = [possible(row, agendas) for row in words.values()]
        sent = [possible(row, agendas) for row in whispers.values()]
        self._words = Inclinations(spoken, numbers)
        self._silence = numbers.place(silence(manner, doctrine.temper, seat))
        self._whispers = Inclinations(sent, numbers, messages)
        self.words = np.array([book.word(word) for word in words], np.intp)
        self.whispers = np.array([whisper for whisper, _ in messages], np.intp)
        self.receivers = np.array([to for _, to in messages], np.intp)
        self.lookups = Lookups(
            numbers=numbers.array(),
            deed_temper=np.float32(doctrine.temper * manner.sharpness),
            word_temper=np.float32(doctrine.temper * manner.word_sharpness),
            temper=np.float32(doctrine.temper),
            line=np.array([doctrine.line], np.intp),
            weights=WEIGHTS,
            words=self.words,
            whispers=self.whispers,
            receivers=self.receivers,
        )

    def under(self, book: Rulebook, doctrine: Doctrine | None = None) -> "DoctrinePlayer":
        """A player of the same manner by other rules.

        Args:
            book: the rules.
            doctrine: what it follows; the same if None.
        """
        return DoctrinePlayer(doctrine or self.doctrine, book, as_people=self.is_as_people)

    @property
    def deed_temper(self) -> float:
        """How sharply it chooses among deeds."""
        return float(self.lookups.deed_temper)

    @property
    def word_temper(self) -> float:
        """… and among words."""
        return float(self.lookups.word_temper)

    @property
    def name(self) -> str:
        """What it is cast by: the doctrine's id, and its manner."""
        return (PEOPLE if self.is_as_people else "") + self.doctrine.id

    @cached_property
    def structure(self) -> str:
        """All of what it weighs but the numbers: players alike in it decide alike by each other's
        `lookups`.
        """
        kinds = vars(self._deeds), vars(self._words), vars(self._whispers)
        options = self.words.tolist(), self.whispers.tolist(), self.receivers.tolist()
        return repr((self.doctrine.seat, kinds, options))

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """Orders by quantal response."""
        return self.respond(self.lookups, setting, observation, legal, dice)

    def respond(
        self,
        lookups: Lookups,
        setting: Setting,
        seen: Observation,
        legal: Options,
        dice: Dice,
    ) -> Choice:
        """As `decide`, by the numbers given."""
        features, t, like = Features(setting, seen), setting.tables, seen.us_killed

        def pick(worth: Iterator[Worth], may: Bools, what: PlayerDraw, temper: np.float32) -> Codes:
            utility = total(worth, len(may), like)
            return choose(utility, may, temper, dice.draw(what), lookups.weights)

        numbers = lookups.numbers
        worth = self.deed_worth(seen, features, numbers)
        deed = pick(worth, legal.deed, PlayerDraw.DEED, lookups.deed_temper)
        features.set_own_deed(deed)
        worth = self.word_worth(features, numbers)
        spoken = pick(worth, self.may_say(legal), PlayerDraw.WORD, lookups.word_temper)
        word = lookups.words.take(spoken)
        worth = self.whisper_worth(features, numbers)
        sent = pick(worth, self.may_whisper(legal), PlayerDraw.WHISPER, lookups.temper)
        return Choice(
            deed=deed,
            word=word,
            word_to=addressee(setting, seen, word),
            word_rung=np.where(t.word_to_rung.take(word), lookups.line[0], 0),
            whisper=lookups.whispers.take(sent),
            whisper_to=lookups.receivers.take(sent),
            site=np.full_like(deed, ANY_SITE),
        )

    def deed_worth(
        self, seen: Observation, features: Features, numbers: Floats | None = None
    ) -> Iterator[Worth]:
        """What makes up the utility of every deed; by its own numbers, where none are given."""
        return self._deeds.worth(
            seen, features, self.lookups.numbers if numbers is None else numbers
        )

    def word_worth(self, features: Features, numbers: Floats | None = None) -> Iterator[Worth]:
        """… of each of `words`, given the deed that the features were told of."""
        numbers = self.lookups.numbers if numbers is None else numbers
        yield from self._words.worth(features, numbers)
        yield Worth("habit", 0, numbers[self._silence])

    def whisper_worth(self, features: Features, numbers: Floats | None = None) -> Iterator[Worth]:
        """… of each of `whispers` to its receiver, given the deed."""
        return self._whispers.worth(features, self.lookups.numbers if numbers is None else numbers)

    def may_say(self, legal: Options) -> Bools:
        """(len(words), B)."""
        return legal.word[self.words]

    def may_whisper(self, legal: Options) -> Bools:
        """(len(whispers), B); to send nothing is always possible."""
        may = legal.whisper[self.whispers, self.receivers]
        may[0] = True
        return may


def addressee(setting: Setting, seen: Observation, word: Codes) -> Codes:
    """(B,) whom a word is said to: what soothes, to the most feared; else to the most hated."""
    tables, seat = setting.tables, seen.seat
    rival = np.where(
        tables.word.soothes.take(word) > 0,
        deciding_rival(seen.fear, seat),
        deciding_rival(seen.anger, seat),
    )
    return np.where(tables.word_to_seat.take(word), rival, NO_SEAT)
