"""The crisis as a line of rungs over days, with what happened hanging from it; and history's."""

from dataclasses import dataclass
from datetime import date

from game.content.scenario import Event, Scenario
from game.rules.seats import Rung

from .happenings import Happening, happenings, spoken, whispered
from .played import PlayedGame


@dataclass(frozen=True, slots=True)
class TimelineTurn:
    """One turn on the line."""

    turn: int
    """From 1."""
    opens: date
    """The day on which it opens."""
    title: str
    rung: int
    """The highest of the turn."""
    happened: tuple[Happening, ...]
    """Gravest first."""
    said: tuple[str, ...]
    """In public."""
    whispered: tuple[str, ...]
    """In private."""


@dataclass(frozen=True, slots=True)
class HistoryTurn:
    """What really happened in the days of one turn, as far as is known."""

    turn: int
    rung: int | None
    """The highest of the turn; None where no event is told of."""
    events: tuple[Event, ...]
    """In order of their days."""


def timeline(game: PlayedGame) -> list[TimelineTurn]:
    """The turns that were played."""
    scenario = game.scenario
    return [
        TimelineTurn(
            turn=turn.number,
            opens=scenario.turns[turn.number - 1].date,
            title=scenario.turns[turn.number - 1].title,
            rung=int(turn.outcome.rung[0]),
            happened=tuple(happenings(scenario, turn)),
            said=tuple(spoken(scenario, turn)),
            whispered=tuple(whispered(scenario, turn)),
        )
        for turn in game.turns
    ]


def history(scenario: Scenario) -> list[HistoryTurn]:
    """Every turn of the calendar with the events of its days; an event on the day on which a turn
    opens belongs to that turn.
    """
    found = []
    for index, turn in enumerate(scenario.turns):
        last = index + 1 == len(scenario.turns)
        until = scenario.end if last else scenario.turns[index + 1].date
        events = sorted(
            (
                event
                for event in scenario.events
                if turn.date <= event.date
                and (event.date < until or (last and event.date == until))
            ),
            key=lambda event: event.date,
        )
        rung = max((event.rung for event in events), default=None)
        found.append(HistoryTurn(index + 1, rung, tuple(events)))
    return found


def prelude(scenario: Scenario) -> list[Event]:
    """The events before the first turn, in order of their days."""
    first = scenario.turns[0].date
    return sorted((e for e in scenario.events if e.date < first), key=lambda event: event.date)


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One rung, and the turns whose highest rung it was, from 1."""

    rung: Rung
    turns: tuple[int, ...]
    in_history: tuple[int, ...]


def ladder(game: PlayedGame) -> list[LadderRow]:
    """Every rung of the ladder, the highest first."""
    played = timeline(game)
    real = history(game.scenario)
    return [
        LadderRow(
            rung,
            tuple(turn.turn for turn in played if turn.rung == rung),
            tuple(turn.turn for turn in real if turn.rung == rung),
        )
        for rung in reversed(Rung)
    ]
