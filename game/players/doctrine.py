"""The player that follows a doctrine: deed first, then the word and the whisper that go with it."""

import numpy as np

from game.content.doctrine import Doctrine, Weights
from game.rules.luck import PlayerDraw
from game.rules.observe import Observation
from game.rules.rulebook import NO_SEAT, Rulebook
from game.rules.setting import Setting
from game.rules.state import Bools, Codes

from .base import Choice, Dice, Options, holding_choice
from .features import Features, deciding_rival
from .quantal import choose
from .utility import DeedUtility, Inclinations, Parts


class DoctrinePlayer:
    """Follows one doctrine under one rulebook."""

    def __init__(self, doctrine: Doctrine, book: Rulebook) -> None:
        self.doctrine = doctrine
        seat = doctrine.seat
        self.deed_utility = DeedUtility(doctrine, book.deeds[seat], book.parameters.minds)
        # Silence and no message are among the options, whether the doctrine names them or not.
        words: dict[str, Weights] = {"silence": {}} | doctrine.words
        self.words = np.array([book.word(word) for word in words], np.intp)
        """The words that the doctrine knows, as indices."""
        self.whispers = np.array([0, *(book.whisper(w) for w, _ in doctrine.whispers)], np.intp)
        self.receivers = np.array([NO_SEAT, *(int(to) for _, to in doctrine.whispers)], np.intp)
        """The messages that it knows, and to whom."""
        self.word_inclinations = Inclinations(list(words.values()))
        """The doctrine's weights on features, by each of `words`, …"""
        self.whisper_inclinations = Inclinations([{}, *doctrine.whispers.values()])
        """… and by each of `whispers`."""

    @property
    def name(self) -> str:
        """The doctrine's id."""
        return self.doctrine.id

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """Orders by quantal response."""
        features = Features(setting, observation)
        temper, tables = self.doctrine.temper, setting.tables
        choice = holding_choice(observation.anger.shape[1])
        utility = self.deed_utility.parts(observation, features).total()
        choice.deed = choose(utility, legal.deed, temper, dice.draw(PlayerDraw.DEED))
        features.set_own_deed(choice.deed)
        utility = self.word_parts(features).total()
        spoken = choose(utility, self.may_say(legal), temper, dice.draw(PlayerDraw.WORD))
        choice.word = self.words.take(spoken)
        choice.word_to = _addressee(setting, observation, choice.word)
        choice.word_rung = tables.word_to_rung.take(choice.word) * np.intp(self.doctrine.line)
        utility = self.whisper_parts(features).total()
        sent = choose(utility, self.may_whisper(legal), temper, dice.draw(PlayerDraw.WHISPER))
        choice.whisper = self.whispers.take(sent)
        choice.whisper_to = self.receivers.take(sent)
        return choice

    def word_parts(self, features: Features, *, apart: bool = False) -> Parts:
        """The utility of each of `words`, given the deed that the features were told of."""
        parts = Parts.of(self.words.size, features.games, apart=apart)
        self.word_inclinations.add(parts, features)
        return parts

    def whisper_parts(self, features: Features, *, apart: bool = False) -> Parts:
        """The utility of each of `whispers` to its receiver, given the deed."""
        parts = Parts.of(self.whispers.size, features.games, apart=apart)
        self.whisper_inclinations.add(parts, features)
        return parts

    def may_say(self, legal: Options) -> Bools:
        """(len(words), B)."""
        return legal.word[self.words]

    def may_whisper(self, legal: Options) -> Bools:
        """(len(whispers), B); to send nothing is always possible."""
        may = legal.whisper[self.whispers, self.receivers]
        may[0] = True
        return may


def _addressee(setting: Setting, observation: Observation, word: Codes) -> Codes:
    tables, seat = setting.tables, observation.seat
    to = np.full(word.shape[0], NO_SEAT, np.intp)
    games = np.flatnonzero(tables.word_to_seat.take(word))
    soothing = tables.word.soothes.take(word.take(games)) > 0
    feared = deciding_rival(observation.fear[:, games], seat)
    hated = deciding_rival(observation.anger[:, games], seat)
    to[games] = np.where(soothing, feared, hated)
    return to
