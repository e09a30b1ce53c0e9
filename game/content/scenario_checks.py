"""What must hold between the tables of a scenario, beside what each says for itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS, Seat

from .problems import Loc, Mistake
from .raw import RawTable, repeated, table, tables
from .record import Record
from .rulebook_checks import agenda_names
from .wording import unknown

LONGEST_TURN = 366
"""In days."""


def scenario_mistakes(
    data: RawTable, doctrines: Mapping[str, Seat], record: Record, rulebook: Rulebook
) -> Iterator[Mistake]:
    """Everything that spans several tables; `doctrines` are ids and the seats that they play."""
    yield from calendar_mistakes(data)
    yield from event_mistakes(data, record)
    yield from source_mistakes(data, record)
    yield from doctrine_mistakes(data, doctrines)
    yield from agenda_mistakes(data, rulebook)
    yield from repeated(data, "source", ("id",))
    yield from repeated(data, "inject", ("id",))
    yield from repeated(data, "scale", ("seat", "mark"))
    yield from repeated(data, "history", ("turn", "seat"))


def calendar_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Every turn begins after the one before it, and the last one ends after it begins."""
    days: list[tuple[Loc, object]] = [
        (("turn", index, "date"), turn.get("date"))
        for index, turn in enumerate(tables(data, "turn"))
    ]
    days.append((("end",), data.get("end")))
    before: date | None = None
    for loc, day in days:
        if type(day) is not date:  # a day with a time of day is another type, refused elsewhere
            continue
        if before is not None and day <= before:
            what = "the end" if loc == ("end",) else "this turn"
            yield Mistake(
                loc,
                f"{what} is on {day}, not after {before}, where the turn before it begins",
                "put the days in order, each later than the last",
            )
        elif before is not None and (day - before).days > LONGEST_TURN:
            yield Mistake(
                loc,
                f"the turn before it lasts {(day - before).days} days",
                f"let no turn last more than {LONGEST_TURN}",
            )
        before = day


def event_mistakes(data: RawTable, record: Record) -> Iterator[Mistake]:
    """History's happenings lie in the scenario's days, or in the year before them; each is named
    once.
    """
    first = next((turn.get("date") for turn in tables(data, "turn")), None)
    end = data.get("end")
    days: list[tuple[Loc, object]] = [
        (("event", index, "date"), event.get("date"))
        for index, event in enumerate(tables(data, "event"))
    ]
    named = data.get("events")
    seen = set()
    for index, name in enumerate(named if isinstance(named, list) else []):
        if isinstance(name, str) and name in record.events:
            days.append((("events", index), record.events[name].date))
            if name in seen:
                yield Mistake(("events", index), f'"{name}" stands twice', "delete one of them")
            seen.add(name)
    for loc, day in days:
        if type(day) is not date:
            continue
        if type(end) is date and day > end:
            yield Mistake(
                loc,
                f"this event is on {day}, after the scenario's end on {end}",
                "correct the day, or leave the event out",
            )
        elif type(first) is date and (first - day).days > LONGEST_TURN:
            yield Mistake(
                loc,
                f"this event is on {day}, more than a year before the first turn on {first}",
                "correct the day, or leave the event out",
            )


def source_mistakes(data: RawTable, record: Record) -> Iterator[Mistake]:
    """No source of the scenario's own has the id of one of the record's."""
    for index, source in enumerate(tables(data, "source")):
        if isinstance(name := source.get("id"), str) and name in record.sources:
            yield Mistake(
                ("source", index, "id"),
                f'the record has a source "{name}" already',
                "leave this one out, or give it another id",
            )


def agenda_mistakes(data: RawTable, rulebook: Rulebook) -> Iterator[Mistake]:
    """A role's agendas are each named once; one that is not the rulebook's is told in full; they
    weigh and incline to what their seat has.
    """
    roles = table(data, "role")
    for seat in SEATS:
        role = table(roles, seat.name)
        for loc, *told in repeated(role, "agenda", ("id",)):
            yield Mistake(("role", seat.name, *loc), *told)
        usual = {agenda.id for agenda in rulebook.agendas[seat]}
        objectives = [part.id for part in rulebook.marks if part.seat is seat]
        deeds = {deed.id: deed.group for deed in rulebook.deeds[seat]}
        for index, agenda in enumerate(tables(role, "agenda")):
            place: Loc = ("role", seat.name, "agenda", index)
            for loc, *told in agenda_names(agenda, objectives, deeds):
                yield Mistake((*place, *loc), *told)
            if isinstance(name := agenda.get("id"), str) and name not in usual:
                for key in ("name", "text"):
                    if key not in agenda:
                        what = f'"{key}" is missing, as the rulebook has no agenda "{name}"'
                        yield Mistake(place, what, f"add it, or name one of {listed_ids(usual)}")


def listed_ids(ids: Iterable[str]) -> str:
    """Ids as a refusal lists them."""
    return ", ".join(sorted(ids))


def doctrine_mistakes(data: RawTable, doctrines: Mapping[str, Seat]) -> Iterator[Mistake]:
    """Every role names a doctrine that plays its seat; unchecked where there are no doctrines."""
    roles = table(data, "role")
    for seat in SEATS:
        given = table(roles, seat.name).get("doctrine")
        if not doctrines or not isinstance(given, str) or doctrines.get(given) is seat:
            continue
        loc: Loc = ("role", seat.name, "doctrine")
        own = [name for name, player in doctrines.items() if player is seat]
        if given in doctrines:
            yield Mistake(
                loc,
                f'the doctrine "{given}" plays {doctrines[given].name}',
                f"write one of these: {', '.join(own)}",
            )
        else:
            yield Mistake(loc, *unknown(f"doctrine of {seat.name}", given, own))
