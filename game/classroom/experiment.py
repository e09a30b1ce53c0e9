"""An experiment: one condition dealt to tables at random by a recorded seed, and one table of data
with a row for each decision. Nothing in it names a person.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from game.content.dealt import Dealt
from game.content.lens import lens_ids
from game.content.scenario import Scenario
from game.content.wording import unknown
from game.report.match_sheets import SHEETS
from game.report.sheet import Meaning, count, text
from game.rules.seats import Seat
from game.session.match import Match
from game.views.secrets import possible_agendas, possible_theories, revealed_agenda, revealed_theory

from .faults import ClassroomFault
from .table import Table
from .texts import t

THEORY, AGENDA, NEWS, ESTIMATE = "theory", "agenda", "news", "estimate"
WITH, WITHOUT = "with", "without"


@dataclass(frozen=True, slots=True)
class Experiment:
    """What differs between tables."""

    kind: str
    """`THEORY`, `AGENDA`, `NEWS` or `ESTIMATE`."""
    what: str
    """Of `NEWS`, the id of what some tables get in their first turn; of `AGENDA`, the seat's name;
    empty otherwise.
    """
    seed: int
    """By which the condition was dealt."""
    dealt: Mapping[int, str]
    """The condition of each table, by its number."""

    def body(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "kind": self.kind,
            "what": self.what,
            "seed": self.seed,
            "dealt": {str(number): value for number, value in self.dealt.items()},
        }

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Experiment":
        """An experiment that was kept."""
        dealt = {int(number): str(value) for number, value in body["dealt"].items()}
        what = str(body.get("what", body.get("news", "")))  # classes of before know only news
        return cls(str(body["kind"]), what, int(body["seed"]), dealt)

    def dealt_to(self, number: int, chosen: Dealt) -> Dealt:
        """What is chosen for a table, beside what the teacher chose for all."""
        if self.kind != AGENDA:
            return chosen
        own = (Seat[self.what], self.dealt[number])
        return replace(chosen, agendas=(*chosen.agendas, own))


def worlds(scenario: Scenario) -> list[str]:
    """The ids of the theories that a table's world can be dealt: those that the scenario draws;
    where it draws none, every lens.
    """
    drawn = [theory.id for theory in possible_theories(scenario)]
    return drawn if len(drawn) > 1 else list(lens_ids())


def designed(asked: str, scenario: Scenario, tables: int, seed: int) -> Experiment:
    """The experiment that somebody asks for.

    Args:
        asked: "theory:ONE,OTHER" with theories' ids, or "agenda:SEAT=ONE,OTHER" with what that seat
            may want most, or "news:ID" with a prepared news of the scenario, which half of the
            tables get, or "estimate": half of the tables read what their staff expects.
        scenario: what is played.
        tables: how many there are.
        seed: of the dealing: every value is dealt as often as the others, as far as can be.

    Raises:
        ClassroomFault: it is none; the text says what would be.
    """
    kind, _, rest = asked.partition(":")
    seat, _, listed = rest.partition("=") if kind == AGENDA else ("", "", rest)
    values = [value.strip() for value in listed.split(",") if value.strip()]
    seat = seat.strip().upper()
    known: Sequence[str]
    if kind == THEORY and len(values) > 1:
        known, what, conditions = worlds(scenario), "", values
    elif kind == AGENDA and seat in Seat.__members__ and len(values) > 1:
        known, what, conditions = wishes(scenario, Seat[seat]), seat, values
    elif kind == NEWS and len(values) == 1:
        known, what = [inject.id for inject in scenario.injects], values[0]
        conditions = [WITH, WITHOUT]
    elif asked == ESTIMATE:
        known, what, values, conditions = (), "", [], [WITH, WITHOUT]
    else:
        raise ClassroomFault(t("experiment.none", asked=asked))
    for value in values:
        if value not in known:
            wrong, remedy = unknown(kind, value, known)
            raise ClassroomFault(f"--experiment: {wrong}; {remedy}")
    if len(set(conditions)) < len(conditions):
        raise ClassroomFault(t("experiment.twice"))
    if tables < len(conditions):
        raise ClassroomFault(t("experiment.tables", least=len(conditions)))
    dealt = [conditions[k % len(conditions)] for k in range(tables)]
    Random(f"experiment {seed}").shuffle(dealt)
    return Experiment(kind, what, seed, dict(enumerate(dealt, 1)))


def wishes(scenario: Scenario, seat: Seat) -> list[str]:
    """The ids of what a seat may want most; empty where everybody knows."""
    possible = possible_agendas(scenario, seat)
    return [agenda.id for agenda in possible] if len(possible) > 1 else []


_FRONT: dict[str, Meaning] = {
    "table": count("the table, from 1"),
    "condition": text("what was dealt to the table; empty without an experiment"),
    "theory": text("the theory that the table's world follows"),
}
_OWN: dict[str, Meaning] = {
    "agenda": text("what the seat wanted most, as it alone knew"),
}
_ORDERS = next(sheet for sheet in SHEETS if sheet.name == "orders")


def decisions(tables: Sequence[Table], experiment: Experiment | None) -> Iterator[dict[str, Any]]:
    """A row for each seat's orders in each turn that was played, at every table."""
    for table in tables:
        front = {
            "table": table.number,
            "condition": experiment.dealt.get(table.number, "") if experiment else "",
            "theory": _world(table.match),
        }
        for row in _ORDERS.rows(table.match):
            seat = Seat[str(row["seat"])]
            wanted = revealed_agenda(table.match.scenario, table.match.state, seat).id
            yield front | {"agenda": wanted} | row


def _world(match: Match) -> str:
    """The id of the theory that a table's world follows; of its lens where none was drawn."""
    if match.scenario.setting.theory_odds is not None:
        return revealed_theory(match.scenario, match.state).id
    return match.record.game.lens if match.record else ""


def write(
    tables: Sequence[Table], experiment: Experiment | None, folder: Path, name: str
) -> tuple[Path, Path]:
    """Writes the data and its dictionary as CSV.

    Raises:
        ClassroomFault: they cannot be written.
    """
    columns = _FRONT | _OWN | _ORDERS.columns
    data, dictionary = folder / f"{name}_data.csv", folder / f"{name}_dictionary.csv"
    meanings = [
        {"column": column, "unit": meaning.unit, "meaning": meaning.text}
        for column, meaning in columns.items()
    ]
    for path, fields, rows in (
        (data, list(columns), decisions(tables, experiment)),
        (dictionary, ["column", "unit", "meaning"], iter(meanings)),
    ):
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, fields, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        except OSError as error:
            raise ClassroomFault(t("print.not_written", path=path, why=error.strerror)) from None
    return data, dictionary
