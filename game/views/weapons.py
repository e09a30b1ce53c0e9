"""What is told of the weapon of a fire: most are fired, bombs beside a road go off."""

from game.rules.outcome import Outcome, Source
from game.rules.rulebook import Fire, Rulebook
from game.rules.seats import Seat


def are_bombs(fire: Fire | None) -> bool:
    """Whether a deed's fire takes nothing out of the stock: then it is bombs laid at a road."""
    return fire is not None and not fire.arsenal


def went_off(book: Rulebook, outcome: Outcome, source: Source, game: int = 0) -> bool:
    """Whether what a source did in one game's turn was bombs; the truth, for debriefs."""
    deed = int(outcome.orders.deed[Seat.MILITIA, game])
    return source is Source.MILITIA and are_bombs(book.deeds[Seat.MILITIA][deed].fire)
