"""`main.py fork`: a new match that goes on from a turn of another."""

import os
from pathlib import Path

from game.content.visible import visible
from game.futures.cast import cast
from game.session.errors import WriteError
from game.session.forking import fork
from game.session.live import is_found, live_origin
from game.session.match_players import playable
from game.session.view import Status

from .console import open_console
from .errors import UserError
from .match_paths import (
    file_called,
    folder_called,
    in_new_file,
    opened,
    refuse_spoiling,
    resume_command,
)


def run(file: str, *, turn: int, folder: str | None, spoil: bool = False, plain: bool) -> int:
    """Makes the new match, and says how to play it.

    Args:
        file: the match that it comes from, which stays as it is.
        turn: the first turn that is played anew.
        folder: where the new file goes; if None, the user's own folder, and for a match that is not
            over the one where that lies.
        spoil: fork a match that is not over, too.
        plain: without boxes, colours and tricks.

    Raises:
        UserError: the match has no such turn, or is not over, or its fork would not know that.
        FileError: it cannot be read or be played on, or the new one not be written.
    """
    source = file_called(file)
    match = opened(source, lambda path: playable(path, cast))
    if not spoil:
        remedy = "finish it first by resume, or add --spoil if whoever plays the fork may know it"
        refuse_spoiling(source, match, "a fork tells", remedy)
    assert match.record is not None, "it was read from a file"
    game = match.record.game
    where = folder_called(folder)
    origin = source if match.status is not Status.ENDED else live_origin(source, match.record)
    if origin is not None and not is_found(origin, where):
        if folder is not None:
            raise UserError(
                f"--folder: {origin} is not over, and its fork keeps its secrets only beside it; "
                "leave --folder out"
            )
        where = origin.parent

    def make(path: Path) -> Path:
        return fork(source, turn, path)

    try:
        path = in_new_file(where, game.scenario, game.seed, make)
    except WriteError as error:
        remedy = "; --folder names another" if origin is None else ""
        raise UserError(f"{error}{remedy}") from None
    out = open_console(plain=plain)
    out.say(
        f"The new match begins at turn {turn} of {game.turns}, with the luck of the other: what is "
        f"ordered alike comes out alike. {visible(source.name)} is as it was. To play it:\n"
        f"{resume_command(Path(os.path.realpath(path)))}"
    )
    if told := str(match.changes):
        out.aside(told)
    return 0
