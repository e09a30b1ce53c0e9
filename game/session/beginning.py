"""The file of a new match: what is played, by which texts, and who sits where."""

import uuid
from collections.abc import Mapping
from pathlib import Path

from game.content.dealt import NOTHING, Dealt
from game.rules.seats import SEATS, Seat

from . import texts
from .errors import MatchError
from .event_log import EventLog, stamp
from .events import Kind, Seated, clean
from .match_players import Cast, players_among
from .match_state import MatchState
from .record import MOST_SEED_DIGITS, Game, Record, write_new
from .view import Seating


def write_new_match(
    path: Path,
    scenario: str | Path,
    seats: Mapping[Seat, Seating],
    cast: Cast,
    *,
    seed: int,
    game: int,
    lens: str | Path,
    dealt: Dealt = NOTHING,
) -> None:
    """Writes it; see `match.Match.begin`."""
    files = texts.gathered(scenario, lens, dealt)
    chosen = texts.compiled(files)
    if len(str(seed)) > MOST_SEED_DIGITS:
        raise MatchError(f"a seed of a match has {MOST_SEED_DIGITS} digits at most")
    given = {s: seats.get(s) or Seating.computer(chosen.roles[s].doctrine) for s in SEATS}
    for seat, seating in given.items():
        if seating.kind is Kind.COMPUTER:
            name, more = texts.with_doctrine(files, seating.name)
            files |= more
            given[seat] = Seating.computer(name)
    players_among(files, chosen, given, cast)  # refuses unknown ones before anything is written
    row = Game(
        id=uuid.uuid4().hex,
        created=stamp(),
        scenario=chosen.id,
        title=clean(chosen.title),
        turns=len(chosen.turns),
        lens=Path(lens).stem,
        seed_text=str(seed),
        game=game,
    )
    log = EventLog(MatchState(chosen, seed, game))
    for seat, seating in given.items():
        log.write(seated(log, seat, seating))
    write_new(path, Record(row, files, log.events))


def seated(log: EventLog, seat: Seat, seating: Seating) -> Seated:
    """The event that says who plays a seat.

    Raises:
        MatchError: the name is too long.
    """
    return log.make(Seated, seat=seat, kind=seating.kind, name=clean(seating.name))
