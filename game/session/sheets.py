"""A match as sheets of rows, for a course's own analysis; each column with its meaning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.rules.endings import marks
from game.rules.outcome import Outcome, Source
from game.rules.seats import PAIRS, SEATS, Cause, Seat
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS, State

from .errors import MatchError
from .events import Injected, Overridden
from .forecasts import foretold
from .view import MatchView

Rows = Iterator[dict[str, Any]]
Change = tuple[str | None, float | None, float | None]
NO_CHANGE: list[Change] = [(None, None, None)]


class Meaning(NamedTuple):
    """What a column of a sheet holds."""

    kind: type
    """int, float or str."""
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the export."""

    name: str
    text: str
    """What one of its rows is."""
    columns: dict[str, Meaning]
    rows: Callable[[MatchView], Rows]


def _text(meaning: str, unit: str = "name") -> Meaning:
    return Meaning(str, unit, meaning)


def _count(meaning: str, unit: str = "number") -> Meaning:
    return Meaning(int, unit, meaning)


def _real(meaning: str, unit: str) -> Meaning:
    return Meaning(float, unit, meaning)


TURN = {"turn": _count("the turn, from 1", "turn")}
AFTER = {"turn": _count("after this turn; 0 is the opening", "turn")}
SEAT = {"seat": _text("US, IRAN, MILITIA or IRAQ")}
TOWARD = SEAT | {"toward": _text("the other seat")}
_AT = {"at": _text("when, UTC", "time")}

SCALARS: dict[str, tuple[str, str]] = {
    "strike_militia_killed": ("people", "militiamen killed by the American strike"),
    "strike_rockets": ("rockets", "rockets that it destroyed"),
    "strike_leaders": ("share", "leadership that it cost the militias"),
    "strike_iraqi_killed": ("people", "Iraqi forces killed by it"),
    "strike_civilians_killed": ("people", "civilians killed by it"),
    "leaked": ("0 or 1", "Washington's notice to Baghdad reached the militias"),
    "tip_off_known": ("0 or 1", "the militias learnt that Baghdad had warned the Americans"),
    "shirked": ("0 or 1", "the militias did not do what Tehran asked for"),
    "caught": ("0 or 1", "… and Tehran found out"),
    "protest": ("0 or 1", "there was a wave of protest"),
    "discredited": ("0 or 1", "the American justification did not hold"),
    "revised": ("people", "wounded added to the reports of earlier turns"),
    "detained": ("people", "militiamen arrested"),
    "show_of_force": ("0 or 1", "armed men came to the gates of the Green Zone"),
    "released": ("people", "militiamen released"),
    "vote_failed": ("0 or 1", "parliament had no quorum"),
    "attacks": ("attacks", "attacks on Americans and partners"),
    "us_killed": ("people", "Americans killed"),
    "us_wounded_reported": ("people", "Americans reported wounded at once"),
    "rung": ("rung", "the highest rung of the turn"),
}
"""What an outcome has one number of, with unit and meaning."""
FIRES: dict[str, tuple[str, str]] = {
    "attacks": ("attacks", "attacks"),
    "rounds": ("rounds", "rockets, bombs or missiles"),
    "hits": ("rounds", "of these, hits"),
    "us_killed": ("people", "Americans killed"),
    "us_wounded": ("people", "Americans truly wounded"),
    "coalition_killed": ("people", "partners' soldiers killed"),
    "iraqi_killed": ("people", "Iraqi forces killed"),
    "rung": ("rung", "the rung of it"),
}
"""What an outcome has of each source of fire."""
MINDS: dict[str, tuple[str, str]] = {
    "blow": ("rung", "the highest rung at which the seat, as the other sees it, struck the other"),
    "harm": ("harm", "harm to the seat that it blames on the other"),
    "crossed": ("0 or 1", "the other crossed the line that the seat had drawn"),
    "answered": ("0 or 1", "the seat answered a crossing by the other"),
    "lapsed": ("0 or 1", "the seat let a crossing by the other pass"),
}
"""What an outcome has of every ordered pair of seats."""


def _named(names: dict[str, tuple[str, str]]) -> dict[str, Meaning]:
    return {name: _real(text, unit) for name, (unit, text) in names.items()}


def _match(match: MatchView) -> Rows:
    record = match.record
    if record is None:
        raise MatchError("only a match with a file can be exported")
    points = marks(match.scenario.setting, match.state)[:, 0]
    ending = "early" if match.ended_early is not None else match.ending.name.lower()
    yield record.game.model_dump(exclude={"seed_text"}) | {
        "seed": record.game.seed_text,
        "played": len(match.played),
        "ending": ending,
        **{f"mark_{seat.name.lower()}": float(points[seat]) for seat in SEATS},
    }


def _seats(match: MatchView) -> Rows:
    for seat in SEATS:
        who = match.seating(seat)
        yield {"seat": seat.name, "kind": who.kind.value, "name": who.name}


def _orders(match: MatchView) -> Rows:
    force = match.scenario.setting.tables.force
    for row in match.line.ordered:
        deed = match.scenario.setting.rulebook.deed(row.seat, row.deed)
        told = {name: getattr(row, name) for name in ORDERS if hasattr(row, name)}
        told = {k: v.name if isinstance(v, Seat) else v for k, v in told.items()}
        yield told | {"force": int(force[row.seat][deed] > 0)}


def _forecasts(match: MatchView) -> Rows:
    for row in foretold(match):
        yield {
            "turn": row.turn,
            "seat": row.seat.name,
            "about": row.about.name,
            "odds": row.odds,
            "came": int(row.came),
            "score": row.score,
        }


def _moments(match: MatchView) -> Iterator[tuple[int, State]]:
    first = match.played[0].before if match.played else match.state
    yield from enumerate([first, *match.line.after])


def _states(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        yield {"turn": turn, **{name: float(getattr(state, name)[0]) for name in COLUMNS}}


def _pairs(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        for i, j in PAIRS:
            figures = {name: float(getattr(state, name)[i, j, 0]) for name in PAIR_COLUMNS}
            credible = figures["kept"] / max(figures["kept"] + figures["broken"], 1e-9)
            yield {"turn": turn, "seat": i.name, "toward": j.name, "credible": credible, **figures}


def _beliefs(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        culprit = int(state.culprit[0])
        truth = Cause(culprit).name.lower() if culprit >= 0 else None
        for seat in SEATS:
            shares = {c.name.lower(): float(state.suspicion[seat, c, 0]) for c in Cause}
            yield {"turn": turn, "seat": seat.name, "truth": truth, **shares}


def _estimates(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        for seat in SEATS:
            for k, name in enumerate(ESTIMATED):
                yield {
                    "turn": turn,
                    "seat": seat.name,
                    "figure": name,
                    "estimate": float(state.estimates[seat, k, 0]),
                    "truth": float(getattr(state, name)[0]),
                }


def _outcomes(match: MatchView) -> Rows:
    for played in match.played:
        outcome = played.outcome
        finding = int(outcome.finding[0])
        yield {
            "turn": outcome.turn,
            **{name: float(getattr(outcome, name)[0]) for name in SCALARS},
            "finding": Cause(finding).name.lower() if finding >= 0 else None,
        }


def _fires(match: MatchView) -> Rows:
    sites = match.scenario.setting.rulebook.sites
    for outcome in (played.outcome for played in match.played):
        for source in Source:
            if outcome.fire_attacks[source, 0]:
                yield {
                    "turn": outcome.turn,
                    "source": source.name.lower(),
                    "site": sites[int(outcome.fire_site[source, 0])].id,
                    **{name: _of(outcome, f"fire_{name}", source) for name in FIRES},
                    "warned": _of(outcome, "warned", source),
                }


def _minds(match: MatchView) -> Rows:
    for outcome in (played.outcome for played in match.played):
        for i, j in PAIRS:
            figures = {name: _of(outcome, name, i, j) for name in MINDS}
            yield {"turn": outcome.turn, "seat": i.name, "toward": j.name, **figures}


def _of(outcome: Outcome, name: str, *place: int) -> float:
    array: np.ndarray[Any, Any] = getattr(outcome, name)
    return float(array[(*place, 0)])


def _interventions(match: MatchView) -> Rows:
    line = match.line
    events: list[Injected | Overridden] = [*line.injects, *line.overrides]
    for event in sorted(events, key=lambda event: event.n):
        if isinstance(event, Injected):
            told: dict[str, str | None] = {
                "what": "inject",
                "title": event.title,
                "words": event.words,
            }
            changes: list[Change] = [(name, None, by) for name, by in event.effects.items()]
        else:
            figure = f"{event.figure} {event.pair or ''}".strip()
            told = {"what": "override", "title": None, "words": event.reason}
            changes = [(figure, event.was, event.value)]
        for changed, was, value in changes or NO_CHANGE:
            yield {"turn": event.turn, **told, "figure": changed, "was": was, "value": value}


def _notes(match: MatchView) -> Rows:
    for note in match.line.notes:
        seat = note.seat.name if note.seat is not None else None
        yield {"turn": note.turn, "at": note.at, "seat": seat, "words": note.words}


def _journal(match: MatchView) -> Rows:
    for event in match.record.events if match.record else ():
        seat = getattr(event, "seat", None)
        yield {
            "n": event.n,
            "at": event.at,
            "turn": event.turn,
            "what": event.table,
            "seat": seat.name if seat is not None else None,
        }


ORDERS = (
    TURN
    | SEAT
    | _AT
    | {
        "given_by": _text("people, computer, or clock: time was up, and the seat held"),
        "deed": _text("the deed, by its id in the rulebook"),
        "force": _count("1 where the deed is of the group force", "0 or 1"),
        "site": _text("the place that it names; empty: left to the referee"),
        "word": _text("the public word"),
        "word_to": _text("the seat that the word names"),
        "word_rung": _count("the rung that a threat names", "rung"),
        "whisper": _text("the private message"),
        "whisper_to": _text("the seat that it went to"),
    }
)
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "match",
        "the match",
        {
            "id": _text("tells this match from all others"),
            "created": _text("when it began, UTC", "time"),
            "scenario": _text("the scenario's id"),
            "title": _text("the scenario's title", "text"),
            "turns": _count("length of the calendar", "turns"),
            "lens": _text("the theory whose parameters it was played by"),
            "seed": _text("the luck: a whole number of any size"),
            "game": _count("the game's number among those of its seed"),
            "parent": _text("id of the match that it was forked from"),
            "parent_file": _text("the name of that match's file"),
            "parent_turn": _count("the first turn that was played anew", "turn"),
            "played": _count("turns that were played", "turns"),
            "ending": _text("how it ended; none while it is on, early: the facilitator ended it"),
            **{
                f"mark_{seat.name.lower()}": _real(f"mark of {seat.name} at the end", "of 100")
                for seat in SEATS
            },
        },
        _match,
    ),
    Sheet(
        "seats",
        "a seat, and who plays it at the end",
        SEAT | {"kind": _text("person, team or computer"), "name": _text("name, or player's id")},
        _seats,
    ),
    Sheet("orders", "a seat's orders in a turn that counts", ORDERS, _orders),
    Sheet(
        "forecasts",
        "one seat's forecast about another",
        TURN
        | SEAT
        | {
            "about": _text("the seat that it is about"),
            "odds": _real("odds that it uses force this turn", "share"),
            "came": _count("1 where it did", "0 or 1"),
            "score": _real("Brier's score: 0 is perfect, 1 is wholly wrong", "share"),
        },
        _forecasts,
    ),
    Sheet(
        "states",
        "the true state after a turn",
        AFTER | {name: _real(spec.meaning, spec.unit) for name, spec in COLUMNS.items()},
        _states,
    ),
    Sheet(
        "pairs",
        "what a seat holds of another after a turn; i is the seat, j the other",
        AFTER
        | TOWARD
        | {"credible": _real("how credible the other is: kept / (kept + broken)", "share")}
        | {name: _real(spec.meaning, spec.unit) for name, spec in PAIR_COLUMNS.items()},
        _pairs,
    ),
    Sheet(
        "beliefs",
        "whom a seat suspects of the last attack, and who it was",
        AFTER
        | SEAT
        | {"truth": _text("who it was; empty: there was none")}
        | {c.name.lower(): _real("probability that it was this one", "share") for c in Cause},
        _beliefs,
    ),
    Sheet(
        "estimates",
        "what a seat takes a hidden figure to be, and what it is",
        AFTER
        | SEAT
        | {
            "figure": _text("a column of the sheet states"),
            "estimate": _real("what the seat takes it to be", "as the figure"),
            "truth": _real("what it is", "as the figure"),
        },
        _estimates,
    ),
    Sheet(
        "outcomes",
        "what happened in a turn",
        TURN | _named(SCALARS) | {"finding": _text("the cause that Baghdad's investigation named")},
        _outcomes,
    ),
    Sheet(
        "fires",
        "one source's fire at Americans and partners in a turn",
        TURN
        | {"source": _text("who fired"), "site": _text("where, by id")}
        | _named(FIRES)
        | {"warned": _real("1 where the Americans had warning", "0 or 1")},
        _fires,
    ),
    Sheet("minds", "what a turn did between two seats", TURN | TOWARD | _named(MINDS), _minds),
    Sheet(
        "interventions",
        "a figure that the facilitator changed; news without effects have one row",
        TURN
        | {
            "what": _text("inject or override"),
            "title": _text("the news' title", "text"),
            "words": _text("the news, or the reason", "text"),
            "figure": _text("what was changed"),
            "was": _real("what it was before an override", "as the figure"),
            "value": _real("what it was set to, or what news added", "as the figure"),
        },
        _interventions,
    ),
    Sheet(
        "notes",
        "something that a seat or, without one, the facilitator wrote down",
        TURN | _AT | SEAT | {"words": _text("what", "text")},
        _notes,
    ),
    Sheet(
        "journal",
        "something that happened to the match, undone turns included",
        {
            "n": _count("its place in the order of all"),
            **_AT,
            **TURN,
            "what": _text("the table of the match's file that has it"),
            **SEAT,
        },
        _journal,
    ),
)
"""Every sheet of an export, in order."""


def dictionary() -> Sheet:
    """What every column of every sheet means: a sheet itself."""

    def rows(_match: MatchView) -> Rows:
        for sheet in SHEETS:
            for name, (kind, unit, text) in sheet.columns.items():
                yield {
                    "sheet": sheet.name,
                    "row_is": sheet.text,
                    "column": name,
                    "type": {int: "whole number", float: "number", str: "text"}[kind],
                    "unit": unit,
                    "meaning": text,
                }

    columns = ("sheet", "row_is", "column", "type", "unit", "meaning")
    return Sheet("dictionary", "a column", {name: _text(name, "text") for name in columns}, rows)
