"""A match again from one of its turns, in a file of its own; and a match as one file elsewhere."""

import uuid
from pathlib import Path

from game.content.visible import visible

from .errors import MatchError
from .event_log import stamp
from .events import (
    Adjudicated,
    Controlled,
    Event,
    Injected,
    Locked,
    Noted,
    Ordered,
    Overridden,
    Seated,
    effective,
)
from .reading import read
from .record import Record, write_new
from .view import MatchView


def fork(source: Path, turn: int, target: Path, *, led: bool = False) -> Path:
    """A new match that begins where another one stood before a turn.

    It has the luck of the other: whoever orders the same gets the same. News and figures that the
    facilitator had put in for that turn are in it; its orders are not.

    Args:
        source: the match's file; it is only read.
        turn: the first turn that is played anew, from 1 to one after the last that was played.
        target: the new file; `places.new_path` names one.
        led: whoever leads the other match leads this one: PIN, passcodes and what they allowed stay
            as they are. Otherwise nobody leads it.

    Raises:
        MatchError: the match has not come to that turn.
        FileError: the source cannot be read or be played on, or the target not be written.
        FileExistsError: there is such a target.
    """
    record = read(source)
    MatchView.of_record(source, record)  # refuses what nobody could go on with
    events = effective(record.events)
    played = sum(isinstance(event, Adjudicated) for event in events)
    over = played == record.game.turns or any(
        isinstance(event, Adjudicated) and event.ending != "none" for event in events
    )
    last = played if over else played + 1
    if not 1 <= turn <= last:
        raise MatchError(f"the match has no turn {turn} to play again; name one from 1 to {last}")
    game = record.game.model_copy(
        update={
            "id": uuid.uuid4().hex,
            "created": stamp(),
            "parent": record.game.id,
            "parent_file": visible(source.name)[-100:],
            "parent_turn": turn,
        }
    )
    kept = [event for event in events if _before(event, turn, led=led)]
    kept = [event.model_copy(update={"turn": min(event.turn, turn)}) for event in kept]
    write_new(target, Record(game, record.texts, renumbered(kept)))
    return target


def copy(source: Path, target: Path) -> list[Path]:
    """The whole match as one new file, whatever state the other is in: for import and export.

    Returns:
        Logs of another match that were set aside for it, as `write_new` tells them.

    Raises:
        FileError: the source cannot be read, or the target not be written.
        FileExistsError: there is such a target.
    """
    return write_new(target, read(source))


def renumbered(events: list[Event]) -> list[Event]:
    """Effective events, numbered without a gap."""
    return [event.model_copy(update={"n": n}) for n, event in enumerate(events, 1)]


def _before(event: Event, turn: int, *, led: bool) -> bool:
    """Whether an event belongs to the past of a turn that is played anew."""
    match event:
        case Adjudicated() | Ordered() | Noted():
            return event.turn < turn
        case Injected() | Overridden() | Seated():
            return event.turn <= turn
        case Controlled(what="limit"):
            return event.turn <= turn
        case Locked() | Controlled(what="allow_estimate" | "forbid_estimate"):
            return led
    return False
