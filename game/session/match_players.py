"""The computer's players of a match, by the match's own doctrines."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from game.content.doctrine import PEOPLE
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.players.base import Player
from game.rules.seats import SEATS, Seat

from . import texts
from .errors import MatchError
from .events import Kind
from .reading import read
from .view import MatchView, Seating, other_version

Cast = Callable[[Scenario, Mapping[Seat, str], Iterable[Seat]], Mapping[Seat, Player]]
"""Makes the players of seats from their names: `futures.cast.cast`. Raises ContentError."""


def players_of(match: MatchView, cast: Cast) -> dict[Seat, Player]:
    """The computer's players of a match as it stands.

    Raises:
        ContentError: this version of the game cannot make one of them.
    """
    if match.record is None:
        raise MatchError("only a match with a file names its players")
    seats = {seat: match.seating(seat) for seat in SEATS}
    return players_among(match.record.texts, match.scenario, seats, cast)


def playable(path: Path, cast: Cast) -> MatchView:
    """Reads a match that can be gone on with, as far as its file and its rules say.

    Raises:
        FileError: it is no match, damaged, or of another version.
    """
    record = read(path)
    match = MatchView.of_record(path, record)
    try:
        players_of(match, cast)
    except ContentError as error:
        raise other_version(path, record, error) from None
    return match


def _path(name: str, known: Mapping[str, str]) -> str:
    """A player's name, with the doctrine's file in it where the match has its own."""
    bare = name.removeprefix(PEOPLE)
    return name.removesuffix(bare) + known.get(bare, bare)


def players_among(
    files: texts.Texts, scenario: Scenario, seats: Mapping[Seat, Seating], cast: Cast
) -> dict[Seat, Player]:
    """The players of those of the seats that a computer plays.

    Raises:
        ContentError: this version of the game cannot make one of them.
    """
    names = {s: seating.name for s, seating in seats.items() if seating.kind is Kind.COMPUTER}
    with texts.for_casting(files, scenario) as (chosen, known):
        named_so = {seat: _path(name, known) for seat, name in names.items()}
        return dict(cast(chosen, named_so, list(named_so)))
