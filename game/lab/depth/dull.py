"""Plans that need no thought, searched for: constant orders, memorised lists, one-line rules.

Each search looks at few games and keeps the best; what it found is then valued on other games, so
that the luck of the search does not count.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from game.content.doctrine import FEATURES
from game.players.doctrine import DoctrinePlayer
from game.rules.rulebook import NO_SEAT
from game.rules.seats import Seat

from .plans import Constant, Saying, preferring, ruled, whispers_of, words_of
from .saying import RUNGS
from .sides import Side, Sides, all_along
from .world import World

PROMISING = 3
"""Of all deeds, how many are looked at further."""
SEARCH_LUCK = 50_000
CONDITIONS = tuple(name for name in FEATURES if name != "base" and not name.startswith("with_"))
"""What a one-line rule may ask."""


Trial = TypeVar("Trial")


class Plan(NamedTuple):
    """A way to play a seat, with its name."""

    name: str
    side: Side


class Search:
    """Looks for a seat's dull plans against given rivals."""

    def __init__(self, world: World, rivals: Sides, seat: Seat) -> None:
        self._world, self._rivals, self._seat = world, rivals, seat
        self._voice: DoctrinePlayer = world.schools[seat][0]
        self._book = world.setting.rulebook
        self._ids = [deed.id for deed in self._book.deeds[seat]]
        ranked = sorted(range(len(self._ids)), key=lambda deed: -self._mark(self._steady([deed])))
        self._ranked = ranked

    def constant(self) -> Plan:
        """The best constant order: a deed, a word, a message, the same in every turn."""
        deeds = [self._steady([deed]) for deed in self._ranked[:PROMISING]]
        sayings = [Saying()] + [
            Saying(word=word) for word in words_of(self._book, self._seat, RUNGS)
        ]
        trials = ((side, saying) for side in deeds for saying in sayings)
        side, saying = self._best(trials, lambda trial: self._said(*trial))
        whispers = [saying] + [
            Saying(saying.word, whisper) for whisper in whispers_of(self._book, self._seat)
        ]
        saying = self._best(whispers, lambda trial: self._said(side, trial))
        deed = self._ranked[deeds.index(side)]
        return Plan(f"{self._ids[deed]}{self._told(saying)}", self._said(side, saying))

    def list_of_deeds(self) -> Plan:
        """A deed for each turn, learnt by heart: from the best constant deed, one turn after the
        other is changed for as long as that helps.
        """
        hands = [preferring(self._voice, self._book, [deed]) for deed in range(len(self._ids))]
        turns = self._world.setting.turns
        chosen = [self._ranked[0]] * turns
        top, better = self._mark(tuple(hands[deed] for deed in chosen)), True
        while better:
            better = False
            for turn in range(turns):
                for deed in range(len(hands)):
                    trial = [*chosen[:turn], deed, *chosen[turn + 1 :]]
                    if deed != chosen[turn]:
                        mark = self._mark(tuple(hands[k] for k in trial))
                        if mark > top + 0.02:
                            chosen, top, better = trial, mark, True
        name = "list " + " ".join(self._ids[deed] for deed in chosen)
        return Plan(name, tuple(hands[deed] for deed in chosen))

    def rule(self) -> Plan:
        """The best rule of one line: if this holds, that deed, else another."""
        trials = [
            (feature, then, otherwise)
            for otherwise in self._ranked[:PROMISING]
            for feature in CONDITIONS
            for then in range(len(self._ids))
            if then != otherwise
        ]
        feature, then, otherwise = self._best(trials, lambda trial: self._ruled(*trial))
        name = f"if {feature}: {self._ids[then]}, else {self._ids[otherwise]}"
        return Plan(name, self._ruled(feature, then, otherwise))

    def _steady(self, deeds: list[int]) -> Side:
        return all_along(self._world.setting, preferring(self._voice, self._book, deeds))

    def _said(self, side: Side, saying: Saying) -> Side:
        if saying == Saying():
            return side
        doctrine = side[0]
        assert isinstance(doctrine, DoctrinePlayer)
        return all_along(self._world.setting, Constant(doctrine, saying))

    def _ruled(self, feature: str, then: int, otherwise: int) -> Side:
        player = ruled(self._voice, self._book, feature, then, otherwise)
        return all_along(self._world.setting, player)

    def _told(self, saying: Saying) -> str:
        book, told = self._book, ""
        if saying.word is not None:
            word, to, rung = saying.word
            told += f", {book.words[word].id}"
            told += "" if to == NO_SEAT else f" {Seat(to).name}"
            told += f" {rung}" if rung else ""
        if saying.whisper is not None:
            whisper, to = saying.whisper
            told += f", {book.whispers[whisper].id}"
            told += "" if to == NO_SEAT else f">{Seat(to).name}"
        return told

    def _mark(self, side: Side) -> float:
        games = self._world.effort.searched
        sides = {**self._rivals, self._seat: side}
        return float(self._world.marks(sides, SEARCH_LUCK, games)[self._seat].mean())

    def _best(self, trials: Iterable[Trial], side: Callable[[Trial], Side]) -> Trial:
        return max(trials, key=lambda trial: self._mark(side(trial)))


def named(plans: Mapping[str, Plan]) -> str:
    """Several plans in a row, for a note."""
    return "; ".join(f"{kind}: {plan.name}" for kind, plan in plans.items())
