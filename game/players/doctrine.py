"""The player that follows a doctrine, and can say why.

Utility of a deed = gain + inclination + anger + fear + duty, as parts:
gain: what the rulebook says the deed does to columns, times what the doctrine holds them worth;
inclination: its own weights on features of the moment;
anger: the rung at which the deed touches a seat, times the anger at it;
fear: minus the same rung times the fear of it, more where the deed crosses a declared line;
duty: a bonus for answering a crossing while the debt is open, weighted by the stake.
Whatever is chosen, it is chosen by quantal response.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from game.content.doctrine import Doctrine
from game.rules.luck import PlayerDraw
from game.rules.observe import Observation
from game.rules.rulebook import NO_SEAT, Deed
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, Bools, Floats

from .base import Choice, Dice, Options, holding_choice
from .features import Features, deciding_rival
from .quantal import choose

PARTS = ("gain", "inclination", "anger", "fear", "duty")
CROSSING = 1.6
"""How much worse it is to be feared for crossing a line that was drawn than for acting at all."""
UNSIGNED = 0.5
"""How much of its fear is left to a seat that does not sign."""

Parts = dict[str, Floats]
"""(options, B) for each of PARTS."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """Whom a deed touches, at what rung; fire at American sites is aimed at Washington."""

    deed: int
    seat: Seat
    rung: float
    signed: bool


class DoctrinePlayer:
    """Follows one doctrine."""

    def __init__(self, doctrine: Doctrine) -> None:
        self.doctrine = doctrine

    @property
    def name(self) -> str:
        """The doctrine's id."""
        return self.doctrine.id

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """Deed first, then the word and the whisper that go with it."""
        doctrine = self.doctrine
        features = Features(setting, observation)
        choice = holding_choice(observation.anger.shape[1])
        utility = total(self.deed_parts(setting, observation, features))
        choice.deed = choose(utility, legal.deed, doctrine.temper, dice.draw(PlayerDraw.DEED))
        features.set_own_deed(choice.deed)
        self._speak(setting, observation, features, legal, dice, choice)
        self._whisper(setting, features, legal, dice, choice)
        return choice

    def deed_parts(self, setting: Setting, observation: Observation, features: Features) -> Parts:
        """The utility of every deed of the seat, in its parts."""
        deeds = setting.rulebook.deeds[self.doctrine.seat]
        games = observation.anger.shape[1]
        parts = {part: np.zeros((len(deeds), games), np.float32) for part in PARTS}
        for index, deed in enumerate(deeds):
            weigh(parts["inclination"][index], self.doctrine.deeds.get(deed.id, {}), features)
            self._gain(parts["gain"][index], deed, observation)
        for aim in _aims(deeds):
            self._passions(parts, aim, observation)
        return parts

    def _gain(self, gain: Floats, deed: Deed, observation: Observation) -> None:
        """Adds the worth of the deed's effects, as far as there is room for them."""
        weeks = observation.days / 7
        for column, worth in self.doctrine.values.items():
            delta = deed.effects.get(column, 0.0) - deed.costs.get(column, 0.0)
            delta += deed.weekly.get(column, 0.0) * weeks
            value = observation.columns.get(column)
            if not delta or value is None:
                continue
            spec = COLUMNS[column]
            room = spec.high - value if delta > 0 else value - spec.low
            gain += np.minimum(room, np.float32(abs(delta))) * np.float32(
                worth if delta > 0 else -worth
            )

    def _passions(self, parts: Parts, aim: _Aim, observation: Observation) -> None:
        doctrine, seat = self.doctrine, self.doctrine.seat
        weight = aim.rung / 10
        parts["anger"][aim.deed] += observation.anger[aim.seat] * np.float32(
            doctrine.anger * weight
        )
        crosses = observation.line[aim.seat, seat] <= aim.rung
        exposure = 1.0 if aim.signed else UNSIGNED
        fear = observation.fear[aim.seat] * (1 + crosses * np.float32(CROSSING - 1))
        parts["fear"][aim.deed] -= fear * np.float32(doctrine.fear * weight * exposure)
        if doctrine.duty and aim.signed:
            debt = observation.debt[aim.seat]
            answers = (debt > 0) & (debt <= aim.rung + 2)
            bound = observation.stake[seat, aim.seat] + np.float32(0.5)
            parts["duty"][aim.deed] += answers * bound * np.float32(doctrine.duty)

    def _speak(
        self, setting: Setting, observation: Observation, features: Features,
        legal: Options, dice: Dice, choice: Choice,
    ) -> None:
        doctrine, tables = self.doctrine, setting.tables
        words = setting.rulebook.words
        utility = np.zeros(legal.word.shape, np.float32)
        for index, word in enumerate(words):
            if word.id in doctrine.words:
                weigh(utility[index], doctrine.words[word.id], features)
        spoken = legal.word & _named(w.id in doctrine.words or i == 0 for i, w in enumerate(words))
        choice.word = choose(utility, spoken, doctrine.temper, dice.draw(PlayerDraw.WORD))
        soothing = tables.word.soothes.take(choice.word) > 0
        to = np.where(
            soothing,
            deciding_rival(observation.fear, doctrine.seat),
            deciding_rival(observation.anger, doctrine.seat),
        )
        choice.word_to = np.where(tables.word_to_seat.take(choice.word), to, NO_SEAT)
        choice.word_rung = tables.word_to_rung.take(choice.word) * np.intp(doctrine.line)

    def _whisper(
        self, setting: Setting, features: Features, legal: Options, dice: Dice, choice: Choice
    ) -> None:
        doctrine, book = self.doctrine, setting.rulebook
        keys = list(doctrine.whispers)
        games = choice.deed.shape[0]
        utility = np.zeros((len(keys) + 1, games), np.float32)
        may = np.ones((len(keys) + 1, games), np.bool_)
        codes = [(0, NO_SEAT)]
        for row, (whisper_id, to) in enumerate(keys, 1):
            whisper = book.whisper(whisper_id)
            codes.append((whisper, int(to)))
            may[row] = legal.whisper[whisper, to]
            weigh(utility[row], doctrine.whispers[whisper_id, to], features)
        chosen = choose(utility, may, doctrine.temper, dice.draw(PlayerDraw.WHISPER))
        table = np.array(codes, np.intp)
        choice.whisper, choice.whisper_to = table[:, 0].take(chosen), table[:, 1].take(chosen)


def weigh(utility: Floats, weights: dict[str, float], features: Features) -> None:
    """Adds weighted features, (B,), in the order in which the doctrine names them."""
    for feature, weight in weights.items():
        utility += features[feature] * np.float32(weight)


def total(parts: Parts) -> Floats:
    """(options, B) the sum of the parts, in the order of PARTS."""
    result = parts[PARTS[0]].copy()
    for part in PARTS[1:]:
        result += parts[part]
    return result


def _named(flags: Iterable[bool]) -> Bools:
    return np.array(list(flags))[:, None]


def _aims(deeds: tuple[Deed, ...]) -> list[_Aim]:
    aims = []
    for index, deed in enumerate(deeds):
        signed = deed.visibility == "public"
        aims += [_Aim(index, seat, rung, signed) for seat, rung in deed.against.items()]
        if deed.fire is not None and Seat.US not in deed.against:
            aims.append(_Aim(index, Seat.US, deed.fire.rung, signed))
    return aims
