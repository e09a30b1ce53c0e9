"""What somebody who leads a match puts in or sets, as events: all of it on record, and marked."""

from collections.abc import Mapping
from typing import NamedTuple

from game.rules.legal import refusals
from game.rules.seats import SEATS, Seat
from game.rules.state import State

from . import overrides
from .errors import MatchError
from .event_log import EventLog, words_of
from .events import Event, Injected, Overridden, TakenBack
from .ordering import assembled


class StateChange(NamedTuple):
    """An event that changes the state, and the state after it."""

    event: Event
    after: State


def prepared_news(log: EventLog, inject: str) -> StateChange:
    """Prepared news, by its id in the scenario.

    Raises:
        MatchError: there is none of that id.
    """
    known = {prepared.id: prepared for prepared in log.scenario.injects}
    if inject not in known:
        names = ", ".join(known) or "none"
        raise MatchError(f'there is no prepared news "{inject}"; there is: {names}')
    prepared = known[inject]
    return news(log, prepared.id, prepared.title, prepared.text, prepared.effects)


def news(
    log: EventLog, inject: str | None, title: str, words: str, effects: Mapping[str, float]
) -> StateChange:
    """News with what it adds to columns of the state.

    Raises:
        MatchError: an effect is none.
    """
    checked = overrides.checked_effects(effects)
    event = log.make(Injected, inject=inject, title=title, words=words, effects=checked)
    return StateChange(event, overrides.with_effects(log.match_state.state, checked))


def override(log: EventLog, figure: str, value: float, reason: str) -> StateChange:
    """A figure of the state that is set.

    Raises:
        MatchError: there is no such figure, it cannot have that value, or a reason is missing.
    """
    state = log.match_state.state
    chosen = overrides.Figure.called(figure)
    value = overrides.checked_value(log.scenario.setting.rulebook, state, chosen, value)
    event = log.make(
        Overridden,
        figure=chosen.column,
        pair=chosen.pair,
        was=float(chosen.of(state)[0]),
        value=value,
        reason=words_of(reason, "a reason"),
    )
    return StateChange(event, overrides.with_value(state, chosen, value))


def write(log: EventLog, change: StateChange) -> tuple[Seat, ...]:
    """Writes down what changes the state, and takes back the orders that it makes illegal; returns
    the seats that gave them.
    """
    given = log.match_state.committed
    wrong = refusals(log.scenario.setting, change.after, assembled(given))
    seats = tuple(seat for seat in SEATS if any(r.seat is seat for r in wrong))
    events = [change.event]
    for seat in seats:
        reason = "no longer legal after what the facilitator changed"
        events.append(log.make(TakenBack, after=events, orders=given[seat].n, reason=reason))
    log.write(*events)
    return seats


def checked_seconds(seconds: float, least: float = 0.0) -> float:
    """A time in seconds that somebody typed.

    Raises:
        MatchError: it is none.
    """
    if not least <= seconds <= 1e7:
        raise MatchError("write the time in seconds, from 0 on")
    return float(seconds)
