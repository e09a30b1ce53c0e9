"""`main.py export`: a match as CSV or Parquet for a course's own analysis, or as one file."""

from pathlib import Path
from typing import Any

from game.report.match_sheets import SHEETS, dictionary
from game.session.forking import copy
from game.session.view import MatchView, Status

from .console import open_console
from .errors import UserError
from .match_paths import file_called, opened
from .sheet import CSV, PARQUET, check_sheet, write_sheet

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run(
    file: str,
    *,
    csv: str | None,
    parquet: str | None,
    match: str | None,
    spoil: bool,
    replace: bool = False,
    plain: bool,
) -> int:
    """Writes a match's sheets with a dictionary of their columns, or its one file, or all of it.

    Args:
        file: the match.
        csv: a folder for CSV files.
        parquet: a folder for Parquet files.
        match: a file for a copy of the match itself.
        spoil: write the sheets of a match that is not over, too.
        replace: write over files in those folders, whatever they are.
        plain: without boxes, colours and tricks.

    Raises:
        UserError: nothing was asked for, the match is not over, or it cannot be written.
        FileError: the match's file cannot be used.
    """
    if not (csv or parquet or match):
        raise UserError("export: name a folder with --csv or --parquet, or a file with --match")
    path = file_called(file)
    out = open_console(plain=plain)
    if csv or parquet:
        seen = opened(path, MatchView.read)
        if seen.status is not Status.ENDED and not spoil:
            raise UserError(
                f"{path}: this match is not over, and its sheets tell what its seats cannot know; "
                "go on with it by resume, or add --spoil to have them all the same"
            )
        for folder, suffix in ((csv, CSV), (parquet, PARQUET)):
            if folder is not None:
                _write(Path(folder), suffix, seen, replace=replace)
                out.say(
                    f"{len(SHEETS)} sheets were written to {folder}; what their columns mean "
                    f"stands in dictionary{suffix} beside them."
                )
        if told := str(seen.changes):
            out.aside(told)
    if match is not None:
        try:
            opened(path, lambda path: copy(path, Path(match)))
        except FileExistsError:
            raise UserError(f"{match}: there is such a file already; name another") from None
        out.say(f"The match was copied to {match}, all of it in this one file.")
    return 0


def _write(folder: Path, suffix: str, match: MatchView, *, replace: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "its name cannot be used"
        raise UserError(f"{folder}: cannot be made ({reason}); name a folder of yours") from None
    sheets = (*SHEETS, dictionary())
    targets = {sheet.name: str(folder / f"{sheet.name}{suffix}") for sheet in sheets}
    for sheet in sheets:
        check_sheet(targets[sheet.name], sheet.columns, replace=replace)
    for sheet in sheets:
        kinds = {name: meaning.kind for name, meaning in sheet.columns.items()}
        # the dictionary has none of the players' words, and a unit may begin with a minus
        rows = sheet.rows(match)
        safe = rows if sheet is sheets[-1] else map(_harmless, rows)
        write_sheet(targets[sheet.name], kinds, list(safe))


def _harmless(row: dict[str, Any]) -> dict[str, Any]:
    """The row with a ' before texts that a spreadsheet would take for a formula."""
    return {
        name: f"'{value}"
        if isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA)
        else value
        for name, value in row.items()
    }
