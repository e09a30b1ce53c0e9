"""A match as sheets of rows, for a course's own analysis; each column with its meaning."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from game.rules.endings import marks
from game.rules.outcome import Outcome, Source
from game.rules.seats import PAIRS, SEATS, Cause, Seat
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS, State
from game.session.errors import MatchError
from game.session.events import Injected, OrderNames, Overridden
from game.session.forecasts import scored_forecasts
from game.session.view import MatchView
from game.views.names import CAUSE_NAMES

from .code_sheet import CODES
from .sheet import Meaning, Rows, Sheet, count, real, short, text

Change = tuple[str | None, float | None, float | None]
NO_CHANGE: list[Change] = [(None, None, None)]


TURN = {"turn": count("the turn, from 1", "turn")}
AFTER = {"turn": count("after this turn; 0 is the opening", "turn")}
SEAT = {"seat": text("US, IRAN, MILITIA or IRAQ")}
TOWARD = SEAT | {"toward": text("the other seat")}
_AT = {"at": text("when, UTC", "time")}

SCALARS: dict[str, tuple[str, str]] = {
    "strike_militia_killed": ("people", "militiamen killed by the American strike"),
    "strike_rockets": ("rockets", "rockets that it destroyed"),
    "strike_leaders": ("share", "leadership that it cost the militias"),
    "strike_iraqi_killed": ("people", "Iraqi forces killed by it"),
    "strike_civilians_killed": ("people", "civilians killed by it"),
    "leaked": ("0 or 1", "Washington's notice to Baghdad reached the militias"),
    "tip_off_known": ("0 or 1", "the militias learnt that Baghdad had warned the Americans"),
    "shirked": ("0 or 1", "the militias did not do what Tehran asked for"),
    "caught": ("0 or 1", "they did not, and Tehran found out"),
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
    "attacks": ("attacks", "attacks by this source"),
    "rounds": ("rounds", "rockets, bombs or missiles"),
    "hits": ("rounds", "of these, hits"),
    "us_killed": ("people", "Americans killed"),
    "us_wounded": ("people", "Americans truly wounded"),
    "coalition_killed": ("people", "partners' soldiers killed"),
    "iraqi_killed": ("people", "Iraqi forces killed"),
    "rung": ("rung", "how high on the ladder this fire stands"),
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


WHOLE = ("0 or 1", "rung")
"""Units of figures of a turn that are whole numbers, and are written so."""


def _named(names: dict[str, tuple[str, str]]) -> dict[str, Meaning]:
    return {
        name: count(told, unit) if unit in WHOLE else real(told, unit)
        for name, (unit, told) in names.items()
    }


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
        **{f"mark_{seat.name.lower()}": short(points[seat]) for seat in SEATS},
    }


def _seats(match: MatchView) -> Rows:
    for seat in SEATS:
        who = match.seating(seat)
        yield {"seat": seat.name, "kind": who.kind.value, "name": who.name}


def _orders(match: MatchView) -> Rows:
    force = match.scenario.setting.tables.force
    for row in match.match_state.ordered:
        deed = match.scenario.setting.rulebook.deed(row.seat, row.deed)
        told = {name: getattr(row, name) for name in ORDERS if hasattr(row, name)}
        told = {k: v.name if isinstance(v, Seat) else v for k, v in told.items()}
        yield told | {"force": int(force[row.seat][deed] > 0)}


def _forecasts(match: MatchView) -> Rows:
    for row in scored_forecasts(match):
        yield {
            "turn": row.turn,
            "seat": row.seat.name,
            "about": row.about.name,
            "odds": row.odds,
            "came": int(row.came),
            "score": round(row.score, 6),
        }


def _moments(match: MatchView) -> Iterator[tuple[int, State]]:
    opening = match.scenario.setting.open_games(match.state.key)
    yield from enumerate([opening, *match.match_state.after])


def _states(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        yield {"turn": turn, **{name: short(getattr(state, name)[0]) for name in COLUMNS}}


def _pairs(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        for i, j in PAIRS:
            figures = {name: short(getattr(state, name)[i, j, 0]) for name in PAIR_COLUMNS}
            believed = figures["kept"] / max(figures["kept"] + figures["broken"], 1e-9)
            credible = round(believed, 6)
            yield {"turn": turn, "seat": i.name, "toward": j.name, "credible": credible, **figures}


def _beliefs(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        signals = match.played[turn - 1].outcome.signal[:, 0] if turn else [-1] * len(SEATS)
        for seat in SEATS:
            shares = {c.name.lower(): short(state.suspicion[seat, c, 0]) for c in Cause}
            yield {
                "turn": turn,
                "seat": seat.name,
                "signal": _cause(signals[seat]),
                "truth": _cause(state.culprit[0]),
                **shares,
            }


def _cause(number: int) -> str | None:
    return Cause(int(number)).name.lower() if number >= 0 else None


def _estimates(match: MatchView) -> Rows:
    for turn, state in _moments(match):
        for seat in SEATS:
            for k, name in enumerate(ESTIMATED):
                yield {
                    "turn": turn,
                    "seat": seat.name,
                    "figure": name,
                    "estimate": short(state.estimates[seat, k, 0]),
                    "truth": short(getattr(state, name)[0]),
                }


def _outcomes(match: MatchView) -> Rows:
    for played in match.played:
        outcome = played.outcome
        yield {
            "turn": outcome.turn,
            **{name: _of(outcome, name, unit) for name, (unit, _) in SCALARS.items()},
            "finding": _cause(outcome.finding[0]),
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
                    **{
                        n: _of(outcome, f"fire_{n}", unit, source) for n, (unit, _) in FIRES.items()
                    },
                    "warned": int(outcome.warned[source, 0]),
                }


def _minds(match: MatchView) -> Rows:
    for outcome in (played.outcome for played in match.played):
        for i, j in PAIRS:
            figures = {name: _of(outcome, name, unit, i, j) for name, (unit, _) in MINDS.items()}
            yield {"turn": outcome.turn, "seat": i.name, "toward": j.name, **figures}


def _of(outcome: Outcome, name: str, unit: str, *place: int) -> float:
    array: np.ndarray[Any, Any] = getattr(outcome, name)
    figure = array[(*place, 0)]
    return int(figure) if unit in WHOLE else short(figure)


def _interventions(match: MatchView) -> Rows:
    match_state = match.match_state
    events: list[Injected | Overridden] = [*match_state.injects, *match_state.overrides]
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
    for note in match.match_state.notes:
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


def _part(name: str) -> Meaning:
    """The column of a part of an order."""
    told = OrderNames.model_fields[name].description or ""
    return count(told, "rung") if name == "word_rung" else text(told)


ORDERS = (
    TURN
    | SEAT
    | _AT
    | {"given_by": text("people, computer, or clock: time was up, and the seat held")}
    | {name: _part(name) for name in OrderNames.model_fields}
    | {"force": count("1 where the deed is of the group force", "0 or 1")}
)
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "match",
        "the match",
        {
            "id": text("tells this match from all others"),
            "created": text("when it began, UTC", "time"),
            "scenario": text("the scenario's id"),
            "title": text("the scenario's title", "text"),
            "turns": count("length of the calendar", "turns"),
            "lens": text("the theory whose parameters it was played by"),
            "seed": text("the luck: a whole number of any size"),
            "game": count("the game's number among those of its seed"),
            "parent": text("id of the match that it was forked from"),
            "parent_file": text("the name of that match's file"),
            "parent_turn": count("the first turn that was played anew", "turn"),
            "played": count("turns that were played", "turns"),
            "ending": text("how it ended; none while it is on, early: the facilitator ended it"),
            **{
                f"mark_{seat.name.lower()}": real(f"mark of {seat.name} at the end", "of 100")
                for seat in SEATS
            },
        },
        _match,
    ),
    Sheet(
        "seats",
        "a seat, and who plays it at the end",
        SEAT | {"kind": text("person, team or computer"), "name": text("name, or player's id")},
        _seats,
    ),
    Sheet("orders", "a seat's orders in a turn that counts", ORDERS, _orders),
    Sheet(
        "forecasts",
        "one seat's forecast about another",
        TURN
        | SEAT
        | {
            "about": text("the seat that it is about"),
            "odds": real("odds that it uses force this turn", "share"),
            "came": count("1 where it did", "0 or 1"),
            "score": real("Brier's score: 0 is perfect, 1 is wholly wrong", "share"),
        },
        _forecasts,
    ),
    Sheet(
        "states",
        "the true state after a turn",
        AFTER | {name: real(spec.meaning, spec.unit) for name, spec in COLUMNS.items()},
        _states,
    ),
    Sheet(
        "pairs",
        "what a seat holds of another after a turn; i is the seat, j the other",
        AFTER
        | TOWARD
        | {"credible": real("how credible the other is: kept / (kept + broken)", "share")}
        | {name: real(spec.meaning, spec.unit) for name, spec in PAIR_COLUMNS.items()},
        _pairs,
    ),
    Sheet(
        "beliefs",
        "whom a seat suspects of the last attack, and who it was",
        AFTER
        | SEAT
        | {
            "signal": text("whom the turn's evidence pointed this seat to; empty: it had none"),
            "truth": text("who it was; empty: there was none"),
        }
        | {
            c.name.lower(): real(f"probability that the seat gives to this author: {who}", "share")
            for c, who in CAUSE_NAMES.items()
        },
        _beliefs,
    ),
    Sheet(
        "estimates",
        "what a seat takes a hidden figure to be, and what it is",
        AFTER
        | SEAT
        | {
            "figure": text("a column of the sheet states"),
            "estimate": real("what the seat takes it to be", "as the figure"),
            "truth": real("what it is", "as the figure"),
        },
        _estimates,
    ),
    Sheet(
        "outcomes",
        "what happened in a turn",
        TURN | _named(SCALARS) | {"finding": text("the cause that Baghdad's investigation named")},
        _outcomes,
    ),
    Sheet(
        "fires",
        "one source's fire at Americans and partners in a turn",
        TURN
        | {"source": text("who fired"), "site": text("where, by id")}
        | _named(FIRES)
        | {"warned": count("1 where the Americans had warning", "0 or 1")},
        _fires,
    ),
    Sheet("minds", "what a turn did between two seats", TURN | TOWARD | _named(MINDS), _minds),
    Sheet(
        "interventions",
        "a figure that the facilitator changed; news without effects have one row",
        TURN
        | {
            "what": text("inject or override"),
            "title": text("the news' title", "text"),
            "words": text("the news, or the reason", "text"),
            "figure": text("what was changed"),
            "was": real("what it was before an override", "as the figure"),
            "value": real("what it was set to, or what news added", "as the figure"),
        },
        _interventions,
    ),
    Sheet(
        "notes",
        "something that a seat or, without one, the facilitator wrote down",
        TURN | _AT | SEAT | {"words": text("what", "text")},
        _notes,
    ),
    Sheet(
        "journal",
        "something that happened to the match, undone turns included",
        {
            "n": count("its place in the order of all"),
            **_AT,
            **TURN,
            "what": text("the table of the match's file that has it"),
            **SEAT,
        },
        _journal,
    ),
    CODES,
)
"""Every sheet of an export, in order."""


def dictionary() -> Sheet:
    """What every column of every sheet means: a sheet itself."""

    def rows(_match: MatchView) -> Rows:
        for sheet in SHEETS:
            for name, (kind, unit, told) in sheet.columns.items():
                yield {
                    "sheet": sheet.name,
                    "row_is": sheet.text,
                    "column": name,
                    "type": {int: "whole number", float: "number", str: "text"}[kind],
                    "unit": unit,
                    "meaning": told,
                }

    columns = ("sheet", "row_is", "column", "type", "unit", "meaning")
    return Sheet("dictionary", "a column", {name: text(name, "text") for name in columns}, rows)
