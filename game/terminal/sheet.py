"""Rows of results as CSV or Parquet, whole or not at all."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .errors import UserError
from .files import Kind, check_writable, csv_with, in_place_of

CSV, PARQUET = ".csv", ".parquet"
_SQL = {int: "BIGINT", float: "DOUBLE", str: "VARCHAR"}


def check_sheet(target: str, columns: Iterable[str], *, replace: bool) -> None:
    """Makes sure before long work that rows can be written there, over nobody's other work.

    Args:
        target: a file that ends in .csv or .parquet.
        columns: what an older file of the same kind has, and may be written over.
        replace: write over a file of that name, whatever it is.

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
    kind = csv_with(*columns) if suffix == CSV else _parquet_with(*columns)
    check_writable(target, kind, replace=replace)


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
    target: str, columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Writes rows; the same rows are the same bytes.

    Args:
        target: a file that ends in .csv or .parquet.
        columns: the names of the columns, and what they hold: int, float or str.
        rows: a value, or None, for each column.

    Raises:
        UserError: it cannot be written; the target is then as it was.
    """
    with in_place_of(target) as new:
        if Path(target).suffix.lower() == PARQUET:
            _write_parquet(new, columns, rows)
        else:
            _write_csv(new, columns, rows)


def _write_csv(path: Path, columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


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
