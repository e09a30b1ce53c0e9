"""Turns validated models into what the rules and the rest of the game read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from game.rules.orders import Orders
from game.rules.parameters import GROUPS, Parameters, TheoryNumbers
from game.rules.rulebook import (
    Agenda,
    Deal,
    Deed,
    EndingText,
    Fire,
    MarkPart,
    Reach,
    Requirement,
    Rulebook,
    Site,
    Strike,
    Theory,
    Whisper,
    Word,
)
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting

from .deeds_schema import (
    DeedRow,
    DeedsFile,
    FireRow,
    FiresFile,
    RequirementRow,
    WhisperRow,
    WhispersFile,
    WordRow,
    WordsFile,
)
from .history_schema import HistoryRow
from .numbers_schema import ParametersFile, TheoriesFile, TheoryRow
from .opening import Opening
from .order_codec import order_of
from .record import Record
from .record_schema import RecordFile
from .scenario import Event, HistoricalMove, Inject, Role, Scenario, Source, TurnText
from .scenario_schema import RoleAgendaRow, RoleTable, ScaleRow, ScenarioFile, TurnRow
from .world_schema import (
    AgendaRow,
    AgendasFile,
    EndingsFile,
    MarksFile,
    OpeningTable,
    ReachesFile,
    SiteRow,
    SitesFile,
)


@dataclass(frozen=True, slots=True)
class RulebookFiles:
    """The validated files of one rulebook."""

    deeds: DeedsFile
    words: WordsFile
    whispers: WhispersFile
    sites: SitesFile
    marks: MarksFile
    agendas: AgendasFile
    endings: EndingsFile
    reaches: ReachesFile
    fires: FiresFile
    theories: TheoriesFile
    parameters: ParametersFile


def rulebook_of(files: RulebookFiles) -> Rulebook:
    """The rulebook, deeds gathered by seat in their order."""
    deeds = [_deed(row) for row in files.deeds.deed]
    return Rulebook(
        deeds=tuple(tuple(deed for deed in deeds if deed.seat is seat) for seat in SEATS),
        words=tuple(map(_word, files.words.word)),
        whispers=tuple(map(_whisper, files.whispers.whisper)),
        sites=tuple(map(_site, files.sites.site)),
        marks=tuple(MarkPart(**_fields(row)) for row in files.marks.mark),
        agendas=tuple(
            tuple(_agenda(row) for row in files.agendas.agenda if row.seat is seat)
            for seat in SEATS
        ),
        endings=tuple(EndingText(**_fields(row)) for row in files.endings.ending),
        reaches=tuple(Reach(**_fields(row)) for row in files.reaches.reach),
        splinter_fire=_fire(files.fires.splinter),
        third_party_fire=_fire(files.fires.third_party),
        theories=_theories(files.theories.theory),
        parameters=_parameters(files.parameters),
    )


def opening_of(sheet: OpeningTable) -> Opening:
    """The opening, or the difference from one, that a table describes."""
    suspicion = {seat: getattr(sheet.suspicion, seat.name) for seat in SEATS}
    return Opening(
        columns=dict(sheet.columns),
        pairs={column: dict(values) for column, values in sheet.pairs.items()},
        suspicion={seat: tuple(shares) for seat, shares in suspicion.items() if shares},
        culprit=tuple(sheet.culprit) if sheet.culprit else None,
    )


def record_of(sheet: RecordFile) -> Record:
    """The record; an event's readings end its text."""
    return Record(
        {
            row.id: Event(
                date=row.date,
                rung=row.rung,
                text=" ".join([row.text, *(row.readings or [])]),
                sources=tuple(row.source),
                contested=row.readings is not None,
                id=row.id,
            )
            for row in sheet.event
        },
        {row.id: Source(**_fields(row)) for row in sheet.source},
    )


def scenario_of(sheet: ScenarioFile, rulebook: Rulebook, base: Opening, record: Record) -> Scenario:
    """The scenario, its opening written over the base, and told what it takes from the record."""
    own_agendas = {seat: getattr(sheet.role, seat.name).agenda for seat in SEATS}
    book = replace(
        rulebook,
        marks=_scaled(rulebook.marks, sheet.scale),
        agendas=tuple(_agendas(rulebook.agendas[seat], own_agendas[seat], seat) for seat in SEATS),
    )
    days = [turn.date for turn in sheet.turn] + [sheet.end]
    opening = opening_of(sheet.opening).written_over(base)
    history = tuple(_move(rulebook, row, record) for row in sheet.history)
    turns = tuple(_turn(row, record) for row in sheet.turn)
    roles = {seat: Role(**_role(getattr(sheet.role, seat.name))) for seat in SEATS}
    injects = tuple(Inject(**_fields(row, sources="source")) for row in sheet.inject)
    own = [Event(**_fields(row, sources="source")) for row in sheet.event]
    recorded = [record.events[name] for name in sheet.events]
    events = tuple(sorted([*recorded, *own], key=lambda event: event.date))
    referred = {*sheet.prologue_source, *sheet.questions_source}
    referred.update(*(turn.sources for turn in turns), *(role.sources for role in roles.values()))
    referred.update(*(part.sources for part in injects), *(move.sources for move in history))
    referred.update(*(event.sources for event in events))
    referred.update(*(agenda.source for agendas in book.agendas for agenda in agendas))
    return Scenario(
        id=sheet.id,
        title=sheet.title,
        minutes=sheet.minutes,
        blurb=sheet.blurb,
        aims=tuple(sheet.aims),
        prologue=sheet.prologue,
        prologue_sources=tuple(sheet.prologue_source),
        questions=tuple(sheet.questions),
        turns=turns,
        end=sheet.end,
        roles=roles,
        injects=injects,
        history=history,
        events=events,
        sources=(
            *(source for name, source in record.sources.items() if name in referred),
            *(Source(**_fields(row)) for row in sheet.source),
        ),
        setting=Setting.of(
            book,
            days=[(after - day).days for day, after in pairwise(days)],
            anniversaries=[turn.anniversary or 0.0 for turn in sheet.turn],
            opening=opening.state(),
            culprit_odds=opening.culprit,
            theory_odds=_theory_odds(sheet.theories, rulebook),
        ),
        historical_orders=tuple(
            Orders.of({move.seat: move.order for move in history if move.turn == turn})
            for turn in range(1, len(sheet.turn) + 1)
        ),
    )


def _theory_odds(odds: Mapping[str, float], rulebook: Rulebook) -> list[float] | None:
    whole = sum(odds.values())
    return [odds.get(theory.id, 0.0) / whole for theory in rulebook.theories] if odds else None


def _turn(row: TurnRow, record: Record) -> TurnText:
    told, sources = _told(row.events, row.note, row.source, record)
    return TurnText(row.date, row.title, told, sources, row.anniversary_of or "")


def _move(rulebook: Rulebook, row: HistoryRow, record: Record) -> HistoricalMove:
    told, sources = _told(row.events, row.happened, row.source, record)
    return HistoricalMove(
        turn=row.turn,
        seat=row.seat,
        order=order_of(rulebook, row.seat, dict(row)),
        happened=told,
        sources=sources,
    )


def _told(
    names: Sequence[str], own: str | None, own_sources: Sequence[str], record: Record
) -> tuple[str, tuple[str, ...]]:
    """Events of the record with their days, then the scenario's own words; and their sources."""
    events = [record.events[name] for name in names]
    told = [f"{event.date.day} {event.date:%B}: {event.text}" for event in events]
    sources = [*(source for event in events for source in event.sources), *own_sources]
    return " ".join([*told, *([own] if own else [])]), tuple(dict.fromkeys(sources))


def _scaled(marks: Sequence[MarkPart], scales: Sequence[ScaleRow]) -> tuple[MarkPart, ...]:
    """The marks with the scenario's own worst and best: a short game has fewer dead than a long."""
    own = {(scale.seat, scale.mark): scale for scale in scales}
    return tuple(
        replace(part, worst=scale.worst, best=scale.best)
        if (scale := own.get((part.seat, part.id)))
        else part
        for part in marks
    )


def _fields(row: BaseModel, **renamed: str) -> dict[str, Any]:
    """A row's fields by name, lists as tuples; `new="old"` gives a field another name."""
    old = {after: before for before, after in renamed.items()}
    values = {old.get(name, name): getattr(row, name) for name in type(row).model_fields}
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }


def _requirements(rows: Sequence[RequirementRow]) -> tuple[Requirement, ...]:
    return tuple(Requirement(**_fields(row)) for row in rows)


def _fire(row: FireRow) -> Fire:
    return Fire(**_fields(row))


def _deed(row: DeedRow) -> Deed:
    return Deed(
        **_fields(row)
        | {
            "requires": _requirements(row.requires),
            "fire": row.fire and _fire(row.fire),
            "strike": row.strike and Strike(**_fields(row.strike)),
        }
    )


def _word(row: WordRow) -> Word:
    return Word(
        **_fields(row)
        | {
            "odds": {seat: tuple(odds) for seat, odds in row.odds.items()},
            "requires": {seat: _requirements(rows) for seat, rows in row.requires.items()},
        }
    )


def _whisper(row: WhisperRow) -> Whisper:
    return Whisper(**_fields(row) | {"deal": row.deal and Deal(**_fields(row.deal))})


def _site(row: SiteRow) -> Site:
    fields = _fields(row)
    del fields["source"], fields["confidence"]
    return Site(**fields)


def _agenda(row: AgendaRow) -> Agenda:
    return Agenda(**_fields(row))


def _role(table: RoleTable) -> dict[str, Any]:
    fields = _fields(table, sources="source")
    del fields["agenda"]
    return fields


def _agendas(
    usual: Sequence[Agenda], rows: Sequence[RoleAgendaRow], seat: Seat
) -> tuple[Agenda, ...]:
    """A role's agendas: the seat's usual ones where it names none; what a row leaves out is as in
    the usual one of its id.
    """
    by_id = {agenda.id: agenda for agenda in usual}
    made = []
    for row in rows:
        said = {name: value for name, value in _fields(row).items() if name in row.model_fields_set}
        like = by_id.get(row.id)
        made.append(replace(like, **said) if like else Agenda(seat=seat, **said))
    return tuple(made) or tuple(usual)


def _theories(rows: Sequence[TheoryRow]) -> tuple[Theory, ...]:
    return tuple(
        Theory(**_fields(row) | {"values": TheoryNumbers(**rows[0].values | row.values)})
        for row in rows
    )


def _parameters(sheet: ParametersFile) -> Parameters:
    def group(name: str) -> Any:
        kind: Any = GROUPS[name]
        return kind(**{key: row.value for key, row in sheet.root[name].items()})

    return Parameters(**{name: group(name) for name in GROUPS})
