"""`main.py matches`: the matches of a folder, the last one first."""

import sys
from pathlib import Path

from game.content.load import load_rulebook
from game.content.visible import visible
from game.futures.cast import cast
from game.rules.seats import SEATS
from game.session.errors import FileError
from game.session.events import Kind
from game.session.match_players import playable
from game.session.places import Summary, matches
from game.views.names import counted, listed

from .console import open_console
from .match_paths import folder_called
from .started import command


def run(*, folder: str | None, plain: bool) -> int:
    """Lists the matches of a folder; the user's own folder if None.

    Returns:
        0, also where there is none.

    Raises:
        FileError: the folder cannot be read.
    """
    where = folder_called(folder)
    found, wrong = matches(where)
    out = open_console(plain=plain)
    out.title(f"{counted(len(found), 'match', 'matches').capitalize()} in {visible(where)}")
    if found:
        for match in found:
            out.heading(visible(match.path.name))
            out.say(_describe_match(match))
            if why := _only_read(match.path):
                out.warn(f"This version of the game cannot open it: {why}.")
        out.gap()
        out.aside(f"{command('resume FILE')} goes on with one; replay FILE tells what happened.")
    elif not wrong:
        out.say(f"None yet. Begin one with: {command('play')}")
    sys.stdout.flush()
    for error in wrong:
        print(visible(error), file=sys.stderr)
    return 0


def _only_read(path: Path) -> str:
    """Why a match can neither be shown nor gone on with; empty where it can."""
    try:
        playable(path, cast)
    except FileError as error:
        return error.what
    return ""


def _describe_match(match: Summary) -> str:
    game = match.game
    people = [
        f"{seat.name} ({name})" if name else seat.name
        for seat in SEATS
        for kind, name in [match.seats[seat]]
        if kind is not Kind.COMPUTER
    ]
    told = [
        game.title,
        f"people play {listed(people)}" if people else "only computers play",
        f"{match.played} of {game.turns} turns played",
        _ended(match.ending) if match.over else "not over",
    ]
    if game.parent:
        told.append(f"forked from {game.parent_file} at turn {game.parent_turn}")
    return f"{'; '.join(told)}. Last played {match.last[:16].replace('T', ' ')} UTC."


def _ended(ending: str) -> str:
    names = {row.id: row.name for row in load_rulebook().endings}
    name = names.get(ending, "the facilitator closed it" if ending == "early" else ending)
    return f"ended: {name[:1].lower()}{name[1:]}"
