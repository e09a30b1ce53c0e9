"""`main.py export`: a match as CSV, Parquet or a workbook for a course's own analysis, or as one
file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game.content.visible import visible
from game.report.match_sheets import SHEETS, dictionary
from game.session.forking import copy
from game.session.view import MatchView
from game.views.names import listed

from .console import open_console
from .errors import UserError
from .files import STDOUT
from .match_paths import file_called, opened, refuse_spoiling
from .sheet import (
    CSV,
    PARQUET,
    CsvStyle,
    Sheet,
    check_sheet,
    check_workbook,
    write_sheet,
    write_workbook,
)

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run(
    file: str,
    *,
    csv: str | None,
    parquet: str | None,
    xlsx: str | None = None,
    match: str | None,
    separator: str = ",",
    spoil: bool,
    replace: bool = False,
    plain: bool,
) -> int:
    """Writes a match's sheets with a dictionary of their columns, or its one file, or all of it.

    Args:
        file: the match.
        csv: a folder for CSV files.
        parquet: a folder for Parquet files.
        xlsx: a workbook with all of them.
        match: a file for a copy of the match itself.
        separator: what parts the cells of CSV.
        spoil: write the sheets of a match that is not over, too.
        replace: write over files in those folders, whatever they are.
        plain: without boxes, colours and tricks.

    Raises:
        UserError: nothing was asked for, the match is not over, or it cannot be written.
        FileError: the match's file cannot be used.
    """
    if not (csv or parquet or xlsx or match):
        raise UserError(
            "export: name a folder with --csv or --parquet, or a file with --xlsx or --match"
        )
    if STDOUT in (csv, parquet):
        raise UserError("export: it writes a folder of sheets, and no stream; name a folder")
    if xlsx:
        check_workbook(xlsx, replace=replace)
    path = file_called(file)
    out = open_console(plain=plain)
    if csv or parquet or xlsx:
        seen = opened(path, MatchView.read)
        if not spoil:
            remedy = "finish it first by resume, or add --spoil to have them all the same"
            refuse_spoiling(path, seen, "its sheets tell", remedy)
        for folder, suffix in ((csv, CSV), (parquet, PARQUET)):
            if folder is not None:
                _write(Path(folder), suffix, seen, CsvStyle(separator), replace=replace)
                out.say(
                    f"{len(SHEETS)} sheets were written to {visible(folder)}; what their columns "
                    f"mean stands in dictionary{suffix} beside them."
                )
        if xlsx:
            write_workbook(xlsx, [Sheet(*parts) for parts in _tables(seen)])
            out.say(
                f"{len(SHEETS)} sheets and a dictionary of their columns are in {visible(xlsx)}."
            )
        if told := str(seen.changes):
            out.aside(told)
    if match is not None:
        try:
            aside = opened(path, lambda path: copy(path, Path(match)))
        except FileExistsError:
            raise UserError(f"{match}: there is such a file already; name another") from None
        out.say(f"The match was copied to {visible(match)}, all of it in this one file.")
        if aside:
            out.warn(
                "A log of an older match of that name lay beside it, and is now called "
                f"{listed([old.name for old in aside])}."
            )
    return 0


def _write(folder: Path, suffix: str, match: MatchView, style: CsvStyle, *, replace: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "its name cannot be used"
        raise UserError(f"{folder}: cannot be made ({reason}); name a folder of yours") from None
    sheets = (*SHEETS, dictionary())
    targets = {sheet.name: str(folder / f"{sheet.name}{suffix}") for sheet in sheets}
    for sheet in sheets:
        check_sheet(targets[sheet.name], sheet.columns, replace=replace)
    for name, kinds, rows in _tables(match):
        # the dictionary has none of the players' words, and a unit may begin with a minus
        safe = rows if name == sheets[-1].name else [*map(_harmless, rows)]
        write_sheet(targets[name], kinds, safe, style)


def _tables(match: MatchView) -> Iterator[tuple[str, dict[str, type], list[dict[str, Any]]]]:
    """Every sheet of a match, the dictionary last: its name, its columns, and its rows."""
    for sheet in (*SHEETS, dictionary()):
        kinds = {name: meaning.kind for name, meaning in sheet.columns.items()}
        yield sheet.name, kinds, list(sheet.rows(match))


def _harmless(row: dict[str, Any]) -> dict[str, Any]:
    """The row with a ' before texts that a spreadsheet would take for a formula."""
    return {
        name: f"'{value}"
        if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA)
        else value
        for name, value in row.items()
    }
