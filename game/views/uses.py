"""The uses of force in a game: every deed of the group `force` that was ordered, signed or not."""

from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.rulebook import Rulebook, Word
from game.rules.seats import SEATS, Seat

from .happenings import OWN_FIRE, is_signed, place
from .names import CAPITALS
from .played import PlayedGame, Turn


class Use(NamedTuple):
    """One use of force."""

    turn: int
    """From 1."""
    seat: Seat
    deed: int
    """Index into the seat's deeds."""
    name: str
    at: str
    """The place; empty for deeds of no place."""
    signed: bool
    """Everybody could see who did it."""
    claimed: bool = False
    """Nobody could see who did it, but the seat claimed it openly in the same turn."""

    @property
    def sentence(self) -> str:
        """Who, what and where: "Washington: Strike depots, Jurf al-Sakhar"."""
        who = CAPITALS[self.seat]
        return f"{who[0].upper()}{who[1:]}: {self.name}" + (f", {self.at}" if self.at else "")


def claims_openly(word: Word) -> bool:
    """Whether who says it takes an attack upon himself by name: all of its credit is his."""
    return word.credit == 1


def uses_force(book: Rulebook, seat: Seat, deed: int) -> bool:
    """Whether a deed is of the group `force`."""
    return book.deeds[seat][deed].group == "force"


def used_force(book: Rulebook, outcome: Outcome, seat: Seat) -> bool:
    """Whether a seat used force in a turn, by what was done: an order to fire may bring no attack,
    and the militias' campaign fires when they order something else.
    """
    if seat in OWN_FIRE and outcome.fire_attacks[OWN_FIRE[seat], 0] > 0:
        return True
    deed = int(outcome.orders.deed[seat, 0])
    return uses_force(book, seat, deed) and book.deeds[seat][deed].fire is None


def users_of_force(book: Rulebook, orders: Orders) -> list[Seat]:
    """The seats whose orders for one game use force."""
    return [seat for seat in SEATS if uses_force(book, seat, int(orders.deed[seat, 0]))]


def uses_of_force(game: PlayedGame) -> list[Use]:
    """All of them, in the order of their turns, then of the seats."""
    book = game.scenario.setting.rulebook
    return [
        _use(game.scenario, turn, seat)
        for turn in game.turns
        for seat in users_of_force(book, turn.orders)
    ]


def _use(scenario: Scenario, turn: Turn, seat: Seat) -> Use:
    index = int(turn.orders.deed[seat, 0])
    deed = scenario.setting.rulebook.deeds[seat][index]
    site = int(turn.outcome.deed_site[seat, 0])
    at = "" if site < 0 else place(scenario, site)
    word = scenario.setting.rulebook.words[int(turn.outcome.orders.word[seat, 0])]
    signed = is_signed(deed)
    return Use(turn.number, seat, index, deed.name, at, signed, not signed and claims_openly(word))
