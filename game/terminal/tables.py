"""Tables as commands print them: columns with names, rows of texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    right: bool = False
    """Set to the right, as figures are."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first column names what a row is about."""

    columns: tuple[Column, ...]
    rows: list[tuple[str, ...]]


def table(columns: str, rows: Iterable[Sequence[str]]) -> Table:
    """A table from the names of its columns, parted by `|`; a name that begins with > is of a
    column of figures.
    """
    names = [name.strip() for name in columns.split("|")]
    return Table(
        tuple(Column(name.removeprefix(">"), name.startswith(">")) for name in names),
        [tuple(row) for row in rows],
    )


def row_sentences(table: Table) -> Iterator[str]:
    """A table's rows in words: "Tehran: credible 50, feared 29"."""
    for row in table.rows:
        named = zip(table.columns[1:], row[1:], strict=True)
        told = ", ".join(f"{column.name} {cell}" for column, cell in named if cell)
        yield f"{row[0]}: {told}" if told else row[0]
