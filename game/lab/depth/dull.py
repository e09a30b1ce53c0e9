"""Plans that need no thought, searched for: constant orders, memorised lists, one-line rules.

Each search looks at few games and keeps the best; what it found is then valued on other games, so
that the luck of the search does not count.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from game.players.doctrine import DoctrinePlayer
from game.rules.rulebook import NO_SEAT
from game.rules.seats import Seat

from .plans import CONDITIONS, Constant, Saying, preferring, ruled, whispers_of, words_of
from .saying import RUNGS
from .sides import Side, Sides, all_along
from .world import World

PROMISING = 3
"""Of all deeds, how many a search begins with."""
SEARCH_LUCK = 50_000
Trial = TypeVar("Trial")


class Plan(NamedTuple):
    """A way to play a seat, with its name."""

    name: str
    side: Side


class _Order(NamedTuple):
    """The same in every turn; None leaves it to the voice."""

    deed: int
    word: tuple[int, int, int] | None = None
    whisper: tuple[int, int] | None = None


class Search:
    """Looks for a seat's dull plans against given rivals."""

    def __init__(self, world: World, rivals: Sides, seat: Seat) -> None:
        self._world, self._rivals, self._seat = world, rivals, seat
        self._voice: DoctrinePlayer = world.schools[seat][0]
        self._book = world.setting.rulebook
        self._ids = [deed.id for deed in self._book.deeds[seat]]
        deeds = range(len(self._ids))
        self._ranked = sorted(deeds, key=lambda deed: -self._mark(self._steady(_Order(deed))))

    def constant(self) -> Plan:
        """The best constant order: a deed, a word, a message, the same in every turn. From each of
        the promising deeds, one part after the other is sought for as long as that helps.
        """
        found = [self._climbed(_Order(deed)) for deed in self._ranked[:PROMISING]]
        order = self._best(found, self._steady)
        return Plan(self._told(order), self._steady(order))

    def _climbed(self, order: _Order) -> _Order:
        book = self._book
        tried: dict[str, list[Any]] = {
            "word": [None, *words_of(book, self._seat, RUNGS)],
            "whisper": [None, *whispers_of(book, self._seat)],
            "deed": self._ranked,
        }
        before: _Order | None = None
        while order != before:
            before = order
            for part, options in tried.items():
                trials = [order._replace(**{part: option}) for option in options]
                order = self._best(trials, self._steady)
        return order

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

    def _steady(self, order: _Order) -> Side:
        doctrine = preferring(self._voice, self._book, [order.deed])
        silent = order.word is None and order.whisper is None
        said = doctrine if silent else Constant(doctrine, Saying(order.word, order.whisper))
        return all_along(self._world.setting, said)

    def _ruled(self, feature: str, then: int, otherwise: int) -> Side:
        player = ruled(self._voice, self._book, feature, then, otherwise)
        return all_along(self._world.setting, player)

    def _told(self, order: _Order) -> str:
        book, told = self._book, self._ids[order.deed]
        if order.word is not None:
            word, to, rung = order.word
            told += f", {book.words[word].id}"
            told += "" if to == NO_SEAT else f" {Seat(to).name}"
            told += f" {rung}" if rung else ""
        if order.whisper is not None:
            whisper, to = order.whisper
            told += f", {book.whispers[whisper].id}"
            told += "" if to == NO_SEAT else f">{Seat(to).name}"
        return told

    def _mark(self, side: Side) -> float:
        games = self._world.effort.searched
        sides = {**self._rivals, self._seat: side}
        return float(self._world.marks(sides, SEARCH_LUCK, games)[self._seat].mean())

    def _best(self, trials: Iterable[Trial], side: Callable[[Trial], Side]) -> Trial:
        return max(trials, key=lambda trial: self._mark(side(trial)))
