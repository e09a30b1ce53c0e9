"""Rows of results as CSV, Parquet or a workbook, whole or not at all."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from .errors import UserError
from .files import BYTES, LONGEST_HEADER, SEPARATORS, Kind, check_writable, csv_with, in_place_of

CSV, PARQUET, XLSX = ".csv", ".parquet", ".xlsx"
_SQL = {int: "BIGINT", float: "DOUBLE", str: "VARCHAR"}

_TITLE = "Restoring Deterrence: tables of a match"
"""What tells a workbook of the game from others."""
_WIDEST = 60
"""Letters of a column of a workbook."""
_LONGEST_CELL = 32_767
"""Letters that a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How CSV is written: plain for programs, else as a spreadsheet opens it by a double click."""

    separator: str = ","
    """With any other than a comma, a mark for UTF-8 stands first."""

    @property
    def encoding(self) -> str:
        """With the mark without which spreadsheets take the letters for others."""
        return "utf-8" if self.separator == "," else "utf-8-sig"

    def cell(self, value: Any) -> Any:
        """A value as it is written: where a semicolon parts cells, numbers have a comma."""
        if self.separator == ";" and isinstance(value, float):
            return str(value).replace(".", ",")
        return value


PLAIN = CsvStyle()


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    name: str
    columns: Mapping[str, type]
    rows: Iterable[Mapping[str, Any]]


def check_sheet(
    target: str,
    columns: Iterable[str],
    *,
    replace: bool,
    same: Mapping[str, str] | None = None,
) -> None:
    """Makes sure before long work that rows can be written there, over nobody's other work.

    Args:
        target: a file that ends in .csv or .parquet.
        columns: what an older file of the same kind has, and may be written over.
        replace: write over a file of that name, whatever it is.
        same: what the first row of such an older file says in some of the columns.

    Raises:
        UserError: they cannot.
    """
    suffix = Path(target).suffix.lower()
    if suffix not in (CSV, PARQUET):
        raise UserError(
            f"--out: {target} is neither CSV nor Parquet; name a file that ends in {CSV} or "
            f"{PARQUET}"
        )
    if Path(target).exists() and not Path(target).is_file():
        raise UserError(f"{target}: this is no file; name one in a folder of yours")
    if suffix == PARQUET:
        try:
            import duckdb  # noqa: F401, PLC0415 (an extra)
        except ImportError:
            raise UserError(
                f"{target}: Parquet needs the package of the extra `export`; install it with "
                f"uv sync --extra export, or name a file that ends in {CSV}"
            ) from None
    has_columns = csv_with(*columns) if suffix == CSV else _parquet_with(*columns)

    def kind(path: Path) -> bool:
        return has_columns(path) and (not same or same.items() <= next(rows_of(path), {}).items())

    check_writable(target, kind, replace=replace)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV or Parquet file, every value as a text; none where it cannot be read."""
    if path.suffix.lower() == PARQUET:
        import duckdb  # noqa: PLC0415 (an extra)

        with duckdb.connect(config={"threads": 1}) as database:
            table = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in table.description or ()]
            while batch := table.fetchmany(1000):
                yield from (dict(zip(names, map(str, row), strict=True)) for row in batch)
        return
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = file.readline(LONGEST_HEADER)
        sign = max(SEPARATORS, key=header.count)
        names = next(csv.reader([header], delimiter=sign), [])
        for row in csv.reader(file, delimiter=sign):
            yield dict(zip(names, row, strict=False))


def check_workbook(target: str, *, replace: bool) -> None:
    """Makes sure before any work that a workbook can be written there, over nobody's other work.

    Raises:
        UserError: it cannot.
    """
    if Path(target).suffix.lower() != XLSX:
        raise UserError(f"--xlsx: {target} is no name for a workbook; end it with {XLSX}")
    check_writable(target, _is_workbook, replace=replace)


def _is_workbook(path: Path) -> bool:
    """Whether it is an older workbook of the game."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open("docProps/core.xml") as properties:
            return _TITLE.encode() in properties.read(100_000)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def write_workbook(target: str, sheets: Sequence[Sheet]) -> None:
    """Writes a workbook; the same rows are the same bytes.

    Raises:
        UserError: it cannot be written; the target is then as it was.
    """
    import xlsxwriter  # noqa: PLC0415 (only this needs it)

    with in_place_of(target) as new:
        book = xlsxwriter.Workbook(
            new, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        )
        book.set_properties({"title": _TITLE, "created": datetime(2020, 1, 1, tzinfo=UTC)})
        bold = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            widths = [len(name) for name in sheet.columns]
            page.write_row(0, 0, list(sheet.columns), bold)
            last = 0
            for last, row in enumerate(sheet.rows, 1):
                for place, name in enumerate(sheet.columns):
                    value = row.get(name)
                    if isinstance(value, str):
                        page.write_string(last, place, value[:_LONGEST_CELL])
                    elif value is not None:
                        page.write_number(last, place, value)
                    widths[place] = max(widths[place], len(str(value or "")))
            for place, width in enumerate(widths):
                page.set_column(place, place, min(width, _WIDEST) + 2)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, last, len(widths) - 1)
        book.close()


def _parquet_with(*columns: str) -> Kind:
    """The kind of Parquet files that have these columns."""

    def is_one(path: Path) -> bool:
        import duckdb  # noqa: PLC0415 (an extra)

        try:
            with duckdb.connect(config={"threads": 1}) as database:
                return set(columns) <= set(database.read_parquet(str(path)).columns)
        except duckdb.Error:
            return False

    return is_one


def write_sheet(
    target: str,
    columns: Mapping[str, type],
    rows: Iterable[Mapping[str, Any]],
    style: CsvStyle = PLAIN,
) -> None:
    """Writes rows; the same rows are the same bytes.

    Args:
        target: a file that ends in .csv or .parquet.
        columns: the names of the columns, and what they hold: int, float or str.
        rows: a value, or None, for each column.
        style: of CSV.

    Raises:
        UserError: it cannot be written; the target is then as it was.
    """
    with in_place_of(target) as new:
        if Path(target).suffix.lower() == PARQUET:
            _write_parquet(new, columns, rows)
        else:
            _write_csv(new, columns, rows, style)


def _write_csv(
    path: Path,
    columns: Mapping[str, type],
    rows: Iterable[Mapping[str, Any]],
    style: CsvStyle = PLAIN,
) -> None:
    with path.open("x", encoding=style.encoding, errors=BYTES, newline="") as file:
        writer = csv.DictWriter(file, list(columns), delimiter=style.separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: style.cell(value) for name, value in row.items()} for row in rows)


def _write_parquet(
    path: Path, columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]]
) -> None:
    import duckdb  # noqa: PLC0415 (an extra)

    text = Path(f"{path}.csv")
    kinds = {name: _SQL[kind] for name, kind in columns.items()}
    try:
        _write_csv(text, columns, rows)
        with duckdb.connect(config={"threads": 1}) as database:
            table = database.read_csv(str(text), header=True, columns=kinds)
            table.write_parquet(str(path), compression="zstd")
    except duckdb.Error as error:
        raise OSError(None, str(error).splitlines()[0]) from None
    finally:
        text.unlink(missing_ok=True)
