"""`main.py resume`: goes on with a match, whatever ended it the last time."""

from pathlib import Path

from game.content.lens import BALANCED
from game.content.load import scenario_ids
from game.futures.cast import cast
from game.session.match import Match, Status
from game.views.names import CAPITALS

from .console import open_console
from .errors import UserError
from .hot_seat import sit_down
from .match_paths import file_called, opened, play_command, unfinished
from .prompt import Prompt
from .rules import explain
from .started import command, quote


def run(file: str | None, *, folder: str | None, plain: bool) -> int:
    """Takes a match up and plays it to its end, or until the player leaves it.

    Args:
        file: the match; the last one that is not over if None.
        folder: where to look for that; the user's own folder if None.
        plain: without boxes, colours and tricks.

    Returns:
        0, also when the player leaves or the input ends; 130 after Ctrl-C.

    Raises:
        UserError: there is no such match, or it is over.
        FileError: its file cannot be used.
    """
    path = unfinished(folder) if file is None else file_called(file)
    return opened(path, lambda path: go_on_with(path, plain=plain))


def go_on_with(path: Path, *, plain: bool) -> int:
    """Goes on with the match of a file; as for `run`."""
    match = Match.open(path, cast)
    if match.status is Status.ENDED:
        match.close()
        raise UserError(
            f"{path}: this match is over; look at it with replay, or play on from one of its turns "
            "with fork"
        )
    out = open_console(plain=plain, paged=True)
    prompt = Prompt(out)
    prompt.explain = lambda about: explain(out, about)
    people = ", ".join(CAPITALS[seat] for seat in match.people) or "nobody"
    out.aside(f"Played by people: {people}.")
    if told := str(match.changes):
        out.aside(told)
    return sit_down(match, prompt, _again(match, path), resumed=True)


def _again(match: Match, path: Path) -> str:
    """The command that begins the same game; where `play` cannot begin it, a fork's."""
    lens = match.record.game.lens if match.record else BALANCED
    if match.scenario.id not in scenario_ids() or lens != BALANCED:
        return command(f"fork {quote(str(path))} --turn 1")
    roles = match.scenario.roles
    given = {
        seat: player.name if player.name != roles[seat].doctrine else None
        for seat, player in match.players.items()
    }
    return play_command(match.scenario.id, match.people, given, match.seed)
